"""What reaches a person, where and when, as they wish it; the same in all their forums."""

from dataclasses import replace
from datetime import date, time

from storage.db import Store, day_or_none
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Wishes:
    """One person's wishes.

    On ``days`` (0 = Monday) between ``opens`` and ``closes`` they may be written to; ``away_until`` is the first day
    they are back. ``nudges``: whether they are reminded at all; ``mentions``: whether their name calls them in a
    channel. ``platform`` is where private messages go, "" for where they wrote last. ``digest`` is ``off``, ``daily``
    or the weekday of their own summary as a digit; ``praise`` is ``ask`` or ``private`` (never in public).
    """

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    opens: time = time(8, 0)
    closes: time = time(18, 0)
    away_until: date | None = None
    nudges: bool = True
    mentions: bool = True
    platform: str = ""
    digest: str = "off"
    praise: str = "ask"


KIND = Wishes()
"""What holds for somebody who never said anything: kind to a person with two minutes."""


def wishes_of(store: Store, person: int) -> Wishes:
    """What a person wishes."""
    row = store.one(
        "select days, opens, closes, away_until, nudges, mentions, platform, digest, praise from wish"
        " where person = :person",
        person=person,
    )
    if row is None:
        return KIND
    days = tuple(int(each) for each in row[0].split(",") if each)
    opens, closes = time.fromisoformat(row[1]), time.fromisoformat(row[2])
    return Wishes(days, opens, closes, day_or_none(row[3]), bool(row[4]), bool(row[5]), *row[6:9])


def keep(store: Store, person: int, one: Wishes) -> None:
    """From now on a person wishes this."""
    store.do(
        "insert into wish (person, days, opens, closes, away_until, nudges, mentions, platform, digest, praise)"
        " values (:person, :days, :opens, :closes, :away_until, :nudges, :mentions, :platform, :digest, :praise)"
        " on conflict (person) do update set days = excluded.days, opens = excluded.opens, closes = excluded.closes,"
        " away_until = excluded.away_until, nudges = excluded.nudges, mentions = excluded.mentions,"
        " platform = excluded.platform, digest = excluded.digest, praise = excluded.praise",
        person=person,
        days=",".join(map(str, one.days)),
        opens=one.opens.isoformat("minutes"),
        closes=one.closes.isoformat("minutes"),
        away_until=one.away_until.isoformat() if one.away_until else "",
        nudges=int(one.nudges),
        mentions=int(one.mentions),
        platform=one.platform,
        digest=one.digest,
        praise=one.praise,
    )


def want_no_mention(store: Store, people: frozenset[int]) -> frozenset[int]:
    """Those among some people whose name is not to call them."""
    return frozenset(each for each in people if not wishes_of(store, each).mentions)


def merge(store: Store, stays: int, goes: int) -> None:
    """Two people turn out to be one: what the one that stays wished counts, and whatever is the quieter of the two."""
    mine, theirs = wishes_of(store, stays), wishes_of(store, goes)
    if theirs != KIND:
        chosen = mine if mine != KIND else theirs
        away = max((each.away_until for each in (mine, theirs) if each.away_until), default=None)
        private = "private" if "private" in (mine.praise, theirs.praise) else "ask"
        quiet = (mine.nudges and theirs.nudges, mine.mentions and theirs.mentions)
        keep(
            store, stays, replace(chosen, away_until=away, praise=private, nudges=quiet[0], mentions=quiet[1])
        )
    store.do("delete from wish where person = :goes", goes=goes)
