"""Pages for when something is wrong. They say what happened, what it means for what was typed, and what to do."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from governance import servers
from governance.actions.actors import STRANGER
from governance.web import party
from governance.web.context import acting
from governance.web.layouts import layout_for

RETRY_AFTER = 5  # seconds
_NEVER_SHOWN_AGAIN = ("csrfmiddlewaretoken", "password", "code", "credential", "token")


def _page(request: HttpRequest, status: int, title: str, lead: str, *, advice: str = "") -> HttpResponse:
    context = {"status": status, "title": title, "lead": lead, "advice": advice, "layout": layout_for(acting(request))}
    return render(request, "errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; or 503 where a session could not be kept because the database is away, which Django takes for a bad request."""
    if servers.is_away(exception):
        return unavailable(request)
    if isinstance(exception, MultiPartParserError):
        return _trouble(
            request, 400, _("It did not arrive whole"),
            _("What you sent was cut off on the way, so nothing of it was kept. Go back, and send it once more."),
        )  # fmt: skip
    return _trouble(request, 400, _("We could not read this request"), _("The address or the data sent with it is damaged."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, _("This is not for you to do"), _("Somebody else is responsible for this."), advice=_("If you act for an organisation, check at the top of the page for whom you act now."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for these eyes; nobody learns which."""
    return _page(
        request, 404, _("There is nothing here for you"), _("The address is wrong, or what was here is not for you to see."),
        advice=_("Check the address, or begin again from the first page. If you are not signed in, signing in may help."),
    )  # fmt: skip


def failure(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it is only that a server behind us does not answer."""
    if servers.is_away(sys.exc_info()[1]):
        return unavailable(request)
    return _trouble(request, 500, _("Something went wrong here"), _("It is our mistake, not yours, and has been written down. Nothing was done by halves."))


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, with when to come again."""
    lead = _("Nothing was done and nothing was lost. Try again in a few seconds: your browser's “back” still has what you typed.")
    answer = _trouble(request, 503, _("For a moment we cannot answer"), lead)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _trouble(request: HttpRequest, status: int, title: str, lead: str) -> HttpResponse:
    """A page that needs nothing: no database, no session, nobody who acts."""
    site = {"site_name": settings.SITE_NAME, "demonstration": settings.DEMONSTRATION, "request": request}
    told = site | {"status": status, "title": title, "lead": lead}
    answer = HttpResponse(loader.render_to_string("errors/trouble.html", told), status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or came from elsewhere. What was typed here can be sent again; nothing from elsewhere."""
    return _again(request, _("This page was open for too long"), _("Nothing has been sent yet. What you typed is still here: look it over and send it."))


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody was writing."""
    return _again(
        request, _("You are not signed in any more"),
        _("Nothing has been sent yet. Sign in in a new window, come back to this one and send: what you typed is still here."), sign_in=True,
    )  # fmt: skip


def code_again(request: HttpRequest) -> HttpResponse:
    """The session ended in which somebody had given a tracking code."""
    return _again(
        request, _("We do not know any more which code you gave"),
        _("Nothing has been sent yet. Give your tracking code in a new window, come back to this one and send: what you typed is still here."),
        follow=True,
    )  # fmt: skip


def for_whom(request: HttpRequest, *, now: str, then: str, again: bool) -> HttpResponse:
    """409: the form was drawn for somebody else than one acts for now. ``again`` is whether one may still act for them."""
    title = _("You now act for %(now)s") % {"now": now}
    if again or (then and party.read(request.POST.get(party.FIELD, "")) == STRANGER.party):
        lead = _("This form was opened for %(then)s. Nothing has been sent yet. For whom do you want to send it?") % {"then": then}
    elif then:
        lead = _("This form was opened for %(then)s, for whom you cannot act any more. Nothing has been sent.") % {"then": then}
    else:
        lead = _("This form was opened for somebody else. Nothing has been sent.")
    context = {
        "title": title, "lead": lead, "now": now, "then": then, "address": request.get_full_path(), "files": bool(request.FILES),
        "kept": typed(request) if _from_here(request) else None,
        "now_stamp": party.stamp(request.actor), "then_stamp": request.POST.get(party.FIELD) if again else "",
    }  # fmt: skip
    return render(request, "errors/for_whom.html", context, status=409)


def _again(request: HttpRequest, title: str, lead: str, *, sign_in: bool = False, follow: bool = False) -> HttpResponse:
    kept = typed(request) if _from_here(request) else []
    if kept and party.FIELD in request.POST:
        kept.append((party.FIELD, request.POST[party.FIELD]))  # for whom it was meant stays as it was
    context = {
        "title": title, "lead": lead if kept else _("Nothing has been sent. Go back, load the page again and send it once more."),
        "kept": kept, "address": request.get_full_path(), "sign_in": sign_in, "follow": follow, "files": bool(request.FILES),
    }  # fmt: skip
    return render(request, "errors/again.html", context, status=401 if sign_in or follow else 403)


def typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """What somebody typed, without what must not be shown again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in (party.FIELD, party.CHOSEN) and not any(word in name.lower() for word in _NEVER_SHOWN_AGAIN)
    ]


def _from_here(request: HttpRequest) -> bool:
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(came_from).netloc == request.get_host()
