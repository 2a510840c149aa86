"""Lines as plain values, in the reader's language: what stands in a statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from governance.entitlements.contract import Amount, Line, Person


def content(person: Person, day: date, sources: Iterable[Any], lines: Iterable[Line]) -> dict[str, Any]:
    """A statement: who, when, who was asked, what they said."""
    return {
        "kind": "entitlements", "v": 1, "person": {"reference": person.stakeholder.reference, "name": person.stakeholder.name}, "day": day.isoformat(),
        "sources": [{"program": one.offer.key, "title": str(one.offer.title), "status": str(one.status.value), "said": str(one.status.label)} for one in sources],
        "lines": [line_as_values(one) for one in lines],
    }  # fmt: skip


def line_as_values(line: Line) -> dict[str, Any]:
    """One line."""
    return {
        "program": line.key, "title": str(line.program), "standing": str(line.standing.value), "said": str(line.standing.label), "sentence": str(line.sentence),
        "source": str(line.source), "as_of": line.as_of.isoformat() if line.as_of else None, "match": str(line.match.value), "record": line.record,
        "accrued": _amount(line.accrued), "estimate": _amount(line.estimate), "method": str(line.method),
        "assumptions": _texts(line.assumptions), "warnings": _texts(line.warnings), "steps_of_working": _texts(line.trace),
        "would_change": str(line.would_change), "missing": [{"fact": str(one.fact), "holder": str(one.holder)} for one in line.lacks],
        "from": min((moment.on.isoformat() for moment in line.moments), default=None), "values": sorted(one.reference for one in line.used),
    }  # fmt: skip


def _amount(amount: Amount | None) -> dict[str, str] | None:
    return None if amount is None else {"low": str(amount.low), "high": str(amount.high), "unit": amount.unit}


def _texts(texts: Iterable[Any]) -> list[str]:
    return [str(one) for one in texts]
