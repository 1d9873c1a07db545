"""What the dispatcher does when something breaks, and after a restart."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.adapter import NotNow
from bot.dispatcher import Dispatcher
from bot.writer import Writer
from handlers.kit.feature import Feature
from storage import outbox
from storage.db import StoreUnavailable
from storage.outbox import Address
from tests.bot.bench import Bench, build, put, send, state

pytestmark = pytest.mark.anyio


@pytest.fixture(name="bench")
async def _bench(writer: Writer) -> AsyncIterator[Bench]:
    bench = build(writer, Feature("empty"))
    await bench.dispatcher.recover()
    yield bench
    await bench.stop()


async def test_a_fault_of_ours_costs_one_message_and_not_its_chat(bench: Bench) -> None:
    """An adapter that breaks on one card goes on with the next; so does a row that cannot be read."""
    bench.slack.plan("C1", ZeroDivisionError())
    broken = await put(bench.writer, "C1", "a")
    unreadable = await bench.writer.run(
        partial(outbox.put, kind="post", to=Address("slack", "T1", "C1"), card="[]", now=bench.clock.now(),
                language="sv", zone="UTC")
    )  # fmt: skip
    fine = await put(bench.writer, "C1", "c")

    await send(bench, broken, unreadable, fine)

    assert bench.slack.said_to("C1") == ["c"]
    assert [await state(bench, each) for each in (broken, unreadable, fine)] == ["dead", "dead", "sent"]


async def test_a_message_that_arrived_is_not_sent_again_because_the_store_is_down(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is tried until the store takes it; the message itself goes out once."""
    letter = await put(bench.writer, "C1", "a")
    run, broken = bench.writer.run, [1]

    async def sometimes(work: object, *, weight: int = 0) -> object:
        if getattr(work, "__name__", "") == "<lambda>" and broken:
            broken.pop()
            raise StoreUnavailable
        return await run(work, weight=weight)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.writer, "run", sometimes)
    bench.dispatcher.take([letter])
    await bench.clock.until_asleep()
    bench.clock.forward(1)
    await bench.dispatcher.idle()

    assert len(bench.slack.tried) == 1
    assert await state(bench, letter) == "sent"


async def _restarted(bench: Bench) -> Dispatcher:
    """Another process on the same table."""
    dispatcher = Dispatcher(bench.writer, bench.clock, {"slack": bench.slack, "telegram": bench.telegram})
    await dispatcher.recover()
    await dispatcher.idle()
    return dispatcher


async def test_a_restart_goes_on_with_what_was_left(bench: Bench) -> None:
    """What was never tried is sent, in order; what arrived is not sent again."""
    done = await put(bench.writer, "C1", "done")
    await send(bench, done)
    await put(bench.writer, "C1", "a")
    await put(bench.writer, "C1", "b")

    await _restarted(bench)

    assert bench.slack.said_to("C1") == ["done", "a", "b"]


@pytest.mark.parametrize(("care", "said", "left"), [("repeat", ["a"], "sent"), ("once", [], "unknown")])
async def test_a_crash_in_the_middle_of_sending(bench: Bench, care: str, said: list[str], left: str) -> None:
    """What may have arrived already is repeated only when its sender said so."""
    letter = await put(bench.writer, "C1", "a", care=care)
    await bench.writer.run(partial(outbox.mark_sending, letter_id=letter.id))

    await _restarted(bench)

    assert bench.slack.said_to("C1") == said
    assert await state(bench, letter) == left


async def test_a_second_crash_on_the_same_message_is_enough(bench: Bench) -> None:
    """A message that twice may have arrived is not tried a third time."""
    letter = await put(bench.writer, "C1", "a")
    for _ in range(2):
        await bench.writer.run(partial(outbox.mark_sending, letter_id=letter.id))

    await _restarted(bench)

    assert bench.slack.tried == []
    assert await state(bench, letter) == "unknown"


async def test_many_leftovers_are_all_found(bench: Bench) -> None:
    """The table is read page by page to its end."""
    for each in range(7):
        await put(bench.writer, f"C{each}", str(each))
    reading = outbox.waiting
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "waiting", lambda store, *, after: reading(store, after=after, most=3))
        await _restarted(bench)

    assert len(bench.slack.arrived) == 7


async def test_what_comes_in_while_the_table_is_read_goes_out_once(bench: Bench) -> None:
    """A request handled between start and recovery is in the table already: it is not taken twice."""
    dispatcher = Dispatcher(bench.writer, bench.clock, {"slack": bench.slack})
    early = await put(bench.writer, "C1", "early")
    dispatcher.take([early])
    await dispatcher.recover()
    dispatcher.take([early])
    late = await put(bench.writer, "C1", "late")
    dispatcher.take([late])
    await dispatcher.idle()

    assert bench.slack.said_to("C1") == ["early", "late"]


async def test_stopping_finishes_what_is_being_sent(bench: Bench) -> None:
    """A restart in good order doubles nothing: what is on its way arrives, the rest stays in the table."""
    gate = asyncio.Event()
    bench.slack.plan("C1", gate)
    letters = [await put(bench.writer, "C1", key) for key in "ab"]
    bench.dispatcher.take(letters)
    await bench.slack.until_tried(1)

    stopping = asyncio.create_task(bench.dispatcher.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping

    assert [await state(bench, each) for each in letters] == ["sent", "new"]
    await _restarted(bench)
    assert bench.slack.said_to("C1") == ["a", "b"]


async def test_stopping_does_not_wait_for_those_who_wait(bench: Bench) -> None:
    """A chat that was told to wait for an hour does not hold up the end."""
    bench.slack.plan("C1", NotNow(3600))
    letter = await put(bench.writer, "C1", "a")
    bench.dispatcher.take([letter])
    await bench.clock.until_asleep()

    await bench.dispatcher.stop()

    assert bench.dispatcher.is_idle
    assert await state(bench, letter) == "new"


async def test_a_message_that_comes_as_a_chat_falls_quiet_is_not_forgotten(bench: Bench) -> None:
    """Whatever the moment, somebody takes it: also right after the last one was sent."""
    for each in range(20):
        letter = await put(bench.writer, f"C{each % 7}", str(each))
        bench.dispatcher.take([letter])
        while bench.dispatcher._tasks:  # noqa: ASYNC110 - the very moment between two steps of the loop is what matters
            await asyncio.sleep(0)
        bench.clock.forward(10)

    await bench.dispatcher.idle()
    assert len(bench.slack.arrived) == 20
