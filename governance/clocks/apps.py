"""Clocks as an app; the packaged calendar and rules are there after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClocksConfig(AppConfig):
    name = "governance.clocks"
    label = "clocks"

    def ready(self) -> None:
        from governance.clocks.loading import load

        post_migrate.connect(load, sender=self)
