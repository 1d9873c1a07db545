"""``cycle-years``: ten years of annual cycles, through the handlers that people press and timers ring.

Random rules are said, drawn up, saved and left to themselves for ten years in Europe/Stockholm. Timers ring when they
said, or weeks late. Coordinators answer some of what they are asked, once in a while, and change the rule in the middle of
it. What is planned in the end is held against days that dateutil computes and holidays as their library names them.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import rrulestr

from bench import chance
from bench.calendars import random_rule, seeded
from bench.rows import Row
from bot.speech import Speech
from handlers import cycle as feature
from handlers.cycle_cards import rule_words
from handlers.cycle_planning import unsettled
from handlers.cycle_rules import Rule, first_day
from handlers.kit.answers import Answers
from handlers.kit.effects import Effects, Schedule
from handlers.kit.inbound import AnyInbound, Click, Due, Request
from prompts.texts import Catalog
from storage import cycles, forums, meetings, people
from storage.ballots import Ballots
from storage.cycles import Cycle
from storage.db import Store
from storage.meetings import Meeting
from storage.opened import opened

RULES: Final = 60
YEARS: Final = 10
START: Final = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
ZONE: Final = ZoneInfo("Europe/Stockholm")
LIVE: Final = ("planned", "open", "closed")
JULY: Final = 7
SPEECH: Final = Speech(Catalog.load())


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong after ten years."""

    missed: int = 0
    doubled: int = 0
    unasked: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.missed + self.doubled + self.unasked


