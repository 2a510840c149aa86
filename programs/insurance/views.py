"""The calculators as pages: every answer has an address, its steps and its sources; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from governance.catalogue.values import values_on
from governance.clocks.now import today
from governance.web.layouts import layout_for
from governance.web.views import PageView
from programs.insurance import forms
from programs.insurance.forms import Calculator


class CalculatorView(PageView):
    """A question as a form; asked, its answer."""

    form_class: type[Calculator]
    title: Any = ""
    lead: Any = ""
    address = ""  # of the interface

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = any(name in request.GET for name in self.form_class.base_fields)
        form = self.form_class(request.GET if asked else None, initial={"on": today()})
        decision = None
        if asked and form.is_valid():
            decision = form.answer(values_on(form.day() or today(), *form.programs))
        context = {"form": form, "decision": decision, "title": self.title, "lead": self.lead, "api": self.address, "layout": layout_for(self.actor)}
        return render(request, "insurance/calculator.html", context)


class RetirementView(CalculatorView):
    """When may I retire?"""

    form_class, address = forms.RetirementForm, "/api/insurance/retirement/"
    title = _("When may I retire?")
    lead = _("The statutory month, the earliest by choice and the latest by agreement, and how long one must have paid in. For employees.")


class PensionView(CalculatorView):
    """What will my pension be, as an employee?"""

    form_class, address = forms.PensionForm, "/api/insurance/pension/"
    title = _("What will my pension be?")
    lead = _("For employees and flexible workers: the basic part and the part from the account, in today’s money and by today’s rules.")


class ResidentsView(CalculatorView):
    """What will my pension be, as a resident?"""

    form_class, address = forms.ResidentsForm, "/api/insurance/residents-pension/"
    title = _("What will my pension be as a resident?")
    lead = _("For the scheme of urban and rural residents: the national minimum and the part from the account.")


class RateView(CalculatorView):
    """What is paid in, in all?"""

    form_class, address = forms.RateForm, "/api/insurance/combined-rate/"
    title = _("What is paid in, in all?")
    lead = _("The rates of the branches of basic insurance together, for employer and person, on any day.")
