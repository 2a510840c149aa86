"""Invented counts: how often the quizzes were finished in the last months of the example city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from governance.catalogue.vocabulary import Tier
from governance.clocks.now import today
from governance.learning import loading
from governance.learning.models import Tally

TIMES = {Tier.FIRST: (31, 44, 27), Tier.SECOND: (12, 9, 3), Tier.THIRD: (18, 22, 15), Tier.FLOOR: (6, 11, 8), Tier.SERVICES: (2, 14, 10)}  # months back
WRONG = 3  # every third gets one question wrong, in turn


def is_complete() -> bool:
    """Whether this part is there."""
    return Tally.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Three months, one of them with a count too small to be shown."""
    say("Counting quizzes …")
    for tier, times in TIMES.items():
        keys = [one.key for one in loading.questions(tier)]
        for back, number in enumerate(times):
            month = (today().replace(day=1) - timedelta(days=28 * back)).replace(day=1)
            for n in range(number):
                Tally.objects.one_more(tier, month, {key: n % WRONG > 0 or at != n % len(keys) for at, key in enumerate(keys)})


def sign_ins() -> tuple[str, ...]:
    """Nobody of its own."""
    return ()
