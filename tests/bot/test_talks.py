"""Forms as talks in Telegram: asked one by one, answered by words or buttons, alive after a restart, never a trap."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.adapter import Outcome, Outgoing
from bot.stepform import LIFETIME
from bot.writer import Writer
from handlers.kit.inbound import Chat, Shortcut, Source
from handlers.kit.ui import Line, Row, Text, text
from storage import forums, intake, people
from storage.outbox import Address
from tests.bot.bench import Bench, build, pressed, said, words
from tests.bot.votes import votes
from tests.stage.samples import BO, CILLA, GROUP, NOW, sample_forum

pytestmark = pytest.mark.anyio
PRIVATE = Chat("telegram", "", CILLA.user, private=True)
QUESTIONS = [
    text("form-question", label=words(each), step=step, steps=2) for step, each in ((1, "Why?"), (2, "How?"))
]


@pytest.fixture(name="bench")
async def _bench(writer: Writer) -> AsyncIterator[Bench]:
    bench = build(writer, votes(), hurried=True)
    await writer.run(sample_forum)
    await writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user="7", reachable=True)
    )
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


class Cilla:
    """Somebody in a talk; every deed has a new key."""

    def __init__(self, bench: Bench, chat: Chat = PRIVATE, before: int = 0) -> None:
        self.bench = bench
        self.chat = chat
        self._count = before

    async def says(self, what: str, **more: Any) -> Outcome:
        return await self.bench.handle(said(what, self._key(), **{"who": CILLA, "chat": self.chat, **more}))

    async def presses(self, data: str, **more: Any) -> Outcome:
        values = {"who": CILLA, "chat": self.chat, "message": self.asked_in, **more}
        return await self.bench.handle(pressed(data, self._key(), **values))

    def _key(self) -> str:
        self._count += 1
        return f"{self.chat.chat}:{self._count}"

    @property
    def sent(self) -> list[Outgoing]:
        return [each for each in self.bench.telegram.arrived if each.to.chat == self.chat.chat]

    @property
    def asked_in(self) -> str:
        """The message that shows the last question."""
        telegram = self.bench.telegram
        asked = [
            sent
            for sent, message in zip(telegram.ids, telegram.arrived, strict=True)
            if message.card.name.startswith("form:")
        ]
        return asked[-1] if asked else ""

    @property
    def lines(self) -> list[Text]:
        return [each.text for each in self.sent[-1].card.body if isinstance(each, Line)]

    @property
    def titles(self) -> list[Text]:
        return [each.card.title for each in self.sent]


@pytest.fixture(name="cilla")
async def _cilla(bench: Bench) -> Cilla:
    """Cilla, asked the first question in private."""
    cilla = Cilla(bench)
    await cilla.presses("votes.ask:1:x", message="1")
    assert QUESTIONS[0] in cilla.lines
    return cilla


async def _taken(bench: Bench) -> str:
    return await bench.writer.run(partial(intake.fact, name="taken"))


async def test_a_talk_from_the_first_question_to_the_last(bench: Bench, cilla: Cilla) -> None:
    """One answers in words, then with a button; the answers are taken as those of a modal would be."""
    await cilla.says("because")
    assert QUESTIONS[1] in cilla.lines
    await cilla.presses("form.pick:1:1:0")

    assert await _taken(bench) == "x:because:yes"
    assert text("form-filled-in", title=words("x")) in cilla.titles


async def test_an_answered_question_loses_its_buttons(cilla: Cilla) -> None:
    """What was answered in writing becomes a line without buttons; the next question is a new message."""
    first = cilla.asked_in
    await cilla.says("because")

    put_away, asked = cilla.sent[-2:]
    assert (put_away.card.title, put_away.replaces) == (words("Why?"), first)
    assert not any(isinstance(each, Row) for each in put_away.card.body)
    assert asked.replaces == ""


async def test_a_press_changes_the_question_on_the_spot(cilla: Cilla) -> None:
    """Going back with a button draws the question anew in the same message, with what was answered."""
    await cilla.says("because")
    where = cilla.asked_in
    await cilla.presses("form.back:1:1:0")

    assert cilla.sent[-1].replaces == where
    assert text("form-present", present="because") in cilla.lines


async def test_a_wrong_answer_is_asked_again(cilla: Cilla) -> None:
    """What cannot be used is said, and the question stays."""
    await cilla.says("x" * 21)

    assert cilla.lines[:2] == [text("field-too-long", most=20, now=21), QUESTIONS[0]]
    await cilla.says("short")
    assert QUESTIONS[1] in cilla.lines


async def test_what_the_feature_objects_to_is_asked_again_with_the_other_answers(
    bench: Bench, cilla: Cilla
) -> None:
    """What was objected to is asked for again and cannot be kept; the other answers can."""
    await cilla.says("wrong")
    await cilla.presses("form.pick:1:1:1")

    assert cilla.lines == [text("field-choice-gone"), QUESTIONS[0]]
    rows = [each for each in cilla.sent[-1].card.body if isinstance(each, Row)]
    assert [button.label.key for row in rows for button in row.buttons] == ["form-cancel"]
    await cilla.says("right")
    await cilla.presses("form.keep:1:1:0")
    assert await _taken(bench) == "x:right:no"


@pytest.mark.parametrize("how", ["button", "command"])
async def test_a_talk_can_be_left(bench: Bench, cilla: Cilla, how: str) -> None:
    """Cancelled, it is over: nothing is saved, and the next line is an ordinary one."""
    if how == "button":
        await cilla.presses("form.cancel:1:0:0")
    else:
        await cilla.says("avbryt", command=True)

    assert cilla.titles[-1] == text("form-cancelled")
    await cilla.says("because")
    assert cilla.titles[-1].key == "what?"
    assert await _taken(bench) == ""


async def test_another_command_is_no_answer(cilla: Cilla) -> None:
    """In the middle of a talk one can still ask for something else; the question waits."""
    await cilla.says("vote yes", command=True)
    await cilla.says("because")

    assert QUESTIONS[1] in cilla.lines


async def test_a_new_form_takes_the_place_of_the_old_one(bench: Bench, cilla: Cilla) -> None:
    """One talk at a time: the last one asked is the one that is answered."""
    await cilla.says("because")
    await cilla.presses("votes.ask:1:z", message="1")
    assert QUESTIONS[0] in cilla.lines
    await cilla.says("anew")
    await cilla.presses("form.pick:1:1:0")

    assert await _taken(bench) == "z:anew:yes"


async def test_a_talk_expires(bench: Bench, cilla: Cilla) -> None:
    """After a day a line is an ordinary line again, and the old buttons say that the form is over."""
    bench.clock.forward(LIFETIME.total_seconds() + 1)
    outcome = await cilla.presses("form.cancel:1:0:0")
    await cilla.says("because")

    assert outcome.toast == text("form-over")
    assert cilla.titles[-1].key == "what?"


async def test_a_button_of_an_answered_question_says_so(bench: Bench, cilla: Cilla) -> None:
    """Pressing twice, or an old button, changes nothing."""
    await cilla.says("because")

    assert (await cilla.presses("form.skip:1:0:0")).toast == text("form-answered")
    assert (await cilla.presses("form.pick:1:1:9")).toast == text("form-answered")
    assert await _taken(bench) == ""


@pytest.mark.parametrize(
    "data", ["form.pick:1", "form.pick:1:1", "form.pick:1:x:0", "form.pick:1:1:-1", "form.pick:1:²:0"]
)
async def test_a_forged_talk_button_is_refused(cilla: Cilla, data: str) -> None:
    """Data that no talk ever drew leads nowhere."""
    assert (await cilla.presses(data)).refused == text("refused-stale")


async def test_a_talk_survives_a_restart(writer: Writer, bench: Bench, cilla: Cilla) -> None:
    """The answers lie in the store: another process goes on with the second question."""
    await cilla.says("because")
    asked_in = cilla.asked_in
    await bench.stop()

    again = build(writer, votes(), hurried=True)
    await again.dispatcher.recover()
    await Cilla(again, before=9).presses("form.pick:1:1:0", message=asked_in)

    assert await _taken(again) == "x:because:yes"
    await again.stop()


async def test_a_form_that_closed_meanwhile_lets_the_person_go(bench: Bench, cilla: Cilla) -> None:
    """What was asked about is gone: one is told once, the question ends, and the next line is an ordinary one."""
    await bench.writer.run(partial(intake.set_fact, name="closed", value="yes"))

    outcome = await cilla.says("because")
    assert outcome.refused == text("refused-stale")
    assert {"form-over", "refused-stale"} <= {each.key for each in cilla.titles}
    await cilla.says("hello?")
    assert cilla.titles[-1].key == "what?"


async def test_a_form_of_an_older_version_lets_the_person_go(bench: Bench, cilla: Cilla) -> None:
    """A talk whose form does not exist any more ends."""
    to = Address("telegram", "", CILLA.user)
    draft = await bench.writer.run(partial(intake.draft, to=to, user=CILLA.user))
    assert draft is not None
    gone = type(draft)("votes.gone:1", {}, 0, "", NOW + timedelta(hours=1))
    await bench.writer.run(partial(intake.keep_draft, to=to, user=CILLA.user, one=gone))

    assert (await cilla.says("because")).refused == text("refused-stale")
    assert not (await cilla.says("hello?")).refused


async def test_a_refusal_at_the_last_answer_ends_the_talk(cilla: Cilla) -> None:
    """When the form is refused as a whole, its last question is no trap either."""
    await cilla.says("never")
    outcome = await cilla.presses("form.pick:1:1:0")

    assert outcome.refused == text("refused-stale")
    await cilla.says("hello?")
    assert cilla.titles[-1].key == "what?"


async def test_a_member_who_left_in_the_middle_cannot_finish(bench: Bench, cilla: Cilla) -> None:
    """Rights are asked when the answers are sent in, not only when the form was opened."""
    await cilla.says("because")
    await bench.writer.run(partial(forums.leave, forum=1, member_id=3))

    assert (await cilla.presses("form.pick:1:1:0")).refused == text("refused-left")
    assert await _taken(bench) == ""


# --- In a group ------------------------------------------------------------------------------------------------


@pytest.fixture(name="grouped")
async def _grouped(bench: Bench) -> Cilla:
    """Cilla, asked in the group."""
    cilla = Cilla(bench, GROUP)
    await cilla.presses("votes.ask:1:x", message="1")
    return cilla


async def test_in_a_group_one_answers_by_replying(grouped: Cilla) -> None:
    """Only a reply to the question is an answer; what is said beside it, or to another card, is not."""
    assert text("form-reply-here") in grouped.lines

    await grouped.says("hello all")
    await grouped.says("on another card", reply_to="77")
    asked = grouped.asked_in
    await grouped.says("because", reply_to=asked, message="50")

    assert QUESTIONS[1] in grouped.lines
    assert grouped.sent[-1].reply_to == "50"


async def test_in_a_group_nobody_answers_for_somebody_else(bench: Bench, grouped: Cilla) -> None:
    """Another member's press on the question, or reply to it, changes nothing of the talk."""
    dan = type(CILLA)("telegram", "", "8", "Dan")
    await bench.handle(said("join", who=dan, chat=GROUP))

    outcome = await grouped.presses("form.cancel:1:0:0", who=dan)
    await grouped.says("mine", who=dan, reply_to=grouped.asked_in)
    await grouped.says("because", reply_to=grouped.asked_in)
    await grouped.presses("form.pick:1:1:0")

    assert outcome.toast == text("form-not-yours")
    assert await _taken(bench) == "x:because:yes"


