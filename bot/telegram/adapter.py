"""Telegram as one of the bot's platforms: takes updates in by polling or webhook, draws and sends messages.

``start`` asks who we are, names the commands and opens the way in. ``send`` tries once and says plainly how that
went; pacing and second tries are the dispatcher's.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import BadRequest

from bot.adapter import Intake, MessageGone, NotNow, Outgoing, Refused, SendTrouble
from bot.charts import picture_of
from bot.clock import Clock
from bot.documents.outgoing import document_of, without_file
from bot.holds import Holds
from bot.speech import Speech
from bot.telegram.client import client, hush
from bot.telegram.intake import ALLOWED, Entrance
from bot.telegram.photos import Photos
from bot.telegram.polling import Polling
from bot.telegram.presses import Presses
from bot.telegram.render import CAPTION_UNITS, Drawn, Undrawable, is_private, render
from bot.telegram.translate import Ourselves
from bot.telegram.troubles import in_our_words, is_not_modified, is_without_text
from bot.telegram.webhook import receive
from bot.telegram.whereabouts import chat_of
from handlers.kit.inbound import Happened
from prompts.texts import TextError
from storage.db import StoreUnavailable

log = structlog.get_logger()

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""Per language, commands and what they are for; the first language is everybody's who has no other."""
OFFICIAL: Final = "https://api.telegram.org/bot"
SHARED_POLL: Final = 8
"""Seconds that one of several processes waits for updates before it renews its turn."""
GRACE_SECONDS: Final = 10.0
"""How much longer than the poll itself an answer may take."""
_RUNS_IT = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramAdapter:
    """One bot in Telegram. With ``webhook_url`` updates are brought, without they are fetched.

    One of several processes with the same token may only send (``listens``), or asks ``is_our_turn`` before it fetches.

    Raises ``ValueError`` for a webhook without a secret that Telegram accepts.
    """

    platform = "telegram"

    def __init__(
        self,
        *,
        token: str,
        intake: Intake,
        speech: Speech,
        clock: Clock,
        commands: Commands,
        base_url: str = OFFICIAL,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        poll_seconds: int = 50,
        holds: Holds | None = None,
        listens: bool = True,
        is_our_turn: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        if webhook_url and not _SECRET.fullmatch(webhook_secret or ""):
            raise ValueError("a webhook needs a secret of 1-256 letters, digits, _ and -")
        self._holds = holds or Holds(self.platform, clock)
        self._bot = client(token, base_url, self._holds)
        self._intake = intake
        self._speech = speech
        self._clock = clock
        self._commands = commands
        self._webhook_url = webhook_url
        self._webhook_secret = webhook_secret
        self._poll_seconds = min(poll_seconds, SHARED_POLL) if is_our_turn else poll_seconds
        self._listens = listens
        self._is_our_turn = is_our_turn
        self._presses = Presses(self._bot, speech)
        self._photos = Photos(self._bot, speech)
        self._public: set[str] = set()
        self._entrance: Entrance | None = None
        self._polling: Polling | None = None
        self._fetching: asyncio.Task[None] | None = None

    @property
    def username(self) -> str:
        """Our name in Telegram, known once started."""
        return self._bot.username

    @property
    def trouble(self) -> SendTrouble | None:
        """Why no updates are fetched any more: a bad token, or another process that fetches them."""
        return self._polling.trouble if self._polling else None

    @property
    def hears(self) -> bool:
        """Whether what happens in Telegram reaches us: always where it is brought."""
        return self._polling is None or self._polling.is_answered

    async def ended(self) -> SendTrouble | None:
        """Wait until fetching ends, by ``stop`` or by itself, and say why. At once when it is not fetching."""
        if self._fetching:
            await asyncio.wait((self._fetching,))
        return self.trouble

    # --- In ----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to take updates in. Raises ``SendTrouble`` when Telegram refuses us or is not there."""
        hush()
        await self._holds.recall()
        try:
            with in_our_words():
                await self._bot.initialize()
                me = Ourselves(self._bot.id, self._bot.username)
                if self._listens:
                    await self._open()
        except SendTrouble:
            await self._bot.shutdown()
            raise
        if self._listens:
            await self._name_commands()
        self._entrance = Entrance(self._intake, me, self._presses)
        if self._listens and not self._webhook_url:
            self._polling = Polling(self._fetch, self._entrance.take_all, self._clock, self._is_our_turn)
            self._fetching = asyncio.create_task(self._polling.run())

    async def stop(self) -> None:
        """Take nothing more in; what is being handled is finished, and its presses answered."""
        if self._polling and self._fetching:
            self._polling.stop()
            await self._fetching
        self._entrance = None
        await self._presses.finish()
        await self._bot.shutdown()

    async def take_again(self, update: object) -> None:
        """Take in an update that was set aside. Raises ``NotNow`` while not connected, ``StoreUnavailable``."""
        if self._entrance is None:
            raise NotNow(GRACE_SECONDS, everywhere=True)
        await self._entrance.take_all([update])

    async def telegram_updates(self, request: Request) -> Response:
        """The route that ``webhook_url`` leads to."""
        return await receive(request, self._webhook_secret, self._entrance.take if self._entrance else None)

    async def _open(self) -> None:
        if self._webhook_url:
            await self._bot.set_webhook(
                self._webhook_url, allowed_updates=ALLOWED, secret_token=self._webhook_secret
            )
        else:
            await self._bot.delete_webhook()

    async def _fetch(self, offset: int, wait: bool) -> Sequence[object]:
        seconds = self._poll_seconds if wait else 0
        wish = {"offset": offset, "timeout": seconds, "limit": 100 if wait else 1, "allowed_updates": ALLOWED}
        with in_our_words():
            # Lower case: the server does not mind, and PTB takes no offence at a method that it knows itself. Its own
            # get_updates builds all objects at once, so that one unreadable update would hide all others.
            batch = await self._bot.do_api_request(
                "getupdates", api_kwargs=wish, read_timeout=seconds + GRACE_SECONDS
            )
            if not isinstance(batch, list):
                raise TypeError("no list of updates")
        return batch

    async def _name_commands(self) -> None:
        """Let the apps suggest our commands; without them everything still works."""
        scopes = (BotCommandScopeDefault(), BotCommandScopeAllGroupChats())
        lists = [(None, next(iter(self._commands.values()), ())), *self._commands.items()]
        calls = [
            self._bot.set_my_commands([BotCommand(*each) for each in named], scope, language)
            for language, named in lists
            for scope in scopes
        ]
        try:
            with in_our_words():
                await asyncio.gather(*calls)
        except SendTrouble as trouble:
            log.warning("commands not named", trouble=type(trouble).__name__)

    # --- Out ---------------------------------------------------------------------------------------------------

    async def send(self, message: Outgoing) -> str:
        """Send once, and return the message id. Raises ``SendTrouble``.

        What was to take the place of a message that is gone becomes a new message; only for an ``update`` is
        ``MessageGone`` raised. A picture or a file takes no message's place, and its own is not taken: it is a new one.
        """
        if message.kind == "publish":
            return ""
        try:
            drawn = render(message, self._speech, self.username)
        except (Undrawable, TextError) as fault:
            raise Refused(str(fault)) from None
        if message.kind == "update":
            return await self._change(message, message.message, drawn)
        if document_of(message.card):
            return await self._post_file(message)
        if message.replaces and picture_of(message.card) is None:
            try:
                return await self._change(message, message.replaces, drawn)
            except MessageGone:
                pass
        return await self._post(message, drawn)

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:  # noqa: ARG002 - none here
        """Whether the person runs this chat."""
        with in_our_words(private=is_private(chat)):
            try:
                member = await self._bot.get_chat_member(int(chat), int(user))
            except BadRequest as refusal:
                words = refusal.message.casefold()
                if "inaccessible" in words:
                    admins = await self._bot.get_chat_administrators(int(chat))
                    return any(str(each.user.id) == user for each in admins)
                if "user" in words or "participant" in words:
                    return False
                raise
        return member.status in _RUNS_IT

    async def _post_file(self, message: Outgoing) -> str:
        drawn = render(message, self._speech, self.username, most=CAPTION_UNITS)
        if shown := await self._photos.send_file(message, drawn, _where(message)):
            return shown
        in_words = replace(message, card=without_file(message.card))
        return await self._post(in_words, render(in_words, self._speech, self.username))

    async def _post(self, message: Outgoing, drawn: Drawn) -> str:
        to, where = message.to, _where(message)
        if shown := await self._photos.send(message, drawn, where):
            return shown
        with in_our_words(private=is_private(to.chat)):
            sent = await self._bot.send_message(
                int(to.chat), drawn.html, ParseMode.HTML, reply_markup=drawn.keyboard,
                link_preview_options=_NO_PREVIEW, **where,
            )  # fmt: skip
            self._photos.arrived(message, drawn)
        await self._look_at(sent)
        return f"{sent.message_id:d}"

    async def _look_at(self, sent: Message) -> None:
        """Telegram tells nobody that a group becomes public, but the answer to what we post there shows it."""
        chat = chat_of(sent.chat, sent)
        if not chat.public:
            self._public.discard(chat.chat)
        elif chat.chat not in self._public:
            key = f"{sent.message_id:013d}:telegram:{chat.chat}:seen"
            with suppress(StoreUnavailable):  # then it is the next message that shows it
                await self._intake.handle(Happened(key=key, chat=chat, what="chat-seen"))
                self._public.add(chat.chat)

    async def _change(self, message: Outgoing, old: str, drawn: Drawn) -> str:
        with in_our_words(private=is_private(message.to.chat)):
            try:
                await self._bot.edit_message_text(
                    drawn.html, int(message.to.chat), int(old), parse_mode=ParseMode.HTML,
                    reply_markup=drawn.keyboard, link_preview_options=_NO_PREVIEW,
                )  # fmt: skip
            except BadRequest as refusal:
                if message.kind == "update" and is_without_text(refusal):
                    await self._change_caption(message, old)
                elif not is_not_modified(refusal):
                    raise
        return old

    async def _change_caption(self, message: Outgoing, old: str) -> None:
        """What hangs there is a photo: the words under it change, the picture stays as it was."""
        drawn = render(message, self._speech, self.username, most=CAPTION_UNITS)
        try:
            await self._bot.edit_message_caption(
                int(message.to.chat), int(old), caption=drawn.html, parse_mode=ParseMode.HTML,
                reply_markup=drawn.keyboard,
            )  # fmt: skip
        except BadRequest as refusal:
            if not is_not_modified(refusal):
                raise


def _where(message: Outgoing) -> dict[str, Any]:
    """The topic of a message, and what it answers."""
    answered = (
        ReplyParameters(int(message.reply_to), allow_sending_without_reply=True) if message.reply_to else None
    )
    return {
        "message_thread_id": int(message.to.topic) if message.to.topic else None,
        "reply_parameters": answered,
    }
