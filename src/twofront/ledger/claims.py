"""A claim is what a text states, in our words, with the address of the sentence that states it.

    document  →  locator (paragraph, sentence, digest)  →  claim  →  verdict against other sources

The ledger holds no sentence of the texts. A locator carries the SHA-256 of the folded sentence,
so whoever owns a copy can find the passage, and see whether it is the same.

`attribution` names the speakers whom the text quotes, outermost first; the author of the text
is not repeated there. An empty chain means that the text speaks for itself.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from twofront.basics import is_edtf
from twofront.basics.dates import is_before_days

Kind = Literal["event", "quantity", "mechanism", "causal", "evaluation"]
Mark = Literal[
    "confirmed", "partly", "disputed", "wrong", "unverifiable", "interpretive", "context"
]
Basis = Literal["checked", "recall", "computed", "none"]


def _edtf(text: str) -> str:
    if not is_edtf(text):
        why = "lies before the year 1" if is_before_days(text) else "is not an EDTF date"
        raise ValueError(f'"{text}" {why}; accepted: dates such as 1901, 1901-03 or 1901-03-14')
    return text


Edtf = Annotated[str, AfterValidator(_edtf)]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """Anything written in a ledger file: read-only, and no key that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)


UNKNOWN_AUTHOR = "not given"
"""The author of a document of which nobody has named one."""


class DocumentInfo(Entry):
    """A source text: what it is, not what it says. `short` is how a sentence refers to it."""

    id: Text
    title: Text
    author: Text
    language: Text
    date: Edtf
    genre: Text
    short: str = ""

    @property
    def name(self) -> str:
        """How a sentence of ours refers to the text."""
        return self.short or f'"{self.title}"'


class Locator(Entry):
    """Where a text states something: paragraph and sentence from 1, and the sentence's digest.

    `words` is where in the sentence it does, if that is known: the first character and the one
    after the last, counted from 0 in the folded sentence.
    """

    doc: Text
    para: Annotated[int, Field(ge=1)]
    sent: Annotated[int, Field(ge=1)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    words: tuple[Annotated[int, Field(ge=0)], int] | None = None

    @model_validator(mode="after")
    def _words_in_order(self):
        if self.words and self.words[0] >= self.words[1]:
            raise ValueError("words end before they begin")
        return self

    @property
    def place(self) -> str:
        """`12.2`: paragraph twelve, second sentence."""
        return f"{self.para}.{self.sent}"


class Ranged(Entry):
    """A number with the room that its source leaves; open where an end is missing."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _in_order(self):
        given = [end for end in (self.low, self.value, self.high) if end is not None]
        if not given:
            raise ValueError("needs value, low or high")
        if given != sorted(given):
            raise ValueError("low, value and high are not in this order")
        return self

    @property
    def range(self) -> tuple[float | None, float | None]:
        """Smallest and largest number that the source allows; `None` where it is open."""
        if self.low is None and self.high is None:
            return self.value, self.value
        return self.low, self.high


class Quantity(Ranged):
    """A number as the text gives it, with the room that its wording leaves.

    `low` alone means at least, `high` alone at most, neither of them exactly `value`.
    `of` names what is counted; numbers of the same thing are compared.
    """

    unit: Text
    of: str = ""


class Claim(Entry):
    """One statement of one text, in our words, and how it stands against other sources.

    `apart_from` names claims that somebody keeps apart from it: they speak of other things, and are
    never compared. `written` are the few words of the text that give its value: "35 тысяч солдат".
    """

    id: Text
    kind: Kind
    paraphrase: Text
    date: Edtf | None = None
    actors: tuple[str, ...] = ()
    quantity: Quantity | None = None
    attribution: tuple[Text, ...] = ()
    locators: Annotated[tuple[Locator, ...], Field(min_length=1)]
    agrees_with: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    written: str = ""
    verdict: Mark
    basis: Basis
    check: str = ""
    references: tuple[str, ...] = ()
    cause: str = ""
    effect: str = ""

    @property
    def docs(self) -> tuple[str, ...]:
        """The documents that state it, in the order of the locators."""
        return tuple(dict.fromkeys(locator.doc for locator in self.locators))


class Topic(Entry):
    """A row of "side by side": what each text says on one subject, and how the texts compare."""

    title: Text
    claims: dict[str, tuple[str, ...]]
    others: str = ""
    relation: Text
    references: tuple[str, ...] = ()
