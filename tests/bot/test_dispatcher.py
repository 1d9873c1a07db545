"""Messages on their way out: in order within a chat, nobody waits for another chat, and every outcome has its rule."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot import pace
from bot.adapter import (
    Adapter,
    Broken,
    Gone,
    MessageGone,
    Moved,
    NotNow,
    Refused,
    Revoked,
    Uncertain,
    Unreachable,
)
from bot.carry import card_json
from bot.dispatcher import PATIENCE
from bot.writer import Writer
from handlers.kit.feature import Feature
from handlers.kit.ui import Card, Mention, Text
from storage import forums, outbox, people
from storage.db import Store
from storage.outbox import Address
from tests.bot.bench import Bench, build, put, send, state
from tests.stage.recording import HandClock, RecordingAdapter
from tests.stage.samples import ADA, CHANNEL, CILLA, GROUP, Sample, meet, sample_forum

pytestmark = pytest.mark.anyio


@pytest.fixture(name="bench")
async def _bench(writer: Writer) -> AsyncIterator[Bench]:
    bench = build(writer, Feature("empty"))
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


async def _hang(writer: Writer, name: str, chat: str, message: str) -> None:
    """A named card that already hangs in a chat."""

    def work(store: Store) -> None:
        to = Address("slack", "T1", chat)
        outbox.hang(store, name, to, forum=None, person=None)
        letter = outbox.put(
            store, "post", to, "{}", now=HandClock().now(), language="", zone="", card_name=name
        )
        outbox.mark_sent(store, letter, message)

    await writer.run(work)


def test_the_recording_adapter_is_an_adapter() -> None:
    """What the tests send through fulfils the protocol that both platforms fulfil."""
    adapter: Adapter = RecordingAdapter("slack")

    assert adapter.platform == "slack"


async def test_a_chat_hears_everything_in_order(bench: Bench) -> None:
    """Messages to one chat go out one after the other, in the order they were committed."""
    letters = [await put(bench.writer, "C1", f"k{each}") for each in range(3)]

    await send(bench, *letters)

    assert bench.slack.said_to("C1") == ["k0", "k1", "k2"]
    assert [await state(bench, each) for each in letters] == ["sent", "sent", "sent"]
    kept = await bench.writer.run(lambda store: store.all("select card from outbox"))
    assert kept == [("",), ("",), ("",)]


async def test_the_second_waits_until_the_first_has_arrived(bench: Bench) -> None:
    """Nothing overtakes a message of the same chat that is still on its way; another chat does not wait."""
    gate = asyncio.Event()
    bench.slack.plan("C1", gate)
    letters = [await put(bench.writer, chat, key) for chat, key in (("C1", "a"), ("C1", "b"), ("C2", "c"))]

    bench.dispatcher.take(letters)
    await bench.slack.until_tried(2)

    assert bench.slack.said_to("C2") == ["c"]
    assert [each.card.title.key for each in bench.slack.tried if each.to.chat == "C1"] == ["a"]
    gate.set()
    await bench.dispatcher.idle()
    assert bench.slack.said_to("C1") == ["a", "b"]


async def test_a_letter_is_marked_before_it_is_tried(bench: Bench) -> None:
    """A process that dies while sending leaves a trace of it: that is how the next one knows."""
    gate = asyncio.Event()
    bench.slack.plan("C1", gate)
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter])
    await bench.slack.until_tried(1)

    assert await state(bench, letter) == "sending"
    gate.set()
    await bench.dispatcher.idle()


# --- Updates ---------------------------------------------------------------------------------------------------


async def test_only_the_newest_update_of_a_card_is_sent(bench: Bench) -> None:
    """Of several updates that wait for the same card, people see the last; other cards are not touched."""
    for name in ("one", "two"):
        await _hang(bench.writer, name, "C1", f"{name}.1")
    old = await put(bench.writer, "C1", "old", kind="update", name="one")
    other = await put(bench.writer, "C1", "other", kind="update", name="two")
    new = await put(bench.writer, "C1", "new", kind="update", name="one")

    await send(bench, old, other, new)

    assert bench.slack.said_to("C1") == ["other", "new"]
    assert [each.message for each in bench.slack.arrived] == ["two.1", "one.1"]
    assert [await state(bench, each) for each in (old, other, new)] == ["dropped", "sent", "sent"]


async def test_an_update_that_was_overtaken_while_it_waited_its_turn_is_not_sent(bench: Bench) -> None:
    """The choice of the newest is made when the chat may be written to, not before."""
    await _hang(bench.writer, "one", "C1", "1.1")
    bench.slack.plan("C1", NotNow(30))
    old = await put(bench.writer, "C1", "old", kind="update", name="one")
    bench.dispatcher.take([old])
    await bench.clock.until_asleep()
    new = await put(bench.writer, "C1", "new", kind="update", name="one")
    bench.dispatcher.take([new])
    bench.clock.forward(30)
    await bench.dispatcher.idle()

    assert bench.slack.said_to("C1") == ["new"]
    assert await state(bench, old) == "dropped"


async def test_an_update_finds_the_message_that_was_posted_just_before(bench: Bench) -> None:
    """A card that is posted and changed at once is changed where it was posted."""
    await bench.writer.run(
        lambda store: outbox.hang(store, "one", Address("slack", "T1", "C1"), forum=None, person=None)
    )
    bench.slack.plan("C1", "17.5")
    post = await put(bench.writer, "C1", "post", name="one")
    update = await put(bench.writer, "C1", "update", kind="update", name="one")

    await send(bench, post, update)

    assert [(each.kind, each.message) for each in bench.slack.arrived] == [("post", ""), ("update", "17.5")]


async def test_a_card_of_which_no_message_is_known_is_posted_as_it_stands(bench: Bench) -> None:
    """The post may have been lost, or stayed behind when the group moved: nobody shall be left with an old state."""
    await _hang(bench.writer, "one", "C1", "")
    bench.slack.plan("C1", "17.5")

    await send(bench, await put(bench.writer, "C1", "update", kind="update", name="one"))
    await send(bench, await put(bench.writer, "C1", "newer", kind="update", name="one"))

    assert [(each.kind, each.message) for each in bench.slack.arrived] == [("post", ""), ("update", "17.5")]


async def test_an_update_of_what_was_never_posted_is_dropped(bench: Bench) -> None:
    """Where a card does not hang there is nothing to change."""
    letter = await put(bench.writer, "C1", "a", kind="update", name="never")

    await send(bench, letter)

    assert bench.slack.tried == []
    assert await state(bench, letter) == "dropped"


# --- Waiting ---------------------------------------------------------------------------------------------------


async def test_one_chat_told_to_wait_delays_no_other(bench: Bench) -> None:
    """Retry-After of one chat holds that chat alone, and its order stays."""
    bench.slack.plan("C1", NotNow(30))
    letters = [await put(bench.writer, chat, key) for chat, key in (("C1", "a"), ("C1", "b"), ("C2", "c"))]
    bench.dispatcher.take(letters)
    await bench.clock.until_asleep()
    await bench.slack.until_tried(2)

    assert bench.slack.said_to("C2") == ["c"]
    bench.clock.forward(29)
    await asyncio.sleep(0)
    assert bench.slack.said_to("C1") == []
    bench.clock.forward(1)
    await bench.dispatcher.idle()
    assert bench.slack.said_to("C1") == ["a", "b"]


async def test_a_platform_told_to_wait_holds_all_its_chats_and_no_other_platform(bench: Bench) -> None:
    """Retry-After of a whole platform holds everything to it, and nothing else."""
    bench.slack.plan("C1", NotNow(3, everywhere=True))
    bench.dispatcher.take([await put(bench.writer, "C1", "a")])
    await bench.clock.until_asleep()
    bench.dispatcher.take([
        await put(bench.writer, "C2", "b"), await put(bench.writer, "-7", "c", platform="telegram")
    ])  # fmt: skip
    await bench.telegram.until_tried(1)
    await bench.clock.until_asleep()

    assert bench.slack.arrived == []
    await bench.rests(3)
    assert {each.to.chat for each in bench.slack.arrived} == {"C1", "C2"}


async def test_a_revoked_token_holds_everything_until_it_is_mended(bench: Bench) -> None:
    """Nothing is lost while our token is refused: it is tried again, and stays in the table meanwhile."""
    bench.slack.plan("C1", Revoked(), Revoked())
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter])
    for _ in range(2):
        await bench.clock.until_asleep()
        assert await state(bench, letter) == "new"
        bench.clock.forward(PATIENCE)
    await bench.dispatcher.idle()

    assert bench.slack.said_to("C1") == ["a"]
    assert len(bench.slack.tried) == 3


async def test_the_pace_of_a_channel_is_kept(bench: Bench) -> None:
    """A burst of three goes at once; the fourth waits its three seconds."""
    letters = [await put(bench.writer, "C1", str(each)) for each in range(4)]
    bench.dispatcher.take(letters)
    await bench.clock.until_asleep()

    assert bench.slack.said_to("C1") == ["0", "1", "2"]
    bench.clock.forward(pace.SLACK_CHANNEL[0].seconds)
    await bench.dispatcher.idle()
    assert bench.slack.said_to("C1") == ["0", "1", "2", "3"]


# --- Unknown outcomes ------------------------------------------------------------------------------------------


async def test_an_unknown_outcome_is_repeated_once_where_that_is_wanted(bench: Bench) -> None:
    """Whether it arrived is not known: a confirmation is sent a second time, and not a third."""
    bench.slack.plan("C1", Uncertain(), Uncertain())
    letter = await put(bench.writer, "C1", "a", care="repeat")
    bench.dispatcher.take([letter])
    await bench.clock.until_asleep()
    bench.clock.forward(2)
    await bench.dispatcher.idle()

    assert len(bench.slack.tried) == 2
    assert await state(bench, letter) == "unknown"


async def test_a_broken_platform_is_asked_again_until_it_is_mended(bench: Bench) -> None:
    """A few bad minutes of a platform lose nothing: the pauses grow, and what waits behind comes in its order."""
    bench.slack.plan("C1", Broken(), Broken(), Broken())
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter, await put(bench.writer, "C1", "b")])
    for pause in (2, 4, 8):
        await bench.clock.until_asleep()
        bench.clock.forward(pause)
    await bench.dispatcher.idle()

    assert bench.slack.said_to("C1") == ["a", "b"]
    assert await state(bench, letter) == "sent"


async def test_a_message_that_breaks_the_platform_every_time_is_let_go(bench: Bench) -> None:
    """It must not hold up the chat for ever."""
    bench.slack.plan("C1", *(Broken() for _ in range(10)))
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter, await put(bench.writer, "C1", "b")])
    for _ in range(9):
        await bench.clock.until_asleep()
        bench.clock.forward(60)
    await bench.dispatcher.idle()

    assert bench.slack.said_to("C1") == ["b"]
    assert await state(bench, letter) == "unknown"


async def test_an_unknown_outcome_that_clears_up_is_sent(bench: Bench) -> None:
    """The second try arrives, and the message is marked as sent."""
    bench.slack.plan("C1", Uncertain())
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter])
    await bench.clock.until_asleep()
    bench.clock.forward(2)
    await bench.dispatcher.idle()

    assert bench.slack.said_to("C1") == ["a"]
    assert await state(bench, letter) == "sent"


async def test_what_shall_not_come_twice_is_not_repeated(bench: Bench) -> None:
    """A message that is better lost than doubled is tried once; what follows it goes on."""
    bench.slack.plan("C1", Uncertain())
    once = await put(bench.writer, "C1", "a", care="once")
    after = await put(bench.writer, "C1", "b")

    await send(bench, once, after)

    assert len(bench.slack.tried) == 2
    assert [await state(bench, each) for each in (once, after)] == ["unknown", "sent"]


# --- What sending teaches --------------------------------------------------------------------------------------


async def _forum(bench: Bench) -> Sample:
    return await bench.writer.run(sample_forum)


async def test_a_private_message_that_cannot_arrive_is_said_in_the_chat(bench: Bench) -> None:
    """A person who blocked the bot is told in the forum's chat, where they are; their account is remembered so."""
    sample = await _forum(bench)
    await bench.writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user="7", reachable=True)
    )
    bench.telegram.plan("7", Unreachable())
    letter = await bench.writer.run(
        partial(
            outbox.put, kind="direct", to=Address("telegram", "", "7"), now=bench.clock.now(), language="sv", zone="UTC",
            card=_body("private"), fallback=_body("aloud", Mention(sample.cilla.person, "Cilla")),
            person=sample.cilla.person, forum=sample.forum.id,
        )
    )  # fmt: skip

    await send(bench, letter)
    await bench.dispatcher.idle()

    assert bench.telegram.said_to(GROUP.chat) == ["aloud"]
    said = bench.telegram.arrived[-1]
    assert (said.forum, dict(said.mentions)) == (sample.forum.id, {sample.cilla.person: "7"})
    assert await bench.writer.run(partial(people.private_account, person=sample.cilla.person)) is None


