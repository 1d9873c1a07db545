"""The adapter against the stand-in: starting, fetching, sending, changing."""

import logging

import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from bot.adapter import (
    Broken,
    Gone,
    MessageGone,
    Moved,
    NotNow,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.playground import faults as planted
from bot.playground.telegram import User, plain
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.intake import ALLOWED
from bot.telegram.troubles import AnotherPoller
from handlers.kit.inbound import Said
from handlers.kit.ui import Action, Button, Line, Row
from tests.bot.standin_telegram.stage import Server
from tests.bot.telegram.bench import SECRET, TOKEN, Bench, card, outgoing, words

pytestmark = pytest.mark.anyio

YES = Row((Button(words("Ja"), Action("vote", (12, "yes"))),))


async def test_what_people_write_reaches_the_engine(
    bench: Bench, adapter: TelegramAdapter, ada: User
) -> None:
    """A line in private is handled, and confirmed once it is."""
    await bench.tg.start(ada)
    await bench.tg.say(ada, ada.id, "hej")

    assert bench.intake.texts == ["start", "hej"]
    assert adapter.username == "SamsynBot"


async def test_a_card_is_sent(bench: Bench, adapter: TelegramAdapter, ada: User, group: int) -> None:
    """A card becomes a message with buttons; its id comes back."""
    sent = await adapter.send(outgoing(card("§ 12", Line(words("Köp kaffe")), YES), group, forum=7))

    message = bench.tg.seen(ada, group)[-1]
    assert sent == str(message.id)
    assert plain(message) == "§ 12\n\nKöp kaffe\n[Ja]"
    assert message.button("Ja").callback_data == "vote:7:12:yes"  # type: ignore[union-attr]
    assert bench.ledger.of("sendMessage")[0].args["link_preview_options"] == {"is_disabled": True}


async def test_a_card_answers_in_its_topic(
    bench: Bench, adapter: TelegramAdapter, ada: User, supergroup: int
) -> None:
    """The card stands in the topic, under the message it answers; one that is gone keeps nobody from answering."""
    topic = await bench.tg.open_topic(ada, supergroup, "Kaffe")
    asked = await bench.tg.say(ada, supergroup, "/beslut", topic=topic)
    fields = {"topic": topic, "reply_to": str(asked.id)}
    await adapter.send(outgoing(card("§ 12"), supergroup, **fields))
    answer = bench.tg.seen(ada, supergroup)[-1]
    await bench.tg.delete(ada, asked)
    await adapter.send(outgoing(card("§ 13"), supergroup, **fields))

    assert (answer.topic, answer.reply_to) == (topic, asked.id)
    assert bench.tg.seen(ada, supergroup)[-1].text == "§ 13"


async def test_a_card_is_changed(bench: Bench, adapter: TelegramAdapter, ada: User, group: int) -> None:
    """An update changes the message, buttons and all; the same update again is fine."""
    sent = await adapter.send(outgoing(card("§ 12", YES), group))
    change = outgoing(card("§ 12 ändrad"), group, kind="update", message=sent)

    assert [await adapter.send(change), await adapter.send(change)] == [sent, sent]
    assert plain(bench.tg.seen(ada, group)[-1]) == "§ 12 ändrad"


async def test_an_update_of_a_message_that_is_gone_says_so(adapter: TelegramAdapter, group: int) -> None:
    """Nothing is sent in its place."""
    with pytest.raises(MessageGone):
        await adapter.send(outgoing(card("§ 12"), group, kind="update", message="77"))


async def test_an_answer_takes_the_place_of_the_card(
    bench: Bench, adapter: TelegramAdapter, ada: User
) -> None:
    """What replaces a card changes it; when the card is gone, the answer comes as a new message."""
    await bench.tg.start(ada)
    first = await adapter.send(outgoing(card("Fråga"), ada.id))

    kept = await adapter.send(outgoing(card("Svar"), ada.id, kind="whisper", replaces=first))
    new = await adapter.send(outgoing(card("Svar"), ada.id, kind="whisper", replaces="777"))

    assert kept == first
    assert [m.text for m in bench.tg.seen(ada, ada.id)] == ["/start", "Svar", "Svar"]
    assert new == str(bench.tg.seen(ada, ada.id)[-1].id)


async def test_there_is_no_page_to_publish(bench: Bench, adapter: TelegramAdapter, ada: User) -> None:
    """A person's own page is Slack's; nothing is sent."""
    assert await adapter.send(outgoing(card("Mina"), ada.id, kind="publish")) == ""
    assert not bench.ledger.sent()


# --- How sending fails -----------------------------------------------------------------------------------------


async def test_nobody_is_written_to_before_they_write(
    adapter: TelegramAdapter, bench: Bench, ada: User
) -> None:
    """A person who never started the bot, or blocked it, is out of reach."""
    with pytest.raises(Unreachable):
        await adapter.send(outgoing(card("Hej"), ada.id))
    await bench.tg.start(ada)
    await bench.tg.block(ada)
    with pytest.raises(Unreachable):
        await adapter.send(outgoing(card("Hej"), ada.id))


async def test_a_group_that_threw_us_out_is_gone(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """So is one that never was."""
    await bench.tg.remove_bot(ada, group)
    for chat in (group, -999):
        with pytest.raises(Gone):
            await adapter.send(outgoing(card("Hej"), chat))


async def test_a_group_that_moved_tells_where(bench: Bench, adapter: TelegramAdapter, group: int) -> None:
    """The new id comes with the trouble."""
    new = await bench.tg.upgrade(group)
    with pytest.raises(Moved) as moved:
        await adapter.send(outgoing(card("Hej"), group))
    assert moved.value.chat == str(new)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (planted.RateLimited(17), NotNow(17)),
        (planted.ServerError(500), Broken("")),
        (planted.ServerError(502), Broken("")),
        (planted.CutReply(), Uncertain("")),
        (planted.LostRequest(), Uncertain("")),
        (planted.Html(502), Broken("")),
        (planted.Html(200), Uncertain("")),
        (planted.Html(403), Uncertain("")),
        (planted.Html(404), Uncertain("")),
        (planted.PlatformError("Bad Request: can't parse entities: x", 400), Refused("")),
        (planted.PlatformError("Bad Request: message is too long", 400), Refused("")),
        (planted.PlatformError("Bad Request: BUTTON_DATA_INVALID", 400), Refused("")),
        (planted.PlatformError("Request Entity Too Large", 413), Refused("")),
        (planted.PlatformError("Too Many Requests", 429), NotNow(30)),
        (planted.PlatformError("Unauthorized", 401), Revoked("")),
        (planted.PlatformError("Not Found", 404), Revoked("")),
        (planted.PlatformError("Conflict: x", 409), AnotherPoller("")),
        (planted.PlatformError("Bad Request: message thread not found", 400), Gone("")),
        (planted.PlatformError("Bad Request: TOPIC_CLOSED", 400), Gone("")),
        (planted.PlatformError("Bad Request: not enough rights to send text messages to the chat", 400), Gone("")),
        (planted.PlatformError("Forbidden: the group chat was deleted", 403), Gone("")),
    ],
)  # fmt: skip
async def test_a_send_that_fails_says_how(
    bench: Bench, adapter: TelegramAdapter, group: int, fault: planted.Fault, expected: SendTrouble
) -> None:
    """Each kind of bad day becomes its own trouble, and one call is all that is made."""
    bench.faults.plant("sendMessage", fault)

    with pytest.raises(SendTrouble) as trouble:
        await adapter.send(outgoing(card("Hej"), group))

    assert type(trouble.value) is type(expected)
    assert getattr(trouble.value, "seconds", None) == getattr(expected, "seconds", None)
    assert len(bench.ledger.of("sendMessage")) == 1


