"""Decisions in versions. A change adds a version; nothing is ever rewritten, and a number is never used twice."""

from datetime import date, datetime

from storage import decision_words
from storage.db import Param, Row, Store, day_or_none, from_ms, to_ms
from storage.records import Decision, Member
from storage.values import dataclass

_COLUMNS = (
    "d.forum, d.id, d.year, d.number, v.version, v.state, v.what, v.why, v.process, v.actors, v.objections,"
    " v.owner, v.follow_up_on, v.reason, v.by_member, coalesce(p.name, ''), v.at, d.recorded_at, d.recorded_by,"
    " d.link, d.replaced_by"
)
_FROM = (
    " from decision d join decision_version v on v.forum = d.forum and v.decision = d.id and v.version = {version}"
    " left join member m on m.forum = v.forum and m.id = v.by_member left join person p on p.id = m.person"
)
_PRESENT = "select " + _COLUMNS + _FROM.format(version="d.version")
_AFTER_ALL = 0xFFFFFFFF
"""Higher than any number of a decision in its forum."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version of a decision says."""

    what: str
    why: str = ""
    process: str = "meeting"
    actors: tuple[int, ...] = ()
    objections: str = ""
    owner: int | None = None
    follow_up_on: date | None = None


def _decision(row: Row) -> Decision:
    actors = tuple(int(each) for each in row[9].split(",") if each)
    instants = (from_ms(row[16]), from_ms(row[17]))
    return Decision(*row[:9] + (actors, *row[10:12], day_or_none(row[12]), *row[13:16]) + instants + row[18:])


def record(
    store: Store, forum: int, wording: Wording, *, year: int, by: Member, now: datetime, link: str = ""
) -> Decision:
    """Record a new decision, numbered within the year."""
    # No decision is ever deleted, so the highest number and one is free.
    row = store.one(
        "insert into decision (forum, id, year, number, version, state, recorded_at, recorded_by, link)"
        " values (:forum, (select coalesce(max(id), 0) + 1 from decision where forum = :forum), :year,"
        " (select coalesce(max(number), 0) + 1 from decision where forum = :forum and year = :year),"
        " 1, 'standing', :at, :member, :link) returning id, number",
        forum=forum,
        year=year,
        at=to_ms(now),
        member=by.id,
        link=link,
    )
    assert row is not None  # noqa: S101
    decision, number = row
    decision_words.file(store, forum, decision, _said(wording))
    _add_version(store, forum, decision, 1, wording, state="standing", reason="", member=by.id, now=now)
    return Decision(
        forum, decision, year, number, 1, "standing", wording.what, wording.why, wording.process, wording.actors,
        wording.objections, wording.owner, wording.follow_up_on, "", by.id, by.name, now, now, by.id, link, None,
    )  # fmt: skip


def amend(
    store: Store,
    old: Decision,
    wording: Wording,
    *,
    reason: str,
    member: int,
    now: datetime,
    state: str = "standing",
) -> None:
    """Add a version that says something else, or stands differently."""
    version = old.version + 1
    _add_version(
        store, old.forum, old.id, version, wording, state=state, reason=reason, member=member, now=now
    )
    decision_words.file(store, old.forum, old.id, _said(wording), again=True)
    store.do(
        "update decision set version = :version, state = :state where forum = :forum and id = :id",
        version=version,
        state=state,
        forum=old.forum,
        id=old.id,
    )


def wording_of(decision: Decision) -> Wording:
    """What a decision says now, to be changed in part."""
    return Wording(
        decision.what, decision.why, decision.process, decision.actors, decision.objections, decision.owner,
        decision.follow_up_on,
    )  # fmt: skip


def withdraw(store: Store, old: Decision, *, reason: str, member: int, now: datetime) -> None:
    """End a decision's life without erasing it."""
    amend(store, old, wording_of(old), reason=reason, member=member, now=now, state="withdrawn")


def replace_with(store: Store, old: Decision, new: int, *, reason: str, member: int, now: datetime) -> None:
    """Say that another decision took this one's place."""
    amend(store, old, wording_of(old), reason=reason, member=member, now=now, state="replaced")
    store.do(
        "update decision set replaced_by = :new where forum = :forum and id = :id",
        new=new,
        forum=old.forum,
        id=old.id,
    )


