"""Pages of annuities: plans, what they must keep to, what they cost; accounts and what is paid out of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.catalogue.views import CalculatorView
from governance.clocks.now import today
from governance.stakeholders.vocabulary import Subkind
from governance.web.views import ActionView, PageView, RecordListView, RecordView
from programs.annuities import forms, values
from programs.annuities.actions import FilePlan, OfferCollective, RegisterOccupational
from programs.annuities.models import Account, Collective, Payout, Plan, Report
from programs.annuities.rules import accounts, chart
from programs.annuities.vocabulary import EMPLOYERS, PUBLIC_BODIES, Form, sort_of


class PlanListView(RecordListView):
    """For an employer its own; for the authority those of its area."""

    model = Plan
    title = _("Annuity plans")

    def context(self, page: Any) -> dict[str, Any]:
        sort = sort_of(self.actor)
        files = FilePlan.possible_at_all(self.actor) and sort in EMPLOYERS
        return super().context(page) | {"files": files, "registers": RegisterOccupational.possible_at_all(self.actor) and sort in PUBLIC_BODIES}


class PlanView(RecordView):
    """One version: what it says, whether it keeps to the limits that held when it was filed, and what those who run it tell."""

    model = Plan

    def context(self, record: Plan) -> dict[str, Any]:
        checks = [] if record.form == Form.OCCUPATIONAL else values.told(record.terms, record.created_at.date())
        return super().context(record) | {"checks": checks, "reports": Report.objects.visible_to(self.actor).newest_of(record, 8)}


class PlanActionView(ActionView):
    """An action's page; where terms are typed they can be looked at without being sent, also without a script."""

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = self.action.form(self.actor, self.record, data=request.POST) if "check" in request.POST and self.barred() is None else None
        if not isinstance(typed, forms.TermsForm):
            return super().post(request)
        fresh = self.action.form(self.actor, self.record, initial=request.POST.dict())
        return self.show(fresh.looked_at(typed), request.POST.get("once", "")[:64])


class CollectiveListView(RecordListView):
    """Plans that employers may join: what is the same for everybody, before anybody signs."""

    model, open_to_public = Collective, True
    title = _("Collective annuity plans")

    def context(self, page: Any) -> dict[str, Any]:
        return super().context(page) | {"offers": OfferCollective.possible_at_all(self.actor) and sort_of(self.actor) == Subkind.INSURER}


class CollectiveView(RecordView):
    """One collective plan."""

    model, open_to_public = Collective, True


class ReportListView(RecordListView):
    """What custodians and investment managers tell."""

    model = Report
    title = _("Reports on annuity plans")


class ReportView(RecordView):
    """One report, beside what the accounts come to."""

    model = Report


class AccountListView(RecordListView):
    """For a member the own accounts, for an employer its roster, for a keeper those it keeps."""

    model = Account
    title = _("Annuity accounts")
    columns = ((_("account"), "reference"), (pgettext_lazy("person", "name"), "name"), (_("plan"), "plan.name"), (_("member since"), "joined_on"), (_("state"), "get_state_display"))


class AccountView(RecordView):
    """A line of the roster; to the member and the keeper also what is in it."""

    model = Account

    def context(self, record: Account) -> dict[str, Any]:
        context = super().context(record)
        if not record.is_open_to(self.actor):
            return context
        balance, day = record.balance(), today()
        step = accounts.next_step(record.plan.vesting, record.joined_on, day) if record.percent is None else None
        years = accounts.by_year(record.entries.by_years())
        return context | {
            "balance": balance, "step": step, "years": years, "bars": chart.drawn(years), "entries": record.entries.newest(24),
            "payouts": record.payouts.visible_to(self.actor).order_by("-id"), "is_mine": record.member_id == self.actor.stakeholder_id,
        }  # fmt: skip


class PayoutListView(RecordListView):
    """For a member the own wishes, for a keeper what has to be decided."""

    model = Payout
    title = _("Payouts")


class PayoutView(RecordView):
    """One wish to draw money, and how it was decided; to the member and the keeper also what it is decided on."""

    model = Payout

    def context(self, record: Payout) -> dict[str, Any]:
        return super().context(record) | {"grounds": record.grounds if record.account.is_open_to(self.actor) else []}


class ChecksView(PageView):
    """The checks of what is typed so far, as a part of a page. Nothing is kept."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        return render(request, "annuities/parts/checks.html", {"checks": values.told(forms.TermsForm(request.POST).terms())})


class CostView(CalculatorView):
    """What does a plan cost, and what does it bring?"""

    form_class, address = forms.CostForm, "/api/annuities/costs/"
    template_name = "annuities/calculator.html"
    title = _("What does an annuity plan cost?")
    lead = _("For employers, before they file one: what it costs in a year, whether it keeps within the caps, and what it comes to for a member.")


class TaxView(CalculatorView):
    """How much of my contribution is not taxed?"""

    form_class, address = forms.TaxForm, "/api/annuities/tax/"
    template_name = "annuities/calculator.html"
    title = _("How much of my contribution is not taxed?")
    lead = _("For members of an enterprise annuity: the part of one’s own contribution that is taken off before tax.")


class OccupationalView(CalculatorView):
    """What is paid into an occupational annuity?"""

    form_class, address = forms.OccupationalForm, "/api/annuities/occupational/"
    template_name = "annuities/calculator.html"
    title = _("What is paid into an occupational annuity?")
    lead = _("For staff of government and public institutions: what the unit and you pay each month, and what it comes to.")
