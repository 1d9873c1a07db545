"""Approval of minutes: what was sent out, what each organisation answered, and what froze.

From the moment minutes are sent out they are a text of their own: what happens to decisions and actions afterwards
does not change them, only an accepted proposal does. Once approved nothing does; later words are kept beside them.
"""

import json
from dataclasses import replace
from datetime import datetime

from storage import forums
from storage.db import Store, from_ms, to_ms
from storage.meetings import Meeting
from storage.minutes import (
    Addition,
    Confirmation,
    Minutes,
    fingerprint,
    minutes_from_json,
    minutes_to_json,
)
from storage.minutes_draft import draft
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What an organisation answered: ``confirmed``, ``differs``, or "" as long as it has not."""

    actor: int
    answer: str
    member: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Word:
    """A proposed change (``change``: "", ``accepted`` or ``refused``) or an ``objection``. ``decision`` 0 is the whole."""

    seq: int
    kind: str
    actor: int
    member: int
    decision: int
    words: str
    state: str
    late: bool
    at: datetime


# --- The minutes themselves ------------------------------------------------------------------------------------


def minutes_of(store: Store, meeting: Meeting) -> Minutes:
    """The minutes as they stand: still being written, out for approval, or frozen."""
    row = store.one(
        "select state, body, fingerprint, due_at from meeting_minutes where forum = :forum and meeting = :meeting",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    if row is None:
        return draft(store, meeting)
    state, body, known, due_at = row
    kept = minutes_from_json(json.loads(body))
    if state == "approved":
        return replace(kept, fingerprint=known, late=_additions(store, meeting, kept, late=True))
    return replace(
        kept,
        due_at=from_ms(due_at),
        confirmations=_confirmations(store, meeting),
        additions=_additions(store, meeting, kept, late=False),
    )


def begin(store: Store, meeting: Meeting, actors: list[int], *, due_at: datetime) -> bool:
    """The minutes go out to these organisations; false when they had."""
    body = json.dumps(minutes_to_json(replace(draft(store, meeting), state="asking")), ensure_ascii=False)
    new = store.run(
        "insert into meeting_minutes (forum, meeting, state, body, due_at)"
        " values (:forum, :meeting, 'asking', :body, :due_at) on conflict do nothing",
        forum=meeting.forum,
        meeting=meeting.id,
        body=body,
        due_at=to_ms(due_at),
    )
    if new:
        store.run_many(
            "insert into minutes_answer (forum, meeting, actor) values (:forum, :meeting, :actor)",
            [{"forum": meeting.forum, "meeting": meeting.id, "actor": each} for each in actors],
        )
    return bool(new)


def wait_until(store: Store, meeting: Meeting, due_at: datetime) -> None:
    """They may be answered for until then."""
    store.do(
        "update meeting_minutes set due_at = :due_at where forum = :forum and meeting = :meeting and state = 'asking'",
        due_at=to_ms(due_at),
        forum=meeting.forum,
        meeting=meeting.id,
    )


def reword(store: Store, meeting: Meeting, decision: int, words: str) -> None:
    """An accepted proposal: the decision reads like this in the minutes that are out."""
    known = minutes_of(store, meeting)
    items = tuple(
        replace(
            item,
            rulings=tuple(
                replace(each, what=words) if each.id == decision else each for each in item.rulings
            ),
        )
        for item in known.items
    )
    _keep(store, meeting, replace(known, items=items, due_at=None, confirmations=(), additions=()))


def freeze(store: Store, meeting: Meeting, now: datetime) -> Minutes | None:
    """From now on they never change; ``None`` when they were frozen already, or never went out."""
    known = minutes_of(store, meeting)
    if known.state != "asking":
        return None
    frozen = replace(known, state="approved", approved_at=now)
    frozen = replace(frozen, fingerprint=fingerprint(frozen))
    _keep(store, meeting, replace(frozen, fingerprint="", late=()))
    store.do(
        "update meeting_minutes set state = 'approved', fingerprint = :fingerprint, approved_at = :now"
        " where forum = :forum and meeting = :meeting and state = 'asking'",
        fingerprint=frozen.fingerprint,
        now=to_ms(now),
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return frozen


def _keep(store: Store, meeting: Meeting, minutes: Minutes) -> None:
    store.do(
        "update meeting_minutes set body = :body where forum = :forum and meeting = :meeting and state = 'asking'",
        body=json.dumps(minutes_to_json(minutes), ensure_ascii=False),
        forum=meeting.forum,
        meeting=meeting.id,
    )


# --- What organisations answered -------------------------------------------------------------------------------


def answers(store: Store, meeting: Meeting) -> list[Answer]:
    """Of every organisation that was asked, in the order of their names."""
    rows = store.all(
        "select q.actor, q.answer, q.member, q.at from minutes_answer q"
        " join actor a on a.forum = q.forum and a.id = q.actor"
        " where q.forum = :forum and q.meeting = :meeting order by lower(a.name), a.id",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return [Answer(*each[:3] + (from_ms(each[3]) if each[3] is not None else None,)) for each in rows]


def answer(
    store: Store, meeting: Meeting, actor: int, said: str, *, member: int | None, now: datetime
) -> None:
    """What the organisation says now; "" when it is asked again."""
    store.do(
        "update minutes_answer set answer = :said, member = :member, at = :at"
        " where forum = :forum and meeting = :meeting and actor = :actor",
        said=said,
        member=member,
        at=to_ms(now) if said else None,
        forum=meeting.forum,
        meeting=meeting.id,
        actor=actor,
    )


def say(
    store: Store, meeting: Meeting, kind: str, *, actor: int, member: int, decision: int, words: str, late: bool,
    now: datetime,
) -> int:  # fmt: skip
    """A proposed change or an objection; its number among the meeting's words."""
    row = store.one(
        "insert into minutes_word (forum, meeting, seq, kind, actor, member, decision, words, late, at) values"
        " (:forum, :meeting, (select coalesce(max(seq), 0) + 1 from minutes_word where forum = :forum"
        " and meeting = :meeting), :kind, :actor, :member, :decision, :words, :late, :at) returning seq",
        forum=meeting.forum,
        meeting=meeting.id,
        kind=kind,
        actor=actor,
        member=member,
        decision=decision,
        words=words,
        late=int(late),
        at=to_ms(now),
    )
    assert row is not None  # noqa: S101
    number: int = row[0]
    return number


