"""The words of basic insurance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EMPLOYEES, RESIDENTS = "employee-pension", "residents-pension"
BRANCHES = (EMPLOYEES, "employee-medical", "unemployment", "work-injury")


class Group(TextChoices):
    """Whose statutory age rises how."""

    MEN = "men", _("man")
    WOMEN_55 = "women-55", _("woman whose age was 55")
    WOMEN_50 = "women-50", _("woman whose age was 50")
