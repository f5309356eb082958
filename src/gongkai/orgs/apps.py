from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "gongkai.orgs"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        from gongkai.orgs import checks  # noqa: F401, PLC0415 -- registers; needs loaded models
