"""``peers``: stored commands a second beside errbot with its Shelf store and opsdroid with its SQLite memory.

One process each, on the same machine and in turn: while one works the others wait for orders. Each has 64 commands
outstanding, stores every one, and is counted afterwards. Ours flushes to disk before it acknowledges. errbot's Shelf
never does; opsdroid's memory leaves it to SQLite's defaults, one small transaction for each command.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from bench.peers.environments import HERE, NotInstalled, python_of
from bench.processes import end, running
from bench.rows import Row

WORDS: Final = "Arbetsgruppen beslutar att införa en gemensam rutin för belysning vid stationen, varje månad till sommaren"
ROUNDS: Final = 9
LONG_ROUNDS: Final = 25
BARS: Final = {"errbot": 1.5, "opsdroid": 6.0}
OURS: Final = {
    "slack-point": "putting a point on the agenda, Slack",
    "telegram-point": "putting a point on the agenda, Telegram",
    "slack-decision": "recording a decision, Slack",
    "telegram-decision": "recording a decision, Telegram",
}
"""A point is what the peers' command is: words under a number, and an answer. A decision is in the index and can be undone."""
COUNTS: Final = dict.fromkeys((*OURS, "errbot", "errbot-sync"), 1500) | {"opsdroid": 300}
"""Commands of one round: about as long for each."""


class Lost(Exception):  # noqa: N818 - says what became of commands
    """A store does not hold exactly the commands that were given."""


@dataclass(slots=True)
class Contestant:
    """A bot that runs commands when it is told to."""

    popen: subprocess.Popen[str]
    versions: str
    given: int = 0

    def rate(self, count: int) -> float:
        """Run so many commands; how many a second."""
        seconds = float(self._ask(str(count)))
        self.given += count
        return count / seconds

    def check(self) -> None:
        """Raise ``Lost`` unless all that was given is stored."""
        kept = int(self._ask("kept"))
        if kept != self.given:
            raise Lost(f"{self.versions}: {self.given} commands, {kept} stored")

    def _ask(self, order: str) -> str:
        assert self.popen.stdin is not None and self.popen.stdout is not None  # noqa: S101, PT018 - asked for below
        self.popen.stdin.write(f"{order}\n")
        self.popen.stdin.flush()
        return self.popen.stdout.readline()


@dataclass(frozen=True, slots=True)
class Race:
    """The rates of everybody, round by round, and what they are."""

    rates: Mapping[str, Sequence[float]]
    versions: Mapping[str, str]
    missing: Mapping[str, str]

    def ratio(self, ours: str, theirs: str) -> float:
        """Ours through theirs, the median of the rounds."""
        pairs = zip(self.rates[ours], self.rates[theirs], strict=True)
        return statistics.median(mine / other for mine, other in pairs)


def raced(rounds: int, share: float = 1.0) -> Race:
    """Let everybody run so many rounds, one after the other; ``share`` makes the rounds shorter."""
    counts = {name: max(1, round(count * share)) for name, count in COUNTS.items()}
    missing: dict[str, str] = {}
    with machine.folder() as place, ExitStack() as stack:
        mock = stack.enter_context(running(["-m", "bench.mock"]))
        everybody = {
            name: stack.enter_context(contestant(arguments, Path(place).resolve() / name))
            for name, arguments in commands(mock.port, missing).items()
        }
        for name, each in everybody.items():
            each.rate(max(1, counts[name] // 3))
        rates: dict[str, list[float]] = {name: [] for name in everybody}
        for turn in range(rounds):
            for name in everybody if turn % 2 else reversed(everybody):
                rates[name].append(everybody[name].rate(counts[name]))
        for each in everybody.values():
            each.check()
        return Race(rates, {name: each.versions for name, each in everybody.items()}, missing)


def commands(mock: int, missing: dict[str, str]) -> dict[str, list[str]]:
    """What starts each of them, but for its folder; who cannot be had on this machine is put among the missing."""
    found = {
        name: [sys.executable, "-m", "bench.peers.ours", "{folder}", *name.split("-"), str(mock)]
        for name in OURS
    }
    for name, script, *more in (
        ("errbot", "errbot_peer.py", "async"),
        ("errbot-sync", "errbot_peer.py", "sync"),
        ("opsdroid", "opsdroid_peer.py"),
    ):
        peer = name.partition("-")[0]
        try:
            found[name] = [str(python_of(peer)), str(HERE / script), "{folder}", *more]
        except NotInstalled as why:
            missing[peer] = str(why)
    return found


@contextmanager
def contestant(arguments: Sequence[str], folder: Path) -> Iterator[Contestant]:
    """A bot that waits for orders inside this block; ``folder`` is made for what it stores. Raises ``Lost``."""
    folder.mkdir()
    popen = subprocess.Popen(
        [each.replace("{folder}", str(folder)) for each in arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "WORDS": WORDS},
    )  # fmt: skip
    try:
        assert popen.stdout is not None  # noqa: S101 - asked for above
        said, _, versions = popen.stdout.readline().strip().partition(" ")
        if said != "ready":
            raise Lost(f"{folder.name} did not begin")
        yield Contestant(popen, versions)
    finally:
        end(popen)


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Both our platforms beside each peer."""
    yield from rows(raced(ROUNDS))


def torture() -> Iterator[Row]:
    """More rounds."""
    yield from rows(raced(LONG_ROUNDS))


def rows(race: Race) -> Iterator[Row]:
    """Our rate through theirs."""
    for peer, bar in BARS.items():
        for ours, doing in OURS.items():
            what = f"{doing}, beside {peer}"
            if peer in race.missing:
                yield Row(
                    "peers",
                    what,
                    0.0,
                    "ratio",
                    f">= {bar:g}",
                    f"not installed: {race.missing[peer]}",
                    ok=False,
                )
                continue
            ratio = race.ratio(ours, peer)
            yield Row(
                "peers", what, ratio, "ratio", f">= {bar:g}", _reference(race, ours, peer), ratio >= bar
            )


def _reference(race: Race, ours: str, peer: str) -> str:
    told = [f"{_rate(race, ours)} of {race.versions[ours]}, {_rate(race, peer)} of {race.versions[peer]}"]
    if peer == "errbot":
        told.append(f"{_rate(race, 'errbot-sync')} with its BOT_ASYNC off")
    told.append(f"64 outstanding, median of {len(race.rates[ours])} rounds in turn")
    return "; ".join(told)


def _rate(race: Race, name: str) -> str:
    rates = race.rates[name]
    return f"{statistics.median(rates):.0f}/s ({min(rates):.0f}-{max(rates):.0f})"
