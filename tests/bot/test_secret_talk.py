"""Secret forms: a talk in private that remembers the choices in memory alone and shows none of them."""

import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.engine import Engine
from bot.secret_talk import Held, Secrets
from bot.slack.shapes import without_answers
from bot.slack.web_api import quiet_logger
from bot.stepform import LIFETIME
from bot.telegram.intake import without_choices
from bot.writer import Writer
from handlers.kit.inbound import Account, Chat
from handlers.kit.ui import ChoiceField, Form, Option, Text, TextField, card_to_json, text
from storage import forums, intake, people
from storage.db import StoreUnavailable
from tests.bot.bench import Bench, build, pressed, words
from tests.bot.cilla import FORM, Cilla
from tests.bot.moods import KEYS, moods
from tests.stage.samples import GROUP, NOW, sample_forum

pytestmark = pytest.mark.anyio


@pytest.fixture(name="taken")
def _taken() -> list[Mapping[str, str]]:
    return []


@pytest.fixture(name="bench")
async def _bench(writer: Writer, taken: list[Mapping[str, str]]) -> AsyncIterator[Bench]:
    bench = build(writer, moods(taken), hurried=True)
    await writer.run(sample_forum)
    await writer.run(
        partial(people.set_reachable, platform="telegram", workspace="", user="7", reachable=True)
    )
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


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
    bench: Bench, cilla: Cilla, taken: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the commit fails the talk stays where it was, and the same press delivered again goes on."""
    await cilla.picks(1)
    second = cilla.button("pick", 4)
    with monkeypatch.context() as broken:
        broken.setattr(bench.engine.writer, "run", _no_disk(bench.writer))
        with pytest.raises(StoreUnavailable):
            await cilla.presses(second)
    outcome = await cilla.presses(second)

    assert (outcome.toast, cilla.title) == (None, step(3))
    await cilla.picks(1, 1)
    await cilla.presses(cilla.button("send"))
    assert [list(each.values()) for each in taken] == [["1", "4", "1", "1"]]


def _no_disk(writer: Writer) -> Any:
    whole = writer.run

    async def run(work: Any) -> Any:
        def undone(store: Any) -> None:
            work(store)
            raise StoreUnavailable

        return await whole(undone)

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


# --- The form, and the memory ----------------------------------------------------------------------------------

OPTIONS = (Option("0", words("No")), Option("1", words("Yes")))
CHOICE = ChoiceField(key="q", label=words("?"), options=OPTIONS)


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (CHOICE, TextField(key="t", label=words("?"))),
        (replace(CHOICE, many=True),),
        (replace(CHOICE, optional=True),),
        (replace(CHOICE, initial="1"),),
        (replace(CHOICE, options=OPTIONS[:1]),),
        (replace(CHOICE, options=OPTIONS * 6),),
        (CHOICE,) * 11,
    ],
)
async def test_a_secret_form_asks_for_choices_only(fields: tuple[ChoiceField, ...]) -> None:
    """Anything that would have to be written, prefilled or left out is refused when the form is built."""
    with pytest.raises(ValueError, match="secret form"):
        Form(words("Title"), words("Send"), fields, secret=True)


async def test_a_secret_form_cannot_be_prefilled() -> None:
    """It stays secret when values are offered, and takes none."""
    form = Form(words("Title"), words("Send"), (CHOICE,), secret=True)

    assert form.prefilled({}) == form
    with pytest.raises(ValueError, match="secret form"):
        form.prefilled({"q": "1"})


async def test_memory_is_bounded_and_lets_the_oldest_go() -> None:
    """Who touched a talk last stays; what is older than a day makes room by itself."""
    secrets = Secrets(most=2)
    for user in ("1", "2", "1", "3"):
        secrets.keep((user, FORM), Held(1, NOW))
    assert [bool(secrets.find((user, FORM), NOW)) for user in "123"] == [True, False, True]

    later = NOW + LIFETIME + timedelta(seconds=1)
    secrets.keep(("4", FORM), Held(1, later))
    assert len(secrets) == 1


async def test_what_is_remembered_does_not_show_itself() -> None:
    """Written out in a log or an error, a talk and a submission tell nothing of the choices."""
    assert "'q'" not in repr(Held(1, NOW, {"q": "5"}))
    assert "pick" not in repr(pressed("secret.pick:1:0:5:moods.ask:x"))


async def test_what_cannot_be_read_is_set_aside_without_what_was_chosen() -> None:
    """Of a payload in whatever shape, nothing that somebody pressed or filled in is left, nor is it ever too deep."""
    state = {"state": {"values": {"q1": {"answer": {"selected_option": {"value": "5"}}}}}}
    deep: dict[str, object] = {"selected_options": ["5"]}
    for _ in range(100):
        deep = {"view": [deep]}
    assert without_answers(
        {"type": "view_submission", "view": state, "actions": [{"selected_date": "5"}]}
    ) == {
        "type": "view_submission",
        "view": {},
        "actions": [{}],
    }
    assert "5" not in repr(without_answers(deep))

    update = {"update_id": 1, "callback_query": {"id": 7, "data": "secret.pick:1:0:5:moods.ask:x"}}
    assert without_choices(update) == {"update_id": 1, "callback_query": {"id": 7, "data": "secret.pick"}}
    assert without_choices([{"data": ["secret.pick:1:0:5:moods.ask:x"]}, 7]) == [{"data": "['secret.pick"}, 7]


async def test_the_libraries_say_nothing_whatever_they_are_asked() -> None:
    """Their loggers would write down payloads: they are deaf to levels."""
    logger = quiet_logger("socket")
    logger.setLevel(logging.DEBUG)

    assert not logger.isEnabledFor(logging.CRITICAL)


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
    old = bench.engine
    bench.engine = Engine(
        old.writer, old.clock, old.around, deliver=bench.dispatcher.take, wake=bench.timers.heard,
        is_administrator=_nobody,
    )  # fmt: skip


async def _nobody(_chat: Chat, _who: Account) -> bool | None:
    return None
