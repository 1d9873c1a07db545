"""Two of us by mistake (F23): on one database the second one leaves at once, and the first does not notice."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.bot.served_platforms import both_platforms
from tests.bot.test_run import asked, started

AT_ONCE = 5.0

pytestmark = pytest.mark.anyio


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


async def test_a_second_process_on_the_same_file_leaves_with_a_sentence(tmp_path: Path) -> None:
    """Several at once, within seconds, before any of them asks a platform for anything; the first goes on."""
    async with both_platforms() as platforms:
        first, line = await started(platforms, tmp_path)
        health = line.split("Health: ")[1].strip()
        calls = len(platforms.ledger)
        began = time.monotonic()
        others = [await started(platforms, tmp_path) for _ in range(3)]
        left = await asyncio.gather(*(process.communicate() for process, _ in others))
        took = time.monotonic() - began

        assert [process.returncode for process, _ in others] == [2, 2, 2]
        for _, said in left:
            assert said.decode().splitlines()[-1] == (
                f"Another Samsyn is running on the database {tmp_path}/samsyn.db. Stop that one first."
            )
        assert took < 3 * AT_ONCE
        assert len(platforms.ledger.of("getMe")) == 1
        assert calls
        assert (await asked(health))[0] == 200
        first.terminate()
        await first.communicate()
