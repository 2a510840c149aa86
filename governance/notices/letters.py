"""Notices on paper, for whom nothing else reaches: a sheet of A4 with the address where a window envelope shows it."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext, override

from governance.clocks.now import local
from governance.notices.models import Dispatch

_SHEET = (Path(__file__).parent / "letter.typ").read_bytes()
_FONTS = Path(__file__).parent.parent / "receipts" / "fonts"  # they hold Chinese


def pdf(dispatch: Dispatch, office: str) -> bytes:
    """The letter, in the language of the site: whoever has no account has chosen none."""
    notice = dispatch.notice
    with override(settings.LANGUAGE_CODE):
        said = {
            "system": settings.SITE_NAME or gettext("Gongzhi"),
            "office": office,
            "name": notice.recipient.name,
            "address": notice.recipient.address,
            "date": f"{local(notice.told_at):%Y-%m-%d}",
            "title": gettext("Notice"),
            "reference": gettext("Reference %(reference)s") % {"reference": notice.about.record.reference},
            "says": str(notice.says),
            "how": gettext("You get this letter because you have to be told and we could not reach you in another way. At every counter you can see the whole matter and have your answer written down; bring this letter and your identity document. With an account you see it at the address below."),
            "site": settings.SITE_ADDRESS,
            "made": gettext("Made by the system; valid without signature."),
        }
    return typst.compile(_SHEET, font_paths=[str(_FONTS)], sys_inputs={"said": json.dumps(said, ensure_ascii=False)})
