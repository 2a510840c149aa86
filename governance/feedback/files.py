"""Files that people attach: what they really are, and nothing in them that tells of their maker."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import private_numbers
from governance.feedback import cleaning
from governance.feedback.models import Attachment

MOST_FILES, LARGEST = 5, 10 * 1024 * 1024
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF", "application/pdf": "PDF"}
BECOMES = {"image/webp": "image/jpeg", "image/heic": "image/jpeg"}  # what telephones save and not every reader shows
ACCEPTED = ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf"
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})  # ISO/IEC 23008-12
ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "application/pdf": (".pdf",)}
PATIENCE, WAITS = 30, 45  # seconds: for one file, and for one's turn
LONGEST_NAME = 120
_LARGE = gettext_lazy("“%(name)s” has more than 60 megapixels. Make it smaller and add it again.")
_COLOURFUL = gettext_lazy("“%(name)s” is a PNG of more than 16 megapixels. Save it as a JPEG, or make it smaller.")
_SHARP = gettext_lazy("“%(name)s” has more than 32 megapixels. Save it as a JPEG, or make it smaller.")
_NO_PHOTO = gettext_lazy("“%(name)s” cannot be read as a photo.")
_NO_PAPER = gettext_lazy("“%(name)s” cannot be read as a PDF. Print it into a new PDF and add that.")
_ACTIVE = gettext_lazy("“%(name)s” holds a program or other files. Print it into a new PDF.")
_LOCKED = gettext_lazy("“%(name)s” opens with a password only. Print it into a new PDF without one.")
WRONG = {
    cleaning.TOO_LARGE: _LARGE, cleaning.TOO_SHARP: _SHARP,
    cleaning.TOO_MANY_COLOURS: _COLOURFUL, cleaning.ACTIVE: _ACTIVE, cleaning.LOCKED: _LOCKED,
}  # fmt: skip
# Marks of direction and other things nobody sees: with them photo.exe can look like exe.photo.
_UNSEEN_OR_UNSAFE = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\"<>|:*?]")
_one_at_a_time = Lock()


def media_type_of(start: bytes) -> str:
    """What a file is by its first bytes, empty if it is none of what we take."""
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS:
        return "image/heic"
    return "application/pdf" if start.startswith(b"%PDF-") else ""


def name_of(told: str, media_type: str) -> str:
    """The name of a file as it is shown and downloaded: without folders and what nobody sees, with the ending of what it
    really is, and without anybody's identity number."""
    plain = _UNSEEN_OR_UNSAFE.sub("", told.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    endings = ENDINGS[media_type]
    stem, dot, ending = plain.rpartition(".")
    if dot and f".{ending.lower()}" in endings:
        kept = f".{ending}"
    else:
        stem, kept = (stem if dot and 1 <= len(ending) <= 4 and ending.isascii() and ending.isalnum() else plain), endings[0]
        stem = next((stem[: -len(one)] for one in endings if stem.lower().endswith(one)), stem)
    hidden, _count = private_numbers.without_identity_numbers(stem)
    name = hidden[:LONGEST_NAME].strip(" .") or _("file")
    return f"{name}{kept}"


def cleaned(data: bytes, media_type: str) -> bytes:
    """What is left of a file when it tells nothing of its maker (``cleaning``). Raises Refused with the code of what is wrong.

    In a process of its own that may use little memory and time, and one at a time: thirty-two people who send the largest
    pictures at once cost this process no more than the files themselves.
    """
    command = [sys.executable, "-I", str(Path(cleaning.__file__)), KINDS[media_type]]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as problem:
        raise cleaning.Refused(cleaning.UNREADABLE) from problem
    if done.returncode != cleaning.DONE:
        raise cleaning.Refused(done.returncode)
    return done.stdout


def checked(upload: Any, draft: str) -> Attachment:
    """The unsaved attachment of an upload. Raises ValidationError with what is wrong."""
    shown = {"name": _UNSEEN_OR_UNSAFE.sub("", str(upload.name))[-LONGEST_NAME:]}
    if upload.size > LARGEST:
        raise forms.ValidationError(_("“%(name)s” is larger than 10 MB.") % shown)
    if not upload.size:
        raise forms.ValidationError(_("“%(name)s” is empty. Choose it once more.") % shown)
    kind = media_type_of(upload.read(16))
    if not kind:
        raise forms.ValidationError(_("“%(name)s” is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF.") % shown)
    if not _one_at_a_time.acquire(timeout=WAITS):
        raise forms.ValidationError(_("Very many people are sending files just now. Try again in a minute; the rest is kept."))
    try:
        upload.seek(0)
        data = cleaned(upload.read(), kind)
    except cleaning.Refused as refused:
        wrong = WRONG.get(refused.code, _NO_PAPER if KINDS[kind] == "PDF" else _NO_PHOTO)
        raise forms.ValidationError(wrong % shown) from refused
    finally:
        _one_at_a_time.release()
    kind = BECOMES.get(kind, kind)
    return Attachment(
        draft=draft, name=name_of(str(upload.name), kind), media_type=kind, size=len(data), digest=hashlib.sha256(data).hexdigest(),
        content=data,
    )  # fmt: skip
