"""How a report speaks: its words in the room's language, times of day, lengths of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from host.core.comment import Fate
from host.core.lang import Lang
from host.core.reason import Reason, in_words
from host.review.happenings import Happening, Topic
from host.review.questions import Question
from host.review.report import Report
from host.review.runs import KILLED, Run, RunFigures, total


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of the summary, in words."""

    title: str
    value: str
    beside: str = ""
    anchor: str = ""
    """The section of the page that tells more."""
    trouble: bool = False
    """Whether it is one that should be nothing, and is not."""


class Telling:
    """The words of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.lang: Lang = report.lang

    def __call__(self, code: str, /, **details: Any) -> str:
        """What a code says."""
        return in_words(Reason(code, **details), self.lang)

    def reason(self, reason: str) -> str:
        """A reason, or text as it is."""
        return in_words(reason, self.lang)

    def length(self, seconds: float) -> str:
        """A length of time; seconds are left out where it has hours."""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return self("report_length", hours=hours, minutes=minutes, seconds=0 if hours and minutes else rest)

    def period(self) -> str:
        """From when to when the report is, and the zone of its times."""
        runs = self._report.runs
        if not runs:
            return self("report_none")
        begun, ended = runs[0].begun, runs[-1].ended
        zone = f"UTC{ended:%z}"
        return f"{begun:%Y-%m-%d %H:%M} – {ended:%Y-%m-%d %H:%M} ({zone[:6]}:{zone[6:8]})"

    def kind(self, happening: Happening) -> str:
        """What kind of thing happened."""
        codes = {Topic.FAULT: "report_place", Topic.REFUSAL: "report_kind"}
        return self(codes.get(happening.topic, "report_command"), kind=happening.kind)

    def lasted(self, happening: Happening) -> str:
        """How long it was so; nothing for what was over at once."""
        if happening.seconds is None:
            return ""
        code = "report_lasting" if happening.lasting else "report_lasted"
        return self(code, length=self.length(happening.seconds))

    def ending(self, run: Run) -> str:
        """How a run ended."""
        return self("report_ending", ending=run.ending)

    def counts(self, figures: RunFigures) -> str:
        """What is counted of a run, or of all, in one line; without what there was none of."""
        shown = {
            "report_counted_sentences": figures.utterances,
            "report_counted_comments": figures.comments,
            "report_counted_faults": figures.faults,
            "report_counted_refusals": figures.refusals + figures.not_done,
        }
        told = [self(code, count=count) for code, count in shown.items() if count]
        if figures.paused_seconds:
            told.append(self("report_counted_pause", length=self.length(figures.paused_seconds)))
        return " · ".join(told)

    def sums(self) -> str:
        """The figures of all runs added up, and said to be that."""
        sums = total(self._report.run_figures)
        return self("report_all_runs", length=self.length(sums.seconds), counts=self.counts(sums))

    def figures(self) -> list[Shown]:
        """The summary."""
        figures = self._report.figures
        median = figures["comment_to_voice_median"]
        done = sum(figures["fates"].get(fate, 0) for fate in (Fate.ANSWERED, Fate.GREETED))
        silence = self("report_silence_of", seconds=round(figures["longest_silence"], 1))
        refused = figures["refusals"] + figures["not_done"]
        shown = [
            Shown(self("report_on_air"), self.length(figures["seconds"]), self._runs(), "runs"),
            Shown(self("report_comments"), str(figures["comments"]), self("report_done", count=done), "comments"),
            self._trouble("report_unanswered", figures["unanswered"], "unanswered"),
            self._trouble("report_faults", figures["faults"], "faults"),
            self._trouble("report_refused", refused, "refusals"),
            Shown(self("report_acts"), str(figures["acts"]), anchor="acts"),
            Shown(self("report_median"), "–" if median is None else self("report_seconds", seconds=round(median, 1))),
            Shown(self("report_talking"), f"{figures['speech_share']:.0%}", silence),
        ]
        if pace := figures.get("times_real_time"):
            shown.append(Shown(self("report_real_time"), f"{pace} ×"))
        return shown

    def _runs(self) -> str:
        figures = self._report.figures
        broken = sum(run.ending == KILLED for run in self._report.runs)
        told = [self("report_runs_counted", runs=figures["runs"], killed=broken)]
        if figures["off_air_seconds"]:
            told.append(self("report_off_air_for", length=self.length(figures["off_air_seconds"])))
        return " · ".join(told)

    def _trouble(self, code: str, count: int, anchor: str) -> Shown:
        return Shown(self(code), str(count), anchor=anchor, trouble=count > 0)

    def products(self, question: Question) -> str:
        """The products a question was about, by name, with how often where there are several."""
        found = question.products
        several = len(found) > 1
        return " · ".join(f"{self._report.named(product)}{f' ×{count}' if several else ''}" for product, count in found)

    def fates(self) -> Iterable[tuple[str, str, int]]:
        """How many comments had which fate: the fate, its word, the number; most frequent first."""
        counted: dict[str, int] = self._report.figures["fates"]
        for fate, count in sorted(counted.items(), key=lambda item: -item[1]):
            yield fate, self("report_fate", fate=fate), count


def stamp(moment: datetime) -> str:
    """Date and time of day."""
    return f"{moment:%m-%d %H:%M:%S}"
