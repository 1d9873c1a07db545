"""The stand-in Telegram, driven by the real client of python-telegram-bot over loopback HTTP."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random  # noqa: TID251 - seeded, to bring updates in disorder
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.playground import faults as planted
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram import Impossible, StandInTelegram, Toast, User, plain
from bot.playground.telegram.errors import ApiError
from bot.playground.telegram.images import photo_size
from bot.playground.telegram.markup import as_html, formatted
from bot.playground.telegram.world import ANONYMOUS

pytestmark = pytest.mark.anyio

TOKEN = "4200:stand-in"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # empty: reading the certificates takes longer than a test
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"
YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set forward."""

    at: float = 1_770_000_000.5

    def __call__(self) -> float:
        return self.at


class Server:
    """A real HTTP server on a free port of this machine, which plays one application after the other."""

    def __init__(self) -> None:
        self.playing: ASGIApp = Starlette()
        config = uvicorn.Config(
            self._play, interface="asgi3", lifespan="off", log_level="critical", timeout_graceful_shutdown=5
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        # Named as TCP, or asyncio leaves Nagle's delay of 40 ms on every answer.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.playing(scope, receive, send)

    async def start(self) -> None:
        # Without the server's own loop, which looks only every tenth of a second whether to stop.
        await self._server.startup([self._socket])

    async def stop(self) -> None:
        await self._server.shutdown([self._socket])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"


@dataclass(slots=True)
class Hook:
    """The bot's own address: takes updates, or refuses as often as told."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    refused: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, request: Request) -> Response:
        if self.refusals:
            self.refused.set()
            return Response(status_code=self.refusals.pop(0), headers={"Retry-After": "30"})
        self.bodies.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        return Response()


@dataclass(slots=True)
class Stage:
    """Everything a test holds: the stand-in, its clock, the real client, and what that client heard."""

    tg: StandInTelegram
    clock: Clock
    faults: Faults
    ledger: Ledger
    bot: Bot
    address: str
    hook: Hook
    heard: list[Update] = field(default_factory=list)

    async def listen(self) -> None:
        """Poll for ever, as a bot does, confirming each batch with the next call."""
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=30):
                self.heard.append(update)
                offset = update.update_id + 1

    @property
    def messages(self) -> list[Message]:
        return [update.message for update in self.heard if update.message is not None]

    @property
    def presses(self) -> list[CallbackQuery]:
        return [update.callback_query for update in self.heard if update.callback_query is not None]


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="server", scope="module")
async def _server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(name="stage")
async def _stage(monkeypatch: pytest.MonkeyPatch, server: Server) -> AsyncIterator[Stage]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or every RetryAfter warns of what will change
    clock, faults, ledger, hook = Clock(), Faults(), Ledger(), Hook()
    tg = StandInTelegram(now=clock, ledger=ledger, faults=faults, token=TOKEN)
    routes = [Mount("/telegram", routes=tg.routes), Route("/hook", hook.__call__, methods=["POST"])]
    server.playing = Starlette(routes=routes)
    tg.address = f"{server.address}/telegram"
    async with _client(tg, TOKEN) as bot:
        yield Stage(tg, clock, faults, ledger, bot, server.address, hook)
    await tg.close()


def _client(tg: StandInTelegram, token: str) -> Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": NO_TLS})

    return Bot(
        token,
        base_url=tg.base_url,
        base_file_url=tg.base_file_url,
        request=request(),
        get_updates_request=request(),
    )


@pytest.fixture(name="chat")
async def _chat(stage: Stage) -> AsyncIterator[Stage]:
    """A stage with a bot that listens."""
    listening = asyncio.create_task(stage.listen())
    yield stage
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


@pytest.fixture(name="ada")
def _ada(stage: Stage) -> User:
    return stage.tg.world.add_user("Ada", "ada_l", "sv")


@pytest.fixture(name="bo")
def _bo(stage: Stage) -> User:
    return stage.tg.world.add_user("Bo")


@pytest.fixture(name="group")
def _group(stage: Stage, ada: User, bo: User) -> int:
    return stage.tg.world.add_group("Forum", [ada, bo], with_bot=True)


@pytest.fixture(name="supergroup")
def _supergroup(stage: Stage, ada: User, bo: User) -> int:
    return stage.tg.world.add_group("Big forum", [ada, bo], kind="supergroup", is_forum=True, with_bot=True)


def _refusal(caught: pytest.ExceptionInfo[TelegramError]) -> str:
    return caught.value.message


# -- talking


async def test_a_start_opens_the_private_chat(chat: Stage, ada: User) -> None:
    """Before Start the bot may not write; the start link's payload arrives; afterwards it may."""
    with pytest.raises(Forbidden) as caught:
        await chat.bot.send_message(ada.id, "Hello")

    await chat.tg.start(ada, "tie_B-7")
    await chat.bot.send_message(ada.id, "Hello")

    assert "bot can't initiate conversation with a user" in _refusal(caught)
    assert [message.text for message in chat.messages] == ["/start tie_B-7"]
    command = chat.messages[0].entities[0]
    assert (command.type, command.offset, command.length) == ("bot_command", 0, 6)
    assert [plain(m) for m in chat.tg.seen(ada, chat.tg.private(ada))] == ["/start tie_B-7", "Hello"]


async def test_a_press_reaches_the_bot_and_its_answer_the_person(chat: Stage, ada: User) -> None:
    """A button is pressed by its label, and the bot's alert is shown to the one who pressed."""
    await chat.tg.start(ada)
    await chat.bot.send_message(ada.id, "Coffee?", reply_markup=YES_NO)
    question = chat.tg.seen(ada, ada.id)[-1]

    press = await chat.tg.press(ada, question, "Yes")
    await chat.presses[0].answer("Noted", show_alert=True)

    assert press is not None
    assert await chat.tg.answered(press) == Toast("Noted", alert=True)
    assert chat.tg.toasts(ada) == [Toast("Noted", alert=True)]
    assert chat.tg.spinning(ada) == []
    assert plain(question) == "Coffee?\n[Yes] [No]"
    assert (chat.presses[0].data, chat.presses[0].from_user.id) == ("y", ada.id)
    assert isinstance(chat.presses[0].message, Message)
    assert chat.presses[0].message.text == "Coffee?"


async def test_people_see_only_their_own_chats(stage: Stage, ada: User, bo: User, group: int) -> None:
    """A private chat is seen by its person alone, a group by its members."""
    cy = stage.tg.world.add_user("Cy")
    stage.tg.people.start(ada)
    stage.tg.people.say(ada, group, "Hi all")

    assert [m.text for m in stage.tg.seen(bo, group)] == ["Hi all"]
    assert stage.tg.seen(cy, group) == []
    assert stage.tg.seen(bo, ada.id) == []
    with pytest.raises(Impossible):
        stage.tg.people.say(cy, group, "Let me in")
    with pytest.raises(Impossible):
        stage.tg.people.say(bo, bo.id, "Not started")
    with pytest.raises(Impossible):
        stage.tg.people.say(bo, ada.id, "Not mine")


async def test_waiting_ends_when_the_bot_has_confirmed(stage: Stage, ada: User) -> None:
    """A person's hands return only after a poll with a higher offset, and `quiet` knows it."""
    waiting = asyncio.create_task(stage.tg.start(ada))

    taken = await stage.bot.get_updates(timeout=10)
    assert not waiting.done()
    assert not stage.tg.is_quiet()
    again = await stage.bot.get_updates()
    await stage.bot.get_updates(offset=taken[-1].update_id + 1)
    await waiting

    assert [u.update_id for u in again] == [u.update_id for u in taken]
    assert stage.tg.is_quiet()
    await stage.tg.quiet()


async def test_update_numbers_rise(stage: Stage, ada: User) -> None:
    """Updates come in the order of their numbers; a negative offset keeps only the last."""
    stage.tg.people.start(ada)
    for text in "abc":
        stage.tg.people.say(ada, ada.id, text)

    ids = [u.update_id for u in await stage.bot.get_updates()]
    limited = await stage.bot.get_updates(limit=2)
    last = await stage.bot.get_updates(offset=-1)

    assert ids == list(range(ids[0], ids[0] + 4))
    assert [u.update_id for u in limited] == ids[:2]
    assert [u.update_id for u in last] == ids[-1:]


async def test_a_page_is_told_of_changes(stage: Stage, ada: User) -> None:
    """Whoever waits for a change wakes at the first one."""
    seen = stage.tg.revision
    waiting = asyncio.create_task(stage.tg.changed(seen))
    await asyncio.sleep(0)

    stage.tg.people.start(ada)

    assert await waiting > seen


async def test_edits_are_told_and_deletes_are_not(chat: Stage, ada: User) -> None:
    """An edit arrives as `edited_message`; a deleted message just is no longer there."""
    await chat.tg.start(ada)
    first = await chat.tg.say(ada, ada.id, "Tuesday")
    chat.clock.at += 60
    first = await chat.tg.edit(ada, first, "Wednesday")
    heard = len(chat.heard)
    await chat.tg.delete(ada, first)

    edited = chat.heard[-1].edited_message
    assert edited is not None
    assert (edited.message_id, edited.text) == (first.id, "Wednesday")
    assert edited.edit_date is not None
    assert len(chat.heard) == heard
    assert "Wednesday" not in [m.text for m in chat.tg.seen(ada, ada.id)]
    with pytest.raises(Impossible):
        await chat.tg.edit(ada, first, "Thursday")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await chat.bot.send_message(ada.id, "Yes", reply_parameters=ReplyParameters(first.id))
    lenient = ReplyParameters(first.id, allow_sending_without_reply=True)
    assert (await chat.bot.send_message(ada.id, "Yes", reply_parameters=lenient)).reply_to_message is None


async def test_entities_are_found_in_peoples_texts(chat: Stage, ada: User, bo: User, group: int) -> None:
    """Commands, @names, addresses and people picked by name are marked, counted in UTF-16 units."""
    await chat.tg.promote(ada, group, chat.tg.world.bot)
    text = "👍 @ada_l and Bo see https://example.org/a. #soon /go@SamsynBot a@b.se"
    message = await chat.tg.say(ada, group, text, mentions=[bo])

    heard = chat.messages[-1].parse_entities()
    assert {entity.type: part for entity, part in heard.items()} == {
        "mention": "@ada_l",
        "text_mention": "Bo",
        "url": "https://example.org/a",
        "hashtag": "#soon",
        "bot_command": "/go@SamsynBot",
        "email": "a@b.se",
    }
    assert [e.offset for e in heard if e.type == "mention"] == [3]
    assert message.mentions == (ada.id, bo.id)


async def test_forwards_and_files_arrive(chat: Stage, ada: User, bo: User, group: int) -> None:
    """A forwarded message tells where it is from; a file can be downloaded as it was sent."""
    await chat.tg.start(ada)
    original = chat.tg.people.say(bo, group, "We meet on Monday")
    await chat.tg.forward(ada, original, ada.id)
    await chat.tg.upload(ada, ada.id, "people.csv", b"a,b\r\n\r\n1,2\r\n", "The list", mime="text/csv")
    await chat.tg.upload(ada, ada.id, "plan.png", PNG, mime="image/png")

    forwarded, document, photo = chat.messages[-3:]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["id"] == bo.id
    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("people.csv", "The list")
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b\r\n\r\n1,2\r\n"
    assert (photo.photo[0].width, photo.photo[0].height) == (640, 480)


# -- privacy mode


async def _say_all(chat: Stage, ada: User, group: int) -> list[str | None]:
    """Say one of everything in a group, and give what the bot heard of it."""
    sent = await chat.bot.send_message(group, "Who comes?", reply_markup=ForceReply())
    asked = chat.tg.asked(ada, group)
    assert asked is not None
    assert asked.id == sent.message_id
    await chat.tg.say(ada, group, "plain talk")
    await chat.tg.say(ada, group, "@SamsynBot a mention")
    await chat.tg.say(ada, group, "/bare")
    await chat.tg.say(ada, group, "/mine@samsynbot")
    await chat.tg.say(ada, group, "/other@OtherBot")
    await chat.tg.say(ada, group, "then /late")
    await chat.tg.say(ada, group, "an answer", asked)
    assert chat.tg.asked(ada, group) is None
    return [message.text for message in chat.messages if message.text]


async def test_privacy_mode_hides_plain_talk(chat: Stage, ada: User, group: int) -> None:
    """In a group the bot hears commands meant for it and answers to it, not talk and not a mention."""
    assert await _say_all(chat, ada, group) == ["/bare", "/mine@samsynbot", "an answer"]
    assert chat.messages[-1].reply_to_message is not None
    assert chat.messages[-1].reply_to_message.text == "Who comes?"
    assert not (await chat.bot.get_me()).can_read_all_group_messages


async def test_an_administrator_bot_hears_everything(chat: Stage, ada: User, group: int) -> None:
    """Made an administrator, the bot hears all that people say."""
    await chat.tg.promote(ada, group, chat.tg.world.bot)

    assert len(await _say_all(chat, ada, group)) == 7
    assert chat.heard[0].my_chat_member is not None
    assert chat.heard[0].my_chat_member.new_chat_member.status == "administrator"


async def test_privacy_off_counts_from_the_next_time_the_bot_comes(
    chat: Stage, ada: User, group: int
) -> None:
    """Turning privacy off changes nothing in a group until the bot is added anew."""
    chat.tg.world.privacy = False
    await chat.tg.say(ada, group, "still unheard")
    await chat.tg.remove_bot(ada, group)
    await chat.tg.add_bot(ada, group)
    await chat.tg.say(ada, group, "heard")

    assert [message.text for message in chat.messages if message.text] == ["heard"]
    assert (await chat.bot.get_me()).can_read_all_group_messages


async def test_a_bare_command_belongs_to_the_bot_that_spoke_last(chat: Stage, ada: User, group: int) -> None:
    """After another bot has spoken a bare command is not ours, and other bots are never heard."""
    other = chat.tg.world.add_user("Other", "OtherBot", is_bot=True)
    chat.tg.people.add(ada, group, other)
    await chat.tg.say(other, group, "/hello")
    await chat.tg.say(ada, group, "/unheard")
    await chat.bot.send_message(group, "Here")
    await chat.tg.say(ada, group, "/heard")

    assert [message.text for message in chat.messages if message.text] == ["/heard"]


async def test_an_anonymous_administrator_presses_under_their_own_name(
    chat: Stage, ada: User, supergroup: int
) -> None:
    """Their messages come from the group's account, their presses carry the real id."""
    await chat.tg.promote(ada, supergroup, anonymous=True)
    await chat.tg.say(ada, supergroup, "/who")
    await chat.bot.send_message(supergroup, "Coffee?", reply_markup=YES_NO)
    await chat.tg.press(ada, chat.tg.seen(ada, supergroup)[-1], "No")

    said = chat.messages[-1]
    assert said.from_user is not None
    assert said.sender_chat is not None
    assert (said.from_user.id, said.sender_chat.id) == (ANONYMOUS.id, supergroup)
    assert chat.presses[-1].from_user.id == ada.id
    admins = await chat.bot.get_chat_administrators(supergroup)
    assert [(admin.user.id, admin.to_dict()["is_anonymous"]) for admin in admins] == [(ada.id, True)]


# -- groups


async def test_the_bot_is_told_when_it_comes_and_goes(chat: Stage, ada: User, bo: User) -> None:
    """Being added and thrown out come as `my_chat_member` and as service messages."""
    group = chat.tg.world.add_group("New", [ada, bo])
    await chat.tg.add_bot(ada, group, "code-1")
    await chat.tg.remove_bot(bo, group)

    statuses = [u.my_chat_member.new_chat_member.status for u in chat.heard if u.my_chat_member]
    assert statuses == ["member", "kicked"]
    assert [user.id for user in chat.messages[0].new_chat_members] == [4200]
    assert chat.messages[1].text == "/start@SamsynBot code-1"
    assert chat.messages[-1].left_chat_member is not None
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await chat.bot.send_message(group, "Still there?")
    with pytest.raises(BadRequest, match="Chat not found"):
        await chat.bot.send_message(-17, "Anybody?")


async def test_leaving_is_the_bots_own_doing(chat: Stage, ada: User, supergroup: int) -> None:
    """After `leaveChat` the bot is no member, and hears nothing of the group."""
    await chat.bot.leave_chat(supergroup)
    await chat.tg.quiet()
    heard = len(chat.heard)
    await chat.tg.say(ada, supergroup, "/gone")

    assert chat.heard[-1].my_chat_member is not None
    assert chat.heard[-1].my_chat_member.new_chat_member.status == "left"
    assert len(chat.heard) == heard
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await chat.bot.send_message(supergroup, "Bye")


async def test_blocking_and_unblocking_are_told(chat: Stage, ada: User) -> None:
    """A block is `kicked`, and sending is forbidden until the person comes back."""
    await chat.tg.start(ada)
    await chat.tg.block(ada)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await chat.bot.send_message(ada.id, "Hello?")
    await chat.tg.unblock(ada)
    await chat.bot.send_message(ada.id, "Welcome back")
    await chat.tg.block(ada)
    await chat.tg.start(ada, "again")

    statuses = [u.my_chat_member.new_chat_member.status for u in chat.heard if u.my_chat_member]
    assert statuses == ["kicked", "member", "kicked", "member"]
    assert chat.messages[-1].text == "/start again"


async def test_a_group_becomes_a_supergroup(chat: Stage, ada: User, group: int) -> None:
    """The old id is refused with the new one in it, and both chats tell of each other."""
    await chat.bot.send_message(group, "Before")
    new = await chat.tg.upgrade(group)

    with pytest.raises(ChatMigrated) as caught:
        await chat.bot.send_message(group, "After")
    assert caught.value.new_chat_id == new
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in chat.messages[-2:]] == [
        (group, new, None),
        (new, None, group),
    ]
    sent = await chat.bot.send_message(new, "After")
    assert sent.message_id == 2
    assert sent.chat.type == "supergroup"
    with pytest.raises(Impossible):
        await chat.tg.upgrade(new)
    with pytest.raises(Impossible):
        await chat.tg.say(ada, group, "Too late")


