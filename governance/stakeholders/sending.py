"""What is posted is done for whom the page was drawn for, or not at all: the one guard of every form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from governance.actions.actors import Actor
from governance.stakeholders.actors import NOBODY, SESSION_KEY, actor_for
from governance.stakeholders.models import Stakeholder
from governance.web import errors, party

ACCOUNT_PAGES = "allauth."  # signing in and out, factors, passwords: done for the account


class PartyMiddleware:
    """Compares whom a posted form was drawn for with whom one acts for now; where they differ, asks, and does nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponse | None:
        if request.method != "POST" or _is_for_whoever(view):
            return None
        stamped = request.POST.get(party.CHOSEN) or request.POST.get(party.FIELD)
        meant = party.read(stamped or "")  # a form without a stamp is none of ours
        if meant == request.actor.party:
            return None
        if request.actor.user_id is None and meant and meant != NOBODY.party:
            return errors.signed_out(request)
        chosen = meeting(request.user, meant)
        if chosen is not None and party.CHOSEN in request.POST:
            request.session[SESSION_KEY], request.actor = chosen.current, chosen
            return None
        return errors.for_whom(request, now=_called(request.actor), then=_name_of(request.user, meant, chosen), again=chosen is not None)


def _is_for_whoever(view: Any) -> bool:
    return getattr(view, "csrf_exempt", False) or getattr(view, "for_whoever", False) or view.__module__.startswith(ACCOUNT_PAGES)


def meeting(user: Any, meant: str) -> Actor | None:
    """The user acting for that party, if they still may."""
    if not meant or not user.is_authenticated:
        return None
    actor = actor_for(user, meant.split(".", 2)[2])
    return actor if actor.party == meant else None


def _called(actor: Any) -> str:
    if actor.user_id is None:
        return _("nobody (you are not signed in)")
    return _("you yourself") if actor.way is None else str(actor.stakeholder)


def _name_of(user: Any, meant: str, chosen: Actor | None) -> str:
    """Whom a form was drawn for, in words; empty where it is not to be told, as with another account's."""
    if chosen is not None:
        return _called(chosen)
    if meant == NOBODY.party:
        return _("nobody (you were not signed in)")
    user_id, stakeholder_id, _way = meant.split(".", 2) if meant else ("", "", "")
    if not meant or not user.is_authenticated or user_id != str(user.pk):
        return ""
    return str(Stakeholder.objects.filter(pk=stakeholder_id).first() or "")
