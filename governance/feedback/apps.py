"""Feedback's place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """What people bring, who handles it, and what they are answered."""

    name = "governance.feedback"
    label = "feedback"
    verbose_name = _("Questions and complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every program declares in a module ``things`` what matters about its records are."""
        autodiscover_modules("things")
