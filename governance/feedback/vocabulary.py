"""The words of feedback: duties, kinds, channels, states and outcomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    RECEIVE_MATTERS = "feedback.receive-matters", _("Receive what people bring and pass it to whoever is responsible")
    ANSWER_MATTERS = "feedback.answer-matters", _("Answer questions, suggestions, complaints and petitions")
    EXAMINE_REPORTS = "feedback.examine-reports", _("Examine reports of wrongdoing")
    REVIEW_MATTERS = "feedback.review-matters", _("Review answers of the level below")
    SUPERVISE_MATTERS = "feedback.supervise-matters", _("Supervise how matters are handled")


class Kind(TextChoices):
    """What somebody brings."""

    QUESTION = "question", pgettext_lazy("a matter", "Question")
    SUGGESTION = "suggestion", _("Suggestion")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of wrongdoing")
    PETITION = "petition", _("Petition")
    PRAISE = "praise", _("Praise")
    CORRECTION = "correction", _("Correction of my record")


# Which kinds follow which procedure: each has periods of its own.
BY_PETITION = frozenset({Kind.REPORT, Kind.PETITION})
# Putting a record right is a right over one's own data (Personal Information Protection Law, Arts. 46, 50; regulation on
# disclosure, No. 711, Art. 41), not a petition.
OF_ONES_DATA = frozenset({Kind.CORRECTION})
BY_HOTLINE = frozenset(Kind) - BY_PETITION - OF_ONES_DATA
AGAINST_SOMEBODY = frozenset({Kind.COMPLAINT, Kind.REPORT, Kind.PETITION})


class Stage(TextChoices):
    """Where a matter stands: handled, reviewed by the next level up, reviewed again."""

    HANDLING = "handling", _("Handling")
    REVIEW = "review", _("Review")
    RECHECK = "recheck", _("Second review")


class Path(TextChoices):
    """The procedure whose periods run."""

    HOTLINE = "hotline", _("hotline")
    PETITION = "petition", _("petition")
    CORRECTION = "correction", _("correction of a record")
    REVIEW = "review", _("review")
    RECHECK = "recheck", _("second review")


class Urgency(TextChoices):
    """How little time there is; only what comes by the hotline is sorted so."""

    ORDINARY = "ordinary", _("Ordinary")
    UTILITY = "utility", _("Urgent: water, power, heating or gas has failed")
    EMERGENCY = "emergency", _("Emergency: somebody is in danger")


class Channel(TextChoices):
    """How it came in."""

    ONLINE = "online", _("Online")
    TELEPHONE = "telephone", _("By telephone")
    COUNTER = "counter", _("At the counter")
    LETTER = "letter", _("By letter")


class Category(TextChoices):
    """What it is about."""

    CARE = "care", _("Care homes and care at home")
    PENSION = "pension", _("Pensions")
    MEDICAL = "medical", _("Medical insurance")
    OTHER_INSURANCE = "insurance", _("Work injury, unemployment and maternity insurance")
    ASSISTANCE = "assistance", _("Social assistance")
    COMMERCIAL = "commercial", _("Occupational annuities and commercial policies")
    CONDUCT = "conduct", _("How an office or its staff behaved")
    OTHER = "other", _("Something else")


class MatterState(TextChoices):
    """From the desk where it arrives to the answer."""

    RECEIVED = "received", _("Received")
    ROUTED = "routed", _("Passed to an office")
    OBJECTED = "objected", _("Office says it is not responsible")
    ACCEPTED = "accepted", _("Being handled")
    DRAFTED = "drafted", _("Answer being checked")
    APPROVED = "approved", _("Answer approved")
    ANSWERED = "answered", _("Answered")
    MERGED = "merged", _("Handled together with another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BEFORE_THE_ANSWER = (
    MatterState.RECEIVED, MatterState.ROUTED, MatterState.OBJECTED, MatterState.ACCEPTED, MatterState.DRAFTED, MatterState.APPROVED,
    MatterState.MERGED,
)  # fmt: skip


class Outcome(TextChoices):
    """What the answer comes to."""

    SUPPORTED = "supported", _("Supported")
    EXPLAINED = "explained", _("Explained")
    NOT_SUPPORTED = "not-supported", _("Not supported")
    # Art. 31 (1)-(5) of the Regulation on Petition Work: for a court, arbitration, reconsideration or another procedure.
    ANOTHER_WAY = "another-way", _("Belongs to another procedure")


OF_THE_AUTHOR = frozenset({"PET_REVIEW_REQ", "PET_RECHECK_REQ"})  # periods in which whoever brought it may ask: they press no office
TELL_WITHOUT_ACCOUNT = "feedback.tell-without-account"  # topic: a letter to whoever brought it without an account


class TaskState(TextChoices):
    """What a co-handler was asked."""

    ASKED = "asked", _("Waiting for the co-handler")
    CONTRIBUTED = "contributed", _("Answered by the co-handler")
    SILENT = "silent", _("No answer in time: taken as agreement")


class InquiryState(TextChoices):
    """What somebody without an account was asked by a link."""

    ASKED = "asked", _("Waiting for their answer")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("No answer in time")


class SupportState(TextChoices):
    """Whoever asks for the same."""

    JOINED = "joined", _("Asks for the same")
    LEFT = "left", _("No longer takes part")


class RuleState(TextChoices):
    """A rule of routing is looked at before it counts."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVATED = "activated", pgettext_lazy("a rule", "In force")
    ENDED = "ended", pgettext_lazy("a rule", "Ended")


class CommitmentState(TextChoices):
    """What was promised because of a suggestion."""

    PROMISED = "promised", _("Promised")
    FULFILLED = "fulfilled", _("Fulfilled")
    GIVEN_UP = "given-up", _("Given up")


class WordingState(TextChoices):
    """A template of an answer."""

    IN_USE = "in-use", _("In use")
    RETIRED = "retired", _("No longer used")


class Ground(TextChoices):
    """Why something leaves the public register."""

    PERSONAL = "personal", _("It tells who somebody is")
    CONSENT = "consent", _("Whoever brought it no longer agrees")
    WRONG = "wrong", _("It is wrong or misleading")
    UNLAWFUL = "unlawful", _("The law forbids it")
    TWICE = "twice", _("It stands in the register twice")


class RemovalState(TextChoices):
    """From taking something out to the last word on it."""

    REMOVED = "removed", _("Taken out")
    APPEALED = "appealed", _("Objected to")
    UPHELD = "upheld", _("Stays out")
    RESTORED = "restored", _("Published again")


class SupervisionState(TextChoices):
    """An order to explain and to put right."""

    ORDERED = "ordered", _("Explanation demanded")
    EXPLAINED = "explained", _("Explained")
    CONCLUDED = "concluded", _("Concluded")
