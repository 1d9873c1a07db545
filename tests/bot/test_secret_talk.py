"""Secret forms: a talk in private that shows no choice, and keeps them where nobody reads them.

On PostgreSQL two processes share the talk: each press reaches the other one.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from bot.adapter import Outcome
from bot.engine import Engine
from bot.stepform import LIFETIME
from bot.writer import Writer
from handlers.kit.inbound import Account, AnyInbound, Chat
from handlers.kit.ui import Text, text
from handlers.kit.ui_json import card_to_json
from storage import forums, intake, people, sealing, secret_talks
from storage.db import StoreUnavailable
from storage.opened import opened
from tests.bot.bench import Bench, build, pressed, words
from tests.bot.cilla import FORM, Cilla
from tests.bot.moods import KEYS, moods
from tests.stage.samples import GROUP, NOW, SECRET, sample_forum

pytestmark = pytest.mark.anyio


@pytest.fixture(name="taken")
def _taken() -> list[Mapping[str, str]]:
    return []


class _InTurn(Engine):
    """Two processes behind one address: whatever comes in reaches the other one than before."""

    def __init__(self, *engines: Engine) -> None:
        first = engines[0]
        super().__init__(
            first.writer, first.clock, first.around, deliver=lambda _letters: None, wake=lambda _at: None,
            is_administrator=_nobody,
        )  # fmt: skip
        self._engines = cycle(engines)

    @override
    async def handle(self, inbound: AnyInbound) -> Outcome:
        return await next(self._engines).handle(inbound)


@pytest.fixture(name="bench")
async def _bench(where: Path | str, writer: Writer, taken: list[Mapping[str, str]]) -> AsyncIterator[Bench]:
    bench = build(writer, moods(taken), hurried=True)
    await writer.run(sample_forum)
    await writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user="7", reachable=True)
    )
    await bench.dispatcher.recover()
    if not writer.shared:
        yield bench
        await bench.stop()
        return
    with closing(opened(where)) as database:
        other = Writer(database.transactions)
        bench.engine = _InTurn(bench.engine, _another(bench, other))
        yield bench
        await bench.stop()
        await other.close()


def _another(bench: Bench, writer: Writer) -> Engine:
    """The engine of another process."""
    return Engine(
        writer, bench.clock, bench.engine.around, deliver=bench.dispatcher.take, wake=bench.timers.heard,
        is_administrator=_nobody,
    )  # fmt: skip


def step(number: int) -> Text:
    """The title of a question."""
    return text("secret-step", step=number, steps=4)


@pytest.fixture(name="cilla")
async def _cilla(bench: Bench) -> Cilla:
    """Cilla, asked the first question in private."""
    cilla = Cilla(bench)
    await cilla.presses(FORM, message="1")
    assert cilla.title == step(1)
    return cilla


async def test_a_talk_from_the_first_question_to_the_last(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """One message changes from question to question, and in the end says what the feature answers."""
    assert cilla.lines == [words("About x"), words("Ask q1?")]
    await cilla.picks(0, 1, 2, 5)
    assert (cilla.title, cilla.lines) == (
        words("Moods"),
        [text("secret-all-answered", submit=words("Send in"))],
    )
    assert taken == []
    await cilla.presses(cilla.button("send"))

    assert taken == [dict(zip(KEYS, "0125", strict=True))]
    assert (cilla.title, cilla.shown) == (words("Thanks"), [])
    assert [each.replaces for each in cilla.sent] == ["", *[cilla.asked_in] * 5]
    assert [each.kind for each in bench.slack.arrived] == []


async def test_nothing_that_is_drawn_or_kept_tells_the_choices(bench: Bench, cilla: Cilla) -> None:
    """Whatever two people choose, the rows of their messages are the same to the letter, before and after."""
    dan = await _dan(bench)
    await dan.presses(FORM, message="1")
    for who, choices in ((cilla, (0, 0, 0, 0)), (dan, (5, 4, 3, 2))):
        await who.picks(*choices)
        await who.presses(who.button("back"))
        await who.picks(choices[-1])
        await who.presses(who.button("send"))

    drawn = [[json.dumps(card_to_json(each.card)) for each in who.sent] for who in (cilla, dan)]
    assert drawn[0] == drawn[1]
    rows = await bench.writer.run(
        lambda store: [store.all(f"select count(*) from {table}") for table in ("draft", "dead_letter")]
    )
    assert rows == [[(0,)], [(0,)]]


async def test_one_can_go_back_and_choose_otherwise(cilla: Cilla, taken: list[Mapping[str, str]]) -> None:
    """Answers can change until they are sent in; going back shows the question as it was first shown."""
    await cilla.picks(0, 0, 0)
    await cilla.presses(cilla.button("back"))
    await cilla.presses(cilla.button("back"))
    assert cilla.title == step(2)
    await cilla.picks(4, 5, 1)
    await cilla.presses(cilla.button("back"))
    await cilla.picks(2)
    await cilla.presses(cilla.button("send"))

    assert [list(each.values()) for each in taken] == [["0", "4", "5", "2"]]


async def test_a_double_press_answers_once(cilla: Cilla, taken: list[Mapping[str, str]]) -> None:
    """The second press of a question shows where one is; of the last button, that it is done."""
    first, asked = cilla.button("pick", 3), cilla.asked_in
    await cilla.presses(first)
    again = await cilla.presses(first)
    assert (again.toast, cilla.title) == (text("secret-now"), step(2))
    await cilla.picks(1, 1, 1)
    send = cilla.button("send")
    await cilla.presses(send)
    twice = await cilla.presses(send)

    assert (twice.toast, cilla.title) == (text("secret-sent-already"), words("Thanks"))
    assert cilla.asked_in == asked
    assert [list(each.values()) for each in taken] == [["3", "1", "1", "1"]]


async def test_an_old_message_comes_to_where_one_is(cilla: Cilla) -> None:
    """Opened twice, the talk begins anew; the older message goes on as the newer one does."""
    await cilla.picks(1, 1)
    old, third = cilla.asked_in, cilla.button("pick", 1)
    await cilla.presses(FORM, message="1")
    assert (cilla.title, cilla.asked_in != old) == (step(1), True)

    outcome = await cilla.presses(third, message=old)

    assert outcome.toast == text("secret-now")
    assert (cilla.title, cilla.sent[-1].replaces) == (step(1), old)


async def test_two_talks_go_on_side_by_side(cilla: Cilla, taken: list[Mapping[str, str]]) -> None:
    """Each message belongs to its own form."""
    one = cilla.asked_in
    await cilla.picks(1, 1)
    third = cilla.button("pick", 1)
    await cilla.presses("moods.ask:1:y", message="1")
    await cilla.picks(2, 2, 2, 2, data="moods.ask:1:y")
    await cilla.presses(cilla.button("send", data="moods.ask:1:y"))
    await cilla.presses(third, message=one)
    await cilla.picks(1)
    await cilla.presses(cilla.button("send"))

    assert [set(each.values()) for each in taken] == [{"2"}, {"1"}]


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_after_a_restart_it_begins_again_and_says_so(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """What was chosen is gone with the process: any press asks the first question, kindly, in the same message."""
    await cilla.picks(1, 1, 1, 1)
    send, asked = cilla.button("send"), cilla.asked_in
    _restart(bench)
    await cilla.presses(send)

    assert (cilla.title, cilla.asked_in) == (step(1), asked)
    assert cilla.lines[0] == text("secret-begin-again")
    await cilla.picks(2, 2, 2, 2)
    await cilla.presses(cilla.button("send"))
    assert [set(each.values()) for each in taken] == [{"2"}]


@pytest.mark.parametrize("where", ["postgres"], indirect=True)
async def test_with_several_processes_a_restart_is_not_noticed(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """What was chosen is there for the next process, and gone when it was sent in."""
    await cilla.picks(1, 2, 3)
    _restart(bench)
    await cilla.picks(4)
    await cilla.presses(cilla.button("send"))
    _restart(bench)
    await cilla.says("/avbryt", command=True)

    assert [list(each.values()) for each in taken] == [["1", "2", "3", "4"]]
    assert (cilla.title, cilla.shown) == (words("Thanks"), [])


@pytest.mark.parametrize("where", ["postgres"], indirect=True)
async def test_who_has_the_database_reads_no_choice(bench: Bench, cilla: Cilla) -> None:
    """Nor who talks about what, nor when; and with the secret as well, half of the key is missing."""
    await cilla.picks(1, 1, 5)
    [row] = await bench.writer.run(
        lambda store: store.all("select person, form, day, held, chosen from secret_talk")
    )
    person, form, day, held, chosen = row

    assert day == NOW.toordinal()
    assert not any(
        each in row_bytes for row_bytes in (person, form, held, chosen) for each in (b"moods", b"q1")
    )
    assert len(held) % 256 == len(chosen) % 256 == 28
    told = sealing.read_letter(SECRET, "", person + form, held)
    assert told
    assert json.loads(told)["at"] == 3
    for half_key in ("", "7", "-4"):
        assert sealing.read_letter(SECRET, half_key, person + form + b"chosen", chosen) is None
    assert sealing.read_letter(SECRET, "-3", person + form + b"chosen", chosen)


@pytest.mark.parametrize("where", ["postgres"], indirect=True)
async def test_without_the_other_half_of_the_key_it_begins_again(cilla: Cilla) -> None:
    """A press that brings another one than before has nothing to go on."""
    await cilla.picks(1, 1)
    third = cilla.button("pick", 1)
    cilla.half_key = "another"
    await cilla.presses(third)

    assert (cilla.title, cilla.lines[0]) == (step(1), text("secret-begin-again"))


@pytest.mark.parametrize("where", ["postgres"], indirect=True)
async def test_a_talk_is_forgotten_with_its_day(bench: Bench, cilla: Cilla) -> None:
    """The daily tidying takes what nobody has touched since the day before."""
    await cilla.picks(1)
    for later, left in ((0, 1), (1, 0)):
        await bench.writer.run(partial(secret_talks.forget, before=NOW + timedelta(days=later)))
        assert await bench.writer.run(lambda store: store.one("select count(*) from secret_talk")) == (left,)


async def test_the_first_question_needs_no_memory(bench: Bench, cilla: Cilla) -> None:
    """Who was asked before a restart and answers the first question after it notices nothing."""
    _restart(bench)
    await cilla.picks(1)

    assert (cilla.title, cilla.lines) == (step(2), [words("Ask q2?")])


async def test_a_day_later_it_begins_again(bench: Bench, cilla: Cilla) -> None:
    """A talk that nobody touched for a day is forgotten."""
    await cilla.picks(1)
    second = cilla.button("pick", 1)
    bench.clock.forward(LIFETIME.total_seconds() + 60)
    await cilla.presses(second)

    assert cilla.lines[0] == text("secret-begin-again")


async def test_a_press_that_could_not_be_kept_changes_nothing(
    cilla: Cilla, taken: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the commit fails the talk stays where it was, and the same press delivered again goes on."""
    await cilla.picks(1)
    second = cilla.button("pick", 4)
    with monkeypatch.context() as broken:
        broken.setattr(Writer, "run", _no_disk(Writer.run))
        with pytest.raises(StoreUnavailable):
            await cilla.presses(second)
    outcome = await cilla.presses(second)

    assert (outcome.toast, cilla.title) == (None, step(3))
    await cilla.picks(1, 1)
    await cilla.presses(cilla.button("send"))
    assert [list(each.values()) for each in taken] == [["1", "4", "1", "1"]]


