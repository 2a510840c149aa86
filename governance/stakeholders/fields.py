"""Model fields that look after themselves: the pinyin of a name, for sorting and searching."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import readings
from governance.actions.columns import Follows


@lru_cache(maxsize=10_000)
def pinyin(text: str) -> str:
    """The pinyin of a text, syllables apart, lower case, without tones: 王芳 → wang fang."""
    from pypinyin import lazy_pinyin  # its dictionaries take a while to load: only when needed

    readings.learn_places()
    return " ".join(lazy_pinyin(text)).lower()


class PinyinField(Follows, models.CharField):
    """The pinyin of another field, written whenever the record is."""

    def __init__(self, source: str = "name", **options: Any) -> None:
        self.source = source
        super().__init__(
            **{"max_length": 600, "verbose_name": _("pinyin"), "editable": False, "blank": True, "db_index": True} | options
        )

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = pinyin(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
