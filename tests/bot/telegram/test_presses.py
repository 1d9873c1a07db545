"""Presses: the spinner always stops, the right words appear, and a question comes before what cannot be undone."""

import pytest

from bot.adapter import Outcome
from bot.playground import faults as planted
from bot.playground.telegram import Message, Toast, User
from bot.speech import Speech
from bot.telegram import presses
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.confirming import STOP, Asked, asked, asking, is_for_us
from bot.telegram.presses import Shown
from bot.telegram.render import Undrawable, render
from handlers.kit.inbound import Click
from handlers.kit.ui import Action, Button, Row, Text, text
from tests.bot.telegram.bench import Bench, card, outgoing, words

pytestmark = pytest.mark.anyio

YES = Button(words("Rösta"), Action("vote", (12, "yes")))
SURE = Button(words("Ta bort"), Action("remove", (12,)), "danger", text("sure"))


async def _card(bench: Bench, adapter: TelegramAdapter, user: User, group: int, *rows: Row) -> Message:
    await adapter.send(outgoing(card("§ 12", *rows), group, forum=7))
    return bench.tg.seen(user, group)[-1]


def _labels(bench: Bench, user: User, chat: int) -> list[list[str]]:
    return [[each.label for each in row] for row in bench.tg.seen(user, chat)[-1].keyboard]


async def _pressed(bench: Bench, user: User, message: Message, label: str) -> Toast:
    """Press, and wait until all that comes of it has been done."""
    press = await bench.tg.press(user, message, label)
    assert press
    toast = await bench.tg.answered(press)
    await bench.adapters[-1]._presses.finish()
    return toast


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(), Toast("")),
        (Outcome(toast=words("Tack!")), Toast("Tack!")),
        (Outcome(toast=words("x" * 60)), Toast("x" * 60)),
        (Outcome(toast=words("x" * 61)), Toast("x" * 61, alert=True)),
        (Outcome(toast=words("👩‍👧" * 60)), Toast("👩‍👧" * 39 + "…", alert=True)),
        (Outcome(refused=words("Nej")), Toast("Nej", alert=True)),
        (Outcome(refused=words("<b>"), language="en"), Toast("<b>", alert=True)),
        (Outcome(again=True), Toast("")),
    ],
)
async def test_a_press_is_answered(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int, outcome: Outcome, expected: Toast
) -> None:
    """A few words fade, many words and refusals stay until they are closed; nothing still stops the spinner."""
    message = await _card(bench, adapter, ada, group, Row((YES,)))
    bench.intake.answers = [outcome]

    assert await _pressed(bench, ada, message, "Rösta") == expected
    [click] = bench.intake.handled
    assert isinstance(click, Click)
    assert (click.data, click.message) == ("vote:7:12:yes", str(message.id))


