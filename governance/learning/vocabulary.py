"""The words of learning: how somebody works, what the law says of them and a program, how a risk stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Work(TextChoices):
    """How somebody works: it decides which programs they must, may or cannot be in."""

    ENTERPRISE = "enterprise", _("I am employed by a company or a social organisation")
    INSTITUTION = "institution", _("I am employed by a public institution, such as a school or a hospital")
    GOVERNMENT = "government", _("I am a civil servant")
    FLEXIBLE = "flexible", _("I work for myself, or part-time without being insured there")
    PLATFORM = "platform", _("I take orders through a platform, such as deliveries or rides")
    NONE = "none", _("I do not work at present")
    YOUNG = "young", _("It is about a child or a student")
    RETIRED = "retired", _("I am retired")


class Relation(TextChoices):
    """What the rules say of people who work in one way, and a program."""

    MUST = "must", _("The law requires it: the employer has to register you.")
    KEEPS = "keeps", _("Whoever has paid in long enough keeps it after retiring.")
    MAY = "may", _("You may join. Nobody does it for you.")
    EMPLOYER = "employer", _("Whether there is one depends on your employer.")
    PLACE = "place", _("Whether there is one depends on the place or the platform.")
    DEPENDS = "depends", _("Even if you are in it, whether it pays for this depends on the place or the contract.")
    NONE = "none", _("As a rule it is not open to those who work as you do.")


class Holding(TextChoices):
    """How one layer of protection stands."""

    HELD = "held", pgettext_lazy("layer", "You have it")
    OWED = "owed", pgettext_lazy("layer", "You should have it and do not")
    UNKNOWN = "unknown", pgettext_lazy("layer", "Not known")
    OPEN = "open", pgettext_lazy("layer", "You do not have it")
    CLOSED = "closed", pgettext_lazy("layer", "Not open to you")


class Verdict(TextChoices):
    """How a risk stands; in the order in which it is read."""

    OWED = "owed", _("Uncovered, although the law requires cover")
    UNCOVERED = "uncovered", pgettext_lazy("risk", "Uncovered")
    PARTLY = "partly", _("Only by what you arranged yourself")
    CANNOT_TELL = "cannot-tell", pgettext_lazy("risk", "Nobody can tell yet")
    COVERED = "covered", pgettext_lazy("risk", "Covered")
    NOT_CONCERNED = "not-concerned", _("Does not concern you now")


class Holder(TextChoices):
    """Who knows."""

    EMPLOYER = "employer", _("your employer")
    PLATFORM = "platform", _("the platform")
    OFFICE = "office", _("the social insurance office of your place")
    MEDICAL = "medical", _("the medical security office of your place")
    SELF = "self", _("you: look at your contracts")


class Share(TextChoices):
    """How many answered rightly, in words: exact only where nobody could be made out."""

    HIDDEN = "hidden", _("too few answers to say")
    FEW = "few", _("fewer than half")
    HALF = "half", _("more than half")
    MOST = "most", _("more than three quarters")
    NEARLY_ALL = "nearly-all", _("nearly everybody")


LOOKS = {
    Verdict.OWED: "late", Verdict.UNCOVERED: "soon", Verdict.PARTLY: "soon", Verdict.CANNOT_TELL: "", Verdict.COVERED: "done", Verdict.NOT_CONCERNED: "",
}  # fmt: skip
ICONS = {
    Verdict.OWED: "late", Verdict.UNCOVERED: "wait", Verdict.PARTLY: "wait", Verdict.CANNOT_TELL: "unknown", Verdict.COVERED: "done", Verdict.NOT_CONCERNED: "close",
}  # fmt: skip
