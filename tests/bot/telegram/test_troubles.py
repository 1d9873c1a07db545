"""What the client's errors mean, also those that the stand-in cannot play."""

import json

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
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
from bot.telegram.client import Connections
from bot.telegram.troubles import AnotherPoller, Flood, in_our_words, is_not_modified, trouble_of


def _because(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "in_private", "in_group"),
    [
        (Forbidden("bot was blocked by the user"), Unreachable, Gone),
        (BadRequest("Chat not found"), Unreachable, Gone),
        (BadRequest("PEER_ID_INVALID"), Unreachable, Gone),
        (BadRequest("Message to edit not found"), MessageGone, MessageGone),
        (BadRequest("Message can't be edited"), MessageGone, MessageGone),
        (BadRequest("MESSAGE_ID_INVALID"), MessageGone, MessageGone),
        (BadRequest("Can't parse entities: unclosed start tag"), Refused, Refused),
        (BadRequest("Something nobody has seen yet"), Refused, Refused),
        (ChatMigrated(-100), Moved, Moved),
        (InvalidToken(), Revoked, Revoked),
        (EndPointNotFound("x"), Revoked, Revoked),
        (Conflict("x"), AnotherPoller, AnotherPoller),
        (TimedOut(), Uncertain, Uncertain),
        (_because(TimedOut(), httpx.ReadTimeout("x")), Uncertain, Uncertain),
        (_because(TimedOut(), httpx.WriteTimeout("x")), Uncertain, Uncertain),
        (_because(TimedOut(), httpx.ConnectTimeout("x")), NotNow, NotNow),
        (_because(TimedOut(), httpx.PoolTimeout("x")), NotNow, NotNow),
        (_because(NetworkError("x"), httpx.ConnectError("x")), NotNow, NotNow),
        (_because(NetworkError("x"), httpx.RemoteProtocolError("x")), Uncertain, Uncertain),
        (_because(NetworkError("Too Many Requests (429)"), Flood(17)), NotNow, NotNow),
        (NetworkError("Internal Server Error"), Broken, Broken),
        (TelegramError("the answer is no JSON"), Uncertain, Uncertain),
    ],
)
def test_an_error_means(
    error: TelegramError, in_private: type[SendTrouble], in_group: type[SendTrouble]
) -> None:
    """The same error may mean something else in private and in a group."""
    assert type(trouble_of(error, private=True)) is in_private
    assert type(trouble_of(error, private=False)) is in_group


def test_troubles_carry_no_words_of_the_server() -> None:
    """Errors may quote the token or a message; neither goes on, not even as a cause."""
    with pytest.raises(SendTrouble) as trouble, in_our_words():
        raise InvalidToken("The token `4200:secret` was rejected by the server.")

    assert "secret" not in str(trouble.value)
    assert trouble.value.__suppress_context__


def test_an_edit_that_changes_nothing_is_told_apart() -> None:
    """Only the server's own words for it count."""
    assert is_not_modified(BadRequest("Message is not modified: specified new message content …"))
    assert not is_not_modified(BadRequest("Chat not found"))
    assert not is_not_modified(NetworkError("not modified"))


@pytest.mark.parametrize("wait", [0, -1, "7", None, 1.5])
def test_a_wait_without_sense_is_not_taken_for_one(wait: object) -> None:
    """Only whole seconds above zero are a flood wait."""
    body = json.dumps({"ok": False, "parameters": {"retry_after": wait}})

    assert Connections.parse_json_payload(body.encode())["ok"] is False
