"""The registry as pages: the own account, rosters and statements of an employer, what an office has before it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.catalogue.wording import worded
from governance.clocks.now import today
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordListView, RecordView
from programs.insurance import filters, values
from programs.insurance.actions import DeclareSpell, DrawUpStatement, ImportContributions, ImportRoster
from programs.insurance.models import Claim, Contribution, Insured, Spell, Statement, Transfer
from programs.insurance.rules import arrears
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import Branch, Sort

NEWEST = 12


class MineView(PageView):
    """The way to one's own account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        account = Insured.objects.of_person(self.actor.stakeholder_id)
        if account is not None:
            return HttpResponseRedirect(account.get_absolute_url())
        return render(request, "insurance/no_account.html", {"layout": layout_for(self.actor)})


class InsuredView(RecordView):
    """An account: months of contributions by year and branch, spells of work, transfers, claims."""

    model = Insured

    def context(self, record: Insured) -> dict[str, Any]:
        paid = Contribution.objects.of(record)
        by_year, by_branch = paid.months_by_year(Branch.PENSION), paid.months_by_branch()
        years = [{"year": year, "months": by_year.get(year, 0)} for year in range(min(by_year, default=0), max(by_year, default=-1) + 1)]
        for place, row in enumerate(years):
            row |= {"x": 4 + 10 * place, "y": 48 - 4 * row["months"], "height": 4 * row["months"]}
        payers = paid.by_payer()
        span = [Month.of(row[end]).number for row in payers for end in ("first", "last")]
        return super().context(record) | {
            "payers": payers, "without": max(span) - min(span) + 1 - sum(by_year.values()) if span else 0,
            "years": years, "width": 8 + 10 * len(years), "total": sum(by_year.values()), "credited": paid.credited(),
            "branches": [(branch.label, by_branch.get(branch, 0)) for branch in Branch],
            "spells": self.listed(Spell, record), "transfers": self.listed(Transfer, record), "claims": self.listed(Claim, record),
            "own": record.person_id == self.actor.stakeholder_id,
        }  # fmt: skip

    def listed(self, model: Any, record: Insured) -> Any:
        """What of this account the reader may see, with the periods that run."""
        return model.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().of(record)


class InsuredListView(RecordListView):
    """Accounts, found by name or reference. What closes one stands on its page, not in every row."""

    model, filterset_class = Insured, filters.InsuredFilter
    columns = ((_("Reference"), "reference"), (pgettext_lazy("of a person", "Name"), "name"), (_("Area"), "area.label"), (_("State"), "get_state_display"))


class SpellView(RecordView):
    """A spell of work."""

    model = Spell


class SpellListView(RecordListView):
    """Spells of work: of an employer its roster, of an office those of its area."""

    model, title, filterset_class = Spell, _("Roster"), filters.SpellFilter
    columns = (
        (_("Reference"), "reference"), (pgettext_lazy("of a person", "Name"), "insured.name"), (_("How the person works"), "get_sort_display"), (_("Base"), "base"),
        (_("From"), "since"), (_("Until"), "until"), (_("State"), "get_state_display"),
    )  # fmt: skip


class StatementView(RecordView):
    """What is owed for a month, what has come in, and what the delay costs until today."""

    model = Statement

    def context(self, record: Statement) -> dict[str, Any]:
        until = record.settled_on or today()
        days = arrears.late_days(record.due_on, until) if record.state == "arrears" else 0
        late = values.late_fee_on(until)
        roster = Spell.objects.visible_to(self.actor).of_employer(record.employer_id).in_month(record.month).for_display()
        missing = roster.unpaid_among(Contribution.objects.of_payer(record.employer_id, record.month))
        return super().context(record) | {
            "open_amount": record.open_amount, "days": days, "fee": arrears.late_fee(record.open_amount, record.due_on, until, Decimal(late.value)) if days else 0,
            "unknown": [Branch(code).label for code in record.unknown_branches], "until": until, "missing": list(missing[:NEWEST]) if record.missing_count else [],
            "basis": [{"parameter": one, "words": worded(one.value, one.unit)} for one in [*values.basis_of(record.month), late]], "rate": worded(late.value, late.unit),
        }  # fmt: skip


class StatementListView(RecordListView):
    """Statements, the newest first."""

    model = Statement
    columns = (
        (_("Reference"), "reference"), (_("Employer"), "employer.name"), (_("Month"), "month"), (_("Owed"), "due_amount"),
        (_("Come in"), "paid_amount"), (_("To be paid by"), "due_on"), (_("State"), "get_state_display"),
    )  # fmt: skip


class EmployerView(PageView):
    """What an employer or platform has to do: its roster, its statements, its arrears."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if self.actor.kind == "citizen":
            raise Http404
        mine = self.actor.stakeholder_id
        statements = list(Statement.objects.of_employer(mine)[:NEWEST])
        rate = Decimal(values.late_fee_on(today()).value)
        for one in statements:
            one.fee = arrears.late_fee(one.open_amount, one.due_on, today(), rate) if one.state == "arrears" else None
        context = {
            "sorts": [(Sort(sort).label, number) for sort, number in Spell.objects.of_employer(mine).by_sort()], "statements": statements,
            "arrears": [one for one in statements if one.fee is not None], "waiting": Spell.objects.of_employer(mine).waiting(),
            "beginnings": [action for action in (ImportContributions, ImportRoster, DeclareSpell) if action.possible_at_all(self.actor)],
        }  # fmt: skip
        return render(request, "insurance/employer.html", context)


class OfficeView(PageView):
    """What an office of social insurance has before it: spells to register, arrears, transfers, claims."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if not any(held.duty.startswith("insurance.") for held in self.actor.duties):
            raise Http404
        context = {
            "claims": self.first(Claim, "received"), "transfers": self.first(Transfer, "asked", "requested", "informed"),
            "spells": self.first(Spell, "declared"), "arrears": self.first(Statement, "arrears"),
            "overdue": list(Statement.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().overdue(today())[:NEWEST]),
            "beginnings": [DrawUpStatement] if DrawUpStatement.possible_at_all(self.actor) else [],
        }  # fmt: skip
        return render(request, "insurance/office.html", context)

    def first(self, model: Any, *states: str) -> list[Any]:
        """The oldest of those that wait, with what the reader may do."""
        return list(model.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().oldest(*states)[:NEWEST])