def _no_disk(whole: Any) -> Any:
    async def run(self: Writer, work: Any, *, weight: int = 0) -> Any:
        def undone(store: Any) -> None:
            work(store)
            raise StoreUnavailable

        return await whole(self, undone, weight=weight)

    return run


# --- What the feature says -------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", ["silent", "toast"])
async def test_nothing_is_left_to_press(bench: Bench, cilla: Cilla, plan: str) -> None:
    """A feature that answers with no message of its own leaves a plain line."""
    await _plan(bench, plan)
    await cilla.picks(1, 1, 1, 1)
    outcome = await cilla.presses(cilla.button("send"))

    assert (cilla.title, cilla.shown) == (text("secret-sent"), [])
    assert outcome.toast == (words("so be it") if plan == "toast" else None)


async def test_what_the_feature_objects_to_is_asked_again(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """The question is shown with what is wrong, and not what was chosen; nothing is kept as a draft."""
    await _plan(bench, "object")
    await cilla.picks(1, 2, 3, 4)
    await cilla.presses(cilla.button("send"))
    assert (cilla.title, cilla.lines[0]) == (step(3), text("field-choice-gone"))
    await _plan(bench, "")
    await cilla.picks(5, 4)
    await cilla.presses(cilla.button("send"))

    assert [list(each.values()) for each in taken] == [["1", "2", "5", "4"]]


async def test_a_refusal_takes_the_place_of_the_buttons(bench: Bench, cilla: Cilla) -> None:
    """What cannot be sent in any more says why, and is forgotten."""
    await _plan(bench, "refuse")
    await cilla.picks(1, 1, 1, 1)
    send = cilla.button("send")
    outcome = await cilla.presses(send)
    assert outcome.refused == cilla.title == text("refused-left")
    assert cilla.shown == []

    await cilla.presses(send)
    assert cilla.lines[0] == text("secret-begin-again")


async def test_a_form_that_closed_in_the_middle_says_so(bench: Bench, cilla: Cilla) -> None:
    """The next press tells why, in the place of the question."""
    await cilla.picks(1)
    second = cilla.button("pick", 1)
    await bench.writer.run(partial(intake.set_fact, name="closed", value="yes"))
    outcome = await cilla.presses(second)

    assert outcome.refused == cilla.title == text("refused-stale")
    assert cilla.shown == []


async def test_after_a_fault_of_ours_one_can_press_again(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """The apology leaves the talk where it is, with everything that was chosen."""
    await _plan(bench, "break")
    await cilla.picks(1, 2, 3, 4)
    send = cilla.button("send")
    assert (await cilla.presses(send)).refused == text("apology")
    await _plan(bench, "")
    await cilla.presses(send)

    assert [list(each.values()) for each in taken] == [["1", "2", "3", "4"]]


async def test_a_member_who_left_in_the_middle_cannot_finish(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """Rights are asked at every press."""
    await cilla.picks(1, 1, 1, 1)
    await bench.writer.run(partial(forums.leave, forum=1, member_id=3))

    assert (await cilla.presses(cilla.button("send"))).refused is not None
    assert taken == []


# --- Cancelling, other places, other people --------------------------------------------------------------------


@pytest.mark.parametrize("how", [{"what": "/avbryt", "command": True}, {"what": "avbryt"}])
async def test_one_can_cancel_in_so_many_words(
    cilla: Cilla, how: dict[str, Any], taken: list[Mapping[str, str]]
) -> None:
    """The question becomes a line without buttons, and what was chosen is forgotten."""
    await cilla.picks(1, 1)
    third = cilla.button("pick", 1)
    await cilla.says(**how)
    assert (cilla.title, cilla.shown) == (text("form-cancelled"), [])
    assert cilla.sent[-1].replaces == cilla.asked_in
    await cilla.presses(third)

    assert cilla.lines[0] == text("secret-begin-again")
    assert taken == []


async def test_cancelling_what_is_not_going_on_is_for_others_to_answer(bench: Bench, cilla: Cilla) -> None:
    """Without a talk, after it, and in a group the word means nothing to it."""
    await cilla.says("avbryt", chat=GROUP)
    await cilla.picks(1, 1, 1, 1)
    await cilla.presses(cilla.button("send"))
    before = len(cilla.sent)
    await cilla.says("/avbryt", command=True)

    assert len(cilla.sent) == before
    await _restart_and_cancel(bench, cilla)
    assert len(cilla.sent) == before


async def _restart_and_cancel(bench: Bench, cilla: Cilla) -> None:
    _restart(bench)
    await cilla.says("/avbryt", command=True)


async def test_opened_in_a_group_it_is_asked_in_private(bench: Bench) -> None:
    """The one who pressed is told where to look; nobody else sees a question."""
    cilla = Cilla(bench)
    outcome = await cilla.presses(FORM, chat=GROUP, message="1", message_private=False)

    assert outcome.toast == text("telegram-in-private")
    assert cilla.title == step(1)
    assert [each for each in bench.telegram.arrived if each.to.chat == GROUP.chat] == []
    await cilla.picks(1)
    assert cilla.title == step(2)


async def test_who_never_wrote_to_the_bot_is_told_how(bench: Bench) -> None:
    """A bot cannot write first: one line says what to do."""
    dan = await _dan(bench)
    await bench.writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user="8", reachable=False)
    )
    outcome = await dan.presses(FORM, chat=GROUP, message="1", message_private=False)

    assert outcome.toast == text("secret-in-private")
    assert dan.sent == []


async def test_a_press_in_a_group_answers_nothing(cilla: Cilla, taken: list[Mapping[str, str]]) -> None:
    """Buttons of the talk work in private only."""
    first = cilla.button("pick", 1)
    outcome = await cilla.presses(first, chat=GROUP, message_private=False)

    assert (outcome.toast, len(cilla.sent), taken) == (text("secret-in-private"), 1, [])


async def test_somebody_elses_press_is_their_own(
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]]
) -> None:
    """Cilla's buttons pressed by Dan begin a talk of his; hers is untouched."""
    await cilla.picks(1, 1, 1)
    fourth = cilla.button("pick", 5)
    dan = await _dan(bench)
    await dan.presses(fourth, message="55")
    assert (dan.title, dan.sent[-1].replaces) == (step(1), "55")
    await cilla.picks(2)
    await cilla.presses(cilla.button("send"))

    assert [list(each.values()) for each in taken] == [["1", "1", "1", "2"]]


