"""The guards of the tests themselves: each must fail when it should."""

from __future__ import annotations

import warnings

import polib
import pytest
from django.template import engines

from governance.development import messages


def test_an_undefined_variable_is_noticed(no_undefined_variables):
    engines["django"].from_string("{{ nothing }}{{ nothing.inside }}{% if nothing %}{% endif %}").render({})
    assert no_undefined_variables == ["nothing", "nothing.inside"]
    no_undefined_variables.clear()


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_a_text_in_two_ways_is_noticed(tmp_path):
    def kept(app, **texts):
        """What an app translates: ``context__text="Chinese"``."""
        po, path = polib.POFile(), tmp_path / app / "locale" / messages.LANGUAGE / "LC_MESSAGES" / "django.po"
        for text, way in texts.items():
            context, _cut, source = text.rpartition("__")
            po.append(polib.POEntry(msgid=source, msgctxt=context or None, msgstr=way))
        path.parent.mkdir(parents=True)
        po.save(str(path))
        return path

    one = kept("one", Name="名称", From="起", Next="下一步")
    two = kept("two", Name="姓名", somebody__From="提交人", Next="下一步")
    library = kept("three", permissions="许可")
    assert messages.conflicts([one, two]) == [
        f"{app}: translated in two ways: 'Name' (one 名称 / two 姓名)" for app in ("one", "two")
    ]
    assert messages.conflicts([library]) == [
        f"{app}: translated in two ways: 'permissions' (three 许可 / auth 权限)" for app in ("three", "auth")
    ]
