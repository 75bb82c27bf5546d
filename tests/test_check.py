"""`livehost check`: all that will be refused on air, at once, in the room's language, whatever of it is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from host.check import Beyond, Checked, check
from host.core.errors import Finding
from host.core.findings import told
from host.core.reason import Reason

WALL = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
SERVICE = "shipping: 48小时内发货\nreturns: 七天无理由退货\n"
SHEET = f"---\nname: 保温杯\nlink: 1\nprice: 89元\nfaq:\n- q: 能洗吗\n  a: 能洗。\n{SERVICE}"
LONG = "大家好，今天讲这只杯子。\n\n- 来了，看这只杯子。\n\n" * 25


class Shop:
    """A folder with a room and scripts, as ``livehost new`` makes it."""

    def __init__(self, folder: Path, lang: str = "zh") -> None:
        self.folder = folder
        (folder / "scripts").mkdir()
        self.room = self.write("room.yaml", f"name: shop\nlang: {lang}\nscripts: [scripts]\n")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def script(self, name: str, rows: str = "", body: str = LONG, sheet: str = SHEET) -> Path:
        return self.write(f"scripts/{name}", f"{sheet}{rows}---\n{body}")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def codes(checked: Checked) -> list[str]:
    return [code_of(finding) for finding in checked.findings]


def code_of(finding: Finding) -> str:
    assert isinstance(finding.message, Reason), finding
    return finding.message.code


def test_a_good_shop_has_no_findings(shop: Shop) -> None:
    shop.script("cup.md")
    assert check([shop.folder], WALL).findings == []


# The same findings either way


def test_a_file_is_judged_as_its_room_will_have_it_whatever_is_named(shop: Shop) -> None:
    shop.write("words.txt", "[own: never]\n土味\n")
    shop.write("room.yaml", "name: shop\nscripts: [scripts]\navatar: mei\nbanned: [words.txt]\n")
    one = shop.script("a.md", body=LONG + "这杯子很土味。{gesture=clasp}\n")
    two = shop.script("b.md", body="短。\n\n- 短短。\n", sheet=SHEET.replace("link: 1", "link: 1号"))
    everything = check([shop.folder], WALL)
    assert sorted(codes(everything)) == ["gesture_unknown", "guard_will_refuse", "link_taken"]
    for named in ([shop.room], [shop.folder / "scripts"], [one, two], [two, one]):
        assert sorted(map(str, check(named, WALL).findings)) == sorted(map(str, everything.findings)), named
    for file in (one, two):
        of_file = [str(finding) for finding in everything.findings if finding.path == str(file)]
        assert list(map(str, check([file], WALL).findings)) == of_file


def test_how_long_a_round_is_only_a_room_can_say(shop: Shop) -> None:
    short = shop.script("a.md", body="大家好。\n\n- 来了。\n")
    (finding,) = check([shop.folder], WALL).findings
    assert (code_of(finding), finding.path, finding.line) == ("round_short", str(shop.room), 3)
    assert check([short], WALL).findings == []
    shop.script("b.md", sheet=SHEET.replace("link: 1", "link: 2"))
    assert check([shop.folder], WALL).findings == []


def test_a_script_of_no_room_is_judged_by_itself(tmp_path: Path) -> None:
    loose = tmp_path / "deep" / "er" / "and" / "deeper" / "cup.md"
    loose.parent.mkdir(parents=True)
    loose.write_text(f"{SHEET}---\n大家好。\n\n- 来了。\n", encoding="utf-8")
    assert check([loose], WALL).findings == []
    assert check([tmp_path], WALL).findings == []


# All at once


def test_everything_wrong_in_a_shop_is_told_at_once(shop: Shop) -> None:
    shop.write(
        "room.yaml",
        "name: shop\nscripts: [scripts]\nlanguage: zh\nvoice:\n  zh: [edge: {vioce: x}]\nrundown:\n- product: mug\n",
    )
    shop.script(
        "a.md",
        "stock: 很多\nimage: gone.png\nnever_say: 最便宜\n",
        "大家好**。\n\n- 这是最便宜的。{gesture=dance}\n\n国家级的杯子。{show=gone.png}\n",
    )
    shop.script("b.md", "promotions:\n- text: 满减\n  until: 2026-01-01\n", sheet=SHEET.replace("保温杯", "马克杯"))
    checked = check([shop.folder], WALL)
    assert sorted(codes(checked)) == sorted(
        [
            "at_key",  # room: language
            "backend_option",
            "rundown_unknown",
            "at_key",  # stock
            "at_key",  # image
            "at_key",  # show
            "sign_unspoken",
            "guard_will_refuse",  # 最便宜
            "guard_will_refuse",  # 国家级
            "gesture_unknown",
            "link_taken",
            "offer_over",
        ]
    )
    assert not checked.hidden
    assert all(finding.line for finding in checked.findings)


def test_what_lacks_a_fact_that_could_not_be_read_is_not_told_twice(shop: Shop) -> None:
    shop.script("a.md", body=LONG + "只要89元，国家级。\n", sheet=SHEET.replace("89元", "便宜"))
    assert sorted(codes(check([shop.folder], WALL))) == ["at_key", "guard_will_refuse"]


def test_a_file_that_cannot_be_read_at_all_hides_what_is_said_so(shop: Shop) -> None:
    shop.script("a.md", sheet="---\nname: [x\n  - y: {\n---\n", body="")
    checked = check([shop.folder], WALL)
    assert checked.errors
    assert checked.hidden


def test_a_room_that_cannot_be_read_is_told_with_its_line(shop: Shop) -> None:
    shop.script("a.md")
    shop.write("room.yaml", "name: shop\nscripts: [scripts\n")
    checked = check([shop.room], WALL)
    assert [(code_of(finding), finding.line) for finding in checked.findings] == [("yaml_open_list", 2)]


# Everything that will be refused on air


@pytest.mark.parametrize(
    ("rows", "line", "named"),
    [
        ("never_say: [美白, 祛痘]\nfacts:\n  功效: 不是祛痘祛斑美白产品\n", 12, ["祛痘", "美白", "祛斑"]),
        ("promotions:\n- text: 国家级品质，今天满减\n", 11, ["国家级"]),
        ("facts:\n  联系: 加微信 abc12345\n", 11, ["微信"]),
        ("facts:\n  地位: 全网第一\n", 11, ["第一"]),
    ],
)
def test_a_fact_that_can_never_be_said_is_told(shop: Shop, rows: str, line: int, named: list[str]) -> None:
    shop.script("a.md", rows)
    findings = check([shop.folder], WALL).findings
    told = [(code_of(each), each.line, each.severity) for each in findings]
    assert told == [("never_answered", line, "error")] * len(named)
    assert all(any(word in each.message for each in findings) for word in named)


def test_everything_wrong_with_a_sentence_is_told_at_once(shop: Shop) -> None:
    shop.script("a.md", "", body="这块杯垫8毫米厚，只要79元，全国第一，三年质保。")
    found = check([shop.folder], WALL).findings
    told = [finding.message for finding in found if code_of(finding) == "guard_will_refuse"]
    for piece in ("8毫米", "79元", "第一", "质保"):
        assert any(piece in message for message in told), (piece, told)
    assert len(told) == len(set(told))


def test_an_answer_that_can_never_be_said_is_told(shop: Shop) -> None:
    shop.script("a.md", "never_say: [好用]\n", sheet=SHEET.replace("能洗。", "能洗，好用。"))
    (finding,) = check([shop.folder], WALL).findings
    assert (code_of(finding), finding.line) == ("never_answered", 7)
    assert "this answer can never be said" in finding.message


def test_service_texts_are_asked_too(shop: Shop) -> None:
    shop.script("a.md", sheet=SHEET.replace("七天无理由退货", "国家级售后，七天无理由退货"))
    assert [(code_of(each), each.line) for each in check([shop.folder], WALL).findings] == [("never_answered", 9)]


def test_an_offer_to_come_is_judged_as_when_it_has_begun(shop: Shop) -> None:
    rows = "promotions:\n- text: 活动价69元\n  price: 69元\n  from: 2026-12-01\n  until: 2026-12-05\n"
    shop.script("a.md", rows)
    assert check([shop.folder], WALL).findings == []


@pytest.mark.parametrize(
    ("rows", "told_of"),
    [
        ("facts:\n  价格: S和M码99元\n", "99元"),
        ("facts:\n  售价: 一件99元\n", "99元"),
        ("facts:\n  说明: 直播间只要99元\n", "99元"),
        ("facts:\n  价格: 89元\n", ""),
        ("facts:\n  价格: S码89元，XL码99元\n", ""),
        ("facts:\n  运费: 12元\n", ""),
        ("facts:\n  配件: 充电头另购29元\n", ""),
        ("list_price: 129元\nfacts:\n  原价: 129元\n", ""),
        ("promotions:\n- text: 今天79元\n  price: 79元\nfacts:\n  直播价: 79元\n", ""),
    ],
)
def test_a_price_that_was_forgotten_is_warned_of(shop: Shop, rows: str, told_of: str) -> None:
    shop.script("a.md", rows)
    stale = [each for each in check([shop.folder], WALL).findings if code_of(each) == "fact_other_price"]
    assert [each.severity for each in stale] == (["warning"] if told_of else [])
    assert all(told_of in each.message and "¥89" in each.message for each in stale)


def test_an_answer_about_the_price_is_held_against_it_too(shop: Shop) -> None:
    shop.script("a.md", sheet=SHEET.replace("q: 能洗吗\n  a: 能洗。", "q: 多少钱\n  a: 一件99元。"))
    assert "fact_other_price" in codes(check([shop.folder], WALL))


@pytest.mark.parametrize(
    ("line", "named"),
    [("129一瓶，放心拍。", "129元"), ("一袋29.9，放心拍。", "29.9元"), ("身高165穿M。", "165厘米")],
)
def test_a_number_without_its_unit_is_told_the_unit_the_sheet_has(shop: Shop, line: str, named: str) -> None:
    rows = "facts:\n  单价: 一瓶129元\n  小袋: 一袋29.9元\n  尺码: 身高165厘米穿M\n"
    shop.script("a.md", rows, LONG + line + "\n")
    refused = [each for each in check([shop.folder], WALL).findings if code_of(each) == "guard_will_refuse"]
    assert all(named in each.message for each in refused), [each.message for each in refused]


# The room file


@pytest.mark.parametrize(
    ("rows", "line", "named"),
    [
        ("voice:\n  zh:\n  - edge: {voice: zh-CN-YunxiNeural, sped: 1}\n", 6, "sped"),
        ("voice:\n  zh:\n  - edge:\n      voice: zh-CN-YunxiNeural\n      rate: fast\n", 8, "rate"),
        ("voice:\n  zh: [espeak: {rate: 1000}]\n", 5, "450"),
        ("voice:\n  zh: [espeak: {variant: Nobody}]\n", 5, "Nobody"),
        ("voice:\n  en: [openai: {format: ogg}]\n", 5, "format"),
        ("voice:\n  zh: [edge: {voice: nobody at all}]\n", 5, "nobody at all"),
        ("voice:\n  zh: [fish: {base_url: 127.0.0.1}]\n", 5, "base_url"),
        ("voice:\n  zh:\n  - minimax:\n      voice: x\n      api_key: sk\n", 8, "api_key"),
        ("voice:\n  zh:\n  - gpt-sovits:\n      speed: 1\n      reference: gone.wav\n", 8, "gone.wav"),
        ("voice:\n  zh:\n  - cosyvoice: {reference: room.yaml}\n", 6, "nobody's consent"),
        ("voice:\n  zh:\n  - espeak\n  - gpt-sovits: {speed: 1}\n", 7, "cloned from a recording"),
        ("voice:\n  zh:\n  - espeak\n  - cosyvoice\n", 7, "cloned from a recording"),
        ("voice:\n  zh:\n  - kokoro: {speed: 9}\n", 6, "from 0.5 to 2"),
        (
            "voice:\n  zh:\n  - openai:\n      model: x\n      extra_body: {a: [{b: gone.mp3}]}\n",
            8,
            "gone.mp3",
        ),
        ("outputs:\n- whep\n- recorder:\n    every: 1x\n", 7, "1x"),
        ("outputs:\n- whep: {viewer: 5}\n", 5, "viewer"),
        ("outputs:\n- whep: {viewers: many}\n", 5, "viewers"),
        ("outputs:\n- recorder: {path: a.mp4, every: 1h}\n", 5, "every"),
        ("comments:\n- websocket: {prot: 1}\n", 5, "prot"),
        ("comments:\n- websocket: {port: 99999}\n", 5, "port"),
        ("answerer:\n- openai: {temprature: 1}\n- embedded\n", 5, "temprature"),
        ("answerer:\n- openai: {first_sentence: soon}\n", 5, "first_sentence"),
        ("answerer:\n- embedded: {x: 1}\n", 5, "'x'"),
        ("answerer:\n- name: openai\n  options:\n    total: 999\n", 7, "120"),
        ("renderer:\n  puppet:\n    colour: red\n", 6, "colour"),
        ("outputs: [whip]\n", 4, "whip"),
        ("voice:\n  zh:\n  - espeak\n  - edgy\n", 7, "edgy"),
    ],
)
def test_a_misspelt_option_is_found_as_live_would_refuse_it(shop: Shop, rows: str, line: int, named: str) -> None:
    shop.script("a.md")
    shop.write("room.yaml", f"name: shop\nlang: zh\nscripts: [scripts]\n{rows}")
    (finding,) = check([shop.room], WALL).findings
    assert (finding.path, finding.line, finding.severity) == (str(shop.room), line, "error")
    assert named in finding.message
    assert finding.hint


def test_good_options_have_no_findings(shop: Shop) -> None:
    shop.script("a.md")
    shop.write(
        "room.yaml",
        "name: shop\nlang: zh\nscripts: [scripts]\n"
        "voice:\n  zh: [edge: {voice: zh-CN-YunxiNeural}, espeak: {rate: 200}]\n"
        "answerer: [openai: {model: x, total: 5}, embedded]\ncomments: [websocket: {port: 8765}]\n"
        "outputs: [whep: {viewers: 5}, recorder: {every: 1h}]\n",
    )
    assert check([shop.room], WALL).findings == []


def test_a_hash_in_a_room_file_is_told_of_where_it_eats_a_value(shop: Shop) -> None:
    shop.script("a.md")
    shop.write("room.yaml", "name: shop\ntitle: 直播间 #1\nscripts: [scripts] # the folder\n")
    (finding,) = check([shop.room], WALL).findings
    assert (code_of(finding), finding.line, finding.severity) == ("unread_hash", 2, "warning")


# Language


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_are_told_in_the_language_of_the_room(tmp_path: Path, lang: str) -> None:
    shop = Shop(tmp_path, lang)
    shop.write("room.yaml", f"name: shop\nlang: {lang}\nscripts: [scripts]\nvioce: x\nrundown:\n- product: mug\n")
    shop.script(
        "a.md", "stock: 很多\nnever_say: 第一 best\n", "好。{gesture=dance}\n\n（微笑）国家级。\n\n1. 好\n", SHEET
    )
    checked = check([shop.folder], WALL)
    assert len(checked.told) >= 7
    for finding, spoken in checked.told.items():
        assert spoken == lang
        text = told(finding, spoken)
        place = f"{finding.path}:{finding.line}: "
        assert text.startswith(place)
        words = text.removeprefix(place).partition("\n")[0]
        assert any("㐀" <= character <= "鿿" for character in words) or lang == "en"
        if lang == "zh":
            assert not any(word in words for word in (" is ", " the ", "warning"))


def test_rooms_of_two_languages_are_each_told_in_theirs(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        (tmp_path / lang).mkdir()
        shop = Shop(tmp_path / lang, lang)
        shop.script("a.md", "stock: many\n")
    checked = check([tmp_path], WALL)
    assert {(Path(finding.path).parents[1].name, lang) for finding, lang in checked.told.items()} == {
        ("zh", "zh"),
        ("en", "en"),
    }


def test_a_broken_room_is_told_in_the_language_it_names(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        (tmp_path / lang).mkdir()
        Shop(tmp_path / lang, lang).write("room.yaml", f"lang: {lang}\nscripts: [\n")
    assert sorted(check([tmp_path / "zh" / "room.yaml", tmp_path / "en" / "room.yaml"], WALL).told.values()) == [
        "en",
        "zh",
    ]


def test_a_script_that_cannot_be_read_is_told_in_the_language_it_is_written_in(tmp_path: Path) -> None:
    script = tmp_path / "cup.md"
    script.write_text("---\nname: [\n---\nThis cup keeps coffee warm for hours and hours.\n", encoding="utf-8")
    assert check([script], WALL).lang == "en"


# The shop sheet, and what was understood


def test_a_shop_sheet_is_checked_with_its_room_and_by_itself(shop: Shop) -> None:
    cup = shop.script("cup.md", sheet=SHEET.replace(SERVICE, ""), rows="禁用词: [包邮]\n")
    file = shop.write("scripts/shop.md", "---\n发货: 全国包邮\n退货: 七天无理由退货\n店主: 王\n---\n")
    found = [(code_of(each), Path(each.path).name, each.line) for each in check([shop.folder], WALL).findings]
    assert found == [("key_unknown", "shop.md", 4), ("never_answered", "shop.md", 2)]
    for named in ([file], [shop.room], [shop.folder / "scripts"], [cup, file]):
        assert len(check(named, WALL).findings) == 2, named
    assert check([cup], WALL).findings == []


def test_a_shop_sheet_of_no_room_is_found_beside_its_scripts(shop: Shop) -> None:
    shop.room.unlink()
    cup = shop.script("cup.md", sheet=SHEET.replace(SERVICE, ""))
    assert codes(check([cup], WALL)) == ["sheet_no_shipping", "sheet_no_returns"]
    file = shop.write("scripts/shop.md", "---\n发货: 全国包邮\n退货: 七天无理由退货\n---\n")
    for named in ([cup], [file], [shop.folder]):
        assert codes(check(named, WALL)) == [], named


def test_a_word_never_said_that_forbids_the_price_is_named(shop: Shop) -> None:
    cup = shop.script("cup.md", rows="禁用词: [89元]\n款式: [{名称: 黑, 库存: 3, 重量: 89克}]\n")
    found = {(code_of(each), each.path, each.line) for each in check([cup], WALL).findings}
    assert ("never_answered", str(cup), 4) in found


def test_the_sheets_that_were_looked_at_are_kept(shop: Shop) -> None:
    cup = shop.script("cup.md", rows="质保: 12个月\n")
    shop.write("scripts/lamp.md", "no sheet at all\n")
    assert [product.id for product in check([shop.folder], WALL).products] == ["cup"]
    assert [product.id for product in check([cup], WALL).products] == ["cup"]


def test_lines_that_pass_and_weigh_little_are_pointed_out_where_that_is_asked(shop: Shop, tmp_path: Path) -> None:
    cup = shop.script("cup.md", body=f"{LONG}\n养生达人天天晚上靠它续命。\n")
    assert codes(check([cup], WALL)) == []
    beyond = Beyond(tmp_path / "data", tmp_path / "cache", doubts=True)
    (doubt,) = check([cup], WALL, beyond).findings
    assert (code_of(doubt), doubt.severity, doubt.path) == ("guard_doubts", "warning", str(cup))
    assert "续命" in doubt.message
