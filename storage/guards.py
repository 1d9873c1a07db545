"""What a forum may drift into: nobody has it, everything hangs on one, somebody is silent, no meeting, no follow-up.

Only what is open or lately done is looked at, so a question costs the same in an old forum. A ``hint`` remembers what
the coordinators were told of; one that is settled is as it should be, they say.
"""

from datetime import date, datetime

from storage import actions, decisions, forums
from storage.db import Store, from_ms, to_ms
from storage.records import ActionItem, Actor, Decision
from storage.values import dataclass

_OPEN = "a.state in ('open', 'underway', 'stuck') and coalesce(a.due_on, '9999') >= ''"
"""Leads to the index of open actions, as in :mod:`storage.actions`."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that was given: its kind, what it was about, and on which day."""

    kind: str
    subject: int
    told_on: date
    settled: bool


# --- What was told ---------------------------------------------------------------------------------------------


def hints(store: Store, forum: int) -> list[Hint]:
    """Every hint that was given, the latest last."""
    rows = store.all(
        "select kind, subject, told_on, settled from hint where forum = :forum order by told_on, kind, subject",
        forum=forum,
    )
    return [Hint(each[0], each[1], date.fromisoformat(each[2]), bool(each[3])) for each in rows]


def told(store: Store, forum: int, kind: str, subject: int, today: date) -> None:
    """The coordinators hear of it today."""
    store.do(
        "insert into hint (forum, kind, subject, told_on) values (:forum, :kind, :subject, :today)"
        " on conflict (forum, kind, subject) do update set told_on = excluded.told_on",
        forum=forum,
        kind=kind,
        subject=subject,
        today=today.isoformat(),
    )
    store.do(
        "insert into forum_rhythm (forum, hinted_on) values (:forum, :today)"
        " on conflict (forum) do update set hinted_on = excluded.hinted_on",
        forum=forum,
        today=today.isoformat(),
    )


def hinted_on(store: Store, forum: int) -> date | None:
    """The day of the last hint."""
    row = store.one("select hinted_on from forum_rhythm where forum = :forum", forum=forum)
    return date.fromisoformat(row[0]) if row and row[0] else None


def settle(store: Store, forum: int, kind: str, subject: int) -> bool:
    """It is as it should be; false when somebody said so before, or nobody was told of it."""
    return bool(
        store.run(
            "update hint set settled = 1 where forum = :forum and kind = :kind and subject = :subject and settled = 0",
            forum=forum,
            kind=kind,
            subject=subject,
        )
    )


def forget(store: Store, forum: int, kind: str, subject: int) -> None:
    """What was told of it counts no more."""
    store.do(
        "delete from hint where forum = :forum and kind = :kind and subject = :subject",
        forum=forum,
        kind=kind,
        subject=subject,
    )


# --- What to tell ----------------------------------------------------------------------------------------------


_NOBODYS = (
    "a.owner is null and a.at <= :before and (a.actor is null or not exists (select 1 from member m"
    " where m.forum = a.forum and m.actor = a.actor and m.state = 'active'))"
)


def ownerless(store: Store, forum: int, before: datetime, *, most: int) -> list[ActionItem]:
    """Open actions from before a moment that nobody has: no person, and no organisation that somebody speaks for."""
    rows = store.all(
        f"select a.id from action a where a.forum = :forum and {_OPEN} and {_NOBODYS}"
        " order by coalesce(a.due_on, '9999'), a.id limit :most",
        forum=forum,
        before=to_ms(before),
        most=most,
    )
    found = (actions.get(store, forum, each) for (each,) in rows)
    return [each for each in found if each]


def count_at_risk(store: Store, forum: int, before: datetime, today: date) -> int:
    """How many open actions are stuck, have passed their day, or have been nobody's since before a moment."""
    row = store.one(
        f"select count(*) from action a where a.forum = :forum and {_OPEN}"
        f" and (a.state = 'stuck' or a.due_on < :today or ({_NOBODYS}))",
        forum=forum,
        before=to_ms(before),
        today=today.isoformat(),
    )
    return int(row[0]) if row else 0


def loads(store: Store, forum: int) -> list[tuple[int, int]]:
    """How many open actions each member has, the most first: member and number. For rules, never to be shown."""
    rows = store.all(
        f"select a.owner, count(*) from action a where a.forum = :forum and {_OPEN} and a.owner is not null"
        " group by a.owner order by 2 desc, 1",
        forum=forum,
    )
    return [(each[0], each[1]) for each in rows]


