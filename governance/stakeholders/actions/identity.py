"""Who somebody is: verified by an officer at a counter."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Party, Refused
from governance.stakeholders import validators
from governance.stakeholders.inputs import alike
from governance.stakeholders.models import IdentityDocument, Stakeholder
from governance.stakeholders.vocabulary import Duty, StakeholderKind, StakeholderState
from governance.text import CodeField, WordsField


class VerifyIdentity(Action):
    """An officer at a counter has seen the person and their identity document; the number is kept sealed."""

    record = Stakeholder
    by = Holds(Duty.VERIFY_IDENTITIES) & ~Party("pk", gettext_lazy("the one concerned"))
    start = {StakeholderState.APPROVED}
    provided = Q(kind=StakeholderKind.CITIZEN, identity_verified_at__isnull=True)
    inputs = {
        "name": WordsField(label=gettext_lazy("Name on the document"), max_length=200),
        "number": CodeField(
            label=gettext_lazy("Number of the document"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=gettext_lazy("Kept sealed; nobody sees it again on a page."),
        ),
    }  # fmt: skip
    tells = ("pk",)

    def perform(self, record: Stakeholder, *, name: str, number: str) -> None:
        if self.actor.user is not None and self.actor.user.person_id == record.pk:
            raise Refused(_("Nobody verifies their own identity. Ask a colleague."))
        if alike(name) != alike(record.name):
            raise Refused(_("The name differs from the one on the account. Have it corrected there first."), field="name")
        try:
            read = validators.read_number(number)
        except ValidationError as problem:
            raise Refused(problem.message, field="number") from problem
        IdentityDocument.objects.filter(pk=record.pk).delete()
        IdentityDocument.of(record, read).save(force_insert=True)
        record.identity_verified_at, record.identity_verified_by = self.now, self.actor.stakeholder
