"""What the slices say of each person of the demonstration, compared: one birthday, one working life, one pension."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from governance.catalogue.values import values_on
from governance.clocks.now import today
from governance.determinations.models import Determination
from governance.stakeholders import rules
from governance.stakeholders.models import HouseholdMember, IdentityDocument, Stakeholder
from programs.annuities.models import Account
from programs.care.models import Reservation
from programs.insurance import reading
from programs.insurance.models import Claim, Insured, Transfer
from programs.insurance.rules import retirement
from programs.insurance.vocabulary import EMPLOYEES, Group
from programs.policies.models import Policy

YOUNGEST_PARENT = 16


def contradictions() -> list[str]:
    """One line for each fact that another slice tells otherwise."""
    documents = IdentityDocument.objects.filter(stakeholder__is_synthetic=True).select_related("stakeholder")
    return [f"{one.stakeholder.name}: {problem}" for one in documents for problem in _of(one.stakeholder, rules.citizen_number(one.number(), today=today()))]


def _of(person: Stakeholder, papers: Any) -> Iterator[str]:
    yield from _births(person, papers.born_on)
    yield from _work(person, papers)
    for policy in Policy.objects.filter(holder=person):
        if policy.effective_on.year - papers.born_on.year < 18:
            yield f"policy {policy} taken out as a child"


def _births(person: Stakeholder, born_on: date) -> Iterator[str]:
    for member in HouseholdMember.objects.filter(person=person, born_on__isnull=False).exclude(born_on=born_on):
        yield f"household says {member.born_on}"
    for one in Determination.objects.filter(person=person):
        said = one.said
        if "year" in said and (int(said["year"]), int(said["month"])) != (born_on.year, born_on.month):
            yield f"determination of {said['year']}-{said['month']}"
    relatives = {one.name: one.born_on for one in HouseholdMember.objects.filter(household__head=person, born_on__isnull=False)}
    for stay in Reservation.objects.filter(applicant=person).exclude(resident_name=""):
        if relatives.get(stay.resident_name) not in {None, stay.resident_born_on}:
            yield f"{stay.resident_name} has two birthdays"
        if stay.relation == "parent" and born_on.year - stay.resident_born_on.year < YOUNGEST_PARENT:
            yield f"{stay.resident_name} is hardly older"


def _statutory(papers: Any) -> retirement.Month:
    values = values_on(today(), EMPLOYEES)
    schedule, freedom = reading.retirement_window(values, Group.MEN if papers.is_male else Group.WOMEN_55)
    return retirement.window(retirement.Month.of(papers.born_on), schedule, **freedom).statutory


def _work(person: Stakeholder, papers: Any) -> Iterator[str]:
    account = Insured.objects.filter(person=person).first()
    spells = list(account.spells.all()) if account else []
    claims = Claim.objects.filter(insured__person=person, kind="pension").exclude(state__in=["refused", "withdrawn"])
    has_age = _statutory(papers) <= retirement.Month.of(today())
    draws = claims.filter(state="granted").exists()
    works = any(spell.until is None for spell in spells)
    if claims.exists() and (not has_age or works):
        yield "claims a pension before the age, or at work"
    if draws and Transfer.objects.filter(insured__person=person, state="asked").exists():
        yield "draws a pension and has it carried away"
    for annuity in Account.objects.filter(member=person).select_related("plan"):
        there = [spell for spell in spells if spell.employer_id == annuity.plan.employer_id]
        if not any(spell.since <= annuity.joined_on for spell in there):
            yield "an annuity of an employer before working there"
        if annuity.left_on not in {spell.until for spell in there}:
            yield f"left on {annuity.left_on} by the annuity, {[spell.until for spell in there]} by insurance"
    months = account.contributions.all().months_by_branch().get("pension", 0) if account else 0
    for one in Determination.objects.filter(person=person, rule="insurance.when-to-retire"):
        if int(one.said.get("paid_years") or 0) != months // 12:
            yield f"{one.said.get('paid_years')} years paid by the determination, {months} months by the register"
