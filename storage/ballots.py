"""The ballot box of the pulse: who may vote, who has, and one sealed box of counters for each round.

It is a SQLite file of its own beside the database, never in a backup: two copies with one vote in between would tell
that vote. It holds no choice of a person, no name, no platform, no time and no order. A seat is a keyed fingerprint
of the member; the box has the same length whatever is in it and is sealed anew at every vote. The key comes from the
installation's secret, which the file does not hold, and a salt of the round, which goes with the round: what is left of
the file tells nothing from then on; a copy made before is as good as the secret is kept. What a file system itself keeps of a file, the time of its last change, cannot be avoided.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, TypeAlias

from storage import sealing
from storage.ballot_file import BallotFile, DamagedError
from storage.db import StoreUnavailable
from storage.values import dataclass

Cast: TypeAlias = Literal["counted", "already", "no-seat", "missing"]
Seat: TypeAlias = Literal["open", "used"]

CHOICES: Final = 6
"""0 is "do not know or will not say", 1 to 5 go from "not at all" to "fully"."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A round counted: for each question how many made each choice, how many answered, and which members did."""

    counts: tuple[tuple[int, ...], ...]
    answered: int
    voters: frozenset[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds of one round, as anybody may see who can read it: sizes and numbers only."""

    token: str
    seats: int
    used: int
    salt_bytes: int
    box_bytes: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What the file holds of all: ``columns`` is every column there is, ``whole`` whether SQLite finds it undamaged."""

    there: bool
    whole: bool
    columns: tuple[str, ...]
    rounds: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A box that the key fits."""

    key: bytes
    counters: list[int]


class Ballots:
    """The ballot file. It is opened when first needed, and made when the first round opens.

    A file that is missing or damaged, or was sealed with another secret, counts as missing and stops nothing; a full
    or failing disk raises ``StoreUnavailable``. For one thread at a time.

    Every verb commits for itself, until ``gather`` was called. From then on whoever runs several pieces of work in one
    transaction says what becomes of each (``keep``, ``undo``) and of all (``commit``, ``rollback``, ``finish``).
    """

    def __init__(self, path: Path, secret: bytes) -> None:
        self._file = BallotFile(path)
        self._secret = secret
        self._doomed: list[str] = []
        self._kept = 0

    # --- A round -----------------------------------------------------------------------------------------------

    def open_round(self, token: str, members: Iterable[int], questions: int) -> None:
        """Put out an empty box and a seat for each member; a round that is there already is left as it is."""
        if questions < 1:
            raise ValueError("a round without questions")
        everybody = set(members)

        def work(db: sqlite3.Connection) -> None:
            self._open_round(db, token, everybody, questions)

        try:
            self._file.does(work, create=True)
        except DamagedError:
            self._file.wipe()
            self._file.does(work, create=True)

    def cast(self, token: str, member: int, choices: Sequence[int]) -> Cast:
        """Take the member's seat and count the choices: both or nothing, once, for good.

        Raises ``ValueError`` for choices that the round does not offer.
        """
        if any(each not in range(CHOICES) for each in choices):
            raise ValueError("a choice outside the scale")
        return self._file.looks("missing", lambda db: self._cast(db, token, member, choices))

    def seat(self, token: str, member: int) -> Seat | None:
        """Whether the member may still vote, or has; ``None`` without a seat, or without a round."""

        def work(db: sqlite3.Connection) -> Seat | None:
            box = self._unsealed(db, token)
            used = _used(db, token, sealing.seat(box.key, member)) if box else None
            return None if used is None else "used" if used else "open"

        return self._file.looks(None, work)

    def has(self, token: str) -> bool:
        """Whether the round's box is here and can be opened."""
        return self._file.looks(False, lambda db: self._unsealed(db, token) is not None)

    def join_seats(self, token: str, stays: int, goes: int) -> None:
        """Two members turned out to be one person: one seat is left, used if either was.

        Where both are used two votes are counted, and nobody can tell which, so they stand.
        """
        self._file.looks(None, lambda db: self._join_seats(db, token, stays, goes))

    def answered(self, token: str) -> int:
        """How many have voted; 0 without a round."""
        return self._file.looks(0, lambda db: _numbers(db, token)[1])

    def close(self, token: str, members: Iterable[int]) -> Tally | None:
        """Count, changing nothing. ``None`` when the box is missing, unreadable, or does not agree with the seats."""
        return self._file.looks(None, lambda db: self._counted(db, token, members))

    def destroy(self, token: str) -> None:
        """Overwrite and remove seats, box and salt. If that cannot be done in a damaged file, all of it goes.

        Where pieces are gathered it is done by ``finish``: not before the result is safe in the database.
        """
        if self._file.gathers:
            self._doomed.append(token)
        else:
            self._destroy_now(token)

    # --- All rounds --------------------------------------------------------------------------------------------

    def rounds(self) -> list[str]:
        """The tokens of the rounds that are here."""
        return self._file.looks(
            [], lambda db: [each[0] for each in db.execute("select token from box order by token")]
        )

    def keep_only(self, tokens: Iterable[str]) -> None:
        """Destroy every round but these: nobody else knows of them, so nobody would ever close them."""
        for token in set(self.rounds()) - set(tokens):
            self.destroy(token)

    def audit(self) -> Audit:
        """What is kept, for whoever has to answer for it. Needs no secret."""
        there = self._file.path.exists()
        nothing = Audit(there, whole=not there, columns=(), rounds=())
        return self._file.looks(nothing, _audited)

    # --- Together with the database -----------------------------------------------------------------------------

    def gather(self) -> None:
        """From now on changes wait for ``commit``: one flush for all who vote at the same time."""
        self._file.gathers = True

    def keep(self) -> None:
        """A piece of work is done."""
        self._file.keep()
        self._kept = len(self._doomed)

    def undo(self) -> None:
        """A piece of work failed: what it did here never was."""
        self._file.undo()
        del self._doomed[self._kept :]

    def commit(self) -> None:
        """Put on disk what waits. Raises ``StoreUnavailable`` when it cannot be: then none of it happened."""
        self._file.commit()

    def rollback(self) -> None:
        """Forget what waits."""
        self._file.rollback()
        self._doomed.clear()
        self._kept = 0

    def finish(self) -> None:
        """The database has committed: destroy what is over. What the disk refuses now is left to ``keep_only``."""
        doomed, self._doomed, self._kept = self._doomed, [], 0
        if doomed:
            self._file.gathers = False
            with suppress(StoreUnavailable):
                for token in doomed:
                    self._destroy_now(token)
            self._file.gathers = True

    def close_file(self) -> None:
        """Let go of the file."""
        self._file.close()

    # --- Inside ------------------------------------------------------------------------------------------------

    def _destroy_now(self, token: str) -> None:
        try:
            self._file.does(lambda db: self._destroy(db, token))
        except DamagedError:
            self._file.wipe()

    def _open_round(self, db: sqlite3.Connection, token: str, members: set[int], questions: int) -> None:
        with self._file.change(db):
            if db.execute("select 1 from box where token = ?", (token,)).fetchone():
                return
            salt = sealing.fresh_salt()
            key = sealing.seat_key(self._secret, salt)
            sealed = sealing.sealed(self._secret, salt, token, [0] * (CHOICES * questions))
            db.execute("insert into box (token, salt, sealed) values (?, ?, ?)", (token, salt, sealed))
            seats = sorted(sealing.seat(key, each) for each in members)
            db.executemany(
                "insert into seat (token, seat, used) values (?, ?, 0)", [(token, each) for each in seats]
            )

    def _cast(self, db: sqlite3.Connection, token: str, member: int, choices: Sequence[int]) -> Cast:
        with self._file.change(db):
            box = self._unsealed(db, token)
            if box is None:
                return "missing"
            seat = sealing.seat(box.key, member)
            used = _used(db, token, seat)
            if used is None:
                return "no-seat"
            if used:
                return "already"
            if len(choices) * CHOICES != len(box.counters):
                raise ValueError("another number of answers than of questions")
            for question, choice in enumerate(choices):
                box.counters[question * CHOICES + choice] += 1
            db.execute("update seat set used = 1 where token = ? and seat = ?", (token, seat))
            self._reseal(db, token, box.counters)
        return "counted"

    def _join_seats(self, db: sqlite3.Connection, token: str, stays: int, goes: int) -> None:
        with self._file.change(db):
            box = self._unsealed(db, token)
            if box is None:
                return
            both = [sealing.seat(box.key, each) for each in (stays, goes)]
            kept, left = (_used(db, token, each) for each in both)
            if left is None or (kept and left):
                return
            db.execute("delete from seat where token = ? and seat = ?", (token, both[1]))
            db.execute(
                "insert into seat (token, seat, used) values (?, ?, ?)"
                " on conflict (token, seat) do update set used = excluded.used",
                (token, both[0], int(kept or left)),
            )

    def _destroy(self, db: sqlite3.Connection, token: str) -> None:
        with self._file.change(db):
            db.execute(
                "update box set salt = zeroblob(length(salt)), sealed = zeroblob(length(sealed)) where token = ?",
                (token,),
            )
            db.execute("delete from box where token = ?", (token,))
            db.execute("delete from seat where token = ?", (token,))

    def _reseal(self, db: sqlite3.Connection, token: str, counters: Sequence[int]) -> None:
        salt = db.execute("select salt from box where token = ?", (token,)).fetchone()[0]
        sealed = sealing.sealed(self._secret, salt, token, counters)
        db.execute("update box set sealed = ? where token = ?", (sealed, token))

    def _counted(self, db: sqlite3.Connection, token: str, members: Iterable[int]) -> Tally | None:
        box = self._unsealed(db, token)
        if box is None:
            return None
        rows = db.execute("select seat from seat where token = ? and used = 1", (token,))
        used = {each[0] for each in rows}
        starts = range(0, len(box.counters), CHOICES)
        counts = tuple(tuple(box.counters[each : each + CHOICES]) for each in starts)
        if any(sum(each) != len(used) for each in counts):
            return None
        return Tally(
            counts, len(used), frozenset(each for each in members if sealing.seat(box.key, each) in used)
        )

    def _unsealed(self, db: sqlite3.Connection, token: str) -> _Opened | None:
        row = db.execute("select salt, sealed from box where token = ?", (token,)).fetchone()
        if row is None or not all(isinstance(each, bytes) for each in row):
            return None
        counters = sealing.unsealed(self._secret, row[0], token, row[1])
        return _Opened(sealing.seat_key(self._secret, row[0]), counters) if counters else None


def _used(db: sqlite3.Connection, token: str, seat: bytes) -> bool | None:
    row = db.execute("select used from seat where token = ? and seat = ?", (token, seat)).fetchone()
    return None if row is None else bool(row[0])


def _numbers(db: sqlite3.Connection, token: str) -> tuple[int, int]:
    """How many seats there are, and how many of them are used."""
    row = db.execute("select count(*), coalesce(sum(used), 0) from seat where token = ?", (token,)).fetchone()
    return int(row[0]), int(row[1])


def _audited(db: sqlite3.Connection) -> Audit:
    whole = db.execute("pragma integrity_check").fetchone() == ("ok",)
    columns = db.execute(
        "select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c"
        " where m.type = 'table' order by 1"
    ).fetchall()
    rows = db.execute("select token, length(salt), length(sealed) from box order by token").fetchall()
    # Seats whose box is gone are told as well: they would be the ones to ask about.
    orphans = db.execute("select distinct token, 0, 0 from seat where token not in (select token from box)")
    kept = tuple(
        Kept(each[0], *_numbers(db, each[0]), each[1], each[2]) for each in rows + orphans.fetchall()
    )
    return Audit(there=True, whole=whole, columns=tuple(each[0] for each in columns), rounds=kept)
