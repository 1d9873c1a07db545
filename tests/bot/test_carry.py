"""What each effect becomes: which message goes where, in which language, and what goes straight back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.adapter import Outcome, Outgoing
from bot.carry import Carrier, card_json
from bot.resolve import Surroundings, resolve
from bot.writer import Writer
from handlers.kit.effects import Cancel, Direct, OpenForm, Post, Schedule, Toast, Update
from handlers.kit.feature import Book
from handlers.kit.inbound import Chat
from handlers.kit.ui import Action, Button, Card, Row, text
from storage import forums, outbox, people, timers
from storage.db import Store
from storage.outbox import Letter
from tests.bot.bench import Bench, build, card, pressed, said, words
from tests.bot.votes import votes
from tests.stage.samples import ADA, CILLA, GROUP, NO_BALLOTS, NOW, SECRET, add_forum, meet, sample_forum

pytestmark = pytest.mark.anyio
CILLAS = Chat("telegram", "", CILLA.user, private=True)
ADAS = Chat("slack", "T1", ADA.user, private=True)


@pytest.fixture(name="bench")
async def _bench(writer: Writer) -> AsyncIterator[Bench]:
    bench = build(writer, votes(), hurried=True)
    await writer.run(sample_forum)
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


async def _does(bench: Bench, what: str, key: str = "1", **where: Any) -> Outcome:
    return await bench.handle(pressed(f"votes.do:1:{what}", key, **where))


async def _started(bench: Bench) -> None:
    """Cilla has started the bot in private."""
    await bench.writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user=CILLA.user, reachable=True)
    )


def _where(*sent: Outgoing) -> list[tuple[str, str]]:
    return [(each.kind, each.to.chat) for each in sent]


# --- Posts and updates -----------------------------------------------------------------------------------------


async def test_a_card_is_posted_in_every_place_of_the_forum(bench: Bench) -> None:
    """Slack and Telegram both get it, each with the forum in it for its buttons."""
    await _does(bench, "post")

    sent = [*bench.slack.arrived, *bench.telegram.arrived]
    assert _where(*sent) == [("post", "C1"), ("post", GROUP.chat)]
    assert [(each.forum, each.language, each.zone, each.private) for each in sent] == [
        (1, "sv", "Europe/Stockholm", False)
    ] * 2


async def test_a_place_that_is_gone_gets_nothing(bench: Bench) -> None:
    """A suspended chat is no place of the forum for the time being."""
    await bench.writer.run(partial(forums.suspend_chat, platform="telegram", workspace="", chat=GROUP.chat))

    await _does(bench, "post")

    assert bench.telegram.tried == []


async def test_a_card_can_be_meant_for_this_chat_alone(bench: Bench) -> None:
    """Posted here, it is posted nowhere else; from a private chat it goes to the person."""
    await _does(bench, "post-here")
    await _does(bench, "post-here", "2", chat=ADAS)

    assert _where(*bench.slack.arrived) == [("post", "C1"), ("whisper", ADA.user)]
    assert bench.telegram.tried == []


async def test_a_changed_card_changes_wherever_it_hangs(bench: Bench) -> None:
    """An update reaches every chat where the card was posted, each in its own language."""
    await bench.writer.run(partial(forums.speak, place=2, language="en"))
    bench.slack.plan("C1", "17.1")
    bench.telegram.plan(GROUP.chat, "88")
    await _does(bench, "post-named")

    await _does(bench, "update", "2")

    last = (bench.slack.arrived[-1], bench.telegram.arrived[-1])
    assert [(each.kind, each.message, each.language) for each in last] == [
        ("update", "17.1", "sv"),
        ("update", "88", "en"),
    ]


async def test_an_update_of_a_card_that_hangs_nowhere_is_nothing(bench: Bench) -> None:
    """There is nothing to change, and nobody to tell."""
    await _does(bench, "update")

    assert bench.slack.tried == []


# --- Private messages ------------------------------------------------------------------------------------------


async def test_a_person_is_told_in_private(bench: Bench) -> None:
    """In their own language, in the private chat."""
    await bench.writer.run(partial(people.speak, person=1, language="en"))

    await _does(bench, "direct")

    sent = bench.slack.arrived[0]
    assert (sent.kind, sent.to.chat, sent.language, sent.private) == ("direct", ADA.user, "en", True)


async def test_somebody_out_of_reach_is_told_in_the_chat_where_they_are(bench: Bench) -> None:
    """Whoever never started the bot is spoken to aloud, on their own platform; without a fallback not at all."""
    await _does(bench, "direct", who=CILLA, chat=GROUP)
    await _does(bench, "direct-only", "2", who=CILLA, chat=GROUP)

    assert bench.slack.tried == []
    assert bench.telegram.said_to(GROUP.chat) == ["aloud"]


async def test_somebody_whose_chat_is_gone_is_told_in_another_one(bench: Bench) -> None:
    """Where none of the forum's chats is on their platform, any of them will do."""

    def carry(store: Store) -> list[Letter]:
        forums.suspend_chat(store, "telegram", "", GROUP.chat)
        carrier = _carrier(store)
        carrier.carry(Direct(3, card("private"), fallback=card("aloud")))
        return carrier.done.letters

    letters = await bench.writer.run(carry)

    assert [(each.kind, each.to.chat) for each in letters] == [("post", "C1")]


