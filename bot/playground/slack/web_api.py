"""The Web API as HTTP routes: tokens, planted faults, the ledger, and one function per method.

Beside `/api/<method>` there are the addresses that the platform hands out: for late answers, for uploads and for
fetching a file. An unknown method is refused as the platform refuses it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from typing_extensions import override

from bot.playground.faults import (
    CutBody,
    CutOff,
    CutReply,
    Fault,
    Html,
    HungUp,
    LostRequest,
    Nonsense,
    PlatformError,
    RateLimited,
    ServerError,
    Slow,
    nonsense_page,
)
from bot.playground.ledger import OK, Call
from bot.playground.slack import uploads
from bot.playground.slack.chat import CHAT_METHODS, Method, TooFast, answer_late
from bot.playground.slack.directory import DIRECTORY_METHODS
from bot.playground.slack.stage import Stage
from bot.playground.slack.views import VIEW_METHODS
from bot.playground.slack.world import Json, SlackRefusal

PLATFORM = "slack"
METHODS: dict[str, Method] = {**CHAT_METHODS, **DIRECTORY_METHODS, **VIEW_METHODS, **uploads.FILE_METHODS}
OPEN_SOCKET = "apps.connections.open"
RESPONSE_URL = "response_url"
_ABOUT = ("channel", "users", "user", "user_id")
"""What names the channel or the person that a call is about."""
_NESTED = ("blocks", "view", "metadata", "files", "attachments")
Answer = Response | HungUp | CutOff


class _Escaped(JSONResponse):
    """JSON in ASCII alone, as Slack writes it: so broken halves of characters travel too."""

    @override
    def render(self, content: object) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode()


class WebApi:
    """What the bot can ask for over HTTP."""

    def __init__(self, stage: Stage, open_socket: Callable[[], Awaitable[str]]) -> None:
        self._stage = stage
        self._open_socket = open_socket
        self.routes: list[BaseRoute] = [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/response/{hook}", self._respond, methods=["POST"]),
            Route("/upload/{file}", self._upload, methods=["POST", "PUT"]),
            Route("/files/{file}", self._download),
        ]

    async def _call(self, request: Request) -> Answer:
        method = request.path_params["method"]
        args = await _arguments(request)
        token = args.pop("token", None) or request.headers.get("authorization", "").removeprefix("Bearer ")
        about = next((str(args[name]) for name in _ABOUT if name in args), "")
        return await self._with_faults(method, about, args, lambda: self._answer(method, args, str(token)))

    async def _respond(self, request: Request) -> Answer:
        hook = request.path_params["hook"]
        args = await _arguments(request)
        return await self._with_faults(RESPONSE_URL, hook, args, lambda: self._late(hook, args))

    async def _with_faults(
        self, method: str, about: str, args: Json, answer: Callable[[], Awaitable[Json]]
    ) -> Answer:
        fault = self._stage.faults.take(PLATFORM, method, about)
        broken = _broken_before(fault)
        if broken is not None:
            response, outcome = broken
            self._write_down(method, args, outcome)
            return response
        try:
            body = {"ok": True, **await answer()}
        except SlackRefusal as refusal:
            body = {"ok": False, "error": refusal.code}
            if refusal.messages:
                body["response_metadata"] = {"messages": list(refusal.messages)}
        except TooFast as too_fast:
            self._write_down(method, args, "ratelimited")
            return _too_many(too_fast.retry_after)
        # A reply that is lost afterwards leaves the outcome as it was: the call did take effect.
        self._write_down(method, args, body.get("error", OK))
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds)
        gone = body.get("error") in ("expired_url", "used_url")
        return _spoilt(_Escaped(body, 404 if gone else 200), fault)

    async def _answer(self, method: str, args: Json, token: str) -> Json:
        wants_app_token = method == OPEN_SOCKET
        self._check_token(token, app=wants_app_token)
        if wants_app_token:
            return {"url": await self._open_socket()}
        if method not in METHODS:
            raise SlackRefusal("unknown_method")
        return METHODS[method](self._stage, args)

    def _check_token(self, token: str, *, app: bool) -> None:
        stage = self._stage
        if not token:
            raise SlackRefusal("not_authed")
        if token not in (stage.bot_token, stage.app_token):
            raise SlackRefusal("invalid_auth")
        if token in stage.revoked:
            raise SlackRefusal("token_revoked")
        if (token == stage.app_token) is not app:
            raise SlackRefusal("not_allowed_token_type")

    async def _late(self, hook_id: str, args: Json) -> Json:
        world = self._stage.world
        hook = world.hooks.get(hook_id)
        if hook is None or world.now() > hook.expires_at:
            raise SlackRefusal("expired_url")
        if hook.uses_left <= 0:
            raise SlackRefusal("used_url")
        hook.uses_left -= 1
        answer_late(world, hook, args)
        return {}

    async def _upload(self, request: Request) -> Answer:
        file = request.path_params["file"]
        content = await request.body()

        async def take() -> Json:
            if not uploads.receive(self._stage.world, file, content):
                raise SlackRefusal("upload_failed")
            return {}

        answer = await self._with_faults("upload", "", {"file": file, "length": len(content)}, take)
        # The upload address speaks plain text, unlike the rest.
        if not isinstance(answer, JSONResponse) or answer.status_code != OK_STATUS:
            return answer
        good = b'"ok":true' in bytes(answer.body)
        return PlainTextResponse(f"OK - {len(content)}" if good else "failed", 200 if good else 400)

    async def _download(self, request: Request) -> Response:
        file = self._stage.world.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        return Response(file.content, media_type="application/octet-stream")

    def _write_down(self, method: str, args: Json, outcome: str) -> None:
        self._stage.ledger.append(Call(PLATFORM, method, args, outcome, self._stage.now()))


OK_STATUS = 200


async def _arguments(request: Request) -> Json:
    """Read the arguments from wherever the client put them: the address, a form or JSON."""
    args: Json = dict(request.query_params)
    body = (await request.body()).decode()
    if request.headers.get("content-type", "").startswith("application/json"):
        args |= json.loads(body or "{}")
    else:
        args |= dict(parse_qsl(body, keep_blank_values=True))
    for name in _NESTED:
        if isinstance(args.get(name), str) and args[name]:
            args[name] = json.loads(args[name])
    return args


def _broken_before(fault: Fault | None) -> tuple[Answer, str] | None:
    """Give the answer and outcome of a call that a fault keeps from taking effect."""
    match fault:
        case RateLimited(retry_after):
            return _too_many(retry_after), "ratelimited"
        case ServerError(status):
            return PlainTextResponse("internal error", status), f"http_{status}"
        case LostRequest():
            return HungUp(), "lost_request"
        case Html(status):
            return nonsense_page(fault), f"html_{status}"
        case PlatformError(code, status):
            return _Escaped({"ok": False, "error": code}, status), code
        case _:
            return None


def _spoilt(response: Response, fault: Fault | None) -> Answer:
    """The answer to a call that took effect, as it comes to the bot."""
    match fault:
        case CutReply():
            return HungUp()
        case CutBody():
            return CutOff(response)
        case Nonsense(body):
            return Response(body, media_type="application/json")
        case _:
            return response


def _too_many(retry_after: int) -> JSONResponse:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"retry-after": str(retry_after)})