async def test_two_people_are_asked_side_by_side(bench: Bench, grouped: Cilla) -> None:
    """Each has a talk of their own in the same group."""
    dan = type(CILLA)("telegram", "", "8", "Dan")
    await bench.writer.run(
        lambda store: forums.join(
            store,
            1,
            people.meet(store, "telegram", "", "8", name="Dan", now=NOW).id,
            actor_id=None,
            role="member",
            now=NOW,
        )
    )
    await grouped.presses("votes.ask:1:dans", who=dan, message="1")
    dans = grouped.asked_in

    await grouped.says("his", who=dan, reply_to=dans)
    await grouped.presses("form.pick:1:1:0", who=dan)

    assert await _taken(bench) == "dans:his:yes"
    draft = await bench.writer.run(
        partial(intake.draft, to=Address("telegram", "", GROUP.chat), user=CILLA.user)
    )
    assert draft is not None
    assert draft.form == "votes.ask:1:x"


async def test_slack_never_talks(bench: Bench) -> None:
    """Where modals open there is no talk, and a line in private is an ordinary one."""
    outcome = await bench.handle(Shortcut(key="1", who=BO, chat=None, name="vote_on", source=Source("x")))
    forged = await bench.handle(pressed("form.pick:1:0:0", "2", who=BO))

    assert outcome.form is not None
    assert forged.toast == text("form-over") or forged.refused == text("refused-stale")


async def test_a_forged_button_of_a_talk_where_nobody_could_be_asked(bench: Bench) -> None:
    """A press without a chat, as on Slack's page, or without a person, as by another bot, is no fault of ours."""
    for who, chat in ((BO, None), (None, PRIVATE)):
        outcome = await bench.handle(pressed("form.pick:1:0:0", f"1:{chat}", who=who, chat=chat))
        assert outcome.refused == text("refused-stale")
