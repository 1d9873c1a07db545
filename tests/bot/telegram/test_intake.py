"""What comes in is handled in order within a chat, once, and nothing unreadable disturbs its neighbours."""

import asyncio
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update
from typing_extensions import override

from bot.adapter import Outcome
from bot.clock import SystemClock
from bot.holds import Holds
from bot.playground import faults as planted
from bot.playground.telegram import User
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.client import client
from bot.telegram.intake import Entrance
from bot.telegram.presses import Presses
from bot.telegram.translate import Ourselves
from handlers.kit.inbound import AnyInbound
from prompts.texts import Catalog
from storage.db import StoreUnavailable
from tests.bot.telegram.bench import Bench, Remembering
from tests.bot.telegram.test_translate import UPDATES

pytestmark = pytest.mark.anyio

US = Ourselves(4200, "SamsynBot")
SPEECH = Speech(Catalog.load())
HOLDS = Holds("telegram", SystemClock())
Path = tuple[str | int, ...]


def _entrance(intake: Remembering) -> Entrance:
    return Entrance(intake, US, _Silent(client("4200:never-used", "http://127.0.0.1/bot", HOLDS), SPEECH))


class _Silent(Presses):
    """Nobody waits for an answer here."""

    @override
    def react(self, update: Update, inbound: AnyInbound | None, outcome: Outcome | None) -> None:
        """Say nothing."""


def _line(number: int, text: object, chat: int = 5000001) -> dict[str, Any]:
    raw: dict[str, Any] = copy.deepcopy(UPDATES["private words"])
    raw["update_id"] = number
    raw["message"] |= {"text": text, "chat": {"id": chat, "type": "private"}}
    return raw


async def test_one_chat_stays_in_order_while_others_go_on() -> None:
    """A chat whose first update takes long holds up its own next one, and nobody else's."""
    order: list[str] = []
    going_on = asyncio.Event()

    class Slow(Remembering):
        @override
        async def handle(self, inbound: AnyInbound) -> Outcome:
            if inbound.key.startswith("0000000000001"):
                await going_on.wait()
            order.append(inbound.key[12])
            if inbound.key.startswith("0000000000003"):
                going_on.set()
            return Outcome()

    await _entrance(Slow()).take_all([_line(1, "a"), _line(2, "b"), _line(3, "c", chat=5000002)])

    assert order == ["3", "1", "2"]


@pytest.mark.parametrize("slot", range(3))
@pytest.mark.parametrize(
    "poison", [{"update_id": 2, "message": "?"}, [], None, 7, {"message": {}}, _line(2, 5)]
)
async def test_poison_in_any_slot_is_buried_alone(slot: int, poison: object) -> None:
    """The neighbours are handled; the reason tells the kind and not a word of it."""
    intake = Remembering()
    batch: list[object] = [_line(1, "a"), _line(3, "b")]
    batch.insert(slot, poison)
    await _entrance(intake).take_all(batch)

    assert intake.texts == ["a", "b"]
    [(platform, reason, body)] = intake.buried
    assert (platform, json.loads(body)) == ("telegram", poison)
    assert reason.split(": ")[0] in ("message", "unknown")


async def test_nothing_is_acknowledged_when_the_store_is_down() -> None:
    """The trouble goes through, for what can be read and for what cannot, after the others were tried."""
    for raw in (_line(1, "a"), {"update_id": 1, "message": "?"}):
        intake = Remembering(down=1)
        with pytest.raises(StoreUnavailable):
            await _entrance(intake).take_all([raw, _line(2, "b", chat=5000002)])
        assert intake.texts == ["b"]


def _places(value: object, at: Path = ()) -> Iterator[Path]:
    yield at
    match value:
        case dict():
            for name, each in value.items():
                yield from _places(each, (*at, name))
        case list():
            for index, each in enumerate(value):
                yield from _places(each, (*at, index))
        case _:
            pass


def _changed(raw: Any, at: Path, new: object) -> Any:
    if not at:
        return new
    changed = copy.deepcopy(raw)
    inner = changed
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = new
    return changed


STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("\ud800\x00"), st.just(10**30),
    st.just([]), st.just({}), st.just([None]), st.just({"id": None}), st.just([[1]]), st.just(-1), st.just("x" * 5000),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(UPDATES)), new=STRANGE)
async def test_one_wrong_field_never_raises(data: st.DataObject, name: str, new: object) -> None:
    """Every recorded update with any one field changed is handled, ignored or buried."""
    raw = UPDATES[name]
    at = data.draw(st.sampled_from(list(_places(raw))))

    await _entrance(Remembering()).take(_changed(raw, at, new))


# --- Through polling, to the end -------------------------------------------------------------------------------


async def test_a_store_that_is_down_for_a_while_loses_nothing(
    bench: Bench, adapter: TelegramAdapter, ada: User
) -> None:
    """The same updates are fetched again after a little wait, and handled once."""
    bench.intake.down = 3
    await bench.tg.start(ada)
    await bench.tg.say(ada, ada.id, "hej")

    assert bench.intake.texts == ["start", "hej"]
    assert bench.clock.slept == [1.0, 1.0, 1.0]
    assert adapter.trouble is None


async def test_a_crash_between_commit_and_confirmation_repeats_nothing(bench: Bench, ada: User) -> None:
    """The next process gets the update again and recognises it."""
    first = bench.adapter()
    await first.start()
    await bench.tg.bell.until(lambda: bench.tg.polling._turn > 0)
    bench.faults.plant("getUpdates", planted.LostRequest(), times=1000)
    bench.tg.people.start(ada)
    await bench.intake.committed.wait()
    await _killed(first)
    assert not bench.tg.is_quiet()

    bench.faults.clear()
    await bench.adapter().start()
    await bench.tg.quiet()
    assert bench.intake.texts == ["start"]


async def _killed(adapter: TelegramAdapter) -> None:
    """Let the process die: what runs is cut off wherever it is."""
    fetching, adapter._fetching = adapter._fetching, None
    assert fetching
    fetching.cancel()
    await asyncio.gather(fetching, return_exceptions=True)


async def test_everything_again_in_disorder_changes_nothing(
    bench: Bench, adapter: TelegramAdapter, ada: User, bo: User
) -> None:
    """All updates three times, shuffled, are handled once each."""
    for user in (ada, bo):
        await bench.tg.start(user)
        await bench.tg.say(user, user.id, "hej")
    before = list(bench.intake.handled)

    await bench.tg.redeliver([*reversed(bench.tg.updates.made)])
    await bench.tg.redeliver()

    assert bench.intake.handled == before
    assert adapter.trouble is None


async def test_stopping_confirms_what_was_handled(bench: Bench, adapter: TelegramAdapter, ada: User) -> None:
    """What was in hand is finished and confirmed, and nothing more is fetched."""
    stopping: list[asyncio.Task[None]] = []
    bench.intake.before = lambda _: stopping.append(asyncio.ensure_future(adapter.stop()))
    bench.tg.people.start(ada)
    await bench.tg.quiet()
    await stopping[0]

    assert bench.intake.texts == ["start"]
    assert adapter.trouble is None


async def test_a_group_is_joined_moved_and_left(
    bench: Bench, adapter: TelegramAdapter, ada: User, bo: User
) -> None:
    """Everything that happens to a group reaches the engine, with one key each."""
    group = bench.tg.world.add_group("Forum", [ada])
    await bench.tg.add_bot(ada, group)
    await bench.tg.add(ada, group, bo)
    new = await bench.tg.upgrade(group)
    await bench.tg.leave(bo, new)
    await bench.tg.remove_bot(ada, new)

    told = [(getattr(each, "what", ""), each.chat and each.chat.chat) for each in bench.intake.handled]
    assert told == [
        ("bot-added", str(group)), ("person-joined", str(group)), ("chat-moved", str(group)),
        ("chat-moved", str(group)), ("person-left", str(new)), ("bot-removed", str(new)),
    ]  # fmt: skip
    assert len({each.key for each in bench.intake.handled}) == len(told)
    assert adapter.trouble is None
