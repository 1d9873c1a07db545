"""``growth``: what a member looks at costs as much in a database of a million decisions as in one of ten thousand.

Looked at are the newest decisions, what is due, and a search within a forum, through the verbs that the bot uses, each
in turn in every database, so that a machine that changes its mood changes it for all. In each turn the slowest
hundredth is taken; the figure is that of the quieter turns, the lower quarter. An installation grows by forums; how far
a single one may grow is looked at too. There a search costs what it finds, so it gets a bar of its own.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, cluster, decades, machine
from bench.decades import NOW, TODAY, Old
from bench.rows import Row
from storage import actions, decisions, timers
from storage.db import Database, Store
from storage.opened import opened

BAR: Final = 2.0
SHORT: Final = (1_000, 10_000, 100_000)
LONG: Final = (10_000, 100_000, 1_000_000)
TURNS: Final = 25
LOOKS: Final = 200
"""Of every kind, in one turn, in each database."""
WARM: Final = 100
LARGEST_FORUM: Final = 10_000
"""Decisions that a search within one forum is asked about: one a day for 27 years."""
MOST_MS: Final = 50.0
_SINCE: Final = (TODAY - timedelta(days=30)).isoformat()

Look = Callable[[Store, Old, Random], object]


def _somewhere(old: Old, rng: Random) -> int:
    return old.first + rng.randrange(old.forums)


def _anybody(rng: Random) -> int:
    return rng.randint(1, decades.MEMBERS)


def _latest(store: Store, old: Old, rng: Random) -> object:
    return decisions.latest(store, _somewhere(old, rng), most=6)


def _further(store: Store, old: Old, rng: Random) -> object:
    return decisions.latest(store, _somewhere(old, rng), before=rng.randint(7, old.each), most=6)


def _timers(store: Store, _old: Old, _rng: Random) -> object:
    return timers.due(store, NOW, most=decades.TIMERS_DUE)


def _fell_due(store: Store, old: Old, rng: Random) -> object:
    return actions.fell_due(store, _somewhere(old, rng), since=_SINCE, today=TODAY)


def _mine(store: Store, old: Old, rng: Random) -> object:
    return actions.of_member(store, _somewhere(old, rng), _anybody(rng))


def _follow_ups(store: Store, old: Old, rng: Random) -> object:
    since = TODAY - timedelta(days=30)
    return decisions.owned_by(store, _somewhere(old, rng), _anybody(rng), since=since)


def _search(words: str) -> Look:
    def look(store: Store, old: Old, rng: Random) -> object:
        return decisions.find(store, _somewhere(old, rng), words, most=6)

    return look


EVERY, FOURTH, TWENTIETH = decades.WORDS
KINDS: Final[Mapping[str, Look]] = {
    "latest: the newest": _latest,
    "latest: a further page": _further,
    "due: timers": _timers,
    "due: actions that fell due": _fell_due,
    "due: a member's open actions": _mine,
    "due: a member's follow-ups": _follow_ups,
    "search: a word of every decision": _search(EVERY),
    "search: of every fourth": _search(FOURTH),
    "search: of every twentieth": _search(TWENTIETH),
    "search: two words": _search(f"{FOURTH} {TWENTIETH}"),
}


@dataclass(frozen=True, slots=True)
class Grown:
    """How long each kind of look takes, in each database: the slowest hundredth in microseconds, of every turn."""

    olds: Sequence[Old]
    took: Mapping[str, Sequence[Sequence[float]]]

    def micros(self, kind: str) -> list[float]:
        """Of a kind, in each database it was looked at in."""
        return [_quiet(turns) for turns in self.took[kind] if turns]

    def growth(self, kind: str) -> float:
        """From the smallest database to the largest."""
        found = self.micros(kind)
        return found[-1] / found[0]


def chosen(seed: int) -> Random:
    """Which forums and members are looked at."""
    return Random(seed)  # noqa: S311 - to be repeated


def grown(olds: Sequence[Old], turns: int, seed: int) -> Grown:
    """Look in all databases, in turn."""
    rng = chosen(seed)
    took: dict[str, list[list[float]]] = {kind: [[] for _ in olds] for kind in KINDS}
    with ExitStack() as stack:
        databases = [stack.enter_context(closing(opened(each.where))) for each in olds]
        pairs = list(zip(olds, databases, strict=True))
        for turn in range(turns + 1):
            for kind, look in KINDS.items():
                order = list(enumerate(pairs))
                rng.shuffle(order)
                for place, (old, database) in order:
                    if kind.startswith("search") and old.each > LARGEST_FORUM:
                        continue
                    slow = _slowest(look, old, database, rng, LOOKS if turn else WARM)
                    if turn:
                        took[kind][place].append(slow)
    return Grown(olds, took)


def _quiet(turns: Sequence[float]) -> float:
    return statistics.quantiles(turns, n=4)[0] if len(turns) > 1 else turns[0]


def _slowest(look: Look, old: Old, database: Database, rng: Random, looks: int) -> float:
    """Microseconds that 99 of a hundred looks keep within."""
    store = database.transactions.begin()
    took = []
    for _ in range(looks):
        began = time.perf_counter()
        look(store, old, rng)
        took.append(time.perf_counter() - began)
    database.transactions.rollback()
    return sorted(took)[int(looks * 0.99) - 1] * 1e6


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """On SQLite, up to a hundred thousand."""
    yield from _on_sqlite(SHORT, TURNS, chance.seed())


def torture() -> Iterator[Row]:
    """On both engines, up to a million."""
    seed = chance.seed()
    yield from _on_sqlite(LONG, TURNS, seed)
    with cluster.Cluster(durable=True) as server:
        yield from _on_postgres(server, LONG, TURNS, seed)


def _on_sqlite(sizes: Sequence[int], turns: int, seed: int) -> Iterator[Row]:
    for one_forum in (False, True):
        with machine.folder() as folder:
            olds = [decades.build(Path(folder) / f"{size}.db", size, one_forum=one_forum) for size in sizes]
            yield from rows("SQLite", grown(olds, turns, seed), seed)


def _on_postgres(server: cluster.Cluster, sizes: Sequence[int], turns: int, seed: int) -> Iterator[Row]:
    for one_forum in (False, True):
        names = [f"growth_{size}_{int(one_forum)}" for size in sizes]
        olds = [
            decades.build(server.create(name), size, one_forum=one_forum)
            for name, size in zip(names, sizes, strict=True)
        ]
        yield from rows("PostgreSQL", grown(olds, turns, seed), seed)
        for name in names:
            server.drop(name)


def rows(engine: str, found: Grown, seed: int) -> Iterator[Row]:
    """One row for each kind of look."""
    in_one = found.olds[-1].forums == 1
    where = f"{engine}, one growing forum" if in_one else f"{engine}, forums of {decades.PER_FORUM}"
    for kind in found.took:
        micros = found.micros(kind)
        sizes = [f"{each.rows:g}" for each in found.olds][: len(micros)]
        reference = (
            f"p99 {', '.join(f'{each:.0f}' for each in micros)} microseconds at {', '.join(sizes)} decisions; lower"
            f" quarter of {len(found.took[kind][0])} turns of {LOOKS} looks, seed {seed}"
        )
        if in_one and kind.startswith("search"):
            ms, what = micros[-1] / 1000, f"{kind}; {where}, at {sizes[-1]}"
            yield Row("growth", what, round(ms, 1), "ms", f"<= {MOST_MS:g}", reference, ms <= MOST_MS)
        else:
            growth = found.growth(kind)
            yield Row("growth", f"{kind}; {where}", growth, "ratio", f"<= {BAR:g}", reference, growth <= BAR)


def main() -> None:
    """Print the rows of other sizes: ``python -m bench.growth --sizes 10000,100000``."""
    parser = argparse.ArgumentParser(prog="bench.growth", description="Look in small and large databases.")
    parser.add_argument("--sizes", default=",".join(map(str, SHORT)))
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    asked = parser.parse_args()
    sizes = [int(each) for each in asked.sizes.split(",")]
    if asked.engine == "sqlite":
        found = _on_sqlite(sizes, asked.turns, chance.seed())
        for each in found:
            print(each.line())
        return
    with cluster.Cluster(durable=True) as server:
        for each in _on_postgres(server, sizes, asked.turns, chance.seed()):
            print(each.line())


if __name__ == "__main__":
    main()