async def test_an_administrator_bot_learns_who_comes_and_goes(
    chat: Stage, ada: User, bo: User, supergroup: int
) -> None:
    """`chat_member` must be asked for and needs an administrator; members can then be looked up."""
    cy = chat.tg.world.add_user("Cy")
    chat.tg.world.chat(supergroup).hides_members = True
    await chat.tg.join(cy, supergroup)
    with pytest.raises(BadRequest, match="Member list is inaccessible"):
        await chat.bot.get_chat_member(supergroup, cy.id)
    chat.tg.updates.allow(["message", "chat_member"])
    chat.tg.people.promote(ada, supergroup, chat.tg.world.bot)
    await chat.tg.leave(cy, supergroup)
    await chat.tg.remove(ada, supergroup, bo)
    await chat.tg.demote(ada, supergroup)

    told = [u.chat_member for u in chat.heard if u.chat_member]
    assert [(t.new_chat_member.user.id, t.new_chat_member.status) for t in told] == [
        (cy.id, "left"),
        (bo.id, "kicked"),
        (ada.id, "member"),
    ]
    assert (await chat.bot.get_chat_member(supergroup, cy.id)).status == "left"
    assert await chat.bot.get_chat_member_count(supergroup) == 2
    with pytest.raises(BadRequest, match="Invalid user_id"):
        await chat.bot.get_chat_member(supergroup, 99)


