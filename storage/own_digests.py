"""What one member's own summary tells of one forum.

What waits for them and for their organisation, what they were thanked for, and what was decided while they were
away.
"""

import json
from datetime import date, datetime

from storage import actions, digests, meetings, wins
from storage.db import Store, from_ms, to_ms
from storage.digests import Ruling, Some
from storage.meetings import Meeting
from storage.records import ActionItem, Forum, Member
from storage.values import dataclass
from storage.wins import Win


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A decision round or minutes that wait for an answer. ``words`` are the question, or the number of the minutes."""

    id: int
    words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """One forum as it concerns one member."""

    forum: Forum
    actions: tuple[ActionItem, ...]
    rounds: tuple[Unanswered, ...]
    minutes: tuple[Unanswered, ...]
    thanks: tuple[Win, ...]
    meeting: Meeting | None
    decided: Some[Ruling] = Some()


def mine(
    store: Store,
    forum: Forum,
    member: Member,
    *,
    since: datetime,
    until: datetime,
    horizon: date,
    most: int,
    news: bool,
) -> Mine:
    """What concerns the member: their actions due until a day, what waits for their organisation, thanks in between.

    With ``news`` also what the forum decided in between, the latest first.
    """
    own = actions.of_member(store, forum.id, member.id, most=most)
    coming = meetings.coming(store, forum.id, until, most=1)
    return Mine(
        forum,
        tuple(each for each in own if each.due_on and each.due_on <= horizon),
        rounds_for(store, member, until),
        minutes_for(store, member),
        tuple(
            wins.thanks_to(
                store,
                forum.id,
                member=member.id,
                actor=member.actor or 0,
                since=since,
                until=until,
                most=most,
            )
        ),
        coming[0] if coming else None,
        digests.decided(store, forum.id, since, until, most=most, newest=True) if news else Some(),
    )


def rounds_for(store: Store, one: Member, now: datetime) -> tuple[Unanswered, ...]:
    """Open rounds that neither the member nor, where one voice is the organisation's, anybody there has answered."""
    rows = store.all(
        "select r.id, r.question, r.deadline, r.advisers, r.per from decision_round r where r.forum = :forum"
        " and r.state = 'open' and r.deadline > :now and r.owner <> :member and not exists (select 1"
        " from round_answer a where a.forum = r.forum and a.round = r.id and a.version = r.version"
        " and a.voter in (:own, :shared)) order by r.deadline, r.id",
        forum=one.forum,
        now=to_ms(now),
        member=one.id,
        own=f"m:{one.id}",
        shared=f"a:{one.actor}",
    )
    voices = {f"m:{one.id}", f"a:{one.actor}"}
    return tuple(
        Unanswered(each[0], each[1], from_ms(each[2]))
        for each in rows
        if (voices.intersection(json.loads(each[3])) if each[3] != "[]" else each[4] == "member" or one.actor)
    )


def minutes_for(store: Store, one: Member) -> tuple[Unanswered, ...]:
    """Minutes that wait for the member's organisation to approve them."""
    rows = store.all(
        "select w.id, w.number, w.year, m.due_at from minutes_answer u join meeting_minutes m on m.forum = u.forum"
        " and m.meeting = u.meeting join meeting w on w.forum = u.forum and w.id = u.meeting"
        " where u.forum = :forum and u.actor = :actor and u.answer = '' and m.state = 'asking' order by m.due_at, w.id",
        forum=one.forum,
        actor=one.actor,
    )
    return tuple(Unanswered(each[0], f"{each[1]}/{each[2]}", from_ms(each[3])) for each in rows)
