"""Somebody with all the files who wants to know who chose what: orders of people, streams of choices, and guesses.

Everything in the files becomes rows: tables in the order of their keys, of their row ids, and of where their bytes
lie. Any rows that name people give an order of people; any column of small numbers, and the bytes of any blob, may be
the choices. A pair of the two is a pattern. What a pattern is worth is learned on half of the rounds, where the
attacker is told the truth, and the best one is tried on the other half.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Final

CHOICES: Final = 6
BYTES: Final = 2
"""So many bytes at the beginning and at the end of a blob are looked at."""
NUMBERS: Final = ("member", "by_member", "person", "voter")
"""Columns that hold the number of a person."""
Pattern = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sight:
    """A round as the attacker sees it: orders of the voters, streams of numbers, and how many made each choice."""

    orders: Mapping[str, tuple[int, ...]]
    streams: Mapping[str, tuple[int, ...]]
    tally: tuple[int, ...]
    truth: Mapping[int, int]

    def numbers(self, pattern: Pattern) -> dict[int, int]:
        """What the pattern says of the voters: to each the number at their place, as far as there are any."""
        return dict(zip(self.orders.get(pattern[0], ()), self.streams.get(pattern[1], ()), strict=False))


@dataclass(frozen=True, slots=True)
class Gain:
    """How often the best pattern was right and how often a blind guess, among so many; and which pattern it was."""

    right: int
    blind: int
    guesses: int
    pattern: Pattern

    @property
    def advantage(self) -> float:
        """The share of people found beyond what a blind guess finds; nobody is forced to use a useless pattern."""
        return max(0.0, (self.right - self.blind) / self.guesses)


def best(sights: Sequence[Sight]) -> Gain:
    """The best that the attacker can do: learn on half of the rounds, choose, try on the other half."""
    learned, tried = sights[::2], sights[1::2]
    patterns = product(
        _different([each.orders for each in learned]), _different([each.streams for each in learned])
    )
    tables = {each: _learn(learned, each) for each in (*patterns, ("", ""))}
    chosen = max(tables, key=lambda each: _right(learned, each, tables[each]))
    return Gain(
        _right(tried, chosen, tables[chosen]),
        sum(max(each.tally) for each in tried),
        sum(len(each.truth) for each in tried),
        chosen,
    )


def _different(found: Sequence[Mapping[str, tuple[int, ...]]]) -> list[str]:
    """Their names, without those that say the same as another one in every round."""
    names = sorted({name for each in found for name in each})
    return list({tuple(each.get(name) for each in found): name for name in reversed(names)}.values())


def _learn(sights: Sequence[Sight], pattern: Pattern) -> dict[int, dict[int | None, float]]:
    """For each choice, how likely the pattern shows each number: naive Bayes with one added everywhere."""
    seen: dict[int, Counter[int | None]] = {each: Counter() for each in range(CHOICES)}
    for sight in sights:
        said = sight.numbers(pattern)
        for voter, choice in sight.truth.items():
            seen[choice][said.get(voter)] += 1
    numbers = {number for each in seen.values() for number in each}
    return {
        choice: {each: (found[each] + 1) / (found.total() + len(numbers)) for each in numbers}
        for choice, found in seen.items()
    }


def _right(sights: Sequence[Sight], pattern: Pattern, table: Mapping[int, Mapping[int | None, float]]) -> int:
    right = 0
    for sight in sights:
        said = sight.numbers(pattern)
        for voter, choice in sight.truth.items():
            number = said.get(voter)
            worth = [sight.tally[each] * table[each].get(number, 1e-9) for each in range(CHOICES)]
            right += worth.index(max(worth)) == choice
    return right


# --- Reading the files -----------------------------------------------------------------------------------------


def tables(path: Path, *, without: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every table of a database file in the order that SQLite gives, and in the order in which its bytes lie."""
    found: dict[str, list[dict[str, Any]]] = {}
    if not path.exists():
        return found
    raw = path.read_bytes()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        names = [
            each[0] for each in db.execute("select name from sqlite_master where type = 'table'").fetchall()
        ]
        for name in names:
            if name in without or name.startswith(("sqlite_", "_sqlite_", "decision_words")):
                continue
            rows = [dict(each) for each in db.execute(f"select * from {name}")]
            if len(rows) < 2:  # noqa: PLR2004 - nothing to order
                continue
            found[name] = rows
            on_disk = sorted(rows, key=lambda each: _offset(raw, each))
            if on_disk != rows:
                found[f"{name} on disk"] = on_disk
    return found


def log_lines(text: str) -> dict[str, list[dict[str, Any]]]:
    """A log of JSON lines as one more table."""
    rows = [json.loads(each) for each in text.splitlines() if each.startswith("{")]
    return {"log": rows} if rows else {}


def orders(found: Mapping[str, list[dict[str, Any]]], names: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Every order of people in the rows, and its reverse. ``names`` gives the member of each name they have."""
    made = {"members": tuple(sorted(set(names.values())))}
    for table, rows in found.items():
        mentioned = [member for row in rows for member in _mentioned(row, names)]
        if mentioned:
            made[table] = tuple(dict.fromkeys(mentioned))
            made[f"{table}, newest first"] = tuple(reversed(made[table]))
    return made


def streams(found: Mapping[str, list[dict[str, Any]]]) -> dict[str, tuple[int, ...]]:
    """Every column of numbers on the scale, and the bytes of every blob as numbers on it."""
    made: dict[str, tuple[int, ...]] = {}
    for table, rows in found.items():
        for column in rows[0]:
            values = [row.get(column) for row in rows]
            if all(isinstance(each, int) and 0 <= each < CHOICES for each in values) and len(set(values)) > 1:
                made[f"{table}.{column}"] = tuple(values)  # type: ignore[arg-type] # just looked
            elif all(isinstance(each, bytes) and len(each) >= BYTES for each in values):
                made.update(_bytes(f"{table}.{column}", values))  # type: ignore[arg-type] # just looked
    return made


def _bytes(name: str, values: Sequence[bytes]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for place in (*range(BYTES), *range(-BYTES, 0)):
        yield f"{name}[{place}]", tuple(each[place] % CHOICES for each in values)


def _mentioned(row: Mapping[str, Any], names: Mapping[str, int]) -> list[int]:
    return [
        member
        for value in row.values()
        if isinstance(value, str)
        for name, member in names.items()
        if name in value
    ] + [row[column] for column in ("member", "by_member", "voter") if row.get(column) in set(names.values())]


def _offset(raw: bytes, row: Mapping[str, Any]) -> int:
    """Where the bytes of a row lie: where its longest value is."""
    values = [each.encode() if isinstance(each, str) else each for each in row.values()]
    return raw.find(max((each for each in values if isinstance(each, bytes)), key=len, default=b""))


def differences(boxes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The choice that each box adds to the one before it."""
    return tuple(
        next((each for each in range(len(after)) if after[each] > before[each]), 0)
        for before, after in pairwise(boxes)
    )
