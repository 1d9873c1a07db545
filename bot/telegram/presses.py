"""What the one who pressed sees at once: the spinner stops, a line or an alert appears, a question opens.

A webhook takes the answer along in its own reply. Everything else is sent beside the intake and never waited for by
it: it is worth nothing after a restart, and a slow answer must not hold up anybody's next press.
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

Json = dict[str, object]

ANSWER_UNITS: Final = 200
"""https://core.telegram.org/bots/api#answercallbackquery"""
TOAST_UNITS: Final = 60
"""A longer line fades before it is read, so it becomes an alert."""


AT_ONCE: Final = 16
"""How many calls go on at the same time; the dispatcher needs connections too."""
MOST: Final = 400
"""How many may wait for that. Beyond it Telegram is not keeping up, and a spinner stops by itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer to a press: the spinner of this query stops, and these words appear."""

    query: str
    words: str = ""
    alert: bool = False

    def as_reply(self) -> Json:
        """The same as the reply to a webhook.

        https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        said = {"text": self.words, "show_alert": self.alert} if self.words else {}
        return {"method": "answerCallbackQuery", "callback_query_id": self.query, **said}


class Presses:
    """Says what a press is answered with, and shows in the background what else came of it."""

    def __init__(self, bot: Bot, speech: Speech) -> None:
        self._bot = bot
        self._speech = speech
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def react(self, update: Update, inbound: AnyInbound | None, outcome: Outcome | None) -> Shown | None:
        """The answer that somebody must bring to the one who pressed; ``None`` where nobody pressed.

        Without an outcome the press was none of the engine's.
        """
        query = update.callback_query
        if query is not None:
            return self._answered(query, outcome) if outcome else self._asked(query)
        if isinstance(inbound, Click) and inbound.chat and outcome:
            # A start link is pressed in another chat: there is no spinner, so the answer is a message.
            words = outcome.refused or outcome.toast
            if words is not None:
                self._start(self._write(inbound.chat.chat, words, outcome))
        return None

    def show(self, answer: Shown) -> None:
        """Bring an answer that no webhook's reply can take along."""
        self._start(self._show(answer))

    async def finish(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._running)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if len(self._running) >= MOST:
            work.close()
            log.warning("press not answered", trouble="too many wait")
            return
        task = asyncio.create_task(self._calmly(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _calmly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._turns:
                await work
        except (SendTrouble, TextError) as trouble:
            # "Query is too old" comes here as well: nobody waits for that answer any more.
            log.info("press not answered", trouble=type(trouble).__name__)
        finally:
            work.close()

    # --- What is shown -----------------------------------------------------------------------------------------

    def _answered(self, query: CallbackQuery, outcome: Outcome) -> Shown:
        card = _card(query)
        if outcome.refused and card:
            self._close(card)
        words = outcome.refused or outcome.toast
        if words is None:
            return Shown(query.id)
        said = self._said(words, outcome.language, outcome.zone)
        return _shown(query, said, alert=outcome.refused is not None)

    def _asked(self, query: CallbackQuery) -> Shown:
        """Open the question of a button, or close it when No was pressed."""
        question = asked(query.data or "")
        card = _card(query)
        if question is None or card is None:
            if card:
                self._close(card)
            return Shown(query.id)
        answers = self._yes_and_no(question)
        self._start(self._redraw(card, with_question(card.keyboard, query.data or "", answers)))
        return _shown(query, self._question(question), alert=False)

    def _said(self, words: Text, language: str, zone: str) -> str:
        """What a text says; "" when it cannot be said, for the spinner must stop all the same."""
        try:
            return self._speech.say(words, language, zone=zone).plain
        except TextError as trouble:
            log.error("text missing", trouble=str(trouble))  # noqa: TRY400 - a trace would tell nothing more
            return ""

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

    async def _show(self, answer: Shown) -> None:
        with in_our_words():
            await self._bot.answer_callback_query(answer.query, answer.words or None, show_alert=answer.alert)

    def _close(self, card: "_Card") -> None:
        if has_question(card.keyboard):
            self._start(self._redraw(card, without_question(card.keyboard)))

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


def _shown(query: CallbackQuery, words: str, *, alert: bool) -> Shown:
    loud = bool(words) and (alert or units(words) > TOAST_UNITS)
    return Shown(query.id, shorten(words, ANSWER_UNITS), loud)


def _card(query: CallbackQuery) -> _Card | None:
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    return _Card(message.chat.id, message.message_id, message.reply_markup)
