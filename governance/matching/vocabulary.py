"""The words of matching."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    ADJUDICATE = "matching.adjudicate", _("Decide whether two entries are the same person")


class State(TextChoices):
    """From the question to the decision."""

    WAITING = "waiting", _("Not looked at yet")
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Not the same person")
    UNCLEAR = "unclear", pgettext_lazy("whether two are the same", "Cannot tell")
    MOOT = "moot", _("No longer asked")


DECIDED = (State.SAME, State.DIFFERENT, State.UNCLEAR)

FIELDS = {
    "name": pgettext_lazy("of a person", "Name"), "birth": _("Date of birth"), "place": _("Place"), "sex": _("Sex"), "contact": _("Telephone or e-mail"), "number": _("Identity number"),
}  # fmt: skip
FINDINGS = {
    ("name", "same"): _("written the same"), ("name", "variant"): _("the same characters in another form"), ("name", "sound"): _("the same pinyin"),
    ("name", "near"): _("nearly the same pinyin, cut off, or not printed whole"), ("name", "character"): _("one character is another: also brothers and sisters are named so"),
    ("name", "other"): _("another name"),
    ("birth", "same"): _("the same day"), ("birth", "slip"): _("a slip: day and month exchanged, or one digit"), ("birth", "lunar"): _("one may be of the lunar calendar"),
    ("birth", "year"): _("the same year; of one the day is not known"), ("birth", "other"): _("another day"), ("birth", "unknown"): _("not known on one side or both"),
    ("place", "county"): _("the same county"), ("place", "city"): _("the same city"), ("place", "province"): _("the same province"), ("place", "other"): _("another province"),
    ("place", "unknown"): _("not known on one side or both"),
    ("sex", "same"): pgettext_lazy("sex", "the same"), ("sex", "other"): pgettext_lazy("sex", "another"), ("sex", "unknown"): _("not known on one side or both"),
    ("contact", "same"): pgettext_lazy("telephone", "the same"), ("contact", "other"): pgettext_lazy("telephone", "another"), ("contact", "unknown"): _("not known on one side or both"),
    ("number", "same"): pgettext_lazy("number", "the same"), ("number", "other"): _("two different numbers, each verified"), ("number", "unknown"): _("not known on one side or both"),
}  # fmt: skip
CASES = {
    "clean": _("written the same everywhere"), "traditional": _("traditional or variant characters"), "spaced": _("spaces and dots in the name"),
    "pinyin": _("the name in letters, in either order"), "unprinted": _("a character that was not printed"), "homophone": _("a character that only sounds the same"),
    "cut-off": _("a long name cut off"), "slip": _("a slip in the date of birth"), "lunar": _("a birthday of the lunar calendar"), "year": _("only the year of birth"),
    "moved": _("moved elsewhere"), "two-slips": _("several of these at once"),
    "twin": _("twins, and brothers or sisters with the same date"), "namesake-here": _("namesakes in the same county"), "namesake-of-the-year": _("namesakes born in the same year"),
    "sounds-the-same": _("names that only sound the same"), "stranger": _("strangers"),
}  # fmt: skip
