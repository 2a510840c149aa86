"""What the pages show: lines by standing, sums, timeline, what if, what falls away, what no program answers for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from governance.catalogue.models import Program
from governance.clocks.now import today
from governance.entitlements import asking, chart, people, rules
from governance.entitlements.asking import Source
from governance.entitlements.contract import MONTHLY, Amount, Asked, Line, Person
from governance.entitlements.models import Statement
from governance.entitlements.vocabulary import Standing

STEPS = [Decimal(100 * step) for step in range(81)]  # incomes tried, in yuan a month
SHOWN = 3  # statements
COUNTED = asking.GOOD


def everything(actor: Any, facts: dict[str, Any], wishes: dict[str, Any]) -> dict[str, Any]:
    """The whole page of whomever the actor acts for, by the facts they told, and what would be different by what they wish."""
    person = people.person_of(actor.stakeholder)
    sources = asking.ask(person, today(), may=people.may_ask(actor))
    asked = Asked(person, today(), facts)
    lines = asking.answer_and_try(sources, asked)
    return {
        "person": person, "sources": sources, "silent": [one for one in sources if not one.is_good], "lines": lines, "groups": by_standing(lines),
        "sums": sums(lines), "not_asked": not_asked(sources), "conflicts": rules.conflicts(lines, COUNTED),
        "what_if": what_if(sources, asked, lines, wishes), "cliffs": cliffs(sources, asked), "statements": Statement.objects.visible_to(actor).newest_of(actor.stakeholder, SHOWN), **over_time(lines, person),
    }  # fmt: skip


def by_standing(lines: list[Line]) -> list[tuple[Standing, list[Line]]]:
    """The lines in groups; empty groups are left out."""
    groups = ((standing, [one for one in lines if one.standing == standing]) for standing in Standing)
    return [(standing, found) for standing, found in groups if found]


def monthly(lines: list[Line], *standings: Standing) -> Amount | None:
    """What lines of some standings bring each month together; None where none of them names an amount."""
    amounts = [one.estimate for one in lines if one.standing in standings and one.estimate is not None and one.estimate.unit == MONTHLY]
    return Amount(sum((a.low for a in amounts), Decimal(0)), sum((a.high for a in amounts), Decimal(0))) if amounts else None


def sums(lines: list[Line]) -> list[tuple[Standing, int, Amount | None]]:
    """For each standing how many lines, and what they bring each month where that is known."""
    return [(standing, len(found), monthly(found, standing) if standing in COUNTED else None) for standing, found in by_standing(lines)]


def not_asked(sources: list[Source]) -> list[Program]:
    """The programs of the catalogue that nobody answers for here: of them nothing can be told."""
    covered = {code for one in sources for code in one.offer.covers}
    return list(Program.objects.in_force_without(covered))


def over_time(lines: list[Line], person: Person) -> dict[str, Any]:
    """The timeline as years, as moments, as a chart."""
    years = rules.timeline(rules.counted(lines, COUNTED), today=today(), born_on=person.born_on)
    return {"years": _changes(years), "moments": rules.moments(one for one in lines if one.standing != Standing.NOT_ELIGIBLE), "chart": chart.drawn(years, {one.key: one.program for one in lines})}


def _changes(years: list[rules.Year]) -> list[rules.Year]:
    """The first year, and every year in which something changes: the table of the chart."""
    return [year for place, year in enumerate(years) if place == 0 or year.parts != years[place - 1].parts]


def what_if(sources: list[Source], asked: Asked, lines: list[Line], wishes: dict[str, Any]) -> list[dict[str, Any]]:
    """Each line as it is and as it would be, where something is wished; only those that differ."""
    if not wishes:
        return []
    wished = {(one.key, one.record): one for one in asking.answer_and_try(sources, replace(asked, facts=asked.facts | wishes))}
    rows = [{"line": one, "before": one, "after": wished.get((one.key, one.record), one)} for one in lines]
    return [row | {"begins": _begins(row["before"]), "would_begin": _begins(row["after"])} for row in rows if row["before"] != row["after"]]


def _begins(line: Line) -> Any:
    return min((moment.on for moment in line.moments), default=None)


def cliffs(sources: list[Source], asked: Asked) -> list[rules.Cliff]:
    """Where benefits fall as income rises: tried with the rules of the programs that ask for the income."""
    concerned = [one for one in sources if one.is_good and any(fact.name == "income" for fact in one.offer.facts)]
    if not concerned:
        return []

    def at(income: Decimal) -> dict[str, Decimal]:
        lines = asking.answer(concerned, replace(asked, facts=asked.facts | {"income": income}))
        return {one.key: one.estimate.high for one in lines if one.falls_with_income and one.estimate and one.standing in COUNTED}

    return rules.cliffs(at, STEPS)


def household(actor: Any) -> list[dict[str, Any]]:
    """Oneself and everybody who has agreed, each with what they have and build up each month."""
    found = []
    for stakeholder, delegation in people.household_of(actor):
        person = people.person_of(stakeholder)
        sources = asking.ask(person, today(), may=people.covered(delegation))
        lines = asking.answer(sources, Asked(person, today()))
        found.append({
            "person": stakeholder, "delegation": delegation, "groups": by_standing(lines), "silent": [one for one in sources if not one.is_good],
            "has": monthly(lines, Standing.HAVE), "builds": monthly(lines, Standing.ACCRUING), "claims": [one for one in lines if one.standing == Standing.UNCLAIMED],
        })  # fmt: skip
    return found


def together(members: list[dict[str, Any]]) -> list[tuple[Standing, Amount | None, int]]:
    """What the household has and builds up each month, as far as it is known, and of how many people it is."""
    found = []
    for standing, name in ((Standing.HAVE, "has"), (Standing.ACCRUING, "builds")):
        amounts = [one[name] for one in members if one[name] is not None]
        whole = Amount(sum((a.low for a in amounts), Decimal(0)), sum((a.high for a in amounts), Decimal(0))) if amounts else None
        found.append((standing, whole, len(amounts)))
    return found
