"""What actions and columns declare, asked of the database: from which states, who is told, which choices.

The table ``actions.txt`` is the second opinion: a state or somebody to tell that is lost in the code stands in it still.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from governance.actions import NotNow, Starts, checks, compiled, registry
from governance.actions.records import Record
from governance.determinations import actions as determinations
from governance.determinations.vocabulary import Duty
from governance.development import procedures
from tests.factories import care
from tests.factories.determinations import asked
from tests.factories.feedback import officer

OURS = [config for config in apps.get_app_configs() if config.name.startswith(("governance.", "programs."))]
MODELS = [model for config in OURS for model in config.get_models() if model._meta.managed and not model._meta.proxy]
DONE_TO_SOMETHING = [action for action in registry.actions() if action.record is not None]


def _table() -> dict[str, str]:
    """The line of each action."""
    return {line.split("  ")[0]: line for line in procedures.TABLE.read_text(encoding="utf-8").splitlines()}


def _states_of(model: type[Record]) -> set[str]:
    return {str(value) for value, _label in model._meta.get_field("state").flatchoices}


def _start_in_table(action: type) -> set[str]:
    told = _table()[action.key].split("  ")[1].split("[", 1)[1].split("]", 1)[0]
    return _states_of(action.record) if told == "*" else set(told.split("|"))


# Actions ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", registry.actions(), ids=lambda action: action.key)
def test_an_action_is_what_its_line_says(action):
    now = next(line for line in procedures.lines() if line.startswith(f"{action.key}  "))
    assert now == _table()[action.key]


@pytest.mark.django_db
@pytest.mark.parametrize("action", DONE_TO_SOMETHING, ids=lambda action: action.key)
def test_an_action_starts_from_the_states_of_its_line_and_from_no_other(action, monkeypatch):
    monkeypatch.setattr(action, "provided", Q())  # asks other tables
    when = action.when()
    assert {state for state in _states_of(action.record) if when.check({"state": state, "pk": 1})} == _start_in_table(action)


@pytest.mark.django_db
def test_from_no_state_is_never_and_not_always(monkeypatch):
    clerk = officer(care.stakeholder("government", "government-authority", "示例市人社局"), Duty.DETERMINE, code=care.CITY)
    made = asked()
    monkeypatch.setattr(determinations.GiveDetermination, "start", set())
    compiled.forget()  # the statement of the true declaration may be kept from another test
    with pytest.raises(NotNow):
        determinations.GiveDetermination.do(clerk, made)
    compiled.forget()
    made.refresh_from_db()
    assert made.state == "asked"


@pytest.mark.parametrize(("start", "is_refused"), [(set(), True), (frozenset(), True), ({"asked"}, False), (None, False)])
def test_an_empty_start_is_refused_where_it_is_declared(monkeypatch, start, is_refused):
    monkeypatch.setattr(determinations.GiveDetermination, "start", start)
    found = [problem.msg for problem in checks.declarations()]
    assert [one for one in found if one.startswith("determinations.give-determination")] == (
        ["determinations.give-determination starts from no state at all; None means from every state"] if is_refused else []
    )


def test_a_period_that_may_begin_ahead_says_so_in_the_table(monkeypatch):
    action = registry.action("care.withdraw-reservation")
    for ahead in (False, True):
        monkeypatch.setattr(action, "starts", Starts("care.answer-reservation", ahead=ahead))
        line = next(line for line in procedures.lines() if line.startswith(f"{action.key}  "))
        assert ("starts care.answer-reservation ahead" in line) == ahead


# Choices ------------------------------------------------------------------------------------------------------------------

NOT_TO_CHOOSE = {"notices.Choice.ways": {"paper"}}  # letters go to whom nothing else reaches; nobody asks for them


def _chosen(model: type[models.Model]) -> Iterator[tuple[models.Field, models.Field]]:
    """Each column of choices, and the field that has them: of a list, that of one of its members."""
    for field in model._meta.local_concrete_fields:
        inner = field.base_field if isinstance(field, ArrayField) else field
        if inner.choices and not field.generated:
            yield field, inner


def _with_one_column(cursor, model: type[models.Model], field: models.Field) -> None:
    """A table with this one column, and what the real one asks of nothing but this column."""
    cursor.execute("DROP TABLE IF EXISTS alone")
    cursor.execute(f'CREATE TEMPORARY TABLE alone AS SELECT "{field.column}" FROM "{model._meta.db_table}" WITH NO DATA')
    cursor.execute(
        """SELECT conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
           WHERE contype = 'c' AND conrelid = %s::regclass AND a.attname = %s AND conkey = ARRAY[a.attnum]""",
        [f'"{model._meta.db_table}"', field.column],
    )
    for name, said in cursor.fetchall():
        cursor.execute(f'ALTER TABLE alone ADD CONSTRAINT "{name}" {said}')


def _taken(cursor, value: object) -> bool:
    try:
        with transaction.atomic():
            cursor.execute("INSERT INTO alone VALUES (%s)", [value])
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("model", [one for one in MODELS if any(_chosen(one))], ids=lambda model: model._meta.label)
def test_a_column_of_choices_takes_each_of_them_and_nothing_else(model):
    with connection.cursor() as cursor:
        for field, inner in _chosen(model):
            _with_one_column(cursor, model, field)
            name = f"{model._meta.label}.{field.name}"
            left_out = {None, "", *NOT_TO_CHOOSE.get(name, ())}
            offered = [value for value, _label in inner.flatchoices if value not in left_out]
            numbers = [one for one in offered if isinstance(one, int)]
            wrong = max(numbers) + 1 if numbers else "~"
            put = (lambda value: [value]) if inner is not field else (lambda value: value)
            assert [one for one in offered if not _taken(cursor, put(one))] == [], f"{name}: refuses what it offers"
            assert not _taken(cursor, put(wrong)), f"{name}: takes what it does not offer"
            if inner is not field:
                assert not _taken(cursor, [*offered[:1], wrong]), f"{name}: takes one wrong beside a right one"
