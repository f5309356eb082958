from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "gongkai.sheets"
    verbose_name = "表格往返"
