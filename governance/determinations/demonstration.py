"""Invented requests in the example city: one determined, one refused with its reason, one in which a fact is missing, one that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction

from governance.actions import Assurance
from governance.clocks.now import now, stopped_at, today
from governance.determinations import actions, rulebook
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty
from governance.stakeholders import demonstration as people
from governance.stakeholders.actors import Actor, Held
from governance.stakeholders.models import Mandate, Stakeholder, User

RULE = "insurance.when-to-retire"
FACTS = {"year": "1966", "month": "9", "group": "men"}


class _Acting(Actor):
    """Somebody of the demonstration, with the duties their office holds."""

    duties: tuple[Held, ...] = ()
    assurance = Assurance.IDENTITY

    def __init__(self, stakeholder: Stakeholder, user: Any) -> None:
        super().__init__(user, stakeholder)
        mandates = Mandate.objects.in_force(today()).filter(stakeholder=stakeholder).select_related("area")
        self.duties = tuple(Held(m.duty, m.area.start, m.area.stop, m.pk) for m in mandates)

    def may_use(self, action: Any) -> str | None:
        return None


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return rulebook.question(RULE) is None or Determination.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """The mandate, and four requests."""
    say("Determinations …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create([people.mandate(bodies["insurance"], Duty.DETERMINE, people.CITY, "示例市社会保障权责清单（示例）", bodies["government"])])
    users = {user.username: user for user in User.objects.filter(is_synthetic=True).select_related("person")}
    clerk = _Acting(bodies["insurance"], users["insurance"])

    def ask(who: str, days: float, **facts: str) -> Determination:
        with stopped_at(now() - timedelta(days=days)):
            return actions.AskForDetermination.do(_Acting(users[who].person, users[who]), rule=RULE, facts=FACTS | facts)

    actions.GiveDetermination.do(clerk, ask("citizen01", 9, paid_years="31"))
    actions.RefuseDetermination.do(clerk, ask("citizen", 8, paid_years="9"), reason="截至今日缴费九年，不足规定年限。可以延长缴费，或转入城乡居民养老保险。")
    actions.AskForFacts.do(clerk, ask("citizen02", 5), reason="请补充缴费年限；如在外地缴过费，请说明地方和时间。")
    ask("citizen03", 1, paid_years="26")


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "“citizen” works out when to retire and has it determined; “insurance” determines at /determinations/all/."