@pytest.mark.parametrize(
    "answer",
    [[], None, {}, {"ok": True}, {"ok": True, "result": {"message_id": "x"}}, {"ok": True, "result": 7}],
)
async def test_an_answer_without_sense_leaves_it_open(
    server: Server, adapter: TelegramAdapter, group: int, answer: object
) -> None:
    """It is unknown whether the message arrived, and fetching goes on trying."""

    async def nonsense(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONResponse(answer)(scope, receive, send)

    server.playing = nonsense
    with pytest.raises(Uncertain):
        await adapter.send(outgoing(card("Hej"), group))
    with pytest.raises(Uncertain):
        await adapter._fetch(0, False)
    assert adapter.trouble is None


async def test_a_server_that_is_not_there_gets_nothing(bench: Bench) -> None:
    """Without a connection nothing was sent, to no chat at all."""
    there, bench.tg.address = bench.tg.address, "http://127.0.0.1:9"
    away = bench.adapter()
    bench.tg.address = there
    with pytest.raises(NotNow) as trouble:
        await away.start()
    assert trouble.value.everywhere


async def test_a_card_that_cannot_be_drawn_is_refused(adapter: TelegramAdapter, group: int) -> None:
    """Button data that are too long never leave."""
    row = Row((Button(words("Ja"), Action("vote", ("x" * 60,))),))
    with pytest.raises(Refused, match="vote: 67 bytes"):
        await adapter.send(outgoing(card("Hej", row), group))


# --- Starting and stopping -------------------------------------------------------------------------------------


async def test_starting_names_the_commands_and_asks_for_updates(bench: Bench) -> None:
    """Commands are set per language and scope, the first language also for everybody else; a webhook is taken away."""
    adapter = bench.adapter(
        commands={"sv": [("beslut", "Spara ett beslut")], "en": [("decision", "Record one")]}
    )
    await adapter.start()
    await bench.tg.quiet()

    asked = [
        (c.args.get("language_code"), c.args["scope"]["type"], c.args["commands"][0]["command"])
        for c in bench.ledger.of("setMyCommands")
    ]
    assert sorted(asked, key=str) == sorted(
        [(lang, scope, word) for lang, word in ((None, "beslut"), ("sv", "beslut"), ("en", "decision"))
         for scope in ("default", "all_group_chats")], key=str)  # fmt: skip
    assert bench.ledger.of("deleteWebhook")


async def test_commands_are_not_worth_failing_for(bench: Bench) -> None:
    """A server that does not take the commands is used all the same."""
    bench.faults.plant("setMyCommands", planted.ServerError(), times=2)
    await bench.adapter(commands={"sv": []}).start()


async def test_a_bad_token_is_said_at_start(bench: Bench) -> None:
    """Starting fails with ``Revoked``."""
    with pytest.raises(Revoked):
        await bench.adapter(token="4200:wrong").start()


async def test_a_token_revoked_later_ends_the_fetching(
    bench: Bench, adapter: TelegramAdapter, ada: User
) -> None:
    """It says why it ended."""
    bench.faults.plant("getUpdates", planted.PlatformError("Unauthorized", 401))
    bench.tg.people.start(ada)  # ends the poll under way; the next one meets the fault

    assert isinstance(await adapter.ended(), Revoked)


async def test_two_pollers_do_not_fight(bench: Bench, adapter: TelegramAdapter) -> None:
    """The one that is told that another fetches stops, and says so."""
    await bench.tg.bell.until(lambda: bench.tg.polling._turn > 0)
    second = bench.adapter()
    await second.start()

    assert isinstance(await adapter.ended(), AnotherPoller)
    assert second.trouble is None


async def test_a_webhook_is_set(bench: Bench) -> None:
    """With its secret and everything we want to hear of."""
    adapter = bench.adapter(webhook=True)
    await adapter.start()

    args = bench.ledger.of("setWebhook")[0].args
    assert (args["secret_token"], tuple(args["allowed_updates"])) == (SECRET, ALLOWED)
    assert await adapter.ended() is None


async def test_a_webhook_needs_a_good_secret(bench: Bench) -> None:
    """Without one, or with one that Telegram does not take, there is no adapter."""
    for secret in (None, "", "å", "x" * 257):
        with pytest.raises(ValueError, match="secret"):
            TelegramAdapter(
                token=TOKEN, intake=bench.intake, speech=bench.speech, clock=bench.clock, commands={},
                webhook_url="https://example.org/hook", webhook_secret=secret,
            )  # fmt: skip


async def test_updates_brought_to_the_webhook_are_handled(bench: Bench, ada: User) -> None:
    """The route takes what Telegram brings."""
    await bench.adapter(webhook=True).start()
    await bench.tg.start(ada)
    await bench.tg.say(ada, ada.id, "hej")

    assert bench.intake.texts == ["start", "hej"]


# --- Who runs a chat -------------------------------------------------------------------------------------------


async def test_who_runs_a_chat_is_asked_from_telegram(
    bench: Bench, adapter: TelegramAdapter, ada: User, bo: User, group: int
) -> None:
    """The creator does, a member does not, an unknown person does not; a hidden list hides no administrator."""

    async def runs(user: object) -> bool:
        return await adapter.is_administrator("", str(group), str(user))

    assert [await runs(ada.id), await runs(bo.id), await runs(1)] == [True, False, False]
    bench.tg.world.chat(group).hides_members = True
    assert [await runs(ada.id), await runs(bo.id)] == [True, False]
    await bench.tg.remove_bot(ada, group)
    with pytest.raises(Gone):
        await runs(ada.id)
    with pytest.raises(Gone):
        await adapter.is_administrator("", "-999", str(ada.id))


# --- What is written in the log --------------------------------------------------------------------------------


async def test_the_token_is_never_in_the_log(
    bench: Bench, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever happens and however much is logged, neither the token nor anybody's words are written down."""
    caplog.set_level(logging.DEBUG)
    loud = ("httpx", "httpcore", "telegram")
    for name in loud:
        caplog.set_level(logging.DEBUG, logger=name)
    adapter = bench.adapter()
    for name in loud:
        caplog.set_level(logging.DEBUG, logger=name)  # as logging set up after the adapter was made would do
    bench.faults.plant("getUpdates", planted.Html(200))
    await adapter.start()
    await bench.tg.start(ada)
    await bench.tg.say(ada, ada.id, "hemliga ord")
    for fault in (planted.ServerError(), planted.Html(200), planted.PlatformError("Unauthorized", 401)):
        bench.faults.plant("sendMessage", fault)
        with pytest.raises(SendTrouble):
            await adapter.send(outgoing(card("hemliga ord"), ada.id))
    await adapter.stop()

    written = [f"{record.getMessage()} {record.exc_text} {record.args}" for record in caplog.records]
    assert isinstance(bench.intake.handled[-1], Said)
    assert not [line for line in written if TOKEN in line or "hemliga" in line]


async def test_nobody_comes_before_the_time_that_was_said(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """Whoever asks for the same hears it from us; another chat and another method are free."""
    await bench.tg.start(ada)
    bench.faults.plant("sendMessage", planted.RateLimited(17))
    for _ in range(2):
        with pytest.raises(NotNow, match="again in 17 s"):
            await adapter.send(outgoing(card("Hej"), group))
    await adapter.send(outgoing(card("Hej"), ada.id))
    await adapter.is_administrator("", str(group), str(ada.id))
    assert len(bench.ledger.of("sendMessage")) == 2

    await bench.clock.sleep(17)
    await adapter.send(outgoing(card("Hej"), group))
    assert len(bench.ledger.of("sendMessage")) == 3


async def test_a_refusal_that_is_no_json_holds_nothing(
    bench: Bench, adapter: TelegramAdapter, group: int
) -> None:
    """A page with the number 429 names no time; the dispatcher waits for as long as it thinks fit."""
    bench.faults.plant("sendMessage", planted.Html(429))
    with pytest.raises(NotNow):
        await adapter.send(outgoing(card("Hej"), group))

    await adapter.send(outgoing(card("Hej"), group))
