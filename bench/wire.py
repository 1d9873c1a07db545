"""Requests as the platforms make them, complete with head and signature, each of them another event.

Sizes and fields follow recorded payloads: a command of 0.4 kB and a press of 2.9 kB from Slack, 0.4 and 1.1 kB from
Telegram. They are written before the clock runs, so that signing costs the load nothing.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus, urlencode

from bench import scene

SIGNING_SECRET: Final = "bench-signing-secret"  # noqa: S105 - good on loopback only
WEBHOOK_SECRET: Final = "bench-webhook-secret"  # noqa: S105
TELEGRAM_TOKEN: Final = f"{scene.TELEGRAM_BOT}:bench"
SLACK_TOKEN: Final = "xoxb-bench"  # noqa: S105
SLACK_PATH: Final = "/slack/events"
TELEGRAM_PATH: Final = "/telegram/updates"

Event = Callable[[int, str], bytes]
"""Makes the request of an event from its number and its words (or, for a press, the button's data)."""

_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_BEGAN: Final = int(time.time())


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a forum, by the number of the person and the forum's chats."""

    person: int
    channel: str = scene.CHANNEL
    group: int = scene.GROUP


def slack_command(number: int, words: str, seat: Seat | None = None) -> bytes:
    """``/samsyn`` with words, said in the channel."""
    seat = seat or _anybody(number)
    user = seat.person
    form = {
        "token": "legacy", "team_id": scene.TEAM, "team_domain": "bench", "channel_id": seat.channel,
        "channel_name": "trygghet", "user_id": scene.slack_user(user), "user_name": f"person{user}",
        "command": "/samsyn", "text": words, "api_app_id": "A0BENCH", "is_enterprise_install": "false",
        "response_url": f"https://hooks.slack.example/commands/T0BENCH/{number}/x",
        "trigger_id": f"{_BEGAN}{number % 1000:03d}.{number}.8088930838d88f008e0",
    }  # fmt: skip
    return _slack(urlencode(form), _FORM)


def slack_press(number: int, data: str, seat: Seat | None = None) -> bytes:
    """A press on a button of a card in the channel."""
    seat = seat or _anybody(number)
    user = scene.slack_user(seat.person)
    payload: dict[str, object] = {
        "type": "block_actions", "team": {"id": scene.TEAM, "domain": "bench"},
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": scene.TEAM},
        "api_app_id": "A0BENCH", "token": "legacy", "enterprise": None, "is_enterprise_install": False,
        "trigger_id": f"{_BEGAN}000.{number}.abc",
        "container": {"type": "message", "message_ts": "1772442001.000100", "channel_id": seat.channel,
                      "is_ephemeral": False},
        "channel": {"id": seat.channel, "name": "trygghet"}, "message": _CARD, "state": {"values": {}},
        "response_url": f"https://hooks.slack.example/actions/T0BENCH/{number}/x",
        "actions": [{"type": "button", "action_id": "2.0", "block_id": "bA1",
                     "text": {"type": "plain_text", "text": "Historik", "emoji": True}, "value": data,
                     "action_ts": f"{_BEGAN + number // 1_000_000}.{number % 1_000_000:06d}"}],
    }  # fmt: skip
    return _slack("payload=" + quote_plus(json.dumps(payload)), _FORM)


def telegram_command(number: int, words: str, seat: Seat | None = None) -> bytes:
    """A command of one word and more words, written in the group."""
    seat = seat or _anybody(number)
    message = {
        "message_id": 10_000 + number, "from": _telegram_user(seat.person), "chat": _group(seat), "date": _BEGAN,
        "text": words, "entities": [{"offset": 0, "length": len(words.split(maxsplit=1)[0]), "type": "bot_command"}],
    }  # fmt: skip
    return _telegram({"update_id": 100_000_000 + number, "message": message})


def telegram_press(number: int, data: str, seat: Seat | None = None) -> bytes:
    """A press on a button of a card in the group."""
    seat = seat or _anybody(number)
    rows = [[{"text": label, "callback_data": f"decisions.amend_form:1:{number}"}] for label in _LABELS]
    card = {
        "message_id": 900, "from": {"id": scene.TELEGRAM_BOT, "is_bot": True, "first_name": "Samsyn",
                                    "username": "SamsynBenchBot"},
        "chat": _group(seat), "date": _BEGAN, "text": _CARD_TEXT, "reply_markup": {"inline_keyboard": rows},
        "entities": [{"offset": 0, "length": 9, "type": "bold"}, {"offset": 10, "length": 60, "type": "blockquote"}],
    }  # fmt: skip
    query = {
        "id": f"43820000{number:010d}", "from": _telegram_user(seat.person), "message": card, "chat_instance": "-4",
        "data": data,
    }  # fmt: skip
    return _telegram({"update_id": 100_000_000 + number, "callback_query": query})


def _slack(words: str, kind: str) -> bytes:
    body, stamp = words.encode(), str(int(time.time()))
    signed = hmac.new(SIGNING_SECRET.encode(), b"v0:%b:%b" % (stamp.encode(), body), hashlib.sha256)
    heads = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed.hexdigest()}",
             "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*",
             "Accept-Encoding": "gzip,deflate"}  # fmt: skip
    return _request(SLACK_PATH, kind, heads, body)


def _telegram(update: dict[str, object]) -> bytes:
    body = json.dumps(update, ensure_ascii=False).encode()
    heads = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET, "Accept-Encoding": "gzip, deflate"}
    return _request(TELEGRAM_PATH, _JSON, heads, body)


def _request(path: str, kind: str, heads: dict[str, str], body: bytes) -> bytes:
    every = {"Host": "127.0.0.1", "Content-Type": kind, "Content-Length": str(len(body)), **heads}
    lines = "".join(f"{name}: {value}\r\n" for name, value in every.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def _anybody(number: int) -> Seat:
    return Seat(number % scene.PEOPLE)


def _telegram_user(user: int) -> dict[str, object]:
    first, _, last = scene.name_of(user).partition(" ")
    return {
        "id": scene.telegram_user(user), "is_bot": False, "first_name": first, "last_name": last,
        "username": f"person{user}", "language_code": "sv",
    }  # fmt: skip


def _group(seat: Seat) -> dict[str, object]:
    return {"id": seat.group, "title": "Trygghet", "type": "supergroup"}


_LABELS: Final = ("Ändra", "Ny åtgärd", "Historik", "Ångra")
_CARD_TEXT: Final = (
    "§ 12/2026\nArbetsgruppen beslutar att införa en gemensam rutin för belysning vid stationen\n"
    "Hur det beslutades: på mötet\nPerson 12, mån 2 mars 2026"
)
_CARD: Final = {
    "type": "message", "user": scene.SLACK_BOT, "bot_id": "B0BOT", "ts": "1772442001.000100", "text": "§ 12/2026",
    "blocks": [
        {"type": "header", "block_id": "b0", "text": {"type": "plain_text", "text": "§ 12/2026", "emoji": True}},
        *({"type": "section", "block_id": f"b{each}", "text": {"type": "mrkdwn", "text": _CARD_TEXT, "verbatim": True}}
          for each in (1, 2)),
        {"type": "actions", "block_id": "bA1", "elements": [
            {"type": "button", "action_id": f"{index}.0", "value": f"decisions.amend_form:1:{index}",
             "text": {"type": "plain_text", "text": label, "emoji": True}}
            for index, label in enumerate(_LABELS)]},
    ],
}  # fmt: skip
