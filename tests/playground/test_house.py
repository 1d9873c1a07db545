"""The house itself: waiting between messages, and the clock that is moved."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.playground.doings import places
from bot.playground.house import House, Stride
from bot.playground.ledger import Call
from bot.settings import Settings
from tests.playground.living import Living


def test_nobody_waits_while_nobody_watches() -> None:
    """A stride passes over any wait at once; afterwards waits are real, and nothing is held back from before."""
    stride = Stride(SystemClock())

    async def story() -> tuple[float, float, float]:
        before = stride.steady()
        await stride.sleep(3600)
        strode = stride.steady() - before
        stride.walk()
        walked = stride.steady()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await stride.sleep(3600)
        return before, strode, walked

    before, strode, walked = asyncio.run(story())

    assert strode >= 3600
    assert walked >= before + 3600 + 60


def test_a_house_nobody_moved_into_is_closed_all_the_same() -> None:
    """Where the bot could not come, nothing is left running."""
    house = House(Settings.model_construct())

    asyncio.run(house.close())

    assert house.closed


def test_places_are_named_as_the_page_names_them(living: Living) -> None:
    """Channels and groups by their names, private chats by the person's."""
    house = living.house
    channel = next(each for each in house.slack.world.channels.values() if each.name == "tryggt-centrum")
    group = next(each for each in house.telegram.world.chats.values() if each.title == "Tryggt centrum")
    calls = [
        Call("slack", "chat.postMessage", {"channel": channel.id}, "ok", 0),
        Call("telegram", "sendMessage", {"chat_id": group.id}, "ok", 0),
        Call("telegram", "sendMessage", {"chat_id": str(group.id)}, "ok", 0),
        Call("telegram", "sendMessage", {"chat_id": house.cast.eva.id}, "ok", 0),
    ]

    assert places(house, calls) == [
        "i #tryggt-centrum",
        "i gruppen Tryggt centrum",
        "till Eva Holm privat i Telegram",
    ]


def test_what_does_not_happen_is_not_waited_for_in_vain(living: Living) -> None:
    """Waiting for something ends in a clear error."""
    with pytest.raises(TimeoutError):
        living.run(living.house.until(lambda: False, seconds=0))


def test_time_moves_by_as_much_as_was_asked_for(living: Living) -> None:
    """An hour is an hour, whatever rings on the way, and two who move it at once both have their way."""
    house = living.house

    async def story() -> timedelta:
        before = house.clock.offset
        await asyncio.gather(house.forward(timedelta(hours=1)), house.forward(timedelta(hours=2)))
        return house.clock.offset - before

    assert timedelta(hours=3) <= living.run(story()) < timedelta(hours=3, seconds=5)


def test_the_end_of_all_reminders(living: Living) -> None:
    """Far ahead everything has been said; the next move finds nothing and says so."""
    house = living.house

    async def story() -> list[int]:
        found = [len(await house.to_next_reminder())]
        while found[-1]:
            found.append(len(await house.to_next_reminder()))
        return found

    assert living.run(story())[-1] == 0
