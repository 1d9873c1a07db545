"""The whole adapter against the stand-in: what people do, what the engine gets, what people see."""

import pytest

from bot.adapter import NotNow, OpenedForm, Outcome
from bot.playground.faults import PlatformError, RateLimited, Slow
from bot.playground.slack import BOT_USER
from handlers.kit.inbound import Account, Chat, Click, Happened, Said, Shortcut, Submit
from handlers.kit.ui import Action, Button, Form, HiddenField, Row, TextField
from tests.bot.slack.bench import Bench, card, words

pytestmark = pytest.mark.anyio
PRESS = Row((Button(words("Tryck"), Action("some.deed", (12,))),))
ASK = OpenedForm(
    "some.ask:7",
    Form(
        words("Fråga"),
        words("Spara"),
        (
            TextField(key="what", label=words("Vad")),
            HiddenField(key="source", label=words("?"), initial="https://example.org/p1"),
        ),
    ),
)


@pytest.fixture(name="listening", autouse=True)
async def _listening(bench: Bench) -> None:
    """The adapter listens over Socket Mode."""
    await bench.adapter().start()


async def test_a_mention_reaches_the_engine_with_names(bench: Bench) -> None:
    """Payloads carry ids; the engine gets names and languages."""
    said = await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut @bo leder")
    assert bench.engine.handled == [
        Said(
            key=f"0{said.ts[:10]}:slack:T0HOME:{bench.room.id}:{said.ts}",
            who=Account("slack", "T0HOME", bench.ada.id, "Ada Ek", "sv-SE"),
            chat=Chat("slack", "T0HOME", bench.room.id, public=False),
            message=said.ts,
            text="beslut @Bo Ek leder",
        )
    ]


async def test_a_name_is_asked_for_once(bench: Bench) -> None:
    """What the directory said is remembered for an hour, and then asked for again."""
    await bench.slack.say(bench.ada, bench.room, "@Samsyn ett")
    await bench.slack.say(bench.ada, bench.room, "@Samsyn två")
    assert len(bench.ledger.of("users.info")) == 1
    bench.clock.ahead = 3700
    await bench.slack.say(bench.ada, bench.room, "@Samsyn tre")
    assert len(bench.ledger.of("users.info")) == 2


async def test_a_directory_that_is_slow_or_broken_holds_nobody_up(bench: Bench) -> None:
    """The engine then gets the person without a name; the next time it is there."""
    bench.faults.plant("users.info", Slow(1.2))
    await bench.slack.say(bench.ada, bench.room, "@Samsyn ett")
    bench.faults.plant("users.info", PlatformError("user_not_found"))
    await bench.slack.say(bench.bo, bench.room, "@Samsyn två")
    who = [each.who for each in bench.engine.handled]
    assert [each.name for each in who if each] == ["", ""]


async def test_private_words_come_from_the_person_themselves(bench: Bench) -> None:
    """The private chat is named by the person, and the answer finds its way back without asking."""
    await bench.slack.say(bench.ada, bench.slack.dm(bench.ada), "mina")
    (said,) = bench.engine.handled
    assert said.chat == Chat("slack", "T0HOME", bench.ada.id, private=True)
    await bench.adapters[0].send(bench.outgoing(card("Dina saker"), bench.ada, kind="direct"))
    assert bench.seen(bench.ada, bench.slack.dm(bench.ada)) == ["Dina saker"]
    assert not bench.ledger.of("conversations.open")


async def test_joining_a_channel_tells_its_name(bench: Bench) -> None:
    """The event has only the channel's id; a name that cannot be had is none."""
    elsewhere = bench.slack.world.add_channel("budget", [bench.ada])
    await bench.slack.invite_bot(bench.ada, elsewhere)
    bench.faults.plant("conversations.info", PlatformError("channel_not_found"))
    hidden = bench.slack.world.add_channel("annat", [bench.ada])
    await bench.slack.invite_bot(bench.ada, hidden)
    titles = [each.chat.title for each in bench.engine.handled if isinstance(each, Happened) and each.chat]
    assert titles == ["budget", ""]


