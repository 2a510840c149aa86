"""What can be handed over: every kind of matter about everything matters can be about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from governance.feedback.vocabulary import BY_PETITION, OF_ONES_DATA, Category, Kind

# Reports, petitions and corrections are between whoever brings them and the office: no number that others could look up.
CONFIDENTIAL = BY_PETITION | OF_ONES_DATA


def code_of(kind: str, category: str) -> str:
    """Both in one word."""
    return f"{kind}-{category}"


def parts_of(code: str) -> tuple[Kind, Category] | None:
    """Kind and category of a service; None if there is no such service."""
    kind, _dash, category = code.partition("-")
    return (Kind(kind), Category(category)) if kind in Kind.values and category in Category.values else None


def name_of(kind: str, category: str) -> str:
    """As people read it."""
    return f"{Kind(kind).label}: {Category(category).label}"


def described(kind: Kind, category: Category) -> dict[str, Any]:
    """A service as the list of services shows it."""
    is_confidential = kind in CONFIDENTIAL
    return {
        "service_code": code_of(kind, category),
        "service_name": name_of(kind, category),
        "description": _("Confidential: only whoever brings it and the offices that handle it see it.") if is_confidential
        else _("Answered by the office that is responsible; published only by consent and without names."),
        "metadata": True,
        "type": "blackbox" if is_confidential else "realtime",
        "keywords": ",".join([kind, category, *(["private"] if is_confidential else [])]),
        "group": str(kind.label),
    }  # fmt: skip


def every() -> list[dict[str, Any]]:
    """All of them."""
    return [described(kind, category) for kind in Kind for category in Category]


def definition(code: str) -> dict[str, Any]:
    """What may be told beside what the standard has fields for. None of it is needed."""
    yes_or_no = [{"key": "yes", "name": _("yes")}, {"key": "no", "name": _("no")}]
    asked = (
        ("subject", "string", _("In one line. Without it the first words of the description are taken."), None),
        ("area", "string", _("Where it is about, if no address is told: code or name, such as 示例市甲区 or 990101."), None),
        ("named", "string", _("The organisation or person it is about."), None),
        ("may_publish", "singlevaluelist", _("Whether question and answer may be published without names."), yes_or_no),
    )
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": True, "code": name, "datatype": datatype, "required": False, "datatype_description": None,
                "order": order, "description": description, **({"values": values} if values else {}),
            }
            for order, (name, datatype, description, values) in enumerate(asked, 1)
        ],
    }  # fmt: skip
