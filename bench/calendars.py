"""``calendar-parser``: what our calendars say, read by somebody else's parser, against what is planned.

Random cycles with random answers, meetings moved by hand, cancelled and never planned are written as a calendar.
vobject reads it and dateutil expands its rules, by the time zones that the file itself brings: neither has any part in
how we compute days.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import vobject
from dateutil import tz

from bench import chance
from bench.rows import Row
from handlers.calendar_files import Source, feed
from handlers.cycle_rules import Rule, first_day, occurrences, span
from storage.cycles import Cycle
from storage.meetings import Meeting

RULES: Final = 1_000
NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SOURCE: Final = Source("bench", NOW)
STOCKHOLM: Final = "Europe/Stockholm"
ZONES: Final = (STOCKHOLM, STOCKHOLM, "Europe/London", "Europe/Helsinki", "Atlantic/Reykjavik", "UTC")


def seeded(seed: int) -> Random:
    """Chance that can be repeated."""
    return Random(seed)  # noqa: S311 - to be repeated


def random_rule(rng: Random) -> Rule:
    """Any rule that can be said; at any time of day, once in a while in the night when clocks change."""
    begins = time(rng.choice((rng.randint(7, 18), rng.randint(0, 22))), rng.choice((0, 0, 15, 30)))
    minutes = min(rng.choice((15, 45, 60, 90, 120, 180, 480)), 1440 - begins.hour * 60 - begins.minute)
    months = tuple(sorted(rng.sample(range(1, 13), rng.randint(1, 6)))) if rng.random() < 1 / 3 else ()
    match rng.randrange(4):
        case 0 | 1:
            days = tuple(sorted(rng.sample(range(7), rng.choice((1, 1, 1, 2, 3)))))
            return Rule("week", rng.choice((1, 1, 2, 2, 3, 4)), days, begins=begins, minutes=minutes)
        case 2:
            interval = 1 if months else rng.choice((1, 1, 2, 3, 6))
            nth = rng.choice((1, 2, 3, 4, 5, -1, -2))
            return Rule("month", interval, (rng.randrange(7),), nth, 0, months, begins, minutes)
        case _:
            interval = 1 if months else rng.choice((1, 1, 2, 3, 6))
            day = rng.choice((rng.randint(1, 28), 29, 30, 31, -1))
            return Rule("month", interval, (), 0, day, months, begins, minutes)


@dataclass(frozen=True, slots=True)
class Planned:
    """A cycle and what became of its days."""

    cycle: Cycle
    meetings: tuple[Meeting, ...]

    @property
    def starts(self) -> "Counter[datetime]":
        """When there is a meeting."""
        return Counter(each.begins_at for each in self.meetings if each.state != "cancelled")


def random_cycle(rng: Random) -> Planned:
    """A cycle of up to three years in which things happened; a rule that gives no days is drawn again."""
    rule, since = random_rule(rng), date(2026, 1, 1) + timedelta(days=rng.randrange(700))
    first = first_day(rule, since)
    if first is None:
        return random_cycle(rng)
    cycle = Cycle(1, 1, "Möte; om allt, \\ och mer", "", rule.rrule, first, rule.begins, rule.minutes, rng.choice(ZONES), "Rådhuset",
                  rng.randrange(5), "active", {})  # fmt: skip
    every = occurrences(rule, first, first + timedelta(days=rng.randint(1, 1100)))
    found = (_meeting(rng, cycle, day, number) for number, day in enumerate(every, 1))
    return Planned(cycle, tuple(each for each in found if each))


def _meeting(rng: Random, cycle: Cycle, day: date, number: int) -> Meeting | None:
    """What became of a day: as ruled mostly; or moved, cancelled, held elsewhere, never planned."""
    luck = rng.random()
    if luck < 0.08:  # noqa: PLR2004 - never planned
        return None
    begins_at, ends_at = span(day, cycle.begins, cycle.minutes, cycle.zone)
    one = Meeting(1, number, 1, day, cycle.title, begins_at, ends_at, cycle.zone, cycle.venue, 0, "planned", None, "", None, None,
                  None, None, None, None, None)  # fmt: skip
    if luck < 0.16:  # noqa: PLR2004
        by = timedelta(days=rng.randint(-6, 6), minutes=rng.randrange(0, 600, 15))
        return replace(one, begins_at=begins_at + by, ends_at=ends_at + by, sequence=1)
    if luck < 0.22:  # noqa: PLR2004
        return replace(one, state="cancelled", sequence=2)
    if luck < 0.26:  # noqa: PLR2004
        return replace(one, venue="Ett annat rum", state="closed")
    return one


# --- Somebody else's parser --------------------------------------------------------------------------------------


def read(content: str) -> "Counter[datetime]":
    """When a calendar has something, as vobject and dateutil read it."""
    found: Counter[datetime] = Counter()
    # vobject keeps the first zone of a name that it ever met, and takes London in winter for UTC: dateutil reads them.
    for zone in re.findall("BEGIN:VTIMEZONE.*?END:VTIMEZONE", content, re.DOTALL):
        vobject.icalendar.registerTzid(re.findall("TZID:(.*?)\r", zone)[0], tz.tzical(StringIO(zone)).get())
    calendar: Any = vobject.readOne(content)
    events = list(calendar.contents.get("vevent", []))
    elsewhere = {
        (each.uid.value, _utc(each.contents["recurrence-id"][0].value))
        for each in events
        if "recurrence-id" in each.contents
    }
    for each in events:
        if "rrule" in each.contents:
            starts = (_utc(_placed(start, each.dtstart.value)) for start in each.rruleset)
            found.update(start for start in starts if (each.uid.value, start) not in elsewhere)
        elif each.status.value != "CANCELLED":
            found[_utc(each.dtstart.value)] += 1
    return found


def _placed(start: datetime, first: datetime) -> datetime:
    return start if start.tzinfo else start.replace(tzinfo=first.tzinfo)


def _utc(start: datetime) -> datetime:
    return start.astimezone(UTC)


def differences(one: Planned) -> int:
    """How many meetings the parser sees elsewhere than they are: by day, and by the minute where clocks show them."""
    content = feed("Forum", [one.cycle], one.meetings, SOURCE)
    seen, zone = read(content), ZoneInfo(one.cycle.zone)
    by_day = [
        Counter(each.astimezone(zone).date() for each in several.elements()) for several in (seen, one.starts)
    ]
    days = (by_day[0] - by_day[1]).total() + (by_day[1] - by_day[0]).total()
    strange = (seen - one.starts) + (one.starts - seen)
    return days + sum(1 for each in strange.elements() if not _clocks_change(each, zone))


def _clocks_change(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks change within some hours of a moment: there a wall time is skipped, or comes twice."""
    hours = timedelta(hours=4)
    return (at - hours).astimezone(zone).utcoffset() != (at + hours).astimezone(zone).utcoffset()


def measure() -> Iterator[Row]:
    """Write and read. The environment's ``BENCH_SEED`` repeats a seed."""
    seed = chance.seed()
    print(f"calendar-parser: seed {seed}", file=sys.stderr, flush=True)
    rng = seeded(seed)
    every = [random_cycle(rng) for _ in range(RULES)]
    wrong = sum(map(differences, every))
    total = sum(each.starts.total() for each in every)
    reference = f"{RULES} random rules with seed {seed}, {total} meetings, read by vobject {vobject.VERSION} and dateutil"
    yield Row("calendar-parser", "meetings read on another day or time", wrong, "", "0", reference, not wrong)
