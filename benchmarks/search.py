"""What the search for a care home costs, and which indexes it uses: python -m benchmarks.search [--homes N] [--beds N]."""

from __future__ import annotations

import argparse
import time
from decimal import Decimal
from typing import Any

from benchmarks.measuring import Client, per_request, prepare, served

HERE = (114.05, 32.5)

_AREAS = """
    INSERT INTO stakeholders_area (code, name, name_en, full_name, full_name_en, pinyin, level, is_synthetic)
    SELECT '99' || lpad(n::text, 4, '0') || '000000', '示例区' || n, '', '示例区' || n, '', '', 4, true FROM generate_series(1, 300) n
    ON CONFLICT DO NOTHING"""
_HOMES = """
    INSERT INTO care_home (reference, area_id, created_at, provider_id, name, pinyin, filing_number, ownership, setting, star_rating, services,
        price_from_amount, price_to_amount, price_includes, price_regime, price_note, address, telephone, longitude, latitude, state)
    SELECT 'JG-B-' || n, '99' || lpad((1 + n % 300)::text, 4, '0') || '000000', now(), %(provider)s,
        '示例' || (ARRAY['松风','柳岸','石桥','安和','长青','梅溪','云台','竹林'])[1 + n % 8] || '养老院' || n,
        (ARRAY['songfeng','liuan','shiqiao','anhe','changqing','meixi','yuntai','zhulin'])[1 + n % 8] || 'yanglaoyuan' || n, '',
        (ARRAY['public','public-private','non-profit','for-profit'])[1 + n % 4], (ARRAY['urban','rural'])[1 + n % 2], NULL,
        CASE WHEN n % 50 = 0 THEN ARRAY['hospice','medical'] ELSE ARRAY['medical'] END, 1000 + n % 7000, 2500 + n % 7000, ARRAY['bed'], 'market',
        '', '示例路 ' || n || ' 号', '', 110 + 8 * ((n * 7919) %% 100003) / 100003.0, 30 + 5 * ((n * 104729) %% 100003) / 100003.0, 'open'
    FROM generate_series(%(first)s, %(last)s) n""".replace("% 8", "%% 8").replace("% 300", "%% 300").replace("% 4]", "%% 4]").replace("% 2]", "%% 2]").replace("n % 50", "n %% 50").replace("n % 7000", "n %% 7000")
_OBSERVATIONS = """
    INSERT INTO care_capacityobservation (home_id, area_id, care_level, maximum, occupied, reserved, accepting, precision, remark, source,
        confirmed_unchanged, observed_at, recorded_at)
    SELECT h.id, h.area_id, level, 20, 5 + h.id %% 15, 0, 15 - h.id %% 15, 'exact', '', 'report', false,
        now() - (h.id %% 6) * interval '1 day', now()
    FROM care_home h, unnest(ARRAY[0, 2, 3]) level WHERE h.id > %s ORDER BY h.id LIMIT 30000"""
_BEDS = """
    INSERT INTO care_bed (reference, area_id, created_at, home_id, label, category, care_level, state)
    SELECT 'CH-B-' || h.id || '-' || n, h.area_id, now(), h.id, n::text, 'nursing', n %% 4, 'open' FROM care_home h, generate_series(1, %s) n"""


