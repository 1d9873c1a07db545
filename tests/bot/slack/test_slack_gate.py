"""The HTTP door, with a real server behind it: what gets in, what is turned away, what must come again."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from starlette.routing import Route

from bot.adapter import OpenedForm, Outcome
from bot.slack.adapter import SlackAdapter
from handlers.kit.inbound import Said
from handlers.kit.ui import Form, TextField
from tests.bot.slack.bench import SECRET, Bench, HandClock, words
from tests.bot.slack.conftest import Served
from tests.bot.slack.test_slack_translate import recorded

pytestmark = pytest.mark.anyio
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MEGABYTE = 1024 * 1024
Headers = dict[str, str]


class Door:
    """Knocks at the adapter's route as anybody could."""

    def __init__(self, url: str, session: aiohttp.ClientSession, clock: HandClock) -> None:
        self.url = url
        self.session = session
        self.clock = clock

    def signed(self, body: bytes, *, kind: str = JSON, old: float = 0, secret: str = SECRET) -> Headers:
        """The headers that Slack would send."""
        stamp = str(int(self.clock.stamp() - old))
        signature = hmac.new(
            secret.encode(), b"v0:%b:%b" % (stamp.encode(), body), hashlib.sha256
        ).hexdigest()
        return {
            "content-type": kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }

    async def knock(self, body: bytes, headers: Any) -> tuple[int, str, aiohttp.ClientResponse]:
        """Status and words of the answer."""
        async with self.session.post(self.url, data=io.BytesIO(body), headers=headers) as reply:
            return reply.status, await reply.text(), reply

    async def sends(self, body: bytes, *, kind: str = JSON, **more: Any) -> int:
        """Send something signed; the status."""
        return (await self.knock(body, self.signed(body, kind=kind, **more)))[0]


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> SlackAdapter:
    return bench.adapter(app_token=None, signing_secret=SECRET)


@pytest.fixture(name="door")
async def _door(bench: Bench, served: Served, adapter: SlackAdapter) -> AsyncIterator[Door]:
    """The adapter listens to signed requests."""
    route = Route("/events", adapter.slack_events, methods=["POST"])
    served[2].router.routes.append(route)
    bench.slack.deliver_by = ("http", f"{bench.slack.base_url}/events")
    await adapter.start()
    async with aiohttp.ClientSession() as session:
        yield Door(f"{bench.slack.base_url}/events", session, bench.clock)
    served[2].router.routes.remove(route)


def mention() -> bytes:
    """An event that is ours."""
    payload = recorded("app_mention")
    payload["authorizations"][0]["team_id"] = "T0HOME"
    payload["event"] |= {"user": "U0ADA", "team": "T0HOME"}
    return json.dumps(payload).encode()


async def test_events_commands_and_presses_come_in(bench: Bench, door: Door) -> None:
    """The same as over Socket Mode, each in its own wrapping."""
    assert door.url
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut Kött & grönt + 100 % åäö")
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "beslut Kött & grönt + 100 % åäö")
    texts = [each.text for each in bench.engine.handled if isinstance(each, Said)]
    assert texts == ["beslut Kött & grönt + 100 % åäö"] * 2


async def test_a_store_that_is_down_lets_slack_come_again(bench: Bench, door: Door) -> None:
    """503 with a time to come back; an event is then delivered again."""
    bench.engine.down = 1
    status, _, reply = await door.knock(mention(), door.signed(mention()))
    assert (status, reply.headers["retry-after"]) == (503, "1")
    assert await door.sends(mention()) == 200
    assert len(bench.engine.handled) == 1


async def test_before_the_start_and_after_the_end_slack_comes_again(
    door: Door, adapter: SlackAdapter
) -> None:
    """The door stands, but nobody is in."""
    await adapter.stop()
    assert await door.sends(mention()) == 503


