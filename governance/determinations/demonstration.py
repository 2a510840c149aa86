"""Invented requests in the example city: one determined, one refused with its reason, one in which a fact is missing, one that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import transaction

from governance.clocks.now import now, stopped_at, today
from governance.determinations import actions, rulebook
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty
from governance.stakeholders import demonstration as people
from governance.stakeholders.actors import Assured
from governance.stakeholders.models import Mandate, Stakeholder, User

RULE = "insurance.when-to-retire"
FACTS = {"year": "1966", "month": "9", "group": "men"}


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return rulebook.question(RULE) is None or Determination.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """The mandate, and five requests."""
    say("Determinations …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create([people.mandate(bodies["insurance"], Duty.DETERMINE, people.CITY, "示例市社会保障权责清单（示例）", bodies["government"])])
    users = {user.username: user for user in User.objects.filter(is_synthetic=True).select_related("person")}
    clerk = Assured(bodies["insurance"], users["insurance"])

    def ask(who: str, days: float, **facts: str) -> Determination:
        with stopped_at(now() - timedelta(days=days)):
            return actions.AskForDetermination.do(Assured(users[who].person, users[who]), rule=RULE, facts=FACTS | facts)

    actions.GiveDetermination.do(clerk, ask("citizen01", 9, paid_years="31"))
    with stopped_at(now() - timedelta(days=90)):
        actions.GiveDetermination.do(clerk, ask("citizen", 0, month="5", paid_years=str(_years_paid())))
    actions.RefuseDetermination.do(clerk, ask("citizen04", 8, paid_years="9"), reason="截至今日缴费九年，不足规定年限。可以延长缴费，或转入城乡居民养老保险。")
    actions.AskForFacts.do(clerk, ask("citizen02", 5), reason="请补充缴费年限；如在外地缴过费，请说明地方和时间。")
    ask("citizen03", 1, paid_years="26")


def _years_paid() -> int:
    day = today()
    return ((day.year - people.PAYS_SINCE.year) * 12 + day.month - people.PAYS_SINCE.month) // 12


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "“citizen” works out when to retire and has it determined; “insurance” determines at /determinations/all/."