async def test_topics_carry_their_thread(chat: Stage, ada: User, supergroup: int) -> None:
    """A message in a topic names it and seems to answer the message that opened it."""
    topic = await chat.tg.open_topic(ada, supergroup, "Budget")
    await chat.tg.say(ada, supergroup, "/in", topic=topic)
    await chat.tg.say(ada, supergroup, "/out")
    sent = await chat.bot.send_message(supergroup, "Noted", message_thread_id=topic)
    reply = await chat.bot.send_message(
        supergroup, "Here too", reply_parameters=ReplyParameters(sent.message_id)
    )

    inside, outside = chat.messages[-2:]
    assert chat.messages[0].forum_topic_created is not None
    assert (inside.message_thread_id, inside.is_topic_message) == (topic, True)
    assert inside.reply_to_message is not None
    assert inside.reply_to_message.forum_topic_created is not None
    assert (outside.message_thread_id, outside.is_topic_message) == (None, None)
    assert (reply.message_thread_id, reply.is_topic_message) == (topic, True)
    await chat.tg.close_topic(ada, supergroup, topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await chat.bot.send_message(supergroup, "Late", message_thread_id=topic)
    with pytest.raises(Impossible):
        await chat.tg.say(ada, supergroup, "Late", topic=topic)
    await chat.tg.delete_topic(ada, supergroup, topic)
    for gone in (topic, 1):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await chat.bot.send_message(supergroup, "Later", message_thread_id=gone)


async def test_a_reply_in_a_supergroup_has_a_thread_but_no_topic(
    chat: Stage, ada: User, supergroup: int
) -> None:
    """A thread id alone does not make a topic message."""
    sent = await chat.bot.send_message(supergroup, "Question")
    answered = await chat.tg.say(ada, supergroup, "Answer", chat.tg.seen(ada, supergroup)[-1])
    follow = await chat.bot.send_message(supergroup, "Thanks", reply_parameters=ReplyParameters(answered.id))

    assert chat.messages[-1].message_thread_id == sent.message_id
    assert not chat.messages[-1].is_topic_message
    assert follow.message_thread_id == sent.message_id


# -- buttons


async def test_links_under_a_message_open(chat: Stage, ada: User, group: int) -> None:
    """A start link opens the private chat and starts it; any other opens a browser."""
    start = InlineKeyboardButton("Answer", url="https://t.me/SamsynBot?start=p7")
    page = InlineKeyboardButton("Read", url="https://example.org/x")
    await chat.bot.send_message(group, "Pulse", reply_markup=InlineKeyboardMarkup([[start], [page]]))
    pulse = chat.tg.seen(ada, group)[-1]

    assert await chat.tg.press(ada, pulse, "Answer") is None
    assert await chat.tg.press(ada, pulse, "Read") is None

    assert [(m.chat.id, m.text) for m in chat.messages] == [(ada.id, "/start p7")]
    assert chat.tg.people.opened == [(ada.id, "https://example.org/x")]


async def test_an_answer_may_carry_a_start_link(chat: Stage, ada: User, group: int) -> None:
    """The answer to a press may open the private chat, but no other address."""
    await chat.bot.send_message(group, "Pulse", reply_markup=YES_NO)
    await chat.tg.press(ada, chat.tg.seen(ada, group)[-1], "Yes")
    query = chat.presses[-1]

    with pytest.raises(BadRequest, match="Url_invalid"):
        await query.answer(url="https://example.org")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    await query.answer(url="https://t.me/SamsynBot?start=q9")
    await chat.tg.quiet()

    assert (chat.messages[-1].chat.id, chat.messages[-1].text) == (ada.id, "/start q9")


async def test_a_press_is_answered_once_and_soon(chat: Stage, ada: User, group: int) -> None:
    """A second answer, or one after 150 seconds, comes too late."""
    await chat.bot.send_message(group, "Coffee?", reply_markup=YES_NO)
    question = chat.tg.seen(ada, group)[-1]
    await chat.tg.press(ada, question, "Yes")
    await chat.presses[0].answer()
    with pytest.raises(BadRequest, match="Query is too old"):
        await chat.presses[0].answer()
    await chat.tg.press(ada, question, "No")
    chat.clock.at += 151
    with pytest.raises(BadRequest, match="Query is too old"):
        await chat.presses[1].answer()

    assert chat.tg.toasts(ada) == []
    assert len(chat.tg.spinning(ada)) == 1


async def test_a_press_from_a_stale_screen(chat: Stage, ada: User, group: int) -> None:
    """A button may be pressed while its message changes or disappears, but never one that was not there."""
    sent = await chat.bot.send_message(group, "Coffee?", reply_markup=YES_NO)
    stale = chat.tg.seen(ada, group)[-1]
    await sent.edit_text("Closed")
    await chat.tg.press(ada, stale, "Yes")
    await sent.delete()
    await chat.tg.press(ada, stale, "No")

    changed, gone = (press.message for press in chat.presses)
    assert isinstance(changed, Message)
    assert changed.text == "Closed"
    assert gone is not None
    assert not gone.is_accessible
    assert gone.message_id == sent.message_id
    with pytest.raises(Impossible):
        await chat.tg.press(ada, stale, "Perhaps")


async def test_presses_and_messages_expire(stage: Stage, ada: User) -> None:
    """What nobody fetches is gone: presses after 150 seconds, the rest after a day."""
    stage.tg.people.start(ada)
    await stage.bot.send_message(ada.id, "Coffee?", reply_markup=YES_NO)
    stage.tg.people.press(ada, stage.tg.seen(ada, ada.id)[-1], "Yes")
    assert len(await stage.bot.get_updates()) == 2

    stage.clock.at += 151
    assert [bool(u.message) for u in await stage.bot.get_updates()] == [True]
    stage.clock.at += 24 * 3600
    assert await stage.bot.get_updates() == ()


# -- what the bot writes


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("å <b", "Unclosed start tag at byte offset 3"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_one_bad_tag_refuses_the_message(text: str, complaint: str) -> None:
    """HTML that Telegram cannot read is refused with the place of the trouble."""
    with pytest.raises(ApiError) as caught:
        formatted(text, "HTML")

    assert caught.value.description.startswith(f"Bad Request: can't parse entities: {complaint}")


async def test_html_becomes_text_and_entities(stage: Stage, ada: User, bo: User) -> None:
    """Tags become entities, references characters, and a person's link a mention of somebody known."""
    stage.tg.people.start(ada)
    source = (
        f'  👍 <b>A &lt;&#38;</b> <a href="tg://user?id={bo.id}">Bo</a> <a href="tg://user?id=9">who</a> '
        "<a href='https://example.org/?a=1&amp;b=2'>link</a> <a href=javascript:x>no</a> "
        '<code class="language-python">@x</code> <blockquote expandable>&nbsp;</blockquote><i></i>  '
    )
    sent = await stage.bot.send_message(ada.id, source, parse_mode="HTML")
    seen = stage.tg.seen(ada, ada.id)[-1]

    assert seen.text == "👍 A <& Bo who link no @x &nbsp;"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 3, 4),
        ("text_mention", 8, 2),
        ("text_link", 15, 4),
        ("code", 23, 2),
        ("blockquote", 26, 6),
    ]
    assert seen.mentions == (bo.id,)
    assert seen.html == (
        f'👍 <b>A &lt;&amp;</b> <a href="tg://user?id={bo.id}">Bo</a> who '
        '<a href="https://example.org/?a=1&amp;b=2">link</a> no <code>@x</code> '
        "<blockquote>&amp;nbsp;</blockquote>"
    )


