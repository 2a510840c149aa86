"""The words of entitlements: how one stands with a program, how sure it is that a record is one's own, what became of asking."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """How a person stands with a program; in the order in which it is read."""

    UNCLAIMED = "unclaimed", _("You can claim it")
    HAVE = "have", _("You have it")
    ACCRUING = "accruing", _("Building up, or on its way")
    CANNOT_TELL = "cannot-tell", _("Nobody can tell yet")
    NOT_ELIGIBLE = "not-eligible", _("It is not for you now")


class Match(TextChoices):
    """By what a program found the person: how sure it is that the record is theirs."""

    NUMBER = "number", _("found by the identity number")
    ACCOUNT = "account", _("found by your account here")
    RULE = "rule", _("worked out by the rules")
    TOLD = "told", _("rests on what you typed here")
    ALIKE = "alike", _("found by name and date of birth, and decided by an officer: tell us if it is somebody else’s")
    NOTHING = "nothing", _("nothing was found")


class Answered(TextChoices):
    """What became of asking a program."""

    IN_TIME = "in-time", _("answered")
    LATE = "late", _("did not answer in time")
    FAILED = "failed", _("could not answer")
    BARRED = "barred", _("you are not authorised for this program")


class StatementState(TextChoices):
    """A statement is issued and stays so."""

    ISSUED = "issued", pgettext_lazy("statement", "Issued")
