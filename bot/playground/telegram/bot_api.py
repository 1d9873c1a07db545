"""The HTTP face of the stand-in: `/bot<token>/<method>` and the download of files.

Every call is answered as the real server answers, is met by planted faults, and is written in the ledger with what came
of it. Method names are not case sensitive, as in the real one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from bot.playground import faults as planted
from bot.playground.faults import Fault, Faults
from bot.playground.ledger import OK, Call, Ledger
from bot.playground.telegram import chats, messages
from bot.playground.telegram.arguments import Arguments, read_arguments
from bot.playground.telegram.desk import Desk
from bot.playground.telegram.errors import WEBHOOK_IS_SET, ApiError, conflict, too_many_requests
from bot.playground.telegram.polling import Polling
from bot.playground.telegram.webhook import Webhook
from bot.playground.telegram.wire import Json

PLATFORM = "telegram"
BAD_REQUEST = 400
Method = Callable[[Desk, Arguments], Any]

METHODS: Mapping[str, Method] = {
    "getMe": chats.get_me,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "sendChatAction": chats.send_chat_action,
    "answerCallbackQuery": chats.answer_callback_query,
    "getFile": chats.get_file,
    "setMyCommands": chats.set_my_commands,
    "getMyCommands": chats.get_my_commands,
    "deleteMyCommands": chats.delete_my_commands,
    "setMyName": chats.set_my_name,
    "setMyDescription": chats.set_my_description,
    "setMyShortDescription": chats.set_my_short_description,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
}
_DELIVERY = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
_NAMES = {name.lower(): name for name in (*METHODS, *_DELIVERY)}


@dataclass(slots=True)
class BotApi:
    """The server of one bot."""

    token: str
    desk: Desk
    polling: Polling
    webhook: Webhook
    ledger: Ledger
    faults: Faults

    async def call(self, request: Request) -> ASGIApp:
        """Answer one call of a method."""
        name = request.path_params["method"]
        method = _NAMES.get(name.lower(), name)
        try:
            args = await read_arguments(request)
        except ApiError as refusal:
            return self._refused(method, Arguments(), refusal)
        if request.path_params["token"] != self.token:
            return self._refused(method, args, ApiError(401, "Unauthorized"))
        fault = self.faults.take(PLATFORM, method, args.text("chat_id"))
        broken = _broken(fault)
        if isinstance(broken, ApiError):
            return self._refused(method, args, broken)
        if broken is not None:
            self._write_down(method, args, "html" if isinstance(fault, planted.Html) else "lost_request")
            return broken
        response = await _while_connected(request, self._perform(method, args))
        if isinstance(fault, planted.Slow):
            await asyncio.sleep(fault.seconds)
        # A reply that is lost afterwards leaves the outcome as it was: the call did take effect.
        return _spoilt(response, fault)

    async def replied(self, raw: Json) -> None:
        """Do what the reply to a webhook asks for."""
        method = str(raw.pop("method", ""))
        method, args = _NAMES.get(method.lower(), method), Arguments(raw)
        broken = _broken(self.faults.take(PLATFORM, method, args.text("chat_id")))
        if isinstance(broken, ApiError):
            self._refused(method, args, broken)
        elif broken is None:
            await self._perform(method, args)

    async def download(self, request: Request) -> Response:
        """Give the bytes of a file."""
        files = self.desk.world.files.values()
        file = next((file for file in files if file.path == request.path_params["path"]), None)
        if request.path_params["token"] != self.token or file is None:
            return JSONResponse(_refusal(ApiError(404, "Not Found")), 404)
        return Response(file.content, media_type="application/octet-stream")

    async def _perform(self, method: str, args: Arguments) -> Response:
        try:
            result, more = await self._result(method, args)
        except ApiError as refusal:
            return self._refused(method, args, refusal)
        self._write_down(method, args, OK)
        return JSONResponse({"ok": True, "result": result, **more})

    async def _result(self, method: str, args: Arguments) -> tuple[Any, Json]:
        if method in METHODS:
            return METHODS[method](self.desk, args), {}
        if method == "getUpdates":
            if self.webhook.url:
                raise conflict(WEBHOOK_IS_SET)
            return await self.polling.poll(args), {}
        if method == "getWebhookInfo":
            return self.webhook.info(), {}
        if method in {"setWebhook", "deleteWebhook"}:
            return True, {"description": await self._set_webhook(method, args)}
        raise ApiError(404, "Not Found: method not found")

    async def _set_webhook(self, method: str, args: Arguments) -> str:
        wanted = args.text("url") if method == "setWebhook" else ""
        if not wanted and not self.webhook.url:
            if args.flag("drop_pending_updates"):
                self.desk.updates.drop()
            return "Webhook is already deleted"
        await self.webhook.set(args if wanted else _without_address(args))
        if not wanted:
            return "Webhook was deleted"
        self.polling.interrupt()
        return "Webhook was set"

    def _refused(self, method: str, args: Arguments, refusal: ApiError) -> Response:
        self._write_down(method, args, refusal.description)
        return JSONResponse(_refusal(refusal), refusal.code)

    def _write_down(self, method: str, args: Arguments, outcome: str) -> None:
        self.ledger.append(Call(PLATFORM, method, args.shown(), outcome, self.desk.world.now()))


def _without_address(args: Arguments) -> Arguments:
    return Arguments({"drop_pending_updates": args.flag("drop_pending_updates")})


def _refusal(refusal: ApiError) -> Json:
    raw: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return raw | {"parameters": refusal.parameters} if refusal.parameters else raw


def _broken(fault: Fault | None) -> ApiError | ASGIApp | None:
    """Give what a fault answers that keeps the call from taking effect."""
    match fault:
        case planted.RateLimited(retry_after):
            return too_many_requests(retry_after)
        case planted.ServerError(status):
            return ApiError(status, "Internal Server Error")
        case planted.PlatformError(code, status):
            return ApiError(max(status, BAD_REQUEST), code)
        case planted.Html():
            return planted.nonsense_page(fault)
        case planted.LostRequest():
            return planted.HungUp()
        case _:
            return None


def _spoilt(response: Response, fault: Fault | None) -> ASGIApp:
    """The answer to a call that took effect, as it comes to the bot."""
    match fault:
        case planted.CutReply():
            return planted.HungUp()
        case planted.CutBody():
            return planted.CutOff(response)
        case planted.Nonsense(body):
            return Response(body, media_type="application/json")
        case _:
            return response


async def _while_connected(request: Request, answer: Awaitable[Response]) -> Response:
    """Work on an answer for as long as somebody waits for it."""
    work = asyncio.ensure_future(answer)
    gone = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        work.cancel()
        return Response(status_code=499)
    finally:
        gone.cancel()
