"""Named readings of matters, their tasks, answers, rules and files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Value

from governance.actions import RecordQuerySet
from governance.clocks.now import end_of_day, now
from governance.stakeholders.querysets import in_range

MOST_SIMILAR, MOST_WORDS = 5, 30
MOST_COUNTED = 10_000
MOST_WEIGHED = 2_000


class MatterQuerySet(RecordQuerySet):
    """What people bring."""

    def for_display(self) -> MatterQuerySet:
        beside = ("tasks__office", "replies__author__person", "replies__approved_by__person", "later", "commitments", "supervisions", "inquiries")
        return self.select_related("area", "author", "office", "organisation", "rule", "mandate", "before", "lead", "origin").prefetch_related(*beside)

    def for_list(self) -> MatterQuerySet:
        return self.select_related("office", "area", "handler__person").with_clocks()

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
        rows = self.published().select_related("office", "area")
        if not words:
            return rows.order_by("-published_at", "-id")
        # Of a word that a hundred thousand have, the newest are compared: to weigh them all takes longer than anybody waits.
        newest = self.published().with_words(words).order_by("-published_at", "-id").values("pk")[:MOST_WEIGHED]
        return rows.filter(pk__in=newest).like(words)

    def narrowed(self, *, kind: str = "", category: str = "", area: str = "", office: int | None = None) -> MatterQuerySet:
        """Only of a kind, of a category, about an area, answered by an office."""
        chosen = {"kind": kind, "category": category, "office_id": office}
        rows = self.filter(**{name: value for name, value in chosen.items() if value})
        return rows.within(area) if area else rows

    def counted(self) -> int:
        """How many, or one more than ``MOST_COUNTED`` where there are more: counting a million for every page is not worth it."""
        return self.order_by()[: MOST_COUNTED + 1].count()

    def like(self, words: str) -> MatterQuerySet:
        """Matters with any of these words, what fits best first. ``words`` come from ``words_of``."""
        query, vector = _query(words), SearchVector("words", config="simple")
        if query is None:
            return self.none()
        return self.annotate(vector=vector, rank=SearchRank(vector, query)).filter(vector=query).order_by("-rank", "-id")

    def with_words(self, words: str) -> MatterQuerySet:
        """Matters with any of these words, in the order they have."""
        query = _query(words)
        return self.none() if query is None else self.annotate(vector=SearchVector("words", config="simple")).filter(vector=query)

    def similar(self, words: str) -> list[Any]:
        """Public matters that may already answer the question."""
        return list(self.published().like(words).select_related("office")[:MOST_SIMILAR])

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

    def steps_between(self, start: datetime, end: datetime) -> Any:
        """The events between two moments by which any of these came into another state, the newest first, each with its ``reference``."""
        events = apps.get_model("actions", "Event").objects
        mine = self.filter(pk=OuterRef("record_id"))
        steps = events.filter(record_type=ContentType.objects.get_for_model(self.model), done_at__gte=start, done_at__lte=end)
        return steps.exclude(end="").filter(Exists(mine)).annotate(reference=Subquery(mine.values("reference"))).order_by("-done_at", "-id")

    def within(self, area: str) -> MatterQuerySet:
        """About an area or anything in it."""
        return self.filter(in_range("area_id", area))

    def by_due_date(self) -> MatterQuerySet:
        """Each with the day that presses most (``due_at``)."""
        open_ones = apps.get_model("clocks", "Clock").objects.open().filter(
            record_type=ContentType.objects.get_for_model(self.model), record_id=OuterRef("pk")
        )  # fmt: skip
        return self.annotate(due_at=Subquery(open_ones.order_by("due_at").values("due_at")[:1]))

    def on_desk(
        self, *, q: str = "", kind: str = "", category: str = "", state: str = "", handler: str = "", due: str = "", at: datetime
    ) -> MatterQuerySet:
        """What an office looks for: by words or reference, kind, subject, state, who works on it, and how soon it is due."""
        chosen = {"kind": kind, "category": category, "state": state, "handler_id": handler if handler.isdigit() else ""}
        rows = self.filter(**{name: value for name, value in chosen.items() if value})
        rows = rows.filter(handler=None) if handler == "nobody" else rows
        if q:
            rows = rows.filter(Q(reference=q.upper()) | Q(subject__icontains=q) | Q(name__icontains=q) | Q(author__name__icontains=q))
        until = {"late": at, "today": end_of_day(at), "week": at + timedelta(days=7)}.get(due)
        return rows.filter(due_at__lt=until) if until else rows

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


def _query(words: str) -> SearchQuery | None:
    asked = [word.replace("'", "").replace("\\", "") for word in words.split()[:MOST_WORDS]]
    return SearchQuery(" | ".join(f"'{word}'" for word in asked if word), search_type="raw", config="simple") if any(asked) else None


class TaskQuerySet(RecordQuerySet):
    """What co-handlers were asked."""

    def for_display(self) -> TaskQuerySet:
        return self.select_related("area", "office", "matter__office")

    def open(self) -> TaskQuerySet:
        """Those without an answer."""
        return self.filter(state="asked")


class InquiryQuerySet(RecordQuerySet):
    """What others were asked by a link."""

    def for_display(self) -> InquiryQuerySet:
        return self.select_related("area", "matter__office")


class SupporterQuerySet(RecordQuerySet):
    """Who asks for the same."""

    def for_display(self) -> SupporterQuerySet:
        return self.select_related("area", "matter", "stakeholder")

    def joined(self) -> SupporterQuerySet:
        """Those who take part, whoever speaks for all first."""
        return self.filter(state="joined").select_related("stakeholder").order_by("-represents", "id")

    def supported_by(self, stakeholder_id: int) -> dict[int, bool]:
        """The matters that one has joined, and whether one speaks for all there."""
        return dict(self.filter(stakeholder_id=stakeholder_id, state="joined").values_list("matter_id", "represents"))


class RuleQuerySet(RecordQuerySet):
    """Rules of routing."""

    def for_display(self) -> RuleQuerySet:
        return self.select_related("area")

    def in_order(self) -> RuleQuerySet:
        """As they are tried."""
        return self.select_related("area").order_by("state", "place", "id")

    def in_force(self, day: date) -> RuleQuerySet:
        """Those that count on a day, as they are tried."""
        begun = self.filter(state="activated").filter(Q(starts_on=None) | Q(starts_on__lte=day))
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=day)).order_by("place", "id")


class RemovalQuerySet(RecordQuerySet):
    """The public log of moderation."""

    def for_display(self) -> RemovalQuerySet:
        return self.select_related("area", "office", "matter__author")

    def newest_first(self) -> RemovalQuerySet:
        """As the log shows them."""
        return self.select_related("office", "matter").order_by("-created_at", "-id")

    def of_matter(self, pk: int) -> Any:
        """Why a matter is not in the register any more; None if it never left it."""
        return self.newest_first().exclude(state="restored").filter(matter_id=pk).first()


class FollowQuerySet(models.QuerySet):
    """Who follows what."""

    def of(self, stakeholder_id: int | None) -> FollowQuerySet:
        """What one follows oneself."""
        return self.filter(stakeholder_id=stakeholder_id) if stakeholder_id else self.none()

    def begin(self, matter: Any, stakeholder_id: int) -> None:
        """From now on; once, however often it is asked."""
        self.bulk_create([self.model(matter=matter, stakeholder_id=stakeholder_id)], ignore_conflicts=True)

    def end(self, matter: Any, stakeholder_id: int) -> None:
        """No longer."""
        self.of(stakeholder_id).filter(matter=matter).delete()


class DraftQuerySet(models.QuerySet):
    """What was begun and not sent."""

    def kept(self, user_id: int | None) -> dict[str, Any] | None:
        """What an account has begun."""
        return self.filter(user_id=user_id).values_list("data", flat=True).first() if user_id else None

    def keep(self, user_id: int | None, data: dict[str, Any]) -> None:
        """From now on this, if it is an account's."""
        if user_id:
            self.update_or_create(user_id=user_id, defaults={"data": data, "saved_at": now()})

    def drop(self, user_id: int | None) -> None:
        """It was sent, or is no longer wanted."""
        self.filter(user_id=user_id).delete()

    def forget(self, before: datetime) -> None:
        """What nobody has touched since."""
        self.filter(saved_at__lt=before).delete()


