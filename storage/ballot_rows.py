"""The rows of a ballot box, in statements for both engines: one for the box, one for each seat.

Nothing here knows who is a member, what was chosen, or where the rows are kept.
"""

from collections.abc import Iterable

from storage.db import Store
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one round, as anybody may see who can read it: sizes and numbers only."""

    token: str
    seats: int
    used: int
    salt_bytes: int
    box_bytes: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What is kept of all: ``columns`` is every column there is, ``whole`` whether the engine finds it as it should be."""

    there: bool
    whole: bool
    columns: tuple[str, ...]
    rounds: tuple[Kept, ...]


def is_there(store: Store, token: str) -> bool:
    """Whether a round has a box, in whatever state."""
    return store.one("select 1 from ballot_box where token = :token", token=token) is not None


def box(store: Store, token: str) -> tuple[bytes, bytes] | None:
    """The salt and the sealed box of a round; ``None`` as well when they are no bytes."""
    row = store.one("select salt, sealed from ballot_box where token = :token", token=token)
    if row is None or not all(isinstance(each, bytes) for each in row):
        return None
    return row[0], row[1]


def put_box(store: Store, token: str, salt: bytes, sealed: bytes) -> None:
    """A new box."""
    store.do(
        "insert into ballot_box (token, salt, sealed) values (:token, :salt, :sealed)",
        token=token,
        salt=salt,
        sealed=sealed,
    )


def reseal(store: Store, token: str, sealed: bytes) -> None:
    """Another content of the same box."""
    store.do("update ballot_box set sealed = :sealed where token = :token", token=token, sealed=sealed)


def put_seats(store: Store, token: str, seats: Iterable[bytes]) -> None:
    """Free seats, in an order that tells nothing."""
    store.run_many(
        "insert into ballot_seat (token, seat, used) values (:token, :seat, 0)",
        [{"token": token, "seat": each} for each in sorted(seats)],
    )


def is_used(store: Store, token: str, seat: bytes) -> bool | None:
    """Whether a seat is used; ``None`` when there is none."""
    row = store.one(
        "select used from ballot_seat where token = :token and seat = :seat", token=token, seat=seat
    )
    return None if row is None else bool(row[0])


def keep_seat(store: Store, token: str, seat: bytes, *, used: bool) -> None:
    """A seat that is free or used from now on, whether it was there or not."""
    store.do(
        "insert into ballot_seat (token, seat, used) values (:token, :seat, :used)"
        " on conflict (token, seat) do update set used = excluded.used",
        token=token,
        seat=seat,
        used=int(used),
    )


def drop_seat(store: Store, token: str, seat: bytes) -> None:
    """Take a seat away."""
    store.do("delete from ballot_seat where token = :token and seat = :seat", token=token, seat=seat)


def used_seats(store: Store, token: str) -> set[bytes]:
    """The seats that are used."""
    return {
        row[0]
        for row in store.all("select seat from ballot_seat where token = :token and used = 1", token=token)
    }


def numbers(store: Store, token: str) -> tuple[int, int]:
    """How many seats there are, and how many of them are used."""
    row = store.one(
        "select count(*), coalesce(sum(used), 0) from ballot_seat where token = :token", token=token
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


def tokens(store: Store) -> list[str]:
    """The rounds that have a box."""
    return [row[0] for row in store.all("select token from ballot_box order by token")]


def remove(store: Store, token: str) -> None:
    """Box, salt and seats of a round."""
    store.do("delete from ballot_box where token = :token", token=token)
    store.do("delete from ballot_seat where token = :token", token=token)


def kept(store: Store) -> tuple[Kept, ...]:
    """Every round. Seats whose box is gone are told as well: they would be the ones to ask about."""
    rows = store.all("select token, length(salt), length(sealed) from ballot_box order by token")
    orphans = store.all(
        "select distinct token, 0, 0 from ballot_seat where token not in (select token from ballot_box)"
    )
    return tuple(Kept(token, *numbers(store, token), salt, sealed) for token, salt, sealed in rows + orphans)