def get(store: Store, forum: int, decision: int) -> Decision | None:
    """A decision in its present version."""
    row = store.one(_PRESENT + " where d.forum = :forum and d.id = :id", forum=forum, id=decision)
    return _decision(row) if row else None


def by_number(store: Store, forum: int, number: int, year: int) -> Decision | None:
    """§ number/year."""
    row = store.one(
        _PRESENT + " where d.forum = :forum and d.number = :number and d.year = :year",
        forum=forum,
        number=number,
        year=year,
    )
    return _decision(row) if row else None


def versions(store: Store, forum: int, decision: int) -> list[Decision]:
    """Every version, oldest first."""
    rows = store.all(
        "select " + _COLUMNS + _FROM.format(version="v.version")
        + " where d.forum = :forum and d.id = :id order by v.version",
        forum=forum,
        id=decision,
    )  # fmt: skip
    return [_decision(each) for each in rows]


def latest(store: Store, forum: int, *, before: int | None = None, most: int = 5) -> list[Decision]:
    """The newest decisions; a further page begins ``before`` an id."""
    # The bound on versions says nothing new, but without it PostgreSQL goes through all that are newer than the page.
    rows = store.all(
        _PRESENT
        + " where d.forum = :forum and d.id < :before and v.decision < :before order by d.id desc limit :most",
        forum=forum,
        before=before or _AFTER_ALL,
        most=most,
    )
    return [_decision(each) for each in rows]


def count(store: Store, forum: int) -> int:
    """How many decisions a forum has made; what was undone was none."""
    row = store.one("select count(*) from decision where forum = :forum and state <> 'undone'", forum=forum)
    return int(row[0]) if row else 0


def owned_by(store: Store, forum: int, member: int, *, since: date, most: int = 5) -> list[Decision]:
    """Decisions that stand and whose follow-up from a day on is the member's and not answered yet, soonest first."""
    rows = store.all(
        _PRESENT + " where d.forum = :forum and v.state = 'standing' and v.owner = :member"
        " and v.follow_up_on >= :since and not exists (select 1 from decision_outcome o where o.forum = d.forum"
        " and o.decision = d.id and o.day = v.follow_up_on and o.again_on = '')"
        " order by v.follow_up_on, d.id limit :most",
        forum=forum,
        member=member,
        since=since.isoformat(),
        most=most,
    )
    return [_decision(each) for each in rows]


def find(store: Store, forum: int, said: str, *, before: int | None = None, most: int = 5) -> list[Decision]:
    """Decisions that hold every word said, in any inflection, newest first; nothing when nothing was said."""
    found = decision_words.looked_for(store, forum, said, most=most)
    if not found:
        return []
    hits, query = found
    rows = store.all(
        f"with hit as materialized ({hits}) {_PRESENT}"
        " join hit on hit.id = d.id where d.forum = :forum order by d.id desc",
        query=query,
        forum=forum,
        before=before or _AFTER_ALL,
    )
    return [_decision(each) for each in rows]


def picked(store: Store, hits: str, *, forum: int, **values: Param) -> list[Decision]:
    """The decisions whose ``id`` a statement picks, in the order of its ``place``."""
    rows = store.all(
        f"with hit as materialized ({hits}) {_PRESENT}"
        " join hit on hit.id = d.id where d.forum = :forum order by hit.place, d.id",
        forum=forum,
        **values,
    )
    return [_decision(each) for each in rows]


def _add_version(
    store: Store, forum: int, decision: int, version: int, wording: Wording, *,
    state: str, reason: str, member: int, now: datetime,
) -> None:  # fmt: skip
    day = wording.follow_up_on
    store.do(
        "insert into decision_version (forum, decision, version, what, why, process, actors, objections, owner,"
        " follow_up_on, state, reason, by_member, at) values (:forum, :decision, :version, :what, :why, :process,"
        " :actors, :objections, :owner, :follow_up_on, :state, :reason, :member, :at)",
        forum=forum,
        decision=decision,
        version=version,
        what=wording.what,
        why=wording.why,
        process=wording.process,
        actors=",".join(map(str, wording.actors)),
        objections=wording.objections,
        owner=wording.owner,
        follow_up_on=day.isoformat() if day else None,
        state=state,
        reason=reason,
        member=member,
        at=to_ms(now),
    )


def _said(wording: Wording) -> str:
    return f"{wording.what} {wording.why} {wording.objections}"
