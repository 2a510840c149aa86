"""What basic insurance offers to the pages that span programs, and how it counts whose results a new value changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue import effects, measures
from governance.catalogue.decisions import Decision
from governance.catalogue.models import is_chinese
from governance.catalogue.values import MissingParameter, Values
from governance.determinations import rulebook
from governance.web import offers
from programs.insurance import forms, reading, values
from programs.insurance.actions.work import employs
from programs.insurance.models import Spell
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import EMPLOYEES, RATES, ClaimKind, Group


def _is_citizen(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


def _keeps(actor: Any) -> bool:
    return actor is not None and any(held.duty.startswith("insurance.") for held in actor.duties)


offers.entry(
    offers.Entry(
        "insurance.retirement", gettext_lazy("When may I retire?"), "insurance:retirement", icon="clock", order=17, need="row", often=True, footer=offers.RULES,
        help=gettext_lazy("Earliest, statutory and latest month, and how long you must have paid in."),
    ),
    offers.Entry(
        "insurance.pension", gettext_lazy("What will my pension be?"), "insurance:pension", icon="entitle", order=18, need="row", often=True, footer=offers.RULES,
        help=gettext_lazy("An estimate with every step, every rule and its source."),
    ),
    offers.Entry(
        "insurance.mine", gettext_lazy("My insurance"), "insurance:mine", icon="entitle", order=44, need="row", shown_to=_is_citizen,
        help=gettext_lazy("Your months of contributions, your employers, transfers and claims."),
    ),
    offers.Entry("insurance.employer", gettext_lazy("Insurance of our staff"), "insurance:employer", order=32, staff=True, shown_to=employs),
    offers.Entry("insurance.office", gettext_lazy("Basic insurance"), "insurance:office", order=33, staff=True, shown_to=_keeps),
    offers.Entry("insurance.provinces", gettext_lazy("Pensions by province"), "insurance:provinces", order=61, footer=offers.OPEN),
)  # fmt: skip

RESERVE = "RESERVE_MONTHS_2025"


@offers.figures
def _reserve() -> Iterator[offers.Figure]:
    """How long the fund of the employees' pension would last without income: from published numbers of one year."""
    found = measures.measure(RESERVE)
    balance, spent = found.inputs
    yield offers.Figure(
        label=_("The employees’ pension fund would pay for"),
        value=f"{found.shown:.1f}",
        unit=_("months"),
        source="derived",
        at=_("end of %(year)s, all of China") % {"year": found.period},
        note=_("%(balance)s over a twelfth of %(spent)s (100 million yuan); %(source)s")
        % {"balance": f"{balance.shown:,}", "spent": f"{spent.shown:,}", "source": balance.source if is_chinese() else balance.source_en},
        address=reverse("catalogue:figures"),
        order=30,
    )


rulebook.offer("insurance.when-to-retire", gettext_lazy("When I may retire"), forms.RetirementForm, "insurance:retirement")
rulebook.offer("insurance.employee-pension", gettext_lazy("What my pension is"), forms.PensionForm, "insurance:pension")
for _kind, _form in (
    (ClaimKind.PENSION, forms.PensionClaimForm), (ClaimKind.UNEMPLOYMENT, forms.UnemploymentClaimForm), (ClaimKind.MATERNITY, forms.MaternityClaimForm),
    (ClaimKind.MEDICAL, forms.MedicalClaimForm), (ClaimKind.INJURY, forms.InjuryClaimForm), (ClaimKind.ABILITY, forms.AbilityClaimForm),
):  # fmt: skip
    rulebook.offer(f"insurance.claim-{_kind}", _kind.label, _form, "")  # determined on a claim, by officers: nobody asks for it by itself

BIRTHS = ("1965-01", "1968-07", "1971-04", "1976-09", "1984-11")
PENSIONS = (("8000", "0.8", 300, "120000", 720), ("8000", "0.6", 180, "52000", 721), ("12049", "0.8", 360, "236000", 756))


@effects.counts(EMPLOYEES)
def examples(before: Values, after: Values) -> Iterator[effects.Effect]:
    """Worked examples under both sets of values: ages of retirement, pensions."""
    ages = [(f"{group.label} {born}", lambda v, b=born, g=group: reading.when_to_retire(v, born=Month.of(b), group=g.value, paid=None)) for group in Group for born in BIRTHS]
    sums = [
        (f"{wage} · {index} · {paid}", lambda v, w=wage, i=index, p=paid, b=balance, a=age: reading.employee_pension(v, wage=Decimal(w), index=Decimal(i), paid=p, balance=Decimal(b), age=a))
        for wage, index, paid, balance, age in PENSIONS
    ]
    for what, cases in ((_("When one may retire"), ages), (_("What the pension is"), sums)):
        tried = [(name, _tried(case, before), _tried(case, after)) for name, case in cases]
        changed = [one for one in tried if one[1] != one[2]]
        if any(was for _name, was, _becomes in tried):
            yield effects.Effect(what, len(changed), len(tried), [(name, was[1] if was else "—", becomes[1] if becomes else "—") for name, was, becomes in changed[:5]])


def _whose_contributions(branch: str, program: str) -> effects.Counter:
    """Counts the people on the rosters whose contributions change with the rates of a branch."""

    def count(before: Values, after: Values) -> Iterator[effects.Effect]:
        rates = [(v.number(program, key) if v.has(program, key) else None) for v in (before, after) for key in (values.EMPLOYER, values.PERSON)]
        if rates[:2] != rates[2:]:
            changed, total = Spell.objects.in_area(after.area).changed_by([branch])
            yield effects.Effect(_("What is paid in each month"), changed, total, are_people=True)

    return count


for _branch, _program in RATES.items():
    effects.counts(_program)(_whose_contributions(str(_branch), _program))


def _tried(case: object, values: Values) -> tuple[str, str] | None:
    try:
        decision: Decision = case(values)  # type: ignore[operator]
    except (MissingParameter, KeyError, ValueError, ArithmeticError):
        return None
    return str(sorted(decision.values.items())), decision.sentence
