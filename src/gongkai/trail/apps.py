from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    name = "gongkai.trail"
    verbose_name = "留痕"

    def ready(self) -> None:
        from gongkai.trail import triggers  # noqa: PLC0415 -- needs loaded models

        # SQLite drops the triggers of a table that a migration remakes, so they are set after every migrate.
        post_migrate.connect(triggers.set_triggers, sender=self, dispatch_uid="trail.triggers")
