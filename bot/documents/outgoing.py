"""Files for cards: minutes as Word, PDF, HTML and Markdown, and texts that are ready as they are.

What stands in a file is put together in the receiver's language, and a short-lived process of its own writes it, so
that nobody who waits for an answer shares a core's turn with a long document, and no library stays in memory. The
same file is written the same to the last byte. What cannot be written is no reason to lose a message: the card says so.
"""

import asyncio
import hashlib
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import structlog

from bot.documents.layout import laid_out
from bot.documents.sheet import Sheet
from bot.documents.writers import WRITERS
from bot.speech import Speech
from handlers.kit.ui import Card, Document, Element, Line
from prompts.texts import TextError

log = structlog.get_logger()
KEPT: Final = 8
"""So many of the latest files are kept: the same one goes to both chats, and again when a platform says wait."""
PATIENCE: Final = 30.0
"""Seconds after which a file is given up."""
_HOME: Final = Path(__file__).parents[2]


class NotWritten(Exception):  # noqa: N818
    """The file cannot be made; a fault of ours."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file ready to be sent."""

    name: str
    content: bytes


def document_of(card: Card) -> Document | None:
    """The file of a card: the first, for a message carries one."""
    return next((each for each in card.body if isinstance(each, Document)), None)


def without_file(card: Card) -> Card:
    """The card as it is where no file can go with it: what is said instead stands in its place."""
    return replace(card, body=tuple(map(_in_words, card.body)))


def _in_words(element: Element) -> Element:
    return Line(element.instead, "small") if isinstance(element, Document) else element


async def file_of(card: Card, speech: Speech, language: str, zone: str) -> Written | None:
    """What goes with the card; ``None`` when there is nothing, or when it cannot be made."""
    document = document_of(card)
    if document is None:
        return None
    try:
        return Written(document.name, await write(document, speech, language, zone))
    except (NotWritten, TextError) as fault:
        log.error("document-not-written", kind=document.kind, reason=str(fault))  # noqa: TRY400 - no words of texts
        return None


async def write(document: Document, speech: Speech, language: str, zone: str) -> bytes:
    """The file's content in this language. Raises ``NotWritten`` or ``TextError``."""
    if document.kind == "text":
        return document.data.encode()
    kind, _, form = document.kind.rpartition("-")
    if form not in WRITERS:
        raise NotWritten("no such kind of file")
    try:
        sheet = await asyncio.to_thread(laid_out, kind, document.data, speech, language, zone)
    except (ValueError, LookupError, TypeError) as fault:
        # Whose words stood in it is nobody's business but the reader's.
        raise NotWritten(f"{kind}: {type(fault).__name__}") from None
    return await _BENCH.written(form, sheet)


class _Bench:
    """Writes one file at a time, and keeps the latest."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._turns: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}

    async def written(self, form: str, sheet: Sheet) -> bytes:
        asked = sheet.to_json()
        name = hashlib.sha256(f"{form}\n".encode() + asked).digest()
        async with self._turn():
            if name not in self._kept:
                self._kept[name] = await _in_a_process(form, asked)
            self._kept.move_to_end(name)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[name]

    def _turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        self._turns = {each: lock for each, lock in self._turns.items() if not each.is_closed()}
        return self._turns.setdefault(loop, asyncio.Lock())


_BENCH: Final = _Bench()


async def _in_a_process(form: str, asked: bytes) -> bytes:
    """The file as another process writes it. Raises ``NotWritten``."""
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.documents", form, cwd=_HOME,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as fault:
        raise NotWritten(f"{form}: {type(fault).__name__}") from None
    try:
        async with asyncio.timeout(PATIENCE):
            written, _ = await process.communicate(asked)
    except TimeoutError:
        raise NotWritten(f"{form}: too slow") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode or not written:
        raise NotWritten(f"{form}: exit {process.returncode}")
    return written
