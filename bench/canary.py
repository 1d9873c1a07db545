"""``pulse-canary``: full rounds of the pulse in both chats, and nothing anywhere that tells what somebody chose.

The choices are written in digits of another alphabet, so that each can be recognised wherever it turns up. Every
logger writes at DEBUG. Crashes are planted between all steps of a vote, each with everything it can lay hands on in
its words. Afterwards every file, every row and every log record is searched, before the round closes and after it.
"""

import asyncio
import io
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial, wraps
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch

import structlog
from typing_extensions import override

import bot.engine
import handlers.pulse
from bench import chance, machine
from bench.circle import Circle
from bench.rows import Row
from bench.voters import SlackVoter, TelegramVoter, Voter
from bot import logs
from bot.backups import back_up
from bot.carry import Carrier
from bot.playground.house import House
from bot.playground.server import website
from bot.secret_talk import SecretTalk
from bot.settings import Settings
from bot.web import address, listener, served
from handlers.kit.ui import Option
from handlers.pulse_cards import choices
from storage import pulse
from storage.ballot_file import BallotFile
from storage.ballots import Ballots
from storage.db import StoreUnavailable

ROUNDS: Final = 3
BETWEEN: Final = timedelta(days=30)
"""From one round to the next: the same question rests for four weeks."""
DIGITS: Final = "০১২৩৪৫"
"""Python reads Bengali digits as numbers too, and nothing else here writes them."""
QUESTIONS: Final = 4
_MARK: Final = DIGITS[0] * 5
_TRACES: Final = (
    _MARK.encode(),
    _MARK.encode("unicode_escape"),
    b"secret.pick:",
    b"selected_option",
    b'"values":',
)
"""A choice as it was written, a press on one, and the answers of a modal as Slack brings them."""


class Crash(Exception):  # noqa: N818 - what it is for
    """Something of ours breaks, and says everything it knows."""


@dataclass(frozen=True, slots=True)
class Plant:
    """Where something breaks: in the function of this name, when it has done its work or before."""

    owner: Any
    name: str
    after: bool = True
    fault: type[Exception] = Crash


PLANTS: Final = (
    Plant(bot.engine, "resolve", after=False),
    Plant(bot.engine, "resolve"),
    Plant(Carrier, "build"),
    Plant(bot.engine, "parse_form"),
    Plant(Ballots, "cast", after=False),
    Plant(Ballots, "cast"),
    Plant(Carrier, "carry", after=False),
    Plant(SecretTalk, "mend"),
    Plant(BallotFile, "commit", after=False, fault=StoreUnavailable),
)
"""The steps of a vote, in their order, and the disk that fails under it."""


@dataclass(slots=True)
class Searched:
    """What was lived through, and what was found."""

    voters: int = 0
    counted: int = 0
    crashes: int = 0
    records: int = 0
    found: list[str] = field(default_factory=list)


class Records(logging.Handler):
    """Keeps every record that reaches it, in words."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.words: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep the sentence and what was put into it; the place and kind of an error stand in the written log."""
        self.words.append(f"{record.name}: {record.getMessage()} {record.args!r} {record.exc_info!r}")


async def searched(
    folder: Path, seed: int, rounds: int = ROUNDS, plants: Sequence[Plant] = PLANTS
) -> Searched:  # fmt: skip
    """Live through the rounds in an empty folder, and search it. In each chat there is a person for every plant."""
    with _loud() as (written, records), patch.object(handlers.pulse, "choices", _marked):
        trial = _Trial(folder, Random(seed), plants, written, records)  # noqa: S311 - to be repeated
        house = House(Settings(_env_file=None))  # type: ignore[call-arg]  # pydantic-settings says it at run time only
        taken = listener("127.0.0.1", 0)
        async with served(website(house), taken):
            try:
                await house.open(address(taken), folder)
                await trial.live(house, rounds)
            finally:
                await house.close()
        trial.search("after the end")
    return trial.done


def _marked() -> tuple[Option, ...]:
    """The choices as they are, but written so that they are recognised anywhere."""
    return tuple(Option(_MARK + DIGITS[int(each.value)], each.label) for each in choices())


# --- What is planted, and what is overheard ----------------------------------------------------------------------


@contextmanager
def _planted(plant: Plant) -> Iterator[list[str]]:
    """The next call of that function breaks, once; the list then holds what it said."""
    whole: Callable[..., Any] = getattr(plant.owner, plant.name)
    said: list[str] = []

    @wraps(whole)
    def breaking(*args: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever stands there takes and gives
        if said:
            return whole(*args, **more)
        result = whole(*args, **more) if plant.after else None
        said.append(f"{_insides(args)} {plant.name} {args!r} {more!r} {result!r}")
        raise plant.fault(said[0])

    with patch.object(plant.owner, plant.name, breaking):
        yield said


def _insides(args: tuple[Any, ...]) -> str:
    """What the arguments know and do not show by themselves."""
    inbounds = [getattr(getattr(each, "req", each), "inbound", each) for each in args]
    return " ".join(f"{getattr(each, 'data', '')} {getattr(each, 'answers', '')!r}" for each in inbounds)


@contextmanager
def _loud() -> Iterator[tuple[io.StringIO, Records]]:
    """The log as it is written, and the records of all libraries, at DEBUG; afterwards everything is as before."""
    root, records, written = logging.getLogger(), Records(), io.StringIO()
    handlers_before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in _names()}
    logs.begin(written)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    root.addHandler(records)
    try:
        yield written, records
    finally:
        root.handlers[:] = handlers_before
        root.setLevel(level)
        for name in _names():
            logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))
        structlog.reset_defaults()


