"""Whatever is brought to the doors: a plain refusal or a quiet 200, nothing happens, and the neighbour is answered."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bench import chance, requests
from bot.telegram.webhook import SECRET_HEADER
from tests.acceptance.siege import FORM, JSON, TELEGRAM, WEBHOOK_SECRET, Body, Headers, Siege
from tests.stage.ready import Ready

Besieged = tuple[Siege, Ready]
EVENT = b'{"type":"event_callback","team_id":"T0HOME","event":{"type":"app_mention","user":"U0X","channel":"C0X"}}'
UPDATE = b'{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"hej"}}'
HUGE = b'{"type":"event_callback","a":"' + b"x" * (2 * 1024 * 1024) + b'"}'
DEEP, BOTTOMLESS = b'{"type":"x","a":' * 40 + b"1" + b"}" * 40, b"[" * 200_000


async def trickle() -> AsyncIterator[bytes]:
    """Two megabytes without a word about their length."""
    for _ in range(32):
        yield b" " * 65536


def of_slack(body: Body, **how: Any) -> Callable[[Siege], tuple[Body, Headers]]:
    """A request that is signed, in this way."""
    return lambda siege: (body, siege.signed(body if isinstance(body, bytes) else b"", **how))


def of_telegram(body: Body, *more: tuple[str, str]) -> Callable[[Siege], tuple[Body, Headers]]:
    """A request with the secret."""
    return lambda _siege: (body, (*TELEGRAM, *more))


def twice(name: str) -> Callable[[Siege], tuple[Body, Headers]]:
    """A signed request with one of its headers once more."""

    def made(siege: Siege) -> tuple[Body, Headers]:
        headers = siege.signed(EVENT)
        return EVENT, (*headers, *(each for each in headers if each[0] == name))

    return made


def changed(siege: Siege) -> tuple[Body, Headers]:
    """A body other than the one that was signed."""
    return EVENT.replace(b"U0X", b"U0Y"), siege.signed(EVENT)


ROWS: dict[str, tuple[str, Callable[[Siege], tuple[Body, Headers]], int, int]] = {
    "slack: no signature": ("slack", lambda _: (EVENT, (("content-type", JSON),)), 401, 0),
    "slack: signed with another secret": ("slack", of_slack(EVENT, secret="guessed"), 401, 0),
    "slack: changed after signing": ("slack", changed, 401, 0),
    "slack: six minutes old": ("slack", of_slack(EVENT, old=360), 401, 0),
    "slack: six minutes ahead": ("slack", of_slack(EVENT, old=-360), 401, 0),
    "slack: two signatures": ("slack", twice("x-slack-signature"), 401, 0),
    "slack: two timestamps": ("slack", twice("x-slack-request-timestamp"), 401, 0),
    "slack: two megabytes": ("slack", of_slack(HUGE), 413, 0),
    "slack: two megabytes, not announced": ("slack", lambda s: (trickle(), s.signed(b"")), 413, 0),
    "slack: forty levels deep": ("slack", of_slack(DEEP), 400, 0),
    "slack: bottomless": ("slack", of_slack(BOTTOMLESS), 400, 0),
    "slack: NaN": ("slack", of_slack(b'{"type":"event_callback","event_time":NaN}'), 400, 0),
    "slack: not UTF-8": ("slack", of_slack(b'{"type":"\xff\xfe"}'), 400, 0),
    "slack: nothing at all": ("slack", of_slack(b""), 400, 0),
    "slack: no object": ("slack", of_slack(b'[{"type":"event_callback"}]'), 400, 0),
    "slack: a form that holds no JSON": ("slack", of_slack(b"payload=%7B", kind=FORM), 400, 0),
    "slack: neither form nor JSON": ("slack", of_slack(EVENT, kind="text/xml"), 400, 0),
    "slack: a kind that nobody knows": ("slack", of_slack(b'{"type":"tomorrow"}'), 200, 1),
    "slack: a kind that is no text": ("slack", of_slack(b'{"type":{"a":1}}'), 200, 1),
    "slack: an event with nothing in it": ("slack", of_slack(EVENT), 200, 1),
    "slack: an event of a kind that nobody knows": (
        "slack", of_slack(b'{"type":"event_callback","team_id":"T0HOME","event":{"type":"tea_served"}}'), 200, 0,
    ),
    "slack: an event for another workspace": ("slack", of_slack(EVENT.replace(b"T0HOME", b"T0ELSE")), 200, 0),
    "slack: a command by nobody": ("slack", of_slack(b"command=%2Fsamsyn", kind=FORM), 200, 1),
    "slack: an interaction with nothing in it": ("slack", of_slack(b"payload=%7B%7D", kind=FORM), 200, 1),
    "telegram: no secret": ("telegram", lambda _: (UPDATE, (("content-type", JSON),)), 403, 0),
    "telegram: another secret": ("telegram", lambda _: (UPDATE, ((SECRET_HEADER, "guessed"),)), 403, 0),
    "telegram: a secret in strange letters": ("telegram", lambda _: (UPDATE, ((SECRET_HEADER, "åäö"),)), 403, 0),
    "telegram: a wrong secret before the right one": (
        "telegram", lambda _: (UPDATE, ((SECRET_HEADER, "guessed"), (SECRET_HEADER, WEBHOOK_SECRET))), 403, 0,
    ),
    "telegram: two megabytes": ("telegram", of_telegram(HUGE), 413, 0),
    "telegram: two megabytes, not announced": ("telegram", lambda _: (trickle(), TELEGRAM), 413, 0),
    "telegram: forty levels deep": ("telegram", of_telegram(DEEP), 400, 0),
    "telegram: bottomless": ("telegram", of_telegram(BOTTOMLESS), 400, 0),
    "telegram: NaN": ("telegram", of_telegram(b'{"update_id":NaN}'), 400, 0),
    "telegram: without end": ("telegram", of_telegram(b'{"update_id":1e999}'), 400, 0),
    "telegram: not UTF-8": ("telegram", of_telegram(b'{"update_id":"\xff"}'), 400, 0),
    "telegram: nothing at all": ("telegram", of_telegram(b""), 400, 0),
    "telegram: no object": ("telegram", of_telegram(b"[]"), 400, 0),
    "telegram: a kind that nobody knows": ("telegram", of_telegram(b'{"update_id":1,"tea":{"served":true}}'), 200, 0),
    "telegram: a kind that is no object": ("telegram", of_telegram(b'{"update_id":1,"message":"hej"}'), 200, 1),
    "telegram: an update with nothing in it": ("telegram", of_telegram(b"{}"), 200, 1),
    "telegram: a message without a chat": (
        "telegram", of_telegram(b'{"update_id":1,"message":{"message_id":1,"date":1}}'), 200, 1,
    ),
    "telegram: a message from the end of time": (
        "telegram", of_telegram(UPDATE.replace(b'"date":1', b'"date":99999999999999')), 200, 1,
    ),
}  # fmt: skip
"""Where, what, the status, and how much is set aside as unreadable."""


@pytest.mark.parametrize("attack", ROWS)
def test_a_request_that_is_not_right_changes_nothing(wall: Besieged, attack: str) -> None:
    """The status says what was wrong with it; nothing is stored but what is set aside, and nobody is written to."""
    siege, _ = wall
    platform, make, status, set_aside = ROWS[attack]
    before, buried, sent = siege.stock(), siege.count("dead_letter"), siege.sent()

    body, headers = make(siege)
    assert siege.does(siege.knock(platform, body, headers)) == status

    assert siege.stock() == before
    assert siege.count("dead_letter") - buried == set_aside
    assert siege.sent() == sent
    assert siege.does(siege.is_ready())


def test_all_of_it_at_once_delays_no_neighbour(wall: Besieged) -> None:
    """In the middle of everything wrong, what is right is answered in time, and shown in both chats."""
    siege, ready = wall
    before = siege.count("decision")
    knocks = [(platform, *make(siege), status) for platform, make, status, _ in ROWS.values()]

    async def bad(platform: str, body: Body, headers: Headers) -> int:
        return await siege.knock(platform, body, headers)

    async def good() -> int:
        await siege.slack.slash(ready.bo.user, siege.channel, "/samsyn", "beslut Vi håller ut")
        return 0

    statuses = siege.all_at_once(*(bad(*each[:3]) for each in knocks), good())

    assert statuses == [*(each[3] for each in knocks), 0]
    assert siege.count("decision") == before + 1
    for who in (ready.bo, ready.cilla):
        assert any("Vi håller ut" in words for words in who.reads_all())
    siege.reads_everything()


def test_nobody_gets_into_a_running_bot_and_nothing_breaks() -> None:
    """A process of its own and hundreds of strangers: malformed, signed and malformed, and signed with nearly the right secret."""
    seed = chance.seed()
    siege = requests.under_siege(seed, malformed=200, forged=600, slow=0)

    told = f"python -m bench.requests --seed {seed} --malformed 200 --forged 600: {siege}"
    assert sum(map(requests.broken, (siege.unsigned, siege.signed, siege.pages))) == 0, told
    assert (requests.accepted(siege.forged), set(siege.forged)) == (0, {401, 403}), told
    assert siege.rows == 0, told
    assert siege.signed[200] > 30, told
    assert siege.set_aside > 5, told
    assert siege.growth_mb <= requests.MOST_MB, told
    assert siege.descriptors <= 5, told
