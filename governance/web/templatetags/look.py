"""Words and small judgements of the templates: days, moments, money, states, who did what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import get_language, gettext

from governance.actions import registry
from governance.clocks.now import local, now

register = template.Library()

WEEKDAYS = "一二三四五六日"


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: Any) -> str:
    """11 月 25 日 or 25 November; with the year where it is another one."""
    if not value:
        return ""
    value = _day(value)
    other = value.year != _day(now()).year
    if _chinese():
        return f"{value.year} 年 {value.month} 月 {value.day} 日" if other else f"{value.month} 月 {value.day} 日"
    return formats.date_format(value, "j F Y" if other else "j F")


@register.filter
def first_control(field: Any) -> str:
    """The id of what takes the focus: of a group of radios or ticks the first of them."""
    is_group = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if is_group else field.id_for_label or field.auto_id


@register.filter
def wrong_count(form: Any) -> int:
    """How many things are wrong: one field may have several, as where several files are chosen."""
    return sum(map(len, form.errors.values()))


@register.filter
def without_mark(label: Any) -> str:
    """A question as it stands before a colon."""
    return str(label).rstrip("?？:： ")


@register.filter
def fact(value: Any) -> Any:
    """A value of a record as it is read: days as days, moments as moments, everything else as it is."""
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@register.filter
def day_long(value: Any) -> str:
    """11 月 25 日（星期三） or Wednesday 25 November."""
    if not value:
        return ""
    value = _day(value)
    if _chinese():
        return f"{day(value)}（星期{WEEKDAYS[value.weekday()]}）"
    return f"{formats.date_format(value, 'l')} {day(value)}"


@register.filter
def day_brief(value: date) -> str:
    """The narrowest way to say a day: 二 24, 二 12/1 or Tue 24, Tue 1 Dec; the month where another one begins."""
    first = value.day == 1
    if _chinese():
        return f"{WEEKDAYS[value.weekday()]} {value.month}/1" if first else f"{WEEKDAYS[value.weekday()]} {value.day}"
    return formats.date_format(value, "D j M" if first else "D j")


@register.filter
def moment(value: Any) -> str:
    """Day and time of day, as in China."""
    return f"{day(value)} {local(value):%H:%M}" if value else ""


@register.filter
def yuan(value: Any) -> str:
    """An amount of money with thousands, without empty decimals."""
    if value is None:
        return ""
    amount = Decimal(value)
    return f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"


@register.filter
def act_address(record: Any, action: Any) -> str:
    """Where an action on this record is done."""
    return f"{record.get_absolute_url()}{action.slug}/"


@register.filter
def upfront(actions: list[Any]) -> list[Any]:
    """The actions whose buttons are always seen: all of them, unless many are seldom the next step."""
    aside = folded(actions)
    return [action for action in actions if action not in aside]


@register.filter
def folded(actions: list[Any]) -> list[Any]:
    """Those behind "what else can be done": two more buttons are no burden, five are."""
    aside = [action for action in actions if action.is_aside]
    return aside if 2 < len(aside) < len(actions) else []


@register.filter
def who_did_it(event: Any) -> str:
    """Who, for whom, by what right."""
    if event.right.get("as") == "clock":
        return gettext("by the system, because a period ended")
    if event.right.get("as") == "system":
        return gettext("by the system")
    who = str(event.stakeholder or gettext("without an account"))
    right = event.right
    if right.get("as") == "import":
        return gettext("%(who)s · with the file %(reference)s") % {"who": who, "reference": right.get("import")}
    if right.get("as") == "mandate":
        duty = registry.duties().get(right.get("duty"), right.get("duty"))
        return gettext("%(who)s · duty: %(duty)s") % {"who": who, "duty": duty}
    if right.get("delegation"):
        return gettext("%(who)s · through somebody they authorised") % {"who": who}
    return who


@register.filter
def is_tick(field: Any) -> bool:
    """Whether a form field is a single box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def in_a_word(record: Any) -> str:
    """A record as an address names it: care.home:12."""
    return f"{record._meta.label_lower}:{record.pk}"


@register.simple_tag
def address_of(name: str, *args: Any) -> str:
    """The address of a page, or the home page where that page is not built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("web:home")


@register.simple_tag(takes_context=True)
def language_address(context: Any, code: str) -> str:
    """Where this page is shown in another language."""
    request = context.get("request")
    return f"{reverse('web:language', args=[code])}?{urlencode({'next': request.get_full_path() if request else '/'})}"


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The present query string with some parameters changed; None takes one out, and the page starts anew."""
    query = context["request"].GET.copy()
    query.pop("after", None), query.pop("before", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
