"""What the outbox hands to imports."""

from __future__ import annotations

from typing import Any

from governance import outbox
from governance.imports import actions, applying, jobs, telling


@outbox.handles(actions.READ)
def read_import(payload: dict[str, Any]) -> None:
    """A file was handed in."""
    jobs.read(payload["import"])


@outbox.handles(actions.CHECK)
def check_import(payload: dict[str, Any]) -> None:
    """Rows are to be checked."""
    jobs.check(payload["import"])


@outbox.handles(actions.APPLY)
def apply_import(payload: dict[str, Any]) -> None:
    """Somebody has confirmed the preview."""
    jobs.apply(payload["import"])


@outbox.handles(actions.UNDO)
def undo_import(payload: dict[str, Any]) -> None:
    """Somebody wants it undone."""
    jobs.undo(payload["import"])


@outbox.handles(applying.TELL)
def tell_of_import(payload: dict[str, Any]) -> None:
    """Rows were written: whoever is concerned is told once."""
    telling.tell(payload["import"], payload["told"])
