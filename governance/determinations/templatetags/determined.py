"""The facts of a request that is about to be sent, in words."""

from __future__ import annotations

import json
from typing import Any

from django import template

from governance.determinations import rulebook

register = template.Library()


@register.filter
def facts_of(form: Any, record: Any) -> list[tuple[Any, Any]]:
    """What the hidden fields of the form hold, by the labels of the question."""
    question = record.question if record else rulebook.question(str(form["rule"].value() or ""))
    try:
        facts = json.loads(form["facts"].value() or "{}")
    except ValueError:
        facts = {}
    return question.told(facts) if question and isinstance(facts, dict) else []
