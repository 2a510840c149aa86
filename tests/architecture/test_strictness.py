"""The guards of the tests themselves: each must fail when it should."""

from __future__ import annotations

import warnings

import pytest
from django.template import engines


def test_an_undefined_variable_is_noticed(no_undefined_variables):
    engines["django"].from_string("{{ nothing }}{{ nothing.inside }}{% if nothing %}{% endif %}").render({})
    assert no_undefined_variables == ["nothing", "nothing.inside"]
    no_undefined_variables.clear()


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
