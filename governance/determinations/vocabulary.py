"""The words of determinations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    DETERMINE = "determinations.determine", _("Determine what people are entitled to")


class State(TextChoices):
    """From the request to the last word."""

    ASKED = "asked", _("Asked for, being looked at")
    INCOMPLETE = "incomplete", _("A fact is missing")
    GIVEN = "given", _("Determined")
    REFUSED = "refused", _("Determined: the conditions are not met")
    WITHDRAWN = "withdrawn", _("Taken back")


FINAL = (State.GIVEN, State.REFUSED)
