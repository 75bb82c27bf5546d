"""What was understood of a sheet, as its writer is shown it, and facts in prose that are read into types."""

from __future__ import annotations

from pathlib import Path

import pytest

from host.core.product import FactKind, Product, Warranty
from host.core.reason import in_words
from host.show.load import parsed
from host.show.understood import as_data, understood


def product(rows: str, lang: str = "zh") -> Product:
    body = {"zh": "好。", "en": "Hello."}[lang]
    read = parsed(f"---\nname: x\nlink: 1\nprice: 59\n{rows}\n---\n{body}\n", Path("p.md"))
    assert read.file is not None
    return read.file.product


ROWS = [
    ("zh", "款式:\n- {名称: 黑, 库存: 3, 重量: 480克}\n- {名称: 白, 价格: 69元}", "variants", 5,
     "黑 ×3 重量 480克、白 ¥69"),
    ("zh", "尺码表:\n  M: {身高: 155-163cm, 体重: 90斤以上}", "size_chart.M", 6,
     "height 155–163 cm、weight 45–… kg"),
    ("zh", "质保: {期限: 1年, 不保: 进水}", "warranty", 5, "12 个月；不包括进水"),
    ("zh", "质保: 坏了包换", "warranty", 5, "只照原文说：坏了包换"),
    ("zh", "人群: {年龄: 3-12岁}", "audience.ages", 5, "3 y 起，到 12 y"),
    ("zh", "发票: 能开电子发票", "invoice", 5, "能开电子发票"),
    ("zh", "优惠: 随便说的活动", "promotions.0", 5, "只照原文说：随便说的活动"),
    ("zh", "参数:\n  质保: 质保12个月，免费换新", "warranty", 6, "12 个月"),
    ("zh", "参数:\n  保质期: 18个月", "shelf_life", 6, "18 个月"),
    ("en", "promotions:\n- {second: half, until: 2026-11-11}", "promotions.0", 6,
     "the second at half price; until 2026-11-12 00:00"),
    ("en", "sold separately: {Filter: $9.90}", "sold_separately.0", 5, "Filter $9.90"),
    ("en", "batches: [{made: 2026-03-01, code: A1}]", "batches.0", 5, "made 2026-03-01, A1"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "rows", "key", "line", "what"), ROWS)
def test_the_writer_is_shown_what_was_understood(lang: str, rows: str, key: str, line: int, what: str) -> None:
    made = product(rows, lang)
    shown = {each.key: (each.place, in_words(each.what, made.lang)) for each in understood(made)}
    assert shown[key] == (f"p.md:{line}", what)
    assert key in [entry["key"] for entry in as_data(made)["entries"]]


PROSE = [
    ("质保: 质保12个月，非人为损坏免费换新", FactKind.WARRANTY, "warranty", Warranty(12)),
    ("warranty: 24 months against manufacturing defects", FactKind.WARRANTY, "warranty", Warranty(24)),
    ("质保: 电机质保2年，整机质保1年", FactKind.WARRANTY, "warranty", None),
    ("产地: 浙江金华", FactKind.ORIGIN, "origin", "浙江金华"),
    ("保质期: 十八个月", FactKind.BATCH, "shelf_life", 18),
    ("清洗: 不要放进洗碗机", FactKind.CARE, "care", ()),
    ("in the box: You get one bottle", FactKind.INCLUDED, "included", ()),
    ("容量: 500毫升", FactKind.PROSE, "origin", ""),
]


@pytest.mark.parametrize(("row", "kind", "attribute", "value"), PROSE)
def test_a_fact_in_prose_tells_of_what_its_topic_says(row: str, kind: FactKind, attribute: str, value: object) -> None:
    made = product(f"facts:\n  {row}")
    (topic,) = made.facts
    assert made.kinds.get(topic, FactKind.PROSE) is kind
    assert getattr(made, attribute) == value
    assert made.details == ()


def test_a_typed_entry_goes_before_a_fact_in_prose() -> None:
    assert product("质保: 2年\nfacts:\n  质保: 质保12个月").warranty == Warranty(24)
