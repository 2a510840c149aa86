"""A statement as a file and on paper: with the receipt that seals it, so that anybody can verify it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, gettext

from governance.entitlements.models import Statement
from governance.ledger import reading as log
from governance.receipts.printing import FONTS, qr
from governance.receipts.reading import Receipt, receipt_of

_SHEET = (Path(__file__).parent / "statement.typ").read_bytes()


def receipt_for(statement: Statement) -> Receipt:
    """The receipt of its being issued."""
    return receipt_of(log.leaf(statement.events.first().pk))


def as_file(statement: Statement) -> str:
    """The statement as it was sealed, with its receipt: what /verify and the stand-alone verifier read."""
    made = {"v": 1, "kind": "sealed-document", "document": statement.document, "receipt": receipt_for(statement).as_file()}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def pdf(statement: Statement) -> bytes:
    """On paper, with the file attached."""
    receipt, content = receipt_for(statement), statement.content
    said = {
        "language": "zh" if (get_language() or "").startswith("zh") else "en",
        "system": gettext("Gongzhi"), "title": gettext("Statement of entitlements"), "name": content["person"]["name"],
        "facts": [(gettext("Reference"), statement.reference), (gettext("Day"), content["day"]), (gettext("Tracking code"), receipt.code)],
        "lines": [_line(one) for one in content["lines"]], "silent": [f"{one['title']}: {one['said']}" for one in content["sources"] if one["status"] != "in-time"],
        "fingerprint": gettext("Fingerprint"), "digest": statement.fingerprint,
        "how": gettext("This is no decision: it says what each program said on this day. Whoever is given it can verify it: hand in this PDF at the address below, or scan the code."),
        "address": receipt.address.partition("?")[0],
    }  # fmt: skip
    inputs = {"said": json.dumps(said, ensure_ascii=False), "statement": as_file(statement), "qr": qr(receipt.address).decode()}
    return typst.compile(_SHEET, font_paths=FONTS, sys_inputs=inputs)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    small = [f"{label}: {in_words(line[name])}" for name, label in (("accrued", gettext("Saved up")), ("estimate", gettext("Estimated"))) if line[name]]
    missing = [f"{one['fact']} · {one['holder']}" for one in line["missing"]]
    return {"title": line["title"], "said": line["said"], "sentence": line["sentence"], "small": small, "missing": missing, "source": " · ".join(filter(None, (line["source"], line["as_of"], line["record"])))}


def in_words(amount: dict[str, str]) -> str:
    """An amount of a statement."""
    low, high = (f"{Decimal(amount[name]):,.2f}" for name in ("low", "high"))
    unit = gettext("yuan") if amount["unit"] == "yuan" else gettext("yuan a month")
    return f"{low} {unit}" if low == high else f"{low} – {high} {unit}"
