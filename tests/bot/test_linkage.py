"""The linkage attack of the benchmark finds people where a ballot box gives them away, and only there."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from bench import attack, linkage
from bench.attack import CHOICES
from storage import sealing
from storage.ballot_file import BallotFile
from storage.ballots import Ballots, Cast

ROUNDS = 24


class _TwoTables:
    """Who voted in one table, what was chosen in another one, both as they came: no row holds person and choice."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self.path, self.secret = path, secret
        with closing(sqlite3.connect(path)) as db:
            db.execute("create table voted (member int)")
            db.execute("create table slip (choice int)")

    def open_round(self, _token: str, _members: Sequence[int], _questions: int) -> None:
        """Nothing is prepared."""

    def cast(self, _token: str, member: int, choices: Sequence[int]) -> None:
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("insert into voted values (?)", (member,))
            db.execute("insert into slip values (?)", (choices[0],))

    def destroy(self, _token: str) -> None:
        """Nothing is destroyed."""


class _SlipsAlone(_TwoTables):
    """Nobody's name anywhere: but the database remembers who came when."""

    @override
    def cast(self, _token: str, _member: int, choices: Sequence[int]) -> None:
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("insert into slip values (?)", (choices[0],))


class _Logging(Ballots):
    """The real box, with a line too much in the log."""

    @override
    def cast(self, token: str, member: int, choices: Sequence[int]) -> Cast:
        assert isinstance(self.place, BallotFile)
        with self.place.path.with_name("log").open("a") as log:
            log.write(json.dumps({"event": "counted", "member": member, "choice": choices[0]}) + "\n")
        return super().cast(token, member, choices)


class _KeepsAll:
    """Sealed as the real one, but every box is kept, and so is the salt."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self.path, self.secret, self.salt = path, secret, sealing.fresh_salt()
        self.counters = [0] * CHOICES
        with closing(sqlite3.connect(path)) as db:
            db.execute("create table ballot_box (token text, salt blob, sealed blob)")

    def open_round(self, token: str, _members: Sequence[int], _questions: int) -> None:
        self._seal(token)

    def cast(self, token: str, _member: int, choices: Sequence[int]) -> None:
        self.counters[choices[0]] += 1
        self._seal(token)

    def _seal(self, token: str) -> None:
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("update ballot_box set token = ''")
            sealed = sealing.sealed(self.secret, self.salt, token, self.counters)
            db.execute("insert into ballot_box values (?, ?, ?)", (token, self.salt, sealed))

    def destroy(self, _token: str) -> None:
        """Only the row is deleted: the bytes stay in the file."""
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("pragma secure_delete = off")
            db.execute("delete from ballot_box")


@pytest.mark.parametrize("box", [_TwoTables, _SlipsAlone, _Logging, _KeepsAll])
def test_a_naive_box_gives_everybody_away(box: Callable[[Path, bytes], linkage.Box]) -> None:
    """By the order of rows, by a log, by old bytes that can still be unsealed: nearly all are found."""
    seen = linkage.rounds(box, ROUNDS, 7)

    gain = attack.best([each.closed for each in seen])

    assert gain.right / gain.guesses > 0.95
    assert gain.advantage > 0.3


def test_the_real_box_gives_nobody_away() -> None:
    """In these few rounds no pattern is worth more than chance makes it; the benchmark plays two thousand."""
    seen = linkage.rounds(Ballots, ROUNDS, 7)

    for sights in ([each.closed for each in seen], [each.open for each in seen]):
        assert attack.best(sights).advantage < 0.1
    assert not any("old boxes" in each.closed.streams for each in seen)
