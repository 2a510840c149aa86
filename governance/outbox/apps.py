"""The outbox as an app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "governance.outbox"
    label = "outbox"

    def ready(self) -> None:
        import governance.celery  # noqa: F401 - tasks belong to this application from now on

        autodiscover_modules("handlers")
