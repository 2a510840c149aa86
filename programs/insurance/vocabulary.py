"""The words of basic insurance."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EMPLOYEES, RESIDENTS = "employee-pension", "residents-pension"
DEEMED_RATE, EARLY_RATE = "transition.deemed-rate", "transition.index-rate"  # each place has its own, or none
DEEMED = _("Months of service before contributions existed that count as paid in")
EARLY = _("Months paid in before accounts existed")
INTEREST = "account-interest"  # a table: by years the rate that was published for each
BRANCHES = (EMPLOYEES, "employee-medical", "unemployment", "work-injury")


OUTSIDE_WORKING_LIFE = _("Work begins between the sixteenth and the hundredth birthday. Look at the day and at the person.")


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
    RECOGNISE_INJURIES = "insurance.recognise-injuries", _("Recognise work injuries, as the administrative department")


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


COUNTED_SPELL = (SpellState.DECLARED, SpellState.REGISTERED, SpellState.ENDED)  # what is refused is in nobody's way


class BaseState(TextChoices):
    DECLARED = "declared", _("Declared, to be registered")
    REGISTERED = "registered", _("Registered")
    REFUSED = "refused", _("Not registered")


class Industry(IntegerChoices):
    """The classes of industry by their danger; each has its base rate (工伤保险条例 art. 8)."""

    FIRST = 1, _("Class 1")
    SECOND = 2, _("Class 2")
    THIRD = 3, _("Class 3")
    FOURTH = 4, _("Class 4")
    FIFTH = 5, _("Class 5")
    SIXTH = 6, _("Class 6")
    SEVENTH = 7, _("Class 7")
    EIGHTH = 8, _("Class 8")


class Floating(TextChoices):
    """To which part of the base rate an employer's own rate floats; the keys are those of the catalogue's table."""

    BASE = "0", _("the base rate")
    HALF = "1", _("50 % of the base rate")
    LESS = "2", _("80 % of the base rate")
    MORE = "3", _("120 % of the base rate")
    MOST = "4", _("150 % of the base rate")


class RateState(TextChoices):
    SET = "set", pgettext_lazy("rate", "Set")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CorrectionState(TextChoices):
    ASKED = "asked", _("Asked for, being looked at")
    ENTERED = "entered", _("Corrected")
    REFUSED = "refused", _("Not corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StatementState(TextChoices):
    DRAWN = "drawn", _("To be paid")
    SETTLED = "settled", _("Paid")
    ARREARS = "arrears", _("In arrears")


class BilledBy(TextChoices):
    """What a month is billed by."""

    ROSTER = "roster", _("the registered roster")
    MONTH_BEFORE = "before", _("the month before: the employer has not declared this one")


class TransferState(TextChoices):
    """The three steps, fifteen working days each: the new place asks, the old place informs, the new place enters."""

    ASKED = "asked", _("Asked for: the new place examines it")
    REQUESTED = "requested", _("The old place draws up the account")
    INFORMED = "informed", _("The new place enters the account")
    DONE = "done", _("Transferred")
    REFUSED = "refused", _("Not transferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_TRANSFER = (TransferState.ASKED, TransferState.REQUESTED, TransferState.INFORMED)


class ClaimKind(TextChoices):
    PENSION = "pension", _("Pension")
    MEDICAL = "medical", _("Medical costs paid in advance")
    MATERNITY = "maternity", _("Maternity allowance")
    UNEMPLOYMENT = "unemployment", _("Unemployment benefit")
    INJURY = "injury", _("Recognition of a work injury")
    ABILITY = "ability", _("Assessment of the ability to work")


class ClaimState(TextChoices):
    RECEIVED = "received", _("Being examined")
    ACCEPTED = "accepted", _("Accepted, being examined")
    WAITING = "waiting", _("Waiting for the finding of another authority")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_CLAIM = (ClaimState.RECEIVED, ClaimState.ACCEPTED, ClaimState.WAITING)


class InjuryGround(TextChoices):
    """工伤保险条例 art. 14 (is a work injury) and 15 (counts as one)."""

    A14_1 = "14-1", _("Article 14 (1): an accident at work, by the work")
    A14_2 = "14-2", _("Article 14 (2): getting ready or clearing up at the place of work")
    A14_3 = "14-3", _("Article 14 (3): violence or the like while doing one’s duty")
    A14_4 = "14-4", _("Article 14 (4): an occupational disease")
    A14_5 = "14-5", _("Article 14 (5): away on business")
    A14_6 = "14-6", _("Article 14 (6): on the way to or from work, not mainly one’s own fault")
    A14_7 = "14-7", _("Article 14 (7): another case that a law or regulation names")
    A15_1 = "15-1", _("Article 15 (1): a sudden illness at work, with death at once or within 48 hours")
    A15_2 = "15-2", _("Article 15 (2): rescue, or the public good")
    A15_3 = "15-3", _("Article 15 (3): an old wound of a soldier")
