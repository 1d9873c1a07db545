"""Canaries: a round of the pulse in both chats, with loud logs and crashes in between, and no trace of a choice."""

import asyncio
import logging
from pathlib import Path
from unittest.mock import patch

import pytest

import bot.engine
from bench import canary, chance
from bot.telegram import adapter, client
from handlers.kit.inbound import AnyInbound


def test_nothing_anywhere_tells_what_somebody_chose(tmp_path: Path) -> None:
    """Whatever breaks, every vote is counted once, and no file, row or log record holds a choice."""
    seed = chance.seed()
    done = asyncio.run(canary.searched(tmp_path, seed, rounds=1))

    assert done.counted == done.voters == 2 * len(canary.PLANTS)
    assert done.crashes > 0
    assert done.records > 500
    assert done.found == [], f"BENCH_SEED={seed} repeats it"


def _told(inbound: AnyInbound, fault: BaseException) -> None:
    bot.engine.log.error("fault", reason=str(fault), key=inbound.key)


def _talkative() -> None:
    logging.getLogger("telegram.Bot").disabled = False


LEAKS = {"fault": (bot.engine, "_trace", _told), "library": (adapter, "hush", _talkative)}


@pytest.mark.parametrize("leak", LEAKS)
def test_the_canaries_are_alive(tmp_path: Path, leak: str) -> None:
    """Were a fault's own words written down, or a library's that reads what comes in, the search would find it."""
    planted = (canary.Plant(bot.engine, "resolve"),) * 4
    try:
        with patch.object(*LEAKS[leak]):
            done = asyncio.run(canary.searched(tmp_path, chance.seed(), rounds=1, plants=planted))
    finally:
        client.hush()

    assert done.counted == done.voters == 8
    assert done.found != []
