"""What a matter is about: programs say where it belongs and who runs it; governance knows none of them by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from governance.actions import registry
from governance.feedback import things
from governance.feedback.models import Matter
from tests.factories import care, feedback

PROGRAMS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("programs."))
CODE = sorted((Path(settings.PROJECT) / "governance" / "feedback").rglob("*.py"))


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_says_where_matters_about_it_belong(program):
    assert things.programs()[program].category


def test_who_runs_it_is_an_attribute_of_the_record():
    models = {(model._meta.app_label, model._meta.model_name): model for model in registry.records()}
    for label, program in things.programs().items():
        for model, attribute in program.run_by.items():
            assert hasattr(models[label, model], attribute), (label, model, attribute)


@pytest.mark.django_db
def test_a_home_is_run_by_its_provider_an_organisation_by_itself_and_a_matter_by_its_office():
    home = care.home()
    assert (things.responsible(home), things.suggested(home)["category"]) == (home.provider, "care")
    assert things.responsible(home.provider) == home.provider and things.responsible(care.citizen("示例妻").stakeholder) is None
    matter: Matter = feedback.World().routed()
    assert things.responsible(matter) == matter.office and "category" not in things.suggested(matter)


@pytest.mark.parametrize("file", [file for file in CODE if "migrations" not in file.parts and "demonstration" not in file.name], ids=lambda f: f.name)
def test_no_program_is_imported(file):
    imported = [node.module or "" for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
    assert not [module for module in imported if module.startswith("programs")]
    assert "CATEGORIES = {" not in file.read_text(encoding="utf-8") or file.name != "things.py"
