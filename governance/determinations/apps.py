"""The determinations' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeterminationsConfig(AppConfig):
    """What was determined for whom, and why."""

    name = "governance.determinations"
    label = "determinations"
    verbose_name = _("Determinations")
    default_auto_field = "django.db.models.BigAutoField"
