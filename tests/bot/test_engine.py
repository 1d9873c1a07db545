"""One inbound, one transaction: what reaches which handler, what happens twice, and the three kinds of trouble."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import structlog

from bot.adapter import Outcome
from bot.writer import Writer
from handlers.kit.inbound import AnyInbound, Due, Happened, Shortcut, Source, Submit
from handlers.kit.ui import text
from storage import forums, intake, people, timers
from storage.db import StoreUnavailable
from tests.bot.bench import Bench, build, pressed, said, words
from tests.bot.votes import votes
from tests.stage.samples import ADA, BO, CHANNEL, CILLA, GROUP, NOW, sample_forum

pytestmark = pytest.mark.anyio


@pytest.fixture(name="bench")
async def _bench(writer: Writer) -> AsyncIterator[Bench]:
    bench = build(writer, votes(), hurried=True)
    await writer.run(sample_forum)
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


async def _fact(bench: Bench, name: str) -> str:
    return await bench.writer.run(partial(intake.fact, name=name))


def _due(**more: Any) -> Due:
    values: dict[str, Any] = {
        "key": "1:ring", "name": "1:ring", "data": "votes.do:1:post", "due_at": NOW, "grace": timedelta(hours=1),
        "late": "ring",
    }  # fmt: skip
    return Due(**{**values, **more})


async def _set(bench: Bench, due: Due) -> None:
    await bench.writer.run(
        partial(
            timers.schedule,
            name=due.name,
            at=due.due_at,
            action=due.data,
            forum=1,
            grace=due.grace,
            late=due.late,
        )
    )


# --- Who answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("vote", ""),
        ("vote  yes please ", "yes please"),
        ("RÖSTA ja", "ja"),
        ("rösta\nja\nnej", "ja\nnej"),
        ("Vote: yes", "yes"),
        ("vote,\tyes", "yes"),
    ],
)
async def test_a_word_runs_its_command(bench: Bench, words: str, rest: str) -> None:
    """The first word is the command, however it is written; the rest of what was said is its argument."""
    await bench.handle(said(words))

    assert await _fact(bench, "said") == rest
    assert bench.slack.said_to("C1") == ["voted"]


@pytest.mark.parametrize("words", ["", "   ", "votes yes", "§"])
async def test_words_that_nobody_knows_are_answered(bench: Bench, words: str) -> None:
    """What is no command is not met with silence."""
    await bench.handle(said(words))

    assert bench.slack.said_to("C1") == ["what?"]


async def test_people_comment_among_themselves(bench: Bench) -> None:
    """A reply to one of our cards in a group is not for us, unless it is a command or points at somebody's message."""
    talk: dict[str, Any] = {"who": CILLA, "chat": GROUP, "reply_to": "5"}

    await bench.handle(said("vote no", "1", **talk))
    assert bench.telegram.arrived == []
    await bench.handle(said("vote yes", "2", command=True, **talk))
    await bench.handle(said("vote ja", "3", source=Source("Let us"), **talk))
    assert bench.telegram.said_to(GROUP.chat) == ["voted", "voted"]


async def test_a_button_runs_its_handler(bench: Bench) -> None:
    """Button data names the handler and brings its arguments."""
    outcome = await bench.handle(pressed("votes.do:1:toast"))

    assert outcome == Outcome(toast=words("toast"))
    assert await _fact(bench, "done") == "toast"


@pytest.mark.parametrize(
    "data", ["votes.gone:1", "votes.do:1", "votes.do:1:a:b", "votes.vote", "votes.on_message:1"]
)
async def test_a_button_that_leads_nowhere_is_told_so(bench: Bench, data: str) -> None:
    """Data of an older version, or forged: the person hears that the button is stale, and nothing happens."""
    outcome = await bench.handle(pressed(data))

    assert outcome.refused == text("refused-stale")
    assert bench.slack.arrived == []