async def test_nested_tags_come_out_nested() -> None:
    """What is written for a browser closes in the order in which it opened."""
    text = formatted('<b>a<i>b</i></b> www <a href="example.org">c</a>', "HTML")

    assert as_html(text.text, text.entities) == '<b>a<i>b</i></b> www <a href="http://example.org/">c</a>'


async def test_given_entities_are_taken(stage: Stage, ada: User) -> None:
    """Entities may come as objects in place of tags."""
    stage.tg.people.start(ada)
    entities = [
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "text_mention", "offset": 2, "length": 1, "user": {"id": ada.id}},
        {"type": "text_link", "offset": 4, "length": 1, "url": "https://example.org"},
    ]
    await _raw(stage, "sendMessage", {"chat_id": ada.id, "text": "a b c", "entities": entities})
    bad = [{"type": "text_link", "offset": 0, "length": 1, "url": "nowhere"}]
    refused = await _raw(stage, "sendMessage", {"chat_id": ada.id, "text": "a", "entities": bad})

    assert [e.type for e in stage.tg.seen(ada, ada.id)[-1].entities] == ["bold", "text_mention", "text_link"]
    assert refused["description"] == "Bad Request: entity URL 'nowhere' is invalid: Wrong HTTP URL"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<b> </b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("👍" * 2049, "message is too long"),
        ("<b>" + "x" * 4096 + "</b>", None),
    ],
)
async def test_texts_have_limits(stage: Stage, ada: User, text: str, refusal: str | None) -> None:
    """Length counts after the tags are taken away."""
    stage.tg.people.start(ada)
    asked = {"chat_id": ada.id, "text": text, "parse_mode": "HTML"}

    answer = await _raw(stage, "sendMessage", asked)

    assert answer.get("description") == (refusal and f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "å" * 3, "callback_data": "å" * 32}, None),
        ({"text": "x", "callback_data": "å" * 32 + "x"}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed",
        ),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text is empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field"),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid",
        ),
        (
            {"text": "x", "url": "ftp://a.se"},
            "inline keyboard button URL 'ftp://a.se' is invalid: Unsupported",
        ),
        ({"text": "x", "url": "tg://user?id=1"}, None),
    ],
)
async def test_buttons_have_limits(
    stage: Stage, ada: User, button: dict[str, str], refusal: str | None
) -> None:
    """Data count in bytes, and a link must be one."""
    stage.tg.people.start(ada)
    answer = await _send_keyboard(stage, ada, [[button]])

    assert answer["ok"] is (refusal is None)
    assert answer.get("description", "").startswith(f"Bad Request: {refusal}" if refusal else "")


