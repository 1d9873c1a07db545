"""What platforms do to a bot (F5, F10 to F13): refused, thrown out, archived, moved, blocked, told in the wrong order."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bench.leaping import LeapingLoop
from bench.month import Month, month
from bench.reborn import Reborn, Ways
from bench.weather import Storm
from bot.playground.faults import ServerError
from bot.playground.slack import BOT_USER
from bot.playground.slack.parcels import Parcel
from bot.playground.slack.payloads import event_body
from handlers.kit.ui import text
from storage import decisions, forums, outbox
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum

Story = Callable[[Month], Coroutine[Any, Any, None]]
MINUTE = 60.0


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def played(where: Path, story: Story, *storms: Storm) -> list[str]:
    """A story in a single forum on a loop whose time leaps, in fair weather but for these storms; the errors logged."""

    async def play() -> None:
        async with month(where, 1, 1) as place:
            place.weather.share, place.weather.storms = 0.0, storms
            await story(place)

    with capture_logs() as records, asyncio.Runner(loop_factory=LeapingLoop) as runner:
        runner.run(play())
    return [each["event"] for each in records if each["log_level"] == "error"]


def posts(place: Month, words: str) -> Counter[str]:
    """How often each chat was told something."""
    return Counter(
        str(each.args.get("channel") or each.args.get("chat_id"))
        for each in place.ledger.sent()
        if words in str(each.args)
    )


async def both_record(place: Month, name: str) -> None:
    """Somebody on each platform records a decision; nobody waits for it."""
    (channel, group), folk = place.places[0], place.folk
    await place.slack.say(folk.in_slack[1], channel, f"@Samsyn beslut {name} i Slack.")
    place.telegram.people.say(folk.in_telegram[1], group, f"/beslut {name} i Telegram.")


# --- Tokens ------------------------------------------------------------------------------------------------------


def test_a_token_that_is_refused_for_an_hour_costs_nothing(tmp_path: Path) -> None:
    """On both platforms at once: it is asked seldom and said loudly, and then everything comes, once and in order."""

    async def story(place: Month) -> None:
        await asyncio.sleep(5 * MINUTE)
        for each in range(3):
            await both_record(place, f"Sak {each}")
            await asyncio.sleep(10 * MINUTE)
        refused = [each for each in place.ledger if each.outcome in ("token_revoked", "Unauthorized")]
        assert 0 < len(refused) < 150
        await asyncio.sleep(60 * MINUTE)

        channel, group = place.places[0]
        for each in range(3):
            for platform in ("Slack", "Telegram"):
                assert posts(place, f"Sak {each} i {platform}.") == {channel: 1, str(group): 1}
        shown = [
            str(each.args["text"]) for each in place.ledger.sent() if each.args.get("channel") == channel
        ]
        came = [int(number) for words in shown for number in re.findall(r"Beslut § (\d)/2026", words)]
        assert came == [1, 2, 3, 4, 5, 6]

    storms = [Storm(each, 2 * MINUTE, 62 * MINUTE, revoked=True) for each in ("slack", "telegram")]
    errors = played(tmp_path / "m.db", story, *storms)
    assert {"token-refused", "polling ended"} <= set(errors)


def test_an_app_that_is_removed_and_installed_again(tmp_path: Path) -> None:
    """Telegram goes on alone meanwhile; what was for Slack waits, and comes once when the app is back."""

    async def story(place: Month) -> None:
        await place.slack.uninstall()
        await asyncio.sleep(MINUTE)
        writer, (channel, group) = place.folk.in_telegram[1], place.places[0]
        place.telegram.people.say(writer, group, "/beslut Vi fortsätter här.")
        await asyncio.sleep(30 * MINUTE)
        assert posts(place, "Vi fortsätter här.") == {str(group): 1}

        place.slack.reinstall()
        await asyncio.sleep(10 * MINUTE)
        assert posts(place, "Vi fortsätter här.") == {str(group): 1, channel: 1}

    assert "token-refused" in played(tmp_path / "m.db", story)


def test_two_installations_with_one_token_do_not_fight(tmp_path: Path) -> None:
    """Each comes back seldom, and says loudly that there is another; what is written is recorded by one of them."""

    async def story(place: Month) -> None:
        twin = Reborn(tmp_path / "twin.db", place.clock, place.ledger, place.bot.platforms, place.bot.door)
        await twin.begin(Ways())
        before = len(place.ledger.of("getMe"))
        writer, (_, group) = place.folk.in_telegram[1], place.places[0]
        for each in range(12):
            place.telegram.people.say(writer, group, f"/beslut Sak {each}.")
            await asyncio.sleep(5 * MINUTE)
        assert len(place.ledger.of("getMe")) - before < 2 * 60 + 20
        await twin.stop()
        place.telegram.people.say(writer, group, "/beslut Nu är vi ensamma.")
        await asyncio.sleep(5 * MINUTE)
        assert sum(posts(place, "Nu är vi ensamma.").values()) == 2

    assert "platform ended" in played(tmp_path / "m.db", story)


# --- Chats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["thrown out", "archived"])
def test_a_chat_that_takes_nothing_is_left_alone_until_we_are_back(ready: Ready, how: str) -> None:
    """The coordinator hears of it once, in private; the other chat goes on; nothing is tried again and again."""
    chat, slack = ready.chat, ready.chat.slack
    chat.does(
        slack.remove_bot(chat.channel, ready.ada.user)
        if how == "thrown out"
        else slack.archive(chat.channel, ready.ada.user)
    )
    chat.waits(minutes=5)
    ready.ada.sees("chat-gone", chat=text("place-name", title="trygghet", platform="Slack"))
    for each in range(5):
        ready.cilla.commands(f"beslut Sak {each}.")
    chat.waits(days=2)

    assert not chat.platforms.ledger.refused("slack")
    assert len(_numbers(ready)) == 5
    if how == "archived":
        chat.does(slack.unarchive(chat.channel, ready.ada.user))
        slack.world.channels[chat.channel].members.remove(BOT_USER)
    chat.does(slack.invite_bot(ready.ada.user, chat.channel))
    chat.reads_everything()
    ready.cilla.commands("beslut Vi är alla här.")
    ready.bo.sees("decision-title-standing", number="6/2026")
    chat.reads_everything()


def test_nobody_told_us_that_we_are_out(ready: Ready) -> None:
    """The first message that is refused says it; the coordinator hears of it once, and the others go on."""
    chat = ready.chat
    group = chat.telegram.world.chats[chat.group]
    group.members[chat.telegram.world.bot.id] = type(group.members[ready.cilla.user.id])("kicked")
    for each in range(3):
        ready.ada.commands(f"beslut Sak {each}.")
    chat.waits(minutes=5)

    chat.reads_everything()
    assert len(chat.platforms.ledger.refused("telegram")) == 1
    chat.waits(days=2)
    chat.reads_everything()


@pytest.mark.parametrize("first", ["message", "error", "both at once"])
def test_a_group_that_becomes_a_supergroup_is_followed(ready: Ready, first: str) -> None:
    """Whether the service message or the refused message tells of it first: each decision comes there once, in order."""
    chat = ready.chat
    old = _small_group(ready)
    if first == "error":
        chat.stops()
        new = chat.telegram.people.upgrade(old)
        chat.platforms.faults.plant("getUpdates", ServerError())
        chat.app = chat._open()
        chat.runner.run(_slash(ready, "Sak 0."))
        chat.waits(minutes=1)
    elif first == "message":
        new = chat.does(chat.telegram.upgrade(old))
        ready.ada.commands("beslut Sak 0.")
    else:
        new = chat.telegram.people.upgrade(old)
        ready.ada.commands("beslut Sak 0.")
    for each in (1, 2):
        ready.ada.commands(f"beslut Sak {each}.")

    came = [
        str(each.args["text"]).split("Sak ")[1][0]
        for each in chat.platforms.ledger.sent("telegram")
        if each.args["chat_id"] == new and "Sak " in str(each.args["text"])
    ]
    assert came == ["0", "1", "2"]
    assert ready.store(partial(forums.moved_to, platform="telegram", workspace="", chat=str(old))) == str(new)
    assert ready.store(partial(outbox.count, state="dead")) == 0
    chat.reads_everything()


def _small_group(ready: Ready) -> int:
    """The forum's group as an ordinary one, which may become a supergroup."""
    chat = ready.chat
    people = [ready.cilla.user, ready.dan.user]
    old = chat.telegram.world.add_group("Trygghet", people, kind="group", with_bot=True)
    here = {"platform": "telegram", "workspace": ""}
    ready.store(lambda store: forums.move_chat(store, **here, old=str(chat.group), new=str(old)))
    chat.group = old
    return old


