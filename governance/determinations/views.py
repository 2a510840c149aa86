"""Pages of determinations: the list, one of them with how it was worked out, and asking for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.determinations import deciding
from governance.determinations.models import Determination
from governance.determinations.vocabulary import State
from governance.matching.models import Pair
from governance.web.views import RecordListView, RecordView


class DeterminationListView(RecordListView):
    """What one has asked for; for the office, what is asked in its area."""

    model = Determination
    title = _("Determinations")


class DeterminationView(RecordView):
    """The result with its facts, steps, versions and reason; worked out once more, to show that it is still the same."""

    model = Determination

    def context(self, record: Determination) -> dict[str, Any]:
        decision = deciding.again(record)
        is_same = decision is not None and decision.fingerprint == record.fingerprint
        is_mine = record.person_id == self.actor.stakeholder_id
        held = Pair.objects.holding().about_person(record.person_id).first() if record.state == State.ASKED else None
        return super().context(record) | {"decision": decision, "is_same": is_same, "is_mine": is_mine, "held": held}
