"""Calls of the stand-in Bot API: tokens, names, faults, pace."""

from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.playground import faults as planted
from bot.playground.telegram import User
from tests.bot.standin_telegram.stage import NO_TLS, TOKEN, Stage, client_of, raw

pytestmark = pytest.mark.anyio


async def test_a_wrong_token_and_an_unknown_method_are_refused(stage: Stage) -> None:
    """401 for a stranger, 404 for a method that is not, and names in any case."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        answer = await client.get(f"{stage.tg.base_url}{TOKEN}/GETME?x=1")
    assert answer.json()["result"]["username"] == "SamsynBot"
    unknown = await raw(stage, "sendLove", {})
    assert unknown["description"] == "Not Found: method not found"
    stranger = await raw(stage, "getMe", {}, token="1:x")
    assert (stranger["error_code"], stranger["description"]) == (401, "Unauthorized")
    assert (await raw(stage, "getMe", [1]))["error_code"] == 400
    with pytest.raises(InvalidToken):
        await client_of(stage.tg, "1:x").__aenter__()


async def test_the_bot_describes_itself(stage: Stage, ada: User, group: int) -> None:
    """Commands by language, names and descriptions are kept, and checked."""
    await stage.bot.set_my_commands([("help", "Hjälp")], language_code="sv")
    await stage.bot.set_my_description("About")
    await stage.bot.set_my_short_description("Short")
    await stage.bot.set_my_name("Samsyn")
    assert [c.description for c in await stage.bot.get_my_commands(language_code="sv")] == ["Hjälp"]
    await stage.bot.delete_my_commands(language_code="sv")
    assert await stage.bot.get_my_commands(language_code="sv") == ()
    assert stage.tg.world.profile == {"description": "About", "short_description": "Short", "name": "Samsyn"}
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await stage.bot.set_my_commands([("Help!", "x")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await stage.bot.set_my_commands([("help", "x" * 257)])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await _too_many_commands(stage.bot)
    with pytest.raises(BadRequest, match="Name is too long"):
        await stage.bot.set_my_name("x" * 65)
    assert await stage.bot.send_chat_action(group, "typing")
    assert (await stage.bot.get_chat(group)).title == "Forum"
    stage.tg.people.start(ada)
    assert (await stage.bot.get_chat(ada.id)).username == "ada_l"
    assert await stage.bot.get_chat_member_count(ada.id) == 2
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await stage.bot.get_chat_administrators(ada.id)
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await stage.bot.leave_chat(ada.id)
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await stage.bot.send_chat_action(ada.id, "")


async def _too_many_commands(bot: Bot) -> None:
    await bot.set_my_commands([(f"c{number}", "x") for number in range(101)])


async def test_planted_faults_meet_the_calls(stage: Stage, ada: User) -> None:
    """Each planted fault looks to the client as the real one, and only a cut reply has taken effect."""
    stage.tg.people.start(ada)
    before: list[tuple[planted.Fault, type[TelegramError], str | None]] = [
        (planted.RateLimited(7), RetryAfter, "Flood control exceeded"),
        (planted.ServerError(502), NetworkError, "Bad Gateway|Internal Server Error"),
        (planted.Html(), NetworkError, None),
        (planted.LostRequest(), NetworkError, None),
        (planted.PlatformError("Bad Request: odd"), BadRequest, "Odd"),
    ]
    for fault, error, words in before:
        stage.faults.plant("sendMessage", fault)
        with pytest.raises(error, match=words):
            await stage.bot.send_message(ada.id, "unsent")
    stage.faults.plant("sendMessage", planted.CutReply())
    with pytest.raises(NetworkError):
        await stage.bot.send_message(ada.id, "sent, unknown")
    stage.faults.plant("sendMessage", planted.Slow(0.01))
    await stage.bot.send_message(ada.id, "slow")

    assert [m.text for m in stage.tg.seen(ada, ada.id)][1:] == ["sent, unknown", "slow"]
    assert [call.args["text"] for call in stage.ledger.sent("telegram")] == ["sent, unknown", "slow"]
    assert len(stage.ledger.refused()) == len(before)


async def test_a_pace_is_kept_when_the_world_enforces_it(stage: Stage, ada: User, group: int) -> None:
    """A few messages at once are forgiven, then one a second; a group takes twenty a minute."""
    stage.tg.world.enforce_pace = True
    stage.tg.people.start(ada)
    for _ in range(3):
        await stage.bot.send_message(ada.id, "quick")
    with pytest.raises(RetryAfter) as caught:
        await stage.bot.send_message(ada.id, "too quick")
    assert caught.value.retry_after == timedelta(seconds=3)
    for _ in range(20):
        stage.clock.at += 1
        await stage.bot.send_message(group, "steady")
    stage.clock.at += 1
    with pytest.raises(RetryAfter):
        await stage.bot.send_message(group, "twenty-first")
    stage.clock.at += 40
    await stage.bot.send_message(group, "a minute later")


async def test_a_reset_makes_the_world_new(stage: Stage, ada: User) -> None:
    """After a reset nobody is there and nothing waits, while update numbers go on rising."""
    stage.tg.people.start(ada)
    number = stage.tg.updates.next_id
    await stage.bot.set_webhook(f"{stage.address}/hook")
    await stage.tg.reset()

    assert stage.tg.is_quiet()
    assert (await stage.bot.get_webhook_info()).url == ""
    with pytest.raises(BadRequest, match="Chat not found"):
        await stage.bot.send_message(ada.id, "Anybody?")
    assert stage.tg.updates.next_id == number


async def test_a_body_that_is_no_json_is_refused(stage: Stage) -> None:
    """Bytes that cannot be read are answered with a 400, not with a crash."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        headers = {"content-type": "application/json"}
        answer = await client.post(f"{stage.tg.base_url}{TOKEN}/getMe", content=b"{", headers=headers)

    assert answer.status_code == 400
