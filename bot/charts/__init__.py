"""Pictures for cards, drawn as PNG beside the loop.

Everything is drawn in one thread of its own, which begins with the first picture; before that the drawing library is
not even loaded. The same picture is drawn the same to the last byte. What cannot be drawn is no reason to lose a
message: the card says the same in words.
"""

# ruff: noqa: PLC0415 - the drawing library is large, and most days nothing is drawn

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import Any, Final

import structlog

from bot.speech import Speech
from handlers.kit.ui import Card, Picture
from prompts.texts import TextError

log = structlog.get_logger()
KEPT: Final = 8
"""So many of the latest pictures are kept: the same one goes to both chats, and again when a platform says wait."""
_FAULTS: Final = (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError, OSError, ImportError)
_Draw = Callable[[Mapping[str, Any], Mapping[str, str]], bytes]


class NotDrawn(Exception):  # noqa: N818
    """The picture cannot be drawn; a fault of ours."""


def picture_of(card: Card) -> Picture | None:
    """The picture of a card: the first, for a message carries one."""
    return next((each for each in card.body if isinstance(each, Picture)), None)


async def paint(picture: Picture, speech: Speech, language: str, zone: str) -> bytes:
    """The picture as PNG, its words in this language. Raises ``NotDrawn`` or ``TextError``."""
    words = tuple(
        (name, speech.say(each, language, zone=zone).plain) for name, each in picture.labels.items()
    )
    try:
        return await asyncio.get_running_loop().run_in_executor(
            _easel(), _painted, picture.drawing, picture.data, words
        )
    except _FAULTS as fault:
        # Whose words stood in it is nobody's business but the reader's.
        raise NotDrawn(f"{picture.drawing}: {type(fault).__name__}") from None


async def painted(picture: Picture, speech: Speech, language: str, zone: str) -> bytes:
    """The same for a message that goes with or without it: ``b""`` when it cannot be drawn."""
    try:
        return await paint(picture, speech, language, zone)
    except (NotDrawn, TextError) as fault:
        log.error("picture-not-drawn", drawing=picture.drawing, reason=str(fault))  # noqa: TRY400 - no words of texts
        return b""


@cache
def _easel() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="charts")


@lru_cache(KEPT)
def _painted(drawing: str, data: str, words: tuple[tuple[str, str], ...]) -> bytes:
    numbers = json.loads(data)
    if not isinstance(numbers, dict):
        raise ValueError("no data")  # noqa: TRY004 - one kind of trouble for what cannot be drawn
    return _drawing(drawing)(numbers, dict(words))


def _drawing(name: str) -> _Draw:
    match name:
        case "pulse-result":
            from bot.charts.results import result

            return result
        case "pulse-trend":
            from bot.charts.trends import trend

            return trend
        case "progress":
            from bot.charts.progress import progress

            return progress
        case "wins":
            from bot.charts.won import wins

            return wins
        case _:
            raise ValueError("no such drawing")
