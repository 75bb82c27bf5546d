"""The front matter of a script as written, once its forms are brought into one. `scripts/README.md` explains every key
to its writer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from host.core.product import Lang
from host.show import typed_values, values

MAX_ENTRIES = 500

Text = Annotated[str, BeforeValidator(values.text), Field(max_length=2000)]
Sentence = Annotated[str, BeforeValidator(values.sentence), Field(max_length=2000)]
ShortText = Annotated[str, BeforeValidator(values.text), Field(max_length=200)]
Name = Annotated[str, BeforeValidator(values.name), Field(max_length=200)]
Word = Annotated[str, Field(max_length=200)]
_OF_WORDS = str | list[str]
Aliases = Annotated[
    list[Word], BeforeValidator(values.aliases, json_schema_input_type=_OF_WORDS), Field(max_length=MAX_ENTRIES)
]
NeverSaid = Annotated[
    list[Word], BeforeValidator(values.never_said, json_schema_input_type=_OF_WORDS), Field(max_length=MAX_ENTRIES)
]
Questions = Annotated[
    list[Word],
    BeforeValidator(values.questions, json_schema_input_type=_OF_WORDS),
    Field(min_length=1, max_length=MAX_ENTRIES),
]
Language = Annotated[Lang, BeforeValidator(values.language)]
_WRITTEN = str | int | float
Price = Annotated[Any, BeforeValidator(values.price, json_schema_input_type=_WRITTEN)]
Count = Annotated[int, BeforeValidator(values.count, json_schema_input_type=_WRITTEN)]
Link = Annotated[int, BeforeValidator(values.link, json_schema_input_type=_WRITTEN), Field(ge=1, le=9999)]
Start = Annotated[Any, BeforeValidator(values.start, json_schema_input_type=str)]
End = Annotated[Any, BeforeValidator(values.end, json_schema_input_type=str)]
Listed = Annotated[
    list[Annotated[str, Field(max_length=500)]],
    BeforeValidator(typed_values.listed, json_schema_input_type=_OF_WORDS),
    Field(max_length=MAX_ENTRIES),
]
Off = Annotated[Any, BeforeValidator(typed_values.off, json_schema_input_type=_WRITTEN)]
Paid = Annotated[Any, BeforeValidator(typed_values.paid, json_schema_input_type=_WRITTEN)]
Threshold = Annotated[Any, BeforeValidator(typed_values.threshold, json_schema_input_type=_WRITTEN)]
Got = Annotated[Any, BeforeValidator(typed_values.got, json_schema_input_type=_WRITTEN)]
Pieces = Annotated[Any, BeforeValidator(typed_values.counted, json_schema_input_type=_WRITTEN)]
Limit = Annotated[int, BeforeValidator(typed_values.limit, json_schema_input_type=_WRITTEN)]
YesOrNo = Annotated[bool, BeforeValidator(typed_values.yes, json_schema_input_type=str | bool)]


class Strict(BaseModel):
    """Knows its keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FaqEntry(Strict):
    """A question in one or more wordings, and its answer."""

    q: Questions
    a: Text


class TermEntry(Strict):
    """One effect of an offer, with its conditions."""

    text: Text | None = None
    price: Price = Field(default=None, description="what one costs, or `pieces` together")
    off: Off = Field(default=None, description="20元, or 20%, or 8折")
    buy: Pieces = None
    get: Got = Field(default=None, description="how many come with `buy`, or what")
    gift: Listed = []
    pieces: Pieces = Field(default=None, description="from how many pieces on")
    nth: Pieces = Field(default=None, description="2: the second of every two")
    pay: Paid = Field(default=None, description="what that piece costs: half, 50%, 1元, free")
    above: Threshold = Field(default=None, description="from which amount on: 300元")
    only: Listed = Field(default=[], alias="for", description="variants it is for; without it, all")


class PromotionEntry(TermEntry):
    """An offer with its validity."""

    starts: Start = Field(default=None, alias="from")
    ends: End = Field(default=None, alias="until")
    code: ShortText = ""
    limit: Limit | None = None
    combine: YesOrNo | None = None
    terms: list[TermEntry] = Field(default=[], max_length=20)


class VariantEntry(Strict):
    """One thing that can be ordered."""

    id: Annotated[ShortText, Field(pattern=r"^[^\s./\\]{1,64}$")] | None = None
    text: Text | None = None
    name: Name | None = None
    options: dict[str, ShortText] = {}
    price: Price = None
    list_price: Price = None
    stock: Count | None = None
    image: Name | None = None
    facts: dict[str, Text] = {}


class ExtraEntry(Strict):
    """What is sold separately."""

    text: Text | None = None
    name: ShortText | None = None
    price: Price = None
    link: Link | None = None


class WarrantyEntry(Strict):
    """What is mended or replaced for nothing."""

    text: Text | None = None
    months: ShortText | None = None
    years: ShortText | None = None
    covers: Listed = []
    excludes: Listed = []


class AudienceEntry(Strict):
    """For whom it is, and for whom not."""

    text: Text | None = None
    fit: Listed = []
    unfit: Listed = []
    ages: ShortText | None = Field(default=None, description="3+, 3-12岁, 12 months+")


class BatchEntry(Strict):
    """What is sent now, and when it was made."""

    text: Text | None = None
    made: Start = None
    code: ShortText = ""
    only: Listed = Field(default=[], alias="for")


class ExceptionEntry(Strict):
    """A place that is not shipped to as others are."""

    text: Text | None = None
    place: ShortText | None = None
    fee: ShortText | None = Field(default=None, description="12元; 不发货: it is not shipped there")


class Service(Strict):
    """What a shop does for every order."""

    regions: Listed = Field(default=[], description="where it ships to")
    exceptions: list[ExceptionEntry] = Field(default=[], max_length=MAX_ENTRIES)
    couriers: Listed = []
    shipping: Sentence | None = None
    returns: Sentence | None = None
    invoice: Sentence | None = None
    hours: Sentence | None = Field(default=None, description="when somebody answers")
    address_change: Sentence | None = None


class Sheet(Service):
    """A product sheet."""

    id: Annotated[ShortText, Field(pattern=r"^[^\s./\\]{1,64}$")] | None = None
    name: Name
    lang: Language | None = None
    link: Link
    price: Price
    list_price: Price = None
    stock: Count | None = None
    image: Name | None = None
    aliases: Aliases = []
    facts: dict[str, Text] = Field(default={}, max_length=MAX_ENTRIES)
    faq: list[FaqEntry] = Field(default=[], max_length=MAX_ENTRIES)
    promotions: list[PromotionEntry] = Field(default=[], max_length=MAX_ENTRIES)
    never_say: NeverSaid = []
    variants: list[VariantEntry] = Field(default=[], max_length=MAX_ENTRIES)
    size_chart: dict[str, dict[str, Text]] = Field(default={}, max_length=100)
    included: Listed = []
    not_included: Listed = []
    sold_separately: list[ExtraEntry] = Field(default=[], max_length=MAX_ENTRIES)
    warranty: WarrantyEntry | None = None
    certificates: Listed = []
    origin: Text | None = None
    care: Listed = []
    audience: AudienceEntry | None = None
    works_with: Listed = []
    not_with: Listed = []
    batches: list[BatchEntry] = Field(default=[], max_length=MAX_ENTRIES)
    shelf_life: ShortText | None = None


class ShopSheet(Service):
    """What a shop says of all its products."""

    name: Name | None = None
    lang: Language | None = None
