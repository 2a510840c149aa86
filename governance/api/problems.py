"""Every refusal of the interface as problem details (RFC 9457), in the reader's language, without internals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions

from governance import servers
from governance.actions import NotVisible, Refusal
from governance.web.keyset import BadCursor

CONTENT_TYPE = "application/problem+json"
TYPES = "/api/problems/"  # what a problem's type refers to; the page explains all of them
RETRY_AFTER = 5  # seconds

# status: (end of the type's address, title, what to do)
KNOWN: dict[int, tuple[str, Any, Any]] = {
    400: ("malformed", gettext_lazy("The request cannot be read"), gettext_lazy("Send JSON, or correct the address.")),
    401: ("not-signed-in", gettext_lazy("Sign in to do this"), gettext_lazy("Send “Authorization: Bearer …” with a valid access token.")),
    403: ("not-responsible", gettext_lazy("Somebody else is responsible for this"), gettext_lazy("You may not do this.")),
    404: ("not-found", gettext_lazy("There is nothing here for you"), gettext_lazy("Check the address. What you may not see looks like what does not exist.")),
    405: ("method-not-allowed", gettext_lazy("This address does not do that"), gettext_lazy("See the header “Allow”.")),
    406: ("not-acceptable", gettext_lazy("We cannot answer in that form"), gettext_lazy("We answer in JSON.")),
    413: ("too-large", gettext_lazy("This is too large"), gettext_lazy("Send less at once.")),
    415: ("unsupported-type", gettext_lazy("We cannot read that form"), gettext_lazy("Send “Content-Type: application/json”.")),
    422: ("refused", gettext_lazy("The rules do not allow this"), gettext_lazy("See the errors.")),
    429: ("too-many-requests", gettext_lazy("Too many requests"), gettext_lazy("Wait as long as “Retry-After” says.")),
    500: ("failure", gettext_lazy("Something went wrong here"), gettext_lazy("It is our mistake and has been written down.")),
    503: ("unavailable", gettext_lazy("For a moment we cannot answer"), gettext_lazy("Nothing was done. Try again shortly.")),
}  # fmt: skip


def problem(
    status: int, *, slug: str = "", title: Any = "", detail: Any = "", errors: Iterable[dict[str, str]] = (), headers: dict[str, str] | None = None
) -> JsonResponse:
    """A problem of this status. ``errors`` are dicts of ``pointer`` (a JSON pointer) and ``detail``."""
    kind, known_title, known_detail = KNOWN.get(status, (f"status-{status}", "", ""))
    body = {
        "type": f"{TYPES}#{slug or kind}",
        "title": str(title or known_title or status),
        "status": status,
        "detail": str(detail or known_detail),
    }
    if found := list(errors):
        body["errors"] = found
    headers = headers or {}
    if status == 503:
        headers = {"Retry-After": str(RETRY_AFTER)} | headers
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers, json_dumps_params={"ensure_ascii": False})


def of_refusal(refusal: Refusal) -> JsonResponse:
    """A refusal of an action."""
    pointer = f"/{refusal.field}" if refusal.field else ""
    errors = [{"pointer": pointer, "detail": str(refusal)}] if refusal.field else []
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
    return problem(refusal.status, slug=refusal.slug, title=refusal.title, detail=str(refusal), errors=errors, headers=headers)


def of_errors(errors: Any) -> JsonResponse:
    """Inputs that were not understood: one error for each, next to its field."""
    return problem(422, slug="invalid", title=_("Some of what you sent is not right"), detail=_("Nothing was done."), errors=flattened(errors))


def flattened(errors: Any, pointer: str = "") -> list[dict[str, str]]:
    """Nested messages as a list of pointers and details."""
    if isinstance(errors, dict):
        return [one for name, inner in errors.items() for one in flattened(inner, _below(pointer, name))]
    if isinstance(errors, list | tuple):
        return [one for inner in errors for one in flattened(inner, pointer)]
    return [{"pointer": pointer, "detail": str(errors)}]


def _below(pointer: str, name: Any) -> str:
    if name in ("__all__", "non_field_errors"):
        return pointer
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def handler(problem_raised: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What Django REST Framework calls for an exception in a view; None lets it go on to the server's own handling."""
    if isinstance(problem_raised, Refusal):
        return of_refusal(problem_raised)
    if isinstance(problem_raised, BadCursor):
        return problem(400, detail=str(problem_raised), errors=[{"pointer": "", "detail": str(problem_raised)}])
    if isinstance(problem_raised, Http404):
        return of_refusal(NotVisible())
    if isinstance(problem_raised, PermissionDenied):
        return problem(403)
    if isinstance(problem_raised, exceptions.ValidationError):
        return of_errors(problem_raised.detail)
    if isinstance(problem_raised, exceptions.APIException):
        return _of_framework(problem_raised)
    return problem(503) if servers.is_away(problem_raised) else None


def _of_framework(raised: exceptions.APIException) -> HttpResponse:
    headers = {}
    if wait := getattr(raised, "wait", None):
        headers["Retry-After"] = str(max(1, round(wait)))
    if challenge := getattr(raised, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    status = raised.status_code
    detail = "" if status in (405, 406, 415, 429) else raised.detail
    return problem(status, detail=detail, headers=headers)


class ProblemsMiddleware:
    """What fails outside the views (a wrong address, a missing CSRF token, a failure) is a problem too, under /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not request.path_info.startswith("/api/") or answer.status_code < 400 or answer.get("Content-Type", "").startswith(CONTENT_TYPE):
            return answer
        made = problem(answer.status_code, headers={name: value for name, value in answer.items() if not name.lower().startswith("content-t")})
        made["Content-Length"] = str(len(made.content))
        return made
