"""``pulse-presses``: how many presses it takes a member to answer a round, and how long until the bot has thanked.

Everybody answers from the invitation, in the stand-in Slack and the stand-in Telegram, one after the other. Choosing an
answer in Slack's form counts as a press, as does every button.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, machine
from bench.circle import Circle
from bench.rows import Row
from bench.voters import SlackVoter, TelegramVoter, Voter
from bot.playground.house import House
from bot.playground.server import website
from bot.settings import Settings
from bot.web import address, listener, served
from storage.ballots import CHOICES

EACH: Final = 7
QUESTIONS: Final = 4
MOST: Final = 6
"""To open, four answers, to send."""
STEPS: Final = 20
"""Whoever is not done by then never will be."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one member's round took."""

    chat: str
    presses: int
    seconds: float


def measure() -> Iterator[Row]:
    """For each chat the most presses that anybody needed; the time is told beside."""
    with machine.folder() as folder:
        found = asyncio.run(answered(Path(folder).resolve(), chance.seed()))
    for chat in ("Slack", "Telegram"):
        mine = [each for each in found if each.chat == chat]
        most, waits = max(each.presses for each in mine), [each.seconds for each in mine]
        reference = (
            f"{len(mine)} members in the stand-in {chat}, {QUESTIONS} questions: median {statistics.median(waits):.2f} s,"
            f" slowest {max(waits):.2f} s from the first press to the thanks"
        )
        yield Row(
            "pulse-presses", f"a member's round in {chat}", most, "", f"<= {MOST}", reference, most <= MOST
        )


async def answered(folder: Path, seed: int) -> list[Round]:
    """Everybody's round, in an empty folder."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    house = House(Settings(_env_file=None))  # type: ignore[call-arg]  # pydantic-settings says it at run time only
    taken = listener("127.0.0.1", 0)
    async with served(website(house), taken):
        try:
            await house.open(address(taken), folder)
            circle = Circle(house, EACH)
            await circle.settle_in()
            await circle.open_round()
            return [await _answers(each) for each in _voters(circle, rng)]
        finally:
            await house.close()


def _voters(circle: Circle, rng: Random) -> list[Voter]:
    def choices() -> list[int]:
        return [rng.randrange(CHOICES) for _ in range(QUESTIONS)]

    slack = [SlackVoter(circle.house, each, choices()) for each in circle.slack]
    return [*slack, *(TelegramVoter(circle.house, each, choices()) for each in circle.telegram)]


async def _answers(voter: Voter) -> Round:
    began = time.perf_counter()
    for _ in range(STEPS):
        if voter.is_done():
            chat = "Slack" if isinstance(voter, SlackVoter) else "Telegram"
            return Round(chat, voter.presses, time.perf_counter() - began)
        await voter.step()
    raise RuntimeError("a member is never thanked")
