"""The list of areas: packaged down to counties, imported below, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models.signals import post_migrate

from governance.stakeholders import areas
from governance.stakeholders.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _packaged(db):
    apps.get_app_config("stakeholders").ready()  # tests/conftest.py took it away
    call_command("migrate", verbosity=0)
    yield
    post_migrate.disconnect(areas.load_packaged, sender=apps.get_app_config("stakeholders"))


def listed(folder: Path, *lines: str, head: str = "code,name") -> Path:
    path = folder / "areas.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def test_the_packaged_list_is_there_after_every_migration():
    real = Area.objects.filter(is_synthetic=False)
    assert real.count() == 3227
    assert real.filter(level=2).count() == 34  # provinces, autonomous regions, municipalities, Hong Kong, Macau, Taiwan
    xihu = real.get(code="330106000000")
    assert (xihu.full_name, xihu.full_name_en) == ("浙江省杭州市西湖区", "Xihu District, Hangzhou, Zhejiang")
    assert (xihu.level, round(xihu.lat), round(xihu.lon)) == (4, 30, 120)
    assert real.get(code="110101000000").full_name == "北京市东城区"
    assert real.get(code="429004000000").full_name == "湖北省仙桃市"
    assert areas.load(areas.PACKAGED).changed == 0


def test_townships_and_villages_are_imported_and_corrected(tmp_path: Path):
    path = listed(tmp_path, "330106001,北山街道,", "330106001001,曙光社区,330106001002", "330106001002000"[:12] + ",宝石社区,", head="code,name,successor")
    assert areas.load(path) == areas.Loaded(3, 3)
    village = Area.objects.get(code="330106001001")
    assert (village.level, village.full_name, village.pinyin[:9]) == (6, "浙江省杭州市西湖区北山街道曙光社区", "shu guang")
    assert village.successor_id == "330106001002"
    assert list(Area.objects.within("330106").filter(level=5).values_list("name", flat=True)) == ["北山街道"]
    call_command("areas", listed(tmp_path, "330106001,北山新街道", head="code,name"))
    assert Area.objects.get(code="330106001000").full_name == "浙江省杭州市西湖区北山新街道"


@pytest.mark.parametrize(
    ("lines", "head", "sentence"),
    [
        (["330106001,北山街道"], "number,name", "no column “code”"),
        (["33010,北山街道"], "code,name", "Line 2: The code “33010” has not 2, 4, 6, 9 or 12 digits"),
        (["３３０１０６００１,北山街道"], "code,name", "Line 2: The code"),
        (["330106001,"], "code,name", "Line 2: The name has 1 to 100 characters"),
        (["330106001," + "长" * 101], "code,name", "The name has 1 to 100 characters"),
        (["330106001,北山街道,181,30"], "code,name,lon,lat", "“181” is no coordinate"),
        (["330106001,北山街道,NaN,30"], "code,name,lon,lat", "“NaN” is no coordinate"),
        (["330106001,北山街道,2026-02-30"], "code,name,valid_from", "“2026-02-30” is no date"),
        (["330106001,北山街道", "330106001,又一街道"], "code,name", "Line 3: the code 330106001000 stands in the list twice"),
        (["330199001,无名街道"], "code,name", "Line 2: the area around 330199001000 is neither in the list nor known"),
        (["330106001,北山街道,330199001"], "code,name,successor", "Line 2: the successor 330199001000"),
        (["330106001"], "code,name", "The name has 1 to 100 characters"),
    ],
)
def test_a_wrong_list_changes_nothing_and_says_where(tmp_path: Path, lines: list[str], head: str, sentence: str):
    before = Area.objects.count()
    with pytest.raises(CommandError) as told:
        call_command("areas", listed(tmp_path, *lines, head=head))
    assert sentence in str(told.value)
    assert Area.objects.count() == before


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    path = tmp_path / "areas.csv"
    path.write_bytes("code,name\n330106001,北山街道".encode("gb18030"))
    with pytest.raises(CommandError, match="cannot be read as UTF-8"):
        call_command("areas", path)
