"""What an action writes is clean and within the columns' bounds, whoever calls it; what the database refuses is a sentence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from governance.actions import Refused, cleaning
from governance.actions.conclusion import refusal_of
from governance.clocks.near import Near
from governance.clocks.now import now, today
from governance.feedback.models import Matter


def matter(**given) -> Matter:
    return Matter(**{"subject": "取暖", "text": "没有暖气", "kind": "complaint"} | given)


def test_text_is_folded_before_it_is_kept():
    row = matter(subject="取\u200b暖\x0b", text="一\r\n二")
    cleaning.clean(row, ["subject", "text"])
    assert (row.subject, row.text) == ("取暖", "一\n二")


def test_what_is_too_long_is_said_beside_its_field():
    most = Matter._meta.get_field("subject").max_length
    cleaning.clean(matter(subject="字" * most), ["subject"])
    with pytest.raises(Refused) as refusal:
        cleaning.clean(matter(subject="字" * (most + 1)), ["subject"])
    assert refusal.value.field == "subject"


def test_a_choice_nobody_offered_is_refused():
    with pytest.raises(Refused) as refusal:
        cleaning.clean(matter(kind="nonsense"), ["kind"])
    assert refusal.value.field == "kind"


def test_a_day_is_near_today_on_both_sides():
    near = Near(days_back=30, days_ahead=1)
    for day in (today() - timedelta(days=30), today() + timedelta(days=1), now()):
        near(day)
    for day in (today() - timedelta(days=31), today() + timedelta(days=2), now() - timedelta(days=32)):
        with pytest.raises(ValidationError):
            near(day)


@pytest.mark.parametrize("problem", [DataError("integer out of range"), OverflowError("date value out of range")])
def test_what_is_out_of_range_is_a_refusal(problem):
    assert isinstance(refusal_of(problem), Refused)


def test_a_validation_error_is_said_beside_its_field():
    refusal = refusal_of(ValidationError({"base": ["too low"]}))
    assert (refusal.field, str(refusal)) == ("base", "too low")
    assert str(refusal_of(ValidationError("nothing fits"))) == "nothing fits"


def test_a_violated_constraint_that_is_none_of_ours_stays_what_it_is():
    problem = IntegrityError("something else")
    assert refusal_of(problem) is problem
