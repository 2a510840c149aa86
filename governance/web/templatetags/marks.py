"""The small marks that stand in every row of every list: icon, state, deadline. In Python, as a page has a hundred of them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.template.defaultfilters import date
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from governance.clocks.models import LONG_LATE
from governance.clocks.vocabulary import Unit, Urgency
from governance.web import party
from governance.web.context import acting
from governance.web.templatetags.look import day, moment

register = template.Library()

@register.filter("date", expects_localtime=True)
def written(value: Any, pattern: str | None = None) -> Any:
    """Django's own filter; but a moment for machines (``c``) has whole seconds: HTML takes no more than three digits after them."""
    if pattern == "c" and isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return date(value, pattern)


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Django's own tag, and whom the form is drawn for: so that there is no form without it."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - Django's word for none
        return SafeString()
    fields = '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">'
    return format_html(fields, token, party.FIELD, party.stamp(acting(context.get("request"))))


HOURS = 48  # of a period of hours: nearer than that, hours are said, not days
STATE_ICONS = {"open": "clock", "done": "done", "soon": "wait", "late": "late", "off": "close", "wait": "wait"}
COLOURED = frozenset({"open", "done", "soon", "late"})
URGENCY = {
    Urgency.LATE: ("late", "late"),
    Urgency.TODAY: ("soon", "clock"),
    Urgency.SOON: ("soon", "clock"),
    Urgency.LATER: ("open", "clock"),
    Urgency.PAUSED: ("soon", "pause"),
    Urgency.DONE: ("done", "done"),
}


@cache
def _icon(name: str, classes: str) -> SafeString:
    drawn = '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    return format_html(drawn, classes, static("icons.svg"), name)


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite."""
    return _icon(str(name), str(classes))


@register.simple_tag
def state(record: Any, box: str = "") -> SafeString:
    """A record's state: icon, word and colour, always all three; in a box on the record's own page."""
    look = getattr(record, "state_looks", {}).get(record.state, "open")
    return _mark(look if look in COLOURED else "", STATE_ICONS.get(look, "clock"), record.get_state_display(), box=bool(box))


@register.simple_tag
def deadline(clock: Any, box: str = "", link: str = "") -> SafeString | str:
    """How much a clock presses; in a box for the eye first, with a link to the page that explains the date."""
    if not clock:
        return ""
    urgency = clock.urgency
    colour, drawn = URGENCY[urgency]
    words = urgency_words(clock, urgency)
    if link:
        why = '<a class="state__why" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
        words = format_html(why, clock.get_absolute_url(), words, gettext("(how the date was counted)"))
    return _mark(colour, drawn, words, box=bool(box) or urgency == Urgency.LATE)


@register.filter
def presses(clock: Any) -> str:
    """The class of a row whose clock presses."""
    return {Urgency.LATE: "is-late", Urgency.TODAY: "is-soon", Urgency.SOON: "is-soon"}.get(clock.urgency, "") if clock else ""


def _mark(colour: str, drawn: str, words: str, *, box: bool) -> SafeString:
    classes = f"state{' state--box' if box else ''}{f' state--{colour}' if colour else ''}"
    return format_html('<span class="{}">{}{}</span>', classes, _icon(drawn, ""), words)


def _in_hours(left: int) -> str:
    if left < 0:
        return ngettext("late by %(n)s hour", "late by %(n)s hours", -left) % {"n": -left}
    return ngettext("%(n)s hour left", "%(n)s hours left", left) % {"n": left} if left else gettext("less than an hour left")


@register.filter
def by_when(clock: Any) -> str:
    """The day on which a period ends; with the time, where it is one of hours."""
    return moment(clock.due_at) if clock.is_by_the_hour else day(clock.due_at)


def urgency_words(clock: Any, urgency: str) -> str:
    """A deadline in words."""
    if urgency == Urgency.PAUSED:
        return gettext("paused; was due %(day)s") % {"day": day(clock.due_at)}
    if urgency == Urgency.DONE:
        return gettext("period closed")
    if clock.is_by_the_hour and abs(clock.hours_left) < HOURS:
        return _in_hours(clock.hours_left)
    if urgency == Urgency.TODAY:
        return gettext("due today")
    is_long_late = urgency == Urgency.LATE and -clock.days_left >= LONG_LATE
    if clock.rule.unit == Unit.WORKDAY and clock.days_left:
        return _in_working_days(clock.days_left, is_long_late=is_long_late)
    return _in_days(clock.calendar_days_left, is_late=urgency == Urgency.LATE, is_long_late=is_long_late)


def _in_working_days(left: int, *, is_long_late: bool) -> str:
    if is_long_late:
        return gettext("long late, by %(n)s working days") % {"n": -left}
    if left < 0:
        return ngettext("late by %(n)s working day", "late by %(n)s working days", -left) % {"n": -left}
    return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}


def _in_days(left: int, *, is_late: bool, is_long_late: bool) -> str:
    """Where working days are not what is counted, or none of them lies between, a Sunday is a day like any other."""
    if is_long_late:
        return gettext("long late, by %(n)s days") % {"n": -left}
    if is_late:
        return ngettext("late by %(n)s day", "late by %(n)s days", -left) % {"n": -left} if left else gettext("late")
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