async def test_another_account_is_tried_before_the_chat(bench: Bench) -> None:
    """Somebody with accounts on both platforms is told on the other one."""
    sample = await _forum(bench)

    def second_account(store: Store) -> None:
        other = meet(store, dataclasses.replace(ADA, platform="telegram", workspace="", user="99"))
        people.set_reachable(store, "telegram", "", "99", reachable=True)
        people.merge(store, sample.ada.person, other.id)
        people.touch(store, "telegram", "", "99")

    await bench.writer.run(second_account)
    bench.telegram.plan("99", Unreachable())
    letter = await bench.writer.run(
        partial(
            outbox.put, kind="direct", to=Address("telegram", "", "99"), now=bench.clock.now(), language="sv",
            zone="UTC", card=_body("private"), fallback=_body("aloud"), person=sample.ada.person, forum=sample.forum.id,
        )
    )  # fmt: skip

    await send(bench, letter)
    await bench.dispatcher.idle()

    assert bench.slack.said_to(ADA.user) == ["private"]
    assert bench.slack.said_to(CHANNEL.chat) == []


async def test_messages_follow_a_chat_that_moved(bench: Bench) -> None:
    """A group that became a supergroup gets what waits for it, in order, under its new id; its place moves too."""
    await _forum(bench)
    bench.telegram.plan(GROUP.chat, Moved("-1008"))
    letters = [await put(bench.writer, GROUP.chat, key, platform="telegram") for key in "abc"]

    await send(bench, *letters)
    await bench.dispatcher.idle()

    assert bench.telegram.said_to("-1008") == ["a", "b", "c"]
    assert [await state(bench, each) for each in letters] == ["sent"] * 3
    assert await bench.writer.run(lambda store: forums.place_at(store, "telegram", "", "-1008", ""))


