"""A room that speaks `RoomControl` truly and does nothing else: for the API's tests and for the browser's."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from host.console.shapes import MusicState
from host.core.clock import Clock
from host.core.control import BadOffer, Busy, Command, CommandError, Event, SessionAnswer, State, ViewerGateway
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.history import facts_at
from host.core.livefacts.ledger import LiveFacts, Outcome
from host.core.money import Money
from host.core.product import Product
from host.core.reason import Reason, all_data, data
from host.core.variants import Variant

MOST_WAITING_EVENTS = 100
TOKEN = "a-token-for-tests"
ORIGIN = "http://room.test"

PRODUCTS: dict[str, list[dict[str, Any]]] = {
    "zh": [
        {
            "id": "cup", "name": "随行保温杯 500ml", "link": 1, "price": "¥79", "list_price": "¥129", "stock": 236,
            "lang": "zh", "segments": ["开场", "保温效果", "材质与清洗", "价格与优惠"],
        },
        {
            "id": "lamp", "name": "护眼台灯 Pro", "link": 2, "price": "¥199", "list_price": "¥269", "stock": 58,
            "lang": "zh", "segments": ["开场", "光源与频闪", "三档色温", "售后"],
        },
        {
            "id": "tea", "name": "云雾绿茶礼盒 100g×2", "link": 3, "price": "¥128", "list_price": "", "stock": None,
            "lang": "zh", "segments": ["产地", "冲泡", "礼盒"],
        },
    ],
    "en": [
        {
            "id": "mug", "name": "Trail Mug 500 ml", "link": 1, "price": "$24.50", "list_price": "$32", "stock": 41,
            "lang": "en", "segments": ["Opening", "How long it stays hot", "Materials", "Offer"],
        },
        {
            "id": "pack", "name": "Fold-away Day Pack 18 L", "link": 2, "price": "$39", "list_price": "", "stock": 7,
            "lang": "en", "segments": ["Opening", "Fabric", "Pockets"],
        },
    ],
}  # fmt: skip

LINES = {
    "zh": [
        "这款保温杯只有二百二十克，放包里几乎没感觉。",
        "早上装的热水，下午打开还是烫的，六小时保温六十五度以上。",
        "内胆是316不锈钢，泡茶泡咖啡都不会有异味。",
    ],
    "en": [
        "It weighs just two hundred and twenty grams, so you hardly notice it in your bag.",
        "Fill it in the morning and it is still hot after lunch.",
        "The inside is stainless steel, so coffee leaves no taste behind.",
    ],
}


def sheet_of(product: dict[str, Any]) -> Product:
    """The sheet of a product; the second one comes in two variants."""
    variants = (Variant("s", "Small", stock=4), Variant("l", "Large", stock=5)) if product["link"] == 2 else ()
    list_price = Money.parse(product["list_price"]) if product["list_price"] else None
    return Product(product["id"], product["name"], product["lang"], product["link"], Money.parse(product["price"]),
                   list_price, product["stock"], variants=variants)  # fmt: skip


class FakeGateway:
    """Takes any text that begins like SDP; full after ``capacity`` sessions."""

    def __init__(self, capacity: int = 50) -> None:
        self.capacity = capacity
        self.sessions: set[str] = set()
        self.count = 0

    async def connect(self, sdp: str, *, preview: bool = False) -> SessionAnswer:
        if not sdp.startswith("v=0"):
            raise BadOffer("it does not begin with v=0")
        if not preview and len(self.sessions) >= self.capacity:
            raise Busy(7)
        self.count += 1
        session = f"{'preview' if preview else 'session'}-{self.count}"
        self.sessions.add(session)
        return SessionAnswer(session, "v=0\r\ns=answer\r\n")

    async def disconnect(self, session: str) -> bool:
        known = session in self.sessions
        self.sessions.discard(session)
        return known


class Reader:
    """What waits for one reader of the room's events."""

    def __init__(self) -> None:
        self.waiting: deque[Event] = deque(maxlen=MOST_WAITING_EVENTS)
        self.filled = asyncio.Event()
        self.lost = 0


