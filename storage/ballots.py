"""The ballot box of the pulse: who may vote, who has, and one sealed box of counters for each round.

It holds no choice of a person, no name, no platform, no time and no order. A seat is a keyed fingerprint of the member;
the box has the same length whatever is in it and is sealed anew at every vote. The key comes from the installation's
secret and a salt of the round, which goes with the round: what is left tells nothing from then on; a copy made before
is as good as the secret is kept.

Where it is kept: with SQLite in a file of its own (``storage/ballot_file.py``), with PostgreSQL in tables that no log,
no standby and no backup holds (``storage/ballot_tables.py``). It is in no backup, for two copies with one vote in
between would tell that vote.
"""

# ruff: noqa: PLC0415 - psycopg is there only where it is needed

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from storage import ballot_rows, sealing
from storage.ballot_file import BallotFile
from storage.ballot_rows import Audit
from storage.db import Store
from storage.values import dataclass

T = TypeVar("T")

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
class _Opened:
    """A box that the key fits."""

    salt: bytes
    key: bytes
    counters: list[int]


class Place(Protocol):
    """Where boxes and seats are kept. What cannot be read counts as missing there."""

    traces: Event | None
    """Set while earlier versions of what was changed may lie about, until ``sweep``; ``None`` where they never do."""

    def on(self, store: Store, /) -> "Place":
        """The same place, as a piece of work sees it that has this store."""
        ...

    def looks(self, otherwise: T, work: Callable[[Store], T], /) -> T:
        """What the work finds."""
        ...

    def changes(self, token: str, otherwise: T, work: Callable[[Store], T], /) -> T:
        """What the work says that changes a round: all of it or nothing, and nobody else at the same time."""
        ...

    def opens(self, work: Callable[[Store], None]) -> None:
        """The same for a new round."""
        ...

    def destroys(self, token: str) -> None:
        """Box, seats and salt of a round are gone for good once its result is safe, and never before."""
        ...

    def audit(self) -> Audit:
        """What is kept."""
        ...

    def gather(self) -> BallotFile | None:
        """From now on changes wait for the transaction of the store; what has to be kept together with it, if anything."""
        ...

    def sweep(self) -> None:
        """Leave nothing but what is there now. Takes a moment; raises ``StoreUnavailable`` when it cannot be done now."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def ballots_at(where: Path | str, store: Store, secret: bytes) -> "Ballots":
    """The ballots of the database at ``where``, whose ``store`` serves those who are in no transaction."""
    if store.engine == "sqlite":
        return Ballots(ballots_beside(Path(where)), secret)
    from storage.ballot_tables import BallotTables

    return Ballots(BallotTables(store, str(where)), secret)


def ballots_beside(database: Path) -> Path:
    """Where the ballots of a SQLite database lie. Leave this file out of every backup."""
    return database.with_name(f"{database.name}.ballots")


class Ballots:
    """The ballots in a file, or in another place. For one thread at a time; ``on`` gives those of a piece of work.

    What is missing or damaged, or was sealed with another secret, counts as missing and stops nothing; a full or failing
    disk raises ``StoreUnavailable``.
    """

    def __init__(self, where: Path | Place, secret: bytes) -> None:
        self.place: Place = BallotFile(where) if isinstance(where, Path) else where
        self._secret = secret

    def on(self, store: Store) -> "Ballots":
        """The same ballots inside the transaction of a piece of work."""
        place = self.place.on(store)
        return self if place is self.place else Ballots(place, self._secret)

    # --- A round -----------------------------------------------------------------------------------------------

    def open_round(self, token: str, members: Iterable[int], questions: int) -> None:
        """Put out an empty box and a seat for each member; a round that is there already is left as it is."""
        if questions < 1:
            raise ValueError("a round without questions")
        everybody = set(members)
        self.place.opens(lambda store: self._open_round(store, token, everybody, questions))

    def cast(self, token: str, member: int, choices: Sequence[int]) -> Cast:
        """Take the member's seat and count the choices: both or nothing, once, for good.

        Raises ``ValueError`` for choices that the round does not offer.
        """
        if any(each not in range(CHOICES) for each in choices):
            raise ValueError("a choice outside the scale")
        return self.place.changes(token, "missing", lambda store: self._cast(store, token, member, choices))

    def seat(self, token: str, member: int) -> Seat | None:
        """Whether the member may still vote, or has; ``None`` without a seat, or without a round."""

        def work(store: Store) -> Seat | None:
            box = self._unsealed(store, token)
            used = ballot_rows.is_used(store, token, sealing.seat(box.key, member)) if box else None
            return None if used is None else "used" if used else "open"

        return self.place.looks(None, work)

    def has(self, token: str) -> bool:
        """Whether the round's box is here and can be opened."""
        return self.place.looks(False, lambda store: self._unsealed(store, token) is not None)

    def join_seats(self, token: str, stays: int, goes: int) -> None:
        """Two members turned out to be one person: one seat is left, used if either was.

        Where both are used two votes are counted, and nobody can tell which, so they stand.
        """
        self.place.changes(token, None, lambda store: self._join_seats(store, token, stays, goes))

    def answered(self, token: str) -> int:
        """How many have voted; 0 without a round."""
        return self.place.looks(0, lambda store: ballot_rows.numbers(store, token)[1])

    def close(self, token: str, members: Iterable[int]) -> Tally | None:
        """Count, changing nothing. ``None`` when the box is missing, unreadable, or does not agree with the seats."""
        return self.place.looks(None, lambda store: self._counted(store, token, members))

    def destroy(self, token: str) -> None:
        """Remove seats, box and salt for good, together with the transaction or right after it, and never before."""
        self.place.destroys(token)

    # --- All rounds --------------------------------------------------------------------------------------------

    def rounds(self) -> list[str]:
        """The tokens of the rounds that are here."""
        return self.place.looks([], ballot_rows.tokens)

    def keep_only(self, still_open: Callable[[], Iterable[str]]) -> None:
        """Destroy every round but these: nobody else knows of them, so nobody would ever close them.

        First we look what is here, and then ask which rounds are open: one that another process opens meanwhile is in
        neither, or in both.
        """
        here = self.rounds()
        for token in set(here).difference(still_open()):
            self.destroy(token)

    def audit(self) -> Audit:
        """What is kept, for whoever has to answer for it. Needs no secret."""
        return self.place.audit()

    # --- Together with the database -----------------------------------------------------------------------------

    def gather(self) -> BallotFile | None:
        """From now on changes wait for the transaction that they are part of.

        Gives what is written beside it, which whoever commits has to keep, undo and commit as well; ``None`` where
        ballots are in the transaction itself.
        """
        return self.place.gather()

    def close_file(self) -> None:
        """Let go of the file, where there is one."""
        self.place.close()

    # --- Inside ------------------------------------------------------------------------------------------------

    def _open_round(self, store: Store, token: str, members: set[int], questions: int) -> None:
        if ballot_rows.is_there(store, token):
            return
        salt = sealing.fresh_salt()
        key = sealing.seat_key(self._secret, salt)
        sealed = sealing.sealed(self._secret, salt, token, [0] * (CHOICES * questions))
        ballot_rows.put_box(store, token, salt, sealed)
        ballot_rows.put_seats(store, token, (sealing.seat(key, each) for each in members))

    def _cast(self, store: Store, token: str, member: int, choices: Sequence[int]) -> Cast:
        box = self._unsealed(store, token)
        if box is None:
            return "missing"
        seat = sealing.seat(box.key, member)
        used = ballot_rows.is_used(store, token, seat)
        if used is None:
            return "no-seat"
        if used:
            return "already"
        if len(choices) * CHOICES != len(box.counters):
            raise ValueError("another number of answers than of questions")
        for question, choice in enumerate(choices):
            box.counters[question * CHOICES + choice] += 1
        ballot_rows.keep_seat(store, token, seat, used=True)
        ballot_rows.reseal(store, token, sealing.sealed(self._secret, box.salt, token, box.counters))
        return "counted"

    def _join_seats(self, store: Store, token: str, stays: int, goes: int) -> None:
        box = self._unsealed(store, token)
        if box is None:
            return
        both = [sealing.seat(box.key, each) for each in (stays, goes)]
        kept, left = (ballot_rows.is_used(store, token, each) for each in both)
        if left is None or (kept and left):
            return
        ballot_rows.drop_seat(store, token, both[1])
        ballot_rows.keep_seat(store, token, both[0], used=bool(kept or left))

    def _counted(self, store: Store, token: str, members: Iterable[int]) -> Tally | None:
        box = self._unsealed(store, token)
        if box is None:
            return None
        used = ballot_rows.used_seats(store, token)
        starts = range(0, len(box.counters), CHOICES)
        counts = tuple(tuple(box.counters[each : each + CHOICES]) for each in starts)
        if any(sum(each) != len(used) for each in counts):
            return None
        return Tally(
            counts, len(used), frozenset(each for each in members if sealing.seat(box.key, each) in used)
        )

    def _unsealed(self, store: Store, token: str) -> _Opened | None:
        found = ballot_rows.box(store, token)
        if found is None:
            return None
        salt, sealed = found
        counters = sealing.unsealed(self._secret, salt, token, sealed)
        return _Opened(salt, sealing.seat_key(self._secret, salt), counters) if counters else None
