"""What came of decisions: whether they were carried out and gave what was wanted, and how many promises are kept.

Answers are kept one after the other and never rewritten. A ``verdict`` is ``keep``, ``change``, ``end`` or ``later``
(not carried out yet: asked again on a day). ``day`` is the follow-up day that was answered.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from storage import decisions
from storage.db import Store, day_or_none, from_ms, to_ms
from storage.records import Decision
from storage.values import dataclass

LOOKS_BACK: Final = 180
"""Days after which a decision that waits is listed no more: so the list costs the same in old forums."""
ENOUGH: Final = 10
"""Promises below which no share is told."""


@dataclass(frozen=True, slots=True)
class Promises:
    """How many promises of the whole forum came to their day, and how many of them were kept."""

    kept: int
    all: int

    @property
    def share(self) -> int | None:
        """Percent that were kept, never more than is true; ``None`` while they are so few that it would be about somebody."""
        return 100 * self.kept // self.all if self.all >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody said came of a decision. ``day`` is the follow-up day answered; ``again_on`` when it is asked again."""

    decision: int
    seq: int
    verdict: str
    day: date | None
    again_on: date | None
    by_member: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a decision has been carried out: of ``all`` actions so many are ``done``, so many ``begun``."""

    done: int
    begun: int
    all: int


_DUE: Final = (
    "from decision_version v join decision d on d.forum = v.forum and d.id = v.decision and d.version = v.version"
    " where v.forum = :forum and v.follow_up_on <= :today and d.state = 'standing'"
    " and not exists (select 1 from decision_outcome o where o.forum = d.forum and o.decision = d.id"
    " and o.day = v.follow_up_on and (o.again_on = '' or o.again_on > :today))"
    " and not exists (select 1 from decision_round r where r.forum = d.forum and r.decision = d.id"
    " and r.review_on = v.follow_up_on and r.reviewed_at is not null)"
)


_LATELY: Final = (
    " and v.decision in (select decision from decision_version where forum = :forum and follow_up_on >= :since"
    " and follow_up_on <= :today union select decision from decision_outcome where forum = :forum"
    " and again_on >= :since and again_on <= :today)"
)
"""Their day came lately, be it that of another answer."""


def due(store: Store, forum: int, today: date, *, most: int) -> list[Decision]:
    """Decisions that stand, whose follow-up day has come, and that nobody has looked back on; longest waiting first."""
    return decisions.picked(
        store,
        f"select d.id, v.follow_up_on as place {_DUE}{_LATELY} order by v.follow_up_on, d.id limit :most",
        forum=forum,
        since=(today - timedelta(days=LOOKS_BACK)).isoformat(),
        today=today.isoformat(),
        most=most,
    )


def is_due(store: Store, one: Decision, today: date) -> bool:
    """Whether one decision is among those, however long ago its day was."""
    return bool(
        store.one(
            f"select 1 {_DUE} and v.decision = :decision",
            forum=one.forum,
            decision=one.id,
            today=today.isoformat(),
        )
    )


def add(
    store: Store, one: Decision, verdict: str, *, again_on: date | None = None, member: int,
    now: datetime,
) -> Outcome:  # fmt: skip
    """Keep what somebody said came of a decision."""
    row = store.one(
        "insert into decision_outcome (forum, decision, seq, verdict, day, again_on, by_member, at)"
        " select :forum, :decision, coalesce(max(seq), 0) + 1, :verdict, :day, :again_on, :member, :at"
        " from decision_outcome where forum = :forum and decision = :decision returning seq",
        forum=one.forum,
        decision=one.id,
        verdict=verdict,
        day=one.follow_up_on.isoformat() if one.follow_up_on else "",
        again_on=again_on.isoformat() if again_on else "",
        member=member,
        at=to_ms(now),
    )
    assert row is not None  # noqa: S101 - an insert that returns gives its row
    return Outcome(one.id, row[0], verdict, one.follow_up_on, again_on, member, now)


def latest(store: Store, forum: int, decision: int) -> Outcome | None:
    """What was said last about a decision."""
    row = store.one(
        "select decision, seq, verdict, day, again_on, by_member, at from decision_outcome"
        " where forum = :forum and decision = :decision order by seq desc limit 1",
        forum=forum,
        decision=decision,
    )
    if row is None:
        return None
    return Outcome(*row[:3] + (day_or_none(row[3]), day_or_none(row[4]), row[5], from_ms(row[6])))


def progress(store: Store, forum: int, decision: int) -> Progress:
    """How many actions came out of a decision and are still wanted, and how far they are."""
    row = store.one(
        "select coalesce(sum(case when a.state = 'done' then 1 else 0 end), 0),"
        " coalesce(sum(case when a.state <> 'open' then 1 else 0 end), 0), count(*) from action a"
        " where a.forum = :forum and a.decision = :decision and a.state <> 'dropped'",
        forum=forum,
        decision=decision,
    )
    return Progress(*map(int, row)) if row else Progress(0, 0, 0)


def carried_out_before(store: Store, forum: int, decision: int) -> bool:
    """Whether another decision of the forum has been carried out, as far as its actions tell."""
    return bool(
        store.one(
            "select 1 from action a where a.forum = :forum and a.state = 'done' and a.decision is not null"
            " and a.decision <> :decision and not exists (select 1 from action o where o.forum = a.forum"
            " and o.decision = a.decision and o.state in ('open', 'underway', 'stuck')) limit 1",
            forum=forum,
            decision=decision,
        )
    )


def round_to_review(store: Store, forum: int, decision: int) -> tuple[int, date | None] | None:
    """The decision round that a decision came from and that the forum has not looked back on, and the day for it."""
    row = store.one(
        "select id, review_on from decision_round where forum = :forum and decision = :decision"
        " and review_on is not null and reviewed_at is null order by id desc limit 1",
        forum=forum,
        decision=decision,
    )
    return (int(row[0]), day_or_none(row[1])) if row else None


def promises(store: Store, forum: int, since: date, today: date) -> Promises:
    """Actions of the whole forum that were done since a day, or whose day has passed since: how many were kept.

    Kept is what was done by its day, or got a new day before the old one had passed.
    """
    row = store.one("select zone from forum where id = :forum", forum=forum)
    zone = ZoneInfo(row[0] if row else "UTC")
    begins = to_ms(datetime.combine(since, time(), zone))
    moved = (
        "exists (select 1 from action_event e where e.forum = a.forum and e.action = a.id and e.at >= :begins"
        " and e.what = '{what}')"
    )
    late, in_time = moved.format(what="new-date-late"), moved.format(what="new-date")
    done = store.all(
        f"select a.due_on, a.done_at, {late} from action a where a.forum = :forum and a.done_at >= :begins"
        " and a.state = 'done' and a.due_on is not null",
        forum=forum,
        begins=begins,
    )
    kept = sum(not moved and _day(at, zone) <= day for day, at, moved in done)
    waiting = store.one(
        "select count(*), coalesce(sum(case when a.due_on >= :today and not was_late then 1 else 0 end), 0) from ("
        f"select a.due_on, {late} as was_late, {in_time} as in_time from action a where a.forum = :forum"
        " and a.state in ('open', 'underway', 'stuck') and coalesce(a.due_on, '9999') >= :since"
        " and a.due_on is not null) a where a.due_on < :today or was_late or in_time",
        forum=forum,
        begins=begins,
        since=since.isoformat(),
        today=today.isoformat(),
    )
    assert waiting is not None  # noqa: S101 - a count always has a row
    return Promises(kept + int(waiting[1]), len(done) + int(waiting[0]))


def _day(at: int, zone: ZoneInfo) -> str:
    return from_ms(at).astimezone(zone).date().isoformat()
