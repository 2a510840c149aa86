"""Named readings of matters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery

from governance import text
from governance.actions import RecordQuerySet
from governance.clocks.now import LOCAL, end_of_day
from governance.feedback.vocabulary import OF_THE_AUTHOR
from governance.feedback.words import ONE_OF
from governance.stakeholders.querysets import in_range

MOST_SIMILAR, MOST_WORDS = 5, 30
LONGEST_REFERENCE = 40
MOST_COUNTED = 10_000
MOST_WEIGHED, MOST_LOOKED_UP = 500, 8
FEWEST_FIGURES = 5  # of a telephone number or a reference, to look for it
ANY_OF, ALL_OF = " | ", " & "
PUBLIC = ("public_subject", "public_text", "public_answer")


class MatterQuerySet(RecordQuerySet):
    """What people bring."""

    def for_display(self) -> MatterQuerySet:
        beside = ("tasks__office", "replies__author__person", "replies__approved_by__person", "later", "commitments", "supervisions", "inquiries")
        return self.select_related("area", "author", "office", "organisation", "rule", "mandate", "before", "lead", "origin").prefetch_related(*beside)

    def for_list(self) -> MatterQuerySet:
        return self.select_related("office", "area", "author", "handler__person").defer("vector", "words", "text").with_clocks()

    def with_clocks(self) -> MatterQuerySet:
        """With the periods that run (``open_clocks``), the one that presses most first, in one statement."""
        return self.prefetch_related(Prefetch("clocks", apps.get_model("clocks", "Clock").objects.pressing(), to_attr="open_clocks"))

    def of_author(self, stakeholder_id: int | None) -> MatterQuerySet:
        """What one has brought oneself."""
        return self.filter(author_id=stakeholder_id)

    def of_office(self, stakeholder_id: int | None) -> MatterQuerySet:
        """What an office handles."""
        return self.filter(office_id=stakeholder_id)

    def published(self) -> MatterQuerySet:
        """What stands in the public register."""
        return self.exclude(published_at=None)

    def register(self, words: str = "") -> MatterQuerySet:
        """The public register, narrowed to some words; what fits best comes first, else the newest."""
        rows = self.published()
        if len(words) == 1:  # a single character is no word, and in no index
            holds = (Q(**{f"{column}__icontains": one}) for column in PUBLIC for one in text.spellings(words))
            rows = rows.filter(reduce(or_, holds)).order_by("-published_at", "-id")
        else:
            rows = rows.like_the_newest(words) if words else rows.order_by("-published_at", "-id")
        return rows.select_related("office", "area").defer("vector", "words", "text")

    def narrowed(
        self, *, kind: str = "", category: str = "", area: str = "", office: int | None = None, month: date | None = None
    ) -> MatterQuerySet:
        """Only of a kind, of a category, about an area, answered by an office, come in during a month."""
        chosen = {"kind": kind, "category": category, "office_id": office}
        rows = self.filter(**{name: value for name, value in chosen.items() if value})
        if month:
            first, beyond = (datetime.combine(day, time.min, LOCAL) for day in (month, (month + timedelta(days=32)).replace(day=1)))
            rows = rows.filter(created_at__gte=first, created_at__lt=beyond)
        return rows.within(area) if area else rows

    def counted(self) -> int:
        """How many, or one more than ``MOST_COUNTED`` where there are more: counting a million for every page is not worth it."""
        return self.order_by()[: MOST_COUNTED + 1].count()

    def with_words(self, words: str, how: str = ANY_OF) -> MatterQuerySet:
        """Matters with any (or all) of these words, in the order they have."""
        query = _query(words, how)
        return self.none() if query is None else self.filter(vector=query)

    def like_the_newest(self, words: str) -> MatterQuerySet:
        """What fits best among the newest that have all of the first words, and the newest that have one of them: to weigh a hundred
        thousand takes longer than anybody waits."""
        first, query = words.split()[:MOST_LOOKED_UP], _query(words)
        if query is None:
            return self.none()
        hows = (ALL_OF, ANY_OF) if len(first) > 1 else (ANY_OF,)
        newest = [self.with_words(" ".join(first), how).order_by("-published_at", "-id").values("pk")[:MOST_WEIGHED] for how in hows]
        either = newest[0].union(*newest[1:]) if len(newest) > 1 else newest[0]
        return self.model.objects.filter(pk__in=either).annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "-id")

    def similar(self, words: str) -> list[Any]:
        """Public matters that may already answer the question."""
        return list(
            self.published().like_the_newest(words).select_related("office").defer("vector", "words", "text")[:MOST_SIMILAR]
        )

    def reviews_of(self, matter: Any) -> list[Any]:
        """The review of its answer and the second one, with what they came to."""
        first = self.filter(before=matter).exclude(state="withdrawn")
        second = self.filter(before__in=first.values("pk")).exclude(state="withdrawn")
        return list((first | second).select_related("office").prefetch_related("replies").order_by("id"))

    def exchanged_with(self, user_id: int | None, stakeholder_id: int | None) -> MatterQuerySet:
        """What another system may see: the register; what its account has handed over; what it has brought for itself."""
        seen = Q(published_at__isnull=False)
        if stakeholder_id is not None:
            handed_over = self._events().filter(user_id=user_id, action="feedback.submit-matter")
            seen |= Q(author_id=stakeholder_id) | (Q(author=None) & Q(Exists(handed_over)))
        return self.filter(seen, before=None)

    def _events(self) -> Any:
        of_matters = ContentType.objects.get_for_model(self.model)
        return apps.get_model("actions", "Event").objects.filter(record_type=of_matters, record_id=OuterRef("pk"))

    def for_exchange(self) -> MatterQuerySet:
        """With the periods that run and the moment it changed last (``changed_at``), the newest first."""
        changed_at = Subquery(self._events().order_by("-done_at").values("done_at")[:1])
        return self.select_related("office", "area").with_clocks().annotate(changed_at=changed_at).order_by("-created_at", "-id")

    def of_reference(self, reference: str) -> Any:
        """The one of this reference; None where there is none."""
        return self.filter(reference=reference[:LONGEST_REFERENCE]).first()

    def older_than(self, matter: Any) -> MatterQuerySet:
        """What stands behind a matter where the newest come first."""
        return self.filter(Q(created_at__lt=matter.created_at) | Q(created_at=matter.created_at, pk__lt=matter.pk))

    def changed_since(self, at: datetime) -> MatterQuerySet:
        """Where something was done since a moment; after ``for_exchange``."""
        return self.filter(changed_at__gte=at)

    def steps_between(self, start: datetime, end: datetime) -> Any:
        """The events between two moments by which any of these came into another state, the newest first, each with its ``reference``."""
        events = apps.get_model("actions", "Event").objects
        mine = self.filter(pk=OuterRef("record_id"))
        steps = events.filter(record_type=ContentType.objects.get_for_model(self.model), done_at__gte=start, done_at__lte=end)
        return steps.exclude(end="").filter(Exists(mine)).annotate(reference=Subquery(mine.values("reference"))).order_by("-id")

    def within(self, area: str) -> MatterQuerySet:
        """About an area or anything in it."""
        return self.filter(in_range("area_id", area))

    def _sought(self, q: str) -> Q:
        """By what somebody at the desk has: a name, words of the subject or the text, a reference or a part of it, a telephone."""
        figures = re.sub(r"\D", "", q)
        sought = Q(subject__icontains=q) | Q(text__icontains=q) | Q(name__icontains=q) | Q(author__name__icontains=q) | Q(reference__icontains=q)
        if len(figures) >= FEWEST_FIGURES:
            apart = r"[^0-9]*".join(figures)  # as it was typed, with blanks or dashes
            sought |= Q(telephone__regex=apart) | Q(author__phone__regex=apart) | Q(reference__regex=apart)
        return sought

    def by_due_date(self) -> MatterQuerySet:
        """Each with the day that presses its office most (``due_at``)."""
        open_ones = apps.get_model("clocks", "Clock").objects.open().filter(
            record_type=ContentType.objects.get_for_model(self.model), record_id=OuterRef("pk")
        ).exclude(rule__code__in=OF_THE_AUTHOR)  # fmt: skip
        return self.annotate(due_at=Subquery(open_ones.order_by("due_at").values("due_at")[:1]))

    def on_desk(
        self, *, q: str = "", kind: str = "", category: str = "", state: str = "", handler: str = "", due: str = "", at: datetime
    ) -> MatterQuerySet:
        """What an office looks for: by words or reference, kind, subject, state, who works on it, and how soon it is due."""
        chosen = {"kind": kind, "category": category, "state": state, "handler_id": handler if handler.isdigit() else ""}
        rows = self.filter(**{name: value for name, value in chosen.items() if value})
        rows = rows.filter(handler=None) if handler == "nobody" else rows
        if q:
            rows = rows.filter(self._sought(q))
        until = {"late": at, "today": end_of_day(at), "week": at + timedelta(days=7)}.get(due)
        return rows.filter(due_at__lt=until) if until else rows

    def in_queue(self, queue: str, user_id: int | None, at: datetime) -> MatterQuerySet:
        """One of the piles of a desk; everything where there is none of that name."""
        return self._with_asked().filter(_piles(user_id, at)[queue]) if queue in QUEUES else self

    def piled(self, user_id: int | None, at: datetime) -> dict[str, int]:
        """How many lie on every pile of a desk, in one statement."""
        counted = {name: Count("pk", filter=pile) for name, pile in _piles(user_id, at).items()}
        return self.filter(state__in=OPEN).by_due_date()._with_asked().order_by().aggregate(**counted)

    def _with_asked(self) -> MatterQuerySet:
        """With whether a co-handler has not answered yet (``is_asked``)."""
        return self.annotate(is_asked=Exists(apps.get_model("feedback", "Task").objects.open().filter(matter=OuterRef("pk"))))

    def that_may_lead(self, matter: Any) -> MatterQuerySet:
        """With which a matter may be handled: of the same office and kind, being handled, not part of another."""
        same = self.filter(office_id=matter.office_id, kind=matter.kind, stage=matter.stage, state="accepted")
        return same.exclude(pk=matter.pk).order_by("-id")

    def handled_with(self, lead: Any) -> MatterQuerySet:
        """Those that wait for the answer to another."""
        return self.filter(lead=lead, state="merged").order_by("id")

    def to_call_back(self, start: datetime, end: datetime) -> MatterQuerySet:
        """Answered between two moments, by somebody who left a telephone number and has said nothing since."""
        answered = self.filter(state="answered", replies__sent_at__gte=start, replies__sent_at__lt=end, stage="handling").exclude(telephone="")
        return answered.exclude(ratings__round=F("round")).select_related("office", "area").distinct().order_by("reference")

    def among(self, pks: list[int]) -> MatterQuerySet:
        """These, in the order they came in."""
        return self.filter(pk__in=pks).order_by("id")

    def open_of_handler(self, office_id: int, user_id: int) -> MatterQuerySet:
        """What somebody of an office still works on."""
        return self.filter(office_id=office_id, handler_id=user_id).exclude(state__in=["answered", "merged", "withdrawn"]).order_by("id")

    def due_in(self, start: datetime, end: datetime) -> MatterQuerySet:
        """What is due in a stretch of time, the soonest first."""
        return self.by_due_date().filter(due_at__gte=start, due_at__lt=end).order_by("due_at", "id")

    def of_services(self, pairs: list[tuple[str, str]]) -> MatterQuerySet:
        """Of any of these kinds with their categories; nothing if there are none."""
        condition = Q(pk__in=[])
        for kind, category in pairs:
            condition |= Q(kind=kind, category=category)
        return self.filter(condition)

    def in_states(self, states: Iterable[str], *, closed: bool) -> MatterQuerySet:
        """In one of these, or in none of them."""
        return self.filter(state__in=states) if closed else self.exclude(state__in=states)

    def brought_between(self, start: datetime, end: datetime) -> MatterQuerySet:
        """What came in between two moments."""
        return self.filter(created_at__gte=start, created_at__lte=end)

    def received_since(self, day: date) -> MatterQuerySet:
        """What came in since a day, for trying a rule out."""
        return self.filter(created_at__date__gte=day, before=None).order_by("-id")


OPEN = ("received", "routed", "objected", "accepted", "drafted", "approved")
QUEUES = ("open", "late", "today", "mine", "nobody", "begin", "check", "send", "others", "objected")


def _piles(user_id: int | None, at: datetime) -> dict[str, Q]:
    """What lies on which pile; of matters with ``due_at``."""
    opened = Q(state__in=OPEN)
    return {
        "open": opened, "late": opened & Q(due_at__lt=at), "today": opened & Q(due_at__gte=at, due_at__lt=end_of_day(at)),
        "mine": opened & Q(handler=user_id), "nobody": opened & Q(handler=None), "begin": Q(state="routed"), "check": Q(state="drafted"), "send": Q(state="approved"),
        "others": Q(state="accepted", is_asked=True), "objected": Q(state="objected"),
    }  # fmt: skip


def _query(words: str, how: str = ANY_OF) -> SearchQuery | None:
    """Words apart; of one with several readings (``ONE_OF``) any is enough."""
    plain = words.replace("'", "").replace("\\", "").split()[:MOST_WORDS]
    asked = [[f"'{said}'" for said in word.split(ONE_OF) if said] for word in plain]
    any_said = [f"({ANY_OF.join(said)})" for said in asked if said]
    return SearchQuery(how.join(any_said), search_type="raw", config="simple") if any_said else None
