"""A sheet as one web page that needs nothing else: semantic, in its language, fit to be printed.

The frame and the style are ``prompts/documents/page.html``; all words are escaped.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Final

import prompts
from bot.documents.sheet import Block, Facts, Heading, Listed, Paragraph, Sheet, Table

FRAME: Final = Path(prompts.__file__).parent / "documents" / "page.html"


def write_html(sheet: Sheet) -> bytes:
    """The page as UTF-8."""
    words = {
        "language": escape(sheet.language),
        "title": escape(sheet.title),
        "author": escape(sheet.author),
        "foot": escape(sheet.foot),
        "body": "\n".join(part for each in sheet.blocks for part in _block(each)),
    }
    return Template(FRAME.read_text(encoding="utf-8")).substitute(words).encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level + 1}>{escape(block.words)}</h{block.level + 1}>"
        case Paragraph(style="code"):
            yield f"<p><code>{escape(block.words)}</code></p>"
        case Paragraph():
            yield f'<p class="{block.style}">{_lines(block.words)}</p>'
        case Facts():
            rows = (
                f"<div><dt>{escape(name)}</dt><dd>{_lines(value)}</dd></div>" for name, value in block.rows
            )
            yield f"<dl>{''.join(rows)}</dl>"
        case Listed():
            yield f"<ul>{''.join(f'<li>{_lines(each)}</li>' for each in block.items)}</ul>"
        case Table():
            yield "<table>"
            yield f"<caption>{escape(block.caption)}</caption>"
            heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in block.headers)
            yield f"<thead><tr>{heads}</tr></thead>"
            yield f"<tbody>{''.join(map(_row, block.rows))}</tbody>"
            yield "</table>"


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{_lines(first)}</th>{"".join(f"<td>{_lines(each)}</td>" for each in others)}</tr>'


def _lines(words: str) -> str:
    return "<br>".join(map(escape, words.splitlines()))
