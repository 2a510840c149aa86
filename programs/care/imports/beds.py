"""Files of beds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.actions import Holds
from governance.imports import Beside, Choice, Column, Hidden, Rule, Sheet, Text
from programs.care.actions.beds import AddBeds, ChangeBed
from programs.care.imports.homes import NOT_IN_A_NUMBER
from programs.care.models import Bed
from programs.care.vocabulary import HOLDING, BedCategory, CareLevel, Duty, SexRule

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

MINE = """CASE WHEN %(own)s THEN h.provider_id = %(sender)s
          ELSE h.area_id >= %(start)s AND h.area_id < %(stop)s END"""

HELD = ", ".join(f"'{state.value}'" for state in HOLDING)

RULES = (
    Rule("twice", "label", "r.times > 1 AND r.label <> ''"),
    Rule("unknown-home", "home", "r.home <> '' AND h.id IS NULL", _("No home has this number.")),
    Rule("home-not-yours", "home", f"NOT ({MINE})", _("This home is not one you may import beds for.")),
    Rule("home-returned", "home", "h.state = 'returned'", _("The filing of this home was sent back. Hand it in again first.")),
    Rule("half-a-room", "room", "(r.unit = '') <> (r.room = '')", _("Give both unit and room, or neither.")),
    Rule(
        "lived-in", "label",
        "(r.care_level <> t.care_level::text OR r.category <> '' AND r.category <> t.category)"
        f" AND EXISTS (SELECT FROM care_reservation x WHERE x.bed_id = t.id AND x.state IN ({HELD}))",
        _("Somebody lives in this bed or has been promised it. Give them another bed first."),
    ),
    Rule("room-kept-twice", "kept_for", "r.room <> '' AND r.least_kept <> r.most_kept", _("The rows of this room say different things about whom it is kept for.")),
    Rule("room-kept-otherwise", "kept_for", "r.room <> '' AND r.kept_for <> '' AND m.sex_rule <> r.kept_for", _("This room exists and is kept for others. Change that on the bed board.")),
)

NAMED = "FROM {rows} WHERE r.verdict IN ('new', 'changed') AND r.unit <> ''"
UNITS = Beside(
    "units",
    made=f"INSERT INTO care_unit (home_id, name) SELECT DISTINCT h.id, r.unit {NAMED} AND u.id IS NULL RETURNING id",
    removed="DELETE FROM care_unit u WHERE u.id IN {made} AND NOT EXISTS (SELECT FROM care_room o WHERE o.unit_id = u.id)",
)
ROOMS = Beside(
    "rooms",
    made=f"""INSERT INTO care_room (unit_id, name, sex_rule)
        SELECT u.id, r.room, coalesce(nullif(max(r.kept_for), ''), 'any') {NAMED} AND m.id IS NULL
        GROUP BY u.id, r.room RETURNING id""",
    removed="DELETE FROM care_room o WHERE o.id IN {made} AND NOT EXISTS (SELECT FROM care_bed b WHERE b.room_id = o.id)",
)


class Beds(Sheet):
    """Beds: by their home and number they are found again."""

    kind, label, model = "beds", pgettext_lazy("file", "Beds"), Bed
    columns, rules, beside = COLUMNS, RULES, (UNITS, ROOMS)
    named = ("label", "home")
    stands_for, corrects = (AddBeds,), (ChangeBed,)
    through = {"label": AddBeds, "home_id": AddBeds, "area_id": AddBeds, "room_id": AddBeds}
    keepers, readers = Holds(Duty.APPROVE_HOMES), (Holds(Duty.SUPERVISE_HOMES),)
    counted = """
        count(*) OVER (PARTITION BY home, label) AS times,
        min(kept_for) OVER (PARTITION BY home, unit, room) AS least_kept,
        max(kept_for) OVER (PARTITION BY home, unit, room) AS most_kept
    """
    joins = """
        LEFT JOIN care_home h ON h.id = (
            SELECT id FROM care_home WHERE filing_number = r.home AND filing_number <> '' AND state <> 'closed'
            UNION ALL SELECT id FROM care_home WHERE reference = r.home AND state <> 'closed' LIMIT 1)
        LEFT JOIN care_bed t ON t.home_id = h.id AND t.label = r.label AND t.state <> 'removed'
        LEFT JOIN care_room o ON o.id = t.room_id
        LEFT JOIN care_unit ou ON ou.id = o.unit_id
        LEFT JOIN care_unit u ON u.home_id = h.id AND u.name = r.unit AND r.unit <> ''
        LEFT JOIN care_room m ON m.unit_id = u.id AND m.name = r.room
    """
    made = {"home_id": "h.id", "area_id": "h.area_id", "room_id": "m.id"}
    hidden = (Hidden("room_id", "m.id", "bigint", follows=("unit", "room")),)
    untouched = """
        SELECT count(*) FROM care_bed t WHERE t.state <> 'removed'
        AND t.home_id IN (SELECT b.home_id FROM imports_importrow r JOIN care_bed b ON b.id = r.target_id
                          WHERE r.batch_id = %(batch)s)
        AND NOT EXISTS (SELECT FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """
