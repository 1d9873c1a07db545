"""A course of episodes: each begins with a fresh bot, lives through some hundred updates, and ends in good order.

What counts as unhandled: an answer of a door that is neither yes nor a plain refusal, a fault in the log, a task that
died, a message of ours that a platform would not take as it is, words of somebody's that rang everybody, a store that
is not whole. What takes longer than a second counts as hung.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import uvloop
from structlog.testing import capture_logs

from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import Forging
from bench.fuzzing.line import SLOW, TAKEN, Line, Told
from bench.fuzzing.mutate import Mutator
from bench.fuzzing.past import lived
from bench.fuzzing.scene import furnish
from bench.fuzzing.slack_people import SlackPeople
from bench.fuzzing.stage import Hung, Stage
from bench.fuzzing.telegram_people import TelegramPeople
from bench.fuzzing.words import Words
from bot.playground.ledger import Call
from bot.playground.slack.blocks import check_message_blocks
from bot.playground.slack.world import NotThere, SlackRefusal
from prompts.texts import Catalog

EPISODE: Final = 500
"""Updates in one episode."""
BEGINNINGS: Final = (
    datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 10, 24, 22, 50, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, tzinfo=UTC), datetime(2028, 2, 28, 12, 0, tzinfo=UTC),
)  # fmt: skip
"""When episodes begin: on an ordinary Monday, before the clocks change, before the year does, before a leap day."""
PARDONED: Final = re.compile(
    r"(not_in|user_not_in)_channel|(user|channel|message)_not_found|not_found|is_archived|invalid_thread_ts|used_url"
    r"|(expired|exchanged|invalid)_trigger_id|expired_url|cannot_reply_to_message|user_disabled|user_not_visible"
    r"|cannot_dm_bot|cant_update_message"
    r"|.*(query is too old|message to (edit|be replied) not found|chat not found|can't initiate conversation|was blocked"
    r"|is not a member|was kicked|can't be edited|invalid user_id|is not modified|no text in the message to edit|thread not found|TOPIC_CLOSED|upgraded to a supergroup).*"
)
"""What a platform says when somebody has gone, or something is not there any more. Of what we drew it says something else."""
SHARES: Final = (0.1, 0.3, 0.6, 0.95)
"""So much of what is told in an episode is changed: the less, the further people get."""
SANE: Final = (0.3, 0.6, 0.9)
DAYS: Final = (0.002, 0.02)
"""How often whole days pass between two things that happen."""
_SCHEDULER: Final = Path("/proc/self/schedstat")
PAUSES: Final = (0.1, 0.5, 1.0, 4.0, 45.0)
"""Seconds between two things that happen."""


Where = Callable[[int], Path | str]
"""Where an episode keeps its records, by its number."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that must not be: what it was, and the updates that were told just before."""

    what: str
    told: tuple[Told, ...]


@dataclass(slots=True)
class Course:
    """What happened in all episodes so far."""

    platform: str
    seed: int
    updates: int = 0
    changed: int = 0
    slowest: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    """What the platforms would not take, and are right not to: somebody has gone, a message is not there any more."""
    rows: Counter[str] = field(default_factory=Counter)
    unhandled: list[Failure] = field(default_factory=list)
    hung: list[Failure] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    """Of what was told in each episode: the same for the same seed."""
    last: Told | None = None
    seconds: float = 0.0


