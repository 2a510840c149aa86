"""The words of enterprise annuities."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PROGRAM = "enterprise-annuity"  # in the catalogue


class Duty(TextChoices):
    """What a body may be charged with in an area."""

    EXAMINE_PLANS = "annuities.examine-plans", _("Take plans of enterprise annuities on file and examine them")


class PlanState(TextChoices):
    """From filing to the end."""

    FILED = "filed", _("Filed, being examined")
    QUESTIONED = "questioned", _("Questioned: the employer answers")
    IN_FORCE = "in-force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by an amended plan")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended")


class Form(TextChoices):
    """Whose plan it is."""

    SINGLE = "single", _("Of one employer (单一计划)")
    COLLECTIVE = "collective", _("Of several employers together (集合计划)")


class Consent(TextChoices):
    """How the employees agreed: without a congress of staff another democratic procedure will do."""

    CONGRESS = "congress", _("Congress of staff (职工代表大会)")
    ASSEMBLY = "assembly", _("Assembly of all staff (职工大会)")
    OTHER = "other", _("Another democratic procedure")
