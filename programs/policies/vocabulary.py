"""The words of policies: kinds of products, tax treatments, states, duties."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSONAL, TAX_DEFERRED, HEALTH, ANNUITY = "personal-pension", "tax-deferred-pension", "health-insurance", "enterprise-annuity"  # programs of the catalogue


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    REVIEW_PRODUCTS = "policies.review-products", _("Review insurance products")


class ProductKind(TextChoices):
    """What a product is; each kind discloses other things."""

    PENSION = "pension-annuity", _("Pension annuity")
    EXCLUSIVE = "exclusive-pension", _("Exclusive commercial pension")
    DEFERRED = "tax-deferred", _("Tax-deferred pension")
    MEDICAL = "medical", _("Medical insurance")
    CARE = "care", _("Long-term care insurance")
    DISEASE = "disease", _("Insurance against serious disease")
    ACCIDENT = "accident", _("Accident insurance")
    GROUP = "group", _("Group cover for staff")


PENSIONS = frozenset({ProductKind.PENSION, ProductKind.EXCLUSIVE, ProductKind.DEFERRED})


class Tax(TextChoices):
    """How the law of taxes treats what is paid for it."""

    NONE = "none", _("no tax advantage")
    PERSONAL = "personal-pension", _("for accounts of the personal pension")
    HEALTH = "health", _("tax-preferred health insurance")
    DEFERRED = "deferred", _("tax-deferred pension (pilot)")


class ProductState(TextChoices):
    """Where a version of a product stands."""

    FILED = "filed", pgettext_lazy("product", "Filed")
    QUESTIONED = "questioned", pgettext_lazy("product", "Questions asked")
    REVIEWED = "reviewed", pgettext_lazy("product", "Reviewed, not yet on sale")
    ON_SALE = "on-sale", pgettext_lazy("product", "On sale")
    STOPPED = "stopped", pgettext_lazy("product", "No longer sold")
    REFUSED = "refused", pgettext_lazy("product", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("product", "Withdrawn")


PUBLIC = (ProductState.ON_SALE, ProductState.STOPPED)
IN_REVIEW = (ProductState.FILED, ProductState.QUESTIONED, ProductState.REVIEWED)


class PolicyState(TextChoices):
    """Where a policy stands, as the insurer says."""

    IN_FORCE = "in-force", pgettext_lazy("policy", "In force")
    LAPSED = "lapsed", pgettext_lazy("policy", "Lapsed, premiums unpaid")
    ENDED = "ended", pgettext_lazy("policy", "Ended")


class Payment(TextChoices):
    """How often the premium is paid."""

    YEARLY = "yearly", _("every year")
    MONTHLY = "monthly", _("every month")
    SINGLE = "single", _("once")


class Insured(TextChoices):
    """Whose risk it is, seen from the holder."""

    SELF = "self", _("the holder")
    SPOUSE = "spouse", _("husband or wife")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent")
    STAFF = "staff", _("the staff")
    OTHER = "other", _("somebody else")


class Match(TextChoices):
    """Whether the holder was found among the people here."""

    FOUND = "found", _("Holder found")
    APART = "apart", _("No holder found")