@pytest.mark.parametrize(
    ("rows", "fits"), [([8], True), ([9], False), ([8] * 12 + [4], True), ([8] * 13, False)]
)
async def test_keyboards_have_limits(stage: Stage, ada: User, rows: list[int], fits: bool) -> None:
    """Eight buttons in a row and a hundred in all are the most."""
    stage.tg.people.start(ada)
    button = {"text": "x", "callback_data": "x"}

    answer = await _send_keyboard(stage, ada, [[button] * count for count in rows])

    assert answer["ok"] is fits


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"reply_markup": {"keyboard": [[{"text": "x"}]]}}, "keyboards in place of the letters"),
        ({"reply_markup": "nonsense"}, "can't parse reply_markup"),
        ({"entities": "nonsense"}, "can't parse entities"),
        ({"parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"chat_id": "@nobody"}, "chat not found"),
    ],
)
async def test_what_is_not_played_is_refused(
    stage: Stage, ada: User, asked: dict[str, Any], refusal: str
) -> None:
    """Nothing is silently ignored that would show another picture than the real thing."""
    stage.tg.people.start(ada)

    answer = await _raw(stage, "sendMessage", {"chat_id": ada.id, "text": "x", **asked})

    assert answer["description"].startswith(f"Bad Request: {refusal}")


