"""Pages: everything I am entitled to, and what those who have agreed are entitled to beside me."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.entitlements import printing, reading
from governance.entitlements.forms import FactsForm
from governance.entitlements.models import Statement
from governance.web import reads
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordView


class OnePersonView(PageView):
    """About a person: whoever acts for an organisation has nothing of the kind."""

    def dispatch(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if request.actor.kind != "citizen":
            messages.warning(request, _("This is about a person. Choose yourself, or somebody who lets you act for them."))
            return HttpResponseRedirect(reverse("stakeholders:me"))
        return super().dispatch(request, *args, **options)


class OwnView(OnePersonView):
    """Everything one person has, builds up, may claim, or cannot know yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = FactsForm(request.GET or None)
        form.is_valid()
        reads.read(request, [self.actor.stakeholder], reads.PAGE)
        found = reading.everything(self.actor, form.told(wishes=False), form.told(wishes=True))
        context = {"form": form, "layout": layout_for(self.actor), "delegation": self.actor.delegation_id}
        return render(request, "entitlements/own.html", found | context)


class HouseholdView(OnePersonView):
    """Oneself and those who have agreed, side by side."""

    def get(self, request: HttpRequest) -> HttpResponse:
        people = reading.household(self.actor)
        reads.read(request, [one["person"] for one in people], reads.PAGE)
        context = {"people": people, "together": reading.together(people), "layout": layout_for(self.actor)}
        return render(request, "entitlements/household.html", context)


class StatementView(RecordView):
    """A statement: what stands in it, and the ways to take it along."""

    model = Statement


class StatementFileView(PageView):
    """A statement as a file: as it was sealed, with its receipt."""

    kind, ending = "application/json", "json"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        statement = Statement.objects.visible_to(self.actor).for_display().filter(pk=pk).first()
        if statement is None:
            raise Http404
        reads.read(request, [statement], reads.DOWNLOAD)
        answer = HttpResponse(self.made(statement), content_type=self.kind)
        answer["Content-Disposition"] = f'attachment; filename="{statement.reference}.{self.ending}"'
        return answer

    def made(self, statement: Statement) -> str | bytes:
        """The file."""
        return printing.as_file(statement)


class StatementPdfView(StatementFileView):
    """A statement on paper."""

    kind, ending = "application/pdf", "pdf"

    def made(self, statement: Statement) -> str | bytes:
        return printing.pdf(statement)
