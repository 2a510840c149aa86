"""Entitlements' place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EntitlementsConfig(AppConfig):
    """Collects what programs offer in their ``entitlements.py``."""

    name = "governance.entitlements"
    label = "entitlements"
    verbose_name = _("Everything I am entitled to")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("entitlements")
