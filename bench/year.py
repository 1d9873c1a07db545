"""``rhythm-year``: fifty-two weeks of digests, reminders and hints, with faults at nearly a third of all calls.

Three times the bot is away: some hours of a working day, a Monday morning, a whole weekend with its Monday. Each platform
is unreachable and then overloaded for hours as well. Time leaps (``bench/leaping.py``); platforms, connections and bot are the real ones. The same
seed gives the same year; by hand: ``python -m bench.year --weeks 6 --forums 12 --seed 1``.
"""

import argparse
import asyncio
import hashlib
import heapq
import logging
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import structlog

from bench import chance, server_time
from bench.almanac import Span
from bench.district import District, settle
from bench.doings import Doing, does, life
from bench.leaping import LeapingClock, LeapingLoop
from bench.month import Month, begun, built
from bench.postbox import Postbox
from bench.reborn import Ways
from bench.rows import Row
from bench.tally import SHOWN, Course, Tally, reckon
from bench.weather import Storm

MONDAY: Final = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
"""Three weeks before the clocks are put forward, four before Easter."""
WEEKS: Final = 52
FORUMS: Final = 200
SHORT_WEEKS: Final = 6
FEW_FORUMS: Final = 12
HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)
UNREACHABLE: Final = timedelta(minutes=3)
"""So long nobody answers at a platform's address; then, until its outage is over, it says when to come back."""
REMEMBERED: Final = 8 * WEEK
"""So long the platforms remember messages here: longer than anything is changed."""
HEARS: Final = Ways(socket=False, fetching=False)
"""Nobody asks again and again whether there is something new: in a year that would be most of what happens."""


MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made there


@dataclass(frozen=True, slots=True)
class Trouble:
    """Who is away from one moment until another: the bot, ended well or killed, or a platform."""

    who: str
    begins: datetime
    ends: datetime


def troubles(weeks: int) -> list[Trouble]:
    """The outages, spread over so many weeks."""

    def away(who: str, share: float, *, days: float, hours: float) -> Trouble:
        begins = MONDAY + max(1, int(share * weeks)) * WEEK + timedelta(days=days)
        return Trouble(who, begins, begins + timedelta(hours=hours))

    return [
        away("bot", 0.2, days=2.3, hours=7),  # Wednesday, from noon until the evening
        away("bot", 0.4, days=-0.1, hours=7),  # Monday, from the night until half past nine
        away("slack", 0.55, days=0.05, hours=4),
        away("telegram", 0.6, days=0.1, hours=11),  # until the evening
        away("bot", 0.7, days=4.8, hours=83),  # from Saturday night until Tuesday noon
        away("slack", 0.9, days=3.1, hours=11),
    ]


@dataclass(slots=True)
class Year:
    """What happens when."""

    place: Month
    district: District
    rng: Random
    away: list[Span] = field(default_factory=list)
    _later: list[tuple[datetime, int, Doing]] = field(default_factory=list)
    _said: int = 0

    async def live(self, weeks: int) -> None:
        """Let the weeks pass."""
        coming = [each for each in troubles(weeks) if each.ends < MONDAY + weeks * WEEK]
        failing = [asyncio.create_task(self._fails(each)) for each in coming]
        self.place.weather.storms = [
            Storm(each.who, (each.begins - MONDAY).total_seconds(), (each.ends - MONDAY).total_seconds())
            for each in coming
            if each.who != "bot"
        ]
        for week in range(weeks):
            monday = MONDAY + week * WEEK
            for each in life(self.district, self.rng, monday, week):
                self._do_later(each)
            await self._until(monday + WEEK)
            self._forget(monday + WEEK - REMEMBERED)
        await asyncio.gather(*failing)
        self.place.weather.share = 0.0
        await asyncio.sleep(HOUR.total_seconds())
        await self.place.bot.app.dispatcher.idle()

    def _do_later(self, one: Doing) -> None:
        self._said += 1
        heapq.heappush(self._later, (one.at, self._said, one))

    async def _until(self, end: datetime) -> None:
        """What people do until then is done, each thing at its moment; while the bot is away nobody can."""
        while self._later and self._later[0][0] < end:
            at, _, one = heapq.heappop(self._later)
            await self._sleep(at)
            if self.place.bot.alive:
                work = partial(self._done, one)
                after = await self.place.bot.app.writer.run(work)
                self.place.bot.app.timers.wake()
                if after:
                    self._do_later(after)
        await self._sleep(end)

    def _done(self, one: Doing, store: Any) -> Doing | None:  # noqa: ANN401
        return does(self.district, one, self.rng, store, self.place.clock.now())

    async def _sleep(self, at: datetime) -> None:
        await asyncio.sleep(max(0.0, (at - self.place.clock.now()).total_seconds()))

    async def _fails(self, one: Trouble) -> None:
        await self._sleep(one.begins)
        if one.who != "bot":
            await self.place.doors[one.who].shut()
            await self._sleep(one.begins + UNREACHABLE)
            await self.place.doors[one.who].open()
            return
        began = self.place.clock.now()
        await (self.place.bot.crash() if len(self.away) % 2 else self.place.bot.stop())
        await self._sleep(one.ends)
        await self.place.begins(HEARS)
        self.away.append(Span(began, self.place.clock.now()))

    def _forget(self, before: datetime) -> None:
        """The platforms forget what nobody looks at any more, or a year would not fit the memory."""
        old = before.timestamp()
        messages = self.place.slack.world.messages
        for key in [each for each in messages if float(each[1]) < old]:
            del messages[key]
        for chat in self.place.telegram.world.chats.values():
            for number in [each.id for each in chat.messages.values() if each.date < old]:
                del chat.messages[number]


