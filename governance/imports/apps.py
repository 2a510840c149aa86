"""The place of imports in Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Files on their way into the registers of all programs."""

    name = "governance.imports"
    label = "imports"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every slice declares its kinds of files in a module ``imports``; none may do what no action does."""
        autodiscover_modules("imports")
        import_module("governance.imports.declarations").check()