async def test_a_shortcut_runs_its_handler(bench: Bench) -> None:
    """A shortcut on a message opens what its handler asks, and one that nobody registered says so."""
    source = Source("Words", link="https://x")

    known = await bench.handle(Shortcut(key="1", who=ADA, chat=CHANNEL, name="vote_on", source=source))
    unknown = await bench.handle(Shortcut(key="2", who=ADA, chat=CHANNEL, name="gone", source=source))

    assert known.form is not None
    assert known.form.data == "votes.ask:1:m"
    assert [each.initial for each in known.form.form.fields] == ["because", ""]
    assert unknown.refused == text("refused-stale")
    assert bench.slack.said_to("C1") == ["refused-stale"]


async def test_what_happened_is_told_to_those_who_listen(bench: Bench) -> None:
    """An event reaches its handlers; one that nobody listens to is only remembered."""
    await bench.handle(Happened(key="1", chat=CHANNEL, what="bot-added"))
    await bench.handle(Happened(key="2", chat=CHANNEL, what="person-left", who=BO))

    assert bench.slack.said_to("C1") == ["hello"]


async def test_who_runs_the_chat_is_asked_only_where_it_matters(bench: Bench) -> None:
    """The platform is asked before handlers that are registered as needing it, and in no private chat."""
    bench.slack.administrators = {ADA.user}

    assert (await bench.handle(pressed("votes.rule:1", "1"))).toast == words("True")
    assert (await bench.handle(pressed("votes.rule:1", "2", who=BO))).toast == words("False")
    private = {"chat": type(CHANNEL)("slack", "T1", ADA.user, private=True)}
    assert (await bench.handle(pressed("votes.rule:1", "3", **private))).toast == words("None")


# --- Rights ----------------------------------------------------------------------------------------------------


async def test_rights_are_asked_at_every_press(bench: Bench) -> None:
    """A member who left is refused by buttons, commands, forms and shortcuts they could use before."""
    await bench.writer.run(partial(forums.leave, forum=1, member_id=2))
    tries: list[AnyInbound] = [
        said("vote yes", "1", who=BO),
        pressed("votes.do:1:post", "2", who=BO),
        pressed("votes.ask:1:x", "3", who=BO),
        Submit(key="4", who=BO, chat=CHANNEL, data="votes.ask:1:x", answers={"why": "x", "how": "yes"}),
        Shortcut(key="5", who=BO, chat=CHANNEL, name="vote_on", source=Source("x")),
    ]

    for each in tries:
        assert (await bench.handle(each)).refused == text("refused-left")
    assert await _fact(bench, "taken") == ""


# --- Once ------------------------------------------------------------------------------------------------------


async def test_the_same_key_has_no_further_effect(bench: Bench) -> None:
    """A redelivery is recognised, whatever it was, and answered as such."""
    first = await bench.handle(said("vote yes"))
    again = await bench.handle(said("vote yes"))

    assert (first.again, again.again) == (False, True)
    assert bench.slack.said_to("C1") == ["voted"]


async def test_a_refusal_is_told_once(bench: Bench) -> None:
    """A refused inbound that is redelivered is not refused aloud again."""
    await bench.writer.run(partial(forums.leave, forum=1, member_id=2))

    first = await bench.handle(said("vote yes", who=BO))
    again = await bench.handle(said("vote yes", who=BO))

    assert (first.refused, again.again) == (text("refused-left"), True)
    assert bench.slack.said_to("C1") == ["refused-left"]


# --- Trouble ---------------------------------------------------------------------------------------------------


async def test_a_refused_press_is_answered_on_the_spot(bench: Bench) -> None:
    """The one who pressed hears why; what the handler had done until then is undone."""
    outcome = await bench.handle(pressed("votes.do:1:refuse"))

    assert outcome.refused == text("refused-stale")
    assert await _fact(bench, "done") == ""
    assert bench.slack.arrived == []


async def test_a_refusal_may_bring_a_card(bench: Bench) -> None:
    """What somebody wrote is given back to them with the reason."""
    outcome = await bench.handle(pressed("votes.do:1:refuse-card"))

    assert outcome.refused == text("refused-stale")
    assert [(each.kind, each.card.title) for each in bench.slack.arrived] == [("whisper", words("yours"))]


