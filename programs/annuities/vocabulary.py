"""The words of annuities from work."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.stakeholders.vocabulary import Subkind

PROGRAM, OCCUPATIONAL = "enterprise-annuity", "occupational-annuity"  # in the catalogue

# Since 2026 every kind of employer may set up a plan: associations, foundations and other social organisations too.
EMPLOYERS = frozenset(one for one in Subkind if one.kind in {"enterprise", "social"} and one != Subkind.INSURER)
PUBLIC_BODIES = frozenset({Subkind.AUTHORITY, Subkind.PUBLIC_INSTITUTION, Subkind.PARTY_ORGAN, Subkind.GRASSROOTS})


def sort_of(actor: Any) -> str:
    """What the actor acts for, more closely; empty for nobody."""
    return actor.stakeholder.subkind if actor.stakeholder else ""


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    EXAMINE_PLANS = "annuities.examine-plans", _("Take plans of enterprise annuities on file and examine them")


class PlanState(TextChoices):
    """From filing to the end."""

    FILED = "filed", _("Filed, being examined")
    QUESTIONED = "questioned", _("Questioned: the employer answers")
    IN_FORCE = "in-force", pgettext_lazy("plan", "In force")
    SUPERSEDED = "superseded", _("Replaced by an amended plan")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", pgettext_lazy("plan", "Ended")


class Form(TextChoices):
    """Whose plan it is."""

    SINGLE = "single", _("Of one employer (单一计划)")
    COLLECTIVE = "collective", _("Of several employers together (集合计划)")
    OCCUPATIONAL = "occupational", _("Occupational annuity of a public body (职业年金)")


class Consent(TextChoices):
    """How the employees agreed: without a congress of staff another democratic procedure will do."""

    CONGRESS = "congress", _("Congress of staff (职工代表大会)")
    ASSEMBLY = "assembly", _("Assembly of all staff (职工大会)")
    OTHER = "other", _("Another democratic procedure")


class AccountState(TextChoices):
    """From joining to the last payment."""

    ACTIVE = "active", _("Contributions are paid in")
    LEFT = "left", _("Employment has ended; the account is kept")
    CLOSED = "closed", _("Paid out or carried over whole")


class Cause(TextChoices):
    """Why an employment ends: it decides how much of the employer's part belongs to the member.

    Enterprise Annuity Measures, as another text quotes them: the whole on reaching the retirement age, losing all ability to
    work, death, the end of the plan, a contract that the employer ends without fault of the employee or the employee ends because
    the employer broke the law, a fixed term that for reasons of the employer is not renewed, and what else the plan names.
    """

    CHANGES = "changes", _("Leaves by their own wish, or is dismissed for a fault of their own")
    DISMISSED = "dismissed", _("The employer ends the contract without any fault of the employee")
    UNRENEWED = "unrenewed", _("The fixed term has ended, and the employer does not renew it")
    EMPLOYER = "employer", _("The plan or the employer ended, or the employee leaves because the employer broke the law")
    RETIRES = "retires", _("Retires")
    INCAPACITY = "incapacity", _("Can no longer work at all")
    DEATH = "death", _("Has died")
    AGREED = "agreed", _("Another case for which the plan gives the member the whole")


class Forfeiture(TextChoices):
    """What becomes of the employer's part that has not vested when the employment ends."""

    NONE = "none", _("nothing is taken back")
    UNTOLD = "untold", _("held: the member has still to be told")
    TOLD = "told", _("held: the member was told and may object")
    OBJECTED = "objected", _("held: the member has objected")
    GIVEN = "given", _("it was left to the member")
    GONE = "gone", _("it has gone back to the plan")


class EntryKind(TextChoices):
    """What an entry of an account is."""

    CONTRIBUTION = "contribution", _("Contribution")
    RETURNS = "returns", _("Returns")
    FORFEITED = "forfeited", _("Not vested: back to the plan")
    CARRIED_IN = "carried-in", _("Carried over from another plan")
    CARRIED_OUT = "carried-out", _("Carried over to another plan")
    PAID = "paid", pgettext_lazy("entry", "Paid out")
    FUNDED = "funded", _("Written-down part paid in by the unit")


class PayoutState(TextChoices):
    """From asking to the last payment."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", pgettext_lazy("payout", "Granted")
    RELEASED = "released", _("Released by the trustee, being paid")
    REFUSED = "refused", pgettext_lazy("payout", "Refused")
    TAKEN_BACK = "taken-back", _("Taken back")
    COMPLETED = "completed", _("Paid whole")


class Occasion(TextChoices):
    """When money may be drawn from an account."""

    RETIREMENT = "retirement", _("I have reached the retirement age")
    INCAPACITY = "incapacity", _("I can no longer work at all")
    ABROAD = "abroad", _("I settle abroad")
    INHERITANCE = "inheritance", _("The member has died: the heirs ask")
    NEW_PLAN = "new-plan", _("I have a new employer with a plan")


class Way(TextChoices):
    """How it is drawn."""

    MONTHLY = "monthly", _("Every month")
    INSTALMENTS = "instalments", _("In instalments")
    ONCE = "once", _("All at once")
    PRODUCT = "product", _("Used to buy a commercial pension product")
    CARRIED = "carried", _("Carried over to the new plan")


class CollectiveState(TextChoices):
    """A plan that several employers may join."""

    OFFERED = "offered", _("Offered, being examined")
    OPEN = "open", _("Open to employers")
    REFUSED = "refused", _("Refused")
    CLOSED = "closed", _("Closed to further employers")


class ReportState(TextChoices):
    """What a custodian or an investment manager tells."""

    TOLD = "told", _("Told")
    CORRECTED = "corrected", _("Taken back")
