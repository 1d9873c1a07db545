"""A sheet as a tagged PDF that screen readers can follow (PDF/UA-1), set by Typst.

The page is ``prompts/documents/page.typ``; words reach it as data, so nothing in them is markup. A sign that no font
can draw would make the file unreadable for some, and is refused by the standard: its name is written instead.
"""

import re
import unicodedata
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst
from fontTools.ttLib import TTFont

import prompts
from bot.documents.sheet import Block, Facts, Heading, Listed, Paragraph, Sheet, Table

PAGE: Final = Path(prompts.__file__).parent / "documents" / "page.typ"
STANDARD: Final = "ua-1"
_SURE: Final = re.compile("[\\x20-\\x7e\\xa0-\\u017f\\u2010-\\u2027\\n\\t]*")
"""What every font has that the page is set in."""
_UNSEEN: Final = re.compile(
    "[\\u200b-\\u200f\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\u00ad\\U000e0000-\\U000e0fff]"
)
"""Signs that only say how others are to be drawn."""


def write_pdf(sheet: Sheet) -> bytes:
    """The PDF; the same sheet gives the same bytes."""
    made: bytes = typst.compile(
        PAGE, format="pdf", pdf_standards=STANDARD, timestamp=sheet.made, **_told(sheet)
    )
    return made


def pictures(sheet: Sheet, ppi: float = 80) -> list[bytes]:
    """The same pages as PNG."""
    drawn: bytes | list[bytes] = typst.compile(PAGE, format="png", ppi=ppi, **_told(sheet))
    return drawn if isinstance(drawn, list) else [drawn]


def _told(sheet: Sheet) -> Any:  # noqa: ANN401 - arguments of the library
    drawable = replace(
        sheet,
        title=_drawable(sheet.title),
        foot=_drawable(sheet.foot),
        blocks=tuple(map(_block, sheet.blocks)),
    )
    return {
        "sys_inputs": {"sheet": drawable.to_json().decode()},
        "ignore_system_fonts": True,
        "font_paths": [_fonts()],
    }


def _block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, words=_drawable(block.words))
        case Facts():
            return Facts(tuple((_drawable(name), _drawable(value)) for name, value in block.rows))
        case Listed():
            return Listed(tuple(map(_drawable, block.items)))
        case Table():
            rows = tuple(tuple(map(_drawable, each)) for each in block.rows)
            return Table(_drawable(block.caption), tuple(map(_drawable, block.headers)), rows)


def _drawable(words: str) -> str:
    """The words with every sign that cannot be drawn named in brackets."""
    if _SURE.fullmatch(words):
        return words
    return "".join(
        each if ord(each) in _signs() or each in "\n\t" else _named(each) for each in _UNSEEN.sub("", words)
    )


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "").casefold()
    return f"[{name}]" if name else "\N{WHITE SQUARE}"


@cache
def _signs() -> frozenset[int]:
    """What the broadest of our fonts can draw."""
    with TTFont(_fonts() / "DejaVuSans.ttf") as font:
        return frozenset(font.getBestCmap())


@cache
def _fonts() -> Path:
    """The fonts that come with the library for pictures: the same on every machine."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