async def test_a_chat_that_moved_and_was_seen_already_under_its_new_id_is_one_chat(bench: Bench) -> None:
    """Either signal of the move may come first: a message out of the new chat does not make it a stranger."""
    sample = await _forum(bench)
    await bench.writer.run(lambda store: forums.add_place(store, "telegram", "", "-1008", "", "Trygghet"))
    bench.telegram.plan(GROUP.chat, Moved("-1008"))

    await send(bench, await put(bench.writer, GROUP.chat, "a", platform="telegram"))
    await bench.dispatcher.idle()

    place = await bench.writer.run(lambda store: forums.place_at(store, "telegram", "", "-1008", ""))
    assert place is not None
    assert (place.forum, place.id) == (sample.forum.id, sample.group.id)
    assert bench.telegram.said_to("-1008") == ["a"]


async def test_a_chat_that_is_gone_is_written_to_no_more(bench: Bench) -> None:
    """Removed from a chat, the bot suspends the forum's place there and goes on elsewhere."""
    sample = await _forum(bench)
    bench.slack.plan(CHANNEL.chat, Gone())
    letter = await put(bench.writer, CHANNEL.chat, "a")

    await send(bench, letter)

    left = await bench.writer.run(partial(forums.places, forum=sample.forum.id))
    assert [each.platform for each in left] == ["telegram"]
    assert await state(bench, letter) == "dead"


