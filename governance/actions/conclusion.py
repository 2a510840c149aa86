"""What an action leaves behind: state, event, clocks, ledger leaf, work to be done; in one batch."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import DataError, connection
from django.utils.translation import gettext

from governance import bounds, clocks, ledger, outbox
from governance.actions import cleaning
from governance.actions.columns import digests, with_followers
from governance.actions.models import Event
from governance.actions.records import SETTING, Record, new_reference
from governance.actions.refusals import Refused
from governance.actions.sealing import HIDDEN, sealed
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
    act: Any, record: Any, made: Any, *, before: dict[str, Any], once: Any, outer: str, number: int | None = None
) -> Any:
    """Write what the action did and return the record that changed or was made."""
    action, changed = type(act), made if made is not None else record
    if action.end is not None:
        changed.state = action.end
    batch = Batch()
    names = _write(batch, act, record, made, before, number)
    event = _event(act, changed, before.get("state", "") if made is None else "", _changes(act, changed, made, names))
    event.pk = act.event_id
    batch.insert(event)
    told = _run_clocks(batch, act, changed, event)
    batch.insert(*leaf_of(event, changed, names, told))
    _tell_of_others(batch, act, record, before)
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


def _write(batch: Batch, act: Any, record: Any, made: Any, before: dict[str, Any], number: int | None) -> frozenset[str] | None:
    """The rows themselves; returns the fields that were written of what the event is about, None for all of something new."""
    saved = act.written.take(made if made is not None else record)
    own = frozenset(_changed_names(record, before)) if record is not None else frozenset()
    is_new = made is not None and made._state.adding
    if is_new:
        made.reference = made.reference or new_reference(made.reference_prefix)
        made.pk = made.pk or number
        cleaning.clean(made)
        batch.insert(made)
    if own:
        cleaning.clean(record, sorted(own))
        batch.update(record, sorted(own))
    if made is None:
        return None if saved is None else saved | own
    if own:
        act.written.saved(record, own)  # it was not made, but it changed, and its history says so
    if not is_new and type(act).end is not None:
        batch.update(made, ["state"])
    return None if is_new else saved


def _changes(act: Any, changed: Any, made: Any, names: frozenset[str] | None) -> dict[str, Any]:
    """What the event says in so many words: what was asked for of a new record, what changed of another."""
    asked = () if made is None else (name for name in (*type(act).fields, *type(act).seals) if _has(changed, name))
    return _printable(changed, list(dict.fromkeys((*asked, *sorted((names or frozenset()) - {"state"})))))


def _tell_of_others(batch: Batch, act: Any, record: Any, before: dict[str, Any]) -> None:
    """An event for each record that was written beside the one the action is about, sealed like its own."""
    for other, names in act.written.others():
        is_record = record is not None and other.pk == record.pk and type(other) is type(record)
        start = before.get("state", "") if is_record else "" if names is None or "state" in names else getattr(other, "state", "")
        event = _event(act, other, start, _printable(other, sorted((names or frozenset()) - {"state", "id"})))
        batch.insert(event, *leaf_of(event, other, names))
    if "bundle" in act.__dict__:
        batch.insert(*act.bundle.close())


def leaf_of(event: Event, record: Any, names: frozenset[str] | None, told: Any = ()) -> list[Any]:
    """The leaf of an event, with a digest of every value that was written; ``names`` None means all that a new record says."""
    key = secrets.token_bytes(ledger.SALT)
    content = sealed(event, record.reference, told) | {"values": digests(record, key, names)}
    return ledger.leaf("event", event.pk, content, event.done_at, key)


def with_delegation(actor: Any, right: dict[str, Any]) -> dict[str, Any]:
    """The right by which something is done, with the delegation under which one acts."""
    return right | {"delegation": actor.delegation_id} if actor.delegation_id else right


def _event(act: Any, changed: Any, start: str, changes: dict[str, Any]) -> Event:
    return Event(
        record_type=ContentType.objects.get_for_model(changed),
        record_id=changed.pk,
        action=type(act).key,
        start=start or "",
        end=getattr(changed, "state", "") or "",
        user_id=act.actor.user_id,
        stakeholder_id=act.actor.stakeholder_id,
        right=act.right,
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
    changed = [fields[attname] for attname, value in values_of(record).items() if attname not in before or value != before[attname]]
    return with_followers(type(record), changed)


def _has(record: Any, name: str) -> bool:
    try:
        return bool(record._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


def _printable(record: Any, names: list[str]) -> dict[str, Any]:
    """The new values as text; of sensitive fields only that they changed."""
    told: dict[str, Any] = {}
    for field in map(record._meta.get_field, names):
        value = getattr(record, field.attname)
        if not field.primary_key:
            told[field.name] = None if value is None else HIDDEN if field.name in record.sensitive else str(value)
    return told


def refusal_of(problem: Exception) -> Exception:
    """What the database, a field or the calendar refuses, in words for the person; the problem itself if it is none of ours."""
    if isinstance(problem, ValidationError):
        return _beside_its_field(problem)
    if isinstance(problem, DataError | OverflowError):
        return Refused(gettext("A number, a date or a text here is larger than anything we can keep. Nothing was changed."))
    name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", None)
    return said_of(name) or problem if name else problem


def said_of(name: str) -> Refused | None:
    """What is said where the constraint, trigger or unique column of this name refuses, whichever model has it."""
    return next((refusal for model in apps.get_models() if (refusal := said_by(model, name))), None)


def said_by(model: Any, name: str) -> Refused | None:
    """What a model says where one of its constraints, triggers or unique columns refuses."""
    if issubclass(model, Record) and (guard := model.guards.get(name)):
        return Refused(guard.sentence, field=guard.field)
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return Refused(constraint.get_violation_error_message(), field=bounds.beside(constraint, model))
    for field in model._meta.local_concrete_fields:
        if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}_") and name.endswith("_uniq"):
            words = {"model_name": model._meta.verbose_name, "field_label": field.verbose_name}
            return Refused(field.error_messages["unique"] % words, field=field.name)
    return None


def _beside_its_field(problem: ValidationError) -> Refused:
    if not hasattr(problem, "error_dict"):
        return Refused(" ".join(problem.messages))
    name, words = next(iter(problem.message_dict.items()))
    return Refused(" ".join(words), field=None if name == NON_FIELD_ERRORS else name)