async def test_a_person_who_leaves_the_workspace_is_told_of(bench: Bench) -> None:
    """So that what they owned can be handed over."""
    await bench.slack.deactivate(bench.bo)
    assert [
        (each.what, each.who and each.who.user) for each in bench.engine.handled if isinstance(each, Happened)
    ] == [("person-gone", bench.bo.id)]


async def test_a_press_opens_a_form_that_comes_back_filled_in(bench: Bench) -> None:
    """The modal opens while the press is being acknowledged, and knows where it was opened."""
    await bench.adapters[0].send(bench.outgoing(card("Hej", PRESS)))
    bench.engine.answers = [Outcome(form=ASK)]
    (message,) = [each for each in bench.slack.seen(bench.ada, bench.room) if each.by_bot]
    await bench.slack.press(bench.ada, message, "Tryck")
    await bench.until(lambda: bench.slack.modal(bench.ada))
    assert await bench.slack.submit(bench.ada, {"Vad": "Vi köper kaffe"}) == {}
    assert bench.slack.modal(bench.ada) is None
    click, submit = bench.engine.handled
    assert isinstance(click, Click)
    assert click.data == "some.deed:0:12"
    assert isinstance(submit, Submit)
    assert submit.answers == {"what": "Vi köper kaffe", "source": "https://example.org/p1"}
    assert (submit.data, submit.chat) == ("some.ask:7", Chat("slack", "T0HOME", bench.room.id))


async def opened(bench: Bench) -> None:
    """Let the command open the form."""
    bench.engine.answers.insert(0, Outcome(form=ASK))
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "fråga")
    await bench.until(lambda: bench.slack.modal(bench.ada))


async def test_objections_keep_the_form_open_until_it_is_right(bench: Bench) -> None:
    """The same wrong answer twice is two attempts, and both are answered."""
    wrong = Outcome(errors={"what": words("Det går inte.")})
    bench.engine.answers = [wrong, wrong]
    await opened(bench)
    assert await bench.slack.submit(bench.ada, {"Vad": "x"}) == {"Vad": "Det går inte."}
    assert await bench.slack.submit(bench.ada, {"Vad": "x"}) == {"Vad": "Det går inte."}
    assert await bench.slack.submit(bench.ada, {"Vad": "y"}) == {}
    assert bench.slack.modal(bench.ada) is None
    assert len(bench.engine.handled) == 4


async def test_an_objection_to_what_cannot_be_seen_is_seen(bench: Bench) -> None:
    """It is told at the first field."""
    bench.engine.answers = [Outcome(errors={"source": words("Meddelandet är borta.")})]
    await opened(bench)
    assert await bench.slack.submit(bench.ada, {"Vad": "x"}) == {"Vad": "Meddelandet är borta."}


async def test_a_refusal_is_told_in_the_modal(bench: Bench) -> None:
    """The modal turns into the sentence that says why."""
    bench.engine.answers = [Outcome(refused=words("Du är inte med."))]
    await opened(bench)
    assert await bench.slack.submit(bench.ada, {"Vad": "x"}) == {}
    modal = bench.slack.modal(bench.ada)
    assert modal is not None
    assert modal.text.split("\n") == ["Fråga", "Du är inte med.", "[Stäng]"]


async def test_a_form_may_lead_to_the_next(bench: Bench) -> None:
    """The next form takes the place of the one that was sent in."""
    bench.engine.answers = [Outcome(form=OpenedForm("some.next:7", Form(words("Nästa"), words("Spara"), ())))]
    await opened(bench)
    await bench.slack.submit(bench.ada, {"Vad": "x"})
    modal = bench.slack.modal(bench.ada)
    assert modal is not None
    assert modal.title == "Nästa"


def heavy() -> Outcome:
    """A form that carries too much unseen."""
    hidden = HiddenField(key="source", label=words("?"), initial="x" * 3000)
    return Outcome(form=OpenedForm("some.ask:7", Form(words("Fråga"), words("Spara"), (hidden,))))