async def test_a_message_that_the_platform_refuses_holds_up_nobody(bench: Bench) -> None:
    """A fault of ours in one card costs that card alone."""
    bench.slack.plan("C1", Refused("too long"))
    letters = [await put(bench.writer, "C1", key) for key in "ab"]

    await send(bench, *letters)

    assert bench.slack.said_to("C1") == ["b"]
    assert [await state(bench, each) for each in letters] == ["dead", "sent"]


async def test_what_takes_the_place_of_a_message_that_is_gone_becomes_a_new_one(bench: Bench) -> None:
    """An answer is not lost because what it was to replace was deleted."""
    bench.slack.plan("C1", MessageGone())
    letter = await bench.writer.run(
        partial(
            outbox.put, kind="whisper", to=Address("slack", "T1", "C1"), card=_body("a"), now=bench.clock.now(),
            language="sv", zone="UTC", replaces="5.5",
        )
    )  # fmt: skip

    await send(bench, letter)

    assert [(each.replaces, each.card.title.key) for each in bench.slack.tried] == [("5.5", "a"), ("", "a")]
    assert await state(bench, letter) == "sent"


async def test_an_update_of_a_message_that_is_gone_is_over(bench: Bench) -> None:
    """A card that people deleted stays deleted."""
    await _hang(bench.writer, "one", "C1", "1.1")
    bench.slack.plan("C1", MessageGone())
    letter = await put(bench.writer, "C1", "a", kind="update", name="one")

    await send(bench, letter)

    assert await state(bench, letter) == "dead"
    assert len(bench.slack.tried) == 1


