from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "gongkai.running"
    verbose_name = "运行"