async def test_a_form_that_does_not_fit_is_apologised_for(bench: Bench) -> None:
    """On a press beside the message, in a modal in its place."""
    bench.engine.answers = [heavy()]
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "fråga")
    await bench.until(lambda: bench.seen(bench.ada))
    assert "fick inte plats" in bench.seen(bench.ada)[0]
    bench.engine.answers = [heavy()]
    await opened(bench)
    await bench.slack.submit(bench.ada, {"Vad": "x"})
    modal = bench.slack.modal(bench.ada)
    assert modal is not None
    assert "fick inte plats" in modal.text


async def test_a_form_that_comes_too_late_says_so(bench: Bench) -> None:
    """Three seconds after the press Slack opens nothing any more."""
    bench.faults.plant("views.open", PlatformError("expired_trigger_id"))
    bench.engine.answers = [Outcome(form=ASK)]
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "fråga")
    await bench.until(lambda: bench.seen(bench.ada))
    assert bench.seen(bench.ada) == ["Formuläret hann inte öppnas. Tryck en gång till."]
    assert bench.seen(bench.bo) == []


async def test_a_toast_and_a_refusal_are_seen_by_the_one_who_pressed(bench: Bench) -> None:
    """In a channel as an ephemeral message, in private as a message."""
    adapter = bench.adapters[0]
    await adapter.send(bench.outgoing(card("Hej", PRESS)))
    await adapter.send(bench.outgoing(card("Du", PRESS), bench.ada, kind="direct"))
    private = bench.slack.dm(bench.ada)
    bench.engine.answers = [Outcome(toast=words("Klart.")), Outcome(refused=words("Nej."))]
    for place in (bench.room.id, private):
        (message,) = [each for each in bench.slack.seen(bench.ada, place) if each.by_bot]
        await bench.slack.press(bench.ada, message, "Tryck")
    await bench.until(lambda: len(bench.seen(bench.ada)) + len(bench.seen(bench.ada, private)) == 4)
    assert bench.seen(bench.ada)[1:] == ["Klart."]
    assert bench.seen(bench.bo)[1:] == []
    assert bench.seen(bench.ada, private)[1:] == ["Nej."]


async def test_what_the_engine_told_by_message_is_not_told_again(bench: Bench) -> None:
    """A refused command has had its answer through the outbox."""
    bench.engine.answers = [Outcome(refused=words("Nej."))]
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "beslut")
    await bench.adapters[0].stop()
    assert bench.seen(bench.ada) == []


async def test_a_toast_that_cannot_be_shown_hurts_nobody(bench: Bench) -> None:
    """It was only of use now."""
    await bench.adapters[0].send(bench.outgoing(card("Hej", PRESS)))
    bench.faults.plant("chat.postEphemeral", PlatformError("internal_error"))
    bench.engine.answers = [Outcome(toast=words("Klart."))]
    (message,) = [each for each in bench.slack.seen(bench.ada, bench.room) if each.by_bot]
    await bench.slack.press(bench.ada, message, "Tryck")
    await bench.adapters[0].stop()
    assert bench.slack.world.troubles == []


async def test_a_command_where_the_bot_is_not_is_answered_all_the_same(bench: Bench) -> None:
    """The command's own address reaches the person, as often as Slack allows."""
    elsewhere = bench.slack.world.add_channel("utan", [bench.ada])
    await bench.slack.slash(bench.ada, elsewhere, "/samsyn", "hjälp")
    whisper = bench.outgoing(card("Hjälp"), elsewhere, kind="whisper", person_user=bench.ada.id)
    assert await bench.adapters[0].send(whisper) == ""
    assert bench.seen(bench.ada, elsewhere) == ["Hjälp"]


