"""What is done with a file: handed in, checked, applied, undone; by people, and by the system between."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import outbox
from governance.actions import Action, Party, Refused, System, registry
from governance.imports import applying, pieces, undoing
from governance.imports.models import MOST_BYTES, Import, ImportPiece, ImportProblem, ImportRow
from governance.imports.responsibilities import Keepers
from governance.imports.spelling import file_name
from governance.imports.vocabulary import ImportState, RowVerdict
from governance.stakeholders.models import Area
from governance.stakeholders.vocabulary import StakeholderState

PIECE = 256 * 1024
READ, CHECK, APPLY, UNDO = "imports.read", "imports.check", "imports.apply", "imports.undo"

SENDER = Party("sender", gettext_lazy("whoever handed it in")) & Keepers()


def _not_too_big(file: Any) -> None:
    if file.size > MOST_BYTES:
        raise ValidationError(
            gettext_lazy("The file has %(size)s; at most %(most)s are read. Divide it into several files."),
            params={"size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)},
        )


def _file_field() -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        validators=[_not_too_big],
        help_text=gettext_lazy("CSV (UTF-8 or GB18030) or Excel workbook (.xlsx), with the headings of the template."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class _HandIn(Action):
    """What all files have in common: they are kept piece by piece, and work goes on behind the scenes."""

    makes = Import
    end = ImportState.UPLOADED
    kind: str  # of the sheet
    own = False

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """Whether the list of imports begins with it; what may be done is another matter."""
        return cls.possible_at_all(actor)

    def keep(self, file: Any, **fields: Any) -> Import:
        """The import with its file, and the work written down."""
        if self.actor.stakeholder.state != StakeholderState.APPROVED:
            raise Refused(_("Your organisation has not been approved yet. Files can be handed in after that."))
        digest = hashlib.sha256()
        made = Import(kind=self.kind, own=self.own, sender=self.actor.stakeholder, filename=file_name(file.name), size=file.size, digest="", **fields)
        made.save()
        for number, piece in enumerate(file.chunks(PIECE)):
            digest.update(piece)
            pieces.keep(made, number, piece)
        Import.objects.filter(pk=made.pk).update(digest=digest.hexdigest())
        outbox.add(READ, {"import": made.pk})
        return made


class HandInForArea(_HandIn):
    """A file of an office, about an area for which it holds the duty."""

    duty: str
    fields = ("area",)
    inputs = {"file": _file_field()}

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """The areas of the mandates."""
        held = [duty.start for duty in actor.duties if duty.duty == cls.duty]
        return Area.objects.filter(code__in=held).order_by("code")

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        areas = cls.choices("area", actor, record)[:2]
        return {"area": areas[0]} if len(areas) == 1 else {}

    def perform(self, record: None, **data: Any) -> Import:
        held = self.choices("area", self.actor, None)
        if not held.filter(pk=data["area"].pk).exists():
            raise Refused(_("You do not keep the register of this area."), field="area")
        return self.keep(data["file"], area=data["area"])


class HandInOwn(_HandIn):
    """A file of an organisation about its own things; what belongs to others is out of its reach."""

    own = True
    inputs = {"file": _file_field()}

    def perform(self, record: None, **data: Any) -> Import:
        return self.keep(data["file"], area_id=self.actor.stakeholder.area_id)


class ApplyImport(Action):
    """What the preview shows is written into the register, all of it or nothing."""

    record = Import
    by = SENDER
    start, end = {ImportState.READY}, ImportState.APPLYING
    provided = Q(new_count__gt=0) | Q(changed_count__gt=0)
    inputs = {
        "looked": forms.BooleanField(label=gettext_lazy("I have looked at the rows that are to be confirmed, and they are right."), required=False)
    }

    def perform(self, record: Import, *, looked: bool = False, **data: Any) -> None:
        if record.warning_count and not looked:
            raise Refused(_("Look at the rows that are to be confirmed, and say that they are right."), field="looked")
        outbox.add(APPLY, {"import": record.pk})


class CheckImportAgain(Action):
    """The same rows are checked once more: the register may have changed, or what was missing may be there now."""

    record = Import
    by = SENDER
    start, end = {ImportState.READY, ImportState.REFUSED, ImportState.FAILED}, ImportState.CHECKING
    provided = Q(row_count__gt=0)

    def perform(self, record: Import, **data: Any) -> None:
        ImportRow.objects.of(record).that_are(RowVerdict.LEFT_OUT).update(verdict=RowVerdict.NEW)
        record.fault, record.left_out_count = None, 0
        outbox.add(CHECK, {"import": record.pk})


class LeaveRowsOut(Action):
    """The rows without mistakes go on; those with mistakes stay outside, and can be had as a file to be mended."""

    record = Import
    by = SENDER
    start, end = {ImportState.REFUSED}, ImportState.CHECKING
    provided = Q(bad_count__gt=0, row_count__gt=F("bad_count") + F("left_out_count"))
    place = 4

    def perform(self, record: Import, **data: Any) -> None:
        bad = ImportProblem.objects.of(record).filter(is_warning=False)
        record.left_out_count += ImportRow.objects.of(record).going_on().filter(line__in=bad.values("line")).update(verdict=RowVerdict.LEFT_OUT)
        record.bad_count = None
        outbox.add(CHECK, {"import": record.pk})


class LeaveColumnsOut(Action):
    """The file is read without the columns that the template does not have."""

    record = Import
    by = SENDER
    start, end = {ImportState.REFUSED}, ImportState.UPLOADED
    provided = Q(fault__code="unknown-columns")
    place = 4

    def perform(self, record: Import, **data: Any) -> None:
        record.fault, record.leaves_out = None, True
        outbox.add(READ, {"import": record.pk})


class DiscardImport(Action):
    """The file is not needed; its rows are deleted, and that it was handed in stays known."""

    record = Import
    by = SENDER
    start, end = {ImportState.READY, ImportState.REFUSED, ImportState.FAILED}, ImportState.DISCARDED

    def perform(self, record: Import, **data: Any) -> None:
        for part in (ImportPiece, ImportProblem, ImportRow):
            part.objects.filter(batch=record).delete()


class UndoImport(Action):
    """What the import made or changed becomes what it was before; rows that were changed or used since stay, and are listed."""

    record = Import
    by = SENDER
    start, end = {ImportState.APPLIED}, ImportState.UNDOING
    reason = True

    def perform(self, record: Import, **data: Any) -> None:
        record.fault = None
        outbox.add(UNDO, {"import": record.pk})


class StageImport(Action):
    """The system has read the file; its rows are being checked."""

    record = Import
    by = System()
    start, end = {ImportState.UPLOADED}, ImportState.CHECKING

    def perform(self, record: Import, **data: Any) -> None:
        super().perform(record, **data)
        outbox.add(CHECK, {"import": record.pk})


class PassImport(Action):
    """The system has found no mistake; the preview shows what would change."""

    record = Import
    by = System()
    start, end = {ImportState.CHECKING}, ImportState.READY


class RefuseImport(Action):
    """The system has found mistakes; nothing was changed, and every one of them is listed."""

    record = Import
    by = System()
    start, end = {ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING}, ImportState.REFUSED


class CompleteImport(Action):
    """The system has written every row into the register."""

    record = Import
    by = System()
    start, end = {ImportState.APPLYING}, ImportState.APPLIED

    def perform(self, record: Import, **data: Any) -> None:
        record.applied_count = applying.write(record, record.sheet, self.bundle)
        if record.sheet.beside:
            record.refresh_from_db(fields=["beside"])


class StopImport(Action):
    """The system could not go on; nothing was changed, and the page says why."""

    record = Import
    by = System()
    start = {ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING}
    end = ImportState.FAILED


class CompleteUndo(Action):
    """The system has put everything back."""

    record = Import
    by = System()
    start, end = {ImportState.UNDOING}, ImportState.UNDONE

    def perform(self, record: Import, **data: Any) -> None:
        record.undone_count = (record.undone_count or 0) + undoing.restore(record, record.sheet, self.bundle)


class UndoPart(Action):
    """The system has taken back the rows on which nothing rests; the others stay, and what rests on them is listed."""

    record = Import
    by = System()
    start, end = {ImportState.UNDOING}, ImportState.APPLIED

    def perform(self, record: Import, *, fault: dict[str, Any], **data: Any) -> None:
        record.undone_count = (record.undone_count or 0) + undoing.restore(record, record.sheet, self.bundle)
        undoing.mark(record)
        record.fault = fault


class RefuseUndo(Action):
    """The import stays: some of what it wrote has been changed or used since, and these rows are listed."""

    record = Import
    by = System()
    start, end = {ImportState.UNDOING}, ImportState.APPLIED


def beginnings() -> list[Any]:
    """The actions by which files are handed in, as the slices declare them."""
    return [action for action in registry.actions() if action.makes is Import]
