"""How long a session lasts: until nobody uses it for a while, and never longer than a working day."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY as USER
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

BEGAN, SEEN = "began_at", "seen_at"
EVERY = 300  # seconds between two notes that the session is in use: reading a page does not always write


class LifetimeMiddleware:
    """Ends a session of a signed-in user that is too old; keeps one that is in use from ending.

    A session that is not used ends by itself after SESSION_COOKIE_AGE. What is kept on the server decides, not the cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and USER in request.session:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request: HttpRequest) -> None:
        """Note when it began and that it is in use, or end it."""
        session, now = request.session, int(time.time())
        if now - session.setdefault(BEGAN, now) >= settings.SESSION_LONGEST:
            logout(request)
            messages.info(request, _("You have been signed in for a long time. Sign in again to go on."))
        elif now - session.get(SEEN, 0) >= EVERY:
            session[SEEN] = now


def forget_ended() -> None:
    """Sessions that have ended are deleted, and from where they were opened."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