def _names() -> list[str]:
    return [
        name for name, each in logging.root.manager.loggerDict.items() if isinstance(each, logging.Logger)
    ]


def _shout() -> None:
    """Every logger there is by now writes everything."""
    for name in ("", *_names()):
        logging.getLogger(name).setLevel(logging.DEBUG)


# --- The rounds --------------------------------------------------------------------------------------------------


class _Trial:
    """One course: people in both chats who answer while things break."""

    def __init__(
        self, folder: Path, rng: Random, plants: Sequence[Plant], written: io.StringIO, records: Records
    ) -> None:
        self.done = Searched()
        self._folder, self._written, self._records = folder, written, records
        self._rng, self._plants = rng, plants
        self._house: House
        self._circle: Circle
        self._vectors: list[bytes] = []
        self._labels: list[bytes] = []

    async def live(self, house: House, rounds: int) -> None:
        """Open, answer, search, close, publish and search again, some times over."""
        self._house, self._circle = house, Circle(house, len(self._plants))
        self._labels = [house.app.catalog.say(each.label.key, "sv", {}).encode() for each in choices()]
        await self._circle.settle_in()
        for number in range(1, rounds + 1):
            await self._circle.open_round()
            voters = self._voters()
            for at, each in enumerate(voters):
                _shout()
                await self._answers(each, self._plants[(at + number) % len(self._plants)])
            self.done.voters += len(voters)
            await self._look(number)
            self.search(f"while round {number} is open")
            await house.forward(BETWEEN)
            self.search(f"after round {number}")

    def _voters(self) -> list[Voter]:
        house = self._house
        voters: list[Voter] = [SlackVoter(house, each, self._choices()) for each in self._circle.slack]
        voters += [TelegramVoter(house, each, self._choices()) for each in self._circle.telegram]
        self._rng.shuffle(voters)
        return voters

    def _choices(self) -> list[int]:
        return [self._rng.randrange(len(DIGITS)) for _ in range(QUESTIONS)]

    async def _look(self, number: int) -> None:
        """How many the box has counted, and a backup made meanwhile."""
        found = await self._house.app.writer.run(partial(pulse.latest, forum=self._circle.forum))
        assert found is not None  # noqa: S101 - opened just now
        self.done.counted += self._house.app.ballots.answered(found.token)
        await asyncio.to_thread(back_up, self._folder / "playground.db", self._folder / f"backup{number}.db")

    async def _answers(self, voter: Voter, plant: Plant) -> None:
        """One vote, with something that breaks at one of its steps; then on until it is in."""
        for bracket in ("[]", "()"):
            self._vectors.append(f"{bracket[0]}{', '.join(map(str, voter.choices))}{bracket[1]}".encode())
        breaks = self._rng.randrange(voter.most)
        for turn in range(4 * voter.most):
            if voter.is_done():
                return
            if turn == breaks:
                with _planted(plant) as said:
                    await voter.step()
                self.done.crashes += len(said)
            else:
                await voter.step()
        raise RuntimeError(f"{voter.choices} never get in")

    # --- The search ----------------------------------------------------------------------------------------------

    def search(self, when: str) -> None:
        """Look through everything that there is by now."""
        files = [each for each in self._folder.rglob("*") if each.is_file()]
        for each in files:
            self._look_at(f"{when}: {each.name}", each.read_bytes())
        for each in files:
            if each.suffix == ".db":
                for name, row in _rows(each):
                    self._look_at(f"{when}: {each.name}, table {name}", repr(row).encode(), row=True)
        for line in (*self._written.getvalue().splitlines(), *self._records.words):
            self._look_at(f"{when}: log {line[:60]}", line.encode())

    def _look_at(self, where: str, words: bytes, *, row: bool = False) -> None:
        self.done.records += 1
        traces = [each for each in (*_TRACES, *self._vectors) if each in words]
        if row:
            shown = [each for each in self._labels if each in words]
            # Whoever is asked is shown all choices; one alone would be the one that was made.
            traces += shown if len(shown) not in (0, len(self._labels)) else []
        self.done.found += [f"{where}: {each!r}" for each in traces]


def _rows(database: Path) -> Iterator[tuple[str, tuple[Any, ...]]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as store:
        tables = store.execute(
            "select name from sqlite_master where type = 'table' and sql like 'create table%'"
        )
        for (name,) in tables.fetchall():
            yield from ((name, row) for row in store.execute(f'select * from "{name}"'))


# --- The row -----------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Live through the rounds and search. The environment's ``BENCH_SEED`` repeats a seed."""
    seed = chance.seed()
    print(f"pulse-canary: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder:
        done = asyncio.run(searched(Path(folder).resolve(), seed))
    for each in done.found[:10]:
        print(f"pulse-canary: {each}", file=sys.stderr, flush=True)
    reference = (
        f"{done.records} files, rows and log records at DEBUG after {done.voters} votes in {ROUNDS} rounds on both"
        f" platforms with {done.crashes} crashes between the steps, seed {seed}; {done.counted} votes counted"
    )
    ok = not done.found and done.counted == done.voters and done.crashes > 0
    yield Row(
        "pulse-canary", "records that tell what somebody chose", len(done.found), "", "0", reference, ok
    )