@pytest.mark.parametrize(
    "data",
    [
        "secret.pick:1:0:6:moods.ask:x",
        "secret.pick:1:0:00:moods.ask",
        "secret.pick:1:5:0:moods.ask:x",
        "secret.pick:1:0:-1:moods.ask:x",
        "secret.pick:1:0:100:moods.ask:x",
        "secret.pick:1:0",
        "secret.pick:2:0:0:moods.ask:x",
        "secret.pick:1:0:0:moods.nothing:x",
        "secret.back:1:0:0:moods.ask:x",
        "secret.send:1:0:0:moods.ask:x",
        "secret.win:1:0:0:moods.ask:x",
    ],
)
async def test_made_up_buttons_lead_nowhere(cilla: Cilla, data: str, taken: list[Mapping[str, str]]) -> None:
    """A choice outside the scale, another forum, a step that is not there: refused, and nothing is taken."""
    outcome = await cilla.presses(data)

    assert outcome.refused is not None
    assert outcome.refused.key != "apology"
    assert taken == []


async def test_a_link_answers_for_nobody(cilla: Cilla) -> None:
    """A start link that somebody made up can open the form, and choose nothing in it."""
    outcome = await cilla.presses(cilla.button("pick", 1), linked=True)

    assert (outcome.refused, cilla.title) == (text("refused-stale"), step(1))


async def test_in_slack_no_button_of_the_talk_means_anything(bench: Bench) -> None:
    """Slack has modals."""
    outcome = await bench.handle(pressed("secret.pick:1:0:0:moods.ask:x"))

    assert outcome.refused == text("refused-stale")


async def _dan(bench: Bench) -> Cilla:
    def join(store: Any) -> None:
        dan = people.meet(store, "telegram", "", "8", name="Dan", now=NOW)
        people.set_reachable(store, "telegram", "", "8", reachable=True)
        forums.join(store, 1, dan.id, actor_id=None, role="member", now=NOW)

    await bench.writer.run(join)
    return Cilla(bench, Account("telegram", "", "8", "Dan"), Chat("telegram", "", "8", private=True))


async def _plan(bench: Bench, what: str) -> None:
    await bench.writer.run(partial(intake.set_fact, name="plan", value=what))


def _restart(bench: Bench) -> None:
    """Another process takes over: what was in memory is gone."""
    bench.engine = _another(bench, bench.engine.writer)


async def _nobody(_chat: Chat, _who: Account) -> bool | None:
    return None
