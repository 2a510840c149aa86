"""The audit at the end of a test: what factories write is founded as it is written, what actions write is theirs to tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Exists, OuterRef

from governance.actions import bulk, registry
from governance.actions.models import Event
from governance.actions.written import writing
from governance.ledger import auditing
from governance.ledger.sequencing import sequence

COMMAND = "tests"


class Outside:
    """Stands where an action is performed: whatever is written outside of one gets an event at once."""

    def __init__(self) -> None:
        self.act = self.bundle = self

    def saved(self, record: Any, names: Any) -> None:
        if names is None:
            self.founded(type(record), [record.pk])
        else:
            self.changed(type(record), [record.pk], names=names)

    def founded(self, model: Any, keys: list[int]) -> None:
        with bulk.bundle(COMMAND) as bundle:
            bundle.founded(model, keys)

    def changed(self, model: Any, keys: list[int], *, names: Any) -> None:
        with bulk.bundle(COMMAND) as bundle:
            bundle.changed(model, keys, names=names)


def found_what_is_there() -> None:
    """What was loaded before the test began."""
    with bulk.bundle(COMMAND) as bundle:
        for model in registry.records():
            mine = Event.objects.filter(record_type__app_label=model._meta.app_label, record_type__model=model._meta.model_name)
            if keys := list(model._base_manager.filter(~Exists(mine.filter(record_id=OuterRef("pk")))).values_list("pk", flat=True)):
                bundle.founded(model, keys)


@contextmanager
def founded() -> Iterator[None]:
    """Within it every row that is written outside of actions has its event."""
    found_what_is_there()
    token = writing.set(Outside())  # type: ignore[arg-type]
    try:
        yield
    finally:
        writing.reset(token)


def breaks() -> list[str]:
    """What the audit says of the test's world, numbered first."""
    sequence()
    return [str(one) for one in auditing.audit()]
