"""The kernel as an app."""

from importlib import import_module

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
        import_module("governance.actions.auditing")  # its checks belong to the audit of the ledger