async def test_a_platform_that_is_not_connected_is_no_reason_to_wait(bench: Bench) -> None:
    """Messages to a platform that this installation does not have end at once."""
    bench.dispatcher.adapters = {"slack": bench.slack}
    letter = await put(bench.writer, "-7", "a", platform="telegram")

    await send(bench, letter)

    assert await state(bench, letter) == "dead"


# --- Who is spoken to ------------------------------------------------------------------------------------------


async def test_people_are_mentioned_where_they_are(bench: Bench) -> None:
    """A card that names two people mentions in each chat those who have an account there."""
    sample = await _forum(bench)
    both = Text("a", {"one": Mention(sample.ada.person, "Ada"), "two": Mention(sample.cilla.person, "Cilla")})
    letters = [
        await bench.writer.run(
            partial(
                outbox.put,
                kind="post",
                to=to,
                card=_json(both),
                now=bench.clock.now(),
                language="sv",
                zone="UTC",
            )
        )
        for to in (Address("slack", "T1", "C1"), Address("telegram", "", GROUP.chat))
    ]

    await send(bench, *letters)

    assert dict(bench.slack.arrived[0].mentions) == {sample.ada.person: ADA.user}
    assert dict(bench.telegram.arrived[0].mentions) == {sample.cilla.person: CILLA.user}


def _body(key: str, who: Mention | None = None) -> str:
    return _json(Text(key, {"who": who} if who else {}))


def _json(title: Text) -> str:
    return card_json(Card(title))
