"""One-time codes that tie a chat or an account, and the count of wrong guesses. Only a code's hash is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.db import Row, Store, from_ms, to_ms

_CODE = "hash, purpose, forum, place, person, expires_at, used_at, claim_place, claim_person"


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is kept. ``purpose`` is ``chat`` or ``account``; ``claim_*`` is who redeemed it, where."""

    hash: str
    purpose: str
    forum: int | None
    place: int | None
    person: int | None
    expires_at: datetime
    used: bool
    claim_place: int | None
    claim_person: int | None


def issue(
    store: Store, hashed: str, purpose: str, *, expires_at: datetime, person: int,
    forum: int | None = None, place: int | None = None,
) -> None:  # fmt: skip
    """Keep a new code."""
    store.do(
        "insert into code (hash, purpose, forum, place, person, expires_at)"
        " values (:hash, :purpose, :forum, :place, :person, :expires_at)",
        hash=hashed,
        purpose=purpose,
        forum=forum,
        place=place,
        person=person,
        expires_at=to_ms(expires_at),
    )


def find(store: Store, hashed: str) -> Code | None:
    """A code by its hash, whatever has become of it."""
    row = store.one(f"select {_CODE} from code where hash = :hash", hash=hashed)
    return _code(row) if row else None


def redeem(store: Store, hashed: str, now: datetime, *, place: int | None, person: int) -> bool:
    """Use a code up; false when somebody else was first."""
    return bool(
        store.run(
            "update code set used_at = :now, claim_place = :place, claim_person = :person"
            " where hash = :hash and used_at is null",
            now=to_ms(now),
            place=place,
            person=person,
            hash=hashed,
        )
    )


def claimed(
    store: Store, purpose: str, since: datetime, *, forum: int | None = None, place: int | None = None,
    person: int | None = None,
) -> Code | None:  # fmt: skip
    """The code last redeemed in a place, or by a person, that nobody has settled yet."""
    row = store.one(
        f"select {_CODE} from code where purpose = :purpose and used_at > :since"
        " and (cast(:forum as bigint) is null or forum = :forum) and (cast(:place as bigint) is null or claim_place = :place)"
        " and (cast(:person as bigint) is null or claim_person = :person) order by used_at desc limit 1",
        purpose=purpose,
        since=to_ms(since),
        forum=forum,
        place=place,
        person=person,
    )
    return _code(row) if row else None


def settle(store: Store, hashed: str) -> None:
    """A redeemed code has led to an answer, and is gone."""
    store.do("delete from code where hash = :hash", hash=hashed)


def forget(store: Store, before: datetime) -> None:
    """Drop codes that ended before an instant, and guesses made before it."""
    store.do("delete from code where expires_at < :before", before=to_ms(before))
    store.do("delete from guess where at < :before", before=to_ms(before))


def note_guess(store: Store, scope: str, now: datetime) -> None:
    """Count a wrong guess."""
    store.do("insert into guess (scope, at) values (:scope, :at)", scope=scope, at=to_ms(now))


def guesses(store: Store, scope: str, now: datetime, within: timedelta) -> int:
    """Wrong guesses in a scope lately; ``""`` counts them all."""
    row = store.one(
        "select count(*) from guess where at > :since and (:scope = '' or scope = :scope)",
        since=to_ms(now - within),
        scope=scope,
    )
    return int(row[0]) if row else 0


def _code(row: Row) -> Code:
    return Code(row[0], row[1], row[2], row[3], row[4], from_ms(row[5]), row[6] is not None, row[7], row[8])
