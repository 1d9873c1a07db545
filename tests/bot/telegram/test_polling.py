"""Fetching updates on bad days, with a server that does as told."""

from collections.abc import Sequence

import pytest

from bot.adapter import NotNow, Refused, SendTrouble, Uncertain
from bot.telegram.polling import Polling
from storage.db import StoreUnavailable
from tests.bot.telegram.bench import Patient

pytestmark = pytest.mark.anyio


class _Server:
    """Gives batches and troubles in this order, then stops the polling."""

    def __init__(self, *answers: Sequence[object] | SendTrouble) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, bool]] = []
        self.taken: list[Sequence[object]] = []
        self.clock = Patient()
        self.troubles: list[Exception] = []
        self.stops_while_taking = False
        self.polling = Polling(self.fetch, self.take, self.clock)

    async def fetch(self, offset: int, wait: bool) -> Sequence[object]:
        self.asked.append((offset, wait))
        if not self.answers:
            self.polling.stop()
            return []
        answer = self.answers.pop(0)
        if isinstance(answer, SendTrouble):
            raise answer
        return answer

    async def take(self, batch: Sequence[object]) -> None:
        self.taken.append(batch)
        if self.stops_while_taking:
            self.polling.stop()
        if self.troubles:
            raise self.troubles.pop(0)


def _batch(*numbers: int) -> list[object]:
    return [{"update_id": number} for number in numbers]


async def test_the_offset_follows_the_highest_number() -> None:
    """Whatever their order in the batch; numbers may also be lower than before, after a quiet week."""
    server = _Server(_batch(9, 7, 8), [], _batch(3))
    await server.polling.run()

    assert server.asked == [(0, True), (10, True), (10, True), (4, True)]


async def test_the_same_is_fetched_again_while_the_store_is_down() -> None:
    """The offset does not rise before the commit."""
    server = _Server(_batch(7), _batch(7, 8))
    server.troubles.append(StoreUnavailable())
    await server.polling.run()

    assert server.asked == [(0, True), (0, True), (9, True)]
    assert server.clock.slept == [1.0]


async def test_it_waits_longer_and_longer_and_as_long_as_told() -> None:
    """Pauses double up to half a minute, start anew after a success, and are never shorter than asked for."""
    trouble = Uncertain("x")
    server = _Server(trouble, trouble, NotNow(17), *[trouble] * 4, [], trouble, Refused("x"))
    await server.polling.run()

    assert server.clock.slept == [1, 2, 17, 8, 16, 30, 30, 1, 2]


async def test_a_server_that_is_silent_for_long_counts_as_not_there() -> None:
    """Refusals are no answers; an answer with nothing in it is one."""
    server, told = _Server(*[NotNow(60)] * 4, []), []
    server.clock.before_sleep = lambda: told.append(server.polling.is_answered)
    await server.polling.run()

    assert told == [True, True, True, False]
    assert server.polling.is_answered


async def test_updates_without_numbers_do_not_make_it_spin() -> None:
    """They were set aside; the next fetch waits a little."""
    server = _Server([{"message": {}}, 5])
    await server.polling.run()

    assert server.clock.slept == [1.0]
    assert server.asked == [(0, True), (0, True)]


async def test_after_a_quiet_day_it_starts_from_what_there_is() -> None:
    """The server may then count from a lower number."""
    server = _Server(_batch(900), [])
    fetch = server.fetch

    async def quiet(offset: int, wait: bool) -> Sequence[object]:
        batch = await fetch(offset, wait)
        if not batch:
            server.clock.at += 25 * 3600
        return batch

    server.polling._fetch = quiet
    await server.polling.run()

    assert [offset for offset, _ in server.asked] == [0, 901, 0]


async def test_the_last_batch_is_confirmed_when_stopped_meanwhile() -> None:
    """One more call without waiting, and no harm when it fails."""
    for answers in ([], [NotNow(1)]):
        server = _Server(_batch(7), *answers)
        server.stops_while_taking = True
        await server.polling.run()

        assert server.asked == [(0, True), (8, False)]
        assert server.polling.trouble is None


async def test_stopping_does_not_wait_for_a_pause() -> None:
    """A stop ends the waiting at once."""
    server = _Server(NotNow(1000))
    server.clock.before_sleep = server.polling.stop
    await server.polling.run()

    assert server.asked == [(0, True)]
