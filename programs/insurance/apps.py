"""Basic insurance's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsuranceConfig(AppConfig):
    """Calculators and figures of the first tier."""

    name = "programs.insurance"
    label = "insurance"
    verbose_name = _("Basic insurance")
