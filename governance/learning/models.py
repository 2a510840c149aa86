"""How often a quiz was finished: counts, and nobody in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.learning.querysets import TallyQuerySet


class Tally(models.Model):
    """How often in a month. No record, no event, no person: who learns is nobody's business."""

    quiz = models.CharField(_("quiz"), max_length=12)
    question = models.CharField(_("question"), max_length=40, blank=True)
    month = models.DateField(_("month"))
    finished = models.PositiveIntegerField(_("finished"), default=0)
    correct = models.PositiveIntegerField(_("answered rightly"), default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question", "month"], name="a_month_is_counted_once", violation_error_message=_("This month is counted already.")),
            bounds.day("learning_tally", "month"),
            bounds.whole("learning_tally", "finished", most=1_000_000_000),
            bounds.whole("learning_tally", "correct", most=1_000_000_000),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.question} {self.month:%Y-%m}"