async def test_a_shortcut_brings_the_message_along(bench: Bench) -> None:
    """Its words, who wrote them and a link back."""
    said = await bench.slack.say(bench.bo, bench.room, "Vi kör på det")
    await bench.slack.message_shortcut(bench.ada, said, "record_decision")
    (shortcut,) = bench.engine.handled
    assert isinstance(shortcut, Shortcut)
    assert (shortcut.name, shortcut.message) == ("record_decision", said.ts)
    assert (shortcut.source.text, shortcut.source.author) == ("Vi kör på det", "Bo Ek")
    stamp = said.ts.replace(".", "")
    assert shortcut.source.link == f"https://stand-in.slack.com/archives/{bench.room.id}/p{stamp}"


async def test_a_persons_own_page_is_published_and_pressed(bench: Bench) -> None:
    """App Home is no chat; a press there is answered in private."""
    await bench.slack.open_home(bench.ada)
    (event,) = bench.engine.handled
    assert isinstance(event, Happened)
    assert event.what == "home-opened"
    page = bench.outgoing(card("Mina saker", PRESS), bench.ada, kind="publish")
    assert await bench.adapters[0].send(page) == ""
    bench.engine.answers = [Outcome(toast=words("Klart."))]
    await bench.slack.press_home(bench.ada, "Tryck")
    private = bench.slack.dm(bench.ada)
    await bench.until(lambda: bench.seen(bench.ada, private))
    assert bench.seen(bench.ada, private) == ["Klart."]
    assert bench.engine.handled[-1].chat is None


async def test_an_own_echo_and_another_channel_talk_are_not_heard(bench: Bench) -> None:
    """The bot does not talk to itself, and does not listen to people's talk."""
    bench.slack.world.subscriptions |= {"message.channels"}
    await bench.adapters[0].send(bench.outgoing(card("Hej")))
    await bench.adapters[0].send(bench.outgoing(card("Hej"), bench.ada, kind="direct"))
    await bench.slack.say(bench.ada, bench.room, "Vi pratar bara")
    await bench.slack.quiet()
    assert bench.engine.handled == []


async def test_what_is_delivered_again_is_again(bench: Bench) -> None:
    """Every parcel once more, and nothing happens twice."""
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x")
    await bench.slack.slash(bench.ada, bench.room, "/samsyn", "hjälp")
    before = list(bench.engine.handled)
    await bench.slack.redeliver()
    assert bench.engine.handled == before


async def test_who_runs_a_channel(bench: Bench) -> None:
    """Administrators of the workspace do, everybody does their own private talk, strangers never do."""
    adapter = bench.adapters[0]
    bench.ada.is_admin = True
    stranger = bench.slack.world.add_user("mia", "Mia", is_stranger=True, is_admin=True)
    shared = bench.slack.world.add_channel("delad", [stranger, BOT_USER], is_ext_shared=True)
    assert await adapter.is_administrator("T0HOME", bench.room.id, bench.ada.id)
    assert not await adapter.is_administrator("T0HOME", bench.room.id, bench.bo.id)
    assert await adapter.is_administrator("T0HOME", bench.bo.id, bench.bo.id)
    assert not await adapter.is_administrator("T0HOME", shared.id, stranger.id)
    assert not await adapter.is_administrator("T0ELSE", bench.room.id, bench.ada.id)


async def test_nobody_comes_before_the_time_that_was_said(bench: Bench) -> None:
    """Messages by channel, everything else by method, whoever asks: also the library that makes a new connection."""
    adapter = bench.adapters[0]
    bench.faults.plant("chat.postMessage", RateLimited(7))
    bench.faults.plant("conversations.open", RateLimited(20))
    for _ in range(2):
        with pytest.raises(NotNow, match="again in 7 s"):  # of a steady clock, whole seconds up
            await adapter.send(bench.outgoing(card("x")))
        for person in (bench.ada, bench.bo):
            with pytest.raises(NotNow, match="again in 20 s"):
                await adapter.send(bench.outgoing(card("x"), person))
    assert len(bench.ledger.of("chat.postMessage")) == len(bench.ledger.of("conversations.open")) == 1

    bench.clock.ahead = 20.0
    await adapter.send(bench.outgoing(card("x")))
    await adapter.send(bench.outgoing(card("x"), bench.bo))
