"""The webhook's address: a stranger gets a refusal, Telegram gets 200 or a clear 503, and nobody gets anything else."""

import json
from collections.abc import AsyncIterator, Iterator
from itertools import repeat

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapter import Outcome
from bot.playground.telegram import Toast, User
from bot.telegram.webhook import MOST_BYTES, SECRET_HEADER, Malformed, is_telegram, strict_json
from handlers.kit.inbound import Happened
from handlers.kit.ui import Action, Button, Row, text
from tests.bot.standin_telegram.stage import NO_TLS
from tests.bot.telegram.bench import SECRET, Bench, card, outgoing
from tests.bot.telegram.test_translate import UPDATES

pytestmark = pytest.mark.anyio

HELLO = json.dumps(UPDATES["private words"]).encode()


class Caller:
    """Somebody who calls the address."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.client = httpx.AsyncClient(base_url=bench.address, trust_env=False, verify=NO_TLS)

    async def brings(
        self, body: bytes | AsyncIterator[bytes], secret: bytes | None = SECRET.encode()
    ) -> httpx.Response:
        """Bring a body; the answer's status."""
        headers = [] if secret is None else [(SECRET_HEADER.encode(), secret)]
        return await self.client.post("/hook", content=body, headers=headers)


@pytest.fixture(name="caller")
async def _caller(bench: Bench) -> AsyncIterator[Caller]:
    await bench.adapter(webhook=True).start()
    caller = Caller(bench)
    yield caller
    await caller.client.aclose()


async def test_an_update_is_taken_after_its_commit(bench: Bench, caller: Caller) -> None:
    """200 once it is handled; again, when it comes again; it is handled once."""
    answers = [(await caller.brings(HELLO)).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert bench.intake.texts == ["hej på dig"]


async def test_a_press_is_answered_in_the_reply(bench: Bench, caller: Caller) -> None:
    """No call is made for it; a press that comes again stops the spinner and says nothing."""
    bench.intake.answers = [Outcome(toast=text("words", words="Tack"))]
    press = UPDATES["press in a group"]
    query = press["callback_query"]["id"]
    calls = len(bench.ledger.calls)

    first, again = [(await caller.brings(json.dumps(press).encode())).json() for _ in range(2)]

    stop = {"method": "answerCallbackQuery", "callback_query_id": query}
    assert first == {**stop, "text": "Tack", "show_alert": False}
    assert again == stop
    assert len(bench.ledger.calls) == calls


async def test_the_one_who_pressed_sees_the_answer_of_the_reply(bench: Bench, ada: User, group: int) -> None:
    """Telegram does what the reply asks for."""
    adapter = bench.adapter(webhook=True)
    await adapter.start()
    await adapter.send(
        outgoing(card("§ 12", Row((Button(text("words", words="Ja"), Action("vote")),))), group)
    )
    bench.intake.answers = [Outcome(refused=text("words", words="Nej"))]

    press = await bench.tg.press(ada, bench.tg.seen(ada, group)[-1], "Ja")

    assert press
    assert await bench.tg.answered(press) == Toast("Nej", alert=True)


@pytest.mark.parametrize(
    "secret",
    [None, b"", b"wrong", SECRET.encode() + b" x", SECRET[:-1].encode(), b"\xff\xfe", b"\xc3\xa5" * 300],
)
async def test_who_does_not_know_the_secret_is_refused(
    bench: Bench, caller: Caller, secret: bytes | None
) -> None:
    """403 whatever the header is made of, also for bodies that are bad; nothing is handled or set aside."""
    for body in (HELLO, b"{", b"x" * 2 * MOST_BYTES):
        assert (await caller.brings(body, secret)).status_code == 403
    assert (bench.intake.handled, bench.intake.buried) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff", b"\xef\xbb\xbf{}", '{"a":"å"}'.encode("utf-16"),
        b'{"update_id":NaN}', b'{"update_id":Infinity}', b'{"update_id":1e999}', b'{"update_id":-1e999}',
        b'{"update_id":' + b"9" * 5000 + b"}", b'{"a":' * 33 + b"1" + b"}" * 33, b"[" * 100_000,
        b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}", b"update_id=1", b"<update/>", HELLO + b"x",
    ],
)  # fmt: skip
async def test_what_is_no_json_of_telegram_is_refused(bench: Bench, caller: Caller, body: bytes) -> None:
    """400, and nothing is set aside for it."""
    assert (await caller.brings(body)).status_code == 400
    assert (bench.intake.handled, bench.intake.buried) == ([], [])


