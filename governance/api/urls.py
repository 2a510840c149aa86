"""Every address of the interface: each slice's ``api.py`` gives its own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from django.urls import URLPattern, path

from governance.api import pages_for_people


def addresses(slices: Iterable[str]) -> list[URLPattern]:
    """The interface's own pages, and what these modules give. A module that is not there is an error."""
    return [
        path("", pages_for_people.about, name="about"),
        path("problems/", pages_for_people.kinds_of_problems, name="problems"),
        path("schema/", pages_for_people.schema, name="schema"),
        *[one for module in slices for one in import_module(module).urlpatterns],
    ]
