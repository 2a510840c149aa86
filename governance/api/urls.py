"""Every address of the interface: each slice's ``api.py`` gives its own."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import path

from governance.api import pages_for_people

app_name = "api"

_slices = [f"{c.name}.api" for c in apps.get_app_configs() if c.name.startswith(("governance.", "programs.")) and c.name != "governance.api"]

urlpatterns = [
    path("", pages_for_people.about, name="about"),
    path("problems/", pages_for_people.kinds_of_problems, name="problems"),
    path("schema/", pages_for_people.schema, name="schema"),
    *[one for module in _slices if find_spec(module) for one in import_module(module).urlpatterns],
]
