"""Whoever acts for an organisation that reads personal data signs in with two factors, or sets the second one up first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.api import problems
from governance.stakeholders.models import Membership, User

HAS_ONE = "has_second_factor"
FACTORS = ["totp", "webauthn"]
# What can be done without it: set it up, look after the account, act for oneself instead, read in the other language.
OPEN_NAMES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
OPEN_VIEWS = {"web:language", "stakeholders:me", "stakeholders:switch", "demonstration", "demonstration-mail"}


def must_have_one(user: User) -> bool:
    """Whether one of the organisations this person may act for reads personal data."""
    return Membership.objects.of_user(user).filter(stakeholder__reads_personal_data=True).exists()


class SecondFactorMiddleware:
    """Leads to setting up the second factor whoever acts for such an organisation without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponse | None:
        if request.resolver_match.url_name is None or is_open(request.resolver_match.view_name) or not lacks_one(request):
            return None
        if request.path.startswith("/api/"):
            return problems.problem(403, slug="second-factor", detail=_("Set up a second factor first: your organisation reads personal data."))
        messages.info(request, _("Your organisation reads personal data. Set up a second factor before you go on."))
        return HttpResponseRedirect(reverse("mfa_index"))


def is_open(view_name: str) -> bool:
    """Whether this page is for everybody who is signed in."""
    return view_name in OPEN_VIEWS or view_name.startswith(OPEN_NAMES)


def lacks_one(request: HttpRequest) -> bool:
    """Whether this request acts for such an organisation without a second factor. Having one is remembered by the session."""
    if not request.user.is_authenticated or request.session.get(HAS_ONE):
        return False
    organisation = request.actor.stakeholder if request.actor.roles else None
    if organisation is None or not organisation.reads_personal_data:
        return False
    if get_adapter().is_mfa_enabled(request.user, FACTORS):
        request.session[HAS_ONE] = True
        return False
    return True
