"""The words for who is there: kinds, roles, duties and states."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    NATION = 1, _("nation")
    PROVINCE = 2, _("province")
    CITY = 3, _("city")
    COUNTY = 4, _("county")
    TOWNSHIP = 5, _("township")
    VILLAGE = 6, _("village or community")


class StakeholderKind(TextChoices):
    GOVERNMENT = "government", _("government body")
    ENTERPRISE = "enterprise", _("enterprise")
    SOCIAL = "social", _("social organisation")
    CITIZEN = "citizen", _("citizen")


class Subkind(TextChoices):
    """What an organisation is more closely; the part before the hyphen is its kind."""

    PARTY_ORGAN = "government-party-organ", _("Party organ")
    AUTHORITY = "government-authority", _("government authority")
    PUBLIC_INSTITUTION = "government-public-institution", _("public institution")
    GRASSROOTS = "government-grassroots", _("township, sub-district or community office")
    EMPLOYER = "enterprise-employer", _("employer")
    INSURER = "enterprise-insurer", _("insurer or pension company")
    PLATFORM = "enterprise-platform", _("platform or logistics company")
    CARE_COMPANY = "enterprise-care", _("care company")
    RURAL_COLLECTIVE = "enterprise-collective", _("rural collective or cooperative")
    CARE_PROVIDER = "social-care", _("non-profit care provider")
    FOUNDATION = "social-foundation", _("foundation")
    ASSOCIATION = "social-association", _("association")
    COMMUNITY = "social-community", _("community organisation")
    UNION = "social-union", _("trade union or mass organisation")
    PERSON = "citizen-person", _("person")

    @property
    def kind(self) -> str:
        return self.value.split("-")[0]


class StakeholderState(TextChoices):
    REGISTERED = "registered", _("registered, not yet approved")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    ENDED = "ended", _("ended")


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    OFFICER = "officer", _("officer")
    READER = "reader", _("reader")


class MembershipState(TextChoices):
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("active")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")
    REMOVED = "removed", _("removed")


class MandateState(TextChoices):
    GRANTED = "granted", _("granted")
    ENDED = "ended", _("ended")


class DelegationState(TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    REVOKED = "revoked", _("revoked")
    RETURNED = "returned", _("given back")


class HouseholdState(TextChoices):
    DECLARED = "declared", _("declared")
    CONFIRMED = "confirmed", _("confirmed")
    CLOSED = "closed", _("closed")


class Relation(TextChoices):
    SELF = "self", _("declares the household")
    SPOUSE = "spouse", _("husband or wife")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent")
    GRANDCHILD = "grandchild", _("grandchild")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("brother or sister")
    OTHER = "other", _("other")


class Duty(TextChoices):
    """What a mandate of this app can be for."""

    APPROVE_ORGANISATIONS = "stakeholders.approve-organisations", _("Approve organisations")
    GRANT_MANDATES = "stakeholders.grant-mandates", _("Grant mandates")
    VERIFY_IDENTITIES = "stakeholders.verify-identities", _("Verify identities at a counter")
    KEEP_HOUSEHOLDS = "stakeholders.keep-households", _("Keep the register of households")