# --- One course --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lived:
    """What a year brought, and what it came to."""

    course: Course
    found: Tally
    faults: int
    calls: int
    lives: int

    @property
    def fingerprint(self) -> str:
        """What arrived where and when, in a few letters."""
        told = [(each.platform, each.chat, each.at, each.said) for each in self.course.arrivals]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def lived(where: Path, weeks: int, forums: int, seed: int) -> Lived:
    """Live through so many weeks from an empty database, and reckon."""
    sys.modules.setdefault("trio", None)  # type: ignore[arg-type]  # httpcore looks for it at every call
    with server_time.alone(), asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(_lived(where, weeks, forums, seed))


async def _lived(where: Path, weeks: int, forums: int, seed: int) -> Lived:
    box = Postbox()
    place = built(where, seed, LeapingClock(MONDAY), box)
    async with begun(place, HEARS, partial(settle, place, forums)) as district:
        place.bot.app.timers.wake()
        year = Year(place, district, place.rng)
        await year.live(weeks)
        span = Span(MONDAY, place.clock.now())
        course = Course(district, tuple(year.away), tuple(box.delivered(place.bot.trips)), span)
        met = sum(place.weather.faults.values())
        return Lived(course, reckon(course), met, len(place.weather.met), place.bot.lives)


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some weeks around Easter. The environment's ``BENCH_SEED`` repeats a seed."""
    yield from rows(SHORT_WEEKS, FEW_FORUMS, chance.seed())


def torture() -> Iterator[Row]:
    """The whole year."""
    yield from rows(WEEKS, FORUMS, chance.seed())


def folder() -> tempfile.TemporaryDirectory[str]:
    """A fresh folder, in memory where the system has such: nobody measures a time here."""
    return tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)


def rows(weeks: int, forums: int, seed: int) -> list[Row]:
    """Live through so many weeks and reckon."""
    print(f"rhythm-year: {weeks} weeks, {forums} forums, seed {seed}", file=sys.stderr, flush=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with folder() as where:
        one = lived(Path(where).resolve() / "samsyn.db", weeks, forums, seed)
    found = one.found
    against = (
        f"{weeks} weeks, {forums} forums, {len(one.course.district.people)} people, seed {seed}: {found.digests} digests,"
        f" {one.lives} lives; of {one.calls} calls {one.faults} met a fault; fingerprint {one.fingerprint}"
    )
    policy = (
        f"{found.skipped} promised ones were left out as more than a day late, {found.late} were late; {found.unclear} did"
        " not come after a fault of unknown outcome, and the coordinators were told or are away"
    )
    copies = f"of {found.reminders}; {found.copies} came twice after an answer that was lost"
    asked = [
        ("digests doubled in a chat", found.doubled, against),
        ("digests lost outside the policy", found.lost, policy),
        (
            "digests more than a day late",
            found.stale,
            "left out, and told with the next one, says the policy",
        ),
        ("private messages outside somebody's hours", found.unwelcome, f"of {found.private}"),
        ("reminders beyond one message a day", found.crowded, copies),
    ]
    return [_row(*each) for each in asked]


def _row(what: str, found: list[str], against: str) -> Row:
    shown = f"; {'; '.join(found[:SHOWN])}" if found else ""
    return Row("rhythm-year", what, len(found), "", "0", against + shown, not found)


def main() -> None:
    """Print the rows of a course of one's own."""
    parser = argparse.ArgumentParser(prog="bench.year", description="Weeks of digests and reminders.")
    parser.add_argument("--weeks", type=int, default=SHORT_WEEKS)
    parser.add_argument("--forums", type=int, default=FEW_FORUMS)
    parser.add_argument("--seed", type=int, default=chance.seed())
    asked = parser.parse_args()
    for each in rows(asked.weeks, asked.forums, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
