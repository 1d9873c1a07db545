"""What an error of the Bot API means for a message that was to be sent.

PTB's own classes are not enough: ``BadRequest`` and ``TimedOut`` are kinds of ``NetworkError`` there, and a 404 or
401 is ``InvalidToken``. Messages of errors may quote the token or somebody's words, so only our own words leave here
and nothing is chained.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.adapter import (
    Broken,
    Gone,
    MessageGone,
    Moved,
    NotNow,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)

NOT_CONNECTED_SECONDS = 5.0
"""How long to wait when no connection came about."""
FLOOD_SECONDS = 30.0
"""How long to wait when the server names no time."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NONSENSE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
_TEXT_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "no text in the message",
)
_CHAT_GONE = (
    "chat not found", "peer_id_invalid", "user not found", "user_deactivated", "user is deactivated",
    "group chat was deactivated", "group is deactivated", "chat was deleted", "channel_private",
    "message thread not found", "topic_closed", "topic_deleted", "chat_write_forbidden", "chat_restricted",
    "chat_send_plain_forbidden", "not enough rights", "have no rights to send", "bot is not a member",
)  # fmt: skip
"""The server's words for a chat that takes nothing from us."""


class Flood(TelegramError):  # noqa: N818
    """The server said how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class AnotherPoller(SendTrouble):
    """Another process fetches updates with our token, or a webhook is set elsewhere: one of the two must stop."""


@contextmanager
def in_our_words(*, private: bool = False) -> Iterator[None]:
    """Turn every error of the client inside into a ``SendTrouble``."""
    try:
        yield
    except TelegramError as error:
        raise trouble_of(error, private=private) from None
    except _NONSENSE as error:
        raise Uncertain(f"the answer makes no sense: {type(error).__name__}") from None


def trouble_of(error: TelegramError, *, private: bool) -> SendTrouble:
    """What the error means; ``private`` says which kind of chat the call was about."""
    match error:
        case ChatMigrated():
            return Moved(f"{error.new_chat_id}")
        case InvalidToken() | EndPointNotFound():
            return Revoked("Telegram does not accept the token")
        case Conflict():
            return AnotherPoller("another process fetches updates with the same token")
        case Forbidden():
            return Unreachable("403") if private else Gone("403")
        case BadRequest():
            return _bad_request(error.message.casefold(), private=private)
        case _:
            return _network(error)


def is_not_modified(error: TelegramError) -> bool:
    """Whether an edit changed nothing because the message already is as wanted."""
    return isinstance(error, BadRequest) and "not modified" in error.message.casefold()


def is_without_text(error: TelegramError) -> bool:
    """Whether what was to be changed is a photo: its words are a caption."""
    return isinstance(error, BadRequest) and "no text in the message" in error.message.casefold()


def _bad_request(words: str, *, private: bool) -> SendTrouble:
    if any(each in words for each in _TEXT_GONE):
        return MessageGone("the message cannot be changed")
    if any(each in words for each in _CHAT_GONE):
        return Unreachable("400") if private else Gone("400")
    return Refused("400")


def _network(error: TelegramError) -> SendTrouble:
    words = error.message.casefold()
    flood = error if isinstance(error, Flood) else error.__cause__
    if isinstance(flood, Flood):
        return NotNow(flood.seconds)
    if isinstance(error.__cause__, _NOT_SENT):
        return NotNow(NOT_CONNECTED_SECONDS, everywhere=True)
    if words.startswith("too many requests"):
        return NotNow(FLOOD_SECONDS)
    if words.startswith("request entity too large"):
        return Refused("413")
    if type(error) is NetworkError and not isinstance(error.__cause__, httpx.HTTPError):
        return Broken("the server says that it is broken")
    return Uncertain(type(error.__cause__ or error).__name__)
