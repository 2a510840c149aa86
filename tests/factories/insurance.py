"""Employers, insured people and their files for tests, on the fictional territory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from governance import areas
from governance.actions.records import new_reference
from governance.catalogue.models import Parameter, Program
from governance.clocks.now import today
from governance.determinations.models import Determination
from governance.stakeholders import ciphers
from governance.stakeholders.actors import Held
from governance.stakeholders.demonstration import citizen_number
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.models.identity import LABEL
from governance.stakeholders.rules import citizen_number as read_number
from programs.insurance import actions
from programs.insurance.models import Base, Claim, Contribution, Correction, InjuryRate, Insured, Spell, Statement, Transfer
from programs.insurance.vocabulary import Duty
from tests.factories import care, people

BORN = date(1984, 7, 2)
_numbers = count(300)


def number_of(sequence: int, born: date = BORN) -> str:
    return citizen_number(born, sequence, male=False)


def employer(subkind: str = "enterprise-employer", **fields: Any) -> care.Acting:
    return care.Acting(care.stakeholder("enterprise", subkind, "示例机械有限公司", **fields))


def agency(code: str = care.CITY) -> care.Acting:
    """The office that keeps the accounts, collects and decides in an area."""
    care.area(code, "示例市")
    return _body("示例市社保局", code, *(duty for duty in Duty if duty != Duty.RECOGNISE_INJURIES))


def _body(name: str, code: str, *duties: Duty) -> care.Acting:
    stop = areas.range_of(code)[1]
    return care.Acting(care.stakeholder("government", "government-authority", name), tuple(Held(str(duty.value), code, stop, None) for duty in duties))


def department(code: str = care.CITY) -> care.Acting:
    """A person of the administrative department that recognises work injuries: each call is another one."""
    care.area(code, "示例市")
    found, user = _body("示例市社会保险行政部门", code, Duty.RECOGNISE_INJURIES), people.user()
    found.user, found.user_id = user, user.pk
    return found


def officer(code: str = care.CITY) -> care.Acting:
    """A person of such an office: each call is another one."""
    found, user = agency(code), people.user()
    found.user, found.user_id = user, user.pk
    return found


def insured(person: Any = None, born: date = BORN, **fields: Any) -> Insured:
    """An account; the person's own number is used where they have one."""
    number = number_of(next(_numbers) % 450, born)
    papers = IdentityDocument.objects.filter(stakeholder=person).first() if person is not None else None
    if papers is not None:
        number = papers.number()
    elif person is not None:
        IdentityDocument.of(person, read_number(number, today=date(2026, 11, 24))).save()
    defaults = {"name": "示例职工", "person": person, "area": care.area()}
    blind, sealed = ciphers.blind(number, label=LABEL), ciphers.seal(number, label=LABEL)
    return Insured.objects.create(blind=blind, sealed=sealed, **defaults | fields)


def person_with_account() -> tuple[care.Acting, Insured]:
    """Somebody who acts for themselves, and their account."""
    who = care.citizen()
    return who, insured(who.stakeholder)


def spell(whose: Insured | None = None, works_for: care.Acting | None = None, **fields: Any) -> Spell:
    whose = whose or insured()
    works_for = works_for or employer()
    defaults = {"sort": "enterprise", "branches": ["pension", "medical"], "base": Decimal(8000), "since": date(2026, 1, 1), "state": "registered"}
    return Spell.objects.create(insured=whose, employer=works_for.stakeholder, area=works_for.stakeholder.area, **defaults | fields)


def pays(whose: Insured, payer: care.Acting, years: tuple[int, ...] = (2024, 2025), branch: str = "pension") -> None:
    """Every month of these years."""
    parts = {"base": 8000, "employer_part": 1280, "person_part": 640}
    Contribution.objects.bulk_create(
        Contribution(insured=whose, payer=payer.stakeholder, month=date(year, month, 1), paid_on=date(year, month, 20), branch=branch, **parts)
        for year in years
        for month in range(1, 13)
    )


def pay(whose: Insured, payer: care.Acting, amount: Decimal | int = 1920, *, branch: str = "pension", month: date = date(2026, 10, 1),
        paid_on: date = date(2026, 10, 20)) -> Contribution:  # fmt: skip
    """One payment: two thirds by the employer, one by the person."""
    person = (Decimal(amount) / 3).quantize(Decimal("0.01"))
    return Contribution.objects.create(
        insured=whose, payer=payer.stakeholder, month=month, branch=branch, paid_on=paid_on, base=8000, employer_part=amount - person, person_part=person
    )


