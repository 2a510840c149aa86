"""What the system does with an import behind the scenes: each step whole or not at all, each ending in an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from governance.actions import CLOCK, Refused
from governance.actions.conclusion import refusal_of
from governance.imports import actions, applying, checking, progress, staging, trying, undoing
from governance.imports.faults import FileFault
from governance.imports.models import Import, ImportPiece
from governance.imports.sheets import Sheet
from governance.imports.vocabulary import ImportState

WORK_MEMORY = "64MB"
log = structlog.get_logger(__name__)


def read(batch_id: int) -> None:
    """The file becomes rows."""
    _work(batch_id, ImportState.UPLOADED, _read)


def check(batch_id: int) -> None:
    """The rows are judged, and compared with the register if none is wrong."""
    _work(batch_id, ImportState.CHECKING, _check)


def apply(batch_id: int) -> None:
    """The rows go into the register."""
    _work(batch_id, ImportState.APPLYING, _apply)


def undo(batch_id: int) -> None:
    """What the rows did is taken back."""
    _work(batch_id, ImportState.UNDOING, _undo)


def _work(batch_id: int, state: str, step: Callable[[Import, Sheet], None]) -> None:
    """Do a step on an import that waits for it. What goes wrong leaves nothing behind but the reason.

    With the database gone nothing can be written, so that is left to the outbox, which tries again.
    """
    batch = Import.objects.filter(pk=batch_id, state=state).first()
    if batch is None:
        return  # it was done before
    try:
        with transaction.atomic():
            _make_room()
            step(batch, batch.sheet)
    except FileFault as fault:
        _stop(batch, fault.kept)
    except (OperationalError, InterfaceError):
        raise
    except (IntegrityError, DataError, Refused) as problem:
        if state == ImportState.APPLYING and _named(batch_id):
            return
        refusal = refusal_of(problem) if isinstance(problem, IntegrityError) else problem
        log.warning("import refused by the register", batch=batch_id, why=type(problem).__name__)
        _stop(batch, {"code": "constraint", "sentence": str(refusal) if isinstance(refusal, Refused) else ""})
    except Exception:
        # Whoever waits for the import must learn that it stopped; trying again for ever would tell nobody.
        log.exception("import stopped", batch=batch_id, state=state)
        _stop(batch, {"code": "unexpected"})


def _named(batch_id: int) -> bool:
    """The rows that the register refused are listed, to be mended or left out as those that were found before; says whether there are any."""
    batch = Import.objects.get(pk=batch_id)
    with transaction.atomic():
        checking.forget_problems(batch)
        bad = trying.refused(batch, batch.sheet)
        if bad:
            actions.RefuseImport.do(CLOCK, batch, bad_count=bad)
    return bad > 0


def _make_room() -> None:
    """A million rows are sorted and joined in memory where there is some; for this transaction only."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")


def _stop(batch: Import, fault: dict[str, Any]) -> None:
    """An import that was being undone stays applied; one that came with a wrong file is not accepted; others stop."""
    if batch.state == ImportState.UNDOING:
        actions.RefuseUndo.do(CLOCK, batch, fault=fault)
    elif batch.state == ImportState.UPLOADED and fault["code"] not in ("unexpected", "constraint"):
        actions.RefuseImport.do(CLOCK, batch, fault=fault)
        if fault["code"] != "unknown-columns":  # of these the sender may say: leave them out
            ImportPiece.objects.filter(batch=batch).delete()
    else:
        actions.StopImport.do(CLOCK, batch, fault=fault)


def _read(batch: Import, sheet: Sheet) -> None:
    progress.report(batch.pk, "reading", 0)
    staged = staging.stage(batch, sheet)
    ImportPiece.objects.filter(batch=batch).delete()
    actions.StageImport.do(CLOCK, batch, encoding=staged.encoding, columns=staged.columns, row_count=staged.row_count)


def _check(batch: Import, sheet: Sheet) -> None:
    progress.report(batch.pk, "checking", 45, batch.row_count)
    if bad := checking.check(batch, sheet):
        actions.RefuseImport.do(CLOCK, batch, bad_count=bad)
        return
    progress.report(batch.pk, "comparing", 75, batch.row_count)
    counts = checking.compare(batch, sheet)
    if bad := checking.barred(batch, sheet) or checking.against_the_table(batch, sheet) or trying.when_checked(batch, sheet):
        actions.RefuseImport.do(CLOCK, batch, bad_count=bad)
        return
    actions.PassImport.do(CLOCK, batch, bad_count=0, warning_count=checking.warned(batch), **counts)


def _apply(batch: Import, sheet: Sheet) -> None:
    progress.report(batch.pk, "verifying", 5, batch.row_count)
    applying.lock(batch, sheet)
    if moved := checking.check(batch, sheet, again=True) or checking.drifted(batch, sheet):
        raise FileFault("register-changed", rows=moved)
    progress.report(batch.pk, "writing", 40, batch.row_count)
    actions.CompleteImport.do(CLOCK, batch)


def _undo(batch: Import, sheet: Sheet) -> None:
    progress.report(batch.pk, "verifying", 10, batch.row_count)
    applying.lock(batch, sheet, made=True)
    count = undoing.in_the_way(batch, sheet)
    left = batch.touched_count - (batch.undone_count or 0)
    if count and count >= left:
        actions.RefuseUndo.do(CLOCK, batch, fault={"code": "in-the-way", "rows": count})
        return
    progress.report(batch.pk, "restoring", 40, batch.row_count)
    if count:
        actions.UndoPart.do(CLOCK, batch, fault={"code": "in-part", "rows": count, "undone": left - count})
    else:
        actions.CompleteUndo.do(CLOCK, batch)
