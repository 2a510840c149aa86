"""Pages of the public register: the list, one matter of it, its feeds, and the log of what was taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.clocks.now import today
from governance.feedback.forms import RegisterForm
from governance.feedback.models import Commitment, Follow, Matter, Removal
from governance.feedback.querysets import MOST_COUNTED
from governance.feedback.words import asked_words
from governance.web import keyset
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordListView

BEST = 50  # of a search


class RegisterView(PageView):
    """What was asked and answered, by consent and without names: the newest first, or what fits some words best."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = RegisterForm(request.GET)
        told = form.cleaned_data if form.is_valid() else {}
        asked = told.get("q", "")
        rows = Matter.objects.narrowed(**form.narrowing()).register(asked_words(asked))
        try:
            page = keyset.Page(list(rows[:BEST])) if asked else self.page(rows)
        except keyset.BadCursor as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(request.path)
        context = {"page": page, "form": form, "q": asked, "query": self.query(), "layout": layout_for(self.actor)}
        return render(request, "feedback/register.html", context)

    def query(self) -> str:
        """What was chosen, without the page."""
        chosen = self.request.GET.copy()
        for name in ("after", "before"):
            chosen.pop(name, None)
        return chosen.urlencode()

    def page(self, rows: Any) -> keyset.Page:
        """One page; beyond ten thousand it is only said that there are more."""
        after, before = (self.request.GET.get(name, "") for name in ("after", "before"))
        count = rows.counted()
        page = keyset.paged(rows, ("-published_at", "-id"), after=after, before=before, query=self.query(), known={"published_at"}, total=count if count <= MOST_COUNTED else None)
        page.extra["more"] = _("more than %(n)s") % {"n": f"{MOST_COUNTED:,}"} if count > MOST_COUNTED else ""
        return page


class PublicView(PageView):
    """One matter of the register; of one that was taken out, only that and why."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        matter = Matter.objects.register().filter(pk=pk).first()
        if matter is not None:
            context = {"matter": matter, "commitments": list(matter.commitments.all()), "orders": list(matter.supervisions.concluded())}
            context |= {"editions": list(matter.editions.all()), "reviews": list(Matter.objects.reviews_of(matter)), "newer": next(iter(matter.sent), None)}
            context["reopened_at"] = matter.reopened_at
            context["follows"] = matter.follows.of(self.actor.stakeholder_id).exists()
            return render(request, "feedback/public.html", context | {"layout": layout_for(self.actor)})
        removal = Removal.objects.of_matter(pk)
        if removal is None:
            raise Http404
        return render(request, "feedback/removed.html", {"removal": removal, "layout": layout_for(self.actor)}, status=410)


class FollowingView(PageView):
    """To be told what becomes of a published matter, or no longer."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        matter = Matter.objects.register().filter(pk=pk).first()
        if matter is None:
            raise Http404
        if request.POST.get("stop"):
            Follow.objects.end(matter, self.actor.stakeholder_id)
            messages.success(request, _("You will not be told of it any more."))
        else:
            Follow.objects.begin(matter, self.actor.stakeholder_id)
            messages.success(request, _("You will be told what becomes of it."))
        return HttpResponseRedirect(reverse("feedback:public", args=[pk]))


class CommitmentListView(RecordListView):
    """What offices have promised because of suggestions, and whether they kept it."""

    model = Commitment
    open_to_public = True
    orders = {"due": ("due_on", "id")}
    template_name = "feedback/commitment_list.html"

    def context(self, page: Any) -> dict[str, Any]:
        return super().context(page) | {"today": today()}


class RemovalListView(RecordListView):
    """The public log of moderation."""

    model = Removal
    open_to_public = True
    template_name = "feedback/removal_list.html"

    def rows(self) -> Any:
        return super().rows().newest_first()
