"""The sweeper: soon after votes, at the start and at the end; and what it does when it cannot."""

import asyncio
from pathlib import Path
from threading import Event

import pytest
from typing_extensions import override

from bot.sweeper import LATEST, REST, SOON, Sweeper
from storage.ballot_file import BallotFile
from storage.db import StoreUnavailable
from tests.stage.recording import HandClock

pytestmark = pytest.mark.anyio


class _Place(BallotFile):
    """A place with traces. Sweeping takes its time, and fails while it is ``busy``."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(Path("nowhere"))
        self.traces: Event | None = Event()
        self.swept = 0
        self.takes = 0.0
        self.busy = False
        self._clock = clock

    @override
    def sweep(self) -> None:
        self._clock.forward(self.takes)
        if self.busy:
            raise StoreUnavailable("LockNotAvailable")
        self.swept += 1

    def votes(self) -> None:
        """Somebody votes."""
        assert self.traces
        self.traces.set()


async def _passes(clock: HandClock, seconds: float) -> None:
    """Time passes, and what was to be swept is."""
    clock.forward(seconds)
    await clock.until_asleep()


async def test_it_sweeps_a_moment_after_votes_and_not_otherwise() -> None:
    """At the start once, whoever left something; then after votes; and when it ends."""
    clock = HandClock()
    place = _Place(clock)
    sweeper = Sweeper(place, clock)
    sweeper.start()
    await clock.until_asleep()
    counts = []
    for votes in (False, False, True, False):
        if votes:
            place.votes()
        await _passes(clock, SOON)
        counts.append(place.swept)
    place.votes()
    await sweeper.stop()

    assert [*counts, place.swept] == [1, 1, 2, 2, 3]


async def test_it_takes_a_small_part_of_the_time() -> None:
    """Where sweeping takes a while, votes wait longer for it."""
    clock = HandClock()
    place = _Place(clock)
    sweeper = Sweeper(place, clock)
    place.takes = 2.0
    sweeper.start()
    await clock.until_asleep()
    await _passes(clock, SOON)
    assert place.swept == 1
    place.votes()
    await _passes(clock, 2.0 * REST - 1)
    assert place.swept == 1
    await _passes(clock, 1)
    assert place.swept == 2
    await sweeper.stop()


async def test_what_cannot_be_swept_now_is_swept_later() -> None:
    """Each try comes later than the one before, but never much later; nothing is forgotten."""
    clock = HandClock()
    place = _Place(clock)
    sweeper = Sweeper(place, clock)
    place.busy = True
    sweeper.start()
    await clock.until_asleep()
    for pause in (1, 2, 4, 8, 16, 32, LATEST, LATEST):
        await _passes(clock, pause)
    assert place.swept == 0
    place.busy = False
    await _passes(clock, LATEST)

    assert place.swept == 1
    await sweeper.stop()


async def test_a_file_needs_no_sweeping(tmp_path: Path) -> None:
    """Nothing is running."""
    sweeper = Sweeper(BallotFile(tmp_path / "x"), HandClock())
    before = len(asyncio.all_tasks())
    sweeper.start()

    assert len(asyncio.all_tasks()) == before
    assert await sweeper.sweep()
    await sweeper.stop()
