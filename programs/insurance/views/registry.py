"""The registry as pages: the own account, rosters and statements of an employer, what an office has before it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from governance.actions import NotVisible, Refusal, Refused
from governance.catalogue.models import Parameter
from governance.catalogue.wording import worded
from governance.clocks import calendars, keeping
from governance.clocks.now import LOCAL, today
from governance.determinations import deciding
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordListView, RecordView
from programs.insurance import filters, reading, values
from programs.insurance.actions import (
    BillUndeclaredMonth,
    DeclareSpell,
    DrawUpStatement,
    ImportBases,
    ImportContributions,
    ImportRoster,
    RegisterSpell,
    SetInjuryRate,
)
from programs.insurance.actions.billing import bill_of
from programs.insurance.models import Base, Claim, Contribution, Correction, InjuryRate, Insured, Spell, Statement, Transfer
from programs.insurance.rules import arrears
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import EMPLOYEES, OPEN_CLAIM, BilledBy, Branch, Duty, Sort

NEWEST = 12
MOST_AT_ONCE, MOST_DIGITS = 100, 19


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
        account = reading.account_of(values.values_on(today(), EMPLOYEES, area=record.area_id), paid.credited_by_year(), today().year)
        span = [Month.of(row[end]).number for row in payers for end in ("first", "last")]
        return super().context(record) | {
            "payers": payers, "without": max(span) - min(span) + 1 - sum(by_year.values()) if span else 0,
            "years": years, "width": 8 + 10 * len(years), "total": sum(by_year.values()), "credited": paid.credited(),
            "interest": account.interest, "interest_words": reading.account_words(account),
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
    """A spell of work: by when it was to be declared, and the bases that were declared later."""

    model = Spell

    def context(self, record: Spell) -> dict[str, Any]:
        bases = Base.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().of(record)
        return super().context(record) | {"bases": bases} | (declared_in_time(record) if record.employer_id else {})


def declared_in_time(spell: Spell) -> dict[str, Any]:
    """Until when the employer was to declare the work, by law within 30 days from its first, and whether it did."""
    due = _due("SI_DECLARE", spell.since, spell.area_id)
    return {"declared_by": due, "declared_late": spell.created_at > due} if due else {}


def _due(code: str, day: date, area: str) -> datetime | None:
    """When a period of the law that begins with a day is over; None where no such rule was in force then."""
    try:
        rule = calendars.rule(code, day)
    except KeyError:
        return None
    return keeping.counted(rule, datetime.combine(day, time.min, tzinfo=LOCAL), area=area).at


class SpellListView(RecordListView):
    """Spells of work: of an employer its roster, of an office those of its area."""

    model, title, filterset_class = Spell, _("Roster"), filters.SpellFilter
    columns = (
        (_("Reference"), "reference"), (pgettext_lazy("of a person", "Name"), "insured.name"), (_("How the person works"), "get_sort_display"), (_("Base"), "base"),
        (_("From"), "since"), (_("Until"), "until"), (_("State"), "get_state_display"),
    )  # fmt: skip


class StatementView(RecordView):
    """What is owed for a month, for whom and in which branch something is missing, and what the delay costs."""

    model = Statement

    def context(self, record: Statement) -> dict[str, Any]:
        late = values.late_fee_on(record.settled_on or today())
        used = Parameter.objects.by_references([*record.values, late.reference])
        rate = InjuryRate.objects.referred_to(record.values)
        return super().context(record) | fee_of(record, Decimal(late.value)) | {
            "missing": missing_of(record) if record.missing_count else [], "basis": [{"parameter": one, "words": worded(one.value, one.unit)} for one in used],
            "before": Statement.objects.month_before(record.employer_id, record.month) if record.billed_by == BilledBy.MONTH_BEFORE else None,
            "injury_rate": rate, "rate": worded(late.value, late.unit), "beyond": record.paid_amount - record.covered_amount,
        }  # fmt: skip


def fee_of(record: Statement, rate: Decimal) -> dict[str, Any]:
    """The late fee: as it was fixed, or of the late parts and of what is owed until today."""
    if record.fee_amount is not None:
        return {"fee": record.fee_amount, "days": 0}
    days = arrears.late_days(record.due_on, today())
    return {"fee": arrears.fee_of(record.late_yuan_days + record.open_amount * days, rate), "days": days if record.open_amount else 0}


def missing_of(record: Statement) -> list[dict[str, Any]]:
    """For whom and in which branch something is owed: the first of them, with what came in. Nobody of a month that was not declared."""
    if record.billed_by == BilledBy.MONTH_BEFORE:
        return []
    try:
        bill, _used = bill_of(record)
    except Refused:
        return []  # a value that held has been ended since: nothing is told that no value stands behind
    shares = bill.missing[:NEWEST]
    accounts = Insured.objects.in_bulk([share.insured for share in shares])
    return [{"account": accounts[one.insured], "branch": Branch(one.branch).label, "due": one.due, "paid": one.paid, "open": one.open} for one in shares]


class ClaimView(RecordView):
    """A claim with what whoever decides has to see: the account, the months against the least, what was determined, from what and by whom."""

    model = Claim

    def context(self, record: Claim) -> dict[str, Any]:
        paid = Contribution.objects.of(record.insured)
        by_branch, determined = paid.months_by_branch(), record.determination
        account = Insured.objects.visible_to(self.actor).filter(pk=record.insured_id).first()
        recognises = any(held.duty == Duty.RECOGNISE_INJURIES for held in self.actor.duties)  # who worked where decides
        return super().context(record) | {
            "account": account, "credited": paid.credited(), "branches": [(branch.label, by_branch[branch]) for branch in Branch if branch in by_branch],
            "determined": determined, "decision": deciding.again(determined) if determined else None, "spells": list(Spell.objects.for_display().of(record.insured)[:NEWEST]) if account or recognises else [],
            "is_employers": record.employer_id is not None and record.employer_id == self.actor.stakeholder_id,
        } | (applied_in_time(record) if record.employer_id else {})  # fmt: skip


def applied_in_time(claim: Claim) -> dict[str, Any]:
    """Until when the employer was to apply, by law within 30 days from the accident or the diagnosis, and whether it did."""
    due = _due("SI_INJURY_EMPLOYER", claim.happened_on, claim.area_id)
    return {"applied_by": due, "applied_late": claim.created_at > due} if due else {}


class BaseView(RecordView):
    """A new base, with the former one."""

    model = Base


class BaseListView(RecordListView):
    """New bases: of an employer its own, of an office those of its area."""

    model, title = Base, _("New bases")
    columns = (
        (_("Reference"), "reference"), (pgettext_lazy("of a person", "Name"), "spell.insured.name"), (_("Base"), "base"), (_("From the month"), "since"),
        (_("State"), "get_state_display"),
    )  # fmt: skip


class InjuryRateListView(RecordListView):
    """Work injury rates, set employer by employer."""

    model, title = InjuryRate, _("Work injury rates of employers")
    columns = (
        (_("Reference"), "reference"), (_("Employer"), "employer.name"), (_("Class of industry"), "get_industry_display"),
        (_("Step"), "get_floating_display"), (_("From the month"), "since"), (_("State"), "get_state_display"),
    )  # fmt: skip


class CorrectionView(RecordView):
    """A correction, with what goes back."""

    model = Correction

    def context(self, record: Correction) -> dict[str, Any]:
        return super().context(record) | {"goes_back": record.goes_back, "more": -record.goes_back}


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
            one.fee = fee_of(one, rate)["fee"] or None
        context = {
            "sorts": [(Sort(sort).label, number) for sort, number in Spell.objects.of_employer(mine).by_sort()], "statements": statements,
            "arrears": [one for one in statements if one.state == "arrears"], "waiting": Spell.objects.of_employer(mine).waiting(),
            "beginnings": [action for action in (ImportContributions, ImportRoster, ImportBases, DeclareSpell) if action.possible_at_all(self.actor)],
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
            "claims": self.first(Claim, *OPEN_CLAIM), "transfers": self.first(Transfer, "asked", "requested", "informed"),
            "spells": self.first(Spell, "declared"), "bases": self.first(Base, "declared"), "arrears": self.first(Statement, "arrears"),
            "corrections": self.first(Correction, "asked"), "waiting": self.waiting(),
            "overdue": list(Statement.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().overdue(today())[:NEWEST]),
            "beginnings": [action for action in (DrawUpStatement, BillUndeclaredMonth, SetInjuryRate) if action.possible_at_all(self.actor)],
        }  # fmt: skip
        return render(request, "insurance/office.html", context)

    def waiting(self) -> dict[str, int]:
        """How many of each wait in all: what is listed are only the oldest."""
        return {name: model.objects.visible_to(self.actor).waiting() for name, model in (("spells", Spell), ("bases", Base))}

    def first(self, model: Any, *states: str) -> list[Any]:
        """The oldest of those that wait, with what the reader may do."""
        return list(model.objects.visible_to(self.actor).with_actions(self.actor).with_clocks().for_display().oldest(*states)[:NEWEST])


class RegisterManyView(PageView):
    """What employers have declared, registered many at once: each through its own action, with its own event and notice."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if not RegisterSpell.possible_at_all(self.actor):
            raise Http404
        return super().dispatch(request, *args, **options)

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = Spell.objects.visible_to(self.actor).open_to(RegisterSpell, self.actor).for_display().oldest("declared")
        employer = request.GET.get("employer", "")
        employer = employer if employer.isdecimal() and len(employer) < MOST_DIGITS else ""
        rows = list((waiting.of_employer(int(employer)) if employer else waiting)[:MOST_AT_ONCE])
        return render(request, "insurance/register_many.html", {"rows": rows, "is_one_employer": bool(employer), "most": MOST_AT_ONCE})

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < MOST_DIGITS][:MOST_AT_ONCE]
        done = 0
        for pk in chosen:
            try:
                RegisterSpell.do(self.actor, pk)
                done += 1
            except NotVisible:
                continue
            except Refusal as refusal:
                messages.warning(request, f"{Spell.objects.get(pk=pk)}: {refusal}")
        messages.success(request, ngettext("%(n)d was registered.", "%(n)d were registered.", done) % {"n": done})
        return HttpResponseRedirect(request.get_full_path())
