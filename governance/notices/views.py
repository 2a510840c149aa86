"""The inbox."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.clocks.now import now
from governance.notices import reading
from governance.notices.models import Notice
from governance.web import keyset
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
