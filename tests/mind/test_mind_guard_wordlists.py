"""Word lists: how they are written, and how their words are found."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.errors import InvalidFile
from host.core.fold import fold
from host.mind.guard.wordlists import Severity, WordList

BUNDLED = WordList.load()


def written(tmp_path: Path, text: str) -> WordList:
    path = tmp_path / "words.zh.txt"
    path.write_text(text, encoding="utf-8")
    return WordList.load([path], with_bundled=False)


def found(words: WordList, text: str) -> list[str]:
    return [hit.text for hit in words.find(fold(text))]


@pytest.mark.parametrize(
    "text",
    [
        "去死皮效果好",
        "这台独特的灯",
        "关爱智障人士",
        "弱智能才用不好",
        "废物利用",
        "加V领设计",
        "加VIP会员",
        "站外壳上有字",
        "想办法轮流用",
    ],
)
def test_ordinary_words_that_hold_a_listed_one_are_none(text: str) -> None:
    assert WordList.load().find(fold(text)) == []


def test_a_list_has_headings_comments_and_exceptions(tmp_path: Path) -> None:
    words = written(
        tmp_path, "# top\n[rank: never]\n第一 # remark\n\n[service: unless-fact]\n包邮\n[exceptions]\n第一次\n"
    )
    (hit,) = words.find("行业第一，不是第一次")
    assert (hit.text, hit.entry.category, hit.entry.severity) == ("第一", "rank", Severity.NEVER)
    assert hit.entry.source == "words.zh.txt:3"
    (hit,) = words.find("全国包邮")
    assert hit.entry.severity is Severity.UNLESS_FACT


def test_words_for_one_thing_stand_in_a_line(tmp_path: Path) -> None:
    words = written(tmp_path, "[service: unless-fact]\n质保 = 保固\n")
    hits = words.find("一年保固，就是质保")
    assert [(hit.text, hit.entry.alike) for hit in hits] == [("保固", ("质保", "保固")), ("质保", ("质保", "保固"))]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [("国家级\n", 1, "no heading"), ("[a: never]\nx\n[oops\n", 3, "not a heading"),
      ("[a: sometimes]\n", 1, "not a heading"),
     ("[a: never]\n？？\n", 2, "no letters")],
)  # fmt: skip
def test_a_mistake_is_pointed_at(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        written(tmp_path, text)
    assert caught.value.findings[0].line == line
    assert message in caught.value.findings[0].message


def test_a_list_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="cannot be read"):
        WordList.load([tmp_path / "none.txt"])
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidFile, match="UTF-8"):
        WordList.load([tmp_path / "bad.txt"])


@pytest.mark.parametrize(
    "text",
    [
        "加微信",
        "加 微 信",
        "加.微.信",
        "加*微*信",
        "加\u200b微\u200b信",
        "加，微，信",
        "加微\u0301信",
        "ＡＢ加微信",
        "加微信😀",
        "加😀微😀信",
        "加_微-信",
    ],
)
def test_what_is_put_between_characters_hides_nothing(text: str) -> None:
    assert found(WordList.of("加微信"), text)


@pytest.mark.parametrize(
    "text",
    [
        "cure",
        "CURE",
        "Ｃｕｒｅ",
        "c.u.r.e",
        "c u r e",
        "cu-re",
        "сure",
        "𝐜𝐮𝐫𝐞",
        "cúre",
        "it will cure, really",
        "cure!",
    ],
)
def test_a_latin_word_is_found_in_disguise(text: str) -> None:
    assert found(WordList.of("cure"), text)


@pytest.mark.parametrize("text", ["secure", "cured ham", "curelight", "a manicure", "accurate", "curé2"])
def test_a_latin_word_is_a_whole_word(text: str) -> None:
    assert not found(WordList.of("cure"), text)


def test_two_clauses_that_meet_are_no_word() -> None:
    assert not found(WordList.of("最好"), "贵不是最，好用才是")
    assert found(WordList.of("最好"), "最 好")


EVERYDAY = """第一次来 最近天气冷了 最后一句 大家都说好 周转运费 唯一要注意的是盖子 一定要拧紧 天然气灶
有机会再来 不要加微信 多多关注 小心烫
全家人一起 包装很好 包里放得下 慢慢看 放心 去年买的 防不胜防 妈妈的味道 滚烫的水"""


@pytest.mark.parametrize("text", EVERYDAY.split())
def test_everyday_words_are_no_hits(text: str) -> None:
    assert [hit.text for hit in BUNDLED.find(fold(text)) if hit.entry.severity is Severity.NEVER] == []


@pytest.mark.parametrize(
    "text", ["most people like it", "the best way to clean it", "secure lid", "a manicure set", "no worries",
      "shuttle", "assess", "classic",
             "Dickens", "it treated me well", "pass it on", "cocktail"],
)  # fmt: skip
def test_everyday_english_is_no_hit(text: str) -> None:
    assert found(BUNDLED, text) == []


def test_every_bundled_word_finds_itself_and_no_exception_is_idle() -> None:
    assert len(BUNDLED) > 400
    for entry in BUNDLED._entries:
        assert any(hit.entry.word == entry.word for hit in WordList([entry]).find(entry.word)), entry


def test_an_empty_list_finds_nothing() -> None:
    assert WordList([]).find("任何话") == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_finding_is_total_and_points_into_the_text(text: str) -> None:
    folded = fold(text)
    for hit in BUNDLED.find(folded):
        assert folded[hit.start : hit.end] == hit.text
        assert hit.text


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([entry for entry in BUNDLED._entries if not entry.word.isascii()]),
    st.sampled_from(" .*_-·\u200b\u00ad~|"),
)
def test_every_listed_word_is_found_with_anything_between(entry: object, mark: str) -> None:
    word = entry.word  # type: ignore[attr-defined]
    assert found(WordList([entry]), mark.join(word))  # type: ignore[list-item]


BOUNDED = [
    ("#1", ["#1", "选#1吧", "＃1", "# 1", "the #1 choice"], ["1", "选1吧", "1号", "#10", "#12", "买1送1", "1.5升"]),
    ("1号", ["1号", "选1号链接", "1 号", "１号"], ["11号", "21号", "1.1号", "号1", "1个", "101号"]),
    ("5G", ["5G", "5G手机", "支持5g", "5 G"], ["15G", "5GB", "5Gbps", "2.5G", "5g5", "5"]),
    ("C++", ["C++", "学C++吧", "c ++", "Ｃ＋＋"], ["C", "C语言", "C+", "VC++", "ABC++", "C#"]),
    ("A+", ["A+", "A+级", "评级A+"], ["A", "A级", "AA+", "A-"]),
    ("100%", ["100%", "100%纯棉", "１００％"], ["100", "100个", "1100%", "2100%"]),
    ("No.1", ["No.1", "NO 1", "no1", "No1品牌"], ["No.10", "no.11", "casino1", "1"]),
    ("24/7", ["24/7", "24 / 7"], ["24", "7", "124/7", "24/70"]),
    ("99元", ["99元", "只要99元", "99 元"], ["199元", "99", "99.5元", "1.99元", "299元"]),
    ("315", ["315", "315晚会"], ["3150", "1315", "3.15", "0315"]),
    ("best", ["best", "the best!", "b.e.s.t", "BEST"], ["bestow", "asbestos"]),
    ("最好", ["最好", "最 好", "最.好"], ["贵不是最，好用才是"]),
    ("治病，最好", ["治病，最好", "能治病,最好的"], ["治病", "最好"]),
    ("B超", ["B超", "做B超"], ["B"]),
    ("T恤", ["T恤", "这件T恤", "t恤"], ["T"]),
    ("@好友", ["@好友", "快@好友"], ["好友", "加好友"]),
    ("$9", ["$9", "only $9"], ["9", "$99", "$9.99", "¥9"]),
    ("3D", ["3D", "3D打印"], ["13D", "3Dx", "2.3d"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "text", "forbidden"),
    [
        (word, text, hit)
        for word, hits, misses in BOUNDED
        for hit, texts in ((True, hits), (False, misses))
        for text in texts
    ],
)
def test_signs_and_digits_of_a_word_are_part_of_it(word: str, text: str, forbidden: bool) -> None:
    assert bool(found(WordList.of(word), text)) is forbidden
