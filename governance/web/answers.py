"""What every answer says about itself: how long it may be kept, and that no other site may use it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

PUBLIC_SECONDS = 30
METHODS = ("GET", "HEAD", "OPTIONS", "POST")  # of pages; a function that serves one would answer any other, TRACE too
_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class AnswersMiddleware:
    """Pages without an account may be kept for a short time by anybody; what somebody signed in sees is kept by nobody.

    Stands outside the session and the token, so that it sees the cookies they set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.method in METHODS or request.path_info.startswith("/api/")  # whose endpoints say themselves what they do
        answer = self.get_response(request) if known else HttpResponseNotAllowed(METHODS)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        if "Cache-Control" in answer:
            return answer
        if is_public(request, answer):
            answer["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
            patch_vary_headers(answer, ["Accept-Language", "Cookie", "Authorization"])
        else:
            answer["Cache-Control"] = "no-store"
        return answer


def is_public(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether it was asked for and answered without a session, a token, or a form of one's own."""
    return (
        request.method in ("GET", "HEAD")
        and answer.status_code == 200
        and not answer.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and "CSRF_COOKIE" not in request.META
    )
