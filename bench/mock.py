"""The smallest platforms that the bot can talk to: they say yes to everything, at once, and remember nothing.

``python -m bench.mock`` listens on a free port and prints ``ready <port>``. The stand-ins of the playground are
faithful and so too slow to stand behind a load; what they are for, they are used for in the other figures.
"""

import itertools
import json
from typing import Any, Final
from urllib.parse import parse_qs

import uvloop
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from bench import machine, scene
from bench.processes import asked_to_end
from bench.wire import TELEGRAM_TOKEN
from bot.web import address, listener, served

Json = dict[str, Any]
_ME: Final = {"id": scene.TELEGRAM_BOT, "is_bot": True, "first_name": "Samsyn", "username": "SamsynBenchBot"}
_GROUP: Final = {"id": scene.GROUP, "type": "supergroup", "title": "Trygghet"}
_numbers = itertools.count(1)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one call."""
    while (await receive()).get("more_body"):
        pass
    platform, _, method = scope["path"].strip("/").partition("/")
    found = _slack(method, scope["query_string"]) if platform == "slack" else _telegram(method)
    body = json.dumps(found).encode()
    heads = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": heads})
    await send({"type": "http.response.body", "body": body})


def _slack(method: str, query: bytes) -> Json:
    match method.rpartition("/")[2]:
        case "auth.test":
            return {
                "ok": True,
                "url": "https://bench.slack.com/",
                "team_id": scene.TEAM,
                "user_id": scene.SLACK_BOT,
            }
        case "users.info":
            user = parse_qs(query.decode())["user"][0]
            if not user[2:].isdigit():
                return {"ok": False, "error": "user_not_found"}
            name = scene.name_of(int(user.removeprefix("U1")))
            return {
                "ok": True,
                "user": {"id": user, "team_id": scene.TEAM, "real_name": name, "locale": "sv-SE"},
            }
        case "conversations.open":
            return {"ok": True, "channel": {"id": f"D{next(_numbers)}"}}
        case _:
            return {"ok": True, "ts": f"1772442001.{next(_numbers):06d}", "message_ts": "1772442001.000100"}


def _telegram(method: str) -> Json:
    match method.removeprefix(f"bot{TELEGRAM_TOKEN}/"):
        case "getMe":
            return {"ok": True, "result": _ME}
        case "sendMessage" | "editMessageText" | "editMessageReplyMarkup":
            message = {
                "message_id": next(_numbers),
                "from": _ME,
                "chat": _GROUP,
                "date": 1772442001,
                "text": "§",
            }
            return {"ok": True, "result": message}
        case _:
            return {"ok": True, "result": True}


async def serve() -> None:
    """Answer until the process is asked to end."""
    taken = listener("127.0.0.1", 0)
    async with served(Starlette(routes=[Mount("/", app)]), taken):
        print("ready", address(taken).rpartition(":")[2], flush=True)
        await asked_to_end()


def main() -> None:
    """Run beside the load."""
    if machine.can_pin():
        machine.pin(machine.LOAD_CORE)
    uvloop.run(serve())


if __name__ == "__main__":
    main()
