"""The page: who looked at my data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from governance.access import reading
from governance.access.models import Access
from governance.web import keyset
from governance.web.layouts import layout_for
from governance.web.views import PageView


class OwnAccessesView(PageView):
    """Every access to one's own data, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        subject = reading.whose(self.actor)
        mine = Access.objects.about(subject and subject.pk)
        try:
            after, before = (request.GET.get(name, "") for name in ("after", "before"))
            page = keyset.paged(mine.for_display(), ("-id",), after=after, before=before, total=mine.count())
        except keyset.BadCursor as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(request.path)
        rows = reading.seen(self.actor, page.rows)
        return render(request, "access/own.html", {"page": page, "rows": rows, "subject": subject, "layout": layout_for(self.actor)})