# --- Answers to the one who acted ------------------------------------------------------------------------------


async def test_in_slack_an_answer_stays_in_the_channel_for_one_pair_of_eyes(bench: Bench) -> None:
    """A whisper goes to the channel it was asked in and names who shall see it; a thread is kept to."""
    await _does(bench, "whisper", thread="8.8")

    sent = bench.slack.arrived[0]
    assert (sent.kind, sent.to.chat, sent.person_user, sent.thread) == ("whisper", "C1", ADA.user, "8.8")
    assert (sent.private, sent.replaces) == (False, "")


async def test_in_telegram_an_answer_goes_to_the_private_chat(bench: Bench) -> None:
    """Whoever has started the bot is answered in private, others in the group, as a reply to what they wrote."""
    await bench.handle(said("?", "1", who=CILLA, chat=GROUP, message="41"))
    await _started(bench)
    await bench.handle(said("?", "2", who=CILLA, chat=GROUP, message="42"))

    sent = bench.telegram.arrived
    assert [(each.to.chat, each.reply_to, each.private) for each in sent] == [
        (GROUP.chat, "41", False),
        (CILLA.user, "", True),
    ]


async def test_an_answer_takes_the_place_of_a_private_card(bench: Bench) -> None:
    """Paging through a list of one's own leaves one message and not ten; in the channel it never replaces a card."""
    await _does(bench, "whisper", chat=ADAS, message="5.5", message_private=True)
    await _does(bench, "whisper-new", "2", chat=ADAS, message="5.5", message_private=True)
    await _does(bench, "whisper", "3", message="6.6")

    assert [each.replaces for each in bench.slack.arrived] == ["5.5", "", ""]


async def test_an_answer_to_nobody_is_posted(bench: Bench) -> None:
    """Somebody who hides behind the group can only be answered in the group."""
    await bench.handle(said("?", who=None, chat=GROUP))
    await bench.handle(said("?", "2", who=None, chat=None))

    assert _where(*bench.telegram.arrived) == [("post", GROUP.chat)]


async def test_a_toast_is_shown_to_who_pressed_and_written_to_who_wrote(bench: Bench) -> None:
    """A few words in passing, where there is a press to answer; otherwise a message."""
    outcome = await _does(bench, "toast")
    assert (outcome.toast, bench.slack.tried) == (words("toast"), [])

    def carry(store: Store) -> list[Letter]:
        carrier = _carrier(store)
        carrier.carry(Toast(words("toast")))
        return carrier.done.letters

    letters = await bench.writer.run(carry)
    assert [(each.kind, each.to.chat) for each in letters] == [("whisper", "C1")]


async def test_ones_own_page_is_slacks(bench: Bench) -> None:
    """The home page goes to every Slack account of the person, and to none in Telegram."""
    await _does(bench, "publish")
    await _does(bench, "publish", "2", who=CILLA, chat=GROUP)

    assert _where(*bench.slack.arrived) == [("publish", ADA.user)]
    assert bench.telegram.tried == []


# --- Timers ----------------------------------------------------------------------------------------------------


