"""``manage.py found``: the body from which every other mandate follows, and the first person who acts for it."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from governance import areas
from governance.actions import bulk
from governance.clocks.now import now, today
from governance.stakeholders.models import Area, Mandate, Membership, Stakeholder, User
from governance.stakeholders.vocabulary import Duty, Role, Subkind

DUTIES = (Duty.GRANT_MANDATES, Duty.APPROVE_ORGANISATIONS)


class Command(BaseCommand):
    """Nobody grants a mandate to themselves, so the first one is given here, once, by whoever runs the installation."""

    help = "Begin an installation: one government body that grants mandates and approves organisations, and its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--area", required=True, help="the code of the area it is responsible for, 12 digits")
        parser.add_argument("--name", required=True, help="the body's full name")
        parser.add_argument("--name-en", default="", help="its name in English")
        parser.add_argument("--uscc", required=True, help="its unified social credit code")
        parser.add_argument("--basis", required=True, help="the legal basis of its mandate, as it is cited")
        parser.add_argument("--person", required=True, help="the first administrator's name")
        parser.add_argument("--email", required=True, help="the first administrator's address; the password is chosen with it")

    def handle(self, *args: Any, **options: Any) -> None:
        if Mandate.objects.filter(duty=Duty.GRANT_MANDATES, stakeholder__is_synthetic=False).exists():
            raise CommandError("This installation is founded already: mandates are granted by the body that holds that duty.")
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError(f"There is no area {options['area']}. It has twelve digits, for example 110101000000.")
        try:
            user = found(area, options)
        except ValidationError as problem:
            raise CommandError("; ".join(f"{field}: {' '.join(texts)}" for field, texts in problem.message_dict.items())) from problem
        self.stdout.write(f"Founded. {user.email} chooses a password at /account/password/reset/, and then a second factor.")


@transaction.atomic
def found(area: Area, said: dict[str, str]) -> User:
    """The body, its first administrator, and the two mandates from which everything else follows; each has its event in the log."""
    with bulk.founding("manage.py found"):
        return _found(area, said)


def _found(area: Area, said: dict[str, str]) -> User:
    body = _approved(
        subkind=Subkind.AUTHORITY, name=said["name"], name_en=said["name_en"], uscc=said["uscc"], area=area, level=areas.level_of(area.code)
    )
    person = _approved(subkind=Subkind.PERSON, name=said["person"], area=area)
    user = User(username=f"first-{body.pk}", email=said["email"], person=person, contact_confirmed_at=now())
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Membership.objects.create(
        area=area, stakeholder=body, user=user, person=person, invited_email=user.email, since=today(), state="active",
        roles=[Role.ADMINISTRATOR, Role.OFFICER],
    )  # fmt: skip
    for duty in DUTIES:
        Mandate.objects.create(area=area, stakeholder=body, duty=duty, legal_basis=said["basis"], starts_on=today())
    return user


def _approved(*, subkind: Subkind, **fields: Any) -> Stakeholder:
    made = Stakeholder(kind=subkind.kind, subkind=subkind, state="approved", **fields)
    made.full_clean(exclude=["reference", "name_pinyin"], validate_constraints=False)
    made.save()
    return made
