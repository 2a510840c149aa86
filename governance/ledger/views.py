"""The log in public: nothing here needs an account, and nothing here looks at who asks."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from governance.ledger import notes, reading, verifier, witnessing

FOR_EVER = "public, max-age=31536000, immutable"
TEXT = "text/plain; charset=utf-8"
LONGEST_NOTE = 100_000


def _answer(data: bytes | str | None, kind: str, keep: str) -> HttpResponse:
    if data is None:
        answer = HttpResponse("There is not so much yet.\n", status=404, content_type=TEXT)
        keep = "no-store"
    else:
        answer = HttpResponse(data, content_type=kind)
    answer["Cache-Control"] = keep
    answer["Access-Control-Allow-Origin"] = "*"  # anybody's page may verify
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the log."""
    return _answer(reading.published(reading.head()), TEXT, "no-cache")


@require_safe
def tile(request: HttpRequest, level: int, place: tuple[int, int]) -> HttpResponse:
    """A row of hashes."""
    found = reading.tile(level, *place) if level <= reading.HIGHEST_LEVEL else None
    return _answer(found, "application/octet-stream", FOR_EVER)


@require_safe
def entries(request: HttpRequest, place: tuple[int, int]) -> HttpResponse:
    """A row of entries."""
    return _answer(reading.bundle(*place), "application/octet-stream", FOR_EVER)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The key that checkpoints and receipts are verified with."""
    return _answer(notes.verifier_key() + "\n", TEXT, "no-cache")


@require_safe
def download_verifier(request: HttpRequest) -> HttpResponse:
    """The program that verifies all this without us."""
    answer = _answer(Path(verifier.__file__).read_bytes(), "text/x-python; charset=utf-8", "no-cache")
    answer["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return answer


@require_safe
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What shows that the log of one size begins with the log of another: a line for every hash."""
    if not 0 < old <= new <= reading.head().size:
        return _answer(None, TEXT, "no-store")
    return _answer(witnessing.lines_of(reading.consistency(old, new)), TEXT, FOR_EVER)


@csrf_exempt  # a witness is known by its signature, not by a session
@require_POST
def cosign(request: HttpRequest) -> HttpResponse:
    """A witness brings a checkpoint of ours with its signature under it."""
    try:
        text = request.body[:LONGEST_NOTE].decode()
        witnessing.accept(text)
    except (verifier.Wrong, UnicodeDecodeError) as problem:
        answer = _answer(f"{problem}\n", TEXT, "no-store")
        answer.status_code = 422
        return answer
    return _answer("Thank you.\n", TEXT, "no-store")
