from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    verbose_name = "发布"

    def ready(self) -> None:
        from gongkai.publishing import guards  # noqa: PLC0415 -- needs loaded models

        # A guard that names another table would stop a migration from remaking that table.
        pre_migrate.connect(guards.step_aside, sender=self, dispatch_uid="publishing.guards.aside")
        # SQLite drops the triggers of a table that a migration remakes, so they are set after every migrate.
        post_migrate.connect(guards.set_guards, sender=self, dispatch_uid="publishing.guards")

        def on_connected(connection, **_):  # noqa: ANN001, ANN202 -- as the signal calls it
            guards.watch(connection)

        connection_created.connect(on_connected, dispatch_uid="publishing.watch", weak=False)
        for connection in connections.all(initialized_only=True):
            guards.watch(connection)
