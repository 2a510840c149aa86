"""Writing accesses down: one statement at the end of a request, before the answer leaves; without it there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest, HttpResponse

from governance.access.models import Access
from governance.actions import registry
from governance.clocks.now import now

AT_ONCE = 1000
INSERT = f"""
INSERT INTO {Access._meta.db_table} (subject_id, user_id, stakeholder_id, record_type_id, record_id, reference, how, duty, looked_at)
SELECT v.subject, %s, %s, v.kind, v.record, v.reference, v.how, v.duty, %s
FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[])
  AS v(subject, kind, record, reference, how, duty)
JOIN stakeholders_stakeholder s ON s.id = v.subject AND s.kind = 'citizen'
"""  # noqa: S608 - the table's name is ours; only people have personal data, whatever the record names


class AccessMiddleware:
    """Stands inside the actor's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.streaming and not answer.is_async:
            answer.streaming_content = _written_along(request, answer.streaming_content)
        else:
            write(request)
        return answer


def _written_along(request: HttpRequest, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A stream: what was read is written before the next piece goes out, many at a time."""
    for piece in pieces:
        if len(request.__dict__.get("records_read", ())) >= AT_ONCE:
            write(request)
        yield piece
    write(request)


def write(request: HttpRequest) -> None:
    """Write down what the request has shown so far."""
    shown = request.__dict__.pop("records_read", None)
    if not shown or request.actor.user_id is None or request.actor.stakeholder_id is None:
        return
    rows = list(dict.fromkeys(_rows(request.actor, shown)))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [request.actor.user_id, request.actor.stakeholder_id, now(), *map(list, zip(*rows, strict=True))])


def _rows(actor: Any, shown: list[tuple[Any, str]]) -> Iterator[tuple[Any, ...]]:
    """One's own data is nobody's business; that somebody authorised looked, is."""
    own = actor.user.person_id
    for record, how in shown:
        kind = ContentType.objects.get_for_model(record).pk
        for name in record.about:
            subject = _named(record, name)
            if subject and subject != own:
                yield subject, kind, record.pk, record.reference, how, _duty(actor, record)


def _named(record: Any, name: str) -> int | None:
    """The person whom a field of the record names, or a field of what the record is a part of (``account__person``)."""
    *way, last = name.split("__")
    for step in way:
        record = getattr(record, step)
    return record.pk if last == "pk" else getattr(record, record._meta.get_field(last).attname)


@cache
def _reading_duties(model: type) -> frozenset[str]:
    """The duties by which such a record is read, or somebody is met to do something with it."""
    return frozenset(model.readers.duties()).union(*(action.by.duties() for action in registry.actions_on(model)))


def _duty(actor: Any, record: Any) -> str:
    """The duty that lets the actor read this, empty if they read it as a party."""
    wanted = _reading_duties(type(record))
    held = (held for held in actor.duties if held.duty in wanted and held.start <= record.area_id < held.stop)
    return next((h.duty for h in held), "") if wanted else ""
