"""``manage.py reseal``: after a new key was put in front of FIELD_KEYS, everything sealed by an older one is sealed by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from governance.signin.adapters import SECRET
from governance.stakeholders import ciphers
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.models.identity import LABEL

AT_ONCE = 500


class Command(BaseCommand):
    """Can be stopped and called again at any time; both keys are known meanwhile."""

    help = "Seal identity numbers and secrets of second factors anew with the first key of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            numbers = sealed_anew(IdentityDocument.objects.all(), renew_number)
            secrets = sealed_anew(Authenticator.objects.all(), renew_secrets)
        except KeyError as unknown:
            raise CommandError(f"Something is sealed by the key {unknown}, which FIELD_KEYS does not name. Add it again at the end.") from unknown
        self.stdout.write(f"Sealed anew: {numbers:,} identity numbers, secrets of {secrets:,} second factors.")
        self.stdout.write("Nothing is left under an older key. Backups made before still need the older ones.")


def sealed_anew(rows: models.QuerySet, renew: Callable[[Any], str | None]) -> int:
    """Row by row, a few hundred in a transaction; returns how many were changed."""
    changed, last = 0, None
    while True:
        with transaction.atomic():
            page = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
            taken = list(page.select_for_update()[:AT_ONCE])
            for row in taken:
                if field := renew(row):
                    row.save(update_fields=[field])
                    changed += 1
        if not taken:
            return changed
        last = taken[-1].pk


def renew_number(document: IdentityDocument) -> str | None:
    """The name of the field that changed, if any."""
    if ciphers.is_sealed_by_newest(document.sealed):
        return None
    document.sealed = ciphers.seal(ciphers.unseal(document.sealed, label=LABEL), label=LABEL)
    return "sealed"


def renew_secrets(factor: Authenticator) -> str | None:
    """An authenticator app has a secret, recovery codes have a seed or the codes; a security key has nothing secret."""
    before = dict(factor.data)
    factor.data = {name: _renewed(value) for name, value in before.items()} if factor.type != Authenticator.Type.WEBAUTHN else before
    return "data" if factor.data != before else None


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(one) for one in value]
    if not isinstance(value, str) or ciphers.is_sealed_by_newest(value):
        return value
    return ciphers.seal(ciphers.unseal(value, label=SECRET), label=SECRET)
