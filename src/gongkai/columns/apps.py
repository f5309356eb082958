from django.apps import AppConfig


class ColumnsConfig(AppConfig):
    name = "gongkai.columns"
    verbose_name = "专栏"