class WordingQuerySet(RecordQuerySet):
    """Templates of answers."""

    def in_use_by(self, office_id: int | None) -> WordingQuerySet:
        """What an office may answer with now."""
        return self.filter(office_id=office_id, state="in-use").order_by("name", "id")


class SupervisionQuerySet(RecordQuerySet):
    """Orders of supervisors."""

    def concluded(self) -> SupervisionQuerySet:
        """Those that have an outcome: of a published matter it is public."""
        return self.filter(state="concluded").select_related("office", "matter").order_by("id")


class FileQuerySet(models.QuerySet):
    """Attachments."""

    def of_draft(self, key: str) -> FileQuerySet:
        """What was put to a draft."""
        return self.filter(draft=key, matter=None).defer("content").order_by("id") if key else self.none()

    def forget_drafts(self, before: datetime) -> None:
        """Files of drafts that were never sent."""
        self.filter(matter=None, added_at__lt=before).delete()

    def take_out(self, key: str, number: int) -> None:
        """One file leaves a draft again."""
        self.of_draft(key).filter(pk=number).delete()

    def of_matter(self) -> FileQuerySet:
        """What a page lists of them: not their content."""
        return self.defer("content").order_by("id")

    def readable_by(self, actor: Any) -> FileQuerySet:
        """Files of matters that somebody may read."""
        matters = apps.get_model("feedback", "Matter").objects.visible_to(actor)
        return self.filter(Exists(matters.filter(pk=OuterRef("matter_id"))))