def words(store: Store, meeting: Meeting) -> list[Word]:
    """All that was sent in, in its order."""
    rows = store.all(
        "select seq, kind, actor, member, decision, words, state, late, at from minutes_word"
        " where forum = :forum and meeting = :meeting order by seq",
        forum=meeting.forum,
        meeting=meeting.id,
    )
    return [Word(*each[:7] + (bool(each[7]), from_ms(each[8]))) for each in rows]


def settle(store: Store, meeting: Meeting, seq: int, *, accepted: bool) -> bool:
    """What became of a proposed change; false when that was known."""
    return bool(
        store.run(
            "update minutes_word set state = :state"
            " where forum = :forum and meeting = :meeting and seq = :seq and kind = 'change' and state = ''",
            state="accepted" if accepted else "refused",
            forum=meeting.forum,
            meeting=meeting.id,
            seq=seq,
        )
    )


# --- As the minutes tell it ------------------------------------------------------------------------------------


def _confirmations(store: Store, meeting: Meeting) -> tuple[Confirmation, ...]:
    actors, members = _names(store, meeting)
    return tuple(
        Confirmation(actors.get(each.actor, ""), each.answer, members.get(each.member or 0, ""), each.at)
        for each in answers(store, meeting)
    )


def _additions(store: Store, meeting: Meeting, minutes: Minutes, *, late: bool) -> tuple[Addition, ...]:
    """Objections, and proposals that nobody decided on."""
    actors, members = _names(store, meeting)
    labels = {each.id: each.label for each in minutes.rulings}
    return tuple(
        Addition(
            each.kind,
            actors.get(each.actor, ""),
            members.get(each.member, ""),
            labels.get(each.decision, ""),
            each.words,
            each.at,
        )
        for each in words(store, meeting)
        if each.late == late and not each.state
    )


def _names(store: Store, meeting: Meeting) -> tuple[dict[int, str], dict[int, str]]:
    actors = {each.id: each.name for each in forums.actors(store, meeting.forum)}
    members = {each.id: each.name for each in forums.ever_members(store, meeting.forum)}
    return actors, members
