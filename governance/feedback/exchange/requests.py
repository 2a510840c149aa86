"""Matters as service requests: which ones somebody may see, how they look, and how one comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from governance.clocks.now import LOCAL, now
from governance.feedback import periods
from governance.feedback.exchange import kinds
from governance.feedback.models import Matter
from governance.feedback.vocabulary import OF_THE_AUTHOR, MatterState
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Area

SPAN, MOST = timedelta(days=90), 1000
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)  # of what may be asked for
CLOSED = (MatterState.ANSWERED, MatterState.WITHDRAWN)
SUBJECT = Matter._meta.get_field("subject").max_length
ADDRESS = 200


class Misasked(Exception):
    """What is wrong with a request, with the status the standard has for it."""

    def __init__(self, *descriptions: str, status: int = 400) -> None:
        super().__init__(*descriptions)
        self.descriptions, self.status = descriptions, status


def poster(actor: Any) -> Any:
    """Who brings a matter that a program hands over: a citizen's own program brings it for them, an organisation's for whoever
    told it, so that the organisation cannot read on in a matter that is not its own."""
    return actor if actor.kind == "citizen" else Actor(actor.user, None)


def seen_by(actor: Any) -> Any:
    """What is public; and what one has handed over oneself."""
    return Matter.objects.exchanged_with(actor.user_id, actor.stakeholder_id if actor.covers(Matter) else None).for_exchange()


def wanted(asked: QueryDict, rows: Any) -> Any:
    """The requests somebody asks for: by number, or by service, state and time (ninety days at most, by default the last ninety)."""
    if numbers := _list(asked, "service_request_id"):
        return rows.filter(reference__in=numbers[:MOST])
    if codes := _list(asked, "service_code"):
        pairs = [parts for code in codes if (parts := kinds.parts_of(code))]
        rows = rows.of_services(pairs)
    states = [state.lower() for state in _list(asked, "status")]
    if states and states != ["open", "closed"]:
        if unknown := set(states) - {"open", "closed"}:
            raise Misasked(_("status is “open” or “closed”, not “%(status)s”.") % {"status": sorted(unknown)[0][:40]})
        rows = rows.in_states(CLOSED, closed=states == ["closed"]) if len(states) == 1 else rows
    start, end = span(asked)
    if since := moment(asked, "updated_after"):
        rows = rows.changed_since(since)
    return rows.brought_between(start, end)


def span(asked: QueryDict) -> tuple[datetime, datetime]:
    """From when to when."""
    start, end = moment(asked, "start_date"), moment(asked, "end_date", is_end=True)
    end = end or (start + SPAN if start else now())
    start = start or end - SPAN
    if start > end:
        raise Misasked(_("start_date is later than end_date."))
    if end - start > SPAN + timedelta(days=1):  # a day is told whole
        raise Misasked(_("Not more than %(days)d days between start_date and end_date.") % {"days": SPAN.days})
    return start, end


def moment(asked: QueryDict, name: str, *, is_end: bool = False) -> datetime | None:
    """A time in W3C format, taken as local where no zone is told; None if none is told. A day alone is the whole day."""
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
        found = datetime.combine(day, time.max if is_end else time.min) if day else parse_datetime(text.replace(" ", "+"))
        at = found if found.tzinfo else found.replace(tzinfo=LOCAL)
        if not FIRST <= at.astimezone(UTC).date() <= LAST:
            raise OverflowError(at)
        return at
    except (ValueError, TypeError, OverflowError, AttributeError):
        raise Misasked(_("%(name)s is no time such as 2026-11-23T08:00:00+08:00.") % {"name": name}) from None


def _list(asked: QueryDict, name: str) -> list[str]:
    return [one.strip() for text in asked.getlist(name) for one in text.split(",") if one.strip()]


def _notes(matter: Any) -> str:
    """What the register says of it now: the answer only as long as it is the last word."""
    if matter.is_reopened:
        return _("Opened again: somebody else is looking into it")
    return matter.public_answer if matter.published_at and matter.public_answer else str(matter.get_state_display())


def _expected(matter: Any) -> datetime | None:
    """By when its office answers: the earliest day promised; none for what is answered or taken back."""
    if matter.state in CLOSED:
        return None
    promised = [clock for clock in matter.open_clocks if clock.rule.is_promised and clock.rule.code not in OF_THE_AUTHOR]
    answering = [clock.due_at for clock in promised if clock.rule.code in periods.ANSWERING]
    return min(answering or [clock.due_at for clock in promised], default=None)


def told(matter: Any, *, in_full: bool = False) -> dict[str, Any]:
    """A matter as a service request. Of what is not public, nothing but how far it is: no text, no name."""
    is_public = matter.published_at is not None
    shown = {
        "service_request_id": matter.reference,
        "status": "closed" if matter.state in CLOSED else "open",
        "status_notes": _notes(matter),
        "service_name": kinds.name_of(matter.kind, matter.category),
        "service_code": kinds.code_of(matter.kind, matter.category),
        "description": f"{matter.public_subject}\n{matter.public_text}".strip() if is_public else None,
        "agency_responsible": matter.office.label if matter.office else None,
        "service_notice": None,
        "requested_datetime": w3c(matter.created_at),
        "updated_datetime": w3c(matter.changed_at or matter.created_at),
        "expected_datetime": w3c(_expected(matter)),
        "address": matter.area.label,
        "address_id": matter.area_id,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    if in_full:
        shown["extended_attributes"] = {
            "kind": matter.kind, "category": matter.category, "state": matter.state, "stage": matter.stage, "round": matter.round,
            "area": matter.area_id, "published": is_public,
        }  # fmt: skip
    return shown


def w3c(at: datetime | None) -> str | None:
    """Local time with its zone, to the second."""
    return at.astimezone(LOCAL).isoformat(timespec="seconds") if at else None


def inputs(asked: QueryDict) -> dict[str, Any]:
    """What the action asks for, out of what the standard has fields for. Nothing that was told is left out."""
    parts = kinds.parts_of(asked.get("service_code", ""))
    if parts is None:
        missing = not asked.get("service_code")
        raise Misasked(_("service_code was not provided.") if missing else _("There is no such service_code."), status=400 if missing else 404)
    kind, category = parts
    text = asked.get("description", "").strip()
    subject = asked.get("attribute[subject]", "").strip() or text.partition("\n")[0][:SUBJECT]
    address, media = asked.get("address_string", "").strip()[:ADDRESS], asked.get("media_url", "").strip()
    told = (_("Place: %(place)s") % {"place": address} if address else "", _("Picture: %(address)s") % {"address": media} if media else "")
    lines = [text, *filter(None, told)]
    name = "".join((asked.get("last_name", "").strip(), asked.get("first_name", "").strip()))
    given = {
        "kind": kind.value, "category": category.value, "subject": subject, "text": "\n".join(lines) if text else "", "area": _area(asked, address),
        "name": name, "email": asked.get("email", "").strip(), "telephone": asked.get("phone", "").strip(),
        "named": asked.get("attribute[named]", "").strip(), "may_publish": asked.get("attribute[may_publish]") == "yes",
    }  # fmt: skip
    return {field: value for field, value in given.items() if value not in ("", False)}


def _area(asked: QueryDict, address: str) -> str:
    """The area's code: by its own number, by the address, by the point on the map; else as it was told, for the action to judge."""
    if told := asked.get("address_id", "").strip() or asked.get("attribute[area]", "").strip():
        return told
    if address:
        found = Area.objects.in_address(address)
        return found.code if found else address[:100]
    if asked.get("lat") or asked.get("long"):
        try:
            found = Area.objects.nearest_to(float(asked.get("lat", "")), float(asked.get("long", "")))
        except ValueError:
            raise Misasked(_("lat and long are degrees, such as 39.9 and 116.4.")) from None
        if found is None:
            raise Misasked(_("We know no place there. Tell an address_string."))
        return found.code
    return asked.get("jurisdiction_id", "").strip()
