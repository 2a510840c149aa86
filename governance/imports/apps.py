"""The place of imports in Django."""

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
        """Every slice declares its kinds of files in a module ``imports``."""
        autodiscover_modules("imports")
