"""The leaders' brief: how often it comes and to whom, what was sent, and what its readers answered.

``rhythm`` is ``off``, ``monthly`` or ``meeting`` (before each of them). A brief is kept as it was sent.
"""

from collections.abc import Collection
from datetime import datetime

from storage import actions, decisions
from storage.db import Row, Store, from_ms, to_ms
from storage.records import ActionItem, Decision, Member
from storage.values import dataclass

_COLUMNS = "forum, id, meeting, body, at"


@dataclass(frozen=True, slots=True)
class Plan:
    """How often the brief comes by itself, and when it last did."""

    rhythm: str = "off"
    briefed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A brief that was sent: its words as JSON, and the meeting that it came before, if any."""

    forum: int
    id: int
    meeting: int | None
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants the forum to put first."""

    member: int
    who: str
    words: str
    at: datetime


def _kept(row: Row | None) -> Kept | None:
    return Kept(*row[:4] + (from_ms(row[4]),)) if row else None


# --- How often, and to whom ------------------------------------------------------------------------------------


def plan_of(store: Store, forum: int) -> Plan:
    """The forum's plan; off until a coordinator chose one."""
    row = store.one("select brief, briefed_at from forum_rhythm where forum = :forum", forum=forum)
    if row is None:
        return Plan()
    return Plan(row[0], from_ms(row[1]) if row[1] is not None else None)


def set_rhythm(store: Store, forum: int, rhythm: str) -> None:
    """From now on it comes so often."""
    store.do(
        "insert into forum_rhythm (forum, brief) values (:forum, :rhythm)"
        " on conflict (forum) do update set brief = excluded.brief",
        forum=forum,
        rhythm=rhythm,
    )


def readers(store: Store, forum: int) -> list[Member]:
    """Who gets it, as far as they are in the forum still, in the order they came."""
    rows = store.all(
        "select m.forum, m.id, m.person, m.actor, m.role, m.state, p.name from brief_reader r"
        " join member m on m.forum = r.forum and m.id = r.member join person p on p.id = m.person"
        " where r.forum = :forum and m.state = 'active' order by m.id",
        forum=forum,
    )
    return [Member(*each) for each in rows]


def set_readers(store: Store, forum: int, members: Collection[int]) -> None:
    """From now on these get it, and nobody else."""
    store.do("delete from brief_reader where forum = :forum", forum=forum)
    store.run_many(
        "insert into brief_reader (forum, member) values (:forum, :member)",
        [{"forum": forum, "member": each} for each in sorted(set(members))],
    )


# --- What it tells ---------------------------------------------------------------------------------------------


def finished(store: Store, forum: int, since: datetime, *, most: int) -> tuple[list[ActionItem], int]:
    """Actions that were done since a moment: the latest ones, and how many."""
    where = (
        "from action where forum = :forum and done_at is not null and done_at >= :since and state = 'done'"
    )
    rows = store.all(
        f"select id {where} order by done_at desc, id limit :most", forum=forum, since=to_ms(since), most=most
    )
    count = store.one(f"select count(*) {where}", forum=forum, since=to_ms(since))
    found = (actions.get(store, forum, each) for (each,) in rows)
    return [each for each in found if each], int(count[0]) if count else 0


def decided(store: Store, forum: int, since: datetime, *, most: int) -> tuple[list[Decision], int]:
    """Decisions that were recorded since a moment and stand: the latest ones, and how many."""
    where = "from decision where forum = :forum and recorded_at >= :since and state = 'standing'"
    rows = store.all(
        f"select id {where} order by recorded_at desc, id desc limit :most",
        forum=forum,
        since=to_ms(since),
        most=most,
    )
    count = store.one(f"select count(*) {where}", forum=forum, since=to_ms(since))
    found = (decisions.get(store, forum, each) for (each,) in rows)
    return [each for each in found if each], int(count[0]) if count else 0


