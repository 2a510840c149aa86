"""The app of the API kit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The interface for programs."""

    name = "governance.api"
    verbose_name = _("interface for programs")
