"""Pages of promised dates: the rules, the calculator, the working calendar, any clock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from governance.clocks.models import Clock, ClockRule
from governance.clocks.now import today
from governance.promises import own, reading
from governance.promises.forms import CalculatorForm
from governance.promises.models import Feed
from governance.web.layouts import layout_for
from governance.web.views import PageView


class PromiseView(PageView):
    """A page for everybody, on whichever side of the counter they stand."""

    def show(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page in the layout of its reader."""
        return render(self.request, template, context | {"layout": layout_for(self.actor)}, status=status)


class RuleListView(PromiseView):
    """Every period the system knows, law by law, with its basis and whether it was checked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show("promises/rules.html", {"laws": reading.rules_by_law(), "night": reading.last_night()})


class RuleView(PromiseView):
    """One rule in all its versions."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        versions = list(ClockRule.objects.versions(code))
        if not versions:
            raise Http404
        names = reading.places(versions)
        shown = [(version, names.get(version.area, "")) for version in versions]
        return self.show("promises/rule.html", {"rule": versions[0], "versions": shown})


class CalculatorView(PromiseView):
    """Received on … under rule … → due …; every answer has an address of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = bool(request.GET.get("rule")) and "on" in request.GET
        query = reading.asked(request.GET.get("rule", ""), request.GET.dict())
        form = CalculatorForm(query if asked else None, initial={"on": today(), "rule": query.get("rule", "")})
        answer = {}
        if asked and form.is_valid():
            answer = reading.worked_out(form.cleaned_data["version"], form.cleaned_data["due"]) | form.asked
        return self.show("promises/calculator.html", {"form": form, "asked": asked} | {"answer": answer})


class YearView(PromiseView):
    """The working calendar of a year, with the edition that counts and those before it."""

    def get(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        found = reading.year(today().year if year is None else year)
        if found is None:
            raise Http404
        return self.show("promises/year.html", found)


class ClockView(PromiseView):
    """One clock: its date and how that came about. Its address is known to those who were told the date."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        clock = Clock.objects.explained().filter(pk=pk).first()
        if clock is None:
            raise Http404
        return self.show("promises/clock.html", reading.clock(clock, self.actor))


class OwnDatesView(PromiseView):
    """One's own dates, and the secret address under which a calendar program reads them."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.needs_account() or self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if request.POST.get("do") != "make":
            own.revoke_feed(self.actor)
            return HttpResponseRedirect(reverse("promises:own"))
        return self.page(settings.SITE_ADDRESS + reverse("promises:feed", args=[own.new_feed(self.actor)]))

    def page(self, secret: str = "") -> HttpResponse:
        """The dates, and the secret if it was just made."""
        context = {"dates": own.dates(self.actor), "feed": Feed.objects.of(self.actor).first(), "secret": secret}
        return self.show("promises/own.html", context)


class FeedView(PromiseView):
    """The dates of one account for its calendar program; the secret in the address is all it asks for."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        actor = own.actor_of(secret[:64])
        if actor is None:
            raise Http404
        with override(actor.user.language):
            content = own.calendar(actor)
        headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="dates.ics"'}
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