def furthest(store: Store, forum: int, member: int) -> ActionItem | None:
    """Of a member's open actions the one that is easiest to pass on: not begun, and with most time left."""
    row = store.one(
        f"select a.id from action a where a.forum = :forum and a.owner = :member and {_OPEN}"
        " order by case when a.state = 'open' then 0 else 1 end, coalesce(a.due_on, '9999') desc, a.id desc limit 1",
        forum=forum,
        member=member,
    )
    return actions.get(store, forum, row[0]) if row else None


def unfollowed(store: Store, forum: int, since: datetime, before: datetime, *, most: int) -> list[Decision]:
    """Standing decisions recorded between two moments that have no day of follow-up, no action, and no outcome."""
    rows = store.all(
        "select d.id from decision d join decision_version v on v.forum = d.forum and v.decision = d.id"
        " and v.version = d.version where d.forum = :forum and d.recorded_at >= :since and d.recorded_at <= :before"
        " and d.state = 'standing' and v.follow_up_on is null"
        " and not exists (select 1 from action a where a.forum = d.forum and a.decision = d.id and a.state <> 'dropped')"
        " and not exists (select 1 from decision_outcome o where o.forum = d.forum and o.decision = d.id)"
        " order by d.recorded_at desc, d.id desc limit :most",
        forum=forum,
        since=to_ms(since),
        before=to_ms(before),
        most=most,
    )
    found = (decisions.get(store, forum, each) for (each,) in rows)
    return [each for each in found if each]


def last_met(store: Store, forum: int) -> tuple[int, datetime]:
    """The last meeting that took place and when it ended; 0 and when the forum began where there was none."""
    row = store.one(
        "select id, closed_at from meeting where forum = :forum and state = 'closed'"
        " order by begins_at desc, id desc limit 1",
        forum=forum,
    )
    return (int(row[0]), from_ms(row[1])) if row else (0, forums.founded_at(store, forum))


_SIGNS = (
    (
        "select e.by_member from action a join action_event e on e.forum = a.forum and e.action = a.id"
        f" where a.forum = :forum and {_OPEN} and e.at >= :since"
    ),
    (
        "select e.by_member from action a join action_event e on e.forum = a.forum and e.action = a.id"
        " where a.forum = :forum and a.done_at is not null and a.done_at >= :since and e.at >= :since"
    ),
    "select recorded_by from decision where forum = :forum and recorded_at >= :since",
    (
        "select t.member from meeting m join attendance t on t.forum = m.forum and t.meeting = m.id"
        " where m.forum = :forum and m.begins_at >= :since and (t.present = 1 or t.answer <> '')"
    ),
    (
        "select n.by_member from meeting m join meeting_note n on n.forum = m.forum and n.meeting = m.id"
        " where m.forum = :forum and m.begins_at >= :since"
    ),
    (
        "select t.member from decision_round r join round_answer t on t.forum = r.forum and t.round = r.id"
        " where r.forum = :forum and (r.state = 'open' or r.closed_at >= :since) and t.at >= :since"
    ),
    (
        "select t.member from decision_round r join round_word t on t.forum = r.forum and t.round = r.id"
        " where r.forum = :forum and (r.state = 'open' or r.closed_at >= :since) and t.at >= :since"
    ),
    (
        "select t.member from meeting m join minutes_answer t on t.forum = m.forum and t.meeting = m.id"
        " where m.forum = :forum and m.begins_at >= :since and t.member is not null"
    ),
    "select by_member from agenda_point where forum = :forum and state = 'proposed' and at >= :since",
    "select by_member from win where forum = :forum and at >= :since",
    "select by_member from decision_outcome where forum = :forum and at >= :since",
    "select member from brief_answer where forum = :forum and at >= :since",
    "select id from member where forum = :forum and joined_at >= :since",
)
"""Where somebody's hand shows. The pulse is none of them: who answered there is nobody's business."""


def silent(store: Store, forum: int, since: datetime) -> list[Actor]:
    """Organisations that somebody speaks for, and none of whose members has shown a sign since a moment."""
    heard = " union all ".join(_SIGNS)
    rows = store.all(
        "select c.forum, c.id, c.name, c.sector, c.level from actor c where c.forum = :forum"
        " and exists (select 1 from member m where m.forum = c.forum and m.actor = c.id and m.state = 'active')"
        f" and c.id not in (select m.actor from member m join ({heard}) s on s.by_member = m.id"
        " where m.forum = :forum and m.actor is not null)"
        " order by c.id",
        forum=forum,
        since=to_ms(since),
    )
    return [Actor(*each) for each in rows]
