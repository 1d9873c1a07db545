"""A question before a button does what it says, for Telegram has no dialog for it.

The button's data are ``?<language>.<text key>?<data>``. Its press never reaches the engine: a row with Yes and No
appears under its own row, and the question is shown to the one who pressed. Yes carries the plain data, so it is a
press like any other; No carries ``?no`` and takes the row away. Everything needed lies in the message itself, so a
restart in between changes nothing. The question is named only where it has no variables and fits.
"""

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.kit.ui import BUTTON_BYTES, Text
from prompts.texts import LANGUAGES

STOP = "?no"
_ASKING = re.compile(r"\?([a-z]{2})\.([a-z0-9-]*)\?([^?].*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a press of an asking button means: the question's text key ("" = just ask), and what Yes will do."""

    language: str
    key: str
    data: str


def asking(data: str, question: Text, language: str) -> str:
    """The data of a button that asks first."""
    named = f"?{language}.{question.key}?{data}"
    if question.vars or len(named.encode()) > BUTTON_BYTES:
        return f"?{language}.?{data}"
    return named


def is_for_us(data: str) -> bool:
    """Whether a press belongs to a question and not to the engine."""
    return data.startswith("?")


def asked(data: str) -> Asked | None:
    """What a pressed button asks; ``None`` for No, and for data that nobody of us wrote."""
    found = _ASKING.fullmatch(data)
    return Asked(*found.groups()) if found and found[1] in LANGUAGES else None


def with_question(
    keyboard: InlineKeyboardMarkup, pressed: str, answers: tuple[InlineKeyboardButton, InlineKeyboardButton]
) -> InlineKeyboardMarkup:
    """The keyboard with Yes and No under the row of the pressed button, and nowhere else."""
    rows = list(without_question(keyboard).inline_keyboard)
    places = (at for at, row in enumerate(rows, 1) if any(each.callback_data == pressed for each in row))
    place = next(places, len(rows))
    return InlineKeyboardMarkup([*rows[:place], answers, *rows[place:]])


def without_question(keyboard: InlineKeyboardMarkup) -> InlineKeyboardMarkup:
    """The keyboard as it was before anything was asked."""
    return InlineKeyboardMarkup([row for row in keyboard.inline_keyboard if not _asks(row)])


def has_question(keyboard: InlineKeyboardMarkup) -> bool:
    """Whether a question is open in this keyboard."""
    return any(map(_asks, keyboard.inline_keyboard))


def _asks(row: tuple[InlineKeyboardButton, ...]) -> bool:
    return any(button.callback_data == STOP for button in row)
