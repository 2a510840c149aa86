"""The vocabulary of counting: one more, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Sum

COUNT_ONE_MORE = """
    INSERT INTO learning_tally (quiz, question, month, finished, correct)
    SELECT %s, question, %s, 1, correct FROM unnest(%s::text[], %s::int[]) AS one (question, correct)
    ON CONFLICT (quiz, question, month)
    DO UPDATE SET finished = learning_tally.finished + 1, correct = learning_tally.correct + EXCLUDED.correct
"""
WHOLE = ""  # the row that counts the quiz itself; its "correct" are those who had everything right


class TallyQuerySet(models.QuerySet):
    """Counts."""

    def one_more(self, quiz: str, day: date, answers: Mapping[str, bool]) -> None:
        """A quiz was finished, with these answers right: one statement, whoever else finishes at the same moment."""
        rows = {WHOLE: all(answers.values()), **answers}
        questions = sorted(rows)  # in one order, so that two never wait for each other
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ONE_MORE, [quiz, day.replace(day=1), questions, [int(rows[one]) for one in questions]])

    def by_month(self, since: date) -> list[dict[str, Any]]:
        """How often each quiz was finished, month by month."""
        rows = self.filter(question=WHOLE, month__gte=since).order_by("-month", "quiz")
        return list(rows.values("quiz", "month", "finished"))

    def by_quiz(self) -> dict[str, int]:
        """How often each quiz was finished in all."""
        return dict(self.filter(question=WHOLE).order_by("quiz").values_list("quiz").annotate(all=Sum("finished")))

    def by_question(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Of every question how often it was asked and answered rightly."""
        rows = self.exclude(question=WHOLE).order_by("quiz", "question").values_list("quiz", "question")
        return {
            (quiz, question): (finished, correct)
            for quiz, question, finished, correct in rows.annotate(Sum("finished"), Sum("correct"))
        }
