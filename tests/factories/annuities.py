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
from programs.annuities.models import Account, Collective, Entry, Payout, Plan, Report
from programs.annuities.vocabulary import Duty
from tests.factories import care

_numbers = count(1000)


def terms(**changed: Any) -> dict[str, Any]:
    """A plan within the caps: 7 % and 4 % of a payroll of ten million."""
    return {
        "name": "示例企业年金方案", "covers": "试用期满的全体职工", "people": 120, "starts_on": today() + timedelta(days=60),
        "payroll": Decimal(10_000_000), "employer_rate": None, "staff_rate": None, "employer_amount": Decimal(700_000), "staff_amount": Decimal(400_000), "highest": Decimal(20_000),
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
        actions.NameParties.do(care.Acting(chosen.plan.employer), chosen.plan, keeper=keeper().stakeholder)
    if chosen.state == "active":
        chosen = actions.EndEmployment.do(care.Acting(chosen.plan.employer), chosen, left_on=today(), cause="retires")
    return actions.AskForPayout.do(who, chosen, **{"occasion": "retirement", "way": "once"} | changed)


def released(wish: Payout) -> Payout:
    """Released by a second person: of the trustee, or of the keeper where no trustee is named."""
    plan = Account.objects.select_related("plan").get(pk=wish.account_id).plan
    return actions.ReleasePayout.do(care.Acting(plan.trustee_here or plan.keeper), wish)


def trustee(name: str = "示例养老保险") -> Any:
    """A pension company that is approved."""
    return care.Acting(care.stakeholder("enterprise", "enterprise-insurer", name))


def run_by(in_plan: Plan) -> dict[str, Any]:
    """The plan with all four parties named, each of them as somebody who acts."""
    who = {name: keeper(f"{name}示例公司") for name in ("trustee_here", "keeper", "custodian_here", "investor_here")}
    actions.NameParties.do(care.Acting(in_plan.employer), in_plan, **{name: one.stakeholder for name, one in who.items()})
    return who


def report(in_plan: Plan | None = None) -> Report:
    """What a custodian tells; a further one is of an earlier day of the same plan."""
    if in_plan is None and (last := Report.objects.order_by("as_of").first()):
        return Report.objects.create(plan=last.plan, area=last.area, sender=last.sender, as_of=last.as_of - timedelta(days=1), assets_amount=Decimal(1))
    chosen = in_plan or in_force()
    return actions.ReportAssets.do(run_by(chosen)["custodian_here"], chosen, as_of=today(), assets_amount=Decimal(1_000_000))


def examiner() -> Any:
    """The authority that examines plans."""
    return care.office(Duty.EXAMINE_PLANS, name="示例市人社局")


def offered(by: Any = None, **changed: Any) -> Collective:
    """A collective plan that waits for the authority."""
    told = {
        "name": "示例园区集合计划", "for_whom": "园区内人数少于一百人的企业", "fees": "每年按资产的千分之二，由计划资产承担（示例）", "vesting": [0, 50, 100],
        "custodian": "示例银行", "account_manager": "示例银行", "investment_manager": "示例基金公司",
    }  # fmt: skip
    return actions.OfferCollective.do(by or trustee(), **told | changed)


def own_terms(**changed: Any) -> dict[str, Any]:
    """What an employer that joins says itself."""
    return {name: value for name, value in terms(**changed).items() if name in actions.collectives.OWN}


def occupational(by: Any = None, **changed: Any) -> Plan:
    """The occupational annuity of a public institution whose part is only written down."""
    unit = by or care.Acting(care.stakeholder("government", "government-public-institution", "示例学校"))
    told = {"name": "示例职业年金", "covers": "编制内工作人员", "people": 40, "starts_on": today(), "payroll": Decimal(4_000_000), "is_notional": True}
    return actions.RegisterOccupational.do(unit, **told | changed)