async def test_a_huge_body_is_refused(caller: Caller) -> None:
    """413 for anything over a megabyte, also when its length was not told beforehand."""

    async def endless() -> AsyncIterator[bytes]:
        for piece in repeat(b"x" * 65536, 40):
            yield piece

    assert (await caller.brings(b" " * (MOST_BYTES + 1))).status_code == 413
    assert (await caller.brings(endless())).status_code == 413
    assert (await caller.brings(b" " * (MOST_BYTES - len(HELLO)) + HELLO)).status_code == 200


@pytest.mark.parametrize(
    "raw", [{}, {"update_id": "7"}, {"update_id": 7, "message": 1}, {"update_id": 7, "callback_query": {}}]
)
async def test_an_update_that_cannot_be_read_is_set_aside(bench: Bench, caller: Caller, raw: object) -> None:
    """200, so that it never comes again and holds up nobody."""
    assert (await caller.brings(json.dumps(raw).encode())).status_code == 200
    assert [json.loads(body) for _, _, body in bench.intake.buried] == [raw]


async def test_while_the_store_is_down_telegram_keeps_its_updates(bench: Bench, caller: Caller) -> None:
    """503 with a wait of a second, for good updates and for unreadable ones; later all is taken."""
    for body in (HELLO, b"{}"):
        bench.intake.down = 1
        answer = await caller.brings(body)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert (await caller.brings(body)).status_code == 200


async def test_before_the_start_telegram_keeps_its_updates(bench: Bench) -> None:
    """503 while we do not yet know our own name; a stranger is refused all the same."""
    bench.adapter(webhook=True)
    caller = Caller(bench)
    assert (await caller.brings(HELLO)).status_code == 503
    assert (await caller.brings(HELLO, b"wrong")).status_code == 403
    await caller.client.aclose()


async def test_without_a_webhook_the_route_is_shut(bench: Bench) -> None:
    """An adapter that fetches takes nothing that is brought."""
    await bench.adapter().start()
    caller = Caller(bench)
    assert (await caller.brings(HELLO)).status_code == 403
    await caller.client.aclose()


async def test_telegram_brings_again_what_was_not_taken(bench: Bench, caller: Caller, ada: User) -> None:
    """A refusal of ours is only a delay."""
    bench.intake.down = 1
    bench.tg.people.block(ada)
    await bench.tg.bell.until(lambda: bool(bench.tg.webhook.last_error))
    bench.tg.webhook.hurry()
    await bench.tg.quiet()

    assert caller.bench.intake.handled
    assert [each.what for each in bench.intake.handled if isinstance(each, Happened)] == ["unreachable"]


def test_secrets_are_compared_as_bytes() -> None:
    """Without a secret nobody is Telegram, not even with an empty header."""
    assert is_telegram(SECRET, SECRET)
    assert not any((is_telegram("", None), is_telegram("", SECRET), is_telegram("å", SECRET)))


def _nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def test_nesting_has_a_floor() -> None:
    """32 objects deep is fine, 33 is not."""
    assert strict_json(_nested(32))
    assert strict_json(b'{"location": [59.3, {"a": []}]}') == {"location": [59.3, {"a": []}]}
    with pytest.raises(Malformed):
        strict_json(_nested(33))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_malformed(body: bytes) -> None:
    """Nothing else is ever raised."""
    for each in _kinds(body):
        try:
            assert isinstance(strict_json(each), dict)
        except Malformed:
            continue


def _kinds(body: bytes) -> Iterator[bytes]:
    yield body
    yield b'{"a": "' + body + b'"}'
