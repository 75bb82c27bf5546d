"""The trained model: what it takes unseen comments for, what its file must be, and the corpus it came from.

Training needs the extra ``train``: where that is missing, what is tested of it is that it says so.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traditional import FORMS

from host.core.acts.model import MODEL, VERSION, Model, model, reading
from host.core.acts.training.__main__ import train
from host.core.acts.training.corpus import CORPUS, Line, digest, near_duplicates, read
from host.core.acts.training.fit import documents, fitted
from host.core.acts.wants import ACTS, Act, Trouble, Want
from host.core.fold import fold
from host.core.text_features import MOST, features

PACKAGE = CORPUS.parent.parent
ROOT = PACKAGE.parent.parent.parent
CORPUS_LINES = read()
UNSEEN = {
    Want.IDENTITY: "屏幕里那个是大活人吗|主波你系真仁吗|主播是真滴人还是假滴|对面是机器还是人啊|这主播怕不是AI吧|"
    "讲话的是人还是程序呀|这是提前录的视频还是现场|数字人主播吧你|是不是放的录播啊这|侬到底是不是真人|"
    "嗰個主播係咪AI嚟㗎|這位主播是真人還是機器|zhubo shi bu shi zhenren|"
    "yo are u an actual person|is the host some kind of bot|is that lady ai generated|"
    "am i talking to a real person or what|"
    "is this stream pre recorded or live|r u even a real human|she looks like ai tbh|this host is a robot right",
    Want.TROUBLE: "咋没声了呀|主播我听不到你声音|一点声都没|画面卡住不动了呀|直播间卡爆了|画面好糊啊主播|怎么黑屏啦|"
    "口型跟声音对不上啊|声音滋啦滋啦的|老是转圈进不去|我呢边冇聲喎|聲音一直斷斷續續|卡到看不了|"
    "cant hear u at all host|theres no sound coming through|ur stream keeps lagging|screen froze again lol|"
    "its super blurry for me|the audio is way out of sync|video went all black|mic is muted i think",
    Want.ABUSE: "你这个死骗子|狗东西主播|主播是不是脑子有病|臭傻子滚啊|丑死了快滚|卖假货的死全家|这主播蠢得跟猪一样|"
    "you are such an idiot host|shut the f up you clown|dumb ugly host|what a bunch of scamming crooks|go die you pig",
    Want.GOODS: "这个多少钱呀主播|扫地机器人卡地毯吗|录音笔能录几小时|真丝的还是化纤的|断网重连要多久|耳机延迟大不大呀|"
    "这风扇声音响不响|2B铅笔多少钱一盒|螺丝刀最小扭力几cNm|wtf how much is this one|is the jacket real leather|"
    "do these earbuds have lag|does the speaker get loud enough|how long can the recorder record",
    Want.SMALL_TALK: "哈哈哈主播好逗|今天下班好累啊|我先撤啦拜拜|主播声音好甜|来啦来啦晚上好|姐妹们晚安|"
    "lol this is so fun|good night everyone|omg so pretty|just got home from work|hey everyone im back",
}  # fmt: skip
KINDS = {
    Trouble.SOUND: "完全没声|听不着你讲话|声音太小啦主播|no audio at all|your mic is muted bro",
    Trouble.PICTURE: "黑屏一片|看不到画面了|only audio no picture",
    Trouble.STUCK: "卡死啦|画面不动了呢|it keeps freezing on me|so laggy today",
    Trouble.SYNC: "嘴型跟声音对不上呢|audio is out of sync again",
    Trouble.BLURRY: "画质好糊|太模糊啦|so blurry today",
    Trouble.OTHER: "一进直播间就闪退|评论发不出去呀|app keeps crashing on me",
}
TABLE = [(want, text) for want, texts in UNSEEN.items() for text in texts.split("|")]
KIND_TABLE = [(kind, text) for kind, texts in KINDS.items() for text in texts.split("|")]


@pytest.mark.parametrize("want", UNSEEN)
def test_unseen_comments_are_surely_taken_for_what_they_want(want: Want) -> None:
    read = {text: reading(fold(text)).sure for text in UNSEEN[want].split("|")}
    unsure = [text for text, sure in read.items() if not sure]
    wrong = [text for text, sure in read.items() if sure - {want}]
    assert len(unsure) <= 0.15 * len(read), unsure
    assert len(wrong) <= 0.05 * len(read), wrong


def test_unseen_trouble_has_its_kind() -> None:
    wrong = [text for kind, text in KIND_TABLE if reading(fold(text)).trouble is not kind]
    assert len(wrong) <= 1, wrong


def test_the_unseen_are_unseen() -> None:
    seen = {fold(line.text) for line in CORPUS_LINES}
    assert not [text for _, text in [*TABLE, *KIND_TABLE] if fold(text) in seen]


@pytest.mark.parametrize("form", FORMS)
def test_traditional_characters_are_read_alike(form: str) -> None:
    assert all(reading(fold(FORMS[form](text))) == reading(fold(text)) for _, text in TABLE)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_read_and_the_same_each_time(text: str) -> None:
    read = model().read(text)
    assert read == model().read(text)
    assert set(read.probable) == set(Want)
    assert all(0 <= each <= 1.001 for each in read.probable.values())
    assert all(read.probable[want] >= least for want, least in model().thresholds.items() if want in read.sure)
    assert reading(fold(text)).trouble in Trouble


@given(st.text(max_size=600))
def test_no_more_than_the_first_of_a_long_text_is_looked_at(text: str) -> None:
    assert features(text) == features(text[:MOST])
    assert all("\n" not in name for name in features(fold(text)))


def test_what_has_no_letter_wants_nothing_sure() -> None:
    assert not any(reading(text).sure for text in ("", "666", "?!", "🌹🌹", "138 0013"))


def test_the_model_is_that_of_the_corpus_and_whole() -> None:
    shipped = model()
    names = shipped.linear.vocabulary.names
    assert shipped.corpus == digest(), "train again: python -m host.core.acts.training"
    assert list(names) == sorted(set(names))
    assert (PACKAGE / MODEL).stat().st_size < 1_500_000
    assert set(shipped.thresholds) == set(Want)
    assert all(0.5 <= each < 1 for each in shipped.thresholds.values())
    assert shipped.linear.weights.any(axis=0).all()


def test_a_model_is_saved_as_it_was_loaded(tmp_path: Path) -> None:
    model().save(tmp_path / MODEL)
    assert (tmp_path / MODEL).read_bytes() == (PACKAGE / MODEL).read_bytes()


@pytest.mark.parametrize("broken", [{"version": np.uint16(VERSION + 1)}, {"weights": np.zeros((3, 2), np.int8)}])
def test_a_model_that_does_not_fit_together_is_refused(tmp_path: Path, broken: dict[str, object]) -> None:
    with np.load(PACKAGE / MODEL, allow_pickle=False) as parts:
        np.savez(tmp_path / MODEL, **{**parts, **broken})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"model\.npz"):
        Model.load(tmp_path / MODEL)


def test_every_line_of_the_corpus_has_its_labels_once() -> None:
    assert {line.act for line in CORPUS_LINES} == set(Act)
    assert all(line.topic in set(Trouble) for line in CORPUS_LINES if line.act == Act.TROUBLE)
    texts = [(line.lang, line.text.lower()) for line in CORPUS_LINES]
    assert len(texts) == len(set(texts))
    assert sum("_grown" in line.seed for line in CORPUS_LINES) >= 300
    assert {act for acts in ACTS.values() for act in acts} < set(Act)


def test_a_line_without_its_columns_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "corpus.tsv").write_text("lang\tact\ttopic\ttext\tseed\nzh\task\t多少钱\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"corpus\.tsv:2: 3 columns"):
        read(tmp_path / "corpus.tsv")


def test_what_was_written_together_is_one_group_and_what_is_alike_is_known() -> None:
    said = {"zh_rooms-R01-1": "这个多少钱一个", "zh_rooms-R01-22": "这个多少钱一个啊", "zh_x-F1": "包邮吗"}
    lines = [Line("zh", "ask", "price", text, seed) for seed, text in said.items()]
    assert [line.group for line in lines] == ["zh_rooms-R01", "zh_rooms-R01", "zh_x-F1"]
    assert near_duplicates(lines) == [[1], [0], []]


def test_a_slice_trains_where_the_extra_is_installed_and_elsewhere_says_what_is_missing(tmp_path: Path) -> None:
    if find_spec("sklearn") is None:
        with pytest.raises(SystemExit, match=r"pip install -e '\.\[train\]'"):
            train(tmp_path / MODEL)
        return
    lines = CORPUS_LINES[::9]
    trained = fitted(lines, documents(lines), 2_000).model("a slice", 4.0, dict.fromkeys(Want, 0.5))
    trained.save(tmp_path / MODEL)
    loaded = Model.load(tmp_path / MODEL)
    assert (loaded.corpus, len(loaded.linear.vocabulary.names)) == ("a slice", 2_000)
    assert Want.GOODS in loaded.read("这个多少钱").sure
    assert Want.IDENTITY in loaded.read("你是真人吗").sure


def test_a_wheel_carries_the_model_and_not_what_it_is_trained_with(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    names = ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert {f"host/core/acts/{MODEL}", f"host/mind/guard/weighing/{MODEL}"} <= set(names)
    assert not [name for name in names if name.startswith("host/core/acts/training")]
