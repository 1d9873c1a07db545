"""How the stand-in Telegram delivers updates: polling, the webhook, and again."""

import asyncio
from random import Random  # noqa: TID251 - seeded, to bring updates in disorder

import pytest
from telegram.error import BadRequest, Conflict

from bot.playground.telegram import User
from tests.bot.standin_telegram.stage import TOKEN, Stage, client_of

pytestmark = pytest.mark.anyio


async def test_a_second_poller_ends_the_first(stage: Stage, ada: User) -> None:
    """The poll that waits is ended with a conflict, and the newcomer gets the updates."""
    first = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    async with client_of(stage.tg, TOKEN) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        stage.tg.people.start(ada)
        assert len(await second) == 1


async def test_a_poll_ends_empty_at_its_timeout(stage: Stage) -> None:
    """Without updates a long poll gives nothing after its seconds."""
    assert await stage.bot.get_updates(timeout=1) == ()


async def test_a_poll_without_a_client_ends(stage: Stage, ada: User) -> None:
    """A client that hangs up leaves no poll behind that could take updates."""
    poll = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    stage.tg.people.start(ada)

    assert len(await stage.bot.get_updates(timeout=5)) == 1


async def test_allowed_updates_stick(stage: Stage, ada: User, bo: User) -> None:
    """A choice of kinds lasts until the next one; an empty list brings the default back."""
    await stage.bot.get_updates(allowed_updates=["my_chat_member"])
    await stage.bot.get_updates()
    stage.tg.people.start(ada)
    stage.tg.people.block(ada)
    assert [bool(u.my_chat_member) for u in await stage.bot.get_updates(allowed_updates=[])] == [True]
    stage.tg.people.start(bo)
    assert len(await stage.bot.get_updates()) == 2


async def test_updates_come_again_under_the_same_numbers(chat: Stage, ada: User) -> None:
    """Redelivered updates keep their numbers and content, in another order if wanted."""
    await chat.tg.start(ada)
    for text in "abcde":
        await chat.tg.say(ada, ada.id, text)
    before = [(u.update_id, u.message and u.message.text) for u in chat.heard]
    await chat.tg.redeliver(rng=Random(3))  # noqa: S311 - disorder, not a secret
    again = [(u.update_id, u.message and u.message.text) for u in chat.heard[len(before) :]]

    assert sorted(again) == before
    assert again != before
    await chat.tg.redeliver(chat.tg.updates.made[-1:])
    assert chat.heard[-1].update_id == before[-1][0]
    assert chat.tg.is_quiet()


async def test_what_was_not_confirmed_yet_is_not_lost_by_coming_again(stage: Stage, ada: User) -> None:
    """A reply that never arrived confirms nothing: the same updates are there for the next one who asks."""
    stage.tg.people.start(ada)
    stage.tg.people.say(ada, ada.id, "a")
    stage.tg.updates.repeat(stage.tg.updates.made, Random(3))  # noqa: S311 - disorder, not a secret
    for _ in range(2):
        assert len(await stage.bot.get_updates()) == 2
    first = max(each.update_id for each in await stage.bot.get_updates())

    assert await stage.bot.get_updates(offset=first + 1) == ()


async def test_a_webhook_receives_updates_with_the_secret(stage: Stage, ada: User) -> None:
    """Updates are brought to the address with the secret, and polling is refused meanwhile."""
    await stage.bot.set_webhook(f"{stage.address}/hook", secret_token="s3cret_-")
    await stage.tg.start(ada)

    assert [body["message"]["text"] for body in stage.hook.bodies] == ["/start"]
    assert stage.hook.secrets == ["s3cret_-"]
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await stage.bot.get_updates()
    info = await stage.bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (f"{stage.address}/hook", 0)
    await stage.bot.delete_webhook()
    await stage.bot.delete_webhook()
    await stage.bot.delete_webhook(drop_pending_updates=True)
    assert (await stage.bot.get_webhook_info()).url == ""
    assert await stage.bot.get_updates() == ()


async def test_a_failing_webhook_holds_up_only_its_own_line(stage: Stage, ada: User, bo: User) -> None:
    """A refused update is brought again, before later ones of its chat, while other chats go on."""
    await stage.bot.set_webhook(f"{stage.address}/hook", max_connections=2)
    stage.hook.refusals = [500]
    stage.tg.people.start(ada, "first")
    await stage.hook.refused.wait()
    stage.tg.people.say(ada, ada.id, "second")
    await stage.tg.start(bo, "other")
    assert [body["message"]["text"] for body in stage.hook.bodies] == ["/start other"]
    await stage.tg.bell.until(lambda: bool(stage.tg.webhook.last_error))
    info = await stage.bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 2

    stage.tg.webhook.hurry()
    await stage.tg.quiet()

    texts = [body["message"]["text"] for body in stage.hook.bodies]
    assert texts == ["/start other", "/start first", "second"]


async def test_a_webhook_that_is_not_there_is_tried_again(stage: Stage, ada: User) -> None:
    """A refused connection counts as a failure, and another address gets what was waiting."""
    await stage.bot.set_webhook("http://127.0.0.1:1/hook")
    stage.tg.people.start(ada)
    await stage.tg.bell.until(lambda: stage.tg.webhook.last_error == "Connection failed: ConnectError")
    await stage.bot.set_webhook(f"{stage.address}/hook")
    await stage.tg.quiet()

    assert len(stage.hook.bodies) == 1


async def test_a_webhook_ends_a_poll_that_waits(stage: Stage) -> None:
    """Setting a webhook ends the long poll under way with a conflict of its own."""
    poll = asyncio.create_task(stage.bot.get_updates(timeout=30))
    await stage.tg.bell.until(lambda: stage.tg.revision > 0)
    await stage.bot.set_webhook(f"{stage.address}/hook", drop_pending_updates=True)

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_a_webhook_must_be_an_address_and_its_secret_plain(stage: Stage) -> None:
    """Plain HTTP over the net and a secret with other signs are refused."""
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await stage.bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await stage.bot.set_webhook("https://example.org/hook", secret_token="å")
