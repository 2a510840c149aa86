"""Plans of employers and accounts of their members, for tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from governance.actions import CLOCK
from governance.clocks.now import now, today
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.rules import citizen_number, person_check
from programs.annuities import actions
from programs.annuities.models import Account, Entry, Payout, Plan
from tests.factories import care

_numbers = count(1000)


def terms(**changed: Any) -> dict[str, Any]:
    """A plan within the caps: 7 % and 4 % of a payroll of ten million."""
    return {
        "name": "示例企业年金方案", "form": "single", "covers": "试用期满的全体职工", "people": 120, "starts_on": today() + timedelta(days=60),
        "payroll": Decimal(10_000_000), "employer_amount": Decimal(700_000), "staff_amount": Decimal(400_000), "highest": Decimal(20_000),
        "average": Decimal("5833.33"), "vesting": [0, 25, 50, 75, 100], "trustee": "示例养老金管理公司", "custodian": "示例银行", "account_manager": "示例银行",
        "investment_manager": "示例基金公司", "consent": "congress", "agreed_on": today() - timedelta(days=10), "present": 96, "in_favour": 90,
    } | changed  # fmt: skip


def employer(name: str = "示例纺织有限公司") -> Any:
    """An enterprise with staff."""
    return care.Acting(care.stakeholder("enterprise", "enterprise-employer", name, area=care.area(care.CITY, "示例市")))


def plan(who: Any = None, **changed: Any) -> Plan:
    """One that was filed."""
    return actions.FilePlan.do(who or employer(), **terms(**changed))


def number(of: int = 1) -> str:
    """An example identity number that belongs to nobody."""
    first = f"990000198407{of % 28 + 1:02d}{of // 28:03d}"
    return first + person_check(first)


def in_force(who: Any = None, **changed: Any) -> Plan:
    """A plan that counts."""
    return actions.TakeEffect.do(CLOCK, plan(who, **changed))


def keeper(name: str = "示例养老金公司") -> Any:
    """An account manager."""
    return care.Acting(care.stakeholder("enterprise", "enterprise-insurer", name))


def member(of: int = 1) -> Any:
    """A citizen whose identity is known."""
    who = care.citizen(identity_verified_at=now())
    IdentityDocument.of(who.stakeholder, citizen_number(number(of), today=today())).save()
    return who


def account(in_plan: Plan | None = None, of: int = 1, joined_on: Any = None, whose: str = "") -> Account:
    """A member's account, entered by the employer."""
    chosen = in_plan or in_force()
    return actions.EnrolMember.do(care.Acting(chosen.employer), chosen, number=whose or number(of), name="李示例", joined_on=joined_on or today() - timedelta(days=3 * 366))


def paid(into: Account, employer: int = 1000, own: int = 400, kind: str = "contribution", months: int = 1) -> None:
    """Entries of the last months."""
    first = today().replace(day=1)
    Entry.objects.bulk_create(Entry(account=into, kind=kind, month=(first - timedelta(days=30 * n)).replace(day=1), employer_amount=employer, own_amount=own) for n in range(months))


def payout(out_of: Account | None = None, who: Any = None, **changed: Any) -> Payout:
    """A wish to draw money, from an account whose employment has ended."""
    of = next(_numbers)
    who = who or member(of)
    chosen = out_of or account(of=of)
    if chosen.plan.keeper_id is None:
        actions.NameKeeper.do(care.Acting(chosen.plan.employer), chosen.plan, keeper=keeper().stakeholder)
    if chosen.state == "active":
        chosen = actions.EndEmployment.do(care.Acting(chosen.plan.employer), chosen, left_on=today(), cause="retires")
    return actions.AskForPayout.do(who, chosen, **{"occasion": "retirement", "way": "once"} | changed)
