"""The options of a backend: one model, read alike by whoever opens it and whoever checks a room file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field, field_validator

from host.core import plugins
from host.core.clock import VirtualClock
from host.core.errors import InvalidFile
from host.core.findings import told
from host.core.options import BackendOptions, NoOptions, takes, wrong_options
from host.core.ports import Context
from host.core.reason import Reason


class Options(BackendOptions):
    pitch: float = Field(default=440, gt=0)
    tone: str = "sine"

    @field_validator("tone")
    @classmethod
    def _known(cls, tone: str) -> str:
        if tone not in ("sine", "saw"):
            raise ValueError(Reason("no_variant", variant=tone, known=["sine", "saw"]))
        return tone


@takes(Options, "voice beeper")
def open_voice(options: Options, context: Context) -> tuple[float, str]:
    """A voice that beeps."""
    return options.pitch, options.tone


def open_plain(options: Mapping[str, Any], context: Context) -> float:
    return float(options["pitch"])


def context(folder: Path) -> Context:
    return Context(VirtualClock(), "test", folder, folder, folder)


def test_a_factory_is_called_with_a_mapping_and_gets_its_model(tmp_path: Path) -> None:
    assert open_voice({"pitch": 330}, context(tmp_path)) == (330, "sine")
    assert open_voice.__doc__ == "A voice that beeps."


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ({"pich": 1}, "voice beeper: 'pich' is not an option", "known options: pitch, tone"),
        ({"pitch": "high"}, "voice beeper: pitch: expected a number", "known options: pitch, tone"),
        ({"pitch": 0}, "voice beeper: pitch: must be more than 0", "known options: pitch, tone"),
        ({"tone": "square"}, "voice beeper: tone: there is no variant 'square'", "there are: sine, saw"),
    ],
)
def test_who_opens_it_and_who_checks_it_are_told_the_same(
    tmp_path: Path, options: dict[str, Any], message: str, hint: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        open_voice(options, context(tmp_path))
    (opened,) = caught.value.findings
    ((place, checked),) = wrong_options(open_voice, options)
    assert (opened.message, opened.hint) == (checked.message, checked.hint) == (message, hint)
    assert place == (next(iter(options)),)
    assert told(checked, "zh").startswith("语音 beeper：")


def test_every_wrong_option_is_told_at_once() -> None:
    assert [place for place, _ in wrong_options(open_voice, {"pich": 1, "pitch": -1, "tone": "x"})] == [
        ("pitch",),
        ("tone",),
        ("pich",),
    ]


def test_a_factory_without_a_model_reads_its_options_by_itself(tmp_path: Path) -> None:
    assert open_plain({"pitch": 5}, context(tmp_path)) == 5
    assert wrong_options(open_plain, {"anything": 1}) == []


def test_a_backend_without_options_says_so() -> None:
    @takes(NoOptions, "answerer plain")
    def open_answerer(_: NoOptions, context: Context) -> str:
        return "open"

    ((_, finding),) = wrong_options(open_answerer, {"x": 1})
    assert (finding.message, finding.hint) == ("answerer plain: 'x' is not an option", "known options: none")


@pytest.mark.parametrize(
    "group", [plugins.VOICES, plugins.COMMENTS, plugins.ANSWERERS, plugins.RENDERERS, plugins.OUTPUTS]
)
def test_all_of_ours_say_which_options_they_take_and_need_none(group: str) -> None:
    """`livehost check` imports a backend of ours only where options are written for it."""
    given = {plugins.RENDERERS: {"avatar": "somewhere"}}.get(group, {})
    for name in plugins.names(group):
        if not plugins.find(group, name).value.startswith("host."):
            continue
        factory = plugins.load(group, name)
        assert wrong_options(factory, {**given, "no such option": 1})
        assert wrong_options(factory, given) == []
