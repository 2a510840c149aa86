"""Who is responsible: rules first, then the office's word, then the coordinator's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Clock, Holds, Refused, Starts
from governance.actions.responsibilities import System
from governance.clocks.now import today
from governance.feedback import periods, rules
from governance.feedback.models import Matter, RoutingRule
from governance.feedback.models.matter import ACCUSED, MOST_PASSED_ON, OFFICE
from governance.feedback.querysets import accused_by, barred_in, charged_with, meant_by, offices_for
from governance.feedback.responsibilities import NotBarred
from governance.feedback.vocabulary import AGAINST_SOMEBODY, TELL_WITHOUT_ACCOUNT, Duty, Kind, MatterState, Path, RuleState, Stage
from governance.stakeholders.inputs import AreaField
from governance.stakeholders.models import Stakeholder
from governance.stakeholders.succession import LOCAL_DAY
from governance.stakeholders.vocabulary import MandateState

DESK = Holds(Duty.RECEIVE_MATTERS)
COORDINATOR = DESK & ~ACCUSED & NotBarred()  # of matters that are not about the desk itself, nor about whoever sits there


ROUTE = "feedback.route"  # topic: the rules say who is responsible


def to_answer(kind: str) -> str:
    """The duty that answers a kind, where no rule says otherwise."""
    return Duty.EXAMINE_REPORTS if kind == Kind.REPORT else Duty.ANSWER_MATTERS


def _goes_to(record: Matter, office: Stakeholder, mandate: Any = None, rule: Any = None) -> None:
    """To this office, with its members barred who have brought it or are named in it."""
    record.office, record.mandate, record.rule = office, mandate or charged_with(record, office, today()), rule
    record.barred = sorted({*record.barred, *barred_in(office.pk, record)})
    record.handler = None


class RouteMatter(Action):
    """The rules of routing say which office is responsible; it has five working days to object."""

    place = 2
    called = "Pass to the office responsible"
    record = Matter
    by = System() | COORDINATOR
    start, end = {MatterState.RECEIVED}, MatterState.ROUTED
    stops = periods.DISPATCH_CODES
    starts = (*periods.OBJECTION, *periods.FEEDBACK)
    tells = ("office", "author")

    def perform(self, record: Matter, **data: Any) -> None:
        if record.organisation_id is None and record.named:
            record.organisation = meant_by(record.named)
        asked = rules.Sorted(record.kind, record.category, record.area_id, f"{record.subject}\n{record.text}")
        record.rule = rules.first_fitting(RoutingRule.objects.in_force(self.today), asked)
        duty = record.rule.duty if record.rule else to_answer(record.kind)
        found = offices_for(duty, record.area_id, self.today)
        if record.kind in AGAINST_SOMEBODY:
            # Where a name is not exact, whoever may be meant does not get it either: if nobody else is charged, a coordinator looks.
            found = [
                one
                for one in found
                if one.stakeholder_id != record.organisation_id and not rules.may_be(record.named, one.stakeholder.name)
            ]
        elif record.kind == Kind.CORRECTION:
            found.sort(key=lambda one: one.stakeholder_id != record.organisation_id)  # whoever keeps the record puts it right
        if not found:
            raise Refused(_("Nobody holds the duty to answer this here. A coordinator decides who is responsible."))
        record.is_rerouted = record.office_id is not None and record.clocks.filter(rule__code__in=periods.ANSWERING).open().exists()
        _goes_to(record, found[0].stakeholder, found[0], record.rule)


class _Assigned(Action):
    """To an office that is chosen."""

    inputs = {"to": forms.ModelChoiceField(Stakeholder.objects.none(), label=gettext_lazy("Which office?"))}

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        if record is None:
            return Stakeholder.objects.none()
        barred = {*accused_by(record), record.office_id} if cls.record is Matter else set()
        rows = Stakeholder.objects.organisations().approved().filter(kind="government")
        return rows.exclude(pk__in=barred - {None}).order_by("name_pinyin", "pk")


class AssignMatter(_Assigned):
    """The coordinator decides who is responsible; an office so charged may not send it back."""

    place = 2
    called = "Decide who is responsible"
    record = Matter
    by = COORDINATOR
    start, end = {MatterState.RECEIVED, MatterState.OBJECTED}, MatterState.ROUTED
    reason = True
    stops = (*periods.DISPATCH_CODES, *periods.OBJECTION_CODES)
    leads_to = periods.ANSWERING
    starts = periods.FEEDBACK
    voids = periods.FEEDBACK_CODES
    tells = ("office", "author")

    def perform(self, record: Matter, *, to: Stakeholder, **data: Any) -> None:
        record.is_ruled = record.state == MatterState.OBJECTED
        _goes_to(record, to)


class GiveToAnotherOffice(_Assigned):
    """The office that handled it is charged no more; a coordinator gives it to another, and every period goes on."""

    place = 1
    record = Matter
    by = COORDINATOR
    start = {MatterState.ROUTED, MatterState.ACCEPTED, MatterState.DRAFTED, MatterState.APPROVED}
    provided = Q(mandate__state=MandateState.ENDED) | Q(mandate__ends_on__lt=LOCAL_DAY)
    reason = True
    leads_to = (*periods.OBJECTION_CODES, *periods.ANSWERING)
    tells = ("office", "author")

    def perform(self, record: Matter, *, to: Stakeholder, **data: Any) -> None:
        if charged_with(record, record.office, self.today) is not None:
            raise Refused(_("The office that handles it is charged with it by another mandate, and goes on."))
        _goes_to(record, to)


class SayWhomItIsAbout(Action):
    """A coordinator finds out which organisation is meant; from now on it neither handles this nor reads it."""

    place = ASIDE
    called = "Say which organisation it is about"
    record = Matter
    by = COORDINATOR
    start = {MatterState.RECEIVED, MatterState.ROUTED, MatterState.OBJECTED, MatterState.ACCEPTED}
    inputs = {
        "organisation": forms.ModelChoiceField(Stakeholder.objects.none(), label=gettext_lazy("Which organisation is meant?"))
    }
    reason = True

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return Stakeholder.objects.organisations().approved().order_by("name_pinyin", "pk")

    def perform(self, record: Matter, *, organisation: Stakeholder, **data: Any) -> None:
        if record.kind == Kind.REPORT and record.tasks.filter(office=organisation).exists():
            raise Refused(
                _("Whoever it is about has already been asked; a report must not be shown to them."), field="organisation"
            )
        record.organisation = organisation


class AcceptMatter(Action):
    """The office is responsible and begins."""

    place = 1
    record = Matter
    by = OFFICE
    start, end = {MatterState.ROUTED}, MatterState.ACCEPTED
    stops = periods.OBJECTION_CODES
    leads_to = periods.ANSWERING
    starts = periods.HANDLING
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT,)  # the written notice that it is taken up


class KeepMatter(Action):
    """The office has not objected in five working days; it is responsible."""

    record = Matter
    by = Clock()
    start, end = {MatterState.ROUTED}, MatterState.ACCEPTED
    starts = periods.HANDLING
    tells = ("office", "author")
    hands_on = (TELL_WITHOUT_ACCOUNT,)


class ObjectToRouting(Action):
    """The office says why it is not responsible; a coordinator decides."""

    place = 3
    called = "Object: not responsible"
    record = Matter
    by = OFFICE
    start, end = {MatterState.ROUTED}, MatterState.OBJECTED
    provided = Q(is_ruled=False)
    reason = True
    stops = periods.OBJECTION_CODES
    tells = ("author",)


class PassMatterOn(_Assigned):
    """The office knows who is responsible and passes it there, with the reason; whoever brought it is told."""

    place = 4
    record = Matter
    by = OFFICE
    start, end = {MatterState.ROUTED}, MatterState.ROUTED
    provided = Q(is_ruled=False)
    reason = True
    stops = periods.OBJECTION_CODES
    starts = periods.OBJECTION
    tells = ("office", "author")

    def perform(self, record: Matter, *, to: Stakeholder, **data: Any) -> None:
        if to.pk in {*accused_by(record)}:
            raise Refused(_("It is about this office. Object, and a coordinator decides."), field="to")
        if record.passed_on >= MOST_PASSED_ON:
            raise Refused(_("It has been passed on twice already. Object, and a coordinator decides."))
        record.passed_on += 1
        _goes_to(record, to)


PERIOD_OF = {Path.HOTLINE: "HOT_FB_ORD", Path.PETITION: "PET_HANDLE", Path.CORRECTION: periods.CORRECT}


class RetypeMatter(Action):
    """What was brought is really of another kind: its periods begin, and those already promised stay visible."""

    place = ASIDE
    called = "It is of another kind"
    record = Matter
    by = OFFICE | COORDINATOR
    start = {MatterState.RECEIVED, MatterState.ROUTED, MatterState.ACCEPTED}
    fields = ("kind",)
    reason = True
    starts = tuple(Starts(rule, where=("became", frozenset({path}))) for path, rule in PERIOD_OF.items())
    tells = ("author", "office")
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    def perform(self, record: Matter, *, kind: str, **data: Any) -> None:
        if kind == record.kind or record.stage != Stage.HANDLING:
            raise Refused(_("It is of this kind already. Choose another one."), field="kind")
        was, record.kind = record.path, kind
        record.became = record.path if record.path != was and self.begins(record) else ""
        if kind == Kind.REPORT and record.tasks.filter(office__in=accused_by(record)).exists():
            raise Refused(_("Whoever it is about has already been asked; a report must not be shown to them."), field="kind")

    @staticmethod
    def begins(record: Matter) -> bool:
        """Whether its new period begins now: a petition's with its acceptance, the hotline's when it has come to an office; none runs twice."""
        early = {Path.PETITION: {MatterState.RECEIVED, MatterState.ROUTED}, Path.HOTLINE: {MatterState.RECEIVED}, Path.CORRECTION: set()}
        return record.state not in early[record.path] and not record.clocks.filter(rule__code=PERIOD_OF[record.path]).open().exists()


class RedirectMatter(Action):
    """It is about something else, or somewhere else, than was chosen; it goes to whoever is responsible then, and no promised day moves."""

    place = ASIDE
    called = "It is about something else, or somewhere else"
    record = Matter
    by = OFFICE | COORDINATOR
    start, end = {MatterState.RECEIVED, MatterState.ROUTED, MatterState.OBJECTED, MatterState.ACCEPTED}, MatterState.RECEIVED
    provided = Q(stage=Stage.HANDLING, is_ruled=False)
    fields = ("category",)
    inputs = {"area": AreaField(label=gettext_lazy("Where is it about?"))}
    reason = True
    stops = periods.OBJECTION_CODES
    tells = ("author", "office")
    hands_on = (ROUTE, TELL_WITHOUT_ACCOUNT)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"category": record.category, "area": record.area.label} if record is not None else {}

    def perform(self, record: Matter, *, category: str, area: Any, **data: Any) -> None:
        if (category, area.pk) == (record.category, record.area_id):
            raise Refused(_("It is about this already. Choose something else, or another place."), field="category")
        if record.tasks.open().exists():
            raise Refused(_("Co-handlers are working on it. Wait for their answer first."))
        record.category, record.area, record.handler = category, area, None


class ProposeRoutingRule(Action):
    """Somebody who receives matters proposes a rule; it is tried on last month's matters before it counts."""

    called = "Propose a rule of routing"
    makes = RoutingRule
    by = DESK
    end = RuleState.PROPOSED
    fields = ("place", "name", "kinds", "categories", "words", "duty", "basis", "starts_on", "ends_on")
    inputs = {"area": AreaField()}

    def perform(self, record: None, **data: Any) -> RoutingRule:
        return RoutingRule(**data)


class ActivateRoutingRule(Action):
    """From now on matters go by this rule."""

    called = "Put this rule in force"
    record = RoutingRule
    by = DESK
    start, end = {RuleState.PROPOSED}, RuleState.ACTIVATED


class EndRoutingRule(Action):
    """Matters no longer go by this rule; those it has routed stay where they are."""

    called = "End this rule"
    record = RoutingRule
    by = DESK
    start, end = {RuleState.PROPOSED, RuleState.ACTIVATED}, RuleState.ENDED
    reason = True


