"""Calendars and rules are kept in memory; here they change from test to test."""

import pytest

from governance.clocks import calendars


@pytest.fixture(autouse=True)
def _fresh_calendars():
    calendars.forget()
    yield
    calendars.forget()
