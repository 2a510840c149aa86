"""The words of basic insurance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EMPLOYEES, RESIDENTS = "employee-pension", "residents-pension"
BRANCHES = (EMPLOYEES, "employee-medical", "unemployment", "work-injury")


class Group(TextChoices):
    """Whose statutory age rises how."""

    MEN = "men", _("man")
    WOMEN_55 = "women-55", _("woman whose age was 55")
    WOMEN_50 = "women-50", _("woman whose age was 50")


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    KEEP_ACCOUNTS = "insurance.keep-accounts", _("Keep the accounts of basic insurance")
    DECIDE_CLAIMS = "insurance.decide-claims", _("Decide on claims of basic insurance")
    COLLECT = "insurance.collect", _("Collect contributions")


class Branch(TextChoices):
    """The five branches; maternity has been run with medical since 2019, and is still named by itself."""

    PENSION = "pension", _("Pension")
    MEDICAL = "medical", _("Medical")
    UNEMPLOYMENT = "unemployment", _("Unemployment")
    INJURY = "injury", _("Work injury")
    MATERNITY = "maternity", _("Maternity")


# The program of the catalogue under which the rates of a branch are kept; maternity is paid with medical.
RATES = {Branch.PENSION: EMPLOYEES, Branch.MEDICAL: "employee-medical", Branch.UNEMPLOYMENT: "unemployment", Branch.INJURY: "work-injury"}


class Sort(TextChoices):
    """How somebody works."""

    ENTERPRISE = "enterprise", _("Enterprise")
    INSTITUTION = "institution", _("Public institution")
    GOVERNMENT = "government", _("Government")
    FLEXIBLE = "flexible", _("Flexible, for oneself")
    PLATFORM = "platform", _("Through a platform")


class InsuredState(TextChoices):
    INSURED = "insured", _("Insured here")
    CLOSED = "closed", _("Account closed")


class SpellState(TextChoices):
    DECLARED = "declared", _("Declared, to be registered")
    REGISTERED = "registered", _("Registered")
    REFUSED = "refused", _("Not registered")
    ENDED = "ended", pgettext_lazy("work", "Ended")


class StatementState(TextChoices):
    DRAWN = "drawn", _("To be paid")
    SETTLED = "settled", _("Paid")
    ARREARS = "arrears", _("In arrears")


class TransferState(TextChoices):
    """The three steps, fifteen working days each: the new place asks, the old place informs, the new place enters."""

    ASKED = "asked", _("Asked for: the new place examines it")
    REQUESTED = "requested", _("The old place draws up the account")
    INFORMED = "informed", _("The new place enters the account")
    DONE = "done", _("Transferred")
    REFUSED = "refused", _("Not transferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ClaimKind(TextChoices):
    PENSION = "pension", _("Pension")
    MEDICAL = "medical", _("Medical costs paid in advance")
    MATERNITY = "maternity", _("Maternity allowance")
    UNEMPLOYMENT = "unemployment", _("Unemployment benefit")
    INJURY = "injury", _("Recognition of a work injury")
    ABILITY = "ability", _("Assessment of the ability to work")


class ClaimState(TextChoices):
    RECEIVED = "received", _("Being examined")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
