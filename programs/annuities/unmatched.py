"""Members whom a file named without a number: what an officer may see of them, and what follows once it is decided who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import CLOCK
from governance.matching import sources
from programs.annuities.actions import members
from programs.annuities.models import Account

KEY = "annuities"


def _account(row: int, **known: Any) -> Account | None:
    return Account.objects.for_display().filter(pk=row, blind__startswith="named ", **known).first()


def decided(row: int, person: Any, actor: Any) -> None:
    """It is theirs; they and the employer are told."""
    if (account := _account(row, member=None)) is not None:
        members.GiveToMember.do(CLOCK, account, person=person)


def reopened(row: int, actor: Any) -> None:
    """It is nobody's again."""
    if (account := _account(row, member__isnull=False)) is not None:
        members.TakeFromMember.do(CLOCK, account)


def facts(row: int) -> Iterator[tuple[Any, Any]]:
    """Who entered it, and since when: no sums."""
    if (account := _account(row)) is not None:
        yield _("employer"), account.plan.employer.label
        yield _("member since"), account.joined_on


sources.offer(sources.Source(KEY, gettext_lazy("Members of annuity plans"), decided=decided, reopened=reopened, facts=facts))
