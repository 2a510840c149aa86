"""Receipts on paper: a page with a QR code, and the receipt itself attached to it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import segno
import typst
from django.utils.translation import get_language, gettext

from governance.clocks.now import local
from governance.receipts.reading import Receipt

_HERE = Path(__file__).parent
_SHEET = (_HERE / "receipt.typ").read_bytes()
FONTS = [str(_HERE / "fonts")]


def qr(text: str) -> bytes:
    """A QR code as SVG; a quarter of it may be dirty."""
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=2, dark="#17233a", light="#ffffff", xmldecl=False)
    return drawn.getvalue()


def pdf(receipt: Receipt) -> bytes:
    """The receipt as a sheet of A5."""
    number = gettext("no. %(number)s") % {"number": f"{receipt.number:,}"} if receipt.number is not None else gettext("being entered")
    facts = [
        (gettext("Reference"), receipt.reference),
        (gettext("What was done"), receipt.title),
        (gettext("When"), f"{local(receipt.at):%Y-%m-%d %H:%M:%S}"),
        *((gettext("Date told: %(period)s") % {"period": period}, until) for period, until in receipt.promised),
        (gettext("Entry in the public log"), number),
        (gettext("Tracking code"), receipt.code),
    ]
    said = {
        "language": "zh" if (get_language() or "").startswith("zh") else "en",
        "system": gettext("Gongzhi"),
        "title": gettext("Receipt"),
        "facts": facts,
        "fingerprint": gettext("Fingerprint"),
        "groups": receipt.groups,
        "how": gettext("Scan the code, or open the address below and type the tracking code: you see whether this stands in the public log, and what has become of it. No account is needed. By telephone, read out the tracking code."),
        "keep": gettext("Whoever knows the tracking code can see what has become of the matter. Keep it as you would keep a key."),
        "address": receipt.address.partition("?")[0],
    }
    inputs = {
        "said": json.dumps(said, ensure_ascii=False),
        "receipt": json.dumps(receipt.as_file(), ensure_ascii=False, separators=(",", ":")),
        "qr": qr(receipt.address).decode(),
    }
    return typst.compile(_SHEET, font_paths=FONTS, sys_inputs=inputs)