async def _slash(ready: Ready, words: str) -> None:
    chat = ready.chat
    await chat.slack.sockets.connected_at_least(1)
    await chat.slack.slash(ready.ada.user, chat.channel, "/samsyn", f"beslut {words}")
    await chat.app.dispatcher.idle()


def _numbers(ready: Ready) -> list[int]:
    found = ready.store(lambda store: decisions.latest(store, ready.forum.id, most=100))
    return [each.number for each in found]


# --- People ------------------------------------------------------------------------------------------------------


def test_somebody_who_blocked_the_bot_is_asked_in_the_chat_and_not_again_and_again(ready: Ready) -> None:
    """One refused message at the most, then the chat; when they unblock it, in private as before."""
    chat, tried = ready.chat, str(ready.cilla.user.id)
    ready.cilla.commands("atgard Mät ljuset, senast 13 mars 2026")
    chat.telegram.world.acquaintances[ready.cilla.user.id].blocked = True  # and nobody told us
    chat.reads_everything()
    chat.waits(days=12)

    refused = [
        each for each in chat.platforms.ledger.refused("telegram") if str(each.args["chat_id"]) == tried
    ]
    assert len(refused) == 1
    assert chat.platforms.ledger.sent("telegram")[-1].args["chat_id"] == chat.group
    chat.does(chat.telegram.unblock(ready.cilla.user))
    chat.does(chat.telegram.start(ready.cilla.user))
    chat.reads_everything()
    chat.waits(days=8)
    assert str(chat.platforms.ledger.sent("telegram")[-1].args["chat_id"]) == tried
    chat.reads_everything()