class Decade:
    """Ten years of one cycle."""

    def __init__(self, store: Store, rng: Random) -> None:
        self.rng = rng
        self.store = store
        self.now = START + timedelta(hours=rng.randrange(24 * 365))
        self.due: Schedule | None = None
        name = f"forum-{rng.random()}"
        forum = forums.create(
            store, name=name, challenge="", language="sv", zone=ZONE.key, invite=name, now=self.now
        )
        self.forum = forum.id
        person = people.meet(store, "slack", "T1", name, name="Ada", now=self.now)
        member = forums.join(store, forum.id, person.id, actor_id=None, role="coordinator", now=self.now)
        click = Click(key="1:1", data="")
        self.req = Request(
            click, store, self.now, "sv", forum, member, person, ballots=Ballots(Path("none"), b"")
        )

    def live(self) -> tuple[Wrong, int]:
        """Let them pass; what is wrong in the end, and how many meetings there were."""
        rule = self._drawn()
        number = cycles.add(
            self.store, self.forum, title="Möte", words="", rule=rule.rrule,
            first_on=first_day(rule, self._today) or self._today, begins=rule.begins, minutes=rule.minutes, zone=ZONE.key,
        )  # fmt: skip
        self._do(feature.save(self._asked(), number))
        first = self._cycle(number)
        self._answer(number)
        half = self.rng.randrange(600, 3000) if self.rng.random() < 1 / 2 else 0
        changes = self.now + timedelta(days=half) if half else None
        until = self.now + timedelta(days=365 * YEARS)
        days = self._expected(first, self.now, until if changes is None else changes)
        while self.due and self.due.at < until:
            if changes and self.due.at > changes:
                self.now = changes
                self._change(number)
                days |= self._expected(self._cycle(number), changes, until)
                changes = None
            late = timedelta(days=self.rng.choice((0, 0, 0, 0, 3, 20)), seconds=self.rng.randrange(60))
            self.now = max(self.now, self.due.at + late)
            self._ring(number)
            if self.rng.random() < 1 / 2:
                self._answer(number)
        return self._judged(number, days)

    # --- What people and timers do -------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def _drawn(self) -> Rule:
        while True:
            rule = random_rule(self.rng)
            if first_day(rule, self._today):
                return rule

    def _asked(self, inbound: AnyInbound | None = None) -> Request:
        return replace(self.req, now=self.now, inbound=inbound or self.req.inbound)

    def _do(self, effects: Effects) -> None:
        for each in effects:
            if isinstance(each, Schedule) and not each.name.startswith("nudges:"):
                self.due = each

    def _ring(self, number: int) -> None:
        due = self.due
        if due is None:
            return
        self._do(feature.look_ahead(self._asked(
            Due(key="2:2", name=due.name, data="", due_at=due.at, grace=due.grace, late=due.late)), number))  # fmt: skip

    def _answer(self, number: int) -> None:
        """Take all suggestions, or go through some of the days one by one."""
        one = self._cycle(number)
        asked = unsettled(self._asked(), one)
        if self.rng.random() < 1 / 3:
            self._do(feature.settle_all(self._asked(), number, one.sequence))
            return
        for each in asked:
            on = self.rng.choice((each.instead, each.day, None))
            if self.rng.random() < 2 / 3:
                self._do(feature.settle(self._asked(), number, _number(each.day), _number(on) if on else 0))

    def _change(self, number: int) -> None:
        """Another time of day, or another rule."""
        one, rule = self._cycle(number), self._drawn()
        words = SPEECH.say(rule_words(rule), "sv").plain
        answers = Answers(
            {"words": words, "title": "Möte", "venue": None, "since": None, "version": str(one.sequence)}
        )
        self._do(feature.changed(self._asked(), answers, number))

    def _cycle(self, number: int) -> Cycle:
        return next(each for each in cycles.ever(self.store, self.forum) if each.id == number)

    # --- What ought to be ----------------------------------------------------------------------------------------

    def _expected(self, one: Cycle, since: datetime, until: datetime) -> set[date]:
        """The days of a rule by dateutil, from the first meeting that had not begun."""
        first = datetime.combine(one.first_on, time())
        local, last = since.astimezone(ZONE), until.astimezone(ZONE).date()
        begun = local.time() >= one.begins
        days = (
            each.date()
            for each in rrulestr(one.rule, dtstart=first).between(
                first, datetime.combine(last, time()), inc=True
            )
        )
        return {each for each in days if each > local.date() or (each == local.date() and not begun)} - {last}

    def _judged(self, number: int, days: set[date]) -> tuple[Wrong, int]:
        one = self._cycle(number)
        every = [each for each in meetings.of_cycle(self.store, one.forum, number) if each.state in LIVE]
        by_day = Counter(each.occurs_on for each in every)
        at = Counter(each.begins_at for each in every)
        off = holidays.country_holidays("SE", years=range(2026, 2040), categories=("public", "de_facto"))
        missed = sum(
            1 for each in days
            if by_day[each] == 0 and each not in off and each.month != JULY
        )  # fmt: skip
        doubled = sum(by_day.values()) - len(by_day) + sum(at.values()) - len(at)
        unasked = sum(
            1
            for each in every
            if _held(each) in off and one.moves.get(str(each.occurs_on)) != str(_held(each))
        )
        return Wrong(missed, doubled, unasked), len(every)


def _held(one: Meeting) -> date:
    return one.begins_at.astimezone(ZONE).date()


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


def decades(seeds: Iterable[int]) -> Iterator[tuple[Wrong, int]]:
    """Ten years for each seed."""
    with TemporaryDirectory() as folder:
        database = opened(Path(folder) / "cycles.db")
        database.migrate()
        for each in seeds:
            database.store.run("begin")
            yield Decade(database.store, seeded(each)).live()
            database.store.run("rollback")
        database.close()


def measure() -> Iterator[Row]:
    """Let ten years pass for each rule. The environment's ``BENCH_SEED`` repeats a seed."""
    seed = chance.seed()
    print(f"cycle-years: seed {seed}", file=sys.stderr, flush=True)
    found = list(decades(range(seed, seed + RULES)))
    total = sum(number for _, number in found)
    wrong = sum(each.total for each, _ in found)
    reference = (
        f"{RULES} random rules from seed {seed}, {YEARS} years each, {total} meetings: "
        f"{sum(each.missed for each, _ in found)} missed, {sum(each.doubled for each, _ in found)} doubled, "
        f"{sum(each.unasked for each, _ in found)} on a public holiday without asking"
    )
    yield Row(
        "cycle-years",
        "occurrences missed, doubled, or on a holiday unasked",
        wrong,
        "",
        "0",
        reference,
        not wrong,
    )