async def test_without_a_secret_there_is_no_door(bench: Bench, served: Served) -> None:
    """A bot on Socket Mode takes nothing over HTTP."""
    closed = bench.adapter()
    route = Route("/closed", closed.slack_events, methods=["POST"])
    served[2].router.routes.append(route)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{bench.slack.base_url}/closed", data=b"{}") as reply,
    ):
        assert reply.status == 404
    served[2].router.routes.remove(route)


async def test_slack_may_ask_whether_we_are_there(door: Door) -> None:
    """The address is tried when it is entered, and certificates are checked."""
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()
    assert (await door.knock(body, door.signed(body)))[:2] == (200, '{"challenge":"3eZbrw1a"}')
    broken = b'{"type": "url_verification", "challenge": "a\\ud800"}'
    assert (await door.knock(broken, door.signed(broken)))[:2] == (200, '{"challenge":"a"}')
    assert (await door.knock(body, {"content-type": JSON}))[0] == 401
    assert await door.sends(b"ssl_check=1&token=x", kind=FORM) == 200


async def test_what_is_not_signed_by_slack_is_turned_away(bench: Bench, door: Door) -> None:
    """Forged, stale, doubled or garbled: always 401, and nothing is looked at."""
    body = mention()
    good = door.signed(body)
    stamp, signature = good["x-slack-request-timestamp"], good["x-slack-signature"]
    rows: list[list[tuple[str, str]]] = [
        [],
        [("x-slack-signature", signature)],
        [("x-slack-request-timestamp", stamp)],
        [("x-slack-request-timestamp", stamp), ("x-slack-signature", "v0=å" + "0" * 60)],
        [("x-slack-request-timestamp", stamp), ("x-slack-signature", signature.upper())],
        [("x-slack-request-timestamp", stamp), ("x-slack-signature", signature[3:])],
        [("x-slack-request-timestamp", stamp), ("x-slack-signature", "")],
        [("x-slack-request-timestamp", "soon"), ("x-slack-signature", signature)],
        [("x-slack-request-timestamp", "-5"), ("x-slack-signature", signature)],
        [("x-slack-request-timestamp", "9" * 400), ("x-slack-signature", signature)],
        [("x-slack-request-timestamp", f"{stamp}.0"), ("x-slack-signature", signature)],
        [("x-slack-request-timestamp", "١٢٣"), ("x-slack-signature", signature)],
        [*good.items(), ("x-slack-signature", signature)],
        [*good.items(), ("x-slack-signature", "v0=0")],
        [*good.items(), ("x-slack-request-timestamp", stamp)],
    ]
    for row in rows:
        headers = [each for each in row if each[0] != "content-type"]
        assert (await door.knock(body, [*headers, ("content-type", JSON)]))[0] == 401, row
    assert await door.sends(body, secret="another") == 401
    for flipped in range(0, len(body), 37):
        changed = body[:flipped] + bytes([body[flipped] ^ 1]) + body[flipped + 1 :]
        assert (await door.knock(changed, good))[0] == 401
    assert (bench.engine.handled, bench.engine.buried) == ([], [])


@pytest.mark.parametrize(("old", "status"), [(298, 200), (-297, 200), (302, 401), (-302, 401), (86400, 401)])
async def test_what_is_too_old_is_turned_away(door: Door, old: float, status: int) -> None:
    """Five minutes either way."""
    assert await door.sends(mention(), old=old) == status


async def test_what_is_too_large_is_not_even_read(door: Door) -> None:
    """By its own word, or when it turns out to be."""
    big = b" " * (2 * MEGABYTE)
    assert await door.sends(big) == 413

    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 65536

    async with door.session.post(door.url, data=trickle(), headers=door.signed(b"")) as reply:
        assert reply.status == 413
    padded = mention() + b" " * (MEGABYTE - len(mention()))
    assert await door.sends(padded) == 200


