"""How long an import of many homes takes, and how much memory: python benchmarks/import_homes.py [--rows N] [--workbook]."""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
from benchmarks.measuring import spent  # noqa: E402 - the script may be started from anywhere

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.test")
CITY = "990100000000"
COUNTIES = ("990101000000", "990102000000", "990121000000", "990122000000", "990181000000")
PROVIDERS = 200
NAMES = ("松风", "柳岸", "石桥", "安和", "长青", "梅溪", "云台", "竹林")
KINDS = ("养老院", "老年公寓", "颐养院", "护理院", "福利院")
HEADINGS = (
    "备案编号", "机构名称", "举办者统一社会信用代码", "行政区划代码", "地址", "所有制", "城乡", "电话", "经度", "纬度", "星级", "星级有效期至",
    "服务项目", "定价方式", "最低月价", "最高月价", "价格包含",
)  # fmt: skip


def provider_code(number: int) -> str:
    """A credit code of the fictional territory."""
    from governance.stakeholders import rules

    body = f"DEM{number:05d}"
    code = f"52990000{body}{rules.organisation_check(body)}"
    return code + rules.credit_check(code)


def rows(count: int) -> Iterator[list[str]]:
    """Homes that do not exist, the same at every run."""
    chance = random.Random(990000)
    codes = [provider_code(n) for n in range(PROVIDERS)]
    for n in range(1, count + 1):
        stars, low = chance.choice(["", "1", "2", "3", "4", "5"]), chance.randint(10, 90) * 100
        yield [
            f"示例〔2026〕{n:07d}", f"示例{chance.choice(NAMES)}{chance.choice(KINDS)}{n}", chance.choice(codes), chance.choice(COUNTIES),
            f"{chance.choice(NAMES)}路示例 {n} 号", chance.choice(["public", "public-private", "non-profit", "for-profit"]),
            chance.choice(["urban", "rural"]), f"000-{n:08d}", f"{1 + chance.random():.5f}", f"{1 + chance.random():.5f}", stars,
            "2028-12-31" if stars else "", "medical,respite" if n % 3 else "rehabilitation", "market", str(low), str(low + 1200), "bed,care",
        ]  # fmt: skip


def make_file(path: Path, count: int) -> None:
    """The file to import; a workbook or CSV by its name."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        page = book.create_sheet("机构")
        for row in [list(HEADINGS), *rows(count)]:
            page.append(row)
        book.save(path)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows(count)])


def prepare() -> str:
    """An empty database with the territory, providers and an office; returns its name."""
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from governance.stakeholders.demonstration import make_areas
    from governance.stakeholders.models import Stakeholder

    make_areas()
    common = {"area_id": CITY, "state": "approved", "is_synthetic": True}
    Stakeholder.objects.create(kind="government", subkind="government-authority", name="示例市民政局", **common)
    for n in range(PROVIDERS):
        Stakeholder.objects.create(kind="social", subkind="social-care", name=f"示例机构{n}", uscc=provider_code(n), **common)
    return name


def memory(name: str) -> float:
    """What the process holds now ("VmRSS") or has held at most ("VmHWM"), in MiB. Linux only.

    Not ``ru_maxrss``: that also remembers what the parent held when it started this process.
    """
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def measure(path: Path) -> dict[str, float]:
    """Hand the file in, let it be checked, apply and undo it; seconds of each step and the growth of memory at its peak."""
    from django.core.files import File

    from governance.imports import actions as import_actions
    from governance.imports.models import Import
    from governance.outbox import deliver_due
    from governance.stakeholders.models import Area
    from programs.care import actions
    from programs.care.models import Home

    office = acting()
    area, before = Area.objects.get(pk=CITY), memory("VmRSS")
    seconds: dict[str, float] = {}
    busy: dict[str, float] = {}
    peaks: dict[str, float] = {}

    def timed(name: str, work: object) -> None:
        began, before_it = time.perf_counter(), spent()
        work()  # type: ignore[operator]
        seconds[name], busy[name] = time.perf_counter() - began, spent() - before_it
        peaks[name] = memory("VmHWM") - before

    with path.open("rb") as file:
        timed("hand in", lambda: actions.ImportHomes.do(office, file=File(file, path.name), area=area))
    batch = Import.objects.get()
    timed("read", deliver_due)
    timed("check and compare", deliver_due)
    ready = Import.objects.get()
    assert ready.state == "ready", (ready.state, ready.fault, ready.bad_count)
    import_actions.ApplyImport.do(office, batch)
    timed("apply", deliver_due)
    done = Import.objects.get()
    assert (done.state, done.applied_count) == ("applied", Home.objects.count()), (done.state, done.fault)
    raw, raw_busy = raw_copy()
    import_actions.UndoImport.do(office, batch, reason="measured")
    timed("undo", deliver_due)
    assert not Home.objects.exists()
    steps = ("hand in", "read", "check and compare", "apply")
    whole, whole_busy = (sum(taken[step] for step in steps) for taken in (seconds, busy))
    grown = {f"MiB more, to {step}": peak for step, peak in peaks.items()}
    seconds |= {f"{step}, busy": taken for step, taken in busy.items()}
    return seconds | {"whole": whole, "raw": raw, "whole, busy": whole_busy, "raw, busy": raw_busy, "rows": done.applied_count, "MiB at the start": before} | grown


def acting() -> object:
    """The office, without signing in."""
    from governance.stakeholders.actors import Assured, Held
    from governance.stakeholders.models import Stakeholder

    office = Assured(Stakeholder.objects.get(kind="government"))
    office.duties = (Held("care.approve-homes", CITY, "990200000000", None),)
    return office


def raw_copy() -> tuple[float, float]:
    """Seconds, and of processor time, that COPY alone takes for the same rows into a table with the same indexes: what no import can beat."""
    from django.db import connection

    from programs.care.models import Home

    columns = ", ".join(f.column for f in Home._meta.local_concrete_fields if not f.generated)
    with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_homes (LIKE care_home INCLUDING ALL)")
        with cursor.copy(f"COPY care_home ({columns}) TO STDOUT") as copy:
            for block in copy:
                kept.write(block)
        kept.seek(0)
        began, before_it = time.perf_counter(), spent()
        with cursor.copy(f"COPY raw_homes ({columns}) FROM STDIN") as copy:
            while block := kept.read(256 * 1024):
                copy.write(block)
        seconds, busy = time.perf_counter() - began, spent() - before_it
        cursor.execute("DROP TABLE raw_homes")
    return seconds, busy


def main() -> None:
    """The parent prepares, a child of its own measures: what preparing took does not count."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--workbook", action="store_true")
    asked.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.measure:
        import django

        django.setup()
        from django.db import connection

        connection.settings_dict["NAME"] = options.measure[0]
        print(json.dumps(measure(Path(options.measure[1]))))
        return
    name = prepare()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("homes.xlsx" if options.workbook else "homes.csv")
        make_file(path, options.rows)
        child = [sys.executable, __file__, "--measure", name, str(path)]
        found = json.loads(subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
        found["MiB of the file"] = path.stat().st_size / 2**20
    for label, value in found.items():
        print(f"{label:>28}: {value:10.2f}")
    print(f"{'ratio by processor time':>28}: {found['raw, busy'] / found['whole, busy']:10.2f}")
    print(f"{'ratio to raw COPY':>28}: {found['raw'] / found['whole']:10.2f}")
    from django.db import connection

    connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
