"""Report: what a custodian says a plan's assets are worth, or an investment manager what they have earned."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from programs.annuities.models.plan import MOST_YUAN, Plan
from programs.annuities.querysets import ReportQuerySet
from programs.annuities.vocabulary import Duty, ReportState


class Report(Record):
    """Figures of a whole plan on a day. The employer does not read them: of a plan with one member they would be its account."""

    reference_prefix = "NG"
    final_states = frozenset({ReportState.CORRECTED})
    state_looks = {"told": "done", "corrected": "off"}

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports", editable=False, verbose_name=_("plan"))
    sender = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", editable=False, verbose_name=_("who tells it"))
    since = models.DateField(_("from"), null=True)
    as_of = models.DateField(_("as of"))
    assets_amount = models.DecimalField(_("the plan’s assets (yuan)"), max_digits=18, decimal_places=2, null=True, validators=[MinValueValidator(0)])
    accounts_amount = models.DecimalField(_("sum of all accounts (yuan)"), max_digits=18, decimal_places=2, null=True, editable=False)
    percent = models.DecimalField(
        _("earned in this time (per cent)"), max_digits=7, decimal_places=3, null=True, validators=[MinValueValidator(-100), MaxValueValidator(1000)],
        help_text=_("After costs; a loss with a minus sign."),
    )  # fmt: skip
    state = StateField(ReportState, default=ReportState.TOLD)

    readers = (
        Party("sender", _("who tells it")) | Party("plan__trustee_here", _("the trustee")) | Party("plan__keeper", _("the keeper of the accounts"))
        | Party("plan__custodian_here", _("the custodian")) | Party("plan__investor_here", _("the investment manager")) | Holds(Duty.EXAMINE_PLANS)
    )  # fmt: skip
    objects = ReportQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["plan", "-as_of"], name="reports_of_a_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(assets_amount__isnull=False, percent__isnull=True) | Q(assets_amount__isnull=True, percent__isnull=False, since__isnull=False),
                name="a_report_tells_one_thing", violation_error_message=_("A report tells either what the assets are worth, or what they have earned."),
            ),
            models.UniqueConstraint(
                fields=["plan", "sender", "as_of"], condition=Q(state=ReportState.TOLD), name="a_day_is_told_once",
                violation_error_message=_("You have told this day already. Take that report back first."),
            ),
            bounds.one_of("annuities_report", "state", ReportState),
            bounds.day("annuities_report", "since"),
            bounds.day("annuities_report", "as_of"),
            bounds.in_order("annuities_report", "since", "as_of", _("The time begins before it ends."), may_be_same=False),
            *(bounds.amount("annuities_report", f"{what}_amount", least=least, most=MOST_YUAN) for what, least in (("assets", 0), ("accounts", -MOST_YUAN))),
            bounds.percent("annuities_report", "percent", least=-100, most=1000),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan.name} {self.as_of:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("annuities:report-detail", args=[self.pk])

    @property
    def difference(self) -> Decimal | None:
        """What the assets are above the accounts; None where nothing was compared."""
        return None if self.assets_amount is None or self.accounts_amount is None else self.assets_amount - self.accounts_amount

    @property
    def summary(self) -> str:
        """One line for lists."""
        return str(self)

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What was told, beside what the accounts come to."""
        told = [(_("plan"), self.plan.name), (_("who tells it"), self.sender.label)]
        if self.percent is not None:
            return [*told, (_("from"), self.since), (_("as of"), self.as_of), (_("earned in this time (per cent)"), f"{self.percent.normalize():f}")]
        money = ((_("the plan’s assets (yuan)"), self.assets_amount), (_("sum of all accounts (yuan)"), self.accounts_amount), (_("difference (yuan)"), self.difference))
        return [*told, (_("as of"), self.as_of), *((label, f"{amount:,.2f}") for label, amount in money if amount is not None)]
