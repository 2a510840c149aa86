"""Group cover beside an annuity, out of one budget of a small firm: what one takes from the other. Money in yuan a year; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programs.policies.rules.saving import to_fen

SHARES = tuple(Decimal(n) / 4 for n in range(5))


@dataclass(frozen=True)
class Split:
    """One way to divide the budget."""

    to_group: Decimal
    to_annuity: Decimal
    unused: Decimal  # more than the caps of both can take
    each_group: Decimal
    each_annuity: Decimal

    @property
    def crowded_out(self) -> bool:
        """Whether group cover leaves nothing for the annuity."""
        return self.to_annuity == 0 < self.to_group


def splits(budget: Decimal, payroll: Decimal, staff: int, premium: Decimal, *, cap: Decimal) -> list[Split]:
    """From nothing for group cover to all of it, in quarters. The annuity takes at most ``cap`` of the payroll, group cover its premium for each."""
    return [_split(budget, payroll * cap, staff, premium, share) for share in SHARES]


def _split(budget: Decimal, most: Decimal, staff: int, premium: Decimal, share: Decimal) -> Split:
    group = min(to_fen(budget * share), to_fen(premium * staff))
    annuity = min(to_fen(budget - to_fen(budget * share)), to_fen(most))
    return Split(group, annuity, budget - group - annuity, to_fen(group / staff), to_fen(annuity / staff))


WIDTH, ROW, LEFT = 1000, 44, 110  # of a drawing


@dataclass(frozen=True)
class Row:
    """One split as a bar in two parts: where each begins and how long it is."""

    percent: int
    y: int
    group: float
    annuity: float

    @property
    def annuity_x(self) -> float:
        """Where the annuity's part begins."""
        return round(LEFT + self.group, 1)


def drawn(parts: Sequence[tuple[Decimal, Decimal]], budget: Decimal) -> list[Row]:
    """(group, annuity) of each split, as bars; a bar that is shorter leaves part of the budget without a place."""
    if budget <= 0:
        return []
    scale = (WIDTH - LEFT) / budget
    return [
        Row(int(share * 100), n * ROW, round(float(to_group * scale), 1), round(float(to_annuity * scale), 1)) for n, (share, (to_group, to_annuity)) in enumerate(zip(SHARES, parts, strict=True))
    ]