async def _send_keyboard(stage: Stage, user: User, rows: list[Any]) -> dict[str, Any]:
    markup = {"inline_keyboard": rows}
    return await _raw(stage, "sendMessage", {"chat_id": user.id, "text": "x", "reply_markup": markup})


async def _raw(stage: Stage, method: str, asked: object, token: str = TOKEN) -> dict[str, Any]:
    """Call a method with JSON, as a client other than python-telegram-bot might."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        answer = await client.post(f"{stage.tg.base_url}{token}/{method}", json=asked)
    body: dict[str, Any] = answer.json()
    assert body.get("error_code", 200) == answer.status_code
    return body


async def test_an_edit_says_all_that_a_message_is(stage: Stage, ada: User) -> None:
    """An edit without buttons takes them away, and one that changes nothing is refused."""
    stage.tg.people.start(ada)
    sent = await stage.bot.send_message(ada.id, "<b>One</b>", parse_mode="HTML", reply_markup=YES_NO)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("<b>One</b>", parse_mode="HTML", reply_markup=YES_NO)
    stage.clock.at += 5
    await sent.edit_text("One", reply_markup=YES_NO)
    await sent.edit_text("Two")
    assert plain(stage.tg.seen(ada, ada.id)[-1]) == "Two"
    await sent.edit_reply_markup(YES_NO)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(YES_NO)

    seen = stage.tg.seen(ada, ada.id)[-1]
    assert plain(seen) == "Two\n[Yes] [No]"
    assert seen.edited == int(stage.clock.at)


async def test_edits_need_an_own_text_that_is_there(stage: Stage, ada: User) -> None:
    """Somebody else's message, one that is gone and a picture's missing text cannot be edited."""
    said = stage.tg.people.start(ada)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await stage.bot.edit_message_text("x", ada.id, said.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await stage.bot.edit_message_text("x", ada.id, 4711)
    picture = await stage.bot.send_photo(ada.id, PNG)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await picture.edit_text("x")
    text = await stage.bot.send_message(ada.id, "x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("x")


async def test_deleting_has_its_time_and_its_place(stage: Stage, ada: User, supergroup: int) -> None:
    """A message is deleted within 48 hours, and other people's in a group only by an administrator."""
    sent = await stage.bot.send_message(supergroup, "Mine")
    old = await stage.bot.send_message(supergroup, "Old")
    theirs = stage.tg.people.say(ada, supergroup, "Theirs")

    assert await sent.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    with pytest.raises(BadRequest, match=r"Message can't be deleted$"):
        await stage.bot.delete_message(supergroup, theirs.id)
    stage.tg.people.promote(ada, supergroup, stage.tg.world.bot)
    assert await stage.bot.delete_message(supergroup, theirs.id)
    stage.clock.at += 48 * 3600 + 1
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()
    assert [m.text for m in stage.tg.seen(ada, supergroup)] == ["Old"]


async def test_files_are_sent_and_sent_again_by_their_id(stage: Stage, ada: User) -> None:
    """A document keeps its bytes and name; its id sends it once more without them."""
    stage.tg.people.start(ada)
    content = bytes(range(256)) * 4
    sent = await stage.bot.send_document(ada.id, content, filename="Möte.pdf", caption="Minutes")
    assert sent.document is not None
    await stage.bot.send_document(ada.id, sent.document.file_id)
    picture = await stage.bot.send_photo(ada.id, PNG, caption="<b>Now</b>", parse_mode="HTML")
    await picture.edit_caption("Then")

    seen = stage.tg.seen(ada, ada.id)[-3:]
    assert [plain(m) for m in seen][:2] == ["(Möte.pdf)\nMinutes", "(Möte.pdf)"]
    assert plain(seen[2]).endswith("\nThen")
    assert [m.attachment.content for m in seen if m.attachment] == [content, content, PNG]
    file = await stage.bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    assert stage.ledger.sent()[0].args["document"] == "Möte.pdf"


async def test_files_are_refused_as_the_server_does(stage: Stage, ada: User) -> None:
    """No file, an unknown id, the wrong kind, an empty one and an unknown path are refused."""
    stage.tg.people.start(ada)
    asked = {"chat_id": ada.id}
    sent = await stage.bot.send_document(ada.id, b"x", filename="a.txt")
    assert sent.document is not None
    refusals = [
        await _raw(stage, "sendDocument", asked),
        await _raw(stage, "sendDocument", asked | {"document": "F9"}),
        await _raw(stage, "sendPhoto", asked | {"photo": sent.document.file_id}),
        await _raw(stage, "getFile", {"file_id": "F9"}),
        await _raw(stage, "sendPhoto", asked | {"photo": sent.document.file_id, "caption": "x" * 1025}),
    ]
    assert [refusal["description"].removeprefix("Bad Request: ") for refusal in refusals] == [
        "there is no document in the request",
        "wrong file identifier/HTTP URL specified",
        "can't use file of type Document as Photo",
        "wrong file_id or the file is temporarily unavailable",
        "message caption is too long",
    ]
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await stage.bot.send_document(ada.id, b"", filename="a.txt")
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        assert (await client.get(f"{stage.tg.base_file_url}{TOKEN}/documents/none")).status_code == 404


