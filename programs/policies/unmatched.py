"""Policies whose holder a file named without a number: what an officer may see of them, and what follows once it is decided whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import CLOCK
from governance.matching import sources
from programs.policies import actions
from programs.policies.models import Policy

KEY = "policies"


def decided(row: int, person: Any, actor: Any) -> None:
    """It goes to whoever was found; they and the insurer are told. What was corrected meanwhile stays."""
    policy = Policy.objects.without_holder(row)
    if policy is not None:
        actions.GiveToHolder.do(CLOCK, policy, person=person)


def reopened(row: int, actor: Any) -> None:
    """It is nobody's again, unless the insurer has named the holder by number since."""
    policy = Policy.objects.matched_by_name(row)
    if policy is not None:
        actions.TakeFromHolder.do(CLOCK, policy)


def facts(row: int) -> Iterator[tuple[Any, Any]]:
    """Who reported it, and how long it runs: no sums."""
    policy = Policy.objects.for_display().filter(pk=row).first()
    if policy is not None:
        yield _("the insurer"), policy.insurer.label
        yield _("in force from"), policy.effective_on


sources.offer(sources.Source(KEY, gettext_lazy("Insurance policies"), decided=decided, reopened=reopened, facts=facts))
