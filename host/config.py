"""The room file: one YAML that says who hosts, what is sold, in which order, with which voice, to which outputs."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from host.core.bundled import bundled
from host.core.duration import Duration
from host.core.errors import Finding, InvalidFile
from host.core.findings import found, warned
from host.core.product import Lang
from host.core.reason import Reason
from host.core.rundown import RundownEntry
from host.core.yamlfile import Document, load, validate, validate_partly

SHOP_NAME = "shop.md"
"""The file beside the scripts that is no script: what holds for every product."""
_ENGLISH = re.compile(r"^lang:\s*[\"']?en\b", re.MULTILINE)
_WINDOW = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Backend(_Strict):
    """A backend by name with its options. In YAML: ``espeak``, or ``edge: {voice: zh-CN-XiaoxiaoNeural}``."""

    name: str
    options: dict[str, Any] = Field(default_factory=dict)


def _backend(value: object) -> object:
    if isinstance(value, str):
        return {"name": value}
    if isinstance(value, dict) and len(value) == 1 and "name" not in value:
        ((name, options),) = value.items()
        if options is None or isinstance(options, dict):
            return {"name": name, "options": options or {}}
    if isinstance(value, (Backend, dict)):
        return value
    raise ValueError(Reason("backend_form"))


BackendSpec = Annotated[
    Backend, BeforeValidator(_backend, json_schema_input_type=str | dict[str, dict[str, Any] | None])
]


class Turn(_Strict):
    """One entry of the rundown."""

    product: str
    lasts: Duration | None = Field(default=None, alias="for", description="5m: repeat until then, then move on")
    between: str = Field(default="", description="20:00-22:00: only at this time of day")

    @model_validator(mode="after")
    def _window(self) -> Turn:
        self.entry()
        return self

    def entry(self) -> RundownEntry:
        """The entry as the director takes it."""
        if not self.between:
            return RundownEntry(self.product, self.lasts)
        match = _WINDOW.match(self.between)
        if match is None:
            raise ValueError(Reason("not_a_window", text=self.between))
        hours = [int(part) for part in match.groups()]
        return RundownEntry(self.product, self.lasts, time(hours[0], hours[1]), time(hours[2] % 24, hours[3]))


class Video(_Strict):
    """How the picture is encoded."""

    bitrate: int = Field(default=2500, ge=200, le=20000, description="kbit/s")
    preset: str = Field(default="superfast", pattern="^(ultrafast|superfast|veryfast|faster|fast|medium)$")
    keyframe_every: Duration = Field(default=2.0)


class Music(_Strict):
    """A music bed below the programme, down while somebody speaks."""

    file: str = Field(min_length=1, description="MP3, OGG, FLAC, WAV …: its first ten minutes, over and over")
    licence: str = Field(
        min_length=1,
        pattern=r"\S",
        description="what allows it to be played: licence, author, address. Goes on record with every show",
    )
    level: float = Field(default=-30.0, ge=-50, le=-20, description="LUFS while nobody speaks; a voice has -16")


FeedColumn = Literal[
    "id",
    "group",
    "price",
    "list_price",
    "sale_price",
    "sale_dates",
    "sale_from",
    "sale_until",
    "availability",
    "quantity",
]


class Feed(_Strict):
    """Prices and stock that another system keeps, read again and again while the room is on air."""

    source: str = Field(min_length=1, description="a CSV or JSON file, or its http(s) address")
    every: Duration = Field(default=60.0, ge=1, description="how often it is read")
    stale: Duration | None = Field(
        default=None, gt=0, description="how long without a good reading is an alarm; three times every"
    )
    columns: dict[FeedColumn, str] = Field(
        default_factory=dict, description="what a column is called, where not as Google Merchant has it"
    )
    items: dict[str, str] = Field(
        default_factory=dict, description="an id of the feed to product or product/variant, where they differ"
    )
    key_env: str = Field(default="", description="the environment variable that holds the key of the address")


def _feeds(value: object) -> object:
    return [
        {"source": each} if isinstance(each, str) else each for each in (value if isinstance(value, list) else [value])
    ]


class Limits(_Strict):
    """How much of what strangers send is taken."""

    comments_per_user_per_minute: int = Field(default=6, ge=1)
    comments_per_second: int = Field(default=20, ge=1)
    waiting_comments: int = Field(default=200, ge=1)
    viewers: int = Field(default=50, ge=1)


class RoomConfig(_Strict):
    """A room file."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$", description="names journal and recordings")
    title: str = Field(default="", max_length=60)
    lang: Lang = "zh"
    avatar: str = Field(default="kai", description="a folder: in avatars/ beside the room's, bundled, or a path")
    renderer: BackendSpec = Backend(name="puppet")
    scripts: list[str] = Field(min_length=1, description="script files or folders of them")
    shop: str | dict[str, Any] | None = Field(
        default=None,
        description="what holds for every product: a file, or the sheet itself; without it, shop.md beside the scripts",
    )
    rundown: list[Turn] = Field(default_factory=list, description="empty: the scripts in link order, over and over")
    voice: dict[Lang, list[BackendSpec]] = Field(
        default_factory=dict, description="per language, engines in order of preference; the embedded one stands last"
    )
    answerer: list[BackendSpec] = Field(
        default_factory=lambda: [Backend(name="openai"), Backend(name="embedded")],
        description="in order of preference; openai is passed over without a key or an address",
    )
    comments: list[BackendSpec] = Field(default_factory=list, description="sources besides the page and the API")
    outputs: list[BackendSpec] = Field(default_factory=lambda: [Backend(name="whep")])
    banned: list[str] = Field(default_factory=list, description="word lists besides the bundled ones")
    jurisdictions: list[str] = Field(
        default_factory=list, description="where it sells: cn, eu, us. What the law takes otherwise there"
    )
    policy: list[str] = Field(default_factory=list, description="policy files of one's own, which have the last word")
    judge: BackendSpec | None = Field(
        default=None, description="a second lock behind the guard, which may only forbid: openai"
    )
    greet: bool = True
    remind_ai: Duration = Field(default=600.0, description="how often the host says that it is an AI")
    answer_deadline: Duration = Field(default=8.0)
    feed: Annotated[list[Feed], BeforeValidator(_feeds, json_schema_input_type=str | Feed | list[str | Feed])] = Field(
        default_factory=list, description="prices and stock that another system keeps"
    )
    music: Music | None = Field(default=None, description="a bed below the programme")
    breath: bool = Field(default=False, description="be heard inhaling before a long sentence; made from noise")
    video: Video = Video()
    av_offset_ms: int = Field(
        default=0, ge=-200, le=200, description="mouth and gestures this much later than the sound; negative: earlier"
    )
    limits: Limits = Limits()
    seed: int = 0


