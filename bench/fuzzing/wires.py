"""The bot's connections to the platforms, led into the stand-ins of this process.

Everything above stays as it is, both client libraries included. What they would write to a socket is written to the
stand-ins' routes: for Slack in place of aiohttp's session, for Telegram in place of the last step of PTB's transport.
"""

import json
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import aiohttp
import httpx
from starlette.types import ASGIApp
from telegram.request import RequestData

from bench.fuzzing.asgi import Reply, ask

BASE: Final = "http://127.0.0.1/"
_JSON = (b"content-type", b"application/json")
_FORM = (b"content-type", b"application/x-www-form-urlencoded")


class Answered:
    """A reply as aiohttp gives it."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.status = reply.status
        self.headers = reply.headers
        self.content_type = reply.headers.get("content-type", "").partition(";")[0]

    async def json(self) -> Any:  # noqa: ANN401 - whatever it holds
        return json.loads(self._reply.body)

    async def text(self) -> str:
        return self._reply.body.decode()


class _Asking:
    """A call under way, as aiohttp's is: to be waited for on entering."""

    def __init__(self, app: ASGIApp, verb: str, url: str, how: Mapping[str, Any]) -> None:
        self._app = app
        self._verb = verb
        if not url.startswith(BASE):
            raise aiohttp.InvalidURL(url)  # as for an address that leads nowhere
        self._url = urlsplit(url)
        self._how = how

    async def __aenter__(self) -> Answered:
        params, data = self._how.get("params") or {}, self._how.get("data")
        heads = [
            (name.lower().encode(), each.encode()) for name, each in (self._how.get("headers") or {}).items()
        ]
        heads = [each for each in heads if each[0] != b"content-type"]
        if self._how.get("json") is not None:
            body, kind = json.dumps(self._how["json"]).encode(), _JSON
        else:
            body, kind = data if isinstance(data, bytes) else urlencode(data or {}).encode(), _FORM
        query = urlencode({name: _plain(each) for name, each in params.items()}).encode()
        reply = await ask(
            self._app, self._url.path, method=self._verb, query=query, heads=[*heads, kind], body=body
        )
        return Answered(reply)

    async def __aexit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        """Nothing is held open."""


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


class Session:
    """A session of aiohttp's as Slack's client uses it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.closed = False

    def request(self, verb: str, url: str, **how: Any) -> _Asking:  # noqa: ANN401 - aiohttp's own
        return _Asking(self._app, verb, url, how)

    def post(self, url: str, **how: Any) -> _Asking:  # noqa: ANN401
        return _Asking(self._app, "POST", url, how)

    async def close(self) -> None:
        self.closed = True


Sending = Callable[..., Coroutine[Any, Any, tuple[int, bytes]]]


def telegram_wire(app: ASGIApp) -> Sending:
    """What stands in for the sending of PTB's transport. ``setWebhook`` is answered here: updates are brought by hand."""

    async def do_request(
        _transport: object,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        path = urlsplit(url).path
        if path.endswith("/setWebhook"):
            return 200, b'{"ok":true,"result":true}'
        kind, body = _encoded(request_data)
        reply = await ask(app, path, method=method, heads=[kind], body=body)
        return reply.status, reply.body

    return do_request


def _encoded(data: RequestData | None) -> tuple[tuple[bytes, bytes], bytes]:
    if data is None:
        return _FORM, b""
    if not data.contains_files:
        return _FORM, urlencode(data.json_parameters).encode()
    made = httpx.Request("POST", BASE, data=data.json_parameters, files=data.multipart_data)
    return (b"content-type", made.headers["content-type"].encode()), made.read()
