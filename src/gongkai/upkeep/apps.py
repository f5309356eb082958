from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "gongkai.upkeep"
    verbose_name = "内容保障"