async def test_large_files_are_refused(stage: Stage, ada: User) -> None:
    """More than 50 MB cannot be sent, more than 20 MB not be fetched."""
    stage.tg.people.start(ada)
    large = stage.tg.world.keep_file(
        photo=False, filename="a.bin", mime="", content=bytes(20 * 1024 * 1024 + 1)
    )
    with pytest.raises(BadRequest, match="File is too big"):
        await stage.bot.get_file(large.file_id)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await stage.bot.send_document(ada.id, bytes(50 * 1024 * 1024 + 1), filename="b.bin")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (PNG[:16] + struct.pack(">II", 9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (PNG[:16] + struct.pack(">II", 2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (PNG + bytes(10 * 1024 * 1024), "file is too big for a photo"),
        (b"\xff\xd8\xff\xe0\x00\x04ab", "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_photos_must_be_pictures_of_a_shape(content: bytes, refusal: str) -> None:
    """What is no picture, too large or too narrow is no photo."""
    with pytest.raises(ApiError) as caught:
        photo_size(content)

    assert caught.value.description == f"Bad Request: {refusal}"


async def test_a_jpeg_tells_its_size() -> None:
    """The size of a JPEG is read past its other segments."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\x03"

    assert photo_size(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == (400, 300)


# -- delivery


async def test_a_second_poller_ends_the_first(stage: Stage, ada: User) -> None:
    """The poll that waits is ended with a conflict, and the newcomer gets the updates."""
    first = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    async with _client(stage.tg, TOKEN) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        stage.tg.people.start(ada)
        assert len(await second) == 1


async def test_a_poll_ends_empty_at_its_timeout(stage: Stage) -> None:
    """Without updates a long poll gives nothing after its seconds."""
    assert await stage.bot.get_updates(timeout=1) == ()


async def test_a_poll_without_a_client_ends(stage: Stage, ada: User) -> None:
    """A client that hangs up leaves no poll behind that could take updates."""
    poll = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    stage.tg.people.start(ada)

    assert len(await stage.bot.get_updates(timeout=5)) == 1


async def test_allowed_updates_stick(stage: Stage, ada: User, bo: User) -> None:
    """A choice of kinds lasts until the next one; an empty list brings the default back."""
    await stage.bot.get_updates(allowed_updates=["my_chat_member"])
    await stage.bot.get_updates()
    stage.tg.people.start(ada)
    stage.tg.people.block(ada)
    assert [bool(u.my_chat_member) for u in await stage.bot.get_updates(allowed_updates=[])] == [True]
    stage.tg.people.start(bo)
    assert len(await stage.bot.get_updates()) == 2


async def test_updates_come_again_under_the_same_numbers(chat: Stage, ada: User) -> None:
    """Redelivered updates keep their numbers and content, in another order if wanted."""
    await chat.tg.start(ada)
    for text in "abcde":
        await chat.tg.say(ada, ada.id, text)
    before = [(u.update_id, u.message and u.message.text) for u in chat.heard]
    await chat.tg.redeliver(rng=Random(3))  # noqa: S311 - disorder, not a secret
    again = [(u.update_id, u.message and u.message.text) for u in chat.heard[len(before) :]]

    assert sorted(again) == before
    assert again != before
    await chat.tg.redeliver(chat.tg.updates.made[-1:])
    assert chat.heard[-1].update_id == before[-1][0]
    assert chat.tg.is_quiet()


# -- the webhook


async def test_a_webhook_receives_updates_with_the_secret(stage: Stage, ada: User) -> None:
    """Updates are brought to the address with the secret, and polling is refused meanwhile."""
    await stage.bot.set_webhook(f"{stage.address}/hook", secret_token="s3cret_-")
    await stage.tg.start(ada)

    assert [body["message"]["text"] for body in stage.hook.bodies] == ["/start"]
    assert stage.hook.secrets == ["s3cret_-"]
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await stage.bot.get_updates()
    info = await stage.bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (f"{stage.address}/hook", 0)
    await stage.bot.delete_webhook()
    await stage.bot.delete_webhook(drop_pending_updates=True)
    assert (await stage.bot.get_webhook_info()).url == ""
    assert await stage.bot.get_updates() == ()


async def test_a_failing_webhook_holds_up_only_its_own_line(stage: Stage, ada: User, bo: User) -> None:
    """A refused update is brought again, before later ones of its chat, while other chats go on."""
    await stage.bot.set_webhook(f"{stage.address}/hook", max_connections=2)
    stage.hook.refusals = [500]
    stage.tg.people.start(ada, "first")
    await stage.hook.refused.wait()
    stage.tg.people.say(ada, ada.id, "second")
    await stage.tg.start(bo, "other")
    assert [body["message"]["text"] for body in stage.hook.bodies] == ["/start other"]
    await stage.tg.bell.until(lambda: bool(stage.tg.webhook.last_error))
    info = await stage.bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 2

    stage.tg.webhook.hurry()
    await stage.tg.quiet()

    texts = [body["message"]["text"] for body in stage.hook.bodies]
    assert texts == ["/start other", "/start first", "second"]


async def test_a_webhook_that_is_not_there_is_tried_again(stage: Stage, ada: User) -> None:
    """A refused connection counts as a failure, and another address gets what was waiting."""
    await stage.bot.set_webhook("http://127.0.0.1:1/hook")
    stage.tg.people.start(ada)
    await stage.tg.bell.until(lambda: stage.tg.webhook.last_error == "Connection failed: ConnectError")
    await stage.bot.set_webhook(f"{stage.address}/hook")
    await stage.tg.quiet()

    assert len(stage.hook.bodies) == 1


async def test_a_webhook_ends_a_poll_that_waits(stage: Stage) -> None:
    """Setting a webhook ends the long poll under way with a conflict of its own."""
    poll = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    await stage.bot.set_webhook(f"{stage.address}/hook", drop_pending_updates=True)

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_a_webhook_must_be_an_address_and_its_secret_plain(stage: Stage) -> None:
    """Plain HTTP over the net and a secret with other signs are refused."""
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await stage.bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await stage.bot.set_webhook("https://example.org/hook", secret_token="å")


# -- calls


async def test_a_wrong_token_and_an_unknown_method_are_refused(stage: Stage) -> None:
    """401 for a stranger, 404 for a method that is not, and names in any case."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        answer = await client.get(f"{stage.tg.base_url}{TOKEN}/GETME?x=1")
    assert answer.json()["result"]["username"] == "SamsynBot"
    unknown = await _raw(stage, "sendLove", {})
    assert unknown["description"] == "Not Found: method not found"
    stranger = await _raw(stage, "getMe", {}, token="1:x")
    assert (stranger["error_code"], stranger["description"]) == (401, "Unauthorized")
    assert (await _raw(stage, "getMe", [1]))["error_code"] == 400
    with pytest.raises(InvalidToken):
        await _client(stage.tg, "1:x").__aenter__()


async def test_the_bot_describes_itself(stage: Stage, ada: User, group: int) -> None:
    """Commands by language, names and descriptions are kept, and checked."""
    await stage.bot.set_my_commands([("help", "Hjälp")], language_code="sv")
    await stage.bot.set_my_description("About")
    await stage.bot.set_my_short_description("Short")
    await stage.bot.set_my_name("Samsyn")
    assert [c.description for c in await stage.bot.get_my_commands(language_code="sv")] == ["Hjälp"]
    await stage.bot.delete_my_commands(language_code="sv")
    assert await stage.bot.get_my_commands(language_code="sv") == ()
    assert stage.tg.world.profile == {"description": "About", "short_description": "Short", "name": "Samsyn"}
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await stage.bot.set_my_commands([("Help!", "x")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await stage.bot.set_my_commands([("help", "x" * 257)])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await _too_many_commands(stage.bot)
    with pytest.raises(BadRequest, match="Name is too long"):
        await stage.bot.set_my_name("x" * 65)
    assert await stage.bot.send_chat_action(group, "typing")
    assert (await stage.bot.get_chat(group)).title == "Forum"
    stage.tg.people.start(ada)
    assert (await stage.bot.get_chat(ada.id)).username == "ada_l"
    assert await stage.bot.get_chat_member_count(ada.id) == 2
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await stage.bot.get_chat_administrators(ada.id)
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await stage.bot.leave_chat(ada.id)
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await stage.bot.send_chat_action(ada.id, "")


async def _too_many_commands(bot: Bot) -> None:
    await bot.set_my_commands([(f"c{number}", "x") for number in range(101)])


async def test_planted_faults_meet_the_calls(stage: Stage, ada: User) -> None:
    """Each planted fault looks to the client as the real one, and only a cut reply has taken effect."""
    stage.tg.people.start(ada)
    before: list[tuple[planted.Fault, type[TelegramError], str | None]] = [
        (planted.RateLimited(7), RetryAfter, "Flood control exceeded"),
        (planted.ServerError(502), NetworkError, "Bad Gateway|Internal Server Error"),
        (planted.Html(), NetworkError, None),
        (planted.LostRequest(), NetworkError, None),
        (planted.PlatformError("Bad Request: odd"), BadRequest, "Odd"),
    ]
    for fault, error, words in before:
        stage.faults.plant("sendMessage", fault)
        with pytest.raises(error, match=words):
            await stage.bot.send_message(ada.id, "unsent")
    stage.faults.plant("sendMessage", planted.CutReply())
    with pytest.raises(NetworkError):
        await stage.bot.send_message(ada.id, "sent, unknown")
    stage.faults.plant("sendMessage", planted.Slow(0.01))
    await stage.bot.send_message(ada.id, "slow")

    assert [m.text for m in stage.tg.seen(ada, ada.id)][1:] == ["sent, unknown", "slow"]
    assert [call.args["text"] for call in stage.ledger.sent("telegram")] == ["sent, unknown", "slow"]
    assert len(stage.ledger.refused()) == len(before)


async def test_a_pace_is_kept_when_the_world_enforces_it(stage: Stage, ada: User, group: int) -> None:
    """A few messages at once are forgiven, then one a second; a group takes twenty a minute."""
    stage.tg.world.enforce_pace = True
    stage.tg.people.start(ada)
    for _ in range(3):
        await stage.bot.send_message(ada.id, "quick")
    with pytest.raises(RetryAfter) as caught:
        await stage.bot.send_message(ada.id, "too quick")
    assert caught.value.retry_after == timedelta(seconds=3)
    for _ in range(20):
        stage.clock.at += 1
        await stage.bot.send_message(group, "steady")
    stage.clock.at += 1
    with pytest.raises(RetryAfter):
        await stage.bot.send_message(group, "twenty-first")
    stage.clock.at += 40
    await stage.bot.send_message(group, "a minute later")


async def test_a_reset_makes_the_world_new(stage: Stage, ada: User) -> None:
    """After a reset nobody is there and nothing waits, while update numbers go on rising."""
    stage.tg.people.start(ada)
    number = stage.tg.updates.next_id
    await stage.bot.set_webhook(f"{stage.address}/hook")
    await stage.tg.reset()

    assert stage.tg.is_quiet()
    assert (await stage.bot.get_webhook_info()).url == ""
    with pytest.raises(BadRequest, match="Chat not found"):
        await stage.bot.send_message(ada.id, "Anybody?")
    assert stage.tg.updates.next_id == number
