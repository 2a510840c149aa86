"""Record: a thing with a state, an area, a public reference and readers, changed by actions only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pgtrigger
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.actions.actors import reading
from governance.actions.columns import with_followers
from governance.actions.responsibilities import NEVER, Responsibility
from governance.actions.written import writing
from governance.clocks.now import now, today

SETTING = "governance.action"


def check_character(digits: str) -> str:
    """The ISO 7064 MOD 11,10 check digit: every single wrong digit and nearly every swap of neighbours is noticed."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def reference_of(prefix: str, day: date, number: int) -> str:
    """A reference fit to be read out by telephone: kind, date, eight digits, check digit: ``CW-20261123-48291735-6``."""
    digits = f"{day:%Y%m%d}", f"{number:08d}"
    return f"{prefix}-{'-'.join(digits)}-{check_character(''.join(digits))}"


def new_reference(prefix: str) -> str:
    """A reference of today with random digits, so that nobody can guess the neighbour's."""
    return reference_of(prefix, today(), secrets.randbelow(10**8))


class StateField(models.CharField):
    """What a record is. Only an action changes it: a trigger refuses every other UPDATE."""

    def __init__(self, choices: Any = None, **options: Any) -> None:
        options = {"max_length": 32, "verbose_name": _("state"), "editable": False} | options
        super().__init__(choices=getattr(choices, "choices", choices), **options)

    def contribute_to_class(self, cls: Any, name: str, *arguments: Any, **options: Any) -> None:
        """Django's own way to the word for a state translates every state there is, for every row of a list."""
        words = dict(self.flatchoices)

        def display(record: Any) -> str:
            value = getattr(record, name)
            return str(words.get(value, value))

        if words and f"get_{name}_display" not in cls.__dict__:
            setattr(cls, f"get_{name}_display", display)
        super().contribute_to_class(cls, name, *arguments, **options)


class OfferedQuerySet(models.QuerySet):
    """Rows of which not all may be chosen any more, whoever asks for them and however an action narrows them."""

    def offered(self) -> OfferedQuerySet:
        """Those that a form offers and takes today."""
        raise NotImplementedError


class RecordQuerySet(models.QuerySet):
    """The reading words every record shares."""

    def visible_to(self, actor: Any) -> RecordQuerySet:
        """What this actor may read."""
        return self.filter(self.model.readers.q(reading(self.model, actor)))

    def with_actions(self, actor: Any) -> RecordQuerySet:
        """Each record knows what this actor may do with it now (``record.available``), without a further query."""
        possible = {action.flag: action.possible_for(actor) for action in registry.actions_on(self.model)}
        flags = {flag: ExpressionWrapper(q, BooleanField()) for flag, q in possible.items() if q is not NEVER}
        return self.annotate(**flags)

    def open_to(self, action: Any, actor: Any) -> RecordQuerySet:
        """The records on which this actor may do this now."""
        return self.filter(action.possible_for(actor))

    def for_display(self) -> RecordQuerySet:
        """With everything the record's page and a download show; slices extend it."""
        return self

    def for_list(self) -> RecordQuerySet:
        """With what a row of a list shows; slices narrow it where a record has much more to it."""
        return self.for_display()

    def update(self, **values: Any) -> int:
        """Within an action, each of the rows has an event that says so."""
        if (written := writing.get()) is None:
            return super().update(**values)
        with transaction.atomic():
            keys = list(self.order_by().select_for_update(of=("self",)).values_list("pk", flat=True))
            count = super().update(**values)
            if keys:
                written.act.bundle.changed(self.model, keys, names=values)
            return count

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        """Within an action, each of the rows has an event that says so."""
        made = super().bulk_create(objs, *args, **options)
        if made and (written := writing.get()) is not None:
            written.act.bundle.founded(self.model, [row.pk for row in made])
        return made


@dataclass(frozen=True)
class Guard:
    """What a person reads when a trigger refuses, and the field beside which it stands, if it is about one."""

    sentence: Any
    field: str | None = None


class Record(models.Model):
    """A thing with a state, an area, a reference number and readers. Changed by actions only."""

    reference_prefix: ClassVar[str] = "GZ"
    readers: ClassVar[Responsibility]
    final_states: ClassVar[frozenset[str]] = frozenset()
    shown: ClassVar[tuple[str, ...]] = ()  # names of the fields that the generated page shows
    sensitive: ClassVar[frozenset[str]] = frozenset()  # names of fields whose values never go into an event in the clear
    about: ClassVar[tuple[str, ...]] = ()  # fields that name the people whose personal data it holds; "pk" is the record itself
    guards: ClassVar[dict[str, Guard]] = {}  # the names under which its triggers refuse, each with what people read then
    changed_elsewhere: ClassVar[frozenset[str]] = frozenset()  # names of fields that other than its own actions change

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    created_at = models.DateTimeField(_("created"), default=now, editable=False)

    events = GenericRelation("actions.Event", "record_id", "record_type")
    clocks = GenericRelation("clocks.Clock", "record_id", "record_type")

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="state_by_action_only",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=(
                    f"IF coalesce(current_setting('{SETTING}', true), '') = '' THEN "
                    "RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', "
                    "CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;"
                ),
            )
        ]

    numbers_hidden = 0  # identity numbers that were blacked out in what was just written
    last_event: Any = None  # what was just done to it, for whoever did it

    def save(self, *args: Any, **options: Any) -> None:
        if not self.reference:
            self.reference = new_reference(self.reference_prefix)
        is_new = self._state.adding
        if options.get("update_fields"):
            options["update_fields"] = with_followers(type(self), options["update_fields"])
        super().save(*args, **options)
        if (written := writing.get()) is not None:
            written.saved(self, None if is_new else options.get("update_fields") or [field.name for field in self._meta.concrete_fields])

    @property
    def available(self) -> list[Any]:
        """The actions marked possible by ``with_actions``."""
        return [a for a in registry.actions_on(type(self)) if getattr(self, a.flag, False)]

    @property
    def may(self) -> frozenset[str]:
        """The names of these actions, for pages that draw a button of their own."""
        return frozenset(action.slug for action in self.available)

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What the generated page shows of it: labels and values; what is empty is left out."""
        found = [(self._meta.get_field(name).verbose_name, self._told(name)) for name in self.shown]
        return [(label, value) for label, value in found if value not in (None, "", [])]

    def _told(self, name: str) -> Any:
        display = getattr(self, f"get_{name}_display", None)
        return display() if display else getattr(self, name)

    @property
    def summary(self) -> str:
        """One line for lists and worklists."""
        return str(self)

    @property
    def at_work(self) -> str:
        """The same for whoever works on many such records and has to tell them apart."""
        return self.summary

    def __str__(self) -> str:
        return self.reference