# --- Disorder ----------------------------------------------------------------------------------------------------


def test_leaving_comes_before_joining(ready: Ready) -> None:
    """Somebody came and went, and Slack tells it the other way round: nobody is a member who is not there."""
    chat, slack = ready.chat, ready.chat.slack
    before = ready.store(lambda store: forums.members(store, ready.forum.id))
    guest = chat.slack_person("Gun Ro")
    told = [
        {"type": kind, "user": guest.user.id, "channel": chat.channel, "channel_type": "C", "team": guest.user.team,
         "event_ts": slack.world.next_ts()}
        for kind in ("member_left_channel", "member_joined_channel")
    ]  # fmt: skip
    for event in told:
        chat.does(slack.delivery.deliver(Parcel("events_api", event_body(slack.world, event, guest.user))))

    assert ready.store(lambda store: forums.members(store, ready.forum.id)) == before


def test_a_press_comes_before_we_know_that_the_message_arrived(ready: Ready) -> None:
    """The answer to sending was lost, but people see the message and press its button: it is done once."""
    chat = ready.chat
    chat.runner.run(chat.app.dispatcher.stop())
    given = chat.slack.slash(ready.ada.user, chat.channel, "/samsyn", "beslut Vi ångrar oss.")
    chat.runner.run(given)
    waiting = ready.store(outbox.waiting)
    chat.stops()
    chat.app = chat._open()
    chat.settles()
    ready.ada.clicks("decision-undo")
    assert [
        each.state for each in ready.store(lambda store: decisions.versions(store, ready.forum.id, 1))
    ] == [
        "standing",
        "undone",
    ]
    assert len(waiting) == 2
    chat.reads_everything()
