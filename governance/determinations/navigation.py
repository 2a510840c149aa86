"""What determinations offer to the pages that span programs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.catalogue import taking
from governance.determinations import rulebook
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty
from governance.web import offers
from governance.web.offers import Entry


def _determines(actor: Any) -> bool:
    return actor is not None and any(held.duty == Duty.DETERMINE for held in actor.duties)


def _is_citizen(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


offers.entry(Entry("determinations.queue", _("Determinations"), "determinations:determination-list", order=36, staff=True, shown_to=_determines))
offers.entry(Entry("determinations.mine", _("What was determined for me"), "determinations:determination-list", order=47, need="row", shown_to=_is_citizen))


@taking.taken_at
def have_it_determined(actor: Any, rule: str, typed: dict[str, str]) -> str:
    """A citizen asks with the same facts; where one is open already, its facts are corrected instead."""
    question = rulebook.question(rule)
    if question is None or actor.kind not in {"citizen", None, ""}:
        return ""
    facts = {"facts": json.dumps({name: value for name, value in typed.items() if name in question.form_class.base_fields and value}, ensure_ascii=False)}
    open_one = Determination.objects.open_of(actor.stakeholder_id, rule).first() if actor.stakeholder_id else None
    if open_one is not None:
        return f"{open_one.get_absolute_url()}add-facts/?{urlencode(facts)}"
    return f"{reverse('determinations:act', args=['ask-for-determination'])}?{urlencode({'rule': rule} | facts)}"

