"""From a Telegram update to what the engine understands. Pure: no network, no clock, no state.

In private everything counts. In a group only what is meant for the bot does: a command, a reply to one of its
messages, its name in the text. Whoever hides behind a group or a channel is nobody: the words arrive without a
person. Garbage inside an update raises one of ``UNREADABLE``; the caller sets the update aside.
"""

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Message, MessageEntity, Update
from telegram import Chat as TelegramChat
from telegram.constants import ChatID, ChatType, MessageEntityType

from bot.speech import clean
from bot.telegram.deep_links import data_of
from bot.telegram.standing import happened, our_standing, their_standing
from bot.telegram.whereabouts import LONGEST_NAME, account, chat_of, ident
from handlers.kit.inbound import Account, AnyInbound, Click, Said, Source
from handlers.kit.ui import BUTTON_BYTES

LONGEST = 4096
"""What one message can hold: https://core.telegram.org/bots/api#message"""
_USERNAME = re.compile(r"[A-Za-z0-9_]{1,64}")
UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, OSError, RecursionError,
)  # fmt: skip
"""What ``Update.de_json`` and ``translate`` raise on an update that is not as the documentation says."""


@dataclass(frozen=True, slots=True)
class Ourselves:
    """The bot's own account."""

    id: int
    username: str


def translate(update: Update, us: Ourselves) -> tuple[AnyInbound, ...]:
    """What an update means: usually one inbound, several when several people came, none when it is not for us."""
    key = f"{update.update_id:013d}:telegram"
    if update.message:
        return happened(update.message, key) or _said(update.message, key, us)
    if update.callback_query:
        return _pressed(update.callback_query, key)
    if update.my_chat_member:
        return our_standing(update.my_chat_member, key)
    if update.chat_member:
        return their_standing(update.chat_member, key)
    return ()


def _pressed(query: CallbackQuery, key: str) -> tuple[AnyInbound, ...]:
    if not (query.id and query.id.isascii() and query.id.isprintable()):
        raise ValueError("a press without an id to answer it by")
    message, data = query.message, None if query.data is None else clean(query.data, longest=BUTTON_BYTES)
    if message is None or data is None:
        return ()
    chat = chat_of(message.chat, message if isinstance(message, Message) else None)
    half_key = clean(str(query.chat_instance or ""), longest=LONGEST_NAME) if chat.private else ""
    return (
        Click(
            key=key, who=account(query.from_user), chat=chat, message=ident(message.message_id),
            message_private=chat.private, data=data, half_key=half_key,
        ),
    )  # fmt: skip


# --- Words -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """What a message says, with the marks that Telegram found in it. Offsets count UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...]

    def part(self, start: int, end: int | None = None) -> str:
        raw = self.text.encode("utf-16-le", "surrogatepass")
        return raw[start * 2 : None if end is None else end * 2].decode("utf-16-le", "surrogatepass")

    def marked(self, entity: MessageEntity) -> str:
        return self.part(entity.offset, entity.offset + entity.length)

    @property
    def command(self) -> MessageEntity | None:
        """The command that the message begins with."""
        return next(
            (e for e in self.entities if e.type == MessageEntityType.BOT_COMMAND and e.offset == 0), None
        )

    def mention(self, us: Ourselves) -> MessageEntity | None:
        """The first place where our name stands."""
        name = f"@{us.username}".casefold()
        mentions = (e for e in self.entities if e.type == MessageEntityType.MENTION)
        return next((e for e in mentions if self.marked(e).casefold() == name), None)


