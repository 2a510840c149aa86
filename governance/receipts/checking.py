"""Checking a receipt for somebody: a file, a tracking code, or the number of an entry; answered in plain words."""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from governance.ledger import notes
from governance.ledger import reading as log
from governance.ledger.models import Leaf
from governance.ledger.verifier import Wrong, check_receipt
from governance.receipts import codes
from governance.receipts.reading import Receipt, leaf_for, receipt_of

LARGEST_FILE = 1_000_000
MARK = b'"kind":"receipt"'


@dataclass(frozen=True)
class Finding:
    """What was found: ``verdict`` is included, promised, entry, erased, changed, lost, foreign, misheard, unknown or unreadable."""

    verdict: str
    receipt: Receipt | None = None
    leaf: Leaf | None = None
    reason: Any = ""

    @property
    def is_good(self) -> bool:
        return self.verdict in {"included", "promised", "entry"}


REASONS = {
    "bad-receipt": _("A part of it is missing, or it is not a receipt of this system."),
    "does-not-open": _("What it says is not what the log committed to."),
    "bad-signature": _("The signature on it is not the log's."),
    "not-signed": _("It is not signed by this log."),
    "not-promised": _("The promise on it is about something else."),
    "other-document": _("The document is not the one that was sealed: something in it was changed."),
    "other-value": _("A value in it is not the one that was sealed."),
    "not-sealed": _("A value in it is not among those that were sealed."),
    "not-included": _("Its proof does not lead to the signed root."),
    "bad-note": _("The signature on it cannot be read."),
    "bad-checkpoint": _("The checkpoint on it cannot be read."),
}


def by_number(text: str) -> Finding:
    """A tracking code, the number of an entry, or the identifier of a leaf."""
    text = text.strip()[:100]
    if text.replace(",", "").isdigit() and len(text) < 12:
        return _entry(log.leaf_by_number(int(text.replace(",", ""))))
    try:
        code = codes.heard(text)
    except codes.Misheard:
        return Finding("misheard")
    if code is not None:
        found = receipt_of(log.leaf_by_code(code))
        return Finding("unknown") if found is None else Finding("promised" if found.number is None else "included", found, found.leaf)
    try:
        return _entry(leaf_for(UUID(text)))
    except ValueError:
        return Finding("unknown")


def _entry(leaf: Leaf | None) -> Finding:
    """What anybody may know of an entry: that there is one."""
    if leaf is None:
        return Finding("unknown")
    return Finding("erased" if leaf.seal.is_erased else "entry", Receipt(leaf, None), leaf)


def by_file(data: bytes) -> Finding:
    """A receipt as a file: what we hold of it ourselves is not looked at before the file has proved itself."""
    made = _receipt_in(data)
    if made is None:
        return Finding("unreadable")
    receipt = made.get("receipt", made)
    if not isinstance(receipt.get("log"), dict) or receipt["log"].get("key") != notes.verifier_key():
        return Finding("foreign")
    try:
        found = check_receipt(made, notes.verifier_key())
        leaf = log.leaf(UUID(found["leaf"]["id"]))
    except Wrong as problem:
        return Finding("changed", reason=REASONS.get(problem.code, str(problem)))
    except (ValueError, KeyError, TypeError):
        return Finding("changed", reason=REASONS["bad-receipt"])
    if leaf is None or bytes(leaf.data).decode() != receipt["leaf"]:
        return Finding("lost", reason=found["by"])
    if leaf.seal.is_erased:
        return Finding("erased", Receipt(leaf, None), leaf)
    held = receipt_of(leaf)
    return Finding("promised" if held.number is None else "included", held, leaf)


def _receipt_in(data: bytes) -> dict[str, Any] | None:
    """The receipt in a file, alone or with the document it seals: the file itself, or what is attached to a printed one (PDF)."""
    pieces = [data] if not data.startswith(b"%PDF") else _streams(data)
    for piece in pieces:
        try:
            made = json.loads(piece)
        except ValueError:
            continue
        if isinstance(made, dict) and (made.get("kind") == "receipt" or _seals(made)):
            return made
    return None


def _seals(made: dict[str, Any]) -> bool:
    """Whether it is a document with the receipt that seals it."""
    return made.get("kind") == "sealed-document" and isinstance(made.get("receipt"), dict) and isinstance(made.get("document"), str)


def _streams(data: bytes) -> list[bytes]:
    """What is stored in a PDF, unpacked as far as we would ever have written."""
    found = []
    for match in re.finditer(rb"stream\r?\n", data):
        piece = data[match.end() : data.find(b"endstream", match.end())]
        with suppress(zlib.error):
            piece = zlib.decompressobj().decompress(piece, LARGEST_FILE)
        if MARK in piece.replace(b" ", b""):
            found.append(piece.strip())
    return found
