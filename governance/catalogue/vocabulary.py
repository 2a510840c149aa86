"""The words of the catalogue: tiers, pillars, branches, payers, levels, marks of sources, states, duties."""

from datetime import date

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NATIONAL = "000000000000"
FROM_THE_BEGINNING = date(1949, 10, 1)  # in force since a day that is not recorded
# A choice of ours, no law: the catalogue was drawn up for the time from then on, and what has no first day is not known before.
KNOWN_SINCE = date(2025, 1, 1)


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    KEEP_CATALOGUE = "catalogue.keep-catalogue", _("Keep the catalogue of programs and their parameters")


class Tier(TextChoices):
    """Where a program stands in the system of several tiers."""

    FIRST = "first", _("First tier: basic insurance")
    SECOND = "second", _("Second tier: annuities of employers")
    THIRD = "third", _("Third tier: personal and commercial")
    FLOOR = "floor", _("The floor: social assistance")
    SERVICES = "services", _("Services and care")


class Pillar1994(TextChoices):
    """The three pillars of the World Bank's report of 1994."""

    FIRST = "1", _("1: public and mandatory, paid from current income")
    SECOND = "2", _("2: mandatory saving, funded")
    THIRD = "3", _("3: voluntary")


class Pillar2005(IntegerChoices):
    """The five pillars of the World Bank's report of 2005."""

    ZERO = 0, _("0: a basic floor without contributions")
    ONE = 1, _("1: mandatory contributions, linked to earnings")
    TWO = 2, _("2: mandatory individual accounts")
    THREE = 3, _("3: voluntary arrangements")
    FOUR = 4, _("4: family, services and other help in kind")


class Branch(TextChoices):
    """The risk it is about."""

    OLD_AGE = "old-age", _("old age")
    MEDICAL = "medical", _("illness")
    MATERNITY = "maternity", _("maternity")
    UNEMPLOYMENT = "unemployment", _("unemployment")
    INJURY = "injury", _("injury at work")
    CARE = "care", _("need of care")
    POVERTY = "poverty", _("poverty and hardship")


class Protection(TextChoices):
    """The kind of protection."""

    ECONOMIC = "economic", _("money")
    SERVICE = "service", _("service")
    EMOTIONAL = "emotional", _("emotional support")


class Payer(TextChoices):
    """Who pays into it."""

    EMPLOYER = "employer", _("employer")
    PERSON = "person", _("insured person")
    GOVERNMENT = "government", _("government budget")
    COLLECTIVE = "collective", _("collective")
    INVESTMENT = "investment", _("returns on investment")
    DONATION = "donation", _("donations")
    FUND = "fund", _("another insurance fund")


class Pooling(TextChoices):
    """The level at which risks are shared."""

    COUNTY = "county", pgettext_lazy("pooling", "county")
    CITY = "city", pgettext_lazy("pooling", "city")
    PROVINCE = "province", pgettext_lazy("pooling", "province")
    NATION = "nation", pgettext_lazy("pooling", "nation")


class Maturity(TextChoices):
    """How settled it is."""

    DRAFT = "draft", _("draft")
    PILOT = "pilot", _("pilot")
    NATIONAL = "national", _("nationwide")
    STATUTORY = "statutory", _("fixed by statute")
    MERGED = "merged", _("merged into another program")


class Mark(TextChoices):
    """How far the source of a number was checked."""

    VERIFIED = "verified", _("source checked")  # read in the text itself
    QUOTED = "quoted", _("as another text quotes it")  # a report, a notice, a yearbook copied by somebody: not the text itself
    DERIVED = "derived", _("worked out")
    UNVERIFIED = "unverified", _("source not verified")
    EXAMPLE = "example", _("example, not law")


class Unit(TextChoices):
    """What a parameter is counted in."""

    SHARE = "share", _("%")
    PER_DAY = "share-a-day", _("% a day")
    YUAN = "yuan", _("yuan")
    YUAN_MONTH = "yuan-a-month", _("yuan a month")
    YUAN_YEAR = "yuan-a-year", _("yuan a year")
    MONTHS = "months", pgettext_lazy("length", "months")
    YEARS = "years", _("years")
    DAYS = "days", _("days")
    TIMES = "times", _("times")
    WORDS = "words", pgettext_lazy("unit", "in words")
    TABLE = "table", _("table")


class ProgramState(TextChoices):
    """Where an entry of the catalogue stands."""

    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", pgettext_lazy("program", "In the catalogue")
    ENDED = "ended", pgettext_lazy("program", "Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ParameterState(TextChoices):
    """Where a version of a parameter stands."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVATED = "activated", pgettext_lazy("parameter", "In the book")
    WITHDRAWN = "withdrawn", _("Withdrawn")
