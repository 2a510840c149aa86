"""What follows once it is decided who a member is whom a file named without a number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from governance.actions import Action, System
from governance.stakeholders.models import Stakeholder
from programs.annuities.models import Account


class GiveToMember(Action):
    """An officer has decided whose account it is: the file named the member without a number."""

    record = Account
    by = System()
    provided = Q(member__isnull=True)
    inputs = {"person": forms.ModelChoiceField(Stakeholder.objects.all())}
    tells = ("member", "plan__employer")

    def perform(self, record: Account, *, person: Any) -> None:
        record.member = person


class TakeFromMember(Action):
    """That decision was taken up again: until it is settled the account is nobody's here."""

    record = Account
    by = System()
    provided = Q(member__isnull=False)
    tells = ("plan__employer",)

    def perform(self, record: Account, **data: Any) -> None:
        record.member = None
