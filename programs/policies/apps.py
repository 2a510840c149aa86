"""The policies program's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Products, policies and calculators of the third tier."""

    name = "programs.policies"
    label = "policies"
    verbose_name = _("Commercial insurance and personal pension")
    default_auto_field = "django.db.models.BigAutoField"
