"""What the pages of the catalogue show: programs tier by tier, values by key, differences, what a change would change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.catalogue import effects, measures, wording
from governance.catalogue.models import Parameter, Program, is_chinese
from governance.catalogue.values import values_on
from governance.catalogue.vocabulary import Tier

UNITS = {"share": "%", "months": pgettext_lazy("length", "months"), "ratio": "", "yuan": _("yuan"), "yuan-a-month": _("yuan a month"), "beds": _("beds"), "亿人": _("hundred million people")}


def by_tier(programs: Any) -> list[tuple[Tier, list[Program]]]:
    """The programs, tier by tier."""
    groups: dict[str, list[Program]] = {}
    for program in programs:
        groups.setdefault(program.tier, []).append(program)
    return [(tier, groups[tier]) for tier in Tier if tier in groups]


def shown(parameter: Parameter) -> dict[str, Any]:
    """One version with its value in words."""
    return {"parameter": parameter, "value": wording.worded(parameter.value, parameter.unit), "rows": wording.rows_of(parameter.value)}


def values_of(program: Program, day: date) -> list[dict[str, Any]]:
    """Every key and area of a program: what holds on a day, what held and will hold, what is proposed."""
    groups: dict[tuple[str, str], list[Parameter]] = {}
    for one in Parameter.objects.of(program).not_withdrawn().for_display():
        groups.setdefault((one.key, one.area_id), []).append(one)
    found = []
    for versions in groups.values():
        activated = [one for one in versions if one.state == "activated"]
        now = next((one for one in activated if one.holds_on(day)), None)
        main = now or (activated or versions)[-1]
        found.append(
            shown(main) | {"is_now": now is not None, "others": len(activated) - (1 if main in activated else 0),
                           "proposed": [one for one in versions if one.state == "proposed"]}
        )  # fmt: skip
    return found


def differences(program: Program, first: date, second: date) -> list[dict[str, Any]]:
    """What holds otherwise on the second day than on the first."""
    found = []
    for area in sorted({one.area_id for one in Parameter.objects.of(program).activated()}):
        before, after = ({one.key: one for one in Parameter.objects.of(program).in_force_on(day).filter(area=area).for_display()} for day in (first, second))
        for key in [*before, *(key for key in after if key not in before)]:
            rows = wording.differences(before.get(key), after.get(key))
            if rows:
                found.append({"parameter": after.get(key) or before[key], "rows": rows})
    return found


def preview(parameter: Parameter) -> dict[str, Any]:
    """What would change if a proposed value were activated: the value, and the results that programs count."""
    program = parameter.program.code
    before = values_on(parameter.effective_from, program, area=parameter.area_id)
    previous = Parameter.objects.preceding(parameter)
    found = list(effects.effects(program, before, before.replaced(parameter)))
    return {"previous": shown(previous) if previous else None, "differences": wording.differences(previous, parameter), "effects": found}


def figures(program: str) -> list[dict[str, Any]]:
    """The public figures of a program, in the reader's language; shares with the length of their bar."""
    return [figure(one) for one in measures.measures_of(program)]


def figure(one: measures.Measure) -> dict[str, Any]:
    """One figure with its formula in words."""
    names = {code: _localised(measures.inputs()[code.lstrip("-")], "name") for code in [*one.numerator, *one.denominator]}
    upper = " + ".join(names[code] for code in one.numerator if not code.startswith("-"))
    upper += "".join(f" − {names[code]}" for code in one.numerator if code.startswith("-"))
    lower = " + ".join(names[code] for code in one.denominator)
    formula = (f"({upper})" if lower and len(one.numerator) > 1 else upper) + (f" ÷ {lower}" if lower else "")
    inputs = [{"name": _localised(i, "name"), "value": i.value, "unit": i.unit, "vintage": _localised(i, "vintage"), "source": _localised(i, "source"), "mark": i.mark} for i in one.inputs]
    return {
        "measure": one, "name": _localised(one, "name"), "note": _localised(one, "note"), "denominator_note": _localised(one, "denominator_note"),
        "formula": formula + (f" × {one.factor.replace('*', ' × ').replace('/', ' ÷ ')}" if one.factor != "1" else ""), "inputs": inputs,
        "shown": f"{one.shown:,}", "unit": UNITS.get(one.unit, ""), "bar": min(one.shown, 100) if one.unit == "share" else None,
    }  # fmt: skip


def _localised(thing: Any, name: str) -> str:
    return getattr(thing, name) if is_chinese() else getattr(thing, f"{name}_en") or getattr(thing, name)


def own_fields(program: Program) -> list[tuple[str, Any]]:
    """The fields a program brings of its own, by the titles its schema gives them."""
    properties = program.fields_schema.get("properties", {}) if isinstance(program.fields_schema, dict) else {}
    return [(str(properties.get(name, {}).get("title", name)), value) for name, value in program.details.items()]
