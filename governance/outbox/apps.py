"""The outbox as an app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "governance.outbox"
    label = "outbox"

    def ready(self) -> None:
        autodiscover_modules("handlers")
