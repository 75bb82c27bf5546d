"""Scene overlays: inside the picture, on even places, the AI label last and large, and cheap to step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from host.avatar.caption import CaptionBar, balanced, paged
from host.avatar.card import product_card
from host.avatar.label import INK, ai_label, ink_height, label_texts
from host.avatar.picture import load_picture
from host.avatar.pose import Overlay
from host.avatar.scene import SceneArtist
from host.avatar.textart import NOT_FIRST, advance, cleaned, drawable, pieces, shortened, wrapped
from host.core.scene import Caption, Card, Scene

ZH = "今天下单立减二十元，到手价七十九元，点击一号链接就可以购买，库存不多了，先到先得，错过今天再等一年！"
EN = "This bottle keeps coffee hot for twelve hours, and people love it."
CARD = Card("cup", "随行保温杯 500ml", 1, "¥79", "¥129", "", ("48小时发货", "剩余 236 件"))
ARTISTS = {size: SceneArtist(size, "zh") for size in ((720, 1280), (1280, 720), (360, 640))}


def assert_placed(overlays: list[Overlay], size: tuple[int, int]) -> None:
    for overlay in overlays:
        height, width = overlay.bgra.shape[:2]
        assert overlay.bgra.dtype == np.uint8
        assert overlay.bgra.shape[2] == 4
        assert not any(number % 2 for number in (overlay.x, overlay.y, width, height))
        assert overlay.x >= 0
        assert overlay.y >= 0
        assert overlay.x + width <= size[0]
        assert overlay.y + height <= size[1]
        assert overlay.bgra[:, :, 3].any()


def laid(background: tuple[int, int, int], overlay: Overlay) -> np.ndarray:
    alpha = overlay.bgra[:, :, 3:] / 255
    return alpha * overlay.bgra[:, :, :3] + (1 - alpha) * np.array(background)


scenes = st.builds(
    Scene,
    card=st.none()
    | st.builds(
        Card,
        product=st.text(max_size=4),
        name=st.text(max_size=80),
        link=st.integers(-5, 10**9),
        price=st.text(max_size=30) | st.sampled_from(["¥79", "$1,299.00", "CHF 12.50", "79元"]),
        list_price=st.text(max_size=30) | st.sampled_from(["", "¥129"]),
        image=st.sampled_from(["", "/nowhere.png", "\0"]),
        badges=st.lists(st.text(max_size=30), max_size=4).map(tuple),
        lang=st.sampled_from(["zh", "en"]),
    ),
    caption=st.none()
    | st.builds(Caption, text=st.text(max_size=300) | st.sampled_from([ZH, EN]), said=st.integers(-3, 400)),
    asked=st.text(max_size=120) | st.just("小鹿: 孕妇可以用吗？"),
    lang=st.sampled_from(["zh", "en"]),
)


@settings(max_examples=80)
@given(scenes, st.sampled_from(sorted(ARTISTS)))
@example(Scene(CARD, Caption(ZH * 10, 200), "用户" * 60 + ": " + "问" * 300), (720, 1280))
@example(Scene(CARD, Caption("x" * 500, 200), "x" * 300), (360, 640))
def test_any_scene_lies_inside_the_picture_with_the_label_last(scene: Scene, size: tuple[int, int]) -> None:
    artist = ARTISTS[size]
    overlays = artist.overlays(scene)
    assert_placed(overlays, size)
    assert overlays[-1] is artist.label


def test_an_empty_scene_has_the_label() -> None:
    artist = SceneArtist()
    assert artist.overlays(Scene()) == [artist.label]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(720, 1280), (1080, 1920), (1280, 720)])
def test_the_labels_text_is_a_twentieth_of_the_shortest_side(lang: str, size: tuple[int, int]) -> None:
    label = ai_label(size, lang)
    assert_placed([label], size)
    for text in label_texts(lang):
        assert "AI" in text
    # Light on dark: rows of the picture in which there is text, right of the star and left of the rounded end.
    unit = min(size) / 720
    bright = (label.bgra[:, :, :3].min(axis=2) > 140) & (label.bgra[:, :, 3] > 200)
    middle = bright[:, round(84 * unit) : round(-70 * unit)]
    centre = middle.shape[0] // 2
    rows = np.flatnonzero(middle[centre - round(29 * unit) : centre + round(29 * unit)].any(axis=1))
    assert rows[-1] - rows[0] + 1 >= 0.05 * min(size)


def test_each_text_of_the_label_is_tall_enough_by_itself() -> None:
    for first, second in map(label_texts, ("zh", "en")):
        assert ink_height(first, 42, 0.02) >= 36
        assert ink_height(second, 42, 0.01) >= 36


@pytest.mark.parametrize("background", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (60, 200, 240), (45, 39, 17)])
def test_the_label_reads_on_any_background(background: tuple[int, int, int]) -> None:
    picture = laid(background, ai_label((720, 1280), "zh")) / 255
    inner = picture[24:-24, 60:-60]
    linear = np.where(inner <= 0.04045, inner / 12.92, ((inner + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.0722, 0.7152, 0.2126])
    paper, ink = np.percentile(luminance, 3), np.percentile(luminance, 99)
    assert (ink + 0.05) / (paper + 0.05) >= 7  # WCAG 2.2, enhanced
    assert INK == (17, 39, 45)


def test_the_same_parts_are_the_same_objects() -> None:
    artist = SceneArtist()
    first = artist.overlays(Scene(CARD, Caption(ZH, 3), "小鹿: 可以吗"))
    again = artist.overlays(
        Scene(Card(**{name: getattr(CARD, name) for name in CARD.__slots__}), Caption(ZH, 3), "小鹿: 可以吗")
    )
    assert all(one is other for one, other in zip(first, again, strict=True))
    stepped = artist.overlays(Scene(CARD, Caption(ZH, 4), "小鹿: 可以吗"))
    assert [one is other for one, other in zip(first, stepped, strict=True)] == [True, True, False, True]


def lit(bar: CaptionBar, text: str, said: int) -> tuple[int, int, int]:
    """Columns that are white, warm and dim in the upper half of the caption."""
    overlay = bar.overlay(Caption(text, said))
    assert overlay is not None
    pixels = overlay.bgra[50:200, 120:-60].astype(int)
    blue, red = pixels[:, :, 0], pixels[:, :, 2]
    white = ((blue > 225) & (red > 225)).any(axis=0).sum()
    warm = ((red > 225) & (blue < 170)).any(axis=0).sum()
    return int(white), int(warm), int(((red > 110) & (red < 175) & (abs(red - blue) < 25)).any(axis=0).sum())


def test_what_has_been_said_is_lit_and_the_newest_word_is_warm() -> None:
    bar = CaptionBar((720, 1280))
    text = "放包里几乎没感觉"
    start, middle, end = lit(bar, text, 0), lit(bar, text, 4), lit(bar, text, len(text))
    assert start[0] == start[1] == 0
    assert middle[0] > 50
    assert 10 < middle[1] < 45
    assert end[0] > middle[0] * 1.7
    assert end[1] == 0


def test_a_latin_word_is_lit_whole() -> None:
    bar = CaptionBar((720, 1280))
    assert lit(bar, "coffee hot", 2)[1] == lit(bar, "coffee hot", 6)[1] > 60


def test_captions_turn_their_pages_with_the_words() -> None:
    bar = CaptionBar((720, 1280))
    width = 544.0
    pages = paged(ZH, 34, width)
    assert len(pages) > 1
    assert "".join("".join(page.lines) for page in pages) == ZH
    assert all(len(page.lines) <= 2 for page in pages)
    assert all(advance(line.rstrip(), 34) <= width for page in pages for line in page.lines)
    assert all(ZH[page.last - 1] in "，！" for page in pages)
    first, later = bar.overlay(Caption(ZH, 1)), bar.overlay(Caption(ZH, len(ZH) - 2))
    assert first is not None
    assert later is not None
    assert not np.array_equal(first.bgra, later.bgra)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (
            "今天下单立减二十元，到手价七十九元，点击一号链接就可以购买。",
            [("今天下单立减二十元，", "到手价七十九元，"), ("点击一号链接就可以购买。",)],
        ),
        (EN, [("This bottle keeps coffee hot for ", "twelve hours, and people love it.")]),
        (
            "My favourite feature is the leak proof lid: put it in your bag and forget about it.",
            [("My favourite feature ", "is the leak proof lid: "), ("put it in your bag ", "and forget about it.")],
        ),
        (
            "So, on we go and then some more words follow here, as they do.",
            [("So, on we go and then some ", "more words follow here, "), ("as they do.",)],
        ),
    ],
)
def test_pages_are_made_of_clauses(text: str, pages: list[tuple[str, ...]]) -> None:
    assert [page.lines for page in paged(text, 34, 544)] == pages


def test_a_number_stays_with_what_it_counts() -> None:
    for width in range(200, 400, 20):
        for line in wrapped("这款保温杯只有二百二十克放包里，保温12小时", 34, width)[:-1]:
            assert line[-1] not in "二百十12"


@pytest.mark.parametrize("kept", ["$1,299.90", "don't", "BPA-free", "USB-C", "20:30", "95 °C", "km/h"])
def test_a_word_or_number_is_not_broken(kept: str) -> None:
    text = f"only {kept} now"
    for width in range(150, 400, 10):
        assert any(kept in line for line in wrapped(text, 20, width))
    assert any(piece.strip() == kept for piece in pieces(text))


def test_two_lines_are_broken_at_the_clause() -> None:
    assert balanced("这款保温杯只有二百二十克，放包里几乎没感觉。", 34, 544) == (
        "这款保温杯只有二百二十克，",
        "放包里几乎没感觉。",
    )
    assert balanced("Okay, where were we? Here we go again.", 34, 544) == ("Okay, where were we? ", "Here we go again.")


@given(st.text(alphabet=st.sampled_from("保温杯，。“”（）ab c1-9.,!"), max_size=200), st.floats(60, 600))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: float) -> None:
    lines = wrapped(text, 34, width)
    assert "".join(lines) == text
    assert all(advance(line.rstrip(), 34) <= width for line in lines)
    pages = paged(text, 34, width) if text else ()
    assert "".join("".join(page.lines) for page in pages) == text
    assert all(1 <= len(page.lines) <= 2 for page in pages)


def test_lines_do_not_begin_with_punctuation() -> None:
    for line in wrapped(ZH * 3, 34, 300):
        assert line[0] not in NOT_FIRST


@given(st.text(max_size=60))
def test_cleaned_text_can_be_drawn(text: str) -> None:
    assert all(drawable(character) for character in cleaned(text))


@pytest.mark.parametrize("text", ["好看😀！", "❤️喜欢", "👨‍👩‍👧买", "☕咖啡", "\u200b零宽", "\U00020bb7野家"])
def test_what_has_no_glyph_is_dropped_and_never_boxed(text: str) -> None:
    kept = cleaned(text)
    assert kept
    assert len(kept) < len(text)
    assert "?" not in kept
    assert all("\u4e00" <= character <= "\u9fff" or character == "！" for character in kept)


def test_a_real_question_mark_stays() -> None:
    assert cleaned("really? 真的？") == "really? 真的？"


def test_shortened_text_fits() -> None:
    for text in (ZH, EN):
        for width in (20.0, 100.0, 300.0):
            assert advance(shortened(text, 20, width), 20) <= max(width, advance("…", 20), advance("...", 20))
    assert shortened("短", 20, 100) == "短"


def written(path: Path, image: np.ndarray) -> str:
    assert cv2.imwrite(str(path), image)
    return str(path)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_pictures_are_cut_to_fill(tmp_path: Path, kind: str) -> None:
    image = np.zeros((300, 600, 3), np.uint8)
    image[:, :] = (40, 90, 200)
    picture = load_picture(written(tmp_path / f"a.{kind}", image), 182, 157)
    assert picture is not None
    assert picture.shape == (157, 182, 4)
    assert picture[:, :, 3].min() > 0.999
    assert picture[70, 90, :3] * 255 == pytest.approx([40, 90, 200], abs=8)


def test_transparent_grey_and_deep_pictures(tmp_path: Path) -> None:
    clear = np.zeros((100, 50, 4), np.uint8)
    clear[20:80, 10:40] = (10, 20, 250, 255)
    picture = load_picture(written(tmp_path / "clear.png", clear), 182, 182)
    assert picture is not None
    assert picture[0, 0, 3] == 0
    assert picture[91, 91, 2] > 0.9
    assert load_picture(written(tmp_path / "grey.png", np.full((9, 9), 128, np.uint8)), 20, 20) is not None
    assert load_picture(written(tmp_path / "deep.png", np.full((9, 9, 3), 60000, np.uint16)), 20, 20) is not None


def test_svg_pictures(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#f00"/></svg>'
    )
    picture = load_picture(str(path), 100, 80)
    assert picture is not None
    assert picture[40, 50].tolist() == pytest.approx([0, 0, 1, 1])


def test_a_picture_is_read_once_until_its_file_changes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.png", np.full((50, 50, 3), 200, np.uint8))
    first = load_picture(path, 182, 182)
    assert load_picture(path, 182, 182) is first
    written(tmp_path / "a.png", np.full((60, 50, 3), 20, np.uint8))
    second = load_picture(path, 182, 182)
    assert first is not None
    assert second is not None
    assert second.mean() < first.mean()


def test_a_sold_out_card_says_so_and_shines_no_more() -> None:
    def pixels(sold_out: bool) -> np.ndarray:
        return product_card(replace(CARD, badges=(), sold_out=sold_out), 1.0, 40, 40, (720, 1280)).bgra.astype(int)

    plain, gone = pixels(False), pixels(True)
    assert plain.shape == gone.shape
    coral = [np.sum((drawn[240:, :, 2] > 200) & (drawn[240:, :, 1] < 110)) for drawn in (plain, gone)]
    assert coral[0] > 50
    assert coral[1] == 0
    assert np.any(plain[60:220] != gone[60:220])


@pytest.mark.parametrize("name", ["broken.png", "broken.svg", "empty.jpg", "missing.png", ""])
def test_a_broken_picture_is_a_placeholder(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    elif name.startswith("empty"):
        (tmp_path / name).touch()
    assert load_picture(str(tmp_path / name), 50, 50) is None
    card = Card("cup", "杯", 1, "¥79", image=str(tmp_path / name))
    assert_placed(SceneArtist().overlays(Scene(card)), (720, 1280))
