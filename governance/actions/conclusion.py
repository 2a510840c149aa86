"""What an action leaves behind: state, event, clocks, ledger leaf, work to be done; in one batch."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import DataError, connection
from django.utils.translation import gettext

from governance import bounds, clocks, ledger, outbox
from governance.actions import cleaning
from governance.actions.models import Event
from governance.actions.records import SETTING, new_reference
from governance.actions.refusals import Refused
from governance.actions.sealing import sealed
from governance.actions.writing import Batch
from governance.clocks.now import LOCAL

_SET = f"SELECT set_config('{SETTING}', %s, true)"


def open_to_state_changes(key: str, makes: Any = None) -> int | None:
    """From here to the end of the action, states may change; gives the number of what will be made."""
    with connection.cursor() as cursor:
        if makes is None:
            cursor.execute(_SET, [key])
            return None
        cursor.execute(f"{_SET}, nextval(pg_get_serial_sequence(%s, %s))", [key, makes._meta.db_table, makes._meta.pk.column])
        return cursor.fetchone()[1]


def values_of(record: Any) -> dict[str, Any]:
    """The loaded column values of a record, to see later which of them changed."""
    if record is None:
        return {}
    return {f.attname: record.__dict__[f.attname] for f in record._meta.concrete_fields if f.attname in record.__dict__}


def conclude(
    act: Any, record: Any, made: Any, *, before: dict[str, Any], right: dict[str, Any], once: Any, outer: str, number: int | None = None
) -> Any:
    """Write what the action did and return the record that changed or was made."""
    action, changed = type(act), made if made is not None else record
    start = before.get("state", "") if made is None else ""
    if action.end is not None:
        changed.state = action.end
    inserted = made is not None and made._state.adding
    batch = Batch()
    if inserted:
        made.reference = made.reference or new_reference(made.reference_prefix)
        made.pk = made.pk or number
        cleaning.clean(made)
        batch.insert(made)
    changes = {} if made is None else _printable(made, [f for f in (*action.fields, *action.seals) if _has(made, f)])
    if record is not None and (names := _changed_names(record, before)):
        cleaning.clean(record, names)
        batch.update(record, names)
        changes = _printable(record, [n for n in names if n != "state"]) | changes
    elif made is not None and not inserted and action.end is not None:
        batch.update(made, ["state"])
    event = _event(act, changed, start, right, changes)
    batch.insert(event)
    told = _run_clocks(batch, act, changed, event)
    batch.insert(*ledger.leaf("event", event.pk, sealed(event, changed.reference, told), event.done_at))
    if action.tells:
        batch.insert(*outbox.items("notices.tell", {"event": str(event.pk)}))
    for topic in action.hands_on:
        batch.insert(*outbox.items(topic, {"record": changed.pk}))
    if once is not None:
        batch.insert(once.row(action.key, changed))
    batch.sql(_SET, [outer])
    batch.send()
    changed._state.adding, changed._state.db = False, connection.alias
    changed.last_event = event
    return changed


def _event(act: Any, changed: Any, start: str, right: dict[str, Any], changes: dict[str, Any]) -> Event:
    if act.actor.delegation_id:
        right = right | {"delegation": act.actor.delegation_id}
    return Event(
        record_type=ContentType.objects.get_for_model(changed),
        record_id=changed.pk,
        action=type(act).key,
        start=start or "",
        end=getattr(changed, "state", "") or "",
        user_id=act.actor.user_id,
        stakeholder_id=act.actor.stakeholder_id,
        right=right,
        reason=act.reason_given,
        changes=changes,
        done_at=act.now,
    )


def _run_clocks(batch: Batch, act: Any, changed: Any, event: Event) -> list[Any]:
    """What happens to periods; returns the dates that are told by it."""
    action = type(act)
    told: list[Any] = []
    by = clocks.Doing(event.user_id, event.pk, act.reason_given, act.document, told)
    try:
        for codes, statements, options in (
            (action.stops, clocks.closing_queries, {}),
            (action.voids, clocks.voiding_queries, {}),
            (action.pauses, clocks.pausing_queries, {}),
            (action.resumes, clocks.resuming_queries, {}),
            (action.restarts, clocks.restarting_queries, {}),
            (action.extends, clocks.extending_queries, {"amount": act.extension}),
        ):
            for statement, params in statements(changed, codes, at=act.now, by=by, **options) if codes else ():
                batch.sql(statement, params)
    except (clocks.CannotExtend, clocks.CannotPause) as problem:
        raise Refused(str(problem)) from problem
    for starts in (starts for starts in action.clocks_started() if starts.runs_on(changed)):
        try:
            rows = clocks.opened(changed, starts.rule, at=_since(starts, changed, act), then=starts.then, by=by)
        except clocks.NotInForce as problem:
            raise Refused(gettext("The rule of this period was not in force on that day yet. Check the day."), field=starts.since) from problem
        if rows:
            batch.insert(*rows)
    return told


def _since(starts: Any, changed: Any, act: Any) -> Any:
    day = getattr(changed, starts.since) if starts.since else None
    if isinstance(day, datetime):
        return day
    if day is None or day == act.today or (starts.ahead and day < act.today):
        return act.now
    return datetime.combine(day, time.min, LOCAL)


def _changed_names(record: Any, before: dict[str, Any]) -> list[str]:
    """The fields to write. What ``perform`` has set to an expression counts as changed."""
    fields = {f.attname: f.name for f in record._meta.concrete_fields}
    return [fields[attname] for attname, value in values_of(record).items() if attname not in before or value != before[attname]]


def _has(record: Any, name: str) -> bool:
    try:
        return bool(record._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


def _printable(record: Any, names: list[str]) -> dict[str, Any]:
    """The new values as text; of sensitive fields only that they changed."""
    told: dict[str, Any] = {}
    for name in names:
        value = getattr(record, record._meta.get_field(name).attname)
        told[name] = None if value is None else "***" if name in record.sensitive else str(value)
    return told


def refusal_of(problem: Exception) -> Exception:
    """What the database, a field or the calendar refuses, in words for the person; the problem itself if it is none of ours."""
    if isinstance(problem, ValidationError):
        return _beside_its_field(problem)
    if isinstance(problem, DataError | OverflowError):
        return Refused(gettext("A number, a date or a text here is larger than anything we can keep. Nothing was changed."))
    name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models() if name else ():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return Refused(constraint.get_violation_error_message(), field=bounds.beside(constraint, model))
        for field in model._meta.local_concrete_fields:
            if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}_") and name.endswith("_uniq"):
                words = {"model_name": model._meta.verbose_name, "field_label": field.verbose_name}
                return Refused(field.error_messages["unique"] % words, field=field.name)
    return problem


def _beside_its_field(problem: ValidationError) -> Refused:
    if not hasattr(problem, "error_dict"):
        return Refused(" ".join(problem.messages))
    name, words = next(iter(problem.message_dict.items()))
    return Refused(" ".join(words), field=None if name == NON_FIELD_ERRORS else name)
