"""The stakeholders as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "governance.stakeholders"
    label = "stakeholders"
    verbose_name = _("Who is who")
