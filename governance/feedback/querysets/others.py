"""Named readings of tasks, inquiries, supporters, rules, removals, drafts, templates, orders and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from governance.actions import RecordQuerySet
from governance.clocks.now import now


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


class ChangingQuerySet(RecordQuerySet):
    """Records that go on after the answer."""

    def with_changes(self) -> ChangingQuerySet:
        """With the moment something was last done (``changed_at``)."""
        events = apps.get_model("actions", "Event").objects.filter(record_type=ContentType.objects.get_for_model(self.model), record_id=OuterRef("pk"))
        return self.annotate(changed_at=Coalesce(Subquery(events.order_by("-done_at").values("done_at")[:1]), F("created_at"))).order_by("id")


class CommitmentQuerySet(ChangingQuerySet):
    """What offices have promised."""

    def for_display(self) -> CommitmentQuerySet:
        return self.select_related("area", "office", "matter__author")

    def for_list(self) -> CommitmentQuerySet:
        return self.select_related("area", "office")


class SupervisionQuerySet(ChangingQuerySet):
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
