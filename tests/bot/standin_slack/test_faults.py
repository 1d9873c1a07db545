"""The ledger and the planted faults, which both stand-ins share."""

from typing import Any

import pytest
from starlette.responses import JSONResponse

from bot.playground.faults import CutOff, Faults, HungUp, Slow
from bot.playground.ledger import Call, Ledger

pytestmark = pytest.mark.anyio


def test_the_ledger_tells_sent_from_refused() -> None:
    """Messages of both platforms count as sent; typing notices and refusals do not."""
    ledger = Ledger()
    for platform, method, outcome in [
        ("slack", "chat.postMessage", "ok"),
        ("telegram", "sendMessage", "ok"),
        ("telegram", "sendChatAction", "ok"),
        ("slack", "chat.postMessage", "ratelimited"),
    ]:
        ledger.append(Call(platform, method, {}, outcome, 0.0))

    assert [call.platform for call in ledger.sent()] == ["slack", "telegram"]
    assert [call.outcome for call in ledger.refused()] == ["ratelimited"]
    assert len(ledger.of("send*", "telegram")) == len(list(ledger)) - 2


def test_faults_wait_for_their_own_platform() -> None:
    """A fault planted for one platform passes the other by, and strikes as often as it was told."""
    faults = Faults()
    faults.plant("send*", Slow(1), 2, platform="telegram")

    assert faults.take("slack", "sendMessage") is None
    assert [faults.take("telegram", "sendPhoto") for _ in range(3)] == [Slow(1), Slow(1), None]


async def test_hanging_up_works_under_any_server() -> None:
    """Without a transport to close, the answer stops after its head."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    await HungUp()({"type": "http"}, receive, send)

    assert [message["type"] for message in sent] == ["http.response.start"]


async def test_hanging_up_closes_the_connection_of_the_server() -> None:
    """With a server's own connection at hand it is closed, and nothing is sent."""

    class Cycle:
        """What a server keeps of one request."""

        def __init__(self) -> None:
            self.transport = self
            self.left = ["http.request", "http.disconnect"]
            self.closed = False

        def close(self) -> None:
            self.closed = True

        async def receive(self) -> Any:
            return {"type": self.left.pop(0)}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    cycle = Cycle()
    await HungUp()({"type": "http"}, cycle.receive, send)

    assert (cycle.closed, cycle.left) == (True, [])


async def test_an_answer_cut_off_under_any_server_stays_half() -> None:
    """Without a transport to close, the second half never comes."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    await CutOff(JSONResponse({"ok": True}))({"type": "http"}, receive, send)

    assert (b"content-length", b"11") in sent[0]["headers"]
    assert [(each["body"], each["more_body"]) for each in sent[1:]] == [(b'{"ok"', True)]