def stuck(store: Store, forum: int, *, most: int) -> list[ActionItem]:
    """Open actions that need help, those whose day comes first."""
    rows = store.all(
        "select id from action where forum = :forum and state in ('open', 'underway', 'stuck') and state = 'stuck'"
        " and coalesce(due_on, '9999') >= '' order by coalesce(due_on, '9999'), id limit :most",
        forum=forum,
        most=most,
    )
    found = (actions.get(store, forum, each) for (each,) in rows)
    return [each for each in found if each]


# --- What was sent ---------------------------------------------------------------------------------------------


def keep(store: Store, forum: int, body: str, *, meeting: int | None, now: datetime) -> int:
    """A brief goes out; its number in the forum."""
    number = store.next_number(forum, "brief")
    store.do(
        f"insert into brief ({_COLUMNS}) values (:forum, :id, :meeting, :body, :at)",
        forum=forum,
        id=number,
        meeting=meeting,
        body=body,
        at=to_ms(now),
    )
    store.do(
        "insert into forum_rhythm (forum, briefed_at) values (:forum, :at)"
        " on conflict (forum) do update set briefed_at = excluded.briefed_at",
        forum=forum,
        at=to_ms(now),
    )
    return number


def get(store: Store, forum: int, number: int) -> Kept | None:
    """A brief that was sent, by its number."""
    return _kept(
        store.one(f"select {_COLUMNS} from brief where forum = :forum and id = :id", forum=forum, id=number)
    )


def came_before(store: Store, forum: int, meeting: int) -> bool:
    """Whether a brief was sent for this meeting."""
    row = store.one(
        "select 1 from brief where forum = :forum and meeting = :meeting limit 1",
        forum=forum,
        meeting=meeting,
    )
    return row is not None


def latest(store: Store, forum: int) -> Kept | None:
    """The one that was sent last."""
    return _kept(
        store.one(f"select {_COLUMNS} from brief where forum = :forum order by id desc limit 1", forum=forum)
    )


# --- What the readers answered ---------------------------------------------------------------------------------


def answer(store: Store, forum: int, brief: int, *, member: int, words: str, now: datetime) -> None:
    """Note what a reader wants put first; a later word takes the place of an earlier one."""
    store.do(
        "insert into brief_answer (forum, brief, member, words, at) values (:forum, :brief, :member, :words, :at)"
        " on conflict (forum, brief, member) do update set words = excluded.words, at = excluded.at",
        forum=forum,
        brief=brief,
        member=member,
        words=words,
        at=to_ms(now),
    )


def answers(store: Store, forum: int, brief: int) -> list[Wish]:
    """What its readers answered, in the order it came."""
    rows = store.all(
        "select a.member, coalesce(p.name, ''), a.words, a.at from brief_answer a"
        " left join member m on m.forum = a.forum and m.id = a.member left join person p on p.id = m.person"
        " where a.forum = :forum and a.brief = :brief order by a.at, a.member",
        forum=forum,
        brief=brief,
    )
    return [Wish(*each[:3] + (from_ms(each[3]),)) for each in rows]


def merge(store: Store, forum: int, stays: int, goes: int) -> None:
    """Two members turn out to be one person: they read once, and the later answer counts."""
    store.do(
        "delete from brief_reader where forum = :forum and member = :goes and exists (select 1 from brief_reader o"
        " where o.forum = brief_reader.forum and o.member = :stays)",
        forum=forum,
        goes=goes,
        stays=stays,
    )
    store.do(
        "delete from brief_answer where forum = :forum and member in (:goes, :stays) and exists (select 1"
        " from brief_answer o where o.forum = brief_answer.forum and o.brief = brief_answer.brief"
        " and o.member in (:goes, :stays) and o.member <> brief_answer.member and (o.at > brief_answer.at"
        " or (o.at = brief_answer.at and o.member = :stays)))",
        forum=forum,
        goes=goes,
        stays=stays,
    )
    for table in ("brief_reader", "brief_answer"):
        store.do(
            f"update {table} set member = :stays where forum = :forum and member = :goes",
            forum=forum,
            goes=goes,
            stays=stays,
        )
