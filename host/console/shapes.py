"""What the console sends: the shapes of a room's state, of its events, and of the reduced state viewers get.

``RoomControl.state()`` returns a `RoomState`; ``GET /api/state`` and the ``state`` event carry it unchanged. Times
named ``at`` and ``start`` are clock seconds; ``duration`` and ``heard`` are seconds of speech. Prices are ready to
print (``"¥79"``), an absent one is ``""``.

Events on ``WS /api/events`` are those of `host.core.journal_events`, plus

- ``{"kind": "state", "state": RoomState}`` on connect, and on change at most twice a second;
- ``{"kind": "lost", "count": int}``: this reader was too slow, ``count`` events are gone (the state never is).

``WS /api/public/events`` carries ``{"kind": "state", "state": PublicState}`` on connect, then
``{"kind": "patch", "state": {…}}`` with the top-level keys of `PublicState` that changed. `public_state` is the only
way from one to the other: what it does not name, no viewer sees.
"""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict  # typing's own cannot be validated against before Python 3.12

from host.core.packs import pack

PUBLIC_COMMENTS = 40
"""How many comments a viewer's page gets."""

PUBLIC_SECONDS = 2 * 3600.0
"""How old a comment on a viewer's page may be: a room back after days does not begin with that talk."""

SHOWN_FATES = frozenset({"queued", "answered", "greeted", "escalated", "expired"})
"""Comments with other fates (refused, dropped, dismissed, spam) are seen by the operator and by no viewer: what a
stranger wrote is published on the seller's page only after triage has passed it."""


class Now(TypedDict):
    """The utterance being said."""

    utterance: str
    kind: str
    text: str
    spoken: str
    product: str | None
    start: float
    duration: float
    heard: float
    """Seconds of it that have left, at the state's ``at``."""
    in_reply_to: list[str]


class Coming(TypedDict):
    """Something that will be said."""

    kind: str
    text: str
    product: str | None
    segment: str


class CardState(TypedDict):
    """The product card on the picture. ``image`` is ``/images/{product}`` or ``""``."""

    product: str
    name: str
    link: int
    price: str
    list_price: str
    image: str
    badges: list[str]
    sold_out: bool
    lang: str


class ProductState(TypedDict):
    """A product of the room; ``segments`` are the titles of its script's segments."""

    id: str
    name: str
    link: int
    price: str
    list_price: str
    stock: int | None
    lang: str
    segments: list[str]


class PlaceState(TypedDict):
    """Where in the script the host is. Counted from 0."""

    product: str
    segment: int
    segment_title: str
    line: int
    lines: int


class ReasonState(TypedDict):
    """A reason as data (`host.core.reason`), beside its English words; absent words make it None."""

    code: str
    details: dict[str, Any]


class PassedState(TypedDict):
    """An answerer that was to answer before the one who did, and why it did not."""

    name: str
    reason: str
    why: ReasonState | None
    """``reason`` as data."""


class CommentState(TypedDict):
    """A comment with the last verdict on it. ``answer`` is what the host said to it, ``""`` so far. ``at`` is below 0
    where an earlier run took it in."""

    id: str
    user: str
    text: str
    source: str
    at: float
    intent: str
    fate: str
    reason: str
    why: ReasonState | None
    product: str | None
    answer: str
    correcting: bool
    """Whether the operator's correction of the answer is still to be heard."""
    answerer: str
    """Who made the answer; ``""`` where none of the answerers did, or nobody has yet."""
    passed: list[PassedState]


class FindingState(TypedDict):
    """Something wrong in a file that was kept at its last good version."""

    path: str
    line: int
    message: str
    hint: str
    severity: str
    why: ReasonState | None
    """``message`` as data."""
    hint_why: ReasonState | None
    """``hint`` as data."""


class CategoryState(TypedDict):
    """A category of the policy: what it is called in each language, and the laws it goes back to."""

    id: str
    names: dict[str, str]
    sources: list[str]


