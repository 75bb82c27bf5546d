"""The shop sheet: what holds for every product until its own sheet says otherwise, and what is wrong in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from host.config import load_room
from host.core.bundled import bundled
from host.core.product import Fact, FactKind, Product
from host.core.reason import Reason
from host.show.book import ShowBook
from host.show.load import load_show
from host.show.shop import ShopRead, read_shop

WALL = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
SHOP = """发货范围: [大陆, 港澳]
例外地区:
  西藏: 12元
  海外: 不发货
快递: 顺丰、京东
发货: 48小时内发货，全国包邮。
退货: 七天无理由退换。
发票: 可以开电子发票。
客服时间: 每天9点到23点。
改地址: 发货以前找客服改。
"""


def made(folder: Path, shop: str = SHOP, sheet: str = "") -> list[Path]:
    (folder / "shop.md").write_text(f"---\n{shop}---\n", encoding="utf-8")
    (folder / "cup.md").write_text(f"---\nname: 杯\nlink: 1\nprice: 79元\n{sheet}---\n好。\n", encoding="utf-8")
    return [folder / "cup.md", folder / "shop.md"]


def facts(product: Product) -> dict[str, Fact]:
    return {fact.id.removeprefix("cup."): fact for fact in product.facts_in_force(WALL)}


def cup(paths: list[Path]) -> Product:
    (product,) = load_show(paths).catalogue
    return product


def codes(read: ShopRead) -> list[tuple[int, str]]:
    return [
        (each.line, inner.code)
        for each in read.findings
        if isinstance(each.message, Reason)
        for inner in [each.message.details.get("why", each.message)]
    ]


def test_every_product_says_what_its_shop_says(tmp_path: Path) -> None:
    told = facts(cup(made(tmp_path)))
    shop = tmp_path / "shop.md"
    assert {key: (fact.text, fact.source) for key, fact in told.items() if key.startswith("shop.")} == {
        "shop.regions": ("发货到大陆和港澳", f"{shop}:2"),
        "shop.exceptions.0": ("西藏发货运费12元", f"{shop}:4"),
        "shop.exceptions.1": ("海外不发货", f"{shop}:5"),
        "shop.couriers": ("快递发顺丰和京东", f"{shop}:6"),
        "shop.invoice": ("可以开电子发票。", f"{shop}:9"),
        "shop.hours": ("每天9点到23点。", f"{shop}:10"),
        "shop.address_change": ("发货以前找客服改。", f"{shop}:11"),
    }
    assert (told["shipping"].text, told["shipping"].source) == ("48小时内发货，全国包邮。", f"{shop}:7")
    assert (told["returns"].text, told["returns"].source) == ("七天无理由退换。", f"{shop}:8")
    assert (told["shop.regions"].kind, told["shop.invoice"].kind) == (FactKind.SHIPPING, FactKind.SERVICE)


def test_what_a_product_says_itself_holds_for_it(tmp_path: Path) -> None:
    own = "发票: 开纸质发票。\n例外地区: {新疆: 8元}\n发货: 当天发货。\n"
    told = facts(cup(made(tmp_path, sheet=own)))
    assert "shop.invoice" not in told
    assert "shop.exceptions.0" not in told
    assert told["exceptions.0"].text == "新疆发货运费8元"
    assert (told["shipping"].text, told["shipping"].source) == ("当天发货。", f"{tmp_path / 'cup.md'}:7")
    assert told["shop.hours"].text == "每天9点到23点。"


def test_an_english_product_has_the_words_of_its_language(tmp_path: Path) -> None:
    shop = "ships_to: [Spain, Portugal]\nexceptions: {the Canaries: €12, Madeira: free, Ceuta: not shipped}\n"
    paths = made(tmp_path, shop=shop)
    (tmp_path / "cup.md").write_text("---\nname: Cup\nlink: 1\nprice: $9\n---\nHello.\n", encoding="utf-8")
    told = facts(cup(paths))
    assert [told[f"shop.{key}"].text for key in ("regions", "exceptions.0", "exceptions.1", "exceptions.2")] == [
        "It ships to Spain and Portugal", "Shipping to the Canaries costs €12", "Shipping to Madeira is free",
        "It does not ship to Ceuta",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shop", "found"),
    [
        ("发票: [a: b]\n", [(2, "text_is_group")]),
        ("店主: 王\n", [(2, "key_unknown")]),
        ("客服时间： 每天\n", [(2, "slip_wide_colon")]),
        ("发票: 有\n", [(2, "yes_or_no")]),
        ("发票: a b c\n发票: d\n", [(3, "yaml_duplicate")]),
        ("例外地区: [{运费: 12元}]\n", [(2, "is_missing")]),
        ("invoices: 可以开\n发票: 不开\n", [(3, "key_twice")]),
    ],
)
def test_what_is_wrong_in_a_shop_sheet_has_its_line(tmp_path: Path, shop: str, found: list[tuple[int, str]]) -> None:
    made(tmp_path, shop)
    read = read_shop(tmp_path / "shop.md")
    assert not read.good
    assert set(found) <= set(codes(read))


def test_the_example_for_writers_is_understood_whole(tmp_path: Path) -> None:
    guide = bundled("scripts", "README.md").read_text(encoding="utf-8")
    *_, example = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "shop.md").write_text(example, encoding="utf-8")
    read = read_shop(tmp_path / "shop.md")
    assert read.findings == ()
    assert read.shop is not None
    assert len(read.shop.details["zh"]) == 7


def test_what_stands_below_a_shop_sheet_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop.md").write_text("---\n发票: 可以开。\n---\n\n大家好\n", encoding="utf-8")
    assert codes(read_shop(tmp_path / "shop.md")) == [(5, "shop_body")]
    (tmp_path / "shop.md").write_text("发票: 可以开。\n", encoding="utf-8")
    assert codes(read_shop(tmp_path / "shop.md")) == [(1, "shop_open")]


ROOMS = [
    ("scripts: [.]\n", "shop.md", f"---\n{SHOP}---\n"),
    ("scripts: [.]\nshop: our/store.md\n", "our/store.md", f"---\n{SHOP}---\n"),
    ("scripts: [.]\nshop: our/store.yaml\n", "our/store.yaml", SHOP),
    ("scripts: [.]\nshop:\n  " + SHOP.replace("\n", "\n  ").rstrip() + "\n", "", ""),
]


@pytest.mark.parametrize(("room", "file", "text"), ROOMS)
def test_a_room_finds_its_shop_sheet(tmp_path: Path, room: str, file: str, text: str) -> None:
    made(tmp_path)
    (tmp_path / "shop.md").unlink()
    (tmp_path / "our").mkdir()
    if file:
        (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "room.yaml").write_text(f"name: r\n{room}", encoding="utf-8")
    opened = load_room(tmp_path / "room.yaml")
    assert [path.name for path in opened.script_files()] == ["cup.md"]
    show = ShowBook(opened.script_files, shop=opened.shop_file).reload().show
    assert show.findings == ()
    (product,) = show.catalogue
    hours = facts(product)["shop.hours"]
    assert hours.text == "每天9点到23点。"
    where = tmp_path / (file or "room.yaml")
    path, _, line = hours.source.rpartition(":")
    assert (Path(path), where.read_text(encoding="utf-8").splitlines()[int(line) - 1].strip()) == (
        where, "客服时间: 每天9点到23点。")  # fmt: skip


def test_a_shop_sheet_is_edited_on_air(tmp_path: Path) -> None:
    path, shop = made(tmp_path)
    book = ShowBook(lambda: [path], shop=lambda: shop if shop.exists() else None)

    def hours() -> str | None:
        (product,) = book.show.catalogue
        fact = facts(product).get("shop.hours")
        return fact.text if fact else None

    assert book.reload().changed
    shop.write_text("---\n客服时间: 全天。\n---\n", encoding="utf-8")
    assert book.reload().changed
    assert hours() == "全天。"
    shop.write_text("---\n客服时间：全天\n发票: [\n---\n", encoding="utf-8")
    wrong = book.reload()
    assert not wrong.changed
    assert {Path(finding.path) for finding in wrong.findings} == {shop}
    assert hours() == "全天。"
    shop.unlink()
    assert book.reload().changed
    assert hours() is None


def test_a_shop_sheet_that_is_wrong_from_the_start_keeps_no_product_off(tmp_path: Path) -> None:
    path, shop = made(tmp_path, "发票: [\n")
    book = ShowBook(lambda: [path], shop=lambda: shop)
    reload = book.reload()
    assert [product.id for product in reload.show.catalogue] == ["cup"]
    assert {finding.path for finding in reload.findings} == {str(shop)}