def colleagues(stakeholder_id: int | None) -> Any:
    """The accounts of those who act for an organisation, by name."""
    users = apps.get_model("stakeholders", "User").objects.filter(is_active=True).select_related("person")
    return users.filter(memberships__state="active", memberships__stakeholder_id=stakeholder_id).order_by("person__name_pinyin", "pk")


def barred_in(office_id: int, matter: Any) -> list[int]:
    """The accounts of an office's members who brought the matter themselves or are named in it."""
    users = apps.get_model("stakeholders", "User").objects.filter(memberships__state="active", memberships__stakeholder_id=office_id)
    concerned = Q(pk=None) if matter.author_id is None else Q(person_id=matter.author_id)
    if matter.named:
        concerned |= Q(alleged__contains=F("person__name"))
    return list(users.annotate(alleged=Value(matter.named)).filter(concerned).exclude(person__name="").values_list("pk", flat=True).distinct())


def offices_for(duty: str, area: str, day: date, barred: int | None = None) -> list[Any]:
    """Who holds a duty there on a day, the nearest first; the mandates with their holders. Whoever it is about is left out."""
    mandates = apps.get_model("stakeholders", "Mandate").objects.in_force(day).covering(area).filter(duty=duty)
    return list(mandates.exclude(stakeholder=barred).select_related("stakeholder").order_by("-area_id", "id"))


def next_level_up(duty: str, matter: Any, day: date) -> Any:
    """The office that reviews what another has answered: the nearest one that is not that office, wider than it."""
    barred = {matter.organisation_id, matter.office_id, getattr(matter.before, "office_id", None)}
    return next((m.stakeholder for m in offices_for(duty, matter.area_id, day) if m.stakeholder_id not in barred), None)


