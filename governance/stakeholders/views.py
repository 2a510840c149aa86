"""Pages: for whom one acts, and who is responsible for what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.stakeholders import reading
from governance.stakeholders.actors import SESSION_KEY, actor_for


@require_POST
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Act for somebody else from now on."""
    choice = request.POST.get("stakeholder", "")[:20]
    actor = actor_for(request.user, choice)
    if actor.current != choice:
        messages.warning(request, _("You cannot act for them any more."))
    request.session[SESSION_KEY] = actor.current
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = reverse("web:home")
    return HttpResponseRedirect(target)


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """My account: what I act for, who may act for me, my household, how sure the system is who I am."""
    return render(request, "stakeholders/me.html", reading.account(request.actor))


@require_safe
def responsibilities(request: HttpRequest) -> HttpResponse:
    """The published list of powers and duties: by area, program and duty."""
    asked: dict[str, Any] = {name: request.GET.get(name, "")[:100] for name in ("area", "program", "duty", "q")}
    return render(request, "stakeholders/responsibilities.html", reading.responsibilities(**asked))
