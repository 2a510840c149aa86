"""The inbox, by which ways one wants to be told, and the letters a counter prints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.clocks.now import now
from governance.notices import letters, reading, sending
from governance.notices.forms import ChoicesForm
from governance.notices.models import Dispatch, Notice
from governance.web import keyset, reads
from governance.web.layouts import layout_for
from governance.web.views import PageView


class NoticeListView(PageView):
    """What one was told, the newest first; posting marks everything as read."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        mine = Notice.objects.visible_to(self.actor)
        try:
            page = self.page(mine)
        except keyset.BadCursor as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(request.path)
        rows = reading.with_records(page.rows, self.actor)
        context = {"page": page, "rows": rows, "unread": mine.unread().count(), "layout": layout_for(self.actor)}
        return render(request, "notices/notice_list.html", context)

    def page(self, mine: Any) -> keyset.Page:
        """One page, whole or only what is unread."""
        shown = mine.unread() if self.request.GET.get("unread") else mine
        after, before = (self.request.GET.get(name, "") for name in ("after", "before"))
        query = "unread=1" if self.request.GET.get("unread") else ""
        return keyset.paged(shown.for_display(), ("-id",), after=after, before=before, query=query, total=shown.count())

    def post(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        Notice.objects.visible_to(self.actor).mark_read(request.user, now())
        return HttpResponseRedirect(reverse("notices:list"))


class OpenNoticeView(PageView):
    """On to the record; the notice is read from then on."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        mine = Notice.objects.visible_to(self.actor).filter(pk=pk)
        notice = mine.for_display().first()
        if notice is None:
            raise Http404
        mine.mark_read(request.user, now())
        record = reading.with_records([notice], self.actor)[0][1]
        if record is None:
            messages.info(request, _("You may no longer see this matter."))
        return HttpResponseRedirect(record.get_absolute_url() if record else reverse("notices:list"))


class ChoicesView(PageView):
    """By which ways one wants to be told, category by category."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        return self.answer(ChoicesForm(person=request.user.person, initial=sending.choices_of(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        form = ChoicesForm(request.POST, person=request.user.person)
        if not form.is_valid():
            return self.answer(form, 422)
        sending.choose(request.user, form.cleaned_data)
        messages.success(request, _("Noted."))
        return HttpResponseRedirect(reverse("notices:choices"))

    def answer(self, form: ChoicesForm, status: int = 200) -> HttpResponse:
        return render(self.request, "notices/choices.html", {"form": form, "layout": layout_for(self.actor)}, status=status)


class LetterListView(PageView):
    """Letters that wait to be printed, for the counters of the areas their recipients live in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        waiting = reading.letters(self.actor)
        reads.read(request, [one.notice.recipient for one in waiting], reads.LIST)
        return render(request, "notices/letters.html", {"letters": waiting, "layout": layout_for(self.actor)})


class LetterView(PageView):
    """One letter, as PDF; posting says that it was printed and put into the post."""

    http_method_names = ["get", "head", "options", "post"]

    def waiting(self, pk: UUID) -> Dispatch:
        """The letter, if it still waits and this counter prints it."""
        found = Dispatch.objects.to_print_by(self.actor).for_display().filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        dispatch = self.waiting(pk)
        reads.read(request, [dispatch.notice.recipient], reads.DOWNLOAD)
        answer = HttpResponse(letters.pdf(dispatch, self.actor.stakeholder.name), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{dispatch.notice.about.record.reference}.pdf"'
        return answer

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if refusal := may_not_post(self.actor):
            messages.error(request, refusal)
        else:
            sending.posted(self.waiting(pk), request.user)
            messages.success(request, _("Noted as posted."))
        return HttpResponseRedirect(reverse("notices:letters"))


def may_not_post(actor: Any) -> Any:
    """Why somebody may only read what the counter has to print."""
    return None if {"officer", "administrator"} & set(actor.roles) else _("Your role in this organisation lets you read, not act.")
