"""A sheet as Markdown (CommonMark with tables), where nothing that anybody wrote becomes markup."""

import re
from collections.abc import Iterator
from typing import Final

from bot.documents.sheet import Block, Facts, Heading, Listed, Paragraph, Sheet, Table

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&$^@]|(?<=www)\.|:(?=/))", re.IGNORECASE)
"""Whatever may begin or end markup somewhere, in CommonMark or in what is usual beside it, such as links by themselves."""
_BEGINS: Final = re.compile(r"^([-+=:.)]|\d+[.)])")
"""What makes a list, a heading or a rule of a line that begins with it."""
_BLANK: Final = re.compile(r"[^\S\n]+")


def write_markdown(sheet: Sheet) -> bytes:
    """The document as UTF-8."""
    parts = [f"# {_line(sheet.title)}", *(part for each in sheet.blocks for part in _block(each))]
    return ("\n\n".join([*parts, "---", _line(sheet.foot)]) + "\n").encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_line(block.words)}"
        case Paragraph():
            yield _paragraph(block)
        case Facts():
            yield "\n".join(f"- **{_line(label)}:** {_line(value)}" for label, value in block.rows)
        case Listed():
            yield "\n".join(f"- {_begun(_line(each))}" for each in block.items)
        case Table():
            yield f"**{_line(block.caption)}**"
            yield "\n".join(
                [_row(block.headers), _row(("---",) * len(block.headers), plain=True), *map(_row, block.rows)]
            )


def _paragraph(block: Paragraph) -> str:
    words = _line(block.words)
    match block.style:
        case "code":
            return f"`{block.words}`" if block.words.isalnum() else words
        case "ruling":
            return f"> **{words}**"
        case "small":
            return f"*{words}*"
        case _:
            return _lines(block.words)


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return f"| {' | '.join(cells if plain else map(_line, cells))} |"


def _line(words: str) -> str:
    """Words that stay on one line."""
    return _plain(" ".join(words.split()))


def _lines(words: str) -> str:
    """A paragraph; its line breaks are kept."""
    lines = [_begun(_plain(_BLANK.sub(" ", each).strip())) for each in words.splitlines()]
    return "\\\n".join(filter(None, lines))


def _plain(words: str) -> str:
    return _SIGNS.sub(r"\\\1", words)


def _begun(line: str) -> str:
    """A line that begins nothing but itself."""
    return _BEGINS.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", line)
