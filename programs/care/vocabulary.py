"""The words of care: duties, states, levels and kinds."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.stakeholders.vocabulary import Subkind


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    APPROVE_HOMES = "care.approve-homes", _("Accept the filing of care homes")
    SUPERVISE_HOMES = "care.supervise-homes", _("Supervise care homes")
    ALLOCATE_BEDS = "care.allocate-beds", _("Find beds for people in need")


class HomeState(TextChoices):
    """Where a home stands with the office that keeps the register."""

    REGISTERED = "registered", _("Waiting for acceptance")
    INSPECTED = "inspected", _("Being visited")
    RETURNED = "returned", _("Sent back to the provider")
    OPEN = "open", pgettext_lazy("home", "Open")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", pgettext_lazy("home", "Closed")


class BedState(TextChoices):
    """Whether a bed can be given to anybody."""

    OPEN = "open", _("In use")
    OUT_OF_USE = "out-of-use", _("Out of use")
    REMOVED = "removed", _("Removed")


class ReservationState(TextChoices):
    """From the question to the end of the stay."""

    REQUESTED = "requested", _("Waiting for the home")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request", "Withdrawn")
    ADMITTED = "admitted", _("Moved in")
    DISCHARGED = "discharged", _("Moved out")
    TRANSFERRED = "transferred", _("Moved to another home")
    DECEASED = "deceased", pgettext_lazy("resident", "Died")
    MOOT = "moot", _("No longer needed")


# While in one of these states a reservation keeps its bed from everybody else.
HOLDING = (ReservationState.REQUESTED, ReservationState.CONFIRMED, ReservationState.ADMITTED)
# The home still owes an answer or a welcome.
WAITING = (ReservationState.REQUESTED, ReservationState.CONFIRMED)
# Somebody has lived in the bed; somebody has or does.
LEFT = (ReservationState.DISCHARGED, ReservationState.TRANSFERRED, ReservationState.DECEASED)
LIVED = (ReservationState.ADMITTED, *LEFT)


class Stage(TextChoices):
    """Where reservations stand, as lists are narrowed."""

    ASKED = "asked", _("To answer")
    EXPECTED = "expected", _("Expected")
    AWAITED = "awaited", _("Should have come")
    LIVING = "living", _("Living here")
    OVERSTAYED = "overstayed", _("Should have moved out")
    ENDED = "ended", _("Ended")


STATES_AT = {
    Stage.ASKED: (ReservationState.REQUESTED,),
    Stage.EXPECTED: (ReservationState.CONFIRMED,),
    Stage.AWAITED: (ReservationState.CONFIRMED,),
    Stage.LIVING: (ReservationState.ADMITTED,),
    Stage.OVERSTAYED: (ReservationState.ADMITTED,),
    Stage.ENDED: tuple(state for state in ReservationState if state not in HOLDING),
}


class Ownership(TextChoices):
    """Who founded the home and who runs it."""

    PUBLIC = "public", pgettext_lazy("ownership", "Public")
    PUBLIC_PRIVATE = "public-private", _("Public, privately run")
    NON_PROFIT = "non-profit", _("Private, non-profit")
    FOR_PROFIT = "for-profit", _("Private, for profit")


class Setting(TextChoices):
    """Town or country."""

    URBAN = "urban", _("Urban")
    RURAL = "rural", _("Rural")


class Service(TextChoices):
    """What a home offers beside a bed."""

    MEDICAL = "medical", _("Medical care in the house")
    REHABILITATION = "rehabilitation", _("Rehabilitation")
    RESPITE = "respite", _("Short stays")
    DAY_CARE = "day-care", _("Day care")
    HOSPICE = "hospice", _("Hospice care")
    DEMENTIA = "dementia", _("Dementia unit")
    DESTITUTE = "destitute", _("People in extreme hardship first")
    MEALS = "meals", _("Meals for neighbours")


class PriceItem(TextChoices):
    """What a monthly price covers."""

    BED = "bed", pgettext_lazy("price", "bed")
    CARE = "care", pgettext_lazy("price", "care")
    MEALS = "meals", pgettext_lazy("price", "meals")
    HEATING = "heating", pgettext_lazy("price", "heating")


class PriceRegime(TextChoices):
    """How a price comes about."""

    GOVERNMENT = "government", _("Government-set or guided price")
    AGREED = "agreed", _("Agreed ceiling")
    MARKET = "market", _("Market price")


class CareLevel(IntegerChoices):
    """Levels of GB/T 42195, and places for people with dementia."""

    INTACT = 0, _("Fully able")
    MILD = 1, _("Mild disability")
    MODERATE = 2, _("Moderate disability")
    SEVERE = 3, _("Severe disability")
    COMPLETE = 4, _("Complete disability")
    DEMENTIA = 5, _("Dementia unit")


class BedCategory(TextChoices):
    """What a bed is set up for."""

    GENERAL = "general", _("General bed")
    NURSING = "nursing", _("Nursing bed")
    DEMENTIA = "dementia", _("Bed in a dementia unit")
    REHABILITATION = "rehabilitation", _("Rehabilitation bed")
    RESPITE = "respite", _("Short-stay bed")
    DAY_CARE = "day-care", _("Day-care place")
    FAMILY = "family", _("Family care bed")
    HOSPICE = "hospice", _("Hospice bed")


class SexRule(TextChoices):
    """For whom a room is kept."""

    ANY = "any", _("Anyone")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    COUPLES = "couples", _("Couples")


class Sex(TextChoices):
    """Asked only because rooms are shared."""

    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


class Precision(TextChoices):
    """How far the number of places can be relied on."""

    EXACT = "exact", _("Exact")
    AT_LEAST = "at-least", _("At least")
    ESTIMATE = "estimate", _("Estimate")
    UNKNOWN = "unknown", _("Not known")
    ASSESSMENT_FIRST = "assessment-first", _("Assessment first")


class ObservationSource(TextChoices):
    """Where a line of the capacity book comes from."""

    REPORT = "report", _("Reported")
    RESERVATION = "reservation", _("Counted on from a reservation")
    IMPORT = "import", _("Imported")


class Relation(TextChoices):
    """For whom a place is asked."""

    SELF = "self", _("The person I act for")
    SPOUSE = "spouse", _("Husband or wife")
    PARENT = "parent", _("Mother or father")
    CARER = "carer", _("Carer who stays along")
    OTHER = "other", _("Somebody else")


class NeighbourWish(TextChoices):
    """How near two people who belong together want to be."""

    NONE = "none", _("Does not matter")
    SAME_ROOM = "same-room", _("In the same room")
    SAME_UNIT = "same-unit", _("In the same unit")


class DeclineGround(TextChoices):
    """Why a home cannot take somebody; it decides what the applicant is advised to do."""

    NO_PLACE = "no-place", _("No suitable place is free")
    ASSESSMENT = "assessment", _("An assessment is needed first")
    LEVEL = "level", _("The home cannot give this level of care")
    ROOM = "room", _("No room fits, as rooms are shared")
    FEES = "fees", _("No agreement about the fees")
    OTHER = "other", _("Another reason")


# Organisations that do not run care homes: what is only for those who do is not offered to them.
RUN_NO_HOMES = {Subkind.PERSON, Subkind.AUTHORITY, Subkind.PARTY_ORGAN, Subkind.EMPLOYER, Subkind.INSURER, Subkind.PLATFORM}
