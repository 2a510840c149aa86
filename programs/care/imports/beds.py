"""The sheet of beds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.care.imports.columns import Choice, Column, Text
from programs.care.imports.homes import NOT_IN_A_NUMBER
from programs.care.imports.sheets import Hidden, Rule, Sheet
from programs.care.models import Bed
from programs.care.vocabulary import BedCategory, CareLevel, ImportKind, SexRule

COLUMNS: tuple[Column, ...] = (
    Text(
        name="home", chinese="机构备案编号", english="Home", example="示备-0001", required=True, most=60,
        forbidden=NOT_IN_A_NUMBER, compared=False, help=_("The filing number of the home, or its reference here."),
    ),
    Text(
        name="label", chinese="床位号", english="Bed number", example="101-1", required=True, most=30, compared=False,
        kept_in="label", help=_("By home and bed number a bed is found again; a number not known yet makes a new bed."),
    ),
    Choice(
        name="care_level", chinese="护理等级", english="Care level", example="2", required=True, choices=CareLevel.choices,
        number=True, kept_in="care_level", help=_("The highest level of care this bed is set up and staffed for."),
    ),
    Choice(
        name="category", chinese="床位类型", english="Category", example=BedCategory.NURSING, choices=BedCategory.choices,
        kept_in="category", filled=True, fallback="'general'",
    ),
    Text(
        name="unit", chinese="楼层或分区", english="Unit", example="一层", most=60, was="coalesce(ou.name, '')",
        help=_("A floor, a wing or a house. Give both unit and room or neither."),
    ),
    Text(name="room", chinese="房间", english="Room", example="101", most=30, was="coalesce(o.name, '')"),
    Choice(
        name="kept_for", chinese="房间入住对象", english="Room kept for", example=SexRule.ANY, choices=SexRule.choices,
        compared=False, help=_("For rooms that are new; left empty: anyone."),
    ),
)  # fmt: skip

MINE = """CASE WHEN %(provider)s::bigint IS NOT NULL THEN h.provider_id = %(provider)s::bigint
          ELSE h.area_id >= %(start)s AND h.area_id < %(stop)s END"""

BEDS = Sheet(
    kind=ImportKind.BEDS,
    model=Bed,
    columns=COLUMNS,
    rules=(
        Rule("twice", "label", "r.times > 1 AND r.label <> ''"),
        Rule("unknown-home", "home", "r.home <> '' AND h.id IS NULL"),
        Rule("home-not-yours", "home", f"NOT ({MINE})"),
        Rule("home-returned", "home", "h.state = 'returned'"),
        Rule("half-a-room", "room", "(r.unit = '') <> (r.room = '')"),
        Rule("room-kept-twice", "kept_for", "r.room <> '' AND r.least_kept <> r.most_kept"),
        Rule("room-kept-otherwise", "kept_for", "r.room <> '' AND r.kept_for <> '' AND m.sex_rule <> r.kept_for"),
    ),
    counted="""
        count(*) OVER (PARTITION BY home, label) AS times,
        min(kept_for) OVER (PARTITION BY home, unit, room) AS least_kept,
        max(kept_for) OVER (PARTITION BY home, unit, room) AS most_kept
    """,
    joins="""
        LEFT JOIN care_home h ON h.id = (
            SELECT id FROM care_home WHERE filing_number = r.home AND filing_number <> '' AND state <> 'closed'
            UNION ALL SELECT id FROM care_home WHERE reference = r.home AND state <> 'closed' LIMIT 1)
        LEFT JOIN care_bed t ON t.home_id = h.id AND t.label = r.label AND t.state <> 'removed'
        LEFT JOIN care_room o ON o.id = t.room_id
        LEFT JOIN care_unit ou ON ou.id = o.unit_id
        LEFT JOIN care_unit u ON u.home_id = h.id AND u.name = r.unit AND r.unit <> ''
        LEFT JOIN care_room m ON m.unit_id = u.id AND m.name = r.room
    """,
    made={"home_id": "h.id", "area_id": "h.area_id", "room_id": "m.id", "state": "'open'"},
    hidden=(Hidden("room_id", "m.id", "bigint", follows=("unit", "room")),),
    used=("EXISTS (SELECT FROM care_reservation x WHERE x.bed_id = t.id)",),
    untouched="""
        SELECT count(*) FROM care_bed t WHERE t.state <> 'removed'
        AND t.home_id IN (SELECT b.home_id FROM care_importrow r JOIN care_bed b ON b.id = r.target_id
                          WHERE r.batch_id = %(batch)s)
        AND NOT EXISTS (SELECT FROM care_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """,
)
