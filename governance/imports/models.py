"""An import: a file, what was found in it, and what it did to the register."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from governance.actions import Party, Record, StateField
from governance.bounds import one_of, whole
from governance.imports.querysets import ImportProblemQuerySet, ImportQuerySet, ImportRowQuerySet
from governance.imports.responsibilities import Readers
from governance.imports.sheets import SHEETS, Sheet
from governance.imports.vocabulary import IMPORT_RUNNING, ImportState, RowVerdict

MOST_BYTES, MOST_LINES = 256 * 1024 * 1024, 256 * 1024 * 1024  # of a file; a line is a byte at least
MOST_ROWS = 1_000_000
MOST_IN_THE_REGISTER = 100_000_000
COUNTED = ("row", "bad", "left_out", "warning", "new", "changed", "unchanged", "applied", "undone")


class Import(Record):
    """A file on its way into the register.

    ``own`` says how far it reaches: it touches only what is the sender's own, or whatever lies in the import's area.
    """

    reference_prefix = "DR"
    final_states = frozenset({ImportState.UNDONE, ImportState.DISCARDED})
    sensitive = frozenset({"beside"})  # the keys of up to fifty thousand rows: sealed, not told
    state_looks = {
        "uploaded": "wait", "checking": "wait", "refused": "soon", "ready": "soon", "applying": "wait",
        "applied": "done", "undoing": "wait", "undone": "off", "failed": "soon", "discarded": "off",
    }  # fmt: skip

    kind = models.CharField(_("kind of file"), max_length=40)
    sender = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("handed in by"))
    own = models.BooleanField(_("only the sender's own"), default=False)
    filename = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    digest = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    encoding = models.CharField(_("encoding"), max_length=12, blank=True)
    columns = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("columns"))
    leaves_out = models.BooleanField(_("without columns that are not known"), default=False, editable=False)
    fault = models.JSONField(_("what is wrong with the file"), null=True)

    row_count = models.PositiveIntegerField(_("rows"), null=True)
    bad_count = models.PositiveIntegerField(_("rows with mistakes"), null=True)
    left_out_count = models.PositiveIntegerField(_("rows left out"), default=0)
    warning_count = models.PositiveIntegerField(_("rows to be confirmed"), default=0)
    new_count = models.PositiveIntegerField(_("new rows"), null=True)
    changed_count = models.PositiveIntegerField(_("changed rows"), null=True)
    unchanged_count = models.PositiveIntegerField(_("unchanged rows"), null=True)
    untouched_count = models.PositiveIntegerField(_("not in the file"), null=True)
    applied_count = models.PositiveIntegerField(_("rows applied"), null=True)
    undone_count = models.PositiveIntegerField(_("rows undone"), null=True)
    beside = models.JSONField(default=dict, editable=False)
    state = StateField(ImportState, default=ImportState.UPLOADED)

    readers = Party("sender", _("whoever handed it in")) | Readers()
    objects = ImportQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["area", "-id"], name="imports_of_an_area"),
            models.Index(fields=["sender", "-id"], name="imports_of_a_sender"),
        ]
        constraints = [
            *(whole("imports_import", f"{counted}_count", most=MOST_ROWS) for counted in COUNTED),
            whole("imports_import", "untouched_count", most=MOST_IN_THE_REGISTER),
            whole("imports_import", "size", most=MOST_BYTES),
            one_of("imports_import", "state", ImportState),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.label})"

    def get_absolute_url(self) -> str:
        return reverse("imports:import-detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Whether the system is at work on it."""
        return self.state in IMPORT_RUNNING

    @property
    def sheet(self) -> Sheet:
        """The declaration of its kind."""
        return SHEETS[self.kind]

    @property
    def label(self) -> str:
        """What the rows are."""
        return str(self.sheet.label)

    @property
    def touched_count(self) -> int:
        """How many rows change something."""
        return (self.new_count or 0) + (self.changed_count or 0)

    @property
    def summary(self) -> str:
        """One line for lists."""
        return _t("%(kind)s from the file %(file)s") % {"kind": self.label, "file": self.filename}


class ImportPiece(models.Model):
    """A piece of the file as it came; kept until it has been read, read one at a time."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="a_piece_of_a_file_is_kept_once", violation_error_message=_("This piece of the file is there already.")
            ),
            whole("imports_importpiece", "number", most=MOST_BYTES),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class ImportRow(models.Model):
    """A row of the file as text, one cell for each column there can be; and what it did or would do.

    ``changes`` holds for every field that changes what was there and what comes: the preview shows it, undoing
    restores from it, and ``target_id`` leads from a record to the imports that touched it.
    """

    # No constraint and no index of its own: a million rows are written by the kit alone, and found by import and line.
    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_constraint=False, db_index=False)
    line = models.PositiveIntegerField(_("line"))
    cells = ArrayField(models.TextField())
    faults = ArrayField(models.CharField(max_length=60), default=list)
    reference = models.CharField(max_length=40)
    derived = models.TextField(blank=True)
    verdict = models.CharField(_("what it does"), max_length=10, choices=RowVerdict.choices, blank=True)
    target_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "line"], name="a_line_of_a_file_is_kept_once", violation_error_message=_("This line of the file is there already.")
            ),
            whole("imports_importrow", "line", least=1, most=MOST_LINES),
            one_of("imports_importrow", "verdict", RowVerdict, or_empty=True),
        ]
        indexes = [
            models.Index(fields=["target_id"], name="imports_row_target", condition=models.Q(verdict__in=["new", "changed"])),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class ImportProblem(models.Model):
    """A rule that a line breaks: refused before applying, or in the way of undoing."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="problems", db_index=False)
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=30, blank=True)
    code = models.CharField(_("rule"), max_length=100)
    is_warning = models.BooleanField(_("to be confirmed"), default=False, db_default=False)

    objects = ImportProblemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["batch", "line", "id"], name="imports_problem_line")]
        constraints = [whole("imports_importproblem", "line", least=1, most=MOST_LINES)]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line} {self.code}"
