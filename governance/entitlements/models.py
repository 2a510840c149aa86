"""Statement: what every program said about a person at one moment, sealed."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import bounds
from governance.actions import Party, Record, RecordQuerySet, StateField
from governance.entitlements.vocabulary import StatementState


class StatementQuerySet(RecordQuerySet):
    """Reading statements."""

    def for_display(self) -> StatementQuerySet:
        return self.select_related("person", "area")

    def newest_of(self, person: Any, count: int) -> StatementQuerySet:
        """The newest of one person, without what stands in them."""
        return self.filter(person=person).order_by("-id").defer("document")[:count]


class Statement(Record):
    """What every program said about a person at one moment. Never changed; its fingerprint stands in the public log."""

    reference_prefix = "BZ"
    final_states = frozenset({StatementState.ISSUED})
    state_looks = {"issued": "done"}
    about = ("person",)
    sensitive = frozenset({"document"})
    shown = ("person",)

    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=gettext_lazy("about whom"))
    document = models.TextField(gettext_lazy("what stands in it"), editable=False)
    fingerprint = models.CharField(gettext_lazy("fingerprint"), max_length=64, editable=False)
    state = StateField(StatementState, default=StatementState.ISSUED)

    readers = Party("person", gettext_lazy("the person concerned"))
    objects = StatementQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-id"]
        verbose_name = gettext_lazy("statement of entitlements")
        verbose_name_plural = gettext_lazy("statements of entitlements")
        indexes = [models.Index(fields=["person", "-id"], name="statements_of_a_person")]
        constraints = [bounds.one_of("entitlements_statement", "state", StatementState)]
        triggers = [*Record.Meta.triggers, pgtrigger.Protect(name="a_statement_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    @classmethod
    def of(cls, person: Any, content: dict[str, Any]) -> Statement:
        """An unsaved one, with the fingerprint of what stands in it."""
        document = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls(person=person, area_id=person.area_id, document=document, fingerprint=hashlib.sha256(document.encode()).hexdigest())

    def get_absolute_url(self) -> str:
        return reverse("entitlements:statement-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return _("Statement for %(person)s") % {"person": self.person.label}

    @cached_property
    def content(self) -> dict[str, Any]:
        """What stands in it."""
        return json.loads(self.document)
