"""The states of an import, and what a row of a file does."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(TextChoices):
    """From the file handed in to the register changed, and back."""

    UPLOADED = "uploaded", _("Handed in")
    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Not accepted")
    READY = "ready", _("Ready to be applied")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Stopped")
    DISCARDED = "discarded", _("Discarded")


# While in one of these states the work is with the system, and the page shows how far it is.
IMPORT_RUNNING = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)


class RowVerdict(TextChoices):
    """What a row of the file would do to the register."""

    NEW = "new", _("New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    LEFT_OUT = "left-out", _("Left out")
    TAKEN_BACK = "taken-back", pgettext_lazy("row", "Taken back")


DOING = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.UNCHANGED)  # of the rows that are not left out
