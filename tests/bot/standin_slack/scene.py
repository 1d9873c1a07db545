"""A workspace with two people, a channel and a real Bolt app that a test can make speak or fall silent."""

import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import Channel, Message, StandInSlack, User

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-stand-in", "xapp-stand-in", "signing-secret"
Json = dict[str, Any]


@dataclass
class Clock:
    """The real time, which can be moved forward; Bolt checks signatures against the real time."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead  # noqa: TID251 - the signature check of Bolt reads it too


@dataclass
class App:
    """A Bolt app that writes down what reaches it and answers as a test tells it to."""

    bolt: AsyncApp
    got: list[Json] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)
    answers: dict[str, Json] = field(default_factory=dict)
    deaf_times: int = 0

    def of(self, kind: str) -> list[Json]:
        """Give what arrived of this kind of payload or event."""
        return [body for body in self.got if kind in (body.get("type"), body.get("event", {}).get("type"))]

    def kinds(self) -> list[str]:
        """Give the kinds of all that arrived, events by their own names."""
        return [str(body.get("event", body).get("type", "command")) for body in self.got]


@dataclass
class Scene:
    """One workspace, the platform around it and the app inside it."""

    slack: StandInSlack
    clock: Clock
    app: App
    client: AsyncWebClient
    ada: User
    bo: User
    room: Channel

    async def posts(self, text: str = "Hello", **more: Any) -> Message:
        """Let the bot post in the channel."""
        answer = await self.client.chat_postMessage(channel=self.room.id, text=text, **more)
        return self.slack.world.message(self.room.id, str(answer["ts"]))

    async def opens(self, user: User, view: Json) -> None:
        """Let the bot show a modal to somebody."""
        await self.client.views_open(trigger_id=self.slack.world.new_trigger(user.id), view=view)


def bolt_app(slack: StandInSlack) -> App:
    """Make an app that acknowledges everything."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{slack.base_url}/slack/api/")
    bolt = AsyncApp(
        client=client, signing_secret=SECRET, process_before_response=True, ignoring_self_events_enabled=False
    )
    app = App(bolt)

    @app.bolt.middleware
    async def answer(body: Json, req: Any, ack: AsyncAck) -> Any:
        if app.deaf_times > 0:
            app.deaf_times -= 1
            return None
        app.got.append(body)
        app.retries += req.headers.get("x-slack-retry-num", [])
        return await ack(**app.answers.get(str(body.get("type", "command")), {}))

    return app


async def refusal(call: Awaitable[Any]) -> str:
    """Give the error by which the platform refuses a call."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


def words(text: str) -> Json:
    """Give a plain text object."""
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str = "go", **more: Any) -> Json:
    """Give a button."""
    return {"type": "button", "action_id": action_id, "text": words(label), "value": "v", **more}


def actions(*elements: Json, **more: Any) -> Json:
    """Give a row of buttons."""
    return {"type": "actions", "elements": list(elements), **more}


def section(text: str, **more: Any) -> Json:
    """Give a paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def option(label: str, value: str) -> Json:
    """Give something to choose."""
    return {"text": words(label), "value": value}


def entry(label: str, kind: str = "plain_text_input", *, optional: bool = False, **element: Any) -> Json:
    """Give a field of a form, with its label in small letters as block id."""
    return {
        "type": "input",
        "block_id": label.lower(),
        "label": words(label),
        "optional": optional,
        "element": {"type": kind, "action_id": "it", **element},
    }


def form(*blocks: Json, **more: Any) -> Json:
    """Give a modal."""
    body = {"type": "modal", "title": words("A form"), "submit": words("Send"), "close": words("Cancel")}
    return {**body, "callback_id": "form", "blocks": list(blocks), **more}
