"""The annuities' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnuitiesConfig(AppConfig):
    """Plans of employers, filed and in force."""

    name = "programs.annuities"
    label = "annuities"
    verbose_name = _("Enterprise annuities")
    default_auto_field = "django.db.models.BigAutoField"