async def test_a_timer_is_a_row(bench: Bench) -> None:
    """It is kept under its forum, moved by the same name, and silenced by it; the alarm hears of it."""
    await _does(bench, "schedule")
    row = await bench.writer.run(partial(timers.due, now=NOW + timedelta(hours=1)))
    assert [(each.name, each.forum, each.action) for each in row] == [("1:ring", 1, "votes.do:1:post")]

    await _does(bench, "cancel", "2")

    assert await bench.writer.run(timers.next_due) is None


def _carrier(store: Store) -> Carrier:
    """What carries the effects of a word of Ada's."""
    around = Surroundings.of(Book.of((votes(),)), {}, "sv", SECRET, NO_BALLOTS)
    return Carrier(resolve(store, said("x"), around, NOW), around.book)


async def test_a_timer_may_ring_in_another_forum(bench: Bench) -> None:
    """What one forum starts can go on in another one: its name and its action belong there."""

    def carry(store: Store) -> list[timers.Timer]:
        other = add_forum(store, "Annat", invite="annan")
        carrier = _carrier(store)
        carrier.carry(
            Schedule("later", NOW + timedelta(hours=2), Action("votes.do", ("post",)), forum=other.id)
        )
        carrier.carry(Schedule("x", NOW + timedelta(hours=1), Action("votes.do", ("post",))))
        carrier.carry(Cancel("x"))
        assert carrier.done.rings_at == NOW + timedelta(hours=1)
        return timers.due(store, NOW + timedelta(days=1))

    rows = await bench.writer.run(carry)

    assert [(each.name, each.forum, each.action) for each in rows] == [("2:later", 2, "votes.do:2:post")]


async def test_a_card_can_go_to_a_place_on_behalf_of_the_forum_it_now_belongs_to(bench: Bench) -> None:
    """A chat tied within this very request gets the card of its new forum; a place that is not there gets none."""

    def carry(store: Store) -> list[Letter]:
        other = add_forum(store, "Annat", invite="annan")
        place = forums.add_place(store, "slack", "T1", "C9", "", "annat")
        forums.tie(store, place.id, other.id)
        carrier = _carrier(store)
        for each in (place.id, 404):
            carrier.carry(Post(card("hello"), place=each))
        return carrier.done.letters

    letters = await bench.writer.run(carry)

    assert [(each.to.chat, each.forum) for each in letters] == [("C9", 2)]


async def test_a_forum_that_is_not_there_changes_nothing(bench: Bench) -> None:
    """Outside any forum a fallback has no chat to go to, and a card goes to whoever asked."""

    def carry(store: Store) -> list[Letter]:
        carrier = _carrier(store)
        carrier.req = replace(carrier.req, forum=None, member=None, language="en")
        stranger = meet(store, replace(CILLA, user="55"))
        carrier.carry(Direct(stranger.id, card("private"), fallback=card("aloud")))
        carrier.carry(Post(card("here")))
        outbox.hang(store, "x", carrier.done.letters[-1].to, forum=None, person=None)
        carrier.carry(Update(card("changed", name="x")))
        return carrier.done.letters

    letters = await bench.writer.run(carry)

    assert [(each.kind, each.to.chat, each.language) for each in letters] == [
        ("post", "C1", "en"),
        ("update", "C1", "en"),
    ]


# --- Forms -----------------------------------------------------------------------------------------------------


async def test_a_form_opens_on_the_spot_where_one_can(bench: Bench) -> None:
    """A press and a slash command open a form at once; it comes back under the same name."""
    pressed_open = await _does(bench, "open")
    straight = await bench.handle(pressed("votes.ask:1:y", "2"))

    assert pressed_open.form is not None
    assert pressed_open.form.data == "votes.ask:1:x"
    assert straight.form is not None
    assert straight.form.form.title == words("y")


async def test_a_mention_in_slack_gets_a_button_that_opens_the_form(bench: Bench) -> None:
    """There is nothing to open a modal with, so the person is offered a press."""

    def carry(store: Store) -> Carrier:
        carrier = _carrier(store)
        carrier.carry(OpenForm(Action("votes.ask", ("x",))))
        return carrier

    carrier = await bench.writer.run(carry)

    assert carrier.done.form is None
    assert [each.kind for each in carrier.done.letters] == ["whisper"]
    button = Button(text("form-open"), Action("votes.ask", ("x",)), "primary")
    assert carrier.done.letters[0].card == _json(words("x"), Row((button,)))


def _json(title: Any, *body: Any) -> str:
    return card_json(Card(title, body))
