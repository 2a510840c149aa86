"""What an action keeps beside its record (an answer, a note, something added): as clean and bounded as the record itself."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from governance.actions.cleaning import clean

Row = TypeVar("Row", bound=models.Model)


def kept(row: Row) -> Row:
    """Checked by its fields and written. Raises Refused beside the field that is wrong."""
    clean(row)
    row.save(force_insert=True)
    return row
