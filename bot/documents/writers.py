"""Which writer makes which file. Their libraries are large and loaded only where one writes."""

# ruff: noqa: PLC0415 - only the library that is needed

from collections.abc import Callable
from typing import Final

from bot.documents.sheet import Sheet

WRITERS: Final = ("word", "pdf", "html", "markdown")


def writer(form: str) -> Callable[[Sheet], bytes]:
    """The function that writes a sheet in this form; raises ``ValueError`` for any other."""
    match form:
        case "word":
            from bot.documents.word import write_word

            return write_word
        case "pdf":
            from bot.documents.pdf import write_pdf

            return write_pdf
        case "html":
            from bot.documents.html_page import write_html

            return write_html
        case "markdown":
            from bot.documents.markdown import write_markdown

            return write_markdown
        case _:
            raise ValueError("no such form")
