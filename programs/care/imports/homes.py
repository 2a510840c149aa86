"""Files of homes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.actions import Holds
from governance.imports import Choice, Column, Day, Hidden, Number, Rule, Several, Sheet, Text
from programs.care.actions.homes import AcceptFiling, ChangeHomeDetails, ChangePrices, RegisterHome
from programs.care.models import Home
from programs.care.rules import pinyin_key
from programs.care.vocabulary import Duty, Ownership, PriceItem, PriceRegime, Service, Setting

NOT_IN_A_NUMBER = "[^-0-9A-Za-z_一-鿿㐀-䶿—()（）〔〕\\[\\] ]"
NUMBER = "^-?[0-9]{1,9}([.][0-9]+)?$"

COLUMNS: tuple[Column, ...] = (
    Text(
        name="filing_number", chinese="备案编号", english="Filing number", example="示备-0001", required=True, most=60,
        forbidden=NOT_IN_A_NUMBER, compared=False, kept_in="filing_number",
        help=_("Licence or filing number. By it a home is found again; a number not known yet makes a new home."),
    ),
    Text(
        name="name", chinese="机构名称", english="Name", example="示例松风养老院", required=True, most=120, kept_in="name",
        help=_("As on the licence or the filing receipt."),
    ),
    Text(
        name="provider_code", chinese="举办者统一社会信用代码", english="Provider's credit code", example="52990000DEM0000146",
        required=True, most=18, as_written=False, compared=False, kept_in="provider_id", found="p.id",
        help=_("The unified social credit code of the organisation that runs the home; it must be registered and approved here."),
    ),
    Text(
        name="area", chinese="行政区划代码", english="Area code", example="990101000000", required=True, most=12, as_written=False,
        kept_in="area_id", help=_("Twelve digits, at least of a county; format the cells as text."),
    ),
    Text(name="address", chinese="地址", english="Address", example="松风路示例 1 号", required=True, most=200, kept_in="address"),
    Choice(
        name="ownership", chinese="所有制", english="Ownership", example=Ownership.NON_PROFIT, required=True,
        choices=Ownership.choices, kept_in="ownership",
    ),
    Choice(
        name="setting", chinese="城乡", english="Town or country", example=Setting.URBAN, choices=Setting.choices,
        kept_in="setting", filled=True, fallback="'urban'",
    ),
    Text(
        name="telephone", chinese="电话", english="Telephone", example="000-0000-0001", most=30, forbidden="[^-0-9+ ()]",
        as_written=False, kept_in="telephone",
    ),
    Number(
        name="longitude", chinese="经度", english="Longitude", example="1.234", least=-180, most=180, places=None,
        kept_in="longitude", help=_("In degrees; give both longitude and latitude or neither."),
    ),
    Number(
        name="latitude", chinese="纬度", english="Latitude", example="1.123", least=-90, most=90, places=None, kept_in="latitude",
    ),
    Number(
        name="star_rating", chinese="星级", english="Stars", example="3", least=1, most=5, kept_in="star_rating",
        help=_("1 to 5, by GB/T 37276. Leave empty if the home is not rated."),
    ),
    Day(
        name="stars_valid_until", chinese="星级有效期至", english="Stars valid until", example="2027-12-31",
        kept_in="stars_valid_until", help=_("A date such as 2027-12-31."),
    ),
    Several(
        name="services", chinese="服务项目", english="Services", example="medical, rehabilitation", choices=Service.choices,
        kept_in="services", help=_("Several, with commas between them."),
    ),
    Choice(
        name="price_regime", chinese="定价方式", english="How the price is set", example=PriceRegime.MARKET,
        choices=PriceRegime.choices, kept_in="price_regime", filled=True, fallback="'market'",
    ),
    Number(
        name="price_from", chinese="最低月价", english="Lowest price a month", example="2600", least=0, most=999999, places=2,
        kept_in="price_from_amount", help=_("In yuan."),
    ),
    Number(
        name="price_to", chinese="最高月价", english="Highest price a month", example="4200", least=0, most=999999, places=2,
        kept_in="price_to_amount", help=_("In yuan."),
    ),
    Number(name="bed_fee", chinese="床位费", english="Bed, a month", example="1200", least=0, most=999999, places=2, kept_in="bed_fee_amount"),
    Number(name="meal_fee", chinese="伙食费", english="Meals, a month", example="600", least=0, most=999999, places=2, kept_in="meal_fee_amount"),
    Number(name="deposit", chinese="押金", english="Deposit, once", example="3000", least=0, most=999999, places=2, kept_in="deposit_amount"),
    Several(
        name="price_includes", chinese="价格包含", english="The price includes", example="bed, care", choices=PriceItem.choices,
        kept_in="price_includes", help=_("Several, with commas between them."),
    ),
    Text(name="price_note", chinese="价格说明", english="Note on the price", example="", most=120, kept_in="price_note"),
)  # fmt: skip

RULES = (
    Rule("twice", "filing_number", "r.times > 1 AND r.filing_number <> ''"),
    Rule("home-elsewhere", "filing_number", "NOT (t.area_id >= %(start)s AND t.area_id < %(stop)s)", _("This number belongs to a home in another area.")),
    Rule("filing-undecided", "filing_number", "t.state IN ('registered', 'returned')", _("The filing of this home has not been decided. Accept it first.")),
    Rule("unknown-provider", "provider_code", "r.provider_code <> '' AND p.id IS NULL", _("No approved organisation has this credit code.")),
    Rule("other-provider", "provider_code", "t.provider_id <> p.id", _("The register names another provider for this home. A file does not hand a home over.")),
    Rule(
        "unknown-area", "area",
        "r.area <> '' AND (a.code IS NULL OR a.level < 4 OR a.valid_until IS NOT NULL AND a.valid_until < %(today)s)", _("There is no county, township or village with this code, or it has ended."),
    ),
    Rule("outside-area", "area", "NOT (a.code >= %(start)s AND a.code < %(stop)s)", _("This lies outside the area of the import.")),
    Rule("half-a-point", "longitude", "(r.longitude = '') <> (r.latitude = '')", _("Give both longitude and latitude, or neither.")),
    Rule("rating-missing", "stars_valid_until", "r.stars_valid_until <> '' AND r.star_rating = ''", _("A rating that is valid until a day needs its stars.")),
    Rule(
        "price-runs-down", "price_to",
        f"CASE WHEN r.price_from ~ '{NUMBER}' AND r.price_to ~ '{NUMBER}' THEN r.price_from::numeric > r.price_to::numeric END", _("The lowest price is higher than the highest."),
    ),
)  # fmt: skip

class Homes(Sheet):
    """Homes: by their filing number they are found again."""

    kind, label, model = "homes", pgettext_lazy("file", "Homes"), Home
    columns, rules = COLUMNS, RULES
    named, address = ("name", "filing_number"), "care:home-detail"
    keepers, readers = Holds(Duty.APPROVE_HOMES), (Holds(Duty.SUPERVISE_HOMES),)
    stands_for, corrects = (RegisterHome, ChangePrices, AcceptFiling), (ChangeHomeDetails, ChangePrices)
    through = {"provider_id": RegisterHome, "pinyin": ChangeHomeDetails, "price_from_amount": ChangePrices, "price_to_amount": ChangePrices}
    once = ("filing_number",)
    joins = """
        LEFT JOIN care_home t ON t.filing_number = r.filing_number AND t.filing_number <> '' AND t.state <> 'closed'
        LEFT JOIN stakeholders_area a ON a.code = r.area
        LEFT JOIN stakeholders_stakeholder p
            ON p.uscc = r.provider_code AND p.uscc <> '' AND p.state = 'approved' AND p.kind <> 'citizen'
    """
    made = {"pinyin": "left(r.derived, 400)"}
    hidden = (Hidden("pinyin", "left(r.derived, 400)", "text", follows=("name",)),)
    derived_from = ("name",)
    derive = staticmethod(pinyin_key)
    untouched = """
        SELECT count(*) FROM care_home t WHERE t.state <> 'closed' AND t.area_id >= %(start)s AND t.area_id < %(stop)s
        AND NOT EXISTS (SELECT FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """
