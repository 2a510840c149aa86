"""The words of notices: what kinds there are, by which ways they go out, what became of each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a notice is about, as far as somebody may choose how to get it."""

    STATUTORY = "statutory", _("Decisions, answers and periods")
    DATES = "dates", _("Reminders of dates")
    CHANGES = "changes", _("Other changes in a matter")


class Way(models.TextChoices):
    """By which a notice goes out, beside the inbox."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    PAPER = "paper", _("letter")


class Outcome(models.TextChoices):
    """What became of it."""

    SENT = "sent", _("sent")
    REFUSED = "refused", _("not accepted")
    RETURNED = "returned", _("came back")
    TO_PRINT = "to-print", _("waits to be printed")
    POSTED = "posted", _("posted")


CHOSEN = (Way.EMAIL, Way.SMS)  # among these one may choose; paper goes to whom nothing else reaches
AFTER = {Way.EMAIL: Way.SMS, Way.SMS: Way.PAPER, Way.PAPER: None}
ARRIVED = (Outcome.SENT, Outcome.TO_PRINT, Outcome.POSTED)