class FakeRoom:
    """Commands change the state as their documentation says; comments are questions, those with 广告 spam."""

    def __init__(
        self,
        clock: Clock,
        lang: str = "zh",
        *,
        viewers: ViewerGateway | None = None,
        images: dict[str, Path] | None = None,
    ) -> None:
        self.name = f"demo-{lang}"
        self._clock = clock
        self._viewers = viewers
        self._images = {product: str(path) for product, path in (images or {}).items()}
        self._readers: list[Reader] = []
        self._uttered = 0
        self._replying: list[str] = []
        self._began = clock.now()
        self.lang = lang
        self.phase = "on_air"
        self.products = [dict(product) for product in PRODUCTS[lang]]
        self.product: str | None = self.products[0]["id"]
        self.line = 0
        self.speaking = True
        self.saying = ""
        self.comments: list[dict[str, Any]] = []
        self.seen_viewers: list[str] = []
        self.degraded: list[str] = []
        self.findings: list[dict[str, Any]] = []
        self.held: list[dict[str, Any]] = []
        self.allowed: list[dict[str, Any]] = []
        self.commands: list[tuple[Command, str]] = []
        self.watching = 128
        self.whep = Reason("whep", served=3, never_connected=2, vanished=1, previews=1)
        self.live = self.ready = True
        self.av_offset_ms = 0
        self.music: MusicState | None = None
        self.ledger = LiveFacts()
        self.facts_events: list[Event] = []
        self._put_on_record(self.ledger.take_up([sheet_of(product) for product in self.products]))

    @property
    def viewers(self) -> ViewerGateway | None:
        return self._viewers

    @property
    def images(self) -> dict[str, str]:
        return self._images

    def state(self) -> State:
        now = self._clock.now()
        product = next((product for product in self.products if product["id"] == self.product), None)
        lines = LINES[self.lang]
        return {
            "room": self.name,
            "title": "好物直播间" if self.lang == "zh" else "Field & Home, live",
            "lang": self.lang,
            "at": now,
            "phase": self.phase,
            "now": self._now(now) if self.speaking and self.phase == "on_air" else None,
            "next": [
                {"kind": "script", "text": lines[(self.line + step) % 3], "product": self.product,
                 "segment": product["segments"][1] if product else ""}
                for step in (1, 2, 3)
            ],
            "card": product and self._card(product),
            "products": [dict(product) for product in self.products],
            "place": product and {
                "product": product["id"], "segment": 1, "segment_title": product["segments"][1],
                "line": self.line % 3, "lines": 9,
            },
            "comments": self.comments[-100:],
            "waiting": sum(comment["fate"] == "queued" for comment in self.comments),
            "viewers": self.watching,
            "av_offset_ms": self.av_offset_ms,
            "outputs": [
                {"name": "whep", "healthy": True, "detail": self.whep, "why": data(self.whep),
                 "clients": self.watching, "sent": 91_204, "dropped": 0, "early": 0},
                {"name": "recorder", "healthy": not self.degraded, "detail": "show-2.mp4", "why": data("show-2.mp4"),
                 "clients": 0, "sent": 91_204, "dropped": 12 if self.degraded else 0, "early": 0},
            ],
            "voice": self._voice(),
            "music": self.music,
            "answerer": {
                "name": "embedded", "healthy": True, "last": None, "degraded": [],
                "answerers": [{"name": "embedded", "state": "ready", "reason": "", "retry_in": 0.0}],
            },
            "degraded": self.degraded,
            "degraded_why": all_data(self.degraded),
            "findings": [
                {"why": data(finding["message"]), "hint_why": data(finding["hint"]), **finding}
                for finding in self.findings
            ],
            "held": self.held,
            "allowed": self.allowed,
            "counters": {"late_pictures": 3, "skips": 0, "comments_dropped/page": 0},
            "gauges": {"viewers": self.watching, "render_seconds": 0.0031},
        }  # fmt: skip

    def _voice(self) -> dict[str, Any]:
        name = "espeak" if self.degraded else "edge"
        engine = {"name": name, "state": "closed", "error": "", "retry_in": 0.0, "spoken": 12, "failed": 0, "late": 0}
        return {
            "name": name, "healthy": not self.degraded, "speaking": {self.lang: name}, "degraded": self.degraded,
            "engines": {self.lang: [engine]}, "cache": {"hits": 3, "misses": 9},
        }  # fmt: skip

    def _now(self, at: float) -> dict[str, Any]:
        text = self.saying or LINES[self.lang][self.line % 3]
        duration = 6.0
        return {
            "utterance": f"u{self._uttered}",
            "kind": "operator" if self.saying else "script",
            "text": text,
            "spoken": text,
            "product": self.product,
            "start": self._began,
            "duration": duration,
            "heard": min(duration, at - self._began),
            "in_reply_to": self._replying,
        }

    def _card(self, product: dict[str, Any]) -> dict[str, Any]:
        image = f"/images/{product['id']}" if product["id"] in self._images else ""
        keys = ("name", "link", "price", "list_price")
        badges = ["48小时发货", "7天无理由"] if self.lang == "zh" else ["Ships in 48 h"]
        return {"product": product["id"], **{key: product[key] for key in keys}, "image": image, "badges": badges,
                "lang": self.lang, "sold_out": product["stock"] == 0}  # fmt: skip

    async def events(self) -> AsyncIterator[Event]:
        reader = Reader()
        self._readers.append(reader)
        try:
            while True:
                await reader.filled.wait()
                reader.filled.clear()
                while reader.waiting:
                    if reader.lost:
                        yield {"kind": "lost", "at": self._clock.now(), "count": reader.lost}
                        reader.lost = 0
                    yield reader.waiting.popleft()
        finally:
            self._readers.remove(reader)

    def emit(self, kind: str, **fields: Any) -> None:
        """Something happened."""
        event = {"kind": kind, "at": self._clock.now(), "wall": self._clock.wall().isoformat(), **fields}
        for reader in self._readers:
            reader.lost += len(reader.waiting) == MOST_WAITING_EVENTS
            reader.waiting.append(event)
            reader.filled.set()

    def say_line(self, text: str = "", replying: Sequence[str] = ()) -> None:
        """Begin the next line of the script, or ``text``, to the comments it is ``replying`` to."""
        self._uttered += 1
        self._replying = list(replying)
        self._began = self._clock.now()
        self.saying = text
        self.line += not text
        self.speaking = True
        self.emit("speaking", **{f"utterance{'_kind' if key == 'kind' else ''}": value
                                 for key, value in self._now(self._began).items() if key in ("utterance", "kind")},
                  text=text or LINES[self.lang][self.line % 3], engine="edge", duration=6.0)  # fmt: skip

    async def command(self, command: Command, operator: str) -> State:
        match command.command:
            case "pause" | "hush":
                if self.phase == "paused":
                    raise CommandError("the room is paused already")
                self.phase = "paused"
            case "resume":
                self.phase = "on_air"
                self.say_line()
            case "skip":
                self.say_line()
            case "goto":
                self._go_to(command)
            case "say":
                self.say_line(command.text)
            case "answer":
                self._settle(command.comment_id, "answered", "answered by the operator", command.text)
            case "correct":
                self._correct(command.comment_id)
            case "dismiss":
                self._settle(command.comment_id, "ignored", "dismissed by the operator", "")
            case "allow":
                (touched,) = [each for each in self.held if each["wording"] == command.wording]
                self.held.remove(touched)
                categories = [each["category"] for each in touched["objections"]]
                kept = {name: touched[name] for name in ("wording", "text", "products", "when")}
                self.allowed.insert(0, {**kept, "by": operator, "categories": categories})
            case "revoke":
                self.allowed = [each for each in self.allowed if each["wording"] != command.wording]
        self.commands.append((command, operator))
        self.emit("operator", operator=operator, **command.model_dump(exclude_defaults=True))
        return self.state()

    def _go_to(self, command: Command) -> None:
        for product in self.products:
            if command.product == product["id"] or (command.link is not None and command.link == product["link"]):
                self.product = product["id"]
                self.say_line()
                return
        raise CommandError(f"there is no product {command.product or command.link!r}")

    def _correct(self, comment_id: str) -> None:
        for comment in self.comments:
            if comment["id"] == comment_id:
                comment["correcting"] = True
                return
        raise CommandError(f"there is no comment {comment_id!r}")

    # Facts

    def change(self, changes: Sequence[Change]) -> list[Outcome | ChangeRefused]:
        results: list[Outcome | ChangeRefused] = []
        for change in changes:
            try:
                outcome = self.ledger.change(change, self._clock.wall())
            except ChangeRefused as refused:
                results.append(refused)
                continue
            self._put_on_record(outcome.event)
            results.append(outcome)
        for product in self.products:
            found = self.ledger.catalogue.get(product["id"])
            assert found is not None
            product |= {"price": str(found.price_in_force(self._clock.wall())), "stock": found.stock,
                        "list_price": str(found.list_price or "")}  # fmt: skip
        return results

    def facts(self, product: str) -> dict[str, Any] | None:
        return self.ledger.described(product, self._clock.wall())

    async def facts_at(self, product: str, wall: datetime) -> dict[str, Any] | None:
        return facts_at(self.facts_events, product, wall)

    def _put_on_record(self, event: dict[str, Any] | None) -> None:
        if event:
            recorded = {"kind": "facts", "at": self._clock.now(), "wall": self._clock.wall().isoformat(), **event}
            self.facts_events.append(recorded)
            self.ledger.recorded(recorded)
            self.emit("facts", **event)

    def _settle(self, comment_id: str, fate: str, reason: str, answer: str) -> None:
        for comment in self.comments:
            if comment["id"] == comment_id:
                comment |= {"fate": fate, "reason": reason, "why": data(reason), "answer": answer}
                return
        raise CommandError(f"there is no comment {comment_id!r}")

    def comment(self, user: str, text: str, comment_id: str = "", source: str = "page", viewer: str = "") -> str:
        self.seen_viewers.append(viewer)
        comment_id = comment_id or f"c{len(self.comments) + 1}"
        spam = "广告" in text
        self.add_comment(
            comment_id, user[:64], text[:500], source, intent="spam" if spam else "question",
            fate="dropped" if spam else "queued", reason="advertising" if spam else "asks about the product on air",
        )  # fmt: skip
        return comment_id

    def add_comment(self, comment_id: str, user: str, text: str, source: str = "page", **verdict: Any) -> None:
        """A comment with its verdict, as triage would have left it."""
        comment = {
            "id": comment_id, "user": user, "text": text, "source": source, "at": self._clock.now(),
            "intent": "question", "fate": "queued", "reason": "", "product": self.product, "answer": "",
            "correcting": False, "answerer": "", "passed": [], **verdict,
        }  # fmt: skip
        comment["why"] = data(comment["reason"])
        self.comments.append(comment)
        self.emit("comment", comment=comment_id, user=user, text=text, source=source)
        self.emit(
            "verdict",
            comment=comment_id,
            **{key: comment[key] for key in ("intent", "fate", "reason", "why", "product")},
        )

    def health(self) -> dict[str, Any]:
        return {"live": self.live, "ready": self.ready, "degraded": self.degraded}