async def test_a_late_answer_harms_nobody(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """A query that is too old is let go, and the next press is answered."""
    message = await _card(bench, adapter, ada, group, Row((YES,)))
    bench.faults.plant("answerCallbackQuery", planted.PlatformError("Bad Request: query is too old", 400))
    await bench.tg.press(ada, message, "Rösta")
    await adapter._presses.finish()

    assert await _pressed(bench, ada, message, "Rösta") == Toast("")
    assert len(bench.tg.spinning(ada)) == 1


async def test_a_slow_answer_holds_up_nobody(
    bench: Bench, adapter: TelegramAdapter, ada: User, bo: User, group: int
) -> None:
    """The updates are confirmed without waiting for the answer to a press."""
    message = await _card(bench, adapter, ada, group, Row((YES,)))
    bench.faults.plant("answerCallbackQuery", planted.Slow(0.05))
    press = await bench.tg.press(ada, message, "Rösta")
    await bench.tg.start(bo)

    assert press
    assert bench.intake.texts == ["start"]
    await adapter.stop()
    assert press.answer == Toast("")


async def test_a_start_link_is_answered_with_a_message(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """There is no spinner in the private chat, so why nothing was done is written there; silence stays silence."""
    join = Button(words("Jag är med"), Action("join", ("abc",)), private=True)
    message = await _card(bench, adapter, ada, group, Row((join,)))
    bench.intake.answers = [Outcome(refused=words("Redan <med>")), Outcome(toast=words("Tack")), Outcome()]
    for _ in range(3):
        await bench.tg.press(ada, message, "Jag är med")
        await adapter._presses.finish()

    assert [each.data for each in bench.intake.handled if isinstance(each, Click)] == ["join:7:abc"] * 3
    said = [m.text for m in bench.tg.seen(ada, ada.id) if m.author == bench.tg.world.bot.id]
    assert said == ["Redan <med>", "Tack"]


# --- Questions -------------------------------------------------------------------------------------------------


async def test_a_question_comes_first(bench: Bench, adapter: TelegramAdapter, ada: User, group: int) -> None:
    """Yes and No appear under the button's row, the engine hears of nothing, and No takes them away again."""
    message = await _card(bench, adapter, ada, group, Row((YES, SURE)), Row((YES,)))

    assert await _pressed(bench, ada, message, "Ta bort") == Toast("Säkert?")
    assert _labels(bench, ada, group) == [
        ["Rösta", "Ta bort"],
        ["Ja", "Nej"],
        ["Rösta"],
    ]
    assert await _pressed(bench, ada, message, "Ta bort") == Toast("Säkert?")
    assert await _pressed(bench, ada, message, "Nej") == Toast("")
    assert _labels(bench, ada, group) == [["Rösta", "Ta bort"], ["Rösta"]]
    assert bench.intake.handled == []


async def test_yes_does_it(bench: Bench, adapter: TelegramAdapter, ada: User, group: int) -> None:
    """The engine gets the plain action; a refusal closes the question."""
    message = await _card(bench, adapter, ada, group, Row((SURE,)))
    await _pressed(bench, ada, message, "Ta bort")
    bench.intake.answers = [Outcome(), Outcome(refused=words("Nej"))]

    assert await _pressed(bench, ada, message, "Ja") == Toast("")
    assert _labels(bench, ada, group) == [["Ta bort"], ["Ja", "Nej"]]
    assert await _pressed(bench, ada, message, "Ja") == Toast("Nej", alert=True)
    assert _labels(bench, ada, group) == [["Ta bort"]]
    assert [each.data for each in bench.intake.handled if isinstance(each, Click)] == ["remove:7:12"] * 2


async def test_a_question_with_variables_is_asked_in_general(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """Only a fixed text can be named in the button; the others are asked plainly, in the card's language."""
    button = Button(words("Ta bort"), Action("remove", (12,)), confirm=text("sure-of", what="x"))
    await adapter.send(outgoing(card("§ 12", Row((button,))), group, language="en"))
    message = bench.tg.seen(ada, group)[-1]

    assert await _pressed(bench, ada, message, "Ta bort") == Toast(
        "Are you sure? Answer with the buttons below."
    )


@pytest.mark.parametrize(
    "data", ["?", "?no", "?xx.sure?a:1", "?sv.sure?", "?sv.sure??no", "?sv.nothing?a:1", "?sv.words?a:1"]
)
async def test_made_up_questions_are_harmless(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int, data: str
) -> None:
    """Data that no card of ours carries reach no engine; at most a plain question appears."""
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    await adapter._bot.send_message(group, "x", api_kwargs={"reply_markup": keyboard})

    toast = await _pressed(bench, ada, bench.tg.seen(ada, group)[-1], "x")
    assert toast.text in ("", "Är du säker? Svara med knapparna under.")
    assert bench.intake.handled == []
    assert adapter.trouble is None


async def test_a_question_on_a_message_out_of_reach_is_not_asked(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """The spinner stops; nothing can be drawn there any more."""
    message = await _card(bench, adapter, ada, group, Row((SURE,)))
    bench.tg.world.change(message, deleted=True)

    assert await _pressed(bench, ada, message, "Ta bort") == Toast("")
    assert adapter.trouble is None


def test_questions_there_and_back() -> None:
    """The key is named when it fits and has no variables, and left out otherwise."""
    long = "remove:7:" + "1" * 48
    assert asked(asking("remove:7:12", Text("sure"), "sv")) == Asked("sv", "sure", "remove:7:12")
    assert asked(asking("remove:7:12", text("sure", what="x"), "en")) == Asked("en", "", "remove:7:12")
    assert asked(asking(long, Text("sure"), "en")) == Asked("en", "", long)
    assert asked(STOP) is None
    assert is_for_us(STOP)
    assert not is_for_us("remove:7:12")


def test_a_question_that_does_not_fit_is_a_fault(speech: Speech) -> None:
    """The question takes five bytes of the data; a button without room for them is never drawn."""
    row = Row((Button(words("x"), Action("remove", ("1" * 51,)), confirm=text("sure")),))
    with pytest.raises(Undrawable, match="remove: 65 bytes"):
        render(outgoing(card("x", row), -1), speech, "SamsynBot")


async def test_answers_do_not_pile_up(
    adapter: TelegramAdapter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While Telegram does not keep up, what waits is bounded; the rest is let go, and said so."""
    monkeypatch.setattr(presses, "MOST", 2)
    for number in range(3):
        adapter._presses.show(Shown(str(number)))

    assert len(adapter._presses._running) == 2
    await adapter._presses.finish()
    assert "too many wait" in capsys.readouterr().out
