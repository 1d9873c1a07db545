"""A card with its picture or file: one message with the words under it, or the photo first and the words alone.

Words under a photo or file may be a quarter as long as a message's: https://core.telegram.org/bots/api#sendphoto
Words are never lost for a picture's sake: where no photo or file can be sent they go alone, and say what is missing.
"""

import hashlib
from typing import Any, Final

import structlog
from telegram import Bot
from telegram.constants import ParseMode

from bot.adapter import Gone, Outgoing, Refused, Uncertain
from bot.charts import painted, picture_of
from bot.documents.outgoing import Written, file_of
from bot.speech import Speech
from bot.telegram.render import CAPTION_UNITS, Drawn, is_private
from bot.telegram.troubles import in_our_words

log = structlog.get_logger()
REMEMBERED: Final = 100


class Photos:
    """Sends photos, and remembers those whose words are still to come."""

    def __init__(self, bot: Bot, speech: Speech) -> None:
        self._bot = bot
        self._speech = speech
        self._ahead: dict[bytes, None] = {}

    async def send(self, message: Outgoing, drawn: Drawn, where: dict[str, Any]) -> str:
        """Send the card as one photo and return its id; "" when the words are still to be sent.

        ``where`` names thread and answered message. Raises ``SendTrouble``, and then no words went out for certain
        only where that says so.
        """
        picture = picture_of(message.card)
        png = await painted(picture, self._speech, message.language, message.zone) if picture else b""
        if not png:
            return ""
        if drawn.units > CAPTION_UNITS:
            await self._ahead_of(message, drawn, png, where)
            return ""
        words = {"caption": drawn.html, "parse_mode": ParseMode.HTML, "reply_markup": drawn.keyboard}
        try:
            return await self._photo(message, png, {**where, **words})
        except (Refused, Gone) as trouble:
            # Words may be allowed where photos are not; if they are not either, sending them says so.
            log.warning("photo-not-sent", kind=type(trouble).__name__)
            return ""

    async def send_file(self, message: Outgoing, drawn: Drawn, where: dict[str, Any]) -> str:
        """Send the card with its file and return its id; "" when it has to go in words. Raises ``SendTrouble``.

        Words that are too long for a file are shortened: where there is a file it is what the card is about.
        """
        written = await file_of(message.card, self._speech, message.language, message.zone)
        if written is None:
            return ""
        words = {"caption": drawn.html, "parse_mode": ParseMode.HTML, "reply_markup": drawn.keyboard}
        try:
            return await self._document(message, written, {**where, **words})
        except (Refused, Gone) as trouble:
            log.warning("file-not-sent", kind=type(trouble).__name__)
            return ""

    def arrived(self, message: Outgoing, drawn: Drawn) -> None:
        """The words have come after their photo: the same card another time brings the photo again."""
        self._ahead.pop(_name(message, drawn), None)

    async def _ahead_of(self, message: Outgoing, drawn: Drawn, png: bytes, where: dict[str, Any]) -> None:
        name = _name(message, drawn)
        if name in self._ahead:
            return  # it went before, when the words could not
        try:
            await self._photo(message, png, {**where, "disable_notification": True})
        except (Refused, Gone, Uncertain) as trouble:
            log.warning("photo-not-sent", kind=type(trouble).__name__)
        self._ahead[name] = None
        if len(self._ahead) > REMEMBERED:
            del self._ahead[next(iter(self._ahead))]

    async def _photo(self, message: Outgoing, png: bytes, more: dict[str, Any]) -> str:
        chat = message.to.chat
        with in_our_words(private=is_private(chat)):
            sent = await self._bot.send_photo(int(chat), png, filename="samsyn.png", **more)
            return f"{sent.message_id:d}"

    async def _document(self, message: Outgoing, file: Written, more: dict[str, Any]) -> str:
        chat = message.to.chat
        with in_our_words(private=is_private(chat)):
            sent = await self._bot.send_document(int(chat), file.content, filename=file.name, **more)
            return f"{sent.message_id:d}"


def _name(message: Outgoing, drawn: Drawn) -> bytes:
    to = message.to
    return hashlib.sha256(f"{to.chat}\n{to.topic}\n{message.reply_to}\n{drawn.html}".encode()).digest()
