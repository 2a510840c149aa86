"""How fast it must go: urgent, complex, longer; and who may not touch it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Party, Refused, Starts
from governance.feedback import periods
from governance.feedback.actions.desk import ON_A_DESK, ColleagueField
from governance.feedback.actions.routing import COORDINATOR
from governance.feedback.models import Matter
from governance.feedback.models.matter import OFFICE
from governance.feedback.querysets import colleagues
from governance.feedback.responsibilities import NotBy
from governance.feedback.vocabulary import BY_HOTLINE, BY_PETITION, TELL_WITHOUT_ACCOUNT, MatterState, Stage, Urgency
from governance.stakeholders.models import User

BEGUN = {MatterState.ROUTED, MatterState.OBJECTED, MatterState.ACCEPTED}
BY_THE_HOTLINE = Q(kind__in=sorted(BY_HOTLINE), stage=Stage.HANDLING)
EXTENDABLE = Q(kind__in=sorted(BY_PETITION), stage=Stage.HANDLING)


class TreatAsUrgent(Action):
    """Somebody is in danger, or water, power or heating has failed: a short period runs from now; the ordinary one stays promised."""

    place = ASIDE
    called = "Treat it as urgent"
    record = Matter
    by = OFFICE | COORDINATOR
    start = BEGUN
    provided = BY_THE_HOTLINE & Q(urgency=Urgency.ORDINARY)
    inputs = {
        "urgency": forms.ChoiceField(
            label=gettext_lazy("How urgent is it?"), choices=[one for one in Urgency.choices if one[0] != Urgency.ORDINARY], widget=forms.RadioSelect
        )
    }  # fmt: skip
    reason = True
    starts = periods.URGENT
    tells = ("office", "author")


class TreatAsComplex(Action):
    """A coordinator, not the office itself, finds it too complex for seven days: fifteen, counted from the same day."""

    place = ASIDE
    called = "Treat it as complex"
    record = Matter
    by = COORDINATOR & ~Party("office", gettext_lazy("the office that handles it"))
    start = {MatterState.ROUTED, MatterState.ACCEPTED}
    provided = BY_THE_HOTLINE & Q(urgency=Urgency.ORDINARY, round=1)
    reason = True
    voids = ("HOT_FB_ORD",)
    starts = Starts(periods.COMPLEX, since="dispatched_at")
    tells = ("office", "author")
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    def perform(self, record: Matter, **data: Any) -> None:
        if record.clocks.filter(rule__code=periods.COMPLEX).exists():
            raise Refused(_("It is treated as complex already."))


class AskForExtension(Action):
    """Whoever works on it asks the head of the office for more time, and says why."""

    place = 6
    called = "Ask for more time"
    record = Matter
    by = OFFICE
    start = {MatterState.ACCEPTED, MatterState.DRAFTED}
    provided = EXTENDABLE & Q(extension_asked_by=None)
    reason = True

    def perform(self, record: Matter, **data: Any) -> None:
        record.extension_asked_by_id = self.actor.user_id


class ExtendHandling(Action):
    """Somebody else than who asked takes responsibility for the longer period; whoever brought it is told why."""

    place = 2
    called = "Extend the period"
    record = Matter
    by = OFFICE & NotBy("extension_asked_by", gettext_lazy("whoever asked for it"))
    start = {MatterState.ACCEPTED, MatterState.DRAFTED}
    provided = EXTENDABLE & Q(extension_asked_by__isnull=False)
    reason = True
    extends = ("PET_HANDLE",)
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    def perform(self, record: Matter, **data: Any) -> None:
        if self.actor.user_id is None or record.extension_asked_by_id == self.actor.user_id:
            raise Refused(_("You asked for it. Somebody else of your office decides."))
        record.extension_asked_by = None


class DeclineExtension(Action):
    """There is no good reason for more time; the period stays as it was promised."""

    place = 3
    called = "Leave the period as it is"
    record = Matter
    by = OFFICE
    start = {MatterState.ACCEPTED, MatterState.DRAFTED}
    provided = EXTENDABLE & Q(extension_asked_by__isnull=False)
    reason = True

    def perform(self, record: Matter, **data: Any) -> None:
        record.extension_asked_by = None


class BarFromMatter(Action):
    """Somebody of the office has an interest in it, or is close to whom it is about: they no longer see it nor work on it (回避)."""

    place = ASIDE
    called = "Bar somebody from it"
    record = Matter
    by = OFFICE | COORDINATOR
    start = ON_A_DESK
    inputs = {"who": ColleagueField(User.objects.none(), label=gettext_lazy("Who may not work on it?"), help_text=gettext_lazy("Yourself, too."))}
    reason = True

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return colleagues(record.office_id if record is not None else None)

    def perform(self, record: Matter, *, who: User, **data: Any) -> None:
        if who.pk in record.barred:
            raise Refused(_("They are barred from it already."), field="who")
        if record.replies.filter(Q(author=who) | Q(approved_by=who), round=record.round).exists():
            raise Refused(_("They have written or approved the answer that is being checked. Send the draft back first."), field="who")
        if not colleagues(record.office_id).exclude(pk__in=[*record.barred, who.pk]).exists():
            raise Refused(_("Nobody would be left in this office. Object, and a coordinator charges another office."), field="who")
        record.barred = [*record.barred, who.pk]
        if record.handler_id == who.pk:
            record.handler = None
