"""Numbering as it happens: a thread of each worker, so that no leaf waits for other work or the broker."""

from __future__ import annotations

from governance.ledger import sequencing
from governance.servers.steady import every

EVERY = 1.0  # seconds
BATCH = 500  # leaves in one transaction: the first of many have their number soon


@every(EVERY, "numbering")
def number() -> None:
    """Number what waits. Several at once do no harm: one does it, the others leave."""
    sequencing.sequence(BATCH)
