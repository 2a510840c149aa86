"""What a matter is about, if it is a record here: a home, a program, an organisation; named in an address as ``care.home:12``."""

from __future__ import annotations

import re
from typing import Any

from governance.actions import registry

NAMED = re.compile(r"([a-z]+)\.([a-z]+):(\d{1,18})")
CATEGORIES = {"care": "care", "insurance": "pension", "annuities": "commercial", "policies": "commercial", "assistance": "assistance"}


def named(record: Any) -> str:
    """A record in one word."""
    return f"{record._meta.label_lower}:{record.pk}"


def found(actor: Any, text: str) -> Any:
    """The record, if there is one of that name and this actor may see it."""
    parts = NAMED.fullmatch(text or "")
    model = next((m for m in registry.records() if parts and m._meta.label_lower == f"{parts[1]}.{parts[2]}"), None)
    return model.objects.visible_to(actor).filter(pk=int(parts[3])).first() if model and parts else None


def responsible(record: Any) -> Any:
    """The organisation that runs it: whoever is asked about it does not answer for itself."""
    runs = getattr(record, "provider", None) or getattr(record, "office", None)
    return runs or (record if record._meta.label_lower == "stakeholders.stakeholder" and not record.is_citizen else None)


def suggested(record: Any) -> dict[str, str]:
    """What the intake can fill in by itself."""
    runs = responsible(record)
    told = {"area": record.area_id, "category": CATEGORIES.get(record._meta.app_label, ""), "named": runs.name if runs else ""}
    return {name: value for name, value in told.items() if value}
