"""The public register: what goes in, what is taken out and why, and who decides on an objection to that."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Party, Refused
from governance.feedback import rules
from governance.feedback.actions.after import TELL_FOLLOWERS
from governance.feedback.actions.keeping import kept
from governance.feedback.actions.routing import COORDINATOR
from governance.feedback.models import Edition, Matter, Removal
from governance.feedback.models.matter import AUTHOR, OFFICE
from governance.feedback.responsibilities import HoldsCode, NotBy
from governance.feedback.vocabulary import TELL_WITHOUT_ACCOUNT, Duty, Ground, Kind, MatterState, RemovalState, Stage
from governance.feedback.words import public_words_of
from governance.text import form_field

FOLLOWED = {"commitment": TELL_FOLLOWERS[0], "removal": "feedback.tell-of-removal"}  # topics: whoever follows is told
TELL_OF_REMOVAL = "feedback.tell-author-of-removal"
PUBLIC = ("public_subject", "public_text", "public_answer")
BROUGHT_IT = Party("matter__author", gettext_lazy("whoever brought it")) | HoldsCode("matter")
NOT_THE_SAME = NotBy("taken_out_by", gettext_lazy("whoever took it out"))
DECIDES = Holds(Duty.RECEIVE_MATTERS) & ~Party("matter__organisation", gettext_lazy("the organisation it is about"))


class PublishMatter(Action):
    """What was asked and answered goes into the public register, without names and numbers of people."""

    place = 3
    called = "Publish in the register"
    record = Matter
    by = OFFICE | COORDINATOR
    start = {MatterState.ANSWERED}
    # Also where the register shows an older answer: the newer one takes its place, the older one stays to be read below.
    provided = Q(may_publish=True, stage=Stage.HANDLING) & (Q(published_at=None) | Q(published_round__lt=F("round"))) & ~Q(kind=Kind.REPORT)
    inputs = {name: form_field(Matter._meta.get_field(name), required=True) for name in PUBLIC}
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        sent = next(iter(record.sent), None)
        told = {"public_subject": record.subject, "public_text": record.text, "public_answer": sent.text if sent else ""}
        if record.published_at is not None:  # what was made fit for everybody once need not be done again
            told |= {"public_subject": record.public_subject, "public_text": record.public_text}
        return {name: rules.masked(text) for name, text in told.items()}

    def perform(self, record: Matter, **data: Any) -> None:
        for name, text in data.items():
            if leaked := rules.leaks(text, record.secrets, allowed=[record.office.phone]):
                raise Refused(_("This would tell who somebody is: %(what)s. Take it out.") % {"what": leaked[0]}, field=name)
        if record.published_at is not None:
            kept(Edition(matter=record, text=record.public_answer, published_at=record.published_at))
        for name, text in data.items():
            setattr(record, name, text)
        record.words = public_words_of(" ".join(data.values()))
        record.published_at, record.published_round = self.now, record.round


class _TakesOut(Action):
    """It leaves the register; a line in the public log of moderation stays."""

    def removal(self, matter: Matter, ground: str, why: str) -> Removal:
        if leaked := rules.leaks(why, matter.secrets):
            raise Refused(_("This would tell who somebody is: %(what)s. Take it out.") % {"what": leaked[0]}, field="why")
        matter.published_at = None
        by = self.actor.stakeholder if self.actor.kind == "government" else None
        return Removal(matter=matter, area=matter.area, office=by, ground=ground, why=why, taken_out_by_id=self.actor.user_id)


class TakeOutOfRegister(_TakesOut):
    """A published matter leaves the register; the ground is public, whoever brought it is told and may object."""

    place = 8
    record, makes = Matter, Removal
    by = COORDINATOR
    start, end = {MatterState.ANSWERED, MatterState.ACCEPTED}, RemovalState.REMOVED
    provided = Q(published_at__isnull=False)
    fields = ("ground", "why")
    hands_on = (FOLLOWED["removal"], TELL_OF_REMOVAL)
    tells = ("matter__author", "matter__office")

    def perform(self, record: Matter, *, ground: str, why: str, **data: Any) -> Removal:
        return self.removal(record, ground, why)


class WithdrawConsent(_TakesOut):
    """Whoever brought it no longer wants it in the register; it leaves at once."""

    place = 8
    called = "Take it out of the register"
    record, makes = Matter, Removal
    by = AUTHOR
    start, end = {MatterState.ANSWERED, MatterState.ACCEPTED}, RemovalState.REMOVED
    provided = Q(published_at__isnull=False)
    tells = ("matter__office",)

    def perform(self, record: Matter, **data: Any) -> Removal:
        record.may_publish = False
        return self.removal(record, Ground.CONSENT, str(Ground.CONSENT.label))


class ObjectToRemoval(Action):
    """Whoever brought it says why it should stand in the register; somebody else than who took it out decides."""

    called = "Object to this"
    record = Removal
    by = BROUGHT_IT
    start, end = {RemovalState.REMOVED}, RemovalState.APPEALED
    provided = ~Q(ground=Ground.CONSENT)
    fields = ("objection",)
    tells = ("office",)

    def perform(self, record: Removal, *, objection: str, **data: Any) -> None:
        if not objection.strip():
            raise Refused(_("Say why it should be published again."), field="objection")
        record.objection = objection


class _Decides(Action):
    """Somebody else than who took it out."""

    record = Removal
    start = {RemovalState.APPEALED}
    fields = ("decision",)
    tells = ("matter__author",)

    def perform(self, record: Removal, *, decision: str, **data: Any) -> None:
        if not decision.strip():
            raise Refused(_("Say why."), field="decision")
        if rules.leaks(decision, record.matter.secrets):
            raise Refused(_("Everybody can read this: leave out names, numbers and addresses of people."), field="decision")
        record.decision, record.decided_by_id = decision, self.actor.user_id


class UpholdRemoval(_Decides):
    """The objection was looked at; it stays out of the register, and everybody can read why."""

    called = "It stays out"
    by = DECIDES & NOT_THE_SAME
    end = RemovalState.UPHELD
    hands_on = (FOLLOWED["removal"], TELL_OF_REMOVAL)


class RestoreMatter(_Decides):
    """The objection is right; it is published again."""

    called = "Publish it again"
    by = DECIDES & NOT_THE_SAME
    end = RemovalState.RESTORED
    hands_on = (FOLLOWED["removal"], TELL_OF_REMOVAL)

    def perform(self, record: Removal, **data: Any) -> None:
        super().perform(record, **data)
        matter = record.matter
        matter.published_at = self.now
        matter.save(update_fields=["published_at"])
