"""The care program's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    """Homes, beds, vacancies and reservations."""

    name = "programs.care"
    label = "care"
    verbose_name = _("Care beds")
    default_auto_field = "django.db.models.BigAutoField"