class RoomFile(BaseModel):
    """A room with the folder its relative paths start from."""

    model_config = ConfigDict(frozen=True)

    config: RoomConfig
    path: Path
    lines: dict[tuple[str | int, ...], int] = {}
    """Keys of the file to the lines they stand on."""
    findings: tuple[Finding, ...] = ()
    """What is wrong in it. None of it is an error, unless it was loaded as far as it could be."""

    def line(self, *keys: str | int) -> int:
        """The line of the deepest of ``keys`` that is in the file; 0 where there is no file."""
        return next((self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines), 0)

    @property
    def folder(self) -> Path:
        """Where relative paths start."""
        return self.path.parent

    def script_files(self) -> list[Path]:
        """Every script file the room names, in name order. Raises `InvalidFile` for a path that is not there."""
        files: list[Path] = []
        shop = self.shop_file()
        for entry in self.config.scripts:
            place = (self.folder / entry).resolve()
            if place.is_dir():
                files += sorted(file for file in place.glob("*.md") if _is_script(file))
            elif place.is_file():
                files.append(place)
            else:
                line = self.line("scripts")
                raise InvalidFile([found("room_no_path", self.path, line, entry=entry, place=str(place))])
        return [file for file in dict.fromkeys(files) if file != shop]

    def shop_file(self) -> Path | None:
        """Where the shop sheet stands: the file the room names, the room file itself, or ``shop.md`` beside scripts."""
        named = self.config.shop
        if isinstance(named, dict):
            return self.path
        if named:
            return (self.folder / named).resolve()
        places = [(self.folder / entry).resolve() for entry in self.config.scripts]
        beside = ((place if place.is_dir() else place.parent) / SHOP_NAME for place in places)
        return next((file for file in beside if file.is_file()), None)

    def avatar_folder(self) -> Path:
        """The avatar's folder. Raises `InvalidFile` naming those that exist."""
        name = self.config.avatar
        roots = [self.folder, self.folder / "avatars", self.folder.parent / "avatars", bundled("avatars")]
        for root in roots:
            if (root / name / "avatar.yaml").is_file():
                return (root / name).resolve()
        known = sorted({file.parent.name for root in roots[1:] if root.is_dir() for file in root.glob("*/avatar.yaml")})
        raise InvalidFile([found("room_no_avatar", self.path, self.line("avatar"), avatar=name, known=known)])


def _is_script(file: Path) -> bool:
    return not file.name.startswith((".", "_")) and file.name.lower() != "readme.md"


def load_room(path: Path) -> RoomFile:
    """Read a room file. Raises `InvalidFile`."""
    document = load(path)
    config = validate(document, RoomConfig)
    return RoomFile(config=config, path=path.resolve(), lines=document.lines, findings=_unread(document))


def examine_room(path: Path) -> RoomFile:
    """A room file without what is wrong in it, which its findings tell. Raises `InvalidFile` where nothing is left."""
    document = load(path)
    config, findings = validate_partly(document, RoomConfig)
    if config is None:
        raise InvalidFile(findings)
    found = (*findings, *_unread(document))
    return RoomFile(config=config, path=path.resolve(), lines=document.lines, findings=found)


def language_of(path: Path) -> Lang:
    """The language a room file says, though it may be broken."""
    try:
        return "en" if _ENGLISH.search(path.read_text(encoding="utf-8", errors="replace")) else "zh"
    except OSError:
        return "zh"


def _unread(document: Document) -> tuple[Finding, ...]:
    """What YAML passed over and was no note: a hash directly before a word."""
    lost = [unread for unread in document.unread if not unread.note]
    codes = ("unread_hash" if unread.text.startswith("#") else "unread_sign" for unread in lost)
    return tuple(warned(code, document.path, at.line, text=at.text) for code, at in zip(codes, lost, strict=True))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a room file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RoomConfig.model_json_schema(by_alias=True)}
