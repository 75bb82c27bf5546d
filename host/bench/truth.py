"""`livehost bench truth`: true sentences that are held back, false ones that pass, of products nobody tuned on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.product import Lang, Product
from host.core.text import guess_lang
from host.core.utterance import Kind, Ruling
from host.core.yamlfile import load
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.guard.gate import Gate
from host.programme.parts import open_guard
from host.show.load import parse_script_file

HALVES = ("tune", "kept")
TALK = "talk"
"""What hosts of many more goods were heard to say: the source of plain speech, and too much for every run."""
WORDINGS = "wordings"
"""Harmless and false wordings of a few goods, near one another: what a rule would be made with."""
SHEETS = {TALK: "talk-*.yaml", WORDINGS: "wordings.yaml"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a host might say of a product, and whether its sheet bears it out."""

    id: str
    product: str
    lang: Lang
    text: str
    ok: bool
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Suite:
    """Sheets, the moment they are judged at, and the sentences of one half."""

    products: dict[str, Product]
    wall: datetime
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the guard's word on it."""

    sentence: Sentence
    ruling: Ruling

    @property
    def right(self) -> bool:
        """Whether what is true passes, and what is false is held."""
        return self.ruling.allowed == self.sentence.ok

    def told(self) -> str:
        """For whoever looks for the reason."""
        sentence, ruling = self.sentence, self.ruling
        if sentence.ok:
            return f"held  {sentence.id} {sentence.text} | {ruling.code}: {ruling.offending} | {ruling.reason}"
        return f"passed {sentence.id} {sentence.text} | {sentence.kind}: {sentence.why}"


def load_suite(half: str, folder: Path | None = None) -> Suite:
    """A half of the suite. Only a source checkout has it: raises `LivehostError` elsewhere."""
    folder = folder or bundled("tests", "truth")
    files = sorted(folder.glob(SHEETS.get(half, "products.yaml")))
    if not files:
        raise LivehostError("the sentences are not here", hint="they are in the source: tests/truth")
    sheets: list[Any] = [load(file).data for file in files]
    products = {each["id"]: product_of(each) for sheet in sheets for each in sheet["products"]}
    rows = (folder / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = tuple(Sentence(**json.loads(row)) for row in rows)
    return Suite(products, datetime.fromisoformat(sheets[0]["as_of"]), sentences)


def product_of(sheet: dict[str, Any]) -> Product:
    """A sheet of the suite by the way that a seller's goes: written as front matter, and read."""
    keys = ("id", "name", "lang", "link", "list_price", "stock", "faq", "shipping", "returns", "never_say")
    front = {key: sheet[key] for key in keys if key in sheet}
    mark = {"CNY": "元", "USD": "dollars"}[sheet["currency"]]
    for key in ("price", "list_price"):
        if key in sheet:
            front[key] = f"{sheet[key]} {mark}"
    front["facts"] = {f"{number:02}": text for number, text in enumerate(sheet["facts"], 1)}
    front["promotions"] = [
        {"text": offer["text"], "from": offer["start"], "until": offer["end"]} for offer in sheet["promotions"]
    ]
    if sheet.get("variants"):
        front["variants"] = [_variant(variant, mark) for variant in sheet["variants"]]
    written = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    line = "来看这一款。" if sheet["lang"] == "zh" else "Have a look at this one."
    return parse_script_file(f"---\n{written}---\n\n{line}\n", Path(f"{sheet['id']}.md")).product


def _variant(written: dict[str, Any], mark: str) -> dict[str, Any]:
    priced = ("price", "list_price")
    return {key: f"{value} {mark}" if key in priced else value for key, value in written.items()}


def judge(suite: Suite, guard: Gate, free: bool = True) -> Iterator[Judged]:
    """Each sentence as a draft that a model made, or with ``free`` false as a line of a script."""
    for sentence in suite.sentences:
        case = Case(
            sentence.text,
            normalise(sentence.text, sentence.lang),
            Kind.ANSWER if free else Kind.SCRIPT,
            sentence.lang,
            [suite.products[sentence.product]],
            suite.wall,
            free,
        )
        yield Judged(sentence, guard.check(case))


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Shares of the true that are held and of the false that pass; the false by what is false of them."""
    found = {}
    for name, ok in (("true_held", True), ("false_passed", False)):
        some = [each for each in judged if each.sentence.ok is ok]
        counts = Counter(each.sentence.kind for each in some)
        wrong = Counter(each.sentence.kind for each in some if not each.right)
        found[name] = _share(some)
        found[f"{name}_of"] = ", ".join(f"{kind} {wrong[kind]}/{count}" for kind, count in sorted(counts.items()))
    return found


def _share(judged: Sequence[Judged]) -> str:
    wrong = sum(not each.right for each in judged)
    return f"{wrong} of {len(judged)} ({wrong / max(1, len(judged)):.0%})"


def attacks(half: str, guard: Gate, suite: Suite, folder: Path | None = None) -> dict[str, Any]:
    """What a model that says whatever a viewer asks would get spoken, by family of attack."""
    folder = folder or bundled("tests", "truth")
    rows = [json.loads(row) for row in (folder / f"attacks-{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    families, spoken = Counter(row["family"] for row in rows), Counter[str]()
    for row in rows:
        product = suite.products[row["product"]]
        spoken[row["family"]] += any(_is_spoken(text, guard, product, suite.wall) for text in row["obeyed"])
    total = sum(spoken.values())
    return {
        "attacks_spoken": f"{total} of {len(rows)} ({total / max(1, len(rows)):.0%})",
        "attacks_spoken_of": ", ".join(f"{each} {spoken[each]}/{count}" for each, count in sorted(families.items())),
    }


def _is_spoken(text: str, guard: Gate, product: Product, wall: datetime) -> bool:
    lang = guess_lang(text, product.lang)
    return guard.check(Case(text, normalise(text, lang), Kind.ANSWER, lang, [product], wall, free=True)).allowed


def truth(rows: bool, talk: bool = False) -> dict[str, Any]:
    """Both halves as drafts and as lines of scripts; with ``rows`` the sentences of the first that are judged wrongly
    as drafts, with ``talk`` also the sentences that plain speech was learned from."""
    guard = open_guard(None)
    found: dict[str, Any] = {}
    for half in (*HALVES, *([TALK] if talk else [])):
        suite = load_suite(half)
        judged = list(judge(suite, guard))
        found |= {f"{half}_{name}": figure for name, figure in figures(judged).items()}
        scripted = figures(list(judge(suite, guard, free=False)))
        found |= {f"{half}_scripts_{name}": scripted[name] for name in ("true_held", "false_passed")}
        if half != TALK:
            found |= {f"{half}_{name}": figure for name, figure in attacks(half, guard, suite).items()}
        if rows and half == HALVES[0]:
            found["rows"] = [each.told() for each in judged if not each.right]
    return found | latency(load_suite(HALVES[0]))


def latency(suite: Suite) -> dict[str, str]:
    """What judging a draft takes where its sheet has been read before, in milliseconds."""
    took: list[float] = []
    clock, guard = MonotonicClock(), open_guard(None)
    for turn in range(2):
        gate = Gate(guard.guard, guard.policy)  # whose proofs of the turn before are not kept
        for sentence in suite.sentences:
            began = clock.now()
            list(judge(replace(suite, sentences=(sentence,)), gate))
            took += [1000 * (clock.now() - began)] if turn else []
    took.sort()
    return {"guard_ms": f"median {took[len(took) // 2]:.1f}, p99 {took[int(0.99 * len(took))]:.1f}"}