async def test_a_refused_word_is_answered_with_a_message(bench: Bench) -> None:
    """There is no press to answer, so the person is written to."""
    await bench.writer.run(partial(forums.leave, forum=1, member_id=2))

    await bench.handle(said("vote yes", who=BO))

    assert [(each.kind, each.card.title.key) for each in bench.slack.arrived] == [("whisper", "refused-left")]


async def test_a_fault_of_ours_is_apologised_for_and_traced(bench: Bench) -> None:
    """The person gets an apology, we get a trace without a word of theirs; it is not tried again."""
    with structlog.testing.capture_logs() as logs:
        outcome = await bench.handle(pressed("votes.do:1:fault"))
        again = await bench.handle(pressed("votes.do:1:fault"))

    assert outcome.refused == text("apology")
    assert again.again
    assert await _fact(bench, "done") == ""
    assert [(each["event"], each["kind"], each["inbound"]) for each in logs] == [
        ("fault", "ZeroDivisionError", "Click")
    ]
    assert any("tests/bot/votes.py" in each or "bot/votes.py" in each for each in logs[0]["frames"])


async def test_a_fault_before_the_handler_is_not_met_for_ever(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when it cannot be found out who is meant, the inbound is answered and recorded."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.engine.resolve", broken)
    with structlog.testing.capture_logs() as logs:
        outcome = await bench.handle(said("vote"))

    assert outcome.refused == text("apology")
    assert (await bench.handle(said("vote"))).again
    assert len(logs) == 2


async def test_an_unavailable_store_goes_through_to_the_adapter(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing may be acknowledged then: the platform brings it again, and then it works."""

    def down(*_: object) -> bool:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(intake, "first_time", down)
        with pytest.raises(StoreUnavailable):
            await bench.handle(said("vote"))

    assert not (await bench.handle(said("vote"))).again
    assert bench.slack.said_to("C1") == ["voted"]


async def test_what_cannot_be_read_is_set_aside(bench: Bench) -> None:
    """An unreadable payload is kept with the reason, and blocks nobody."""
    await bench.engine.bury("slack", "unknown kind", "{}")

    assert await bench.writer.run(intake.buried) == [(1, "slack", NOW, "unknown kind")]


# --- Forms -----------------------------------------------------------------------------------------------------


def _filled(why: str, how: str = "yes", key: str = "1:submit") -> Submit:
    return Submit(key=key, who=ADA, chat=CHANNEL, data="votes.ask:1:x", answers={"why": why, "how": how})


async def test_a_filled_in_form_reaches_who_takes_it(bench: Bench) -> None:
    """Parsed answers and the form's own arguments come to the function that takes them."""
    outcome = await bench.handle(_filled(" because "))

    assert outcome == Outcome()
    assert await _fact(bench, "taken") == "x:because:yes"


async def test_what_is_wrong_in_a_form_keeps_it_open(bench: Bench) -> None:
    """Objections come back per field, and the same form may be sent in again corrected, under the same key."""
    wrong = await bench.handle(_filled("", "maybe"))
    theirs = await bench.handle(_filled("wrong"))
    right = await bench.handle(_filled("right"))

    assert wrong.errors == {"why": text("field-required"), "how": text("field-choice-gone")}
    assert theirs.errors == {"why": text("field-choice-gone")}
    assert (right.errors, right.again) == ({}, False)
    assert await _fact(bench, "taken") == "x:right:yes"


async def test_a_form_that_is_gone_is_told_so(bench: Bench) -> None:
    """A modal of an older version, or forged, is refused."""
    outcome = await bench.handle(Submit(key="1", who=ADA, chat=CHANNEL, data="votes.gone:1", answers={}))

    assert outcome.refused == text("refused-stale")


async def test_a_refused_form_is_answered_in_its_modal(bench: Bench) -> None:
    """The reason goes back with the acknowledgement and not as a message too."""
    outcome = await bench.handle(_filled("never"))

    assert outcome.refused == text("refused-stale")
    assert bench.slack.arrived == []


# --- Timers ----------------------------------------------------------------------------------------------------


async def test_a_due_timer_runs_its_handler_once(bench: Bench) -> None:
    """A ring is taken out of the table with what it does; found again, it does nothing."""
    await _set(bench, _due())

    await bench.handle(_due())
    again = await bench.handle(_due())

    assert again.again
    assert (bench.slack.said_to("C1"), bench.telegram.said_to(GROUP.chat)) == (["posted"], ["posted"])
    assert await bench.writer.run(timers.next_due) is None


async def test_a_timer_that_was_moved_or_cancelled_meanwhile_does_not_ring(bench: Bench) -> None:
    """Between being found and being handled a timer may change: its old time is over."""
    await _set(bench, _due(due_at=NOW + timedelta(hours=2)))

    await bench.handle(_due())

    assert await _fact(bench, "done") == ""
    assert await bench.writer.run(timers.next_due) == NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("late", "hours", "rings"), [("ring", 5, True), ("skip", 5, False), ("skip", 1, True)]
)
async def test_a_late_timer_follows_its_rule(bench: Bench, late: str, hours: int, rings: bool) -> None:
    """After its grace a timer rings all the same or is skipped, as it was set; it never comes again."""
    due = _due(late=late, due_at=NOW - timedelta(hours=hours))
    await _set(bench, due)

    await bench.handle(due)

    assert (await _fact(bench, "done") == "post") is rings
    assert await bench.writer.run(timers.next_due) is None


