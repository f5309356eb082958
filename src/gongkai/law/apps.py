from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "gongkai.law"
    verbose_name = "法律"