class Episode:
    """One bot from its beginning to its end. ``number`` counts episodes of the seed."""

    def __init__(self, course: Course, number: int, where: Path | str) -> None:
        self._course = course
        self._rng = rng = Dice(f"{course.seed}:{course.platform}:{number}")
        self._first = number * EPISODE
        self._words = Words(rng, tuple(Catalog.load().word_table()), rng.choice(SANE))
        self._days = rng.choice(DAYS)
        self._forging = Forging(rng, self._words)
        mutator = Mutator(rng, self._words, self._forging)
        self.line = Line(rng, mutator, first=self._first, share=rng.choice(SHARES))
        self.stage = Stage(where, rng.choice(BEGINNINGS), self.line.slack)
        self.line.knock = {"slack": self.stage.knock_slack, "telegram": self._knock_telegram}
        self._logged: list[Any] = []
        self._died: list[str] = []

    async def _knock_telegram(self, body: bytes, _kind: bytes) -> Any:  # noqa: ANN401
        return await self.stage.knock_telegram(body)

    async def live(self, until: int) -> None:
        """Live until so many updates were told."""
        asyncio.get_running_loop().set_exception_handler(lambda _, what: self._died.append(_reason(what)))
        with capture_logs() as self._logged:
            await self.stage.open()
            try:
                await self._live(until)
            except Hung as hung:
                self._course.hung.append(Failure(f"hung: {hung}", tuple(self.line.told)))
            await self.stage.close()
            self._look()
        self._course.updates += self.line.number - self._first
        self._course.changed += self.line.changed
        self._course.digests.append(self.line.digest.hexdigest())

    async def _live(self, until: int) -> None:
        scene = await furnish(self.stage, self._rng, self._words)
        await lived(self.stage, scene, self._rng)
        made = SlackPeople if self._course.platform == "slack" else TelegramPeople
        people = made(self.stage, scene, self.line, self._rng, self._words, self._forging)
        self._look()
        while self.line.number < until:
            began = _moment()
            with suppress(NotThere):
                await people.act()
            await self.stage.settled()
            self._look(_moment() - began)
            await self._time_passes()
        await self._autopsy()

    async def _time_passes(self) -> None:
        roll = self._rng.random()
        if roll < self._days:
            await self.stage.passes(timedelta(days=self._rng.randint(1, 9)))
        elif roll < 2 * self._days:
            await self.stage.passes(timedelta(hours=self._rng.randint(1, 12)))
        else:
            await self.stage.passes(timedelta(seconds=self._rng.choice(PAUSES)))
        await self.stage.settled()
        self._look()

    def _look(self, seconds: float = 0.0) -> None:
        """See whether all is well after what was told last."""
        course, told = self._course, tuple(self.line.told)
        wrong = [
            f"status {each.status} from the door of {each.platform}"
            for each in told
            if each.status not in TAKEN
        ]
        wrong += [
            _event(each)
            for each in self._logged
            if each["log_level"] in ("error", "critical") and not _no_home(each)
        ]
        wrong += self._died
        wrong += self._refused()
        if self.stage.slack.world.broadcasts:
            wrong.append("somebody's words called the whole channel")
            self.stage.slack.world.broadcasts.clear()
        course.unhandled += [Failure(each, told) for each in wrong]
        if seconds > SLOW and told:
            course.hung.append(Failure(f"{seconds:.1f} s", told))
        course.slowest = max(course.slowest, seconds if told else 0.0)
        course.statuses.update(each.status for each in told)
        course.last = told[-1] if told else course.last
        self.line.told.clear()
        self._logged.clear()
        self._died.clear()

    def _refused(self) -> Iterator[str]:
        for call in self.stage.ledger.refused():
            said = f"{call.platform} {call.method}: {call.outcome}"
            self._course.refusals[said] += 1
            if not PARDONED.fullmatch(call.outcome) and not self._is_theirs(call):
                yield said
        self.stage.ledger.clear()

    def _is_theirs(self, call: Call) -> bool:
        """Whether what was refused was not drawn by us: somebody who is not there, a keyboard handed back as it came."""
        if call.method == "views.publish":
            return call.args["user_id"] not in self.stage.slack.world.users
        if call.outcome == "invalid_blocks":
            with suppress(SlackRefusal):
                check_message_blocks(call.args["blocks"])
                return True  # a picture that the platform has not looked at yet
        return call.method == "editMessageReplyMarkup"

    async def _autopsy(self) -> None:
        """Whether the store is whole, and nothing is left to be sent."""
        found = await self.stage.app.writer.run(_state)
        self._course.rows.update(found)
        if found["waiting"]:
            self._course.unhandled.append(Failure(f"{found['waiting']} messages were never sent", ()))


def _moment() -> float:
    """Seconds on a clock that stands still while this process waits for a core: others may need them too."""
    now, waited = time.perf_counter(), 0
    with suppress(OSError):  # only Linux tells
        waited = int(_SCHEDULER.read_text().split()[1])
    return now - waited / 1e9


def _state(store: Any) -> dict[str, int]:  # noqa: ANN401 - either engine's
    tables = (
        "decision",
        "action",
        "member",
        "person",
        "forum",
        "place",
        "pulse_round",
        "dead_letter",
        "outbox",
        "timer",
    )
    found = {each: int(store.all(f"select count(*) from {each}")[0][0]) for each in tables}
    found["waiting"] = int(store.all("select count(*) from outbox where state in ('new', 'sending')")[0][0])
    return found


def _no_home(record: Any) -> bool:  # noqa: ANN401 - structlog's
    """A page of somebody's who is not there; of anybody else's the platform's own refusal says more."""
    return bool(record.get("kind") == "publish" and record.get("reason") == "invalid_arguments")


def _reason(context: dict[str, Any]) -> str:
    trouble = context.get("exception")
    return f"died: {type(trouble).__name__ if trouble else context.get('message')}"


def _event(record: Any) -> str:  # noqa: ANN401 - structlog's
    """What was logged, without its words: kind and place of a fault, the reason of a refusal."""
    kept = {name: each for name, each in record.items() if name in ("kind", "frames", "reason", "trouble")}
    if "frames" in kept:
        kept["frames"] = kept["frames"][-2:]
    return f"logged: {record['event']} {kept}"


def run(platform: str, seed: int, count: int, where: Where, *, only: int | None = None) -> Course:
    """Live through so many updates; with ``only``, through the episode of that one and no further than it."""
    course = Course(platform, seed)
    for number in range(-(-count // EPISODE)) if only is None else (only // EPISODE,):
        until = min((number + 1) * EPISODE, count) if only is None else only + 1
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_lived(course, number, where(number), until))
    return course


async def _lived(course: Course, number: int, where: Path | str, until: int) -> None:
    await Episode(course, number, where).live(until)
