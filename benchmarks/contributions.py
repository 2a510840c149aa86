"""A million contributions from one file, and how much memory: python benchmarks/contributions.py [--people N] [--bad N]."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_homes import CITY, memory
from benchmarks.measuring import spent

MONTHS, BRANCHES = 4, ("pension", "medical", "unemployment", "injury", "maternity")
HEADINGS = ("证件号码", "所属月份", "险种", "缴费日期", "缴费基数", "单位缴纳", "个人缴纳")


def numbers(count: int) -> Iterator[str]:
    """Numbers of nobody, each once: by day of birth, then by sequence."""
    from governance.stakeholders.demonstration import citizen_number

    first = date(1960, 1, 1)
    for n in range(count):
        yield citizen_number(first + timedelta(days=n % 14_000), n // 14_000, male=n % 2 == 1)


def make_file(path: Path, people: int, bad: int) -> None:
    """Twenty rows for each person; the first ``bad`` rows have a base that is no number."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADINGS) + "\n")
        row = 0
        for number in numbers(people):
            for month in range(MONTHS):
                for branch in BRANCHES:
                    row += 1
                    base = "?" if row <= bad else "8000"
                    file.write(f"{number},2026-{month + 6:02d},{branch},2026-{month + 6:02d}-20,{base},{80 * (len(branch) % 7 + 1)},{16 * (len(branch) % 5 + 1)}\n")


def prepare(people: int) -> str:
    """An empty database with an employer and its roster; returns its name."""
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from governance.actions.records import reference_of
    from governance.stakeholders import ciphers
    from governance.stakeholders.demonstration import make_areas
    from governance.stakeholders.models import Stakeholder
    from governance.stakeholders.models.identity import LABEL

    make_areas()
    employer = Stakeholder.objects.create(
        kind="enterprise", subkind="enterprise-employer", name="示例大型企业", area_id=CITY, state="approved", is_synthetic=True
    )
    with connection.cursor() as cursor:
        with cursor.copy("COPY insurance_insured (reference, created_at, area_id, name, sealed, blind, state) FROM STDIN") as copy:
            for n, number in enumerate(numbers(people)):
                copy.write_row((reference_of("CB", date(2026, 1, 1), n), "2026-01-01", CITY, "示例", "-", ciphers.blind(number, label=LABEL), "insured"))
        cursor.execute(
            "INSERT INTO insurance_spell (reference, created_at, area_id, insured_id, employer_id, sort, branches, base, since, state) "
            "SELECT 'JY-' || id, now(), area_id, id, %s, 'enterprise', '{pension}', 8000, '2020-01-01', 'registered' FROM insurance_insured",
            [employer.pk],
        )
        cursor.execute("ANALYZE insurance_insured, insurance_spell")
    return name


def measure(path: Path, wrong: Path, bad: int) -> dict[str, float]:
    """Hand the file in, let it be checked, apply it; then a file with mistakes, every one of which must be reported."""

    from django.core.files import File

    from governance.imports import actions as imports
    from governance.imports.models import Import, ImportProblem
    from governance.outbox import deliver_due
    from governance.stakeholders.actors import Assured
    from governance.stakeholders.models import Stakeholder
    from programs.insurance import actions
    from programs.insurance.models import Contribution

    body = Stakeholder.objects.get(name="示例大型企业")
    employer = Assured(body)
    before, seconds, busy, peaks = memory("VmRSS"), {}, {}, {}

    def timed(name: str, work: object) -> None:
        began, before_it = time.perf_counter(), spent()
        work()  # type: ignore[operator]
        seconds[name], busy[name] = time.perf_counter() - began, spent() - before_it
        peaks[name] = memory("VmHWM") - before

    def hand_in(kept: Path) -> Import:
        with kept.open("rb") as file:
            return actions.ImportContributions.do(employer, file=File(file, kept.name))

    timed("hand in", lambda: hand_in(path))
    batch = Import.objects.get()
    timed("read", deliver_due)
    timed("check and compare", deliver_due)
    ready = Import.objects.get()
    assert ready.state == "ready", (ready.state, ready.fault, ready.bad_count)
    imports.ApplyImport.do(employer, batch)
    timed("apply", deliver_due)
    done = Import.objects.get()
    assert (done.state, done.applied_count) == ("applied", Contribution.objects.count()), (done.state, done.fault)
    whole, whole_busy, (raw, raw_busy) = sum(seconds.values()), sum(busy.values()), raw_copy()
    steps = {f"{step}, busy": taken for step, taken in busy.items()}
    wrong_one = hand_in(wrong)
    timed("a file with mistakes", lambda: [deliver_due(), deliver_due()])
    told = ImportProblem.objects.filter(batch=wrong_one).values("line").distinct().count()
    assert told == bad, (told, bad)
    return seconds | steps | {"whole": whole, "raw": raw, "whole, busy": whole_busy, "raw, busy": raw_busy, "rows": done.applied_count, "bad rows reported": told} | {f"MiB more, to {step}": peak for step, peak in peaks.items()}


def raw_copy() -> tuple[float, float]:
    """Seconds, and of processor time, that COPY alone takes for the same rows into a table with the same indexes and keys."""
    from django.db import connection

    columns = "insured_id, payer_id, month, branch, paid_on, base, employer_part, person_part"
    with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_contribution (LIKE insurance_contribution INCLUDING ALL)")
        for column, table in (("insured_id", "insurance_insured"), ("payer_id", "stakeholders_stakeholder")):
            cursor.execute(f"ALTER TABLE raw_contribution ADD FOREIGN KEY ({column}) REFERENCES {table} (id) DEFERRABLE INITIALLY DEFERRED")
        with cursor.copy(f"COPY insurance_contribution ({columns}) TO STDOUT") as copy:
            for block in copy:
                kept.write(block)
        kept.seek(0)
        began, before_it = time.perf_counter(), spent()
        with cursor.copy(f"COPY raw_contribution ({columns}) FROM STDIN") as copy:
            while block := kept.read(256 * 1024):
                copy.write(block)
        seconds, busy = time.perf_counter() - began, spent() - before_it
        cursor.execute("DROP TABLE raw_contribution")
    return seconds, busy


def main() -> None:
    """The parent prepares, a child of its own measures: what preparing took does not count."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50_000)
    asked.add_argument("--bad", type=int, default=1000)
    asked.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.measure:
        import django

        django.setup()
        from django.db import connection

        connection.settings_dict["NAME"] = options.measure[0]
        print(json.dumps(measure(Path(options.measure[1]), Path(options.measure[2]), options.bad)))
        return
    name = prepare(options.people)
    with tempfile.TemporaryDirectory() as folder:
        path, wrong = Path(folder) / "contributions.csv", Path(folder) / "mistakes.csv"
        make_file(path, options.people, 0)
        make_file(wrong, max(options.bad // 10, 10), options.bad)
        child = [sys.executable, __file__, "--bad", str(options.bad), "--measure", name, str(path), str(wrong)]
        found = json.loads(subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
        found["MiB of the file"] = path.stat().st_size / 2**20
    for label, value in found.items():
        print(f"{label:>34}: {value:10.2f}")
    print(f"{'ratio by processor time':>34}: {found['raw, busy'] / found['whole, busy']:10.2f}")
    print(f"{'ratio to raw COPY':>34}: {found['raw'] / found['whole']:10.2f}")
    from django.db import connection

    connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