class ObjectionState(TypedDict):
    """What speaks against a sentence."""

    category: CategoryState
    offending: str
    reason: str
    why: ReasonState | None
    """``reason`` as data."""
    allowable: bool


class HeldState(TypedDict):
    """A sentence that the guard holds back: of a script (``path``, ``line``), or made on air. ``wording`` is its hash,
    for the command ``allow``; ``allowable`` where all that speaks against it is."""

    wording: str
    text: str
    kind: str
    products: list[str]
    path: str
    line: int
    times: int
    when: str
    allowable: bool
    objections: list[ObjectionState]


class AllowedState(TypedDict):
    """A wording that an operator allows: who and when, and in which categories that overrules the guard."""

    wording: str
    text: str
    products: list[str]
    by: str
    when: str
    categories: list[CategoryState]


class OutputState(TypedDict):
    """`host.core.ports.OutputStatus`."""

    name: str
    healthy: bool
    detail: str
    why: ReasonState | None
    """``detail`` as data."""
    clients: int
    sent: int
    dropped: int
    early: int


class EngineState(TypedDict):
    """A speech engine. ``state`` is ``ready``, ``resting`` (not asked for ``retry_in`` seconds), ``trying`` (asked once
    beside the one that speaks) or ``unavailable``; ``spoken`` and ``failed`` count from the start."""

    name: str
    state: str
    error: str
    retry_in: float
    spoken: int
    failed: int
    late: int


class VoiceState(TypedDict):
    """How the host speaks: ``name`` is the engine that speaks the room's language, ``speaking`` tells it of each."""

    name: str
    healthy: bool
    speaking: dict[str, str]
    degraded: list[str]
    engines: dict[str, list[EngineState]]
    """Of each language, in order of preference."""
    cache: dict[str, int]


class OneAnswererState(TypedDict):
    """An answerer; ``state`` is ``ready``, ``open`` (not asked for ``retry_in`` seconds) or ``passed over``."""

    name: str
    state: str
    reason: str
    retry_in: float


class AnsweredState(TypedDict):
    """Who answered last, and those who were to answer before."""

    name: str
    passed: list[PassedState]


class AnswererState(TypedDict):
    """Who answers: ``name`` is the first that is ready, ``answerers`` are all in order of preference."""

    name: str
    healthy: bool
    answerers: list[OneAnswererState]
    last: AnsweredState | None
    degraded: list[str]


Phase = Literal["starting", "on_air", "paused", "stopping"]


class MusicState(TypedDict):
    """A music bed, as the room file has it."""

    file: str
    licence: str


class RoomState(TypedDict):
    """A room as its operator sees it."""

    room: str
    title: str
    lang: str
    at: float
    phase: Phase
    now: Now | None
    next: list[Coming]
    card: CardState | None
    products: list[ProductState]
    place: PlaceState | None
    comments: list[CommentState]
    """The latest 100, newest last, those of earlier runs among them."""
    waiting: int
    viewers: int
    av_offset_ms: int
    """How much later mouth and gestures are than the sound, as the room file says; negative: earlier."""
    outputs: list[OutputState]
    voice: VoiceState
    music: MusicState | None
    """The bed below the programme, where there is one."""
    answerer: AnswererState
    degraded: list[str]
    degraded_why: list[ReasonState]
    """``degraded`` as data, in the same order."""
    findings: list[FindingState]
    held: list[HeldState]
    """What is held back, the latest first; at most 30."""
    allowed: list[AllowedState]
    """What operators allow, the latest first."""
    counters: dict[str, float]
    """What only grows, from the start of the run: `host.core.figures`. ``comments_dropped/websocket`` is that of one
    of several alike. The same, and the gauges, are at ``/metrics``, each with a line on what it is."""
    gauges: dict[str, float]
    """What is the case now, counted or measured; times are in seconds."""


class PublicNow(TypedDict):
    """The utterance being said, for captions."""

    utterance: str
    kind: str
    text: str
    duration: float
    heard: float
    in_reply_to: list[str]


class PublicProduct(TypedDict):
    """A product in the viewer's cart list."""

    id: str
    name: str
    link: int
    price: str
    list_price: str
    image: str
    sold_out: bool


