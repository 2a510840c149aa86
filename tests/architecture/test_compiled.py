"""Statements that are compiled once ask what the ORM would ask, for every action and everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from governance.actions import CLOCK, compiled, judging, registry
from governance.actions.actors import Nobody

pytestmark = pytest.mark.django_db


def somebody(kind: str | None, pk: int | None, *duties: str, **more: Any) -> Any:
    """An actor as the kernel knows one; the numbers differ from one to the next."""
    held = tuple(SimpleNamespace(duty=duty, start=f"99{pk:010d}", stop=f"99{pk + n + 1:010d}", mandate_id=n) for n, duty in enumerate(duties))
    actor = Nobody()
    for name, value in ({"kind": kind, "stakeholder_id": pk, "user_id": pk and pk + 1, "duties": held} | more).items():
        setattr(actor, name, value)
    return actor


def everybody(n: int) -> list[Any]:
    """Nobody, people, organisations, an office with every duty (some of them twice), and the clock."""
    duties = sorted(registry.duties())
    return [
        CLOCK, somebody(None, None), somebody("citizen", 10 + n), somebody("citizen", 20 + n, way=object(), roles=[]),
        somebody("enterprise", 30 + n), somebody("social", 40 + n, way=object(), roles=["administrator"]),
        somebody("government", 50 + n, *duties[:3]), somebody("government", 60 + n, *duties, *duties[:5]),
    ]  # fmt: skip


def test_a_compiled_question_is_the_orms_own(monkeypatch):
    """Asked of one actor and then of another of the same kind: the second gets their own values, not the first one's."""
    compiled.forget()
    asked: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(compiled.Select, "rows", lambda self, values: asked.append((self.sql, [compiled._filled(p, values) for p in self.params])) or [])
    compared = 0
    for action in registry.actions():
        if action.record is None or not (action.by.fixed and action.record.readers.fixed):
            continue
        for first, second in zip(everybody(0), everybody(1), strict=True):
            judging.judged(action, first, 7)
            asked.clear()
            judging.judged(action, second, 8)
            sql, params = judging.question(action, second, 8).query.sql_with_params()
            assert asked == [(sql, list(params))], f"{action.key} for {second.kind} {second.stakeholder_id}"
            compared += 1
    assert compared > 500


def test_what_depends_on_more_than_its_values_is_asked_by_the_orm(django_assert_num_queries):
    """A value that goes into another one, or into no place at all, keeps a statement from being kept."""
    from governance.stakeholders.models import Area

    for key, make in (("like", lambda text: Area.objects.filter(name__startswith=text)), ("unused", lambda text: Area.objects.filter(name="甲"))):
        for text in ("甲", "乙"):
            with django_assert_num_queries(2):
                assert compiled.rows(key, make, text=text) == list(make(text))
        assert next(kept for (name, *_rest), kept in compiled._kept.items() if name == key) is None
    with pytest.raises(TypeError):
        compiled.rows("flag", lambda on: Area.objects.filter(is_synthetic=on), on=True)


def test_related_rows_and_annotations_come_along():
    """What the kept statement reads is what the ORM reads, also the second time."""
    from django.db.models import F

    from governance.stakeholders.models import Mandate
    from tests.factories import feedback, people

    duty = people.mandate(feedback.office(), "care.approve-homes")

    def make(pk: int) -> Any:
        return Mandate.objects.select_related("area", "stakeholder").annotate(where=F("area__name")).filter(pk=pk)

    for _ in range(2):
        (found,) = compiled.rows("mandate", make, pk=duty.pk)
        assert (found, found.where) == (duty, duty.area.name)
        assert {"area", "stakeholder"} <= set(found._state.fields_cache)
        assert found.area == duty.area
        assert found.stakeholder == duty.stakeholder
    assert compiled.rows("mandate", make, pk=0) == []
