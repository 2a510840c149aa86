"""What benefits of basic insurance come to. Money in yuan, rounded to the fen half up at the end; all pure."""

from __future__ import annotations

from decimal import Decimal

from programs.insurance.rules.pension import to_fen

DAYS_A_MONTH = 30


def benefit_months(paid: int, table: dict[int, int]) -> int:
    """The most months of unemployment benefit: by the years that were paid in, the highest step that is reached (Social Insurance Law art. 46)."""
    return max((months for years, months in table.items() if paid >= 12 * years), default=0)


def maternity_allowance(wage: Decimal, days: int) -> Decimal:
    """The average wage of the employer's people, for so many days (Social Insurance Law art. 56)."""
    return to_fen(wage / DAYS_A_MONTH * days)


def medical_costs(cost: Decimal, *, deductible: Decimal, share: Decimal, most: Decimal) -> Decimal:
    """What is paid of costs: the share of what lies above the deductible, at most what is left of the year's ceiling."""
    return to_fen(min(max(cost - deductible, Decimal(0)) * share, most))
