"""Addresses of the log, as C2SP tlog-tiles lays them out."""

from __future__ import annotations

import re

from django.urls import path, register_converter

from governance.ledger import views
from governance.ledger.verifier import WIDTH, tile_path


class Place:
    """A tile's number in groups of three digits, and its width where it is not full: x001/x234/067.p/5."""

    regex = r"(?:x[0-9]{3}/){0,5}[0-9]{3}(?:\.p/[0-9]{1,3})?"

    def to_python(self, text: str) -> tuple[int, int]:
        number, _dot, width = text.partition(".p/")
        found = int(re.sub(r"[x/]", "", number)), int(width or WIDTH)
        if not found[1] or tile_path(0, *found) != f"tile/0/{text}":  # one address for one thing
            raise ValueError
        return found

    def to_url(self, place: tuple[int, int]) -> str:
        return tile_path(0, *place).removeprefix("tile/0/")


register_converter(Place, "place")

app_name = "ledger"
urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("tile/entries/<place:place>", views.entries, name="entries"),
    path("tile/<int:level>/<place:place>", views.tile, name="tile"),
    path("key", views.key, name="key"),
    path("verifier.py", views.download_verifier, name="verifier"),
    path("consistency/<int:old>/<int:new>", views.consistency, name="consistency"),
    path("cosign", views.cosign, name="cosign"),
]
