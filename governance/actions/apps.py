"""The kernel as an app."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class ActionsConfig(AppConfig):
    name = "governance.actions"
    label = "actions"

    def ready(self) -> None:
        from governance.actions.checks import declarations

        checks.register(declarations)
        autodiscover_modules("actions", "forms")
