"""Faults planted in the stand-in platforms.

A test, or a person at the playground, plants a fault for the next calls of a method; the stand-in takes it
when the call arrives and behaves as the real platform does on a bad day. A `weather` says of every other call, and of
every delivery to the bot, whether it meets one. `HungUp`, `CutOff` and `nonsense_page` are the parts of that behaviour
which both stand-ins share.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Protocol

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too many calls: come back after so many seconds; nothing was done."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class ServerError:
    """The platform itself is broken; nothing was done."""

    status: int = 500


@dataclass(frozen=True, slots=True)
class CutReply:
    """The call took effect, and then the connection dropped before the answer."""


@dataclass(frozen=True, slots=True)
class CutBody:
    """The call took effect, and the connection dropped in the middle of the answer."""


@dataclass(frozen=True, slots=True)
class Nonsense:
    """The call took effect, and the answer is something else than an answer."""

    body: str = "[]"


@dataclass(frozen=True, slots=True)
class LostRequest:
    """The connection dropped before the call took effect."""


@dataclass(frozen=True, slots=True)
class Html:
    """A page meant for a browser instead of an answer; nothing was done."""

    status: int = 502


@dataclass(frozen=True, slots=True)
class PlatformError:
    """A refusal in the platform's own words; nothing was done."""

    code: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Slow:
    """The call takes effect and is answered well, but only after so many seconds."""

    seconds: float


Fault = RateLimited | ServerError | CutReply | CutBody | Nonsense | LostRequest | Html | PlatformError | Slow


class Weather(Protocol):
    """What every call meets for which nothing is planted."""

    def call(self, platform: str, method: str, chat: str) -> Fault | None:
        """What a call of the bot's meets; ``chat`` is the one it is about, or the person, or ``""``."""
        ...

    def delivery(self, platform: str, kind: str) -> CutReply | LostRequest | None:
        """What happens to something on its way to the bot: it does not come, or the bot's answer does not."""
        ...


@dataclass(slots=True)
class _Planted:
    method_glob: str
    platform_glob: str
    fault: Fault
    left: int


@dataclass(slots=True)
class Faults:
    """The faults still waiting for their call, in the order of planting."""

    weather: Weather | None = None
    _planted: list[_Planted] = field(default_factory=list)

    def plant(self, method_glob: str, fault: Fault, times: int = 1, *, platform: str = "*") -> None:
        """Let the next `times` calls of a fitting method meet this fault."""
        self._planted.append(_Planted(method_glob, platform, fault, times))

    def take(self, platform: str, method: str, chat: str = "") -> Fault | None:
        """Give the fault that meets this call, oldest first, and use it up; without one the weather's."""
        for planted in self._planted:
            if fnmatchcase(method, planted.method_glob) and fnmatchcase(platform, planted.platform_glob):
                planted.left -= 1
                if planted.left <= 0:
                    self._planted.remove(planted)
                return planted.fault
        return self.weather.call(platform, method, chat) if self.weather else None

    def on_the_way(self, platform: str, kind: str) -> CutReply | LostRequest | None:
        """Give what the weather does to a delivery."""
        return self.weather.delivery(platform, kind) if self.weather else None

    def clear(self) -> None:
        self._planted.clear()
        self.weather = None

    @property
    def waiting(self) -> int:
        """Say how many calls are still going to meet a fault."""
        return sum(planted.left for planted in self._planted)


def nonsense_page(fault: Html) -> HTMLResponse:
    """Answer as a proxy in front of a broken platform does."""
    return HTMLResponse("<html><body><h1>Something went wrong</h1></body></html>", fault.status)


class HungUp:
    """Drop the connection without one byte of answer; an endpoint returns it in place of a response."""

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        # ASGI has no word for hanging up, so the transport is taken from the server's own object.
        hang_up = _transport_close(receive)
        if hang_up is not None:
            hang_up()
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        # Under another server: promise an answer and stop after its head, which no client can read either.
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})


class CutOff:
    """Promise the whole of an answer and hang up in the middle of it; returned in place of that answer."""

    def __init__(self, answer: Response) -> None:
        self._answer = answer

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self._answer.body)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": self._answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        hang_up = _transport_close(receive)
        if hang_up is not None:
            hang_up()
            while (await receive())["type"] != "http.disconnect":
                pass


def _transport_close(receive: Receive) -> Callable[[], None] | None:
    server_side = getattr(receive, "__self__", None)
    transport = getattr(server_side, "transport", None)
    close: Callable[[], None] | None = getattr(transport, "close", None)
    return close