UNVETTED = frozenset({"perhaps_asks", "left_to_operator", "complaint", "trouble"})
"""Reasons of comments that triage could not place or leaves to the operator: nobody else reads them, unless the host
has answered."""
CommentProgress = Literal["waiting", "done", "left", "missed"]
"""How far a comment has come, for who wrote it: it waits, the host took it up, it is left to the shop's
people, or its turn did not come."""
_PROGRESS: dict[str, CommentProgress] = {
    "queued": "waiting", "answered": "done", "greeted": "done", "escalated": "left", "expired": "missed",
}  # fmt: skip


class PublicComment(TypedDict):
    """A comment other viewers may read."""

    id: str
    user: str
    text: str
    answer: str


class PublicState(TypedDict):
    """A room as its viewers see it."""

    room: str
    title: str
    lang: str
    label: str
    phase: Phase
    viewers: int
    now: PublicNow | None
    card: CardState | None
    products: list[PublicProduct]
    comments: list[PublicComment]
    progress: dict[str, CommentProgress]
    """By id, for those that a page has of its own: of comments that are not published no more is told."""


def public_state(state: RoomState, pictured: frozenset[str]) -> PublicState:
    """What viewers may know of ``state``; ``pictured`` are the products that have a picture."""
    now = state["now"]
    return {
        "room": state["room"],
        "title": state["title"],
        "lang": state["lang"],
        "label": pack(state["lang"]).table("labels.toml")["ai_page"],
        "phase": state["phase"],
        "viewers": state["viewers"],
        "now": now and _public_now(now),
        "card": state["card"] and _public_card(state["card"]),
        "products": [
            {
                "id": product["id"],
                "name": product["name"],
                "link": product["link"],
                "price": product["price"],
                "list_price": product["list_price"],
                "image": f"/images/{product['id']}" if product["id"] in pictured else "",
                "sold_out": product["stock"] == 0,
            }
            for product in state["products"]
        ],
        "comments": _public_comments(state["comments"], state["at"]),
        "progress": {
            comment["id"]: _PROGRESS[comment["fate"]]
            for comment in state["comments"]
            if comment["fate"] in _PROGRESS and comment["intent"] != "spam"
        },
    }


def _public_now(now: Now) -> PublicNow:
    return {
        "utterance": now["utterance"],
        "kind": now["kind"],
        "text": now["text"],
        "duration": now["duration"],
        "heard": now["heard"],
        "in_reply_to": now["in_reply_to"],
    }


def _published(comment: CommentState) -> bool:
    why = comment["why"]
    return (
        comment["fate"] in SHOWN_FATES and comment["intent"] != "spam" and (why is None or why["code"] not in UNVETTED)
    )


def _public_comments(comments: list[CommentState], now: float) -> list[PublicComment]:
    shown = [comment for comment in comments if _published(comment) and now - comment["at"] <= PUBLIC_SECONDS]
    return [
        {
            "id": comment["id"],
            "user": comment["user"],
            "text": comment["text"],
            "answer": comment["answer"],
        }
        for comment in shown[-PUBLIC_COMMENTS:]
    ]


def _public_card(card: CardState) -> CardState:
    return {
        "product": card["product"],
        "name": card["name"],
        "link": card["link"],
        "price": card["price"],
        "list_price": card["list_price"],
        "image": card["image"],
        "badges": card["badges"],
        "sold_out": card["sold_out"],
        "lang": card["lang"],
    }


def changes(before: PublicState, after: PublicState) -> dict[str, Any]:
    """The top-level keys of ``after`` that differ from ``before``. Progress within an utterance is not a change: the
    page counts on by itself."""
    old, new = dict(before), dict(after)
    patch = {key: value for key, value in new.items() if old[key] != value}
    if before["now"] and after["now"] and before["now"]["utterance"] == after["now"]["utterance"]:
        patch.pop("now", None)
    if "phase" in patch:
        patch["now"] = after["now"]
    return patch
