"""Who comes to a meeting: what each member answered, and who comes instead. Who was there is kept beside it.

``answer`` is ``yes``, ``no`` or ``substitute``; "" for somebody who has not answered.
"""

from storage.db import Store
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One member's answer; ``substitute`` is the name of whoever comes instead."""

    member: int
    answer: str
    substitute: str


def answers(store: Store, forum: int, meeting: int) -> list[Answer]:
    """Every answer of those who are members now."""
    rows = store.all(
        "select a.member, a.answer, a.substitute from attendance a"
        " join member m on m.forum = a.forum and m.id = a.member"
        " where a.forum = :forum and a.meeting = :meeting and a.answer <> '' and m.state = 'active' order by a.member",
        forum=forum,
        meeting=meeting,
    )
    return [Answer(*each) for each in rows]


def say(store: Store, forum: int, meeting: int, member: int, answer: str, substitute: str = "") -> None:
    """What a member says now; what they said before is gone."""
    store.do(
        "insert into attendance (forum, meeting, member, answer, substitute)"
        " values (:forum, :meeting, :member, :answer, :substitute) on conflict (forum, meeting, member)"
        " do update set answer = excluded.answer, substitute = excluded.substitute",
        forum=forum,
        meeting=meeting,
        member=member,
        answer=answer,
        substitute=substitute,
    )


def merge(store: Store, forum: int, stays: int, goes: int) -> None:
    """Two members turn out to be one: here if either was, heard if either was, and the older one's answer counts."""
    theirs = (
        "(select {} from attendance o where o.forum = attendance.forum and o.meeting = attendance.meeting"
    )
    theirs += " and o.member = :goes)"
    store.do(
        f"update attendance set present = case when {theirs.format('present')} = 1 then 1 else present end,"
        f" heard = case when {theirs.format('heard')} = 1 then 1 else heard end,"
        f" turn = case when turn = 0 then {theirs.format('turn')} else turn end,"
        f" substitute = case when answer = '' then {theirs.format('substitute')} else substitute end,"
        f" answer = case when answer = '' then {theirs.format('answer')} else answer end"
        f" where forum = :forum and member = :stays and {theirs.format('1')} = 1",
        forum=forum,
        stays=stays,
        goes=goes,
    )
    store.do(
        "delete from attendance where forum = :forum and member = :goes and exists (select 1 from attendance o"
        " where o.forum = attendance.forum and o.meeting = attendance.meeting and o.member = :stays)",
        forum=forum,
        stays=stays,
        goes=goes,
    )
    store.do(
        "update attendance set member = :stays where forum = :forum and member = :goes",
        forum=forum,
        stays=stays,
        goes=goes,
    )
