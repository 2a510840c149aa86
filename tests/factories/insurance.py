"""Employers, insured people and their files for tests, on the fictional territory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from governance import areas
from governance.stakeholders import ciphers
from governance.stakeholders.actors import Held
from governance.stakeholders.demonstration import citizen_number
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.models.identity import LABEL
from governance.stakeholders.rules import citizen_number as read_number
from programs.insurance import actions
from programs.insurance.models import Claim, Contribution, Insured, Spell, Statement, Transfer
from programs.insurance.vocabulary import Duty
from tests.factories import care

BORN = date(1984, 7, 2)
_numbers = count(300)


def number_of(sequence: int, born: date = BORN) -> str:
    return citizen_number(born, sequence, male=False)


def employer(subkind: str = "enterprise-employer", **fields: Any) -> care.Acting:
    return care.Acting(care.stakeholder("enterprise", subkind, "示例机械有限公司", **fields))


def agency(code: str = care.CITY) -> care.Acting:
    """The office that keeps the accounts, collects and decides in an area."""
    care.area(code, "示例市")
    body = care.stakeholder("government", "government-authority", "示例市社保局")
    stop = areas.range_of(code)[1]
    return care.Acting(body, tuple(Held(str(duty.value), code, stop, None) for duty in Duty))


def insured(person: Any = None, **fields: Any) -> Insured:
    """An account; the person's own number is used where they have one."""
    number = number_of(next(_numbers) % 450)
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
        Contribution(insured=whose, payer=payer.stakeholder, month=date(year, month, 1), branch=branch, **parts)
        for year in years
        for month in range(1, 13)
    )


def statement(of: care.Acting | None = None) -> Statement:
    """The statement of October 2026."""
    of = of or employer()
    care.area(care.CITY, "示例市")
    if not Spell.objects.of_employer(of.stakeholder_id).exists():
        spell(works_for=of)
    return actions.DrawUpStatement.do(agency(), employer=of.stakeholder, month=date(2026, 10, 1), due_on=date(2026, 10, 25))


def claim() -> Claim:
    who, account = person_with_account()
    return actions.ClaimBenefit.do(who, account, kind="pension", words="")


def transfer() -> Transfer:
    who, account = person_with_account()
    return actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))


def roster_rows(numbers: list[str], **fields: Any) -> list[dict[str, Any]]:
    """Rows of a roster that break no rule."""
    row = {"sort": "enterprise", "branches": "pension, medical", "base": "8000", "since": "2026-01-01"}
    return [{"number": number, "name": f"职工{n}"} | row | fields for n, number in enumerate(numbers, 1)]


def contribution_rows(numbers: list[str], **fields: Any) -> list[dict[str, Any]]:
    """Rows of contributions that break no rule once the roster is there."""
    row = {"month": "2026-10", "branch": "pension", "base": "8000", "employer_part": "1280", "person_part": "640"}
    return [{"number": number} | row | fields for number in numbers]