@pytest.mark.parametrize(
    "data", ["votes.gone:1", "votes.ask:1:x", "garbage", "votes.do:1:refuse", "votes.do:1:fault"]
)
async def test_a_timer_that_leads_nowhere_is_let_go(bench: Bench, data: str) -> None:
    """A timer of an older version is dropped and does not ring for ever."""
    due = _due(data=data)
    await _set(bench, due)

    await bench.handle(due)

    assert await bench.writer.run(timers.next_due) is None


# --- What happens to chats and people --------------------------------------------------------------------------


async def test_a_renamed_chat_is_followed(bench: Bench) -> None:
    """A new name is only a name."""
    chat = type(CHANNEL)("slack", "T1", CHANNEL.chat, title="ny")
    await bench.handle(Happened(key="1", chat=chat, what="chat-renamed"))

    place = await bench.writer.run(partial(forums.place, place_id=1))
    assert place is not None
    assert (place.title, place.forum) == ("ny", 1)


async def test_a_chat_that_moves_takes_its_forum_along(bench: Bench) -> None:
    """Said twice, in either order, it is the same chat under its new id."""
    for key in ("1", "2"):
        await bench.handle(Happened(key=key, chat=GROUP, what="chat-moved", detail="-1008"))

    place = await bench.writer.run(lambda store: forums.place_at(store, "telegram", "", "-1008", ""))
    assert place is not None
    assert (place.id, place.forum) == (2, 1)


@pytest.mark.parametrize("what", ["bot-removed", "chat-archived"])
async def test_a_chat_that_the_bot_lost_is_suspended(bench: Bench, what: str) -> None:
    """Nothing is posted there any more."""
    await bench.handle(Happened(key="1", chat=CHANNEL, what=what))

    assert [each.platform for each in await bench.writer.run(partial(forums.places, forum=1))] == ["telegram"]


@pytest.mark.parametrize(("what", "reached"), [("reachable", ("telegram", "", "7")), ("unreachable", None)])
async def test_who_can_be_written_to_is_remembered(bench: Bench, what: str, reached: object) -> None:
    """A person who starts or blocks the bot is noted as such."""
    private = type(GROUP)("telegram", "", "7", private=True)
    await bench.handle(Happened(key="1", who=CILLA, chat=private, what=what))

    assert await bench.writer.run(partial(people.private_account, person=3)) == reached
