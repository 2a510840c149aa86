"""The provinces as tiles, for pages that show a number for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Columns and rows of a grid that tells roughly where a province lies; no boundaries, so nothing to license or approve.
PROVINCE_TILES = (
    ("65", "新疆", "新", "Xinjiang", "XJ", 0, 2),
    ("54", "西藏", "藏", "Xizang", "XZ", 0, 5),
    ("63", "青海", "青", "Qinghai", "QH", 2, 4),
    ("62", "甘肃", "甘", "Gansu", "GS", 3, 3),
    ("64", "宁夏", "宁", "Ningxia", "NX", 4, 3),
    ("15", "内蒙古", "蒙", "Nei Mongol", "NM", 6, 1),
    ("23", "黑龙江", "黑", "Heilongjiang", "HL", 9, 0),
    ("22", "吉林", "吉", "Jilin", "JL", 9, 1),
    ("21", "辽宁", "辽", "Liaoning", "LN", 9, 2),
    ("11", "北京", "京", "Beijing", "BJ", 7, 2),
    ("12", "天津", "津", "Tianjin", "TJ", 8, 3),
    ("13", "河北", "冀", "Hebei", "HE", 7, 3),
    ("14", "山西", "晋", "Shanxi", "SX", 6, 3),
    ("61", "陕西", "陕", "Shaanxi", "SN", 5, 4),
    ("41", "河南", "豫", "Henan", "HA", 6, 4),
    ("37", "山东", "鲁", "Shandong", "SD", 7, 4),
    ("51", "四川", "川", "Sichuan", "SC", 3, 5),
    ("50", "重庆", "渝", "Chongqing", "CQ", 4, 5),
    ("42", "湖北", "鄂", "Hubei", "HB", 5, 5),
    ("34", "安徽", "皖", "Anhui", "AH", 7, 5),
    ("32", "江苏", "苏", "Jiangsu", "JS", 8, 5),
    ("31", "上海", "沪", "Shanghai", "SH", 9, 6),
    ("33", "浙江", "浙", "Zhejiang", "ZJ", 8, 6),
    ("36", "江西", "赣", "Jiangxi", "JX", 7, 6),
    ("43", "湖南", "湘", "Hunan", "HN", 6, 6),
    ("52", "贵州", "贵", "Guizhou", "GZ", 5, 6),
    ("53", "云南", "云", "Yunnan", "YN", 3, 7),
    ("45", "广西", "桂", "Guangxi", "GX", 5, 7),
    ("44", "广东", "粤", "Guangdong", "GD", 6, 7),
    ("35", "福建", "闽", "Fujian", "FJ", 8, 7),
    ("71", "台湾", "台", "Taiwan", "TW", 9, 8),
    ("81", "香港", "港", "Hong Kong", "HK", 7, 8),
    ("82", "澳门", "澳", "Macau", "MO", 6, 8),
    ("46", "海南", "琼", "Hainan", "HI", 5, 9),
)


def step(value: Any, most: Any) -> int:
    """The shade of a tile: 0 no data, 1 (least) to 5 (most), by equal parts of the largest value."""
    if value is None:
        return 0
    return 1 if most <= 0 else min(5, 1 + int(5 * value // (most + 1)))


def tiles(known: Mapping[str, Any], value: Any) -> list[dict[str, Any]]:
    """A tile for every province, with what is known of it by the first two digits of its code; ``value`` reads the number out of that."""
    numbers = [number for one in known.values() if (number := value(one)) is not None]
    most = max(numbers, default=0)
    return [
        {
            "code": code, "name": name, "name_en": english, "iso": iso, "abbreviation": short, "place": f"c{column} r{row}",
            "known": known.get(code), "step": step(value(known[code]) if code in known else None, most),
        }
        for code, name, short, english, iso, column, row in PROVINCE_TILES
    ]  # fmt: skip
