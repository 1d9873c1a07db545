"""``pulse-burst``: ten thousand members answer a round within two minutes, half of them in Slack, half in Telegram.

What they send goes through the whole application, with adapters that take every message at once. Every tenth form is
delivered a second time while the first is under way. Afterwards the box is counted and compared with what was sent.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, machine
from bench.rows import Row
from bot.adapter import Outgoing
from bot.app import App
from bot.clock import SystemClock
from bot.timers import SchedulerAlarm
from handlers.kit.doors import answer_pulse
from handlers.kit.inbound import Account, Chat, Platform, Submit
from storage import forums, people, pulse
from storage.ballots import CHOICES
from storage.db import Store
from storage.pulse import Times
from storage.records import Member

PEOPLE: Final = 10_000
SECONDS: Final = 120.0
QUESTIONS: Final = ("D3.1", "O1.1", "T1.1", "P2.1")
AGAIN: Final = 0.1
MOST_MS: Final = 500.0
TOKEN: Final = "burst"  # noqa: S105 - names a round, opens nothing


@dataclass(frozen=True, slots=True)
class Course:
    """What came of it: how long each answer took, and how many were lost or counted twice."""

    waits: tuple[float, ...]
    lost: int
    doubled: int

    def wait_ms(self, share: float) -> float:
        """The wait that so many of all did not exceed."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))] * 1000


class Taking:
    """An adapter that takes every message at once."""

    def __init__(self, platform: Platform) -> None:
        self.platform: str = platform

    async def start(self) -> None:
        """Nothing comes in here."""

    async def stop(self) -> None:
        """Nothing to finish."""

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:  # noqa: ARG002
        return False

    async def send(self, message: Outgoing) -> str:
        return str(id(message))


def measure() -> Iterator[Row]:
    """The slowest hundredth, and whether every vote is there once."""
    with machine.folder() as folder:
        found = asyncio.run(burst(Path(folder) / "burst.db", PEOPLE, SECONDS, chance.seed()))
    p99, wrong = found.wait_ms(0.99), found.lost + found.doubled
    reference = f"{PEOPLE} forms in {SECONDS:g} s, as they please; median {found.wait_ms(0.5):.0f} ms, slowest {found.wait_ms(1):.0f} ms"
    yield Row(
        "pulse-burst",
        "the slowest hundredth of votes",
        round(p99, 1),
        "ms",
        f"<= {MOST_MS:g}",
        reference,
        p99 <= MOST_MS,
    )
    yield Row(
        "pulse-burst",
        "votes lost or doubled",
        wrong,
        "votes",
        "0",
        f"lost {found.lost}, doubled {found.doubled}",
        wrong == 0,
    )


async def burst(where: Path | str, number: int, seconds: float, course: int) -> Course:
    """A forum of that many members, all of whom answer within the time."""
    rng = Random(course)  # noqa: S311 - people who come as they please
    clock = SystemClock()
    app = App(
        where,
        clock,
        SchedulerAlarm(clock),
        lambda _intake, _speech: {"slack": Taking("slack"), "telegram": Taking("telegram")},
    )
    try:
        await app.start()
        members = await app.writer.run(partial(_furnish, app, number))
        truth = {each.id: tuple(rng.randrange(CHOICES) for _ in QUESTIONS) for each in members}
        waits = await asyncio.gather(
            *(
                _answers(app, each, truth[each.id], rng.random() * seconds, again=rng.random() < AGAIN)
                for each in members
            )
        )
        tally = app.ballots.close(TOKEN, truth)
        assert tally is not None  # noqa: S101 - the box is there, or nothing was measured
        return Course(tuple(waits), *_compared(tally.counts, truth.values()))
    finally:
        await app.stop()


def _furnish(app: App, number: int, store: Store) -> list[Member]:
    now = SystemClock().now()
    forum = forums.create(
        store, name="Trygghet", challenge="", language="sv", zone="Europe/Stockholm", invite="x", now=now
    )
    actors = [
        forums.add_actor(store, forum.id, name=f"Aktör {each}", sector="", level="") for each in range(10)
    ]
    for each in range(number):
        who = _account(each)
        person = people.meet(store, who.platform, who.workspace, who.user, name=who.name, now=now)
        forums.join(store, forum.id, person.id, actor_id=actors[each % 10], role="member", now=now)
    members = forums.members(store, forum.id)
    closes = now + timedelta(days=7)
    pulse.open_round(
        store, forum.id, token=TOKEN, questions=QUESTIONS, member=1, times=Times(now, closes, closes, closes),
        invited=number, organisations=10,
    )  # fmt: skip
    app.ballots.on(store).open_round(TOKEN, [each.id for each in members], len(QUESTIONS))
    return members


def _account(number: int) -> Account:
    platform: Platform = "slack" if number % 2 else "telegram"
    workspace = "T0BURST" if platform == "slack" else ""
    return Account(
        platform, workspace, f"U{number:06d}" if number % 2 else str(10**8 + number), f"Person {number}"
    )


async def _answers(app: App, member: Member, choices: Sequence[int], after: float, *, again: bool) -> float:
    """One member sends in the form, after a while; how long the answer took."""
    await asyncio.sleep(after)
    who = _account(int(member.name.rpartition(" ")[2]))
    form = Submit(
        key=f"{after:013.6f}:{who.user}", who=who, chat=Chat(who.platform, who.workspace, who.user, private=True),
        data=answer_pulse(1).encode(member.forum), answers={f"q{place}": str(each) for place, each in enumerate(choices)},
    )  # fmt: skip
    began = time.perf_counter()
    if again:
        await asyncio.gather(app.engine.handle(form), app.engine.handle(form))
    else:
        await app.engine.handle(form)
    return time.perf_counter() - began


def _compared(counts: Sequence[Sequence[int]], truth: Collection[Sequence[int]]) -> tuple[int, int]:
    """How many votes are missing from the counts, and how many are too many: that of the worst question."""
    lost, doubled = [], []
    for question, found in enumerate(counts):
        sent = Counter(each[question] for each in truth)
        lost.append(sum(max(0, sent[choice] - found[choice]) for choice in range(CHOICES)))
        doubled.append(sum(max(0, found[choice] - sent[choice]) for choice in range(CHOICES)))
    return max(lost), max(doubled)
