"""What the outbox hands to care."""

from __future__ import annotations

from typing import Any

from governance import outbox
from programs.care.actions import importing
from programs.care.imports import jobs


@outbox.handles(importing.READ)
def read_import(payload: dict[str, Any]) -> None:
    """A file was handed in."""
    jobs.read(payload["import"])


@outbox.handles(importing.CHECK)
def check_import(payload: dict[str, Any]) -> None:
    """Rows are to be checked."""
    jobs.check(payload["import"])


@outbox.handles(importing.APPLY)
def apply_import(payload: dict[str, Any]) -> None:
    """Somebody has confirmed the preview."""
    jobs.apply(payload["import"])


@outbox.handles(importing.UNDO)
def undo_import(payload: dict[str, Any]) -> None:
    """Somebody wants it undone."""
    jobs.undo(payload["import"])
