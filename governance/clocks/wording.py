"""How periods are put into words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext, ngettext

from governance.clocks.now import local

WEEKDAYS = "一二三四五六日"


def is_chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return (get_language() or "zh").startswith("zh")


def length(unit: str, amount: int) -> str:
    """Such as "3 working days"."""
    match unit:
        case "second":
            text = ngettext("%(n)s second", "%(n)s seconds", amount)
        case "minute":
            text = ngettext("%(n)s minute", "%(n)s minutes", amount)
        case "hour":
            text = ngettext("%(n)s hour", "%(n)s hours", amount)
        case "workday":
            text = ngettext("%(n)s working day", "%(n)s working days", amount)
        case "day":
            text = ngettext("%(n)s calendar day", "%(n)s calendar days", amount)
        case "month":
            text = ngettext("%(n)s month", "%(n)s months", amount)
        case "year":
            text = ngettext("%(n)s year", "%(n)s years", amount)
        case _:
            return gettext("every year by %(day)s") % {"day": month_day(date(2024, amount // 100, amount % 100))}
    return text % {"n": amount}


def unit_of(unit: str, amount: int) -> str:
    """The unit alone, for a figure that stands by itself."""
    return length(unit, amount).removeprefix(str(amount)).strip()


def reminder(level: str, rule: Any, due_at: datetime) -> str:
    """What somebody is told about a date."""
    day = local(due_at).date()
    values = {"rule": rule, "day": f"{month_day(day)} {day.year}" if not is_chinese() else f"{day.year} 年 {month_day(day)}"}
    match level:
        case "soon" if rule.lateness == "right_lost":
            return gettext("“%(rule)s” is possible until %(day)s, and no longer afterwards.") % values
        case "soon":
            return gettext("“%(rule)s” is due by %(day)s.") % values
        case "late":
            return gettext("“%(rule)s” was due by %(day)s and is late.") % values
        case "long_late":
            return gettext("“%(rule)s” was due by %(day)s and has been late for long.") % values
        case _:
            return gettext("“%(rule)s” has a new date: it is due by %(day)s, because the working calendar was published.") % values


def article(number: str) -> str:
    """An article as it follows the title of its law."""
    return f"第 {number} 条" if is_chinese() else f", Art. {number}"


def month_day(day: date) -> str:
    """11 月 25 日 or 25 November."""
    return f"{day.month} 月 {day.day} 日" if is_chinese() else formats.date_format(day, "j F")


def weekday(day: date) -> str:
    """星期三 or Wednesday."""
    return f"星期{WEEKDAYS[day.weekday()]}" if is_chinese() else formats.date_format(day, "l")
