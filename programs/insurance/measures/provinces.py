"""Pensions province by province, 2024: as transcribed, with what does not add up flagged and not mended.

China Statistical Yearbook 2025 (中国统计年鉴2025), tables 24-26 and 24-27; persons in 万人, money in 亿元. Transcribed from a public
third-party transcription of the yearbook's images, not read from the images.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "provinces_2024.csv"
NATION = "000000"
TOLERANCE = Decimal("0.15")  # printed to one decimal: two rounded parts may miss their sum by a tenth
SUM_TOLERANCE = Decimal("0.3")
EMPLOYEES = ("emp_insured", "emp_workers", "emp_retirees", "emp_income", "emp_expenditure", "emp_balance")
RESIDENTS = ("res_insured", "res_recipients", "res_income", "res_expenditure", "res_balance")


class WrongTable(ValueError):
    """The table is not what it says it is."""


@dataclass(frozen=True)
class Province:
    """One row, and what is wrong with it."""

    code: str
    name: str
    numbers: dict[str, Decimal]
    faults: list[str] = field(default_factory=list)  # names of identities that do not hold

    def _ratio(self, upper: str, lower: str, factor: Decimal, decimals: str) -> Decimal:
        return (self.numbers[upper] * factor / self.numbers[lower]).quantize(Decimal(decimals), ROUND_HALF_UP)

    @property
    def reserve_months(self) -> Decimal:
        """Balance ÷ (expenditure ÷ 12), employees."""
        return self._ratio("emp_balance", "emp_expenditure", Decimal(12), "0.1")

    @property
    def dependency(self) -> Decimal:
        """Pensioners ÷ contributors, employees."""
        return self._ratio("emp_retirees", "emp_workers", Decimal(1), "0.001")

    @property
    def employee_pension(self) -> Decimal:
        """Expenditure ÷ pensioners ÷ 12, yuan a month."""
        return self._ratio("emp_expenditure", "emp_retirees", Decimal(10_000) / 12, "0.01")

    @property
    def residents_pension(self) -> Decimal:
        """The same for residents."""
        return self._ratio("res_expenditure", "res_recipients", Decimal(10_000) / 12, "0.01")

    @property
    def surplus(self) -> Decimal:
        """Income less expenditure of the year, employees, 亿元."""
        return self.numbers["emp_income"] - self.numbers["emp_expenditure"]


MEASURES = ("reserve_months", "dependency", "employee_pension", "residents_pension", "surplus")


def read(path: Path = DATA) -> tuple[Province, list[Province]]:
    """The nation and its provinces, every identity tried. Raises WrongTable where columns do not add up at all."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [_province(row) for row in csv.DictReader(file)]
    nation = next((one for one in rows if one.code == NATION), None)
    provinces = [one for one in rows if one.code != NATION]
    if nation is None or len({one.code for one in provinces}) != 31 or len(provinces) != 31:
        raise WrongTable("31 provinces and the nation are expected")
    for column in RESIDENTS:
        if abs(sum(one.numbers[column] for one in provinces) - nation.numbers[column]) > SUM_TOLERANCE:
            raise WrongTable(f"{column} does not add up")
    if wrong := [column for column, rest in not_by_region(nation, provinces).items() if rest < 0]:
        raise WrongTable(f"{', '.join(wrong)}: the provinces come to more than the nation")
    return nation, provinces


def not_by_region(nation: Province, provinces: list[Province]) -> dict[str, Decimal]:
    """What of the nation's employees belongs to no province: the yearbook keeps it apart."""
    return {column: nation.numbers[column] - sum(one.numbers[column] for one in provinces) for column in EMPLOYEES}


def _province(row: dict[str, str]) -> Province:
    numbers = {name: Decimal(value) for name, value in row.items() if name not in {"province", "adcode"}}
    gap = numbers["emp_insured"] - numbers["emp_workers"] - numbers["emp_retirees"]
    return Province(row["adcode"], row["province"], numbers, ["insured"] if abs(gap) > TOLERANCE else [])


@cache
def table() -> tuple[Province, list[Province]]:
    """The packaged table, read once."""
    return read()
