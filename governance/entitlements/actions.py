"""What may be done: having a statement issued."""

from __future__ import annotations

from governance.actions import Action, Kind
from governance.entitlements import asking, people, wording
from governance.entitlements.contract import Asked
from governance.entitlements.models import Statement
from governance.entitlements.vocabulary import StatementState
from governance.stakeholders.vocabulary import StakeholderKind


class IssueStatement(Action):
    """Everything the programs say today is written down and sealed in the public log; you can hand it to whoever asks, and they can verify it."""

    called = "Have a statement issued"
    makes = Statement
    by = Kind(StakeholderKind.CITIZEN)
    end = StatementState.ISSUED
    seals = ("fingerprint",)

    def perform(self, record: None) -> Statement:
        person = people.person_of(self.actor.stakeholder)
        sources = asking.ask(person, self.today, may=people.may_ask(self.actor))
        lines = asking.answer_and_try(sources, Asked(person, self.today))
        return Statement.of(self.actor.stakeholder, wording.content(person, self.today, sources, lines))
