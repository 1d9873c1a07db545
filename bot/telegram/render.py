"""From a card to a Telegram message: HTML text and an inline keyboard. Pure.

All buttons stand under the text, whatever stood between them. Whatever the server would refuse is refused here, with
a reason that names the fault and no words of anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.adapter import Outgoing
from bot.speech import Speech
from bot.telegram.confirming import asking
from bot.telegram.deep_links import start_link
from bot.telegram.wording import TEXT_UNITS, Block, Span, fit, in_html, length_of, spans
from handlers.kit.ui import BUTTON_BYTES, Button, Fact, Line, Link, Picture, Row, Text, Value, text

BUTTONS_PER_ROW = 3
"""The server takes eight, but a phone cuts their labels to a few letters."""
BUTTONS = 100
"""What the server takes in one keyboard; it is written nowhere, but more is cut or refused."""
CAPTION_UNITS = 1024
"""https://core.telegram.org/bots/api#sendphoto"""
_AROUND = {
    "plain": ("", "", True),
    "quote": ("<blockquote>", "</blockquote>", False),
    "small": ("<i>", "</i>", False),
    "item": ("", "", False),
    "heading": ("<b>", "</b>", False),
}


class Undrawable(Exception):  # noqa: N818
    """Telegram would never take this card; a fault of ours."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as the Bot API takes it."""

    html: str
    keyboard: InlineKeyboardMarkup | None
    units: int


def render(message: Outgoing, speech: Speech, bot: str, *, most: int = TEXT_UNITS) -> Drawn:
    """Draw a card for its chat, its picture in words; ``bot`` is our username. Raises :class:`Undrawable`."""
    drawing = _Drawing(message, speech, bot)
    note = Block(drawing.spans(text("card-too-long")), "<i>", "</i>")
    blocks = fit(list(drawing.blocks()), note, most)
    return Drawn(in_html(blocks), drawing.keyboard(), length_of(blocks))


def is_private(chat: str) -> bool:
    """Whether a chat id is a person's: groups have negative ones."""
    return not chat.startswith("-")


@dataclass(frozen=True, slots=True)
class _Drawing:
    message: Outgoing
    speech: Speech
    bot: str

    def plain(self, words: Text) -> str:
        return self.speech.say(words, self.message.language, zone=self.message.zone).plain

    def spans(self, words: Text) -> tuple[Span, ...]:
        sentence = self.speech.say(words, self.message.language, zone=self.message.zone)
        return tuple(spans(sentence, self.message.mentions, self.bot))

    def blocks(self) -> Iterator[Block]:
        card = self.message.card
        yield Block(self.spans(card.title), "<b>", "</b>")
        for element in card.body:
            if isinstance(element, Line):
                before, after, wide = _AROUND[element.style]
                yield Block(self.spans(element.text), before, after, wide, apart=element.style == "heading")
            elif isinstance(element, Fact):
                yield Block((*self.bold(element.label), Span(" "), *self.value(element.value)))
            elif isinstance(element, Picture):
                yield Block(self.spans(element.alt), wide=True)

    def bold(self, label: Text) -> Iterator[Span]:
        for each in self.spans(text("telegram-label", label=label)):
            yield replace(each, before=f"<b>{each.before}", after=f"{each.after}</b>")

    def value(self, value: Value) -> tuple[Span, ...]:
        return self.spans(text("telegram-value", value=value))

    def keyboard(self) -> InlineKeyboardMarkup | None:
        rows = [
            [self.button(each) for each in element.buttons[start : start + BUTTONS_PER_ROW]]
            for element in self.message.card.body
            if isinstance(element, Row)
            for start in range(0, len(element.buttons), BUTTONS_PER_ROW)
        ]
        count = sum(map(len, rows))
        if count > BUTTONS:
            raise Undrawable(f"{count} buttons in one card; Telegram takes {BUTTONS}")
        return InlineKeyboardMarkup(rows) if rows else None

    def button(self, button: Button | Link) -> InlineKeyboardButton:
        label = self.plain(button.label)
        if isinstance(button, Link):
            return InlineKeyboardButton(label, url=button.url)
        data = button.action.encode(self.message.forum)
        if button.private and not is_private(self.message.to.chat):
            try:
                return InlineKeyboardButton(label, url=start_link(self.bot, data))
            except ValueError as fault:
                raise Undrawable(str(fault)) from None
        if button.confirm:
            data = asking(data, button.confirm, self.message.language)
        if len(data.encode()) > BUTTON_BYTES:
            raise Undrawable(
                f"{button.action.name}: {len(data.encode())} bytes of button data; {BUTTON_BYTES} fit"
            )
        return InlineKeyboardButton(label, callback_data=data)
