from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class GongkaiConfig(AppConfig):
    """Connects the lines and fills the table of the wall when the program starts."""

    name = "gongkai"
    label = "gongkai"
    verbose_name = "公开"

    def ready(self) -> None:
        # Both need every model to be loaded.
        from gongkai import lines  # noqa: PLC0415 -- after the stations
        from gongkai.kernel import outbox  # noqa: PLC0415 -- after the stations

        outbox.connect(lines.LINES)
        for app in apps.get_app_configs():
            if app.name.startswith("gongkai.") and find_spec(f"{app.name}.policies"):
                import_module(f"{app.name}.policies")
