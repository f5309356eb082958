from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "gongkai.messaging"
    verbose_name = "消息"