async def test_a_wide_payload_is_not_a_deep_one(bench: Bench, door: Door) -> None:
    """Long cards have many blocks; brackets in people's words count for nothing."""
    wide = {"type": "view_closed", "view": {"callback_id": "form", "blocks": [{}] * 50}, "words": "[{" * 100}
    assert await door.sends(json.dumps(wide).encode()) == 200
    assert bench.engine.buried == []


def deep(levels: int) -> bytes:
    """JSON of that depth."""
    return b'{"type":"x","a":' * levels + b"1" + b"}" * levels


GARBLED: list[tuple[bytes, str]] = [
    (b"", JSON),
    (b"{", JSON),
    (b"nonsense", JSON),
    (b"\xff\xfe", JSON),
    (b"[]", JSON),
    (b"null", JSON),
    (b"1", JSON),
    (b'"x"', JSON),
    (b'{"type": NaN}', JSON),
    (b'{"type": Infinity}', JSON),
    (b'{"type": "x"} trailing', JSON),
    (b'{"type": ' + b"1" * 5000 + b"}", JSON),
    (deep(33), JSON),
    (deep(5000), JSON),
    (b"[" * 100_000, JSON),
    (b'{"type": "x"}', "text/plain"),
    (b'{"type": "x"}', ""),
    (b"payload=", FORM),
    (b"payload=%7B", FORM),
    (b"payload=5", FORM),
    (b"payload=" + quote(deep(40).decode()).encode(), FORM),
    (b"payload=%FF%FE", FORM),
    (b"\xff=\xfe", FORM),
]


@pytest.mark.parametrize(("body", "kind"), GARBLED)
async def test_what_is_no_json_is_turned_away(door: Door, bench: Bench, body: bytes, kind: str) -> None:
    """Even when it is signed."""
    assert await door.sends(body, kind=kind) == 400
    assert bench.engine.buried == []


STRANGE: list[tuple[bytes, str]] = [
    (b"{}", JSON),
    (b'{"a": 1}', JSON),
    (b'{"type": 5}', JSON),
    (b'{"type": "hello"}', JSON),
    (b'{"type": "event_callback"}', JSON),
    (
        b'{"type": "event_callback", "team_id": "T0HOME", "event": {"type": "app_mention", "user": "U1"}}',
        JSON,
    ),
    (b'{"type": "event_callback", "authorizations": 7, "event": {}}', JSON),
    (deep(32), JSON),
    (b"a=b&c", FORM),
    (b"&&&===", FORM),
    (b"", FORM),
    (b"command=%2Fsamsyn", FORM),
    (b"command=%2Fsamsyn&team_id=T0HOME&user_id=U1&channel_id=C1&trigger_id=x", FORM),
    (b"payload=%7B%7D", FORM),
    (urlencode({"payload": json.dumps({"type": "block_actions", "actions": [1]})}).encode(), FORM),
]


@pytest.mark.parametrize(("body", "kind"), STRANGE)
async def test_what_slack_signed_and_nobody_can_read_is_set_aside(
    door: Door, bench: Bench, body: bytes, kind: str
) -> None:
    """It is acknowledged, so that it does not come again and again; not while the store is down."""
    bench.engine.down = 1
    assert await door.sends(body, kind=kind) == 503
    assert await door.sends(body, kind=kind) == 200
    assert len(bench.engine.buried) == 1


async def test_a_press_and_a_submission_over_http(bench: Bench, door: Door) -> None:
    """What a modal is told comes back as JSON."""
    assert door.url
    form = Form(words("Fråga"), words("Spara"), (TextField(key="what", label=words("Vad")),))
    bench.engine.answers = [
        Outcome(form=OpenedForm("some.ask:7", form)),
        Outcome(errors={"what": words("Nej.")}),
    ]
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "fråga")
    await bench.until(lambda: bench.slack.modal(bench.ada))
    assert await bench.slack.submit(bench.ada, {"Vad": "x"}) == {"Vad": "Nej."}
    assert await bench.slack.submit(bench.ada, {"Vad": "y"}) == {}
