"""Invented plans of the example city's employers, made by the actions themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from governance.actions import CLOCK
from governance.clocks.now import now, stopped_at, today
from governance.stakeholders import demonstration as people
from governance.stakeholders.actors import Assured
from governance.stakeholders.models import IdentityDocument, Mandate, Stakeholder
from programs.annuities import actions
from programs.annuities.models import Account, Entry, Plan
from programs.annuities.vocabulary import Duty, EntryKind

BASIS = "示例市权责清单（示例）"


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Plan.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """A plan in force by the authority's silence, its amendment that was questioned, and one being examined."""
    say("Annuity plans …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create([people.mandate(bodies["insurance"], Duty.EXAMINE_PLANS, people.CITY, BASIS, bodies["government"])])
    first, second, authority = Assured(bodies["employer"]), Assured(bodies["employer-2"]), Assured(bodies["insurance"])
    with stopped_at(now() - timedelta(days=200)):
        old = actions.FilePlan.do(first, **_terms("示例机械企业年金方案", 820, 96_000_000))
    with stopped_at(now() - timedelta(days=184)):
        old = actions.TakeEffect.do(CLOCK, old)
    _accounts(first, old, bodies["insurer"], bodies["insurer-2"])
    with stopped_at(now() - timedelta(days=9)):
        new = actions.AmendPlan.do(first, old, reason="提高单位缴费", **_terms("示例机械企业年金方案", 850, 99_000_000, Decimal("0.08"), [0, 0, 20, 40, 60, 80, 100]))
    with stopped_at(now() - timedelta(days=6)):
        actions.QuestionPlan.do(authority, new, reason="归属办法前两年不归属，请附职工代表大会对此的讨论记录。")
    with stopped_at(now() - timedelta(days=4)):
        actions.FilePlan.do(second, **_terms("示例纺织企业年金方案", 140, 11_500_000, Decimal("0.05"), [0, 25, 50, 75, 100]))
    _collective(Assured(bodies["insurer-2"]), authority, second)
    _occupational(Assured(bodies["welfare"]), bodies["insurance"])


def _collective(trustee: Assured, authority: Assured, employer: Assured) -> None:
    """A collective plan that small firms may join; one has, and waits for the authority."""
    told = {
        "name": "示例园区中小企业集合计划", "for_whom": "园区内职工少于三百人的单位，含社会组织", "fees": "示例：每年按资产的千分之二，由计划资产承担，不向职工另收",
        "vesting": [0, 20, 40, 60, 80, 100], "custodian": "示例商业银行", "account_manager": "示例商业银行", "investment_manager": "示例基金管理公司",
    }  # fmt: skip
    with stopped_at(now() - timedelta(days=60)):
        offered = actions.OfferCollective.do(trustee, **told)
    with stopped_at(now() - timedelta(days=45)):
        offered = actions.OpenCollective.do(authority, offered)
    own = {name: value for name, value in _terms("", 60, 4_800_000, Decimal("0.04")).items() if name in actions.collectives.OWN}
    with stopped_at(now() - timedelta(days=3)):
        actions.JoinCollective.do(employer, offered, **own | {"consent": "other"})


def _occupational(unit: Assured, agency: Stakeholder) -> None:
    """The occupational annuity of a public institution; its part is written down and earns interest."""
    with stopped_at(now() - timedelta(days=100)):
        plan = actions.RegisterOccupational.do(unit, name="示例福利院职业年金", covers="编制内工作人员", people=86, starts_on=today(), payroll=Decimal(9_460_000), is_notional=True)
    actions.NameParties.do(unit, plan, trustee_here=None, keeper=agency, custodian_here=None, investor_here=None)
    nurse = people.citizen_number(date(1986, 3, 4), 390, male=False)
    account = actions.EnrolMember.do(unit, plan, number=nurse, name="示例护士示甲", joined_on=today().replace(day=1) - timedelta(days=6 * 365))
    for entry in _entries(account, 6 * 12, 800, 400):
        entry.booked_amount = entry.employer_amount
        entry.save()


# Who has an account: personas, years of membership, yuan a month from the employer and the own.
MEMBERS = (("citizen", 9, 620, 300), ("daughter", 3, 480, 240))


def _accounts(employer: Assured, plan: Plan, insurer: Stakeholder, pension: Stakeholder) -> None:
    """Members with what was paid in and earned; one has retired and asks for a payout."""
    actions.NameParties.do(employer, plan, trustee_here=pension, keeper=insurer, custodian_here=None, investor_here=pension)
    quarter = today().replace(day=1) - timedelta(days=1)
    actions.ReportReturn.do(Assured(pension), plan, since=quarter - timedelta(days=91), as_of=quarter, percent=Decimal("0.87"))
    names = {row[0]: row[1] for row in people.PEOPLE}
    for persona, years, paid, own in MEMBERS:
        document = IdentityDocument.objects.filter(stakeholder__name=names[persona], stakeholder__is_synthetic=True).select_related("stakeholder").first()
        if document is None:
            continue
        joined = today().replace(day=1) - timedelta(days=years * 365 + 20)
        account = actions.EnrolMember.do(employer, plan, number=document.number(), name=names[persona], joined_on=joined)
        Entry.objects.bulk_create(_entries(account, years * 12, paid, own))
        if persona == "citizen":
            account = actions.EndEmployment.do(employer, account, left_on=today() - timedelta(days=people.LEFT_DAYS_AGO), cause="retires")
            actions.AskForPayout.do(Assured(document.stakeholder), account, occasion="retirement", way="monthly")


def _entries(account: Account, months: int, paid: int, own: int) -> Iterator[Entry]:
    """Contributions of the months past, and what they earned in invented good and bad quarters."""
    first = today().replace(day=1)
    for back in range(1, months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 - back, 12)
        day, so_far = date(year, month + 1, 1), months - back
        yield Entry(account=account, kind=EntryKind.CONTRIBUTION, month=day, employer_amount=paid, own_amount=own)
        rate = Decimal((back * 7) % 11 - 3) / 1000
        earned = [(Decimal(one * so_far) * rate).quantize(Decimal("0.01")) for one in (paid, own)]
        yield Entry(account=account, kind=EntryKind.RETURNS, month=day, employer_amount=earned[0], own_amount=earned[1])


def _terms(name: str, count: int, payroll: int, rate: Decimal = Decimal("0.06"), vesting: list[int] | None = None) -> dict[str, Any]:
    day: date = today()
    employer = rate * payroll
    average = (employer / count).quantize(Decimal("0.01"))
    return {
        "name": name, "covers": "试用期满的全体职工", "people": count, "starts_on": day + timedelta(days=60), "payroll": Decimal(payroll),
        "employer_rate": rate * 100, "employer_amount": employer, "staff_rate": Decimal(3), "staff_amount": payroll * Decimal("0.03"), "highest": average * 4, "average": average, "vesting": vesting or [0, 25, 50, 75, 100],
        "trustee": "示例养老保险股份有限公司", "custodian": "示例商业银行", "account_manager": "示例商业银行", "investment_manager": "示例基金管理公司",
        "consent": "congress", "agreed_on": day - timedelta(days=15), "present": count // 8, "in_favour": count // 9,
    }  # fmt: skip


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "“employer” files annuity plans at /annuities/plans/; “insurance” examines them."
    yield "“insurer-2” offers a collective plan at /annuities/collectives/; “welfare” has an occupational annuity."
    yield "“daughter” has an annuity account at /annuities/accounts/; “citizen” has retired and asks for a payout, “insurer” decides it."
