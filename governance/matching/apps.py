"""Matching's place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    """Collects whose rows name people: the registers of the common ground, and what programs offer in their ``unmatched.py``."""

    name = "governance.matching"
    label = "matching"
    verbose_name = _("Matching")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("registers", "unmatched")
