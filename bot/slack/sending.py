"""Messages out: posts, private messages, ephemeral answers, updates and App Home.

Nothing is sent twice from here: what became of a message is said by the kind of trouble, and the dispatcher decides.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

import structlog

from bot.adapter import Gone, MessageGone, NotNow, Outgoing, Refused, SendTrouble, Uncertain, Unreachable
from bot.charts import painted, picture_of
from bot.clock import Clock
from bot.documents.outgoing import document_of, file_of, without_file
from bot.slack.blocks import HOME_BLOCKS, HOME_SIZE, Drawn, Pen, short
from bot.slack.directory import Directory
from bot.slack.late_answers import LateAnswers
from bot.slack.troubles import SOON, ThreadClosed
from bot.slack.uploads import Uploads
from bot.slack.web_api import Json, WebApi
from bot.speech import Speech
from handlers.kit.ui import Line, text

log = structlog.get_logger()
PLAIN: Final = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
"""No previews of links, and no notation read in the words for notifications."""
PROCESSING: Final = (0.5, 1.0, 2.0, 3.0)
"""Seconds between tries while Slack still looks at a picture; a message that names one too early is refused."""
FILE_TITLE: Final = 100
TOO_EARLY: Final = "invalid_blocks"


class Sender:
    """Sends drawn messages."""

    def __init__(
        self, api: WebApi, directory: Directory, late: LateAnswers, speech: Speech, clock: Clock
    ) -> None:
        self._api = api
        self._directory = directory
        self._late = late
        self._speech = speech
        self._clock = clock
        self._uploads = Uploads(api)

    def pen(self, language: str, zone: str) -> Pen:
        """What draws a sentence or a form for one person."""
        return Pen(self._speech, language, zone)

    async def send(self, message: Outgoing) -> str:
        """Draw and send; the message's id, or "" for a page or an ephemeral. Raises ``SendTrouble``."""
        pen = Pen(self._speech, message.language, message.zone, message.forum, message.mentions)
        if message.kind == "publish":
            await self._publish(message.to.chat, pen.card(message.card, most=HOME_BLOCKS, size=HOME_SIZE))
            return ""
        if message.kind != "update" and document_of(message.card):
            return await self._with_document(message, pen)
        file = await self._file(message, pen)
        if not file:
            return await self._sent(message, pen.card(message.card))
        drawn = pen.card(message.card, file=file)
        for pause in PROCESSING:
            try:
                return await self._sent(message, drawn)
            except Refused as refusal:
                if str(refusal) != TOO_EARLY:
                    break
            await self._clock.sleep(pause)
        log.warning("slack picture not shown", kind=message.kind)
        self._uploads.forget(file)
        return await self._sent(message, pen.card(message.card))

    async def _sent(self, message: Outgoing, drawn: Drawn) -> str:
        chat = message.to.chat
        if message.kind == "update":
            return await self._update(chat, message.message, drawn)
        if message.kind != "whisper":
            return await self._post(chat, drawn, message.thread)
        return await self.whisper(
            chat, message.person_user, drawn, thread=message.thread, replaces=message.replaces
        )

    async def _file(self, message: Outgoing, pen: Pen) -> str:
        """The card's picture, uploaded; "" where the words have to do."""
        picture = picture_of(message.card)
        png = await painted(picture, self._speech, message.language, message.zone) if picture else b""
        if picture is None or not png:
            return ""
        title = short(pen.words(message.card.title), FILE_TITLE)
        return await self._uploads.upload(png, f"{picture.drawing}.png", title)

    async def _with_document(self, message: Outgoing, pen: Pen) -> str:
        """The card, and its file in its thread; only the one who asked sees a file that was asked for."""
        written = await file_of(message.card, self._speech, message.language, message.zone)
        in_words = pen.card(without_file(message.card))
        file = await self._uploads.bring(written.content, written.name) if written else ""
        if not file:
            return await self._sent(message, in_words)
        chat, card = message.to.chat, message.card
        aside = message.kind == "whisper" and not is_person(chat)
        where = await self._channel(message.person_user if aside else chat)
        if aside:
            card = replace(card, body=(*card.body, Line(text("slack-file-in-private"), "small")))
        sent = await self._sent(message, pen.card(card))
        thread = "" if aside or is_person(chat) else message.thread or sent
        if written and not await self._uploads.share(file, written.name, where, thread, self._clock):
            await self._sent(message, in_words)
        return sent

    async def whisper(
        self, chat: str, user: str, drawn: Drawn, *, thread: str = "", replaces: str = ""
    ) -> str:
        """Say something to one person where they are. In private it is a message like any other."""
        if is_person(chat):
            return await self._in_private(chat, drawn, thread, replaces)
        if replaces and not drawn.picture and await self._replaced(chat, replaces, drawn):
            return ""
        try:
            await self._ephemeral(chat, user, drawn, thread)
        except (Gone, Unreachable):
            # The bot is not in there: a command was used where it was never invited.
            url = self._late.take(chat, user)
            if not url:
                raise
            with suppress(Refused):  # the address works no longer, so nothing reaches them there any more
                await self._api.answer(
                    url, {"response_type": "ephemeral", "replace_original": False, **_in_words(drawn)}
                )
                return ""
            raise
        return ""

    async def _in_private(self, user: str, drawn: Drawn, thread: str, replaces: str) -> str:
        if replaces:
            try:
                return await self._update(user, replaces, drawn)
            except MessageGone:
                pass
        return await self._post(user, drawn, thread)

    async def _replaced(self, chat: str, message: str, drawn: Drawn) -> bool:
        url = self._late.take(chat, message)
        if not url:
            return False
        try:
            await self._api.answer(url, {"replace_original": True, **_said(drawn)})
        except Uncertain as unknown:
            raise NotNow(SOON) from unknown  # to put the same in its place again changes nothing
        except Refused:
            return False  # the address works no longer
        return True

    async def _ephemeral(self, chat: str, user: str, drawn: Drawn, thread: str) -> None:
        where: Json = {"channel": chat, "user": user, **_said(drawn)}
        try:
            await self._api.tell("chat.postEphemeral", **where, **({"thread_ts": thread} if thread else {}))
        except ThreadClosed:
            if not thread:
                raise
            await self._api.tell("chat.postEphemeral", **where)

    async def _post(self, chat: str, drawn: Drawn, thread: str) -> str:
        where: Json = {"channel": await self._channel(chat), **_said(drawn), **PLAIN}
        try:
            try:
                reply = await self._api.tell(
                    "chat.postMessage", **where, **({"thread_ts": thread} if thread else {})
                )
            except ThreadClosed:
                if not thread:
                    raise
                reply = await self._api.tell("chat.postMessage", **where)
        except Gone as gone:
            raise self._lost(chat, gone) from gone
        return _id(reply)

    async def _update(self, chat: str, message: str, drawn: Drawn) -> str:
        try:
            reply = await self._api.tell(
                "chat.update", channel=await self._channel(chat), ts=message, **_said(drawn)
            )
        except Uncertain as unknown:
            raise NotNow(SOON) from unknown  # to say the same again changes nothing
        except Gone as gone:
            raise self._lost(chat, gone) from gone
        return _id(reply)

    async def _publish(self, user: str, drawn: Drawn) -> None:
        try:
            await self._api.tell("views.publish", user_id=user, view={"type": "home", "blocks": drawn.blocks})
        except Uncertain as unknown:
            raise NotNow(SOON) from unknown

    async def _channel(self, chat: str) -> str:
        if not is_person(chat):
            return chat
        try:
            return await self._directory.private_channel(chat)
        except Uncertain as unknown:
            raise NotNow(SOON) from unknown  # a channel may be opened any number of times

    def _lost(self, chat: str, gone: Gone) -> SendTrouble:
        """A private channel that is not there means that the person is not."""
        if not is_person(chat):
            return gone
        self._directory.forget_private(chat)
        return Unreachable(str(gone))


def is_person(chat: str) -> bool:
    """Whether a chat is the private talk with the person of that id."""
    return chat[:1] in ("U", "W")


def _said(drawn: Drawn) -> Json:
    return {"text": drawn.text, "blocks": drawn.blocks}


def _in_words(drawn: Drawn) -> Json:
    """Without the picture: an address tells by no code why it refuses something."""
    return {"text": drawn.text, "blocks": [each for each in drawn.blocks if each["type"] != "image"]}


def _id(reply: Json) -> str:
    ts = reply.get("ts")
    if not isinstance(ts, str) or not ts:
        raise Uncertain("no ts in the reply")
    return ts