def _said(message: Message, key: str, us: Ourselves) -> tuple[AnyInbound, ...]:
    private = message.chat.type == ChatType.PRIVATE
    if message.via_bot or message.is_automatic_forward or _from_other_bot(message):
        return ()
    if message.forward_origin:
        # Somebody else's words: they command nothing, but in private they may be what a decision is made from.
        return (_shown(message, key),) if private else ()
    words = _Words(message.text or message.caption or "", tuple(message.entities or message.caption_entities))
    if command := words.command:
        return _commanded(message, key, us, words, command)
    if private:
        nothing = not words.text and (not message.effective_attachment or message.media_group_id)
        return () if nothing else (_words_for_us(message, key, words.text, us),)
    mention = words.mention(us)
    if mention is None and not _is_ours(_answered(message), us):
        return ()
    if mention and not words.part(0, mention.offset).strip():
        return (_words_for_us(message, key, words.part(mention.offset + mention.length), us),)
    return (_words_for_us(message, key, words.text, us),)


def _commanded(
    message: Message, key: str, us: Ourselves, words: _Words, command: MessageEntity
) -> tuple[AnyInbound, ...]:
    private = message.chat.type == ChatType.PRIVATE
    name, _, addressed = words.marked(command).removeprefix("/").partition("@")
    rest = words.part(command.length).strip()
    if addressed and addressed.casefold() != us.username.casefold():
        return ()
    if private and name.casefold() == "start":
        data = data_of(rest)
        chat = chat_of(message.chat, message)
        if data:
            who = _who(message)
            at = ident(message.message_id)
            return (Click(key=key, who=who, chat=chat, message=at, data=data, linked=True),)
        rest = ""
    return (_words_for_us(message, key, f"{name} {rest}", us, command=True),)


def _words_for_us(message: Message, key: str, text: str, us: Ourselves, *, command: bool = False) -> Said:
    answered = _answered(message)
    source = None if answered is None or _is_ours(answered, us) else _source(message, answered)
    return Said(
        key=key, who=_who(message), chat=chat_of(message.chat, message), message=ident(message.message_id),
        reply_to=ident(answered.message_id) if answered else "", text=clean(text, longest=LONGEST), source=source,
        command=command,
    )  # fmt: skip


def _shown(message: Message, key: str) -> Said:
    origin = message.forward_origin
    author = getattr(origin, "sender_user_name", "") or _name(
        getattr(origin, "sender_user", None),
        getattr(origin, "sender_chat", None) or getattr(origin, "chat", None),
    )
    words = clean(message.text or message.caption or "", longest=LONGEST)
    return Said(
        key=key, who=_who(message), chat=chat_of(message.chat, message), message=ident(message.message_id), text="",
        source=Source(words, clean(author, longest=LONGEST)),
    )  # fmt: skip


# --- Who and what ----------------------------------------------------------------------------------------------


def _who(message: Message) -> Account | None:
    return None if message.sender_chat else account(message.from_user)


def _from_other_bot(message: Message) -> bool:
    user = message.from_user
    return bool(user and user.is_bot and user.id not in (ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL))


def _answered(message: Message) -> Message | None:
    """The message replied to. In a forum topic everything seems to answer the line that opened the topic."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def _is_ours(message: Message | None, us: Ourselves) -> bool:
    return bool(message and message.from_user and message.from_user.id == us.id)


def _source(message: Message, answered: Message) -> Source:
    """What was replied to: the quoted part if the person chose one, otherwise all of it."""
    words = message.quote.text if message.quote else answered.text or answered.caption or ""
    author = _name(answered.from_user, answered.sender_chat)
    return Source(clean(words, longest=LONGEST), clean(author, longest=LONGEST), _link(answered))


def _name(user: object, chat: TelegramChat | None) -> str:
    title = chat.effective_name if chat else None
    return title or str(getattr(user, "full_name", ""))


def _link(message: Message) -> str:
    """The address of a message: only supergroups have one."""
    chat = message.chat
    if chat.type != ChatType.SUPERGROUP:
        return ""
    number = ident(message.message_id)
    if chat.username and _USERNAME.fullmatch(chat.username):
        return f"https://t.me/{chat.username}/{number}"
    return f"https://t.me/c/{ident(chat.id).removeprefix('-100')}/{number}"
