"""What is done with a policy: registered by its insurer, brought up to date, given to the right holder, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Kind, Party, Refused, System
from governance.stakeholders.models import Stakeholder
from governance.stakeholders.rules import NotAnIdentifier
from governance.stakeholders.vocabulary import StakeholderKind, Subkind
from governance.text import CodeField
from programs.policies import matching
from programs.policies.models import Policy, Product
from programs.policies.vocabulary import PolicyState

INSURER = Party("insurer", gettext_lazy("the insurer"))
TOLD = ("as_of", "cover", "premium", "payment", "surrender_value", "claims_count", "claims_paid")
HOLDER = CodeField(
    label=gettext_lazy("Number of the holder"), max_length=40,
    help_text=gettext_lazy("The identity number of the person; for group cover the credit code of the firm. It is not kept: only its keyed index is."),
)  # fmt: skip


def _number_read(kind: str, number: str) -> str:
    try:
        return matching.read(kind, number)
    except NotAnIdentifier as problem:
        raise Refused(_("This is no valid number: look at its length and its last character."), field="holder_number") from problem


class _Dated(Action):
    """Figures of a day."""

    def not_from_the_future(self, data: dict[str, Any]) -> None:
        if data["as_of"] > self.today:
            raise Refused(_("The figures cannot be of a day that is still to come."), field="as_of")


class RegisterPolicy(_Dated):
    """An insurer registers a policy; whoever holds it sees it among their own, and nobody else does."""

    called = "Register a policy"
    makes = Policy
    by = Kind(StakeholderKind.ENTERPRISE)
    end = PolicyState.IN_FORCE
    fields = ("product", "insured", "effective_on", "expires_on", *TOLD)
    inputs = {"policy_number": CodeField(label=gettext_lazy("Policy number"), max_length=60), "holder_number": HOLDER}
    tells = ("holder",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return Product.objects.of_insurer(actor.stakeholder_id).with_policies() if name == "product" else None

    def perform(self, record: None, *, policy_number: str, holder_number: str, **data: Any) -> Policy:
        insurer = self.actor.stakeholder
        if insurer.subkind != Subkind.INSURER or data["product"].insurer_id != insurer.pk:
            raise Refused(_("An insurer registers policies of its own products."), field="product")
        self.not_from_the_future(data)
        kind, index = data["product"].kind, matching.number_index(policy_number)
        if Policy.objects.of_insurer(insurer.pk).filter(number_index=index).exists():
            raise Refused(_("This policy is registered already. Update it instead."), field="policy_number")
        number = _number_read(kind, holder_number)
        return Policy(
            insurer=insurer, area_id=insurer.area_id, number_index=index, number_tail=matching.tail(policy_number),
            holder=matching.holder_of(kind, number), holder_index=matching.holder_index(kind, number), **data,
        )  # fmt: skip


class UpdatePolicy(_Dated):
    """The insurer tells newer figures."""

    called = "Update the policy"
    record = Policy
    by = INSURER
    start = {PolicyState.IN_FORCE, PolicyState.LAPSED}
    fields = TOLD
    place = 1

    def perform(self, record: Policy, **data: Any) -> None:
        self.not_from_the_future(data)
        if data["as_of"] < record.as_of:
            raise Refused(_("There are newer figures already."), field="as_of")
        super().perform(record, **data)


class LapsePolicy(Action):
    """Premiums are unpaid; the cover rests."""

    called = "Premiums unpaid"
    record = Policy
    by = INSURER
    start, end = {PolicyState.IN_FORCE}, PolicyState.LAPSED
    reason = True
    tells = ("holder",)


class RevivePolicy(Action):
    """Premiums are paid again; the cover goes on."""

    called = "In force again"
    record = Policy
    by = INSURER
    start, end = {PolicyState.LAPSED}, PolicyState.IN_FORCE
    tells = ("holder",)


class EndPolicy(Action):
    """The policy has ended: it has run out, was given back, or has paid."""

    called = "End the policy"
    record = Policy
    by = INSURER
    start, end = {PolicyState.IN_FORCE, PolicyState.LAPSED}, PolicyState.ENDED
    place = ASIDE
    reason = True
    tells = ("holder",)


class LookForHolder(Action):
    """The holder was not known here; perhaps their identity has been verified since."""

    called = "Look for the holder again"
    record = Policy
    by = INSURER
    provided = Q(holder__isnull=True)
    tells = ("holder",)

    def perform(self, record: Policy, **data: Any) -> None:
        found = matching.holder_by_index(record.product.kind, record.holder_index)
        if found is None:
            raise Refused(_("Nobody with this number has had their identity verified here yet."))
        record.holder = found


class GiveToHolder(Action):
    """An officer has decided whose it is: the file named its holder without a number."""

    record = Policy
    by = System()
    provided = Q(holder__isnull=True)
    inputs = {"person": forms.ModelChoiceField(Stakeholder.objects.all())}
    tells = ("holder", "insurer")

    def perform(self, record: Policy, *, person: Any) -> None:
        record.holder = person


class TakeFromHolder(Action):
    """That decision was taken up again: until it is settled the policy belongs to nobody."""

    record = Policy
    by = System()
    provided = Q(holder__isnull=False)
    tells = ("insurer",)

    def perform(self, record: Policy, **data: Any) -> None:
        record.holder = None


class CorrectHolder(Action):
    """The insurer says whose policy it is: another number was right."""

    called = "Correct the holder"
    record = Policy
    by = INSURER
    inputs = {"holder_number": HOLDER}
    place = ASIDE
    reason = True
    tells = ("holder",)

    def perform(self, record: Policy, *, holder_number: str) -> None:
        number = _number_read(record.product.kind, holder_number)
        record.holder = matching.holder_of(record.product.kind, number)
        record.holder_index = matching.holder_index(record.product.kind, number)
