"""Who and where, out of Telegram's own objects: accounts, chats and ids."""

from telegram import Chat as TelegramChat
from telegram import Message, User
from telegram.constants import ChatID, ChatType

from bot.speech import clean
from handlers.kit.inbound import Account, Chat

NOBODY = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL})
"""Accounts that stand in for a group, for Telegram itself and for a channel: never a person."""
LONGEST_NAME = 255
"""A title has at most 128 characters, first and last name 64 each; more comes from no real server."""


def ident(number: int) -> str:
    """An id as we keep it; raises ``ValueError`` or ``TypeError`` for anything but a whole number."""
    return f"{number:d}"


def account(user: User | None) -> Account | None:
    """The person; ``None`` for bots and for accounts that stand in for others."""
    if user is None or user.is_bot or user.id in NOBODY:
        return None
    name = clean(user.full_name, longest=LONGEST_NAME)
    return Account(
        "telegram", "", ident(user.id), name, clean(user.language_code or "", longest=LONGEST_NAME)
    )


def chat_of(chat: TelegramChat, message: Message | None = None) -> Chat:
    """The chat; with a message, the forum topic it lies in."""
    private = chat.type == ChatType.PRIVATE
    # Plain replies in a supergroup carry a thread id too: only this flag tells a topic.
    topic = message.message_thread_id if message and message.is_topic_message and not private else None
    title = "" if private else clean(chat.title or "", longest=LONGEST_NAME)
    # Only what is public has a name to find it by: https://core.telegram.org/bots/api#chat
    public = None if private else bool(chat.username)
    return Chat("telegram", "", ident(chat.id), "" if topic is None else ident(topic), private, title, public)
