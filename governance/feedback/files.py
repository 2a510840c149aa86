"""Files that people attach: what they really are, and nothing in them that tells of their maker."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from governance.feedback.models import Attachment

MOST_FILES, LARGEST, MOST_PIXELS = 5, 10 * 1024 * 1024, 60_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def media_type_of(start: bytes) -> str:
    """What a file is by its first bytes, empty if it is none of what we take."""
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "application/pdf" if start.startswith(b"%PDF-") else ""


def stripped(data: bytes) -> bytes:
    """A picture drawn anew: turned as it was meant, and without place, time and camera (EXIF)."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=list(PICTURES)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        kind = picture.format
        upright = ImageOps.exif_transpose(picture)
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        if upright.mode == "P":
            clean = upright.convert("RGBA")
            clean.info = {}
        into = BytesIO()
        clean.save(into, kind, **({"quality": 90} if kind == "JPEG" else {}))
        return into.getvalue()


# What a PDF tells of its maker, and what would do something in the reader's program.
_MAKER = re.compile(rb"(/(?:Author|Creator|Producer|Company|LastModifiedBy|SourceModified)\s*)(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)")
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA)\b")


def blanked(data: bytes) -> bytes:
    """A PDF without the names of its maker and their programs. Nothing moves: what it points to inside stays where it was.

    Raises ValueError if it would run something. What is packed away inside compressed parts is not seen; it goes out as a download only.
    """
    if _ACTIVE.search(data):
        raise ValueError("a PDF that does something")
    data = _MAKER.sub(lambda found: found[1] + found[2][:1] + b" " * (len(found[2]) - 2) + found[2][-1:], data)
    return _PACKET.sub(lambda found: b" " * len(found[0]), data)


def checked(upload: Any, draft: str) -> Attachment:
    """The unsaved attachment of an upload. Raises ValidationError with what is wrong."""
    if upload.size > LARGEST:
        raise forms.ValidationError(_("“%(name)s” is larger than 10 MB.") % {"name": upload.name})
    data = upload.read()
    kind = media_type_of(data[:16])
    if not kind:
        raise forms.ValidationError(_("“%(name)s” is neither a photo (JPEG, PNG) nor a PDF.") % {"name": upload.name})
    is_picture = kind in PICTURES.values()
    try:
        data = stripped(data) if is_picture else blanked(data)
    except (OSError, ValueError, SyntaxError, MemoryError) as problem:
        wrong = _("“%(name)s” cannot be read as a photo.") if is_picture else _("“%(name)s” holds a program or other files. Print it into a new PDF.")
        raise forms.ValidationError(wrong % {"name": upload.name}) from problem
    name = upload.name.replace("\\", "/").rsplit("/", 1)[-1][:200]
    return Attachment(
        draft=draft, name=name, media_type=kind, size=len(data), digest=hashlib.sha256(data).hexdigest(), content=data
    )
