"""The calculators as pages: every answer has an address, its steps and its sources; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from governance.catalogue.values import values_on
from governance.catalogue.views import CalculatorView
from governance.clocks.now import today
from governance.web.layouts import layout_for
from governance.web.tiles import tiles
from governance.web.views import PageView
from programs.insurance import forms, reading
from programs.insurance.measures.provinces import not_by_region, table
from programs.insurance.models import Contribution, Insured
from programs.insurance.vocabulary import EMPLOYEES, Branch, Group


class InsuranceCalculatorView(CalculatorView):
    """With the way to the other calculators."""

    template_name = "insurance/calculator.html"

    def initial(self) -> dict[str, Any]:
        """Signed in, what the own account holds is filled in; it can be changed, and nothing of it is kept."""
        return super().initial() | (known_of(self.actor.stakeholder_id) if self.actor.covers(Insured) else {})


def known_of(person_id: int | None) -> dict[str, Any]:
    """What an account tells a calculator."""
    account = Insured.objects.of_person(person_id)
    if account is None:
        return {}
    paid = Contribution.objects.of(account)
    years, months = divmod(paid.months_by_branch().get(Branch.PENSION, 0), 12)
    born = account.born_on(today())
    return {"paid_years": years, "paid_months": months, "balance": paid.credited()} | {"year": born.year, "month": born.month}


class RetirementView(InsuranceCalculatorView):
    """When may I retire?"""

    form_class, address = forms.RetirementForm, "/api/insurance/retirement/"
    title = _("When may I retire?")
    lead = _("The statutory month, the earliest by choice and the latest by agreement, and how long one must have paid in. For employees.")


class ScheduleView(PageView):
    """The whole schedule: for every month of birth the age and the month, and how the least time of contributions rises."""

    def get(self, request: HttpRequest) -> HttpResponse:
        group = request.GET.get("group", "")
        group = group if group in Group.values else Group.MEN.value
        found = reading.whole_schedule(values_on(today(), EMPLOYEES), group)
        return render(request, "insurance/schedule.html", found | {"group": group, "groups": Group.choices, "layout": layout_for(self.actor)})


class PensionView(InsuranceCalculatorView):
    """What will my pension be, as an employee?"""

    form_class, address = forms.PensionForm, "/api/insurance/pension/"
    title = _("What will my pension be?")
    lead = _("For employees and flexible workers: the basic part and the part from the account, in today’s money and by today’s rules.")


class ResidentsView(InsuranceCalculatorView):
    """What will my pension be, as a resident?"""

    form_class, address = forms.ResidentsForm, "/api/insurance/residents-pension/"
    title = _("What will my pension be as a resident?")
    lead = _("For the scheme of urban and rural residents: the national minimum and the part from the account.")


class RateView(InsuranceCalculatorView):
    """What is paid in, in all?"""

    form_class, address = forms.RateForm, "/api/insurance/combined-rate/"
    title = _("What is paid in, in all?")
    lead = _("The rates of the branches of basic insurance together, for employer and person, on any day.")


SHOWN = {
    "reserve_months": (_("Months of reserve"), _("Balance ÷ (expenditure ÷ 12), employees")),
    "dependency": (_("Pensioners for each contributor"), _("Pensioners ÷ contributors, employees; pensioners are not in the denominator")),
    "employee_pension": (_("Pension a month, employees (yuan)"), _("Expenditure ÷ pensioners ÷ 12")),
    "residents_pension": (_("Pension a month, residents (yuan)"), _("Expenditure ÷ recipients ÷ 12")),
    "surplus": (_("Surplus of the year (100 million yuan)"), _("Income less expenditure, employees")),
}


class ProvincesView(PageView):
    """Pensions province by province: tiles and the table they are drawn from."""

    def get(self, request: HttpRequest) -> HttpResponse:
        show = request.GET.get("show", "")
        show = show if show in SHOWN else "reserve_months"
        nation, provinces = table()
        known = {one.code[:2]: {"row": one, "value": getattr(one, show)} for one in provinces}
        drawn = tiles(known, lambda one: max(one["value"], 0))
        english = {tile["code"]: tile["name_en"] for tile in drawn}
        rows = [{"row": one, "name_en": english[one.code[:2]], "values": [getattr(one, name) for name in SHOWN]} for one in provinces]
        context = {
            "tiles": drawn, "rows": rows, "nation": [getattr(nation, name) for name in SHOWN], "show": show, "shown": SHOWN, "title": SHOWN[show][0],
            "formula": SHOWN[show][1], "national": getattr(nation, show), "faulty": [row for row in rows if row["row"].faults], "layout": layout_for(self.actor),
            "rest": not_by_region(nation, provinces),
        }  # fmt: skip
        return render(request, "insurance/provinces.html", context)