LOCAL = {
    ("employee-pension", "base.average"): ("8000", "yuan-a-month"),
    ("employee-medical", "contribution.employer"): ("0.08", "share"),
    ("employee-medical", "contribution.person"): ("0.02", "share"),
    ("unemployment", "contribution.employer"): ("0.005", "share"),
    ("unemployment", "contribution.person"): ("0.005", "share"),
}


def local_values(code: str = care.CITY, **without: bool) -> None:
    """What an area registers for its bills: an average wage of 8,000 yuan, rates of medical and unemployment insurance. Invented."""
    area = care.area(code, "示例市")
    for (program, key), (value, unit) in LOCAL.items():
        kept = Program.objects.get(code=program)
        if not Parameter.objects.filter(program=kept, key=key, area=area).exists():
            Parameter.objects.create(
                reference=new_reference("CS"), program=kept, key=key, area=area, name=key, value=value, unit=unit, source="示例文件", mark="example",
                effective_from=date(2020, 1, 1), state="activated",
            )  # fmt: skip


def injury_rate(of: care.Acting | None = None, **fields: Any) -> InjuryRate:
    """Class two, not floated, since 2020: 0.4 %."""
    of = of or employer()
    spell(works_for=of)
    care.area(care.CITY, "示例市")
    data = {"industry": 2, "floating": "0", "since": date(2020, 1, 1), "basis": "示例核定书"} | fields
    return actions.SetInjuryRate.do(agency(), employer=of.stakeholder, **data)


def statement(of: care.Acting | None = None) -> Statement:
    """The statement of October 2026."""
    of = of or employer()
    local_values()
    if not Spell.objects.of_employer(of.stakeholder_id).exists():
        spell(works_for=of)
    return actions.DrawUpStatement.do(agency(), employer=of.stakeholder, month=date(2026, 10, 1), due_on=date(2026, 10, 25))


def new_base(of: Spell | None = None, **fields: Any) -> Base:
    """Twelve thousand yuan from this month on, declared by the employer."""
    of = of or spell()
    data = {"base": Decimal(12000), "branches": of.branches, "since": today().replace(day=1)} | fields
    return actions.DeclareBase.do(care.Acting(of.employer), of, **data)


def correction(**fields: Any) -> Correction:
    """Of a contribution of October that was paid with 1,920 yuan instead of 1,200."""
    boss = employer()
    working = spell(works_for=boss)
    paid = pay(working.insured, boss)
    data = {"account": working.insured.reference, "branch": "pension", "paid_on": paid.paid_on, "employer_part": Decimal(800), "person_part": Decimal(400)}
    return actions.AskForCorrection.do(boss, statement(boss), reason="多缴", **data | fields)


def claim() -> Claim:
    who, account = person_with_account()
    return actions.ClaimBenefit.do(who, account, kind="pension", words="")


def granted_pension(account: Insured, amount: Decimal) -> Claim:
    """A pension of somebody, as one person determined and another one granted it."""
    first, second = people.user(), people.user()
    determined = Determination.objects.create(
        reference=new_reference("HD"), person=account.person, area=account.area, rule="insurance.claim-pension", said={"paid": "200"}, day=today(), parameters=[],
        outcome="yes", values={"total": str(amount)}, fingerprint="0" * 64, decided_by=first, state="given",
    )  # fmt: skip
    return Claim.objects.create(
        insured=account, area=account.area, kind="pension", months=200, state="granted", monthly_amount=amount, determination=determined,
        determined_by=first, granted_by=second, granted_on=today(),
    )  # fmt: skip


def transfer() -> Transfer:
    who, account = person_with_account()
    return actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))


def roster_rows(numbers: list[str], **fields: Any) -> list[dict[str, Any]]:
    """Rows of a roster that break no rule."""
    row = {"sort": "enterprise", "branches": "pension, medical", "base": "8000", "since": "2026-01-01"}
    return [{"number": number, "name": f"职工{n}"} | row | fields for n, number in enumerate(numbers, 1)]


def contribution_rows(numbers: list[str], **fields: Any) -> list[dict[str, Any]]:
    """Rows of contributions that break no rule once the roster is there."""
    row = {"month": "2026-10", "branch": "pension", "paid_on": "2026-10-20", "base": "8000", "employer_part": "1280", "person_part": "640"}
    return [{"number": number} | row | fields for number in numbers]


def base_rows(numbers: list[str], **fields: Any) -> list[dict[str, Any]]:
    """Rows of new bases that break no rule once the roster is registered."""
    return [{"number": number, "month": "2026-11", "base": "12000", "branches": "pension, medical"} | fields for number in numbers]
