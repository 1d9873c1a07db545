"""What a platform told us to leave alone is left alone, by everybody and over a restart."""

from datetime import timedelta

import pytest

from bot.adapter import Memory
from bot.holds import LONGEST, Holds
from storage.db import StoreUnavailable
from tests.stage.recording import HandClock

pytestmark = pytest.mark.anyio


class Notebook:
    """A memory that can be lost for a while."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.away = False

    async def recall(self, name: str) -> str:
        if self.away:
            raise StoreUnavailable
        return self.kept.get(name, "")

    async def remember(self, name: str, value: str) -> None:
        if self.away:
            raise StoreUnavailable
        self.kept[name] = value


@pytest.fixture(name="anyio_backend")
def _anyio_backend() -> str:
    return "asyncio"


async def test_what_is_held_is_held_for_as_long_as_it_was_said() -> None:
    """And nothing else with it; a shorter word does not shorten a longer one."""
    clock = HandClock()
    holds = Holds("slack", clock)
    await holds.recall()
    await holds.hold("users.info", 30)
    await holds.hold("users.info", 5)

    assert holds.left("users.info") == 30
    assert holds.left("auth.test") == 0
    clock.forward(30)
    assert holds.left("users.info") == 0


async def test_the_next_process_knows() -> None:
    """As long as it was said by the clock on the wall; what is over is forgotten, and so is one of another platform."""
    clock, notebook = HandClock(), Notebook()
    assert isinstance(notebook, Memory)
    before = Holds("slack", clock, notebook)
    await before.hold("auth.test", 10)
    await before.hold("chat.postMessage C1", 60)
    clock.forward(20)
    await before.hold("users.info", 1)

    after, other = Holds("slack", clock, notebook), Holds("telegram", clock, notebook)
    await after.recall()
    await other.recall()

    assert after.left("chat.postMessage C1") == 40
    assert "auth.test" not in notebook.kept["held:slack"]
    assert other.left("chat.postMessage C1") == 0


async def test_a_clock_that_jumped_holds_nothing_for_ever() -> None:
    """Remembered by a clock that was a day ahead: an hour at the most."""
    clock, notebook = HandClock(), Notebook()
    ahead = HandClock()
    ahead.forward(timedelta(days=1).total_seconds())
    await Holds("slack", ahead, notebook).hold("auth.test", 10)

    after = Holds("slack", clock, notebook)
    await after.recall()

    assert after.left("auth.test") == LONGEST


async def test_a_store_that_is_away_costs_the_memory_alone() -> None:
    """What cannot be remembered is obeyed until the process ends."""
    clock, notebook = HandClock(), Notebook()
    notebook.away = True
    holds = Holds("slack", clock, notebook)
    await holds.recall()
    await holds.hold("auth.test", 10)

    assert holds.left("auth.test") == 10
