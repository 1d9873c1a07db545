"""What a forum's digest tells: what waits for whom, what was decided and done, what comes next.

Everything is asked for by the forum and a span of time, through an index, and no more than is shown: an old forum's
digest costs what a young one's does. ``Rhythm`` is when a forum wants its digest, and how far it has been told.
"""

from datetime import date, datetime, time
from typing import Final, Generic, TypeVar

from storage.db import Row, Store, from_ms, to_ms
from storage.values import dataclass

T = TypeVar("T")
SCANNED: Final = 40
"""So many of the latest finished actions are looked at for what was done together."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a forum wants its digest: ``weekly`` or ``off``, a weekday (0 = Monday) and a time on its clock.

    ``told_until`` is where the next one begins; ``None`` when none has been sent.
    """

    digest: str = "weekly"
    weekday: int = 0
    at: time = time(8, 30)
    told_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open action with its day. ``actor`` is the name of its organisation, or its owner's; "" where it has none.

    ``has_owner`` tells whether some member has it.
    """

    id: int
    what: str
    due_on: date
    actor: str
    has_owner: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was finished, and the organisations that had a hand in it."""

    id: int
    what: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of the time that is told of."""

    id: int
    label: str
    what: str


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first of several things, and how many there are in all."""

    items: tuple[T, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of several at once, until a moment.

    ``kind`` is ``round`` (a decision round), ``advice`` (one that asks some alone), ``minutes`` (to be approved by
    ``actors``), ``pulse`` (open), ``result`` (of a pulse: ``answered`` of ``invited``), or ``meeting`` (the next one;
    ``ends_at`` and ``venue`` are its own).
    """

    kind: str
    id: int
    words: str
    at: datetime
    venue: str = ""
    ends_at: datetime | None = None
    zone: str = ""
    answered: int = 0
    invited: int = 0
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """What was done and decided in one month."""

    first: date
    done: int
    decided: int


# --- When ------------------------------------------------------------------------------------------------------


def rhythm_of(store: Store, forum: int) -> Rhythm:
    """When the forum wants its digest; every Monday at half past eight until somebody says otherwise."""
    row = store.one(
        "select digest, weekday, at, told_until from forum_rhythm where forum = :forum", forum=forum
    )
    if row is None:
        return Rhythm()
    told = from_ms(row[3]) if row[3] is not None else None
    return Rhythm(row[0], row[1], time.fromisoformat(row[2]), told)


def set_rhythm(store: Store, forum: int, one: Rhythm) -> None:
    """From now on the digest comes then."""
    store.do(
        "insert into forum_rhythm (forum, digest, weekday, at) values (:forum, :digest, :weekday, :at)"
        " on conflict (forum) do update set digest = excluded.digest, weekday = excluded.weekday, at = excluded.at",
        forum=forum,
        digest=one.digest,
        weekday=one.weekday,
        at=one.at.isoformat("minutes"),
    )


def told(store: Store, forum: int, until: datetime) -> None:
    """All that happened before this moment has been told; the next digest begins there."""
    store.do(
        "insert into forum_rhythm (forum, told_until) values (:forum, :until)"
        " on conflict (forum) do update set told_until = excluded.told_until",
        forum=forum,
        until=to_ms(until),
    )


# --- What waits ------------------------------------------------------------------------------------------------


def actions_until(
    store: Store, forum: int, today: date, horizon: date, *, recently: date, most: int
) -> tuple[Some[Waiting], Some[Waiting], int]:
    """Open actions whose day has passed, and those due from today until a day: of each the first ones, and how many.

    No organisation crowds out the others: the first of each come before the second of any. What should have been done
    before ``recently`` is only counted, by the third.
    """
    rows = store.all(
        "select s.id, s.what, s.due_on, coalesce(o.name, ''), s.late, s.many, s.owner from ("
        "select t.*, count(*) over (partition by t.late) as many,"
        " row_number() over (partition by t.late order by t.turn, t.due_on, t.id) as place from ("
        "select a.id, a.what, a.due_on, a.actor, a.owner,"
        " case when a.due_on < :recently then 2 when a.due_on < :today then 1 else 0 end as late,"
        " row_number() over (partition by"
        " case when a.due_on < :recently then 2 when a.due_on < :today then 1 else 0 end, a.actor"
        " order by a.due_on, a.id) as turn"
        " from action a where a.forum = :forum and a.state in ('open', 'underway', 'stuck')"
        " and coalesce(a.due_on, '9999') <= :horizon) t) s"
        " left join member m on m.forum = :forum and m.id = s.owner"
        " left join actor o on o.forum = :forum and o.id = coalesce(s.actor, m.actor)"
        " where s.place <= :most"
        " order by s.late desc, coalesce(o.name, '~'), s.due_on, s.id",
        forum=forum,
        today=today.isoformat(),
        recently=recently.isoformat(),
        horizon=horizon.isoformat(),
        most=most,
    )
    due, late, long_late = (_waiting([each for each in rows if each[4] == kind]) for kind in (0, 1, 2))
    return late, due, long_late.count


def _waiting(rows: list[Row]) -> Some[Waiting]:
    items = tuple(
        Waiting(each[0], each[1], date.fromisoformat(each[2]), each[3], each[6] is not None) for each in rows
    )
    return Some(items, rows[0][5] if rows else 0)


_ASKED: Final = (
    "select case when r.advisers = '[]' then 'round' else 'advice' end as kind, r.id, r.question as words,"
    " r.deadline as at, '' as venue, 0 as ends_at, '' as zone, 0 as answered, 0 as invited, '' as actor"
    " from decision_round r"
    " where r.forum = :forum and r.state = 'open' and r.phase = 'asking' and r.deadline > :until"
    " union all select 'minutes', m.meeting, w.number || '/' || w.year, m.due_at, '', 0, '', 0, 0, o.name"
    " from meeting w cross join meeting_minutes m"
    " join minutes_answer u on u.forum = m.forum and u.meeting = m.meeting and u.answer = ''"
    " join actor o on o.forum = u.forum and o.id = u.actor"
    " where w.forum = :forum and w.begins_at >= :lately and w.state = 'closed'"
    " and m.forum = w.forum and m.meeting = w.id and m.state = 'asking'"
    " union all select 'pulse', p.id, '', p.closes_at, '', 0, '', 0, 0, '' from pulse_round p"
    " where p.forum = :forum and p.state = 'open' and p.publishes_at >= :until and p.closes_at > :until"
    " union all select 'result', p.id, '', p.publishes_at, '', 0, '', p.answered, p.invited, '' from pulse_round p"
    " where p.forum = :forum and p.state = 'published' and p.publishes_at >= :since and p.publishes_at < :until"
    " union all select * from (select 'meeting' as kind, m.id, m.title, m.begins_at, m.venue, m.ends_at, m.zone,"
    " 0 as answered, 0 as invited, '' as actor from meeting m where m.forum = :forum and m.state = 'planned'"
    " and m.begins_at >= :until order by m.begins_at, m.id limit 1) n"
)


def asked(store: Store, forum: int, since: datetime, until: datetime, lately: datetime) -> list[Asked]:
    """Rounds and minutes that wait for answers, the pulse, and the next meeting; the soonest first."""
    rows = store.all(
        f"select * from ({_ASKED}) q order by at, kind, id, actor",
        forum=forum,
        since=to_ms(since),
        until=to_ms(until),
        lately=to_ms(lately),
    )
    found: dict[tuple[str, int], Asked] = {}
    for kind, number, words, at, venue, ends_at, zone, answered, invited, actor in rows:
        before = found.get((kind, number))
        actors = (*(before.actors if before else ()), *((actor,) if actor else ()))
        ends = from_ms(ends_at) if ends_at else None
        found[kind, number] = Asked(
            kind, number, words, from_ms(at), venue, ends, zone, answered, invited, actors
        )
    return list(found.values())


# --- What happened ---------------------------------------------------------------------------------------------


def decided(
    store: Store, forum: int, since: datetime, until: datetime, *, most: int, newest: bool = False
) -> Some[Ruling]:
    """Decisions recorded in between that still stand, oldest or ``newest`` first."""
    way = "desc" if newest else "asc"
    rows = store.all(
        "select d.id, d.number, d.year, v.what, d.many from (select d.*, count(*) over () as many from decision d"
        " where d.forum = :forum and d.recorded_at >= :since and d.recorded_at < :until and d.state = 'standing'"
        f" order by d.recorded_at {way}, d.id {way} limit :most) d join decision_version v on v.forum = d.forum"
        f" and v.decision = d.id and v.version = d.version order by d.recorded_at {way}, d.id {way}",
        forum=forum,
        since=to_ms(since),
        until=to_ms(until),
        most=most,
    )
    items = tuple(Ruling(each[0], f"{each[1]}/{each[2]}", each[3]) for each in rows)
    return Some(items, rows[0][4] if rows else 0)


def done(store: Store, forum: int, since: datetime, until: datetime) -> Some[Done]:
    """The latest actions finished in between, and how many in all; those that several organisations had a hand in first.

    A coordinator who answers for others lends them no hand, nor does whoever only hands an action over.
    """
    rows = store.all(
        "select d.id, d.what, d.many, coalesce(o.name, '') from (select a.id, a.what, a.actor, a.owner, a.done_at,"
        " count(*) over () as many from action a where a.forum = :forum and a.state = 'done'"
        " and a.done_at >= :since and a.done_at < :until order by a.done_at desc, a.id limit :scanned) d"
        " left join actor o on o.forum = :forum and (o.id = d.actor or exists (select 1 from action_event e"
        " join member m on m.forum = e.forum and m.id = e.by_member where e.forum = :forum and e.action = d.id"
        " and e.what in ('underway', 'stuck', 'done', 'new-date', 'new-date-late')"
        " and (m.role <> 'coordinator' or m.id = d.owner) and m.actor = o.id)) order by d.done_at, d.id, o.id",
        forum=forum,
        since=to_ms(since),
        until=to_ms(until),
        scanned=SCANNED,
    )
    found: dict[int, Done] = {}
    for number, what, _, name in rows:
        known = found.get(number, Done(number, what, ()))
        found[number] = Done(number, what, (*known.actors, name) if name else known.actors)
    together = sorted(found.values(), key=lambda each: not each.actors[1:])
    return Some(tuple(together), rows[0][2] if rows else 0)


def months(store: Store, forum: int, begins: list[tuple[date, datetime]], until: datetime) -> list[Month]:
    """What was done and decided in each of these months, the last of them until a moment; none from before the forum.

    What was brought along from before it began counts: then the months begin with that.
    """
    edges = [to_ms(at) for _, at in begins] + [to_ms(until)]
    rows = store.all(
        "select kind, at from (select 1 as kind, done_at as at from action where forum = :forum and done_at >= :first"
        " and done_at < :last and state = 'done' union all select 0, recorded_at from decision where forum = :forum"
        " and recorded_at >= :first and recorded_at < :last and state <> 'undone'"
        " union all select 2, created_at from forum where id = :forum) q",
        forum=forum,
        first=edges[0],
        last=edges[-1],
    )
    counts = [[0, 0, 0] for _ in begins]
    places = [sum(edge <= at for edge in edges[1:-1]) for _, at in rows]
    for place, (kind, _) in zip(places, rows, strict=True):
        counts[place][kind] += 1
    shown = [
        Month(first, done, decided) for (first, _), (decided, done, _) in zip(begins, counts, strict=True)
    ]
    return shown[min(places, default=0) :]
