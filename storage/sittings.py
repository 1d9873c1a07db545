"""What happens while a meeting is open: who is here, who has spoken, whose turn it is, and what was noted.

Times and points of the meeting itself lie in ``storage/meetings.py``. ``turn`` of the check-in is a place in the queue
for whoever waits, -1 for one who has had it, -2 for one who was passed over, 0 for one who takes no part.
"""

from collections.abc import Iterable
from datetime import datetime

from storage.db import Store, from_ms, to_ms
from storage.meetings import Meeting
from storage.values import dataclass

HAD, PASSED = -1, -2
"""Turns that are over."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member at a meeting."""

    member: int
    present: bool
    heard: bool
    turn: int
    substitute: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something noted under a point, or between points."""

    seq: int
    point: int | None
    what: str
    by_member: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision, an action or a round that fell under a point, or between points."""

    kind: str
    record: int
    point: int | None


# --- Who is here -----------------------------------------------------------------------------------------------


def seats(store: Store, meeting: Meeting) -> dict[int, Seat]:
    """Everybody who is here, was here or answered that they would be, by member."""
    rows = store.all(
        "select member, present, heard, turn, substitute from attendance"
        " where forum = :forum and meeting = :meeting order by member",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return {each[0]: Seat(each[0], bool(each[1]), bool(each[2]), each[3], each[4]) for each in rows}


def tick(store: Store, meeting: Meeting, member: int, *, present: bool = True) -> bool:
    """Somebody is here, or is not after all; false when that was known."""
    store.do(
        "insert into attendance (forum, meeting, member) values (:forum, :meeting, :member) on conflict do nothing",
        forum=meeting.forum,
        meeting=meeting.id,
        member=member,
    )
    return bool(
        store.run(
            "update attendance set present = :present"
            " where forum = :forum and meeting = :meeting and member = :member and present <> :present",
            present=int(present),
            forum=meeting.forum,
            meeting=meeting.id,
            member=member,
        )
    )


def come(store: Store, meeting: Meeting, member: int) -> bool:
    """Somebody says that they are here themselves, whoever was to come instead; false when that was known."""
    new = tick(store, meeting, member)
    alone = store.run(
        "update attendance set substitute = '', answer = 'yes'"
        " where forum = :forum and meeting = :meeting and member = :member and substitute <> ''",
        forum=meeting.forum,
        meeting=meeting.id,
        member=member,
    )
    return new or bool(alone)


def hear(store: Store, meeting: Meeting, members: Iterable[int]) -> None:
    """They have had their say."""
    store.run_many(
        "insert into attendance (forum, meeting, member, heard) values (:forum, :meeting, :member, 1)"
        " on conflict (forum, meeting, member) do update set heard = 1",
        [{"forum": meeting.forum, "meeting": meeting.id, "member": each} for each in members],
    )


def heard(store: Store, meeting: Meeting) -> set[int]:
    """Members who have had their say: ticked, or they noted, proposed, decided or took on something here."""
    at = "forum = :forum and meeting = :meeting"
    rows = store.all(
        f"select member from attendance where {at} and heard = 1"
        f" union select by_member from meeting_note where {at} and by_member is not null"
        " union select a.by_member from meeting_record r join action a on a.forum = r.forum and a.id = r.record"
        " where r.forum = :forum and r.meeting = :meeting and r.kind = 'action'"
        " union select d.recorded_by from meeting_record r join decision d on d.forum = r.forum and d.id = r.record"
        " where r.forum = :forum and r.meeting = :meeting and r.kind = 'decision'",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return {each[0] for each in rows}


# --- The check-in ----------------------------------------------------------------------------------------------


def ask_all(store: Store, meeting: Meeting, question: str) -> None:
    """One question to everybody who is here, each in turn; "" ends it."""
    store.do(
        "update meeting set check_in = :question where forum = :forum and id = :id",
        question=question,
        forum=meeting.forum,
        id=meeting.id,
    )
    store.do(
        "update attendance set turn = case when :asks = 1 and present = 1 then member else 0 end"
        " where forum = :forum and meeting = :id",
        asks=int(bool(question)),
        forum=meeting.forum,
        id=meeting.id,
    )


def take_turn(store: Store, meeting: Meeting, member: int, turn: int) -> None:
    """Somebody's turn is over (``HAD``, ``PASSED``), or they have come to stand in the queue."""
    store.do(
        "update attendance set turn = :turn where forum = :forum and meeting = :meeting and member = :member",
        turn=turn,
        forum=meeting.forum,
        meeting=meeting.id,
        member=member,
    )


# --- What was said ---------------------------------------------------------------------------------------------


def note(store: Store, meeting: Meeting, what: str, *, member: int | None, now: datetime) -> int:
    """Note something under the point being discussed; its number in the meeting."""
    row = store.one(
        "insert into meeting_note (forum, meeting, seq, point, what, by_member, at)"
        " select :forum, :meeting, coalesce(max(seq), 0) + 1, cast(:point as bigint), :what,"
        " cast(:member as bigint), :at from meeting_note where forum = :forum and meeting = :meeting returning seq",
        forum=meeting.forum,
        meeting=meeting.id,
        point=meeting.point,
        what=what,
        member=member,
        at=to_ms(now),
    )
    assert row is not None  # noqa: S101 - an insert that returns gives its row
    return int(row[0])


def mend(store: Store, meeting: Meeting, seq: int, what: str) -> None:
    """A note reads like this, or with no words is taken out; as long as the meeting is open."""
    store.do(
        "update meeting_note set what = :what where forum = :forum and meeting = :meeting and seq = :seq"
        if what
        else "delete from meeting_note where forum = :forum and meeting = :meeting and seq = :seq",
        **({"what": what} if what else {}),
        forum=meeting.forum,
        meeting=meeting.id,
        seq=seq,
    )


def notes(store: Store, meeting: Meeting) -> list[Note]:
    """All that was noted, in the order it was."""
    rows = store.all(
        "select seq, point, what, by_member, at from meeting_note where forum = :forum and meeting = :meeting order by seq",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return [Note(*each[:4] + (from_ms(each[4]),)) for each in rows]


def kept(store: Store, meeting: Meeting) -> list[Kept]:
    """All that was recorded while it was open."""
    rows = store.all(
        "select kind, record, point from meeting_record where forum = :forum and meeting = :meeting order by kind, record",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return [Kept(*each) for each in rows]


def is_empty(store: Store, meeting: Meeting) -> bool:
    """Whether nothing came of it so far: no note, no record, no point dealt with."""
    return not store.one(
        "select 1 from meeting_note where forum = :forum and meeting = :meeting"
        " union all select 1 from meeting_record where forum = :forum and meeting = :meeting"
        " union all select 1 from agenda_point where forum = :forum and meeting = :meeting and state = 'done'",
        forum=meeting.forum,
        meeting=meeting.id,
    )


def last_sign_of_life(store: Store, meeting: Meeting) -> datetime:
    """When something last happened: it opened, a point was taken up, something was noted or recorded."""
    row = store.one(
        "select max(at) from (select opened_at as at from meeting where forum = :forum and id = :meeting"
        " union all select point_at from meeting where forum = :forum and id = :meeting"
        " union all select max(at) from meeting_note where forum = :forum and meeting = :meeting"
        " union all select max(a.at) from meeting_record r join action a on a.forum = r.forum and a.id = r.record"
        " where r.forum = :forum and r.meeting = :meeting and r.kind = 'action'"
        " union all select max(d.recorded_at) from meeting_record r join decision d on d.forum = r.forum"
        " and d.id = r.record where r.forum = :forum and r.meeting = :meeting and r.kind = 'decision') as signs",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return from_ms(row[0]) if row and row[0] is not None else meeting.begins_at


# --- Running it ------------------------------------------------------------------------------------------------


def set_chair(store: Store, meeting: Meeting, member: int) -> None:
    """Somebody else leads it from now on."""
    store.do(
        "update meeting set chair = :member where forum = :forum and id = :id",
        member=member,
        forum=meeting.forum,
        id=meeting.id,
    )


def undo(store: Store, meeting: Meeting) -> bool:
    """It was never opened: its number is free again; false when it is not open.

    One that was planned is planned still; one out of the blue, which has no length, is gone.
    """
    spontaneous = meeting.begins_at == meeting.ends_at
    undone = store.run(
        "update meeting set state = :state, chair = null, check_in = '', point = null, point_at = null,"
        " opened_at = null, year = null, number = null where forum = :forum and id = :id and state = 'open'",
        state="undone" if spontaneous else "planned",
        forum=meeting.forum,
        id=meeting.id,
    )
    if undone:
        store.do(
            "update attendance set present = 0, heard = 0, turn = 0 where forum = :forum and meeting = :id",
            forum=meeting.forum,
            id=meeting.id,
        )
    return bool(undone)
