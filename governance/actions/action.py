"""Action: one class that says who, from which state, to which state, by when, and who is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import classproperty
from django.utils.translation import gettext, gettext_lazy

from governance.actions import bulk, cleaning, conclusion, inputs, judging, registry
from governance.actions.actors import Assurance
from governance.actions.records import Record
from governance.actions.refusals import NotAssured, NotNow, NotResponsible, NotSignedIn, NotVisible, Refusal, Refused
from governance.actions.responsibilities import ALWAYS, NEVER, Anyone, Clock, Party, Responsibility, both
from governance.actions.written import Written, writing
from governance.clocks import calendars
from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.clocks.now import today as local_today

running: ContextVar[str] = ContextVar("running", default="")  # the key of the action that is open to state changes here


@dataclass(frozen=True)
class Starts:
    """A clock that the action starts: the code of its rule, and the key of the action the clock does at its end.

    It runs from now, or from what ``since`` of the record names, also when it is past: a moment, or a day, such as that of
    receipt. A day that is not today counts from its beginning. With ``ahead`` a past day is today: it was to come.
    """

    rule: str
    then: str = ""
    since: str = ""
    ahead: bool = False
    where: tuple[str, frozenset[str]] | None = None  # only if this attribute of the record is one of these

    def runs_on(self, record: Any) -> bool:
        """Whether this record is one on which the clock runs."""
        return self.where is None or getattr(record, self.where[0]) in self.where[1]

ASIDE = 9


class Action:
    """What may be done with a record. Subclass and declare; the docstring is one sentence in domain words."""

    do_not_call_in_templates = True

    called: ClassVar[str] = ""  # where the class's name is not how people say it; not inherited
    record: ClassVar[type[Record] | None] = None  # what it is done to; None founds something out of nothing
    makes: ClassVar[type[Record] | None] = None  # what comes into being
    by: ClassVar[Responsibility]
    start: ClassVar[set[str] | None] = None  # the states from which; None = any
    end: ClassVar[str | None] = None  # the state into which (of what is made, if something is); None = unchanged
    provided: ClassVar[Q] = Q()  # a further condition on the record
    fields: ClassVar[tuple[str, ...]] = ()
    inputs: ClassVar[dict[str, Any]] = {}
    seals: ClassVar[tuple[str, ...]] = ()  # fields of what it makes that nobody types and the event tells all the same
    reason: ClassVar[bool] = False
    place: ClassVar[int] = 5  # among the actions of a record: the lowest comes first and is the main one; ASIDE is never the next step
    starts: ClassVar[Starts | tuple[Starts, ...]] = ()
    stops: ClassVar[tuple[str, ...]] = ()  # the periods it answers: whoever may do it has them on the worklist
    voids: ClassVar[tuple[str, ...]] = ()  # the periods that no longer matter afterwards
    pauses: ClassVar[tuple[str, ...]] = ()
    resumes: ClassVar[tuple[str, ...]] = ()
    extends: ClassVar[tuple[str, ...]] = ()  # as far as the rule allows, or as ``perform`` says in ``self.extension``
    restarts: ClassVar[tuple[str, ...]] = ()
    leads_to: ClassVar[tuple[str, ...]] = ()  # the periods that it brings nearer to their answer: a step on the way
    tells: ClassVar[tuple[str, ...]] = ()
    hands_on: ClassVar[tuple[str, ...]] = ()  # topics of work that the outbox gets with it: {"record": its key}
    assurance: ClassVar[Assurance] = Assurance.NONE
    select: ClassVar[tuple[str, ...]] = ()
    app_label: ClassVar[str] = ""
    flag: ClassVar[str] = ""  # what a record is marked with when its reader may do this

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "by" in cls.__dict__:  # a base class shared by several actions declares no responsibility
            cls.flag = f"may_{cls.slug.replace('-', '_')}"
            cls.app_label = cls.app_label or cls.__module__.split(".actions")[0].rsplit(".", 1)[-1]
            registry.add(cls)

    def __init__(self, actor: Any, record: Any, reason: str = "") -> None:
        self.actor, self.record_before, self.reason_given = actor, record, reason
        self.extension: int | None = None  # in the unit of the clock's rule
        self.document = ""  # the paper that shows why a period starts, stops, pauses or is extended
        self.now = now()
        self.today = local_today()
        self.event_id = uuid7()
        self.right: dict[str, Any] = {}  # by which it is done
        self.written = Written(self)

    @cached_property
    def bundle(self) -> bulk.Bundle:
        """What it writes in many records at once, each with its event: see ``governance.actions.bulk``."""
        by = {"user_id": self.actor.user_id, "stakeholder_id": self.actor.stakeholder_id, "right": self.right}
        return bulk.Bundle(self.key, cause=self.event_id, at=self.now, reason=self.reason_given, **by)

    # What it is called ------------------------------------------------------------------------------------------------

    @classproperty
    def is_aside(cls) -> bool:
        """Whether it is never the next step, so that its button is quiet wherever it stands."""
        return cls.place >= ASIDE

    @classproperty
    def slug(cls) -> str:
        return _slug(cls.__name__)

    @classproperty
    def key(cls) -> str:
        return f"{cls.app_label}.{cls.slug}"

    @classproperty
    def title_source(cls) -> str:
        return cls.__dict__.get("called") or cls.slug.replace("-", " ").capitalize()

    @classproperty
    def works_on(cls) -> tuple[str, ...]:
        """The periods that whoever may do this has on the worklist, and is reminded of."""
        return (*cls.stops, *cls.resumes, *cls.restarts, *cls.leads_to)

    @classproperty
    def title(cls) -> Any:
        return gettext_lazy(cls.title_source)

    @classproperty
    def description_source(cls) -> str:
        return " ".join((cls.__doc__ or "").split())

    @classproperty
    def description(cls) -> Any:
        return gettext_lazy(cls.description_source)

    # Who, when --------------------------------------------------------------------------------------------------------

    @classmethod
    def open_to_anyone(cls) -> bool:
        """Whether it can be done without an account."""
        return any(isinstance(reason, Anyone) for reason in cls.by.reasons())

    @classmethod
    def by_clock_only(cls) -> bool:
        """Whether it happens by itself and nobody else can do it."""
        return all(isinstance(reason, Clock) for reason in cls.by.reasons())

    @classmethod
    def barred(cls, actor: Any) -> Refusal | None:
        """What keeps this actor from acting at all, whatever the record."""
        if actor.is_clock:
            return None if any(isinstance(r, Clock) for r in cls.by.reasons()) else NotResponsible()
        if actor.stakeholder_id is None and not cls.open_to_anyone():
            return NotSignedIn()
        if why := actor.may_use(cls):
            return NotResponsible(why)
        if actor.assurance < cls.assurance:
            return NotAssured(_how_to_be_assured(cls.assurance))
        return None

    @classmethod
    def when(cls) -> Q:
        """The records on which it can be done now, whoever does it."""
        return both(Q(state__in=cls.start) if cls.start is not None else ALWAYS, cls.provided or ALWAYS)

    @classmethod
    def possible_for(cls, actor: Any) -> Q:
        """The records on which this actor may do this now."""
        if cls.barred(actor):
            return NEVER
        return both(cls.when(), cls.by.q(actor))

    @classmethod
    def possible_at_all(cls, actor: Any) -> bool:
        """For founding actions: whether this actor may try."""
        return cls.barred(actor) is None and cls.by.standing(actor)

    @staticmethod
    def available(actor: Any, record: Record) -> list[type[Action]]:
        """Every action this actor may do on this record now, in one query."""
        return type(record).objects.filter(pk=record.pk).with_actions(actor).get().available

    # What is asked for ------------------------------------------------------------------------------------------------

    @classmethod
    def form(cls, actor: Any, record: Any = None, **options: Any) -> Any:
        """The form of the action for this actor, bound if ``data`` is given."""
        return inputs.form_class(cls, actor, record)(**options)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """The rows that a reference field may name: by default what the actor may read. Override to narrow."""
        return None

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        """What the form starts with: for actions that change the record, what it is now."""
        if record is None or cls.makes is not None:
            return {}
        return {name: getattr(record, name) for name in cls.fields}

    # Doing it ---------------------------------------------------------------------------------------------------------

    def perform(self, record: Any, **data: Any) -> Any:
        """The change itself; returns what was made (unsaved), or nothing. By default the inputs become the record's."""
        for name, value in data.items():
            setattr(record, name, value)

    @classmethod
    def do(cls, actor: Any, record: Any = None, *, reason: str = "", once: Any = None, **data: Any) -> Any:
        """Do it, whole or not at all, and return the record that changed or was made.

        Raises a Refusal, with nothing written. With ``once``, a repeated request returns what the first one did.
        """
        try:
            with transaction.atomic():
                return cls._do(actor, record, reason, once, data)
        except (Refusal, IntegrityError, DataError, ValidationError, OverflowError) as problem:
            if once is not None and (answer := once.answer(cls.key)) is not None:
                return answer
            if isinstance(problem, Refusal):
                raise
            raise conclusion.refusal_of(problem) from problem

    @classmethod
    def _do(cls, actor: Any, record: Any, reason: str, once: Any, data: dict[str, Any]) -> Any:
        if barred := cls.barred(actor):
            raise barred
        outer = running.get()
        record, right, number = cls._founded(actor) if cls.record is None else cls._locked(actor, record)
        if cls.reason and not reason.strip():
            raise Refused(gettext("Give the reason."), field="reason")
        before = conclusion.values_of(record)
        counted = cleaning.hidden.set(0)
        act = cls(actor, record, cleaning.without_numbers(reason.strip()))
        act.right = conclusion.with_delegation(actor, right)
        token, noted = running.set(cls.key), writing.set(act.written)
        try:
            made = act.perform(record, **data)
            done = conclusion.conclude(act, record, made, before=before, once=once, outer=outer, number=number)
            done.numbers_hidden = cleaning.hidden.get()
            return done
        finally:
            cleaning.hidden.reset(counted)
            writing.reset(noted)
            running.reset(token)

    @classmethod
    def _founded(cls, actor: Any) -> tuple[None, dict[str, Any], int | None]:
        if not cls.by.standing(actor):
            raise NotResponsible(cls._who_may())
        number = conclusion.open_to_state_changes(cls.key, cls.makes)
        reason = next((r for r in cls.by.reasons() if r.standing(actor)), None)
        return None, reason.right(actor, None) if reason else {}, number

    @classmethod
    def _locked(cls, actor: Any, record: Any) -> tuple[Any, dict[str, Any], int | None]:
        """The record, locked, open to state changes and judged, and the number of what will be made: all in one statement."""
        found = judging.judged(cls, actor, getattr(record, "pk", record))
        if found is None or not (found.judged_by or found.judged_visible):
            raise NotVisible
        if not found.judged_by:
            raise NotResponsible(cls._who_may())
        if not found.judged_now:
            raise NotNow(_not_from(found))
        reason = next((r for i, r in enumerate(cls.by.reasons()) if getattr(found, f"judged_{i}")), None)
        return found, reason.right(actor, found) if reason else {}, getattr(found, "judged_number", None)

    @classmethod
    def _who_may(cls) -> str:
        return gettext("This is done by %(who)s.") % {"who": cls.by.words()}

    @classmethod
    def why_not(cls, actor: Any, record: Any) -> Refusal:
        """Why this actor may not do this on a record they may read: never by state and by right at once."""
        if record is None:
            return NotResponsible(cls._who_may())
        mine = cls.record._base_manager.filter(cls.by.q(actor), pk=record.pk).exists()
        return NotNow(_not_from(record)) if mine else NotResponsible(cls._who_may())

    @classmethod
    def who_is_told(cls) -> str:
        """Those who are told, for a sentence."""
        target = cls.makes or cls.record
        known = {reason.path: reason.words() for reason in target.readers.reasons() if isinstance(reason, Party)}
        names = [known.get(path) or str(_named(target, path)) for path in cls.tells]
        return gettext(" and ").join(names)

    @classmethod
    def what_starts(cls) -> str:
        """The period that begins, in a sentence."""
        rules = [calendars.rule(starts.rule) for starts in cls.clocks_started() if starts.where is None]
        return " ".join(
            gettext("A period begins: %(rule)s, %(length)s.") % {"rule": rule, "length": rule.length} for rule in rules if rule
        )

    @classmethod
    def clocks_started(cls) -> Iterable[Starts]:
        """The clocks it starts."""
        return (cls.starts,) if isinstance(cls.starts, Starts) else cls.starts


@cache
def _slug(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def _not_from(record: Any) -> str:
    state = record.get_state_display() if hasattr(record, "get_state_display") else record.state
    return gettext("This cannot be done now: the state is “%(state)s”.") % {"state": state}


def _named(model: Any, path: str) -> Any:
    """What a path leads to, in words; "pk" is the record itself."""
    name = model._meta.verbose_name
    for step in path.split("__") if path != "pk" else ():
        field = model._meta.get_field(step)
        name, model = field.verbose_name, field.related_model
    return name


def _how_to_be_assured(level: Assurance) -> str:
    if level >= Assurance.IDENTITY:
        return gettext("Have your identity verified first: online, or by an officer at a counter. Your account page shows how.")
    return gettext("Confirm your e-mail address or telephone number first. Your account page shows how.")


__all__ = ["Action", "Starts"]
