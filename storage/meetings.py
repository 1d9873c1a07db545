"""Meetings and the cycles they come from. A meeting keeps its id however often it is moved; nothing is deleted.

``state`` of a meeting is ``planned``, ``open``, ``closed``, ``cancelled`` or ``undone`` (opened by mistake, and empty);
``asked`` while whoever plans one on a public holiday has not said that this is meant.
A meeting of a cycle remembers the day the rule gave (``occurs_on``), so that one that was moved is not planned twice.
"""

from datetime import date, datetime

from storage.db import Row, Store, day_or_none, from_ms, to_ms
from storage.values import dataclass

_COLUMNS = (
    "forum, id, cycle, occurs_on, title, begins_at, ends_at, zone, venue, sequence, state, chair, check_in, point,"
    " point_at, opened_at, closed_at, year, number, by_member"
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. ``point`` is the agenda point being discussed, since ``point_at``; ``year`` and ``number`` name its minutes."""

    forum: int
    id: int
    cycle: int | None
    occurs_on: date | None
    title: str
    begins_at: datetime
    ends_at: datetime
    zone: str
    venue: str
    sequence: int
    state: str
    chair: int | None
    check_in: str
    point: int | None
    point_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    year: int | None
    number: int | None
    by_member: int | None

    @property
    def label(self) -> str:
        """How people name its minutes: 3/2026; "" until it was opened."""
        return f"{self.number}/{self.year}" if self.number else ""


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_ms(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _meeting(row: Row) -> Meeting:
    spans = (from_ms(row[5]), from_ms(row[6]))
    marks = (_instant(row[14]), _instant(row[15]), _instant(row[16]))
    return Meeting(*row[:3] + (day_or_none(row[3]), row[4]) + spans + row[7:14] + marks + row[17:])


def plan(
    store: Store, forum: int, *, title: str, begins_at: datetime, ends_at: datetime, zone: str, venue: str = "",
    cycle: int | None = None, occurs_on: date | None = None, member: int | None,
) -> int:  # fmt: skip
    """A new meeting; its number in the forum."""
    number = store.next_number(forum, "meeting")
    store.do(
        "insert into meeting (forum, id, cycle, occurs_on, title, begins_at, ends_at, zone, venue, by_member)"
        " values (:forum, :id, :cycle, :occurs_on, :title, :begins_at, :ends_at, :zone, :venue, :member)",
        forum=forum, id=number, cycle=cycle, occurs_on=_iso(occurs_on), title=title,
        begins_at=to_ms(begins_at), ends_at=to_ms(ends_at), zone=zone, venue=venue, member=member,
    )  # fmt: skip
    return number


def get(store: Store, forum: int, meeting: int) -> Meeting | None:
    """A meeting by its number."""
    row = store.one(
        f"select {_COLUMNS} from meeting where forum = :forum and id = :id", forum=forum, id=meeting
    )
    return _meeting(row) if row else None


def open_now(store: Store, forum: int) -> Meeting | None:
    """The meeting that is going on; a forum has one at most."""
    row = store.one(
        f"select {_COLUMNS} from meeting where forum = :forum and state = 'open' limit 1", forum=forum
    )
    return _meeting(row) if row else None


def coming(store: Store, forum: int, after: datetime, *, most: int = 20) -> list[Meeting]:
    """Planned meetings that end after an instant, the next one first."""
    rows = store.all(
        f"select {_COLUMNS} from meeting where forum = :forum and state = 'planned' and ends_at > :after"
        " order by begins_at, id limit :most",
        forum=forum,
        after=to_ms(after),
        most=most,
    )
    return [_meeting(each) for each in rows]


def of_cycle(store: Store, forum: int, cycle: int, since: date = date.min) -> list[Meeting]:
    """Every meeting that came of a cycle, whatever became of it, in the order of the days that its rule gave."""
    rows = store.all(
        f"select {_COLUMNS} from meeting where forum = :forum and cycle = :cycle and occurs_on >= :since order by occurs_on",
        forum=forum,
        cycle=cycle,
        since=since.isoformat(),
    )
    return [_meeting(each) for each in rows]


def since(store: Store, forum: int, after: datetime, *, most: int = 1000) -> list[Meeting]:
    """Every meeting that ends after an instant, whatever became of it: what a calendar shows."""
    rows = store.all(
        f"select {_COLUMNS} from meeting where forum = :forum and ends_at > :after order by begins_at, id limit :most",
        forum=forum,
        after=to_ms(after),
        most=most,
    )
    return [_meeting(each) for each in rows]


def settle(store: Store, meeting: Meeting, *, planned: bool) -> bool:
    """A meeting that was asked about (``asked``) is planned after all, or never was; false when that is known already."""
    return bool(
        store.run(
            "update meeting set state = :state where forum = :forum and id = :id and state = 'asked'",
            state="planned" if planned else "undone",
            forum=meeting.forum,
            id=meeting.id,
        )
    )


def ask(store: Store, forum: int, meeting: int) -> None:
    """Nobody knows of the meeting before whoever planned it has said yes."""
    store.do(
        "update meeting set state = 'asked' where forum = :forum and id = :id and state = 'planned'",
        forum=forum,
        id=meeting,
    )


def move(
    store: Store, meeting: Meeting, *, begins_at: datetime, ends_at: datetime, venue: str, title: str = "",
    occurs_on: date | None = None,
) -> bool:  # fmt: skip
    """The same meeting at another time or place; false when it is not planned any more, or somebody was faster."""
    return bool(
        store.run(
            "update meeting set begins_at = :begins_at, ends_at = :ends_at, venue = :venue, title = :title,"
            " occurs_on = :occurs_on, sequence = sequence + 1"
            " where forum = :forum and id = :id and state = 'planned' and sequence = :sequence",
            begins_at=to_ms(begins_at),
            ends_at=to_ms(ends_at),
            venue=venue,
            title=title or meeting.title,
            occurs_on=_iso(occurs_on or meeting.occurs_on),
            forum=meeting.forum,
            id=meeting.id,
            sequence=meeting.sequence,
        )
    )


def cancel(store: Store, meeting: Meeting) -> bool:
    """There will be no meeting; false when it is not planned any more."""
    return bool(
        store.run(
            "update meeting set state = 'cancelled', sequence = sequence + 1"
            " where forum = :forum and id = :id and state = 'planned'",
            forum=meeting.forum,
            id=meeting.id,
        )
    )


def begin(store: Store, meeting: Meeting, *, chair: int, year: int, now: datetime) -> bool:
    """Open it, numbered within the year; false when it is not planned any more, or another one is open.

    An empty meeting that is undone gives its number back, for it is the highest.
    """
    return bool(
        store.run(
            "update meeting set state = 'open', chair = :chair, opened_at = :now, year = :year, number ="
            " (select coalesce(max(number), 0) + 1 from meeting where forum = :forum and year = :year)"
            " where forum = :forum and id = :id and state = 'planned'"
            " and not exists (select 1 from meeting where forum = :forum and state = 'open')",
            forum=meeting.forum,
            id=meeting.id,
            chair=chair,
            year=year,
            now=to_ms(now),
        )
    )


def take_up(store: Store, meeting: Meeting, point: int | None, now: datetime) -> None:
    """This point is being discussed from now on; ``None`` between points."""
    store.do(
        "update meeting set point = :point, point_at = :now where forum = :forum and id = :id",
        forum=meeting.forum,
        id=meeting.id,
        point=point,
        now=to_ms(now),
    )


def close(store: Store, meeting: Meeting, now: datetime) -> bool:
    """The meeting is over; false when it was not open."""
    return bool(
        store.run(
            "update meeting set state = 'closed', closed_at = :now, point = null, point_at = null"
            " where forum = :forum and id = :id and state = 'open'",
            forum=meeting.forum,
            id=meeting.id,
            now=to_ms(now),
        )
    )


def is_in_minutes(store: Store, forum: int, kind: str, record: int) -> bool:
    """Whether something was recorded at a meeting that is over, so that its minutes tell of it."""
    row = store.one(
        "select 1 from meeting_record r join meeting m on m.forum = r.forum and m.id = r.meeting"
        " where r.forum = :forum and r.kind = :kind and r.record = :record and m.state = 'closed'",
        forum=forum,
        kind=kind,
        record=record,
    )
    return row is not None


def belongs(store: Store, forum: int, kind: str, record: int) -> bool:
    """A decision, an action or a round that comes up while a meeting is open falls under the point being discussed.

    False when no meeting is open.
    """
    return bool(
        store.run(
            "insert into meeting_record (forum, kind, record, meeting, point)"
            " select forum, :kind, :record, id, point from meeting where forum = :forum and state = 'open'"
            " on conflict do nothing",
            forum=forum,
            kind=kind,
            record=record,
        )
    )
