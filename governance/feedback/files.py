"""Files that people attach: what they really are, and nothing in them that tells of their maker."""

from __future__ import annotations

import hashlib
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


def checked(upload: Any, draft: str) -> Attachment:
    """The unsaved attachment of an upload. Raises ValidationError with what is wrong."""
    if upload.size > LARGEST:
        raise forms.ValidationError(_("“%(name)s” is larger than 10 MB.") % {"name": upload.name})
    data = upload.read()
    kind = media_type_of(data[:16])
    if not kind:
        raise forms.ValidationError(_("“%(name)s” is neither a photo (JPEG, PNG) nor a PDF.") % {"name": upload.name})
    try:
        data = stripped(data) if kind in PICTURES.values() else data
    except (OSError, ValueError, SyntaxError) as problem:
        raise forms.ValidationError(_("“%(name)s” cannot be read as a photo.") % {"name": upload.name}) from problem
    name = upload.name.replace("\\", "/").rsplit("/", 1)[-1][:200]
    return Attachment(
        draft=draft, name=name, media_type=kind, size=len(data), digest=hashlib.sha256(data).hexdigest(), content=data
    )
