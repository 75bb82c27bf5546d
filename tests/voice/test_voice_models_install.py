"""Models fetched from a real HTTP server: whole with the official bytes, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from http.client import InvalidURL, RemoteDisconnected
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError, URLError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_server import ModelServer, model_server

from host.core.errors import LivehostError
from host.core.findings import told
from host.voice.models import transfer
from host.voice.models.catalogue import Model
from host.voice.models.disk import alone, unwritten
from host.voice.models.install import install, installed
from host.voice.models.sources import sources
from host.voice.models.transfer import why_not

WHOLE = random.Random(9).randbytes(1_000_003)
ALTERED = WHOLE[:700_000] + b"\0" + WHOLE[700_001:]
HALF = len(WHOLE) // 2
PATH = "/maker/models/releases/download/v1/voice.onnx"


def model_at(url: str) -> Model:
    return Model(
        name="test", what="a voice", author="us", licence="Apache-2.0", option="test.model", url=url + PATH,
        size=len(WHOLE), sha256=hashlib.sha256(WHOLE).hexdigest(),
    )  # fmt: skip


@pytest.fixture
def official() -> Iterator[ModelServer]:
    with model_server({PATH: WHOLE}) as server:
        yield server


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def refusal(model: Model, data: Path, mirrors: str = "") -> str:
    """What the person is told, in English; that it can be told in Chinese as well."""
    with pytest.raises(LivehostError) as error:
        install(model, data, mirrors)
    assert told(error.value.finding, "zh") != told(error.value.finding, "en")
    return told(error.value.finding, "en")


def everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_model_comes_whole_and_progress_is_told(official: ModelServer, tmp_path: Path) -> None:
    shares: list[float] = []
    file = install(model_at(official.url), tmp_path, "", shares.append)
    assert file == installed(model_at(official.url), tmp_path) == tmp_path / "models" / "v1" / "voice.onnx"
    assert file.read_bytes() == WHOLE
    assert everything_in(tmp_path) == ["voice.onnx"]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2


def test_one_that_is_there_is_not_fetched_again(official: ModelServer, tmp_path: Path) -> None:
    install(model_at(official.url), tmp_path, "")
    install(model_at(official.url), tmp_path, "")
    assert len(official.asked) == 1


def test_one_that_is_there_and_damaged_is_replaced(official: ModelServer, tmp_path: Path) -> None:
    file = installed(model_at(official.url), tmp_path)
    file.parent.mkdir(parents=True)
    for damaged in (b"", WHOLE[:-1], ALTERED, WHOLE + b"x"):
        file.write_bytes(damaged)
        assert install(model_at(official.url), tmp_path, "").read_bytes() == WHOLE


@pytest.mark.parametrize("behaviour", ["chunked", "ignores_range", "moved"])
def test_servers_differ_in_how_they_send(official: ModelServer, tmp_path: Path, behaviour: str) -> None:
    official.behaviour = behaviour
    assert install(model_at(official.url), tmp_path, "").read_bytes() == WHOLE


# Broken off


@pytest.mark.parametrize("how", ["cut", "unsized_cut", "stalls"])
@pytest.mark.parametrize("then", ["good", "ignores_range", "chunked", "moved"])
def test_what_was_broken_off_goes_on_where_it_was(
    official: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, then: str
) -> None:
    monkeypatch.setattr(transfer, "SILENCE", 0.3)
    official.behaviour = how
    said = refusal(model_at(official.url), tmp_path)
    assert "broke off after 0.5 of 1.0 MB" in said
    assert everything_in(tmp_path) == ["voice.onnx.part"]
    official.behaviour = then
    shares: list[float] = []
    assert install(model_at(official.url), tmp_path, "", shares.append).read_bytes() == WHOLE
    assert official.asked[-1][1] == f"bytes={HALF}-"
    assert everything_in(tmp_path) == ["voice.onnx"]
    assert (shares[0] > 0.5) == (then != "ignores_range")


def test_what_came_in_chunks_and_was_broken_off_goes_on_too(official: ModelServer, tmp_path: Path) -> None:
    official.behaviour = "chunked_cut"
    assert "broke off after 0." in refusal(model_at(official.url), tmp_path)
    official.behaviour = "good"
    assert install(model_at(official.url), tmp_path, "").read_bytes() == WHOLE
    assert official.asked[-1][1].startswith("bytes=")


def test_a_part_that_does_not_fit_is_thrown_away(official: ModelServer, tmp_path: Path) -> None:
    part = installed(model_at(official.url), tmp_path).with_name("voice.onnx.part")
    part.parent.mkdir(parents=True)
    for begun in (b"\0" * HALF, ALTERED[:-5], ALTERED, WHOLE + b"more", b"x"):
        part.write_bytes(begun)
        file = install(model_at(official.url), tmp_path, "")
        assert file.read_bytes() == WHOLE
        file.unlink()


def test_a_part_that_is_whole_already_needs_no_server(tmp_path: Path) -> None:
    model = model_at("http://127.0.0.1:9")
    part = installed(model, tmp_path).with_name("voice.onnx.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(WHOLE)
    assert install(model, tmp_path, "").read_bytes() == WHOLE


def test_another_part_than_asked_for_is_refused_and_the_beginning_kept(official: ModelServer, tmp_path: Path) -> None:
    official.behaviour = "cut"
    refusal(model_at(official.url), tmp_path)
    official.behaviour = "wrong_range"
    assert "another part" in refusal(model_at(official.url), tmp_path)
    official.behaviour = "good"
    assert install(model_at(official.url), tmp_path, "").read_bytes() == WHOLE
    assert official.asked[-1][1] == f"bytes={HALF}-"


# What a source says instead


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (404, "404: the file is not there"),
        (403, "403, access is refused"),
        (429, "429, too many requests"),
        (503, "503"),
        ("portal", "has 62 bytes, where the model has 1000003"),
        ("chunked_portal", "has 62 bytes, where the model has 1000003"),
    ],
)
def test_who_does_not_give_the_file_is_quoted(
    official: ModelServer, tmp_path: Path, behaviour: str | int, words: str
) -> None:
    official.behaviour = behaviour
    said = refusal(model_at(official.url), tmp_path)
    assert words in said
    assert official.url + PATH in said
    assert everything_in(tmp_path) == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (ALTERED, f"sha256 {hashlib.sha256(ALTERED).hexdigest()}"),
        (WHOLE[:-3], "has 1000000 bytes"),
        (b"\0" + WHOLE, ""),
        (b"", "has 0 bytes"),
    ],
)
@pytest.mark.parametrize("behaviour", ["good", "chunked", "ignores_range"])
def test_other_bytes_are_never_installed(
    official: ModelServer, tmp_path: Path, sent: bytes, words: str, behaviour: str
) -> None:
    official.files[PATH], official.behaviour = sent, behaviour
    assert words in refusal(model_at(official.url), tmp_path)
    assert everything_in(tmp_path) == []


def test_a_longer_file_is_another_where_the_server_says_so(official: ModelServer, tmp_path: Path) -> None:
    official.files[PATH] = WHOLE + b"more"
    assert "has 1000007 bytes" in refusal(model_at(official.url), tmp_path)


def test_other_bytes_after_a_good_beginning_are_not_installed_either(official: ModelServer, tmp_path: Path) -> None:
    official.behaviour = "cut"
    refusal(model_at(official.url), tmp_path)
    official.files[PATH], official.behaviour = ALTERED, "good"
    assert "other bytes than the official ones" in refusal(model_at(official.url), tmp_path)
    assert everything_in(tmp_path) == []


def test_no_network_nobody_there_and_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nothing listens there" in refusal(model_at("http://127.0.0.1:9"), tmp_path)
    assert "is there a network?" in refusal(model_at("http://models.invalid"), tmp_path)
    monkeypatch.setattr(transfer, "SILENCE", 0.2)
    with model_server({PATH: WHOLE}, "silent") as server:
        assert "no answer within 0.2 s" in refusal(model_at(server.url), tmp_path)


def test_a_proxy_of_the_environment_is_asked(
    official: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_at("http://models.invalid")
    official.files = {model.url: WHOLE}
    monkeypatch.setenv("http_proxy", official.url)
    assert install(model, tmp_path, "").read_bytes() == WHOLE


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (URLError(ssl.SSLCertVerificationError(1, "certificate verify failed")), "certificate is not trusted"),
        (URLError(socket.gaierror(-3, "Temporary failure in name resolution")), "is there a network?"),
        (URLError(TimeoutError()), "no answer within 30 s"),
        (URLError(OSError("Tunnel connection failed: 407")), "broke: Tunnel connection failed: 407"),
        (ConnectionResetError(104, "Connection reset by peer"), "Connection reset by peer"),
        (RemoteDisconnected("closed without response"), "closed without response"),
        (InvalidURL("nonnumeric port: 'x'"), "nonnumeric port"),
        (HTTPError("http://a", 407, "", Message(), None), "407, the proxy wants a name and a password"),
        (EOFError(), "EOFError"),
    ],
)
def test_every_error_of_a_network_has_words(error: Exception, words: str) -> None:
    assert words in why_not(error, "http://a/b")


CONTENT = {"whole": WHOLE, "altered": ALTERED, "shorter": WHOLE[:HALF], "longer": WHOLE + b"x"}
STEPS = st.tuples(
    st.sampled_from(
        ["good", "cut", "unsized_cut", "chunked_cut", "ignores_range", "wrong_range", "portal", "chunked", 404]
    ),
    st.integers(0, len(WHOLE)),
    st.sampled_from(["whole", "altered", "shorter", "longer"]),
)


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=6))
def test_whatever_happens_on_the_way_a_model_is_whole_or_not_there(steps: list[tuple[str | int, int, str]]) -> None:
    with TemporaryDirectory() as folder, model_server({PATH: WHOLE}) as server:
        model, data = model_at(server.url), Path(folder)
        for server.behaviour, server.half, content in steps:
            server.files[PATH] = CONTENT[content]
            with suppress(LivehostError):
                assert install(model, data, "").read_bytes() == WHOLE
            assert not installed(model, data).exists() or installed(model, data).read_bytes() == WHOLE
        server.behaviour, server.files[PATH] = "good", WHOLE
        assert install(model, data, "").read_bytes() == WHOLE
        assert everything_in(data) == ["voice.onnx"]


# Mirrors


def test_mirrors_stand_before_the_release_by_name_alone_and_by_release(tmp_path: Path) -> None:
    model = model_at("https://example.org")
    assert list(sources(model, "")) == [model.url]
    releases = "https://example.org/maker/models/releases/download"
    assert list(sources(model, f"http://a/b/, {tmp_path}\nfile:///srv/m {releases}")) == [
        "http://a/b/voice.onnx", "http://a/b/v1/voice.onnx",
        tmp_path / "voice.onnx", tmp_path / "v1" / "voice.onnx",
        Path("/srv/m/voice.onnx"), Path("/srv/m/v1/voice.onnx"),
        f"{releases}/voice.onnx", model.url,
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["voice.onnx", "v1/voice.onnx"])
def test_a_folder_is_a_mirror(official: ModelServer, tmp_path: Path, place: str) -> None:
    file = tmp_path / "mirror" / place
    file.parent.mkdir(parents=True)
    file.write_bytes(WHOLE)
    assert install(model_at(official.url), tmp_path / "data", str(tmp_path / "mirror")).read_bytes() == WHOLE
    assert official.asked == []


def test_the_models_of_another_data_folder_are_a_mirror(official: ModelServer, tmp_path: Path) -> None:
    install(model_at(official.url), tmp_path / "one", "")
    install(model_at("http://127.0.0.1:9"), tmp_path / "two", str(tmp_path / "one" / "models"))


def test_the_release_is_asked_where_mirrors_have_nothing_or_something_else(
    official: ModelServer, tmp_path: Path
) -> None:
    (tmp_path / "voice.onnx").write_bytes(ALTERED)
    with model_server({"/m/v1/voice.onnx": WHOLE[:9]}) as mirror:
        install(model_at(official.url), tmp_path / "data", f"{tmp_path} {mirror.url}/m")
    assert [path for path, _ in mirror.asked] == ["/m/voice.onnx", "/m/v1/voice.onnx"]
    assert official.asked == [(PATH, "")]


def test_what_a_mirror_began_the_release_goes_on_with(official: ModelServer, tmp_path: Path) -> None:
    with model_server({"/voice.onnx": WHOLE}, "cut") as mirror:
        assert install(model_at(official.url), tmp_path, mirror.url).read_bytes() == WHOLE
    assert official.asked == [(PATH, f"bytes={HALF}-")]


def test_what_a_mirror_began_wrong_the_release_begins_anew(official: ModelServer, tmp_path: Path) -> None:
    with model_server({"/voice.onnx": bytes(len(WHOLE))}, "cut") as mirror:
        assert install(model_at(official.url), tmp_path, mirror.url).read_bytes() == WHOLE
    assert official.asked == [(PATH, f"bytes={HALF}-"), (PATH, "")]


def test_every_source_is_told_of_with_its_own_trouble(official: ModelServer, tmp_path: Path) -> None:
    official.behaviour = 404
    said = refusal(model_at(official.url), tmp_path, f"{tmp_path / 'none'},http://127.0.0.1:9")
    assert f"{tmp_path / 'none' / 'voice.onnx'}: the file is not there" in said
    assert "http://127.0.0.1:9/voice.onnx: nothing listens there" in said
    assert f"{official.url}{PATH}: the server answers 404" in said


# The disk


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
def test_a_disk_that_fills_up(official: ModelServer, tmp_path: Path) -> None:
    part = installed(model_at(official.url), tmp_path).with_name("voice.onnx.part")
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    assert "is full: 1.0 MB more are needed" in refusal(model_at(official.url), tmp_path)


def test_a_disk_without_room_is_told_of_before_anything_is_fetched(official: ModelServer, tmp_path: Path) -> None:
    large = model_at(official.url).model_copy(update={"size": 1 << 60})
    assert "is full" in refusal(large, tmp_path)
    assert official.asked == []


def test_two_do_not_fetch_into_one_folder_at_once(official: ModelServer, tmp_path: Path) -> None:
    folder = installed(model_at(official.url), tmp_path).parent
    folder.mkdir(parents=True)
    with alone(folder):
        assert "another livehost is fetching" in refusal(model_at(official.url), tmp_path)
    assert install(model_at(official.url), tmp_path, "").read_bytes() == WHOLE


def test_a_folder_that_cannot_be_one(official: ModelServer, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    assert "cannot be written" in refusal(model_at(official.url), tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_belongs_to_another(official: ModelServer, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "no right to write" in refusal(model_at(official.url), tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EACCES, "no right to write"),
        (errno.EROFS, "no right to write"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_what_keeps_the_disk_from_being_written(tmp_path: Path, number: int, words: str) -> None:
    assert words in str(unwritten(OSError(number, os.strerror(number)), tmp_path, 5_000_000))
