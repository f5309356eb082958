from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongkai.kernel"
    verbose_name = "内核"
