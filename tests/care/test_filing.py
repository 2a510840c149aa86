"""The period for answering a filing: it stands still during a visit and can be extended, as far as the rule allows."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from governance.actions import NotNow, NotResponsible, Refused
from governance.clocks.models import Clock
from governance.clocks.now import LOCAL, stopped_at
from programs.care import actions
from programs.care.models import Home
from programs.care.vocabulary import Duty
from tests.care.test_homes import filing
from tests.factories import care

pytestmark = pytest.mark.django_db


def at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LOCAL).replace(hour=10)


@pytest.fixture
def office(db):
    return care.office(Duty.APPROVE_HOMES)


@pytest.fixture
def home(db):
    """Filed on 15 September 2026: ten working days, with a make-up Sunday and Mid-Autumn, end on 29 September."""
    with stopped_at(at("2026-09-15")):
        return actions.RegisterHome.do(care.provider(), **filing())


def clock(home: Home) -> Clock:
    return home.clocks.get(rule__code="care.answer-filing")


def test_a_visit_stops_the_count_and_its_report_is_kept(home, office):
    assert clock(home).due_on == date(2026, 9, 29)
    with stopped_at(at("2026-09-17")):
        actions.InspectHome.do(office, home, reason="核对消防设施")
        assert clock(home).state == "paused"
        with pytest.raises(NotNow):
            actions.AcceptFiling.do(office, home, filing_number="")
    with stopped_at(at("2026-09-22")):
        actions.FinishInspection.do(office, home, report="核查记录〔2026〕7 号")
    kept = clock(home)
    assert (kept.state, kept.due_on) == ("running", date(2026, 10, 10))
    assert [(e.kind, e.reason, e.document) for e in kept.events.all()] == [
        ("start", "", ""), ("pause", "核对消防设施", ""), ("resume", "", "核查记录〔2026〕7 号"),
    ]  # fmt: skip
    actions.AcceptFiling.do(office, home, filing_number="示备 8")
    assert clock(home).state == "stopped"


def test_an_extension_as_far_as_the_rule_allows_once_and_not_after_the_end(home, office):
    with stopped_at(at("2026-09-17")):
        with pytest.raises(Refused, match="10"):
            actions.ExtendAnswer.do(office, home, days=11, reason="情况复杂")
        with pytest.raises(Refused):
            actions.ExtendAnswer.do(office, home, days=5)
        actions.ExtendAnswer.do(office, home, days=5, reason="情况复杂")
        assert clock(home).due_on == date(2026, 10, 12)
        with pytest.raises(Refused):
            actions.ExtendAnswer.do(office, home, days=5, reason="情况复杂")
    assert [told.due_at.astimezone(LOCAL).date() for told in clock(home).dates_told] == [date(2026, 9, 29), date(2026, 10, 12)]


def test_after_the_end_nothing_is_extended(home, office):
    with stopped_at(at("2026-09-30")), pytest.raises(Refused, match="ended|已"):
        actions.ExtendAnswer.do(office, home, days=5, reason="情况复杂")
    assert clock(home).due_on == date(2026, 9, 29)


def test_the_provider_neither_pauses_nor_extends(home):
    for action, data in ((actions.InspectHome, {}), (actions.ExtendAnswer, {"days": 5})):
        with pytest.raises(NotResponsible):
            action.do(care.Acting(home.provider), home, reason="x", **data)


def test_what_is_paused_stays_on_the_worklist(home, office):
    from governance.web.worklist import with_records, worklist

    with stopped_at(at("2026-09-17")):
        actions.InspectHome.do(office, home, reason="核对消防设施")
        everything, shown = worklist(office)
        (row,) = with_records(shown, office)
    assert row.action is actions.FinishInspection
    assert [one.state for one in everything] == ["paused"]


def test_what_is_paused_is_not_late(home, office):
    from governance.web.worklist import is_late

    with stopped_at(at("2026-09-17")):
        actions.InspectHome.do(office, home, reason="核对消防设施")
    with stopped_at(at("2026-10-20")):
        assert not is_late(clock(home))
        assert clock(home).urgency == "paused"
