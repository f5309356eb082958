from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gongkai.gate"
    verbose_name = "发布前检查"