def fill(homes: int, beds: int) -> None:
    """Homes all over the country, each with what it has free and its beds."""
    from django.db import connection

    from governance.stakeholders.models import Stakeholder

    with connection.cursor() as cursor:
        cursor.execute(_AREAS)
        provider = Stakeholder.objects.create(kind="social", subkind="social-care", name="示例举办者", area_id="990001000000", state="approved")
        for first in range(1, homes + 1, 10_000):
            cursor.execute(_HOMES, {"provider": provider.pk, "first": first, "last": min(first + 9_999, homes)})
        last = 0
        while True:
            cursor.execute(_OBSERVATIONS, [last])
            cursor.execute("SELECT coalesce(max(home_id), 0) FROM care_capacityobservation")
            reached = cursor.fetchone()[0]
            if reached == last:
                break
            last = reached
        if beds:
            cursor.execute(_BEDS, [beds // homes])
        cursor.execute("ANALYZE")


def plans() -> None:
    """Which index answers what, and how long PostgreSQL takes."""
    from django.db import connection
    from django.utils import timezone

    from governance.clocks.now import now
    from programs.care.querysets.search import Wanted, counted, page_statement

    at = timezone.localtime(now())
    wishes: dict[str, dict[str, Any]] = {
        "nearest": {"near": HERE, "sort": "nearest", "need": 2},
        "nearest, within 10 km": {"near": HERE, "within_km": 10.0, "sort": "nearest", "need": 2},
        "most places": {"need": 2},
        "lowest price": {"sort": "price", "price_to": Decimal(3000)},
        "words": {"words": ("松风", "养老院4242")},
        "pinyin": {"words": ("songfengyanglaoyuan88",)},
        "a district": {"area": ("990042000000", "990043000000")},
        "a service": {"services": ("hospice",), "sort": "nearest", "near": HERE},
    }
    for name, wish in wishes.items():
        statement, parameters = page_statement(Wanted(now=at, limit=50, **wish))
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
            (plan,) = cursor.fetchone()[0]
        began = time.perf_counter()
        counted(Wanted(now=at, limit=50, **wish))
        sums = (time.perf_counter() - began) * 1000
        print(f"  {name:24} {plan['Execution Time']:8.1f} ms   sums {sums:7.1f} ms   {', '.join(sorted(set(indexes(plan['Plan']))))}")


def indexes(node: dict[str, Any]) -> list[str]:
    """The indexes of a plan."""
    mine = [node["Index Name"]] if "Index Name" in node else []
    return mine + [name for inner in node.get("Plans", ()) for name in indexes(inner)]


def over_http(rounds: int) -> None:
    """The search over HTTP against a view that does nothing."""
    with served("benchmarks.ours") as (port, ours), served("benchmarks.bare") as (bare_port, bare):
        client, other = Client(port, {"Accept-Language": "zh-CN"}), Client(bare_port)
        query = f"level=2&pmax=6000&near={HERE[0]},{HERE[1]}&km=100&free=now"
        for address in (f"/api/care/homes/?{query}", f"/care/homes/?{query}"):
            status, body = client.get(address)
            assert status == 200, (address, status, body[:500])
            assert address.startswith("/care/") or body.count(b"/care/homes/") >= 100, "not a page of fifty"
        places = (f"{HERE[0] + n / 10_000:.4f}" for n in range(10**6))  # nobody has asked from there before

        def elsewhere() -> str:
            return query.replace(str(HERE[0]), next(places))

        found = per_request(
            {
                "bare JSON view": (bare, lambda: other.get("/bare/")),
                "bare template, 50 rows": (bare, lambda: other.get("/rows/")),
                "search, JSON": (ours, lambda: client.get(f"/api/care/homes/?{elsewhere()}")),
                "search, JSON, asked before": (ours, lambda: client.get(f"/api/care/homes/?{query}")),
                "search, page": (ours, lambda: client.get(f"/care/homes/?{elsewhere()}")),
                "search, page, asked before": (ours, lambda: client.get(f"/care/homes/?{query}")),
            },
            rounds=rounds,
        )
        for name, spent in found.items():
            print(f"  {name:28} {spent:8.0f} µs   {found['bare JSON view'] / spent:5.2f} of the bare view")


def main() -> None:
    """Fill, explain, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=int, default=10_000)
    parser.add_argument("--beds", type=int, default=1_000_000)
    parser.add_argument("--plans-only", action="store_true")
    parser.add_argument("--no-plans", action="store_true")
    parser.add_argument("--again", action="store_true", help="with the homes and beds of the last run")
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    prepare(again=asked.again)
    if not asked.again:
        fill(asked.homes, asked.beds)
        print(f"{asked.homes:,} homes, {asked.beds:,} beds")
    if not asked.no_plans:
        plans()
    if not asked.plans_only:
        over_http(asked.rounds)


if __name__ == "__main__":
    main()
