"""Bringing something: oneself, without an account, or through staff; and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Anyone, Holds, Refused
from governance.clocks.now import today
from governance.feedback import periods, things
from governance.feedback.actions.keeping import kept
from governance.feedback.actions.routing import ROUTE
from governance.feedback.models import Attachment, Matter, Supplement
from governance.feedback.models.matter import AUTHOR, OFFICE
from governance.feedback.vocabulary import BEFORE_THE_ANSWER, TELL_WITHOUT_ACCOUNT, Channel, Duty, MatterState, Urgency
from governance.feedback.words import words_of
from governance.stakeholders.inputs import AreaField
from governance.stakeholders.models import Stakeholder
from governance.text import CodeField, form_field

ASKED = ("kind", "category", "subject", "text", "named", "name", "email", "telephone", "may_publish")
MOST_IN_ALL = 10  # files: five at first, five that come later
SAID = form_field(Supplement._meta.get_field("text"), widget=forms.Textarea(attrs={"rows": 5}))
APART = "feedback.take-apart"  # topic: what was handled together with it goes on by itself


_ABOUT = CodeField(label=gettext_lazy("The record it is about"), max_length=80, required=False, widget=forms.HiddenInput)


class _Brought(Action):
    """What both ways in have in common."""

    def matter(self, area: Any, draft: str = "", about: str = "", **data: Any) -> Matter:
        made = Matter(area=area, **data)
        made.words = words_of(f"{made.subject} {made.text}")
        if about:
            made.thing = things.found(self.actor, about)
            if made.thing is None:
                raise Refused(_("What it is about is not there, or not for you to see."), field="about")
            made.organisation = things.responsible(made.thing)
        if made.named.strip() and made.organisation is None:
            made.organisation = Stakeholder.objects.organisations().filter(name=made.named.strip()).first()
        return made


class SubmitMatter(_Brought):
    """Somebody asks, suggests, complains, reports, petitions, praises or has a record put right; an account is not needed."""

    called = "Send it"
    makes = Matter
    by = Anyone()
    end = MatterState.RECEIVED
    fields = ASKED
    inputs = {
        "area": AreaField(label=gettext_lazy("Where is it about?")),
        "about": _ABOUT,
    }
    starts = periods.DISPATCH
    hands_on = (ROUTE,)

    def perform(self, record: None, **data: Any) -> Matter:
        made = self.matter(**data)
        made.author = self.actor.stakeholder
        return made


class RegisterMatter(_Brought):
    """An officer writes down what somebody says by telephone, at the counter or by letter; they get the same receipt."""

    called = "Register what somebody brings"
    makes = Matter
    by = Holds(Duty.RECEIVE_MATTERS)
    end = MatterState.RECEIVED
    fields = ASKED
    inputs = {
        "channel": forms.ChoiceField(
            label=gettext_lazy("How did it come in?"), choices=[(c.value, c.label) for c in Channel if c != Channel.ONLINE], widget=forms.RadioSelect
        ),
        "urgency": forms.ChoiceField(label=gettext_lazy("How urgent is it?"), choices=Urgency.choices, initial=Urgency.ORDINARY, widget=forms.RadioSelect),
        "area": AreaField(label=gettext_lazy("Where is it about?")),
        "about": _ABOUT,
        "received_on": form_field(
            Matter._meta.get_field("received_on"), initial=today, required=False, help_text=gettext_lazy("The day on which the letter came or they were here: its periods count from then."),
        ),
    }  # fmt: skip
    starts = periods.DISPATCH
    hands_on = (ROUTE,)

    def perform(self, record: None, *, received_on: date | None = None, **data: Any) -> Matter:
        made = self.matter(received_on=received_on or self.today, **data)
        made.registered_by_id = self.actor.user_id
        return made


class WithdrawMatter(Action):
    """Whoever brought it takes it back; nothing more is done about it."""

    place = 8
    record = Matter
    by = AUTHOR
    start = set(BEFORE_THE_ANSWER)
    end = MatterState.WITHDRAWN
    voids = periods.ALL
    hands_on = (APART,)
    tells = ("office",)

    def perform(self, record: Matter, **data: Any) -> None:
        if record.tasks.open().exists():
            raise Refused(_("Co-handlers are working on it. Wait for their answer, or ask the office."))


class AddToMatter(Action):
    """Whoever brought it adds what they know, or a paper; the office is told."""

    place = 1
    called = "Add something"
    record = Matter
    by = AUTHOR
    start = set(BEFORE_THE_ANSWER)
    inputs = {"text": SAID}
    tells = ("office",)

    def perform(self, record: Matter, *, text: str, file: Attachment | None = None, **data: Any) -> None:
        if file is not None:
            if record.files.count() >= MOST_IN_ALL:
                raise Refused(_("There are ten files already. Write what the others show."), field="file")
            file.matter, file.draft = record, ""
            kept(file)
        kept(Supplement(matter=record, is_from_author=True, user_id=self.actor.user_id, text=text))


class AskAuthor(Action):
    """The office asks whoever brought it for what is missing; the period goes on, they are told."""

    place = 5
    called = "Ask whoever brought it"
    record = Matter
    by = OFFICE
    start = {MatterState.ACCEPTED}
    inputs = {"text": SAID}
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    def perform(self, record: Matter, *, text: str, **data: Any) -> None:
        kept(Supplement(matter=record, is_from_author=False, user_id=self.actor.user_id, text=text))


@transaction.atomic
def send_with_files(actor: Any, draft: str, **data: Any) -> Matter:
    """What was brought, and the files of its draft with it: both or neither."""
    made = SubmitMatter.do(actor, **data)
    if draft:
        Attachment.objects.of_draft(draft).update(matter=made, draft="")
    return made
