"""Pages of the catalogue: the programs, one program, one value with its history, what a change would change."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from governance.actions import registry
from governance.catalogue import actions, reading, taking
from governance.catalogue.forms import Calculator, DaysForm, answered
from governance.catalogue.measures import measures_of
from governance.catalogue.models import Parameter, Program
from governance.clocks.now import today
from governance.web.layouts import layout_for
from governance.web.views import ActionView, PageView, RecordView


class ProgramListView(PageView):
    """Every program, tier by tier."""

    def get(self, request: HttpRequest) -> HttpResponse:
        programs = list(Program.objects.listed().counted())
        context = {
            "tiers": reading.by_tier(programs),
            "proposed": Program.objects.visible_to(self.actor).waiting(),
            "beginnings": [one for one in registry.founding("catalogue") if one.possible_at_all(self.actor)],
            "layout": layout_for(self.actor),
        }
        return render(request, "catalogue/program_list.html", context)


class ProgramByCodeView(PageView):
    """The address of a program that is the same everywhere."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        program = Program.objects.called(code)
        if program is None:
            raise Http404
        return HttpResponseRedirect(program.get_absolute_url())


class ProgramView(RecordView):
    """One program with all its values."""

    model = Program
    open_to_public = True

    def context(self, record: Program) -> dict[str, Any]:
        more = {"values": reading.values_of(record, today()), "own_fields": reading.own_fields(record), "protection": record.labels("protection"),
                "payers": record.labels("payers"), "pillars": record.labels("pillars_2005"), "figures": measures_of(record.code), "day": today()}  # fmt: skip
        return super().context(record) | more


class CalculatorView(PageView):
    """A question as a form; asked, its answer."""

    form_class: type[Calculator]
    title: Any = ""
    lead: Any = ""
    address = ""  # of the interface
    template_name = "catalogue/calculator.html"

    def initial(self) -> dict[str, Any]:
        """What the form starts with; slices add what they know of the reader."""
        return {"on": today()}

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = any(name in request.GET for name in self.form_class.base_fields)
        form = self.form_class(request.GET if asked else None, initial=self.initial())
        decision = None
        if asked and form.is_valid():
            decision = answered(form)
        context = {"form": form, "decision": decision, "title": self.title, "lead": self.lead, "api": self.address, "layout": layout_for(self.actor)}
        context["determined_at"] = taking.address(self.actor, decision.rule, request.GET.dict()) if decision else ""
        return render(request, self.template_name, context)


class DifferencesView(PageView):
    """What holds otherwise on one day than on another."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        program = Program.objects.visible_to(self.actor).filter(pk=pk).first()
        if program is None:
            raise Http404
        form = DaysForm(request.GET or {"first": today().replace(month=1, day=1, year=today().year - 1), "second": today()})
        found = reading.differences(program, **form.cleaned_data) if form.is_valid() else []
        context = {"record": program, "form": form, "found": found, "layout": layout_for(self.actor)}
        return render(request, "catalogue/program_differences.html", context)


class FiguresView(PageView):
    """The public figures of a program: formula, inputs, source, vintage, and how the paper printed it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        program = Program.objects.visible_to(self.actor).filter(pk=pk).first()
        figures = reading.figures(program.code) if program else []
        if not figures:
            raise Http404
        context = {"record": program, "figures": figures, "not_reproduced": reading.not_reproduced(program.code), "layout": layout_for(self.actor)}
        return render(request, "catalogue/program_figures.html", context)


class AllFiguresView(PageView):
    """Which programs have figures, and the way to each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "catalogue/figures.html", {"rows": reading.programs_with_figures(), "layout": layout_for(self.actor)})


class ParameterView(RecordView):
    """One value: since when, from where, how far checked, and what it was before and elsewhere."""

    model = Parameter
    open_to_public = True

    def context(self, record: Parameter) -> dict[str, Any]:
        versions = [reading.shown(one) for one in Parameter.objects.visible_to(self.actor).versions_of(record) if one.state == "activated"]
        more: dict[str, Any] = reading.shown(record) | {"versions": versions, "day": today(), "holds": record.holds_on(today())}
        more["elsewhere"] = [reading.shown(one) for one in Parameter.objects.elsewhere(record)]
        if record.state == "proposed":
            more["preview"] = reading.preview(record)
        return super().context(record) | more


class CatalogueActionView(ActionView):
    """An action of the catalogue; before a value is activated its page shows what would change."""

    def show(self, form: Any, once: str, status: int = 200) -> HttpResponse:
        if self.action is not actions.ActivateParameter:
            return super().show(form, once, status)
        context = reading.shown(self.record) | {
            "record": self.record, "action": self.action, "form": form, "once": once, "layout": layout_for(self.actor),
            "preview": reading.preview(self.record),
        }  # fmt: skip
        return render(self.request, "catalogue/parameter_activate_parameter.html", context, status=status)
