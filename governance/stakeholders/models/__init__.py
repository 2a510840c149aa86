"""The records of who is there, one file each."""

from governance.stakeholders.models.area import Area
from governance.stakeholders.models.delegation import Delegation
from governance.stakeholders.models.household import Household, HouseholdMember
from governance.stakeholders.models.identity import IdentityDocument
from governance.stakeholders.models.mandate import Mandate
from governance.stakeholders.models.membership import Membership
from governance.stakeholders.models.stakeholder import Stakeholder
from governance.stakeholders.models.token import AccessToken
from governance.stakeholders.models.user import User

__all__ = [
    "AccessToken",
    "Area",
    "Delegation",
    "Household",
    "HouseholdMember",
    "IdentityDocument",
    "Mandate",
    "Membership",
    "Stakeholder",
    "User",
]
