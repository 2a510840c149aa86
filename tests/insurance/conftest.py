"""Every test of basic insurance happens on one day, whenever it is run."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from governance.clocks.now import LOCAL, stopped_at


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    """Tuesday, 24 November 2026, at ten."""
    with stopped_at(datetime(2026, 11, 24, 10, tzinfo=LOCAL)):
        yield
