"""A document as its reader meets it: headings, paragraphs, facts, lists and tables, all in words already.

Every word is plain text, never markup; what the writers make of it differs only in form. A sheet goes to the process
that writes it as JSON.
"""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

_NEVER_WRITTEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML does not take, and nobody can see."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's own title: level 1 for a chapter, 2 for what is in it."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words. ``lead`` stands under the title, ``ruling`` is a decision's own wording, ``small`` a side remark."""

    words: str
    style: Literal["plain", "lead", "ruling", "small", "code"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first row of the page names the columns, the first column the rows. ``caption`` says what it is."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Facts | Listed | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document. ``language`` is ``sv`` or ``en``; ``made`` the moment it counts as made, in seconds since 1970."""

    title: str
    language: str
    author: str
    made: int
    foot: str
    page: str
    blocks: tuple[Block, ...]

    def to_json(self) -> bytes:
        """The whole sheet, to be read back by :meth:`from_json`."""
        raw = {name: getattr(self, name) for name in ("title", "language", "author", "made", "foot", "page")}
        blocks = [{"kind": type(each).__name__.lower(), **asdict(each)} for each in self.blocks]
        return json.dumps({**raw, "blocks": blocks}, ensure_ascii=False).encode()

    @staticmethod
    def from_json(raw: bytes) -> "Sheet":
        """The sheet again; raises ``ValueError`` or ``LookupError`` for anything else."""
        read = json.loads(raw)
        plain: dict[str, Any] = {name: _frozen(each) for name, each in read.items() if name != "blocks"}
        return Sheet(**plain, blocks=tuple(map(_block, read["blocks"])))


_KINDS = {each.__name__.lower(): each for each in (Heading, Paragraph, Facts, Listed, Table)}


def _block(raw: dict[str, Any]) -> Block:
    more: dict[str, Any] = {name: _frozen(each) for name, each in raw.items() if name != "kind"}
    made: Block = _KINDS[raw["kind"]](**more)
    return made


def _frozen(value: object) -> object:
    if isinstance(value, str):
        return _NEVER_WRITTEN.sub("", value)
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
