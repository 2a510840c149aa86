"""Collective: a plan of a trustee that several employers may join (集合计划), so that a small firm files its own numbers only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders.responsibilities import Published
from programs.annuities.models.plan import vesting_field, vests_in_hundredths, vests_whole
from programs.annuities.querysets import CollectiveQuerySet
from programs.annuities.vocabulary import CollectiveState, Duty


class Collective(Record):
    """What is the same for every employer that joins: who runs it, how the employer's part vests, what it costs."""

    reference_prefix = "JH"
    final_states = frozenset({CollectiveState.REFUSED, CollectiveState.CLOSED})
    state_looks = {"offered": "wait", "open": "done", "refused": "off", "closed": "off"}

    offered_by = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", editable=False, verbose_name=_("trustee"))
    name = models.CharField(_("name of the plan"), max_length=100)
    for_whom = models.CharField(_("for which employers"), max_length=300, help_text=_("Such as: firms of a park with fewer than a hundred employees."))
    fees = models.CharField(_("what it costs"), max_length=300, help_text=_("All that is taken, from whom, and how it is worked out."))
    vesting = vesting_field()
    custodian = models.CharField(_("custodian (托管人)"), max_length=100)
    account_manager = models.CharField(_("account manager (账户管理人)"), max_length=100)
    investment_manager = models.CharField(_("investment manager (投资管理人)"), max_length=100)
    state = StateField(CollectiveState, default=CollectiveState.OFFERED)

    readers = Published(state__in=[CollectiveState.OPEN, CollectiveState.CLOSED]) | Party("offered_by", _("the trustee")) | Holds(Duty.EXAMINE_PLANS)
    objects = CollectiveQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("collective plan")
        verbose_name_plural = _("collective plans")
        constraints = [
            models.CheckConstraint(
                condition=vests_whole(), name="the_part_of_a_joining_employer_vests_whole",
                violation_error_message=_("The last number of the table must be 100."),
            ),
            models.UniqueConstraint(
                fields=["offered_by", "name"], condition=Q(state__in=[CollectiveState.OFFERED, CollectiveState.OPEN]), name="a_trustee_offers_a_plan_once",
                violation_error_message=_("You offer a collective plan of this name already."),
            ),
            vests_in_hundredths("annuities_collective"),
            bounds.one_of("annuities_collective", "state", CollectiveState),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annuities:collective-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return f"{self.name} ({self.offered_by.label})"

    @property
    def vesting_rows(self) -> list[tuple[int, int]]:
        """Full years, and per cent of the employer's part that belong to a member then."""
        return list(enumerate(self.vesting))

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What it says, in words."""
        named = ("for_whom", "fees", "custodian", "account_manager", "investment_manager")
        return [(_("trustee"), self.offered_by.label), *((self._meta.get_field(name).verbose_name, getattr(self, name)) for name in named)]
