"""Form fields of this slice: a place as people write it, choices that are looked up when they are needed."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance import text
from governance.actions import registry
from governance.clocks.now import today
from governance.stakeholders.models import Area
from governance.text import CodeField

MOST_NAMED = 5
_MARKS = re.compile(r"[,，、;；.。·・:：]+")
NEVER_FOR_ANOTHER = {"stakeholders", "catalogue", "imports"}  # done in person, or by offices


class AreaField(CodeField):
    """A place by its code or its name, in Chinese, English or with the names around it: 甲区, 示例市甲区, 990101."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Place"), "max_length": 100, "help_text": _("Name or code, such as 示例市甲区 or 990101.")} | options)

    def clean(self, value: Any) -> Area | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(Area.objects.called(text).valid_on(today())[: MOST_NAMED + 1])
        if not found and (plain := _MARKS.sub("", text)) != text:  # 示例市，甲区。
            found = list(Area.objects.called(plain).valid_on(today())[: MOST_NAMED + 1])
        if not found:
            raise ValidationError(_("We know no place called so. Write its whole name or its code."), code="unknown")
        if len(found) > 1:
            names = "; ".join(area.label for area in found[:MOST_NAMED])
            raise ValidationError(_("Several places are called so: %(names)s. Write the whole name."), code="several", params={"names": names})
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value.label if isinstance(value, Area) else value


def alike(name: str) -> str:
    """A name as it is compared: without blanks, so that 张 三 is 张三."""
    return "".join(text.name(name).split()).casefold()


def all_duties() -> list[tuple[str, Any]]:
    """Every duty that a mandate can be for."""
    return sorted(((code, label) for code, label in registry.duties().items()), key=lambda one: one[0])


def all_scopes() -> list[tuple[str, Any]]:
    """In what one may be represented: everything, one program, or one thing that spans them. Only there does one's delegate read, too."""
    from django.apps import apps

    labels = sorted({a.app_label for a in registry.actions()} - NEVER_FOR_ANOTHER)
    return [("*", _("Everything I can do here myself")), *((label, apps.get_app_config(label).verbose_name) for label in labels)]
