"""What the one who pressed sees at once: the spinner stops, a line or an alert appears, a question opens.

Answers are sent beside the intake and are never waited for by it: they are worth nothing after a restart, and a slow
one must not hold up anybody's next press.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode

from bot.adapter import Outcome, SendTrouble
from bot.speech import Speech
from bot.telegram.confirming import STOP, Asked, asked, has_question, with_question, without_question
from bot.telegram.troubles import in_our_words
from bot.telegram.wording import Block, Span, in_html, shorten, units
from handlers.kit.inbound import AnyInbound, Click
from handlers.kit.ui import Text, text
from prompts.texts import TextError

log = structlog.get_logger()

ANSWER_UNITS: Final = 200
"""https://core.telegram.org/bots/api#answercallbackquery"""
TOAST_UNITS: Final = 60
"""A longer line fades before it is read, so it becomes an alert."""


class Presses:
    """Answers presses in the background."""

    def __init__(self, bot: Bot, speech: Speech) -> None:
        self._bot = bot
        self._speech = speech
        self._running: set[asyncio.Task[None]] = set()

    def react(self, update: Update, inbound: AnyInbound | None, outcome: Outcome | None) -> None:
        """Show what came of an update. Without an outcome the press was none of the engine's."""
        query = update.callback_query
        if query is not None and outcome is not None:
            self._start(self._answer(query, outcome))
        elif query is not None:
            self._start(self._ask(query))
        elif isinstance(inbound, Click) and inbound.chat and outcome:
            # A start link is pressed in another chat: there is no spinner, so the answer is a message.
            words = outcome.refused or outcome.toast
            if words is not None:
                self._start(self._write(inbound.chat.chat, words, outcome))

    async def finish(self) -> None:
        """Wait for the answers under way."""
        await asyncio.gather(*self._running)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._calmly(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _calmly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (SendTrouble, TextError) as trouble:
            # "Query is too old" comes here as well: nobody waits for that answer any more.
            log.info("press not answered", trouble=type(trouble).__name__)

    # --- What is shown -----------------------------------------------------------------------------------------

    async def _answer(self, query: CallbackQuery, outcome: Outcome) -> None:
        words = outcome.refused or outcome.toast
        said = self._speech.say(words, outcome.language, zone=outcome.zone).plain if words else ""
        await self._show(query, said, alert=outcome.refused is not None)
        card = _card(query)
        if outcome.refused and card:
            await self._close(card)

    async def _ask(self, query: CallbackQuery) -> None:
        """Open the question of a button, or close it when No was pressed."""
        question = asked(query.data or "")
        card = _card(query)
        if question is None or card is None:
            await self._show(query, "", alert=False)
            if card:
                await self._close(card)
            return
        await self._show(query, self._question(question), alert=False)
        answers = self._yes_and_no(question)
        await self._redraw(card, with_question(card.keyboard, query.data or "", answers))

    def _question(self, question: Asked) -> str:
        try:
            return self._speech.say(Text(question.key), question.language).plain
        except TextError:
            return self._speech.say(text("telegram-confirm"), question.language).plain

    def _yes_and_no(self, question: Asked) -> tuple[InlineKeyboardButton, InlineKeyboardButton]:
        yes = self._speech.say(text("confirm-yes"), question.language).plain
        no = self._speech.say(text("confirm-no"), question.language).plain
        return (
            InlineKeyboardButton(yes, callback_data=question.data),
            InlineKeyboardButton(no, callback_data=STOP),
        )

    # --- Calls -------------------------------------------------------------------------------------------------

    async def _show(self, query: CallbackQuery, words: str, *, alert: bool) -> None:
        loud = bool(words) and (alert or units(words) > TOAST_UNITS)
        with in_our_words():
            await self._bot.answer_callback_query(
                query.id, shorten(words, ANSWER_UNITS) or None, show_alert=loud
            )

    async def _close(self, card: "_Card") -> None:
        if has_question(card.keyboard):
            await self._redraw(card, without_question(card.keyboard))

    async def _redraw(self, card: "_Card", keyboard: InlineKeyboardMarkup) -> None:
        with in_our_words():
            await self._bot.edit_message_reply_markup(card.chat, card.message, reply_markup=keyboard)

    async def _write(self, chat: str, words: Text, outcome: Outcome) -> None:
        said = self._speech.say(words, outcome.language, zone=outcome.zone).plain
        with in_our_words(private=True):
            await self._bot.send_message(
                int(chat), in_html([Block((Span(said),))]), parse_mode=ParseMode.HTML
            )


@dataclass(frozen=True, slots=True)
class _Card:
    """The message pressed, as it hangs there now."""

    chat: int
    message: int
    keyboard: InlineKeyboardMarkup


def _card(query: CallbackQuery) -> _Card | None:
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    return _Card(message.chat.id, message.message_id, message.reply_markup)
