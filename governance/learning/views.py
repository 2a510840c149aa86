"""The pages of learning: units, quizzes, which risks are uncovered, how many have finished. For everybody, without an account."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.catalogue.models import Program
from governance.catalogue.vocabulary import Tier
from governance.clocks.now import today
from governance.learning import decisions, loading, reading
from governance.learning.forms import YES, CoversForm, QuizForm, StartForm
from governance.learning.models import Tally
from governance.web import reads
from governance.web.layouts import layout_for
from governance.web.templatetags.look import day
from governance.web.views import PageView


class LearningView(PageView):
    """A page of learning."""

    template_name = ""

    def page(self, **context: Any) -> HttpResponse:
        """The page, on the reader's side of the counter."""
        return render(self.request, self.template_name, context | {"layout": layout_for(self.actor)})


class IndexView(LearningView):
    """What there is to learn, tier by tier."""

    template_name = "learning/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(tiers=reading.by_tier())


class UnitView(LearningView):
    """A unit."""

    template_name = "learning/unit.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        unit = loading.unit(key)
        if unit is None:
            raise Http404
        return self.page(**reading.page_of(unit, today()))


class QuizView(LearningView):
    """The quiz of a tier. Finished, it is counted once and shown at an address of its own, so that looking again counts nothing."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "learning/quiz.html"

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        self.tier = options["tier"]
        self.questions = loading.questions(self.tier)
        if not self.questions:
            raise Http404
        return super().dispatch(request, *args, **options)

    def get(self, request: HttpRequest, tier: str) -> HttpResponse:
        form = QuizForm(self.questions, request.GET or None)
        found = reading.outcome(self.questions, form.cleaned_data) if request.GET and form.is_valid() else None
        return self.page(tier=Tier(tier), form=form, found=found)

    def post(self, request: HttpRequest, tier: str) -> HttpResponse:
        form = QuizForm(self.questions, request.POST)
        if not form.is_valid():
            return self.page(tier=Tier(tier), form=form, found=None)
        right = {row["question"].key: row["is_right"] for row in reading.outcome(self.questions, form.cleaned_data)["rows"]}
        Tally.objects.one_more(tier, today(), right)
        return HttpResponseRedirect(f"{reverse('learning:quiz', args=[tier])}?{urlencode(form.cleaned_data)}")


class CompletionView(LearningView):
    """How often the quizzes were finished."""

    template_name = "learning/completion.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(**reading.finished(today()))


class GapsView(LearningView):
    """Which risks of mine are uncovered: how one works, which programs one is in, and what follows, step by step."""

    template_name = "learning/gaps.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        start = StartForm(request.GET if "work" in request.GET else None, initial={"known": True})
        is_citizen = self.actor.stakeholder_id is not None and self.actor.kind == "citizen"
        if not is_citizen:
            del start.fields["known"]
        if not start.is_valid():
            return self.page(start=start, form=None, found=None)
        work = start.cleaned_data["work"]
        programs = list(Program.objects.in_force())
        known = self.known() if is_citizen and start.cleaned_data["known"] else {}
        asked = decisions.to_ask(decisions.covers(work, programs))
        hints = {
            code: _("%(source)s, as of %(day)s: %(sentence)s")
            % {"source": line.source, "day": day(line.as_of), "sentence": line.sentence}
            for code, line in known.items()
        }
        answered = request.GET if "show" in request.GET else None
        form = CoversForm(asked, answered, hints=hints, initial=dict.fromkeys(known, YES) if answered is None else {})
        found = decisions.gaps(work, form.told(), programs) if answered and form.is_valid() else None
        return self.page(start=start, form=form, found=found, work=work, known=known)

    def known(self) -> dict[str, Any]:
        """What the programs know of oneself; that it was looked at can be read by whom it is about."""
        reads.read(self.request, [self.actor.stakeholder], reads.PAGE)
        return decisions.known_of(self.actor)
