"""What the pages of the catalogue show: programs tier by tier, values by key, differences, what a change would change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.catalogue import effects, measures, wording
from governance.catalogue.models import Parameter, Program, is_chinese
from governance.catalogue.values import values_on
from governance.catalogue.vocabulary import Tier

UNITS = {"share": "%", "months": pgettext_lazy("length", "months"), "ratio": "", "yuan": gettext_lazy("yuan"), "yuan-a-month": gettext_lazy("yuan a month"), "beds": pgettext_lazy("unit", "beds"), "亿人": gettext_lazy("hundred million people"), "亿元": gettext_lazy("hundred million yuan")}
COLUMN = 60  # width of a column of a chart


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


def programs_with_figures() -> list[dict[str, Any]]:
    """Every program that has figures, with how many, how many the paper speaks of, and how many of these come out."""
    found = []
    for program in Program.objects.in_force().coded(measures.programs_with_measures()):
        own = measures.measures_of(program.code)
        said = [one.agrees for one in own if one.agrees is not None]
        found.append({"program": program, "tier": Tier(program.tier), "count": len(own), "said": len(said), "agrees": sum(said)})
    return found


def figures(program: str) -> list[dict[str, Any]]:
    """The public figures of a program, in the reader's language: each by itself, those of a series together with their chart."""
    groups: dict[str, list[measures.Measure]] = {}
    for one in measures.measures_of(program):
        groups.setdefault(one.series or one.code, []).append(one)
    return [_group(code, found) for code, found in groups.items()]


def _group(code: str, found: list[measures.Measure]) -> dict[str, Any]:
    rows = [figure(one) for one in found]
    row = measures.series().get(code)
    inputs = list({one["code"]: one for figure in rows for one in figure["inputs"]}.values())
    name = (row["name"] if is_chinese() else row["name_en"]) if row else rows[0]["name"]
    return {"code": code, "name": name, "figures": rows, "inputs": inputs, "notes": list(dict.fromkeys(row["note"] for row in rows if row["note"])), "columns": columns(rows) if len(rows) > 1 else None}


def columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A chart of columns, drawn from the figures that stand in the table beside it."""
    highest = max(row["measure"].shown for row in rows)
    drawn = [
        {"x": COLUMN * place + 10, "y": 110 - height, "height": height, "middle": COLUMN * place + 30, "label": row["shown"], "period": row["measure"].period}
        for place, row in enumerate(rows) for height in [round(row["measure"].shown / highest * 90)]
    ]  # fmt: skip
    return {"drawn": drawn, "width": COLUMN * len(rows)}


def figure(one: measures.Measure) -> dict[str, Any]:
    """One figure with its formula in words, what stands above and below the line, and what other vintages would give."""
    return {
        "measure": one, "name": _localised(one, "name"), "note": _localised(one, "note"), "denominator_note": _localised(one, "denominator_note"),
        "formula": formula(one), "inputs": [_input(i) for i in one.inputs], "shown": f"{one.shown:,}", "unit": UNITS.get(one.unit, one.unit),
        "bar": min(one.shown, 100) if one.unit == "share" else None, "numerator": measures.total(one.numerator), "claim": says(one.claim),
        "denominator": measures.total(one.denominator) if one.denominator else None,
        "variants": [{"name": _localised(v, "name"), "shown": f"{v.shown:,}", "inputs": [_input(i) for i in v.inputs if i not in one.inputs]} for v in one.with_other_vintages],
    }  # fmt: skip


def _input(one: measures.Input) -> dict[str, Any]:
    words = {name: _localised(one, name) for name in ("name", "vintage", "source")}
    return words | {"code": one.code, "value": one.shown, "unit": one.unit, "mark": one.mark}


def formula(one: measures.Measure) -> str:
    """A formula in words."""
    upper = " + ".join(_named(code) for code in one.numerator if not code.startswith("-"))
    upper += "".join(f" − {_named(code)}" for code in one.numerator if code.startswith("-"))
    lower = " + ".join(map(_named, one.denominator))
    whole = (f"({upper})" if lower and len(one.numerator) > 1 else upper) + (f" ÷ {lower}" if lower else "")
    return whole + (f" × {one.factor.replace('*', ' × ').replace('/', ' ÷ ')}" if one.factor != "1" else "")


def _named(code: str) -> str:
    if code.startswith("="):
        return next(_localised(one, "name") for one in measures.measures() if one.code == code[1:])
    return _localised(measures.inputs()[code.lstrip("-")], "name")


def says(claim: measures.Claim | None) -> str:
    """What the paper says in words, as bounds."""
    if claim is None:
        return ""
    if claim.low and claim.low == claim.high:
        return _("about %(value)s") % {"value": claim.low}
    if claim.low:
        return _("%(low)s to %(high)s") % {"low": claim.low, "high": claim.high}
    bounds = ((_("above %(value)s"), claim.above), (_("below %(value)s"), claim.below), (_("at most %(value)s"), claim.high))
    return next(words % {"value": bound} for words, bound in bounds if bound)


def not_reproduced(program: str) -> list[dict[str, str]]:
    """What the paper says of a program that is not worked out here, and why."""
    ending = "" if is_chinese() else "_en"
    return [{"says": row[f"says{ending}"], "why": row[f"why{ending}"]} for row in measures.not_reproduced(program)]


def _localised(thing: Any, name: str) -> str:
    return getattr(thing, name) if is_chinese() else getattr(thing, f"{name}_en") or getattr(thing, name)


def own_fields(program: Program) -> list[tuple[str, Any]]:
    """The fields a program brings of its own, by the titles its schema gives them."""
    properties = program.fields_schema.get("properties", {}) if isinstance(program.fields_schema, dict) else {}
    return [(str(properties.get(name, {}).get("title", name)), value) for name, value in program.details.items()]
