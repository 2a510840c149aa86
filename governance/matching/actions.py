"""What may be done with a question, by whom, and by when. A person decides; neither of the two entries is changed by it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import ASIDE, Action, Holds, Refused, Starts, System
from governance.matching import sources
from governance.matching.models import Pair
from governance.matching.querysets import HOLDING
from governance.matching.vocabulary import DECIDED, Duty, State

PERIOD = "matching.decide"
OFFICER = Holds(Duty.ADJUDICATE)


class AskWhetherSame(Action):
    """Two entries are alike: an officer is asked whether they are the same person."""

    makes = Pair
    by = System()
    end = State.WAITING
    starts = Starts(PERIOD)

    def perform(self, record: None, *, pair: Pair) -> Pair:
        return pair


class _Officer(Action):
    """By a person who is neither of the two."""

    record = Pair

    def the_officer(self, record: Pair) -> int:
        """Who does it. Raises Refused."""
        if self.actor.user_id is None:
            raise Refused(_("A person decides, not a program."))
        if self.actor.user.person_id in {record.person_id, record.twin_id} - {None}:
            raise Refused(_("This is about you. Somebody else decides it."))
        return self.actor.user_id


class _Decides(_Officer):
    """With a reason, which is kept with the question."""

    start = {State.WAITING}
    stops = (PERIOD,)
    reason = True

    def perform(self, record: Pair, **data: Any) -> None:
        record.decided_by_id, record.ground = self.the_officer(record), self.reason_given


class ConfirmSame(_Decides):
    """The same person: a row without an owner goes to them; of two registrations neither is granted anything new until that is settled."""

    called = "The same person"
    place = 1
    by = OFFICER
    end = State.SAME
    tells = ("person", "twin")

    def perform(self, record: Pair, **data: Any) -> None:
        super().perform(record, **data)
        if not record.is_duplicate and record.person_id is not None:
            self.is_somebody(record.person)
            sources.source(record.entry.source).decided(record.entry.row, record.person, self.actor)


    def is_somebody(self, person: Any) -> None:
        """What is somebody's goes to nobody whose identity was not verified."""
        if person.identity_verified_at is None:
            raise Refused(_("The identity of who was found has not been verified. Until it is, this cannot be given to them."))


class DenySame(_Decides):
    """Not the same person: it is not asked again, and nothing is held any longer because of it."""

    called = "Not the same person"
    place = 2
    by = OFFICER
    end = State.DIFFERENT


class LeaveUnclear(_Decides):
    """What is known is not enough: nothing is joined, and nothing is held."""

    called = "Cannot tell"
    place = 3
    by = OFFICER
    end = State.UNCLEAR


class ReopenQuestion(_Officer):
    """A decision is taken up again, because somebody objects or more is known; what followed from it is taken back."""

    called = "Take it up again"
    place = ASIDE
    by = OFFICER
    start, end = set(DECIDED), State.WAITING
    reason = True
    starts = Starts(PERIOD)

    def perform(self, record: Pair, **data: Any) -> None:
        self.the_officer(record)
        if record.state == State.SAME and not record.is_duplicate:
            sources.source(record.entry.source).reopened(record.entry.row, self.actor)
        record.decided_by = record.passed_by = record.pass_asked_by = None
        record.ground = record.pass_ground = ""


class OpenEntries(_Officer):
    """Names and dates in full, for one officer and one question: the reason is kept, and those concerned see that it was done."""

    called = "See it in full"
    place = 6
    by = OFFICER
    reason = True

    def perform(self, record: Pair, **data: Any) -> None:
        self.the_officer(record)


class AskToPass(_Officer):
    """Something is due now all the same: an officer asks that nothing be held any longer because of this question."""

    called = "Ask to let it pass"
    place = 7
    by = OFFICER
    provided = HOLDING & Q(pass_asked_by__isnull=True)
    reason = True

    def perform(self, record: Pair, **data: Any) -> None:
        record.pass_asked_by_id, record.pass_ground = self.the_officer(record), self.reason_given


class LetPass(_Officer):
    """A second person has looked at it: nothing is held any longer because of this question."""

    place = 4
    by = OFFICER
    provided = HOLDING & Q(pass_asked_by__isnull=False)
    reason = True
    tells = ("person", "twin")

    def perform(self, record: Pair, **data: Any) -> None:
        record.passed_by_id = self.the_officer(record)
        if record.passed_by_id in {record.pass_asked_by_id, record.decided_by_id}:
            raise Refused(_("You asked for it or decided about it yourself. A second person looks at it and lets it pass."))


class KeepHolding(_Officer):
    """It is not let pass: what is new stays held until the question is settled."""

    called = "Do not let it pass"
    place = 8
    by = OFFICER
    provided = HOLDING & Q(pass_asked_by__isnull=False)
    reason = True

    def perform(self, record: Pair, **data: Any) -> None:
        self.the_officer(record)
        record.pass_asked_by, record.pass_ground = None, ""


class DropQuestion(Action):
    """One of the two entries is gone: there is nothing left to ask."""

    record = Pair
    by = System()
    start, end = {State.WAITING}, State.MOOT
    voids = (PERIOD,)
