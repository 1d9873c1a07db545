"""Rounds in which a forum decides, and what each one answered. A round that is closed keeps its result.

``kind`` is ``consent``, ``vote``, ``advice`` or ``mandate``. ``state`` is ``open``, or how it ended: ``decided``,
``stopped`` (an objection, or a no at home), ``tied``, ``short`` (too few answered) or ``withdrawn``. ``phase`` tells
how far an open one has come: ``asking``, then ``deciding`` (the owner of a round of advice) or ``anchoring``.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from storage.db import Row, Store, day_or_none, from_ms, to_ms
from storage.values import dataclass

_ROUND = (
    "forum, id, kind, question, detail, options, quorum, per, advisers, owner, meeting, point, phase, state, deadline,"
    " review_on, reviewed_at, outcome, decision, by_member, at, closed_at, version"
)
_ANSWER = "voter, version, member, actor, answer, reason, day, at"
_WORD = "seq, kind, words, reply, member, actor, at"


@dataclass(frozen=True, slots=True)
class Round:
    """A round. ``per`` is who has a voice, ``member`` or ``actor``; ``quorum`` the share of them, in percent.

    ``advisers`` are voters by name, as in :class:`Answer`; ``outcome`` is the result as JSON, once it is closed.
    """

    forum: int
    id: int
    kind: str
    question: str
    detail: str
    options: tuple[str, ...]
    quorum: int
    per: str
    advisers: tuple[str, ...]
    owner: int
    meeting: int | None
    point: int | None
    phase: str
    state: str
    deadline: datetime
    review_on: date | None
    reviewed_at: datetime | None
    outcome: str
    decision: int | None
    by_member: int
    at: datetime
    closed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The last word of a voter (``m:7`` a member, ``a:2`` an organisation) about a version, said by ``member``."""

    voter: str
    version: int
    member: int
    actor: int | None
    answer: str
    reason: str
    day: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A ``question``, a ``reaction`` or an ``advice`` in a round, and what the owner replied."""

    seq: int
    kind: str
    words: str
    reply: str
    member: int
    actor: int | None
    at: datetime


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def _round(row: Row) -> Round:
    return Round(
        *row[:5] + (tuple(json.loads(row[5])), *row[6:8], tuple(json.loads(row[8])), *row[9:14], from_ms(row[14]))
        + (day_or_none(row[15]), _instant(row[16]), *row[17:20], from_ms(row[20]), _instant(row[21]), row[22])
    )  # fmt: skip


# --- Rounds ----------------------------------------------------------------------------------------------------


def open_round(
    store: Store, forum: int, *, kind: str, question: str, member: int, deadline: datetime, now: datetime,
    detail: str = "", options: Sequence[str] = (), quorum: int = 0, per: str = "member",
    advisers: Sequence[str] = (), meeting: int | None = None, point: int | None = None, review_on: date | None = None,
) -> int:  # fmt: skip
    """A new round; its number in the forum. Whoever opens it owns it."""
    number = store.next_number(forum, "round")
    store.do(
        "insert into decision_round (forum, id, kind, question, detail, options, quorum, per, advisers, owner, meeting,"
        " point, phase, state, deadline, review_on, by_member, at) values (:forum, :id, :kind, :question, :detail,"
        " :options, :quorum, :per, :advisers, :member, :meeting, :point, 'asking', 'open', :deadline, :review_on,"
        " :member, :at)",
        forum=forum, id=number, kind=kind, question=question, detail=detail,
        options=json.dumps(list(options), ensure_ascii=False), quorum=quorum, per=per,
        advisers=json.dumps(list(advisers)), member=member, meeting=meeting, point=point, deadline=to_ms(deadline),
        review_on=review_on.isoformat() if review_on else None, at=to_ms(now),
    )  # fmt: skip
    return number


def get(store: Store, forum: int, number: int) -> Round | None:
    """A round by its number."""
    row = store.one(
        f"select {_ROUND} from decision_round where forum = :forum and id = :id", forum=forum, id=number
    )
    return _round(row) if row else None


def open_now(store: Store, forum: int, *, most: int = 50) -> list[Round]:
    """The rounds that are going on, the one that ends first at the top."""
    rows = store.all(
        f"select {_ROUND} from decision_round where forum = :forum and state = 'open' order by deadline, id limit :most",
        forum=forum,
        most=most,
    )
    return [_round(each) for each in rows]


def of_meeting(store: Store, forum: int, meeting: int) -> list[Round]:
    """The rounds that were opened in a meeting."""
    rows = store.all(
        f"select {_ROUND} from decision_round where forum = :forum and meeting = :meeting order by id",
        forum=forum,
        meeting=meeting,
    )
    return [_round(each) for each in rows]


def amend(
    store: Store, one: Round, *, question: str, detail: str, member: int, deadline: datetime, now: datetime
) -> None:
    """Ask anew with other words; the old ones are kept as a version. A round that was stopped goes on.

    A review that would come before the new end comes as long after it as it was to come after the old one.
    """
    review_on = one.review_on
    if review_on and review_on <= deadline.date():
        review_on += deadline.date() - one.deadline.date()
    store.do(
        "insert into round_version (forum, round, version, question, detail, by_member, at)"
        " values (:forum, :round, :version, :question, :detail, :member, :at)",
        forum=one.forum, round=one.id, version=one.version, question=one.question, detail=one.detail, member=member,
        at=to_ms(now),
    )  # fmt: skip
    store.do(
        "update decision_round set question = :question, detail = :detail, version = version + 1, deadline = :deadline,"
        " review_on = :review_on, state = 'open', phase = 'asking', outcome = '', closed_at = null"
        " where forum = :forum and id = :id",
        question=question, detail=detail, deadline=to_ms(deadline), forum=one.forum, id=one.id,
        review_on=review_on.isoformat() if review_on else None,
    )  # fmt: skip


def earlier(store: Store, one: Round) -> list[tuple[int, str, str]]:
    """Number, question and detail of the versions that were replaced, oldest first."""
    rows = store.all(
        "select version, question, detail from round_version where forum = :forum and round = :round order by version",
        forum=one.forum,
        round=one.id,
    )
    return [(each[0], each[1], each[2]) for each in rows]


def move_on(store: Store, one: Round, phase: str) -> bool:
    """The round comes into its next phase; false when it is there already, or over."""
    return bool(
        store.run(
            "update decision_round set phase = :phase where forum = :forum and id = :id and state = 'open'"
            " and phase <> :phase",
            phase=phase,
            forum=one.forum,
            id=one.id,
        )
    )


def close(store: Store, one: Round, state: str, *, outcome: str, now: datetime) -> bool:
    """The round is over, with its result; false when it was already."""
    return bool(
        store.run(
            "update decision_round set state = :state, outcome = :outcome, closed_at = :now"
            " where forum = :forum and id = :id and state = 'open'",
            state=state,
            outcome=outcome,
            now=to_ms(now),
            forum=one.forum,
            id=one.id,
        )
    )


def led_to(store: Store, one: Round, decision: int) -> None:
    """The round became this decision."""
    store.do(
        "update decision_round set decision = :decision where forum = :forum and id = :id",
        decision=decision,
        forum=one.forum,
        id=one.id,
    )


def review(store: Store, one: Round, now: datetime) -> bool:
    """Somebody looked at what the decision has led to; false when somebody else had already."""
    return bool(
        store.run(
            "update decision_round set reviewed_at = :now"
            " where forum = :forum and id = :id and reviewed_at is null",
            now=to_ms(now),
            forum=one.forum,
            id=one.id,
        )
    )


def point_words(store: Store, forum: int, point: int) -> str:
    """What an agenda point says, as JSON of a text; "" when there is no such point."""
    row = store.one("select what from agenda_point where forum = :forum and id = :id", forum=forum, id=point)
    return str(row[0]) if row else ""


# --- Answers ---------------------------------------------------------------------------------------------------


def answer(
    store: Store, one: Round, *, voter: str, member: int, actor: int | None, answer: str, now: datetime,
    reason: str = "", day: date | None = None,
) -> None:  # fmt: skip
    """Note an answer to the present version; it takes the place of an earlier one by the same voter."""
    store.do(
        f"insert into round_answer (forum, round, {_ANSWER}) values (:forum, :round, :voter, :version, :member, :actor,"
        " :answer, :reason, :day, :at) on conflict (forum, round, voter, version) do update set member = excluded.member,"
        " actor = excluded.actor, answer = excluded.answer, reason = excluded.reason, day = excluded.day, at = excluded.at",
        forum=one.forum, round=one.id, voter=voter, version=one.version, member=member, actor=actor, answer=answer,
        reason=reason, day=day.isoformat() if day else "", at=to_ms(now),
    )  # fmt: skip


def answers(store: Store, one: Round) -> list[Answer]:
    """Everything that was answered, about earlier versions too, in the order it came."""
    rows = store.all(
        f"select {_ANSWER} from round_answer where forum = :forum and round = :round order by at, voter, version",
        forum=one.forum,
        round=one.id,
    )
    return [Answer(*each[:6] + (day_or_none(each[6] or None), from_ms(each[7]))) for each in rows]


def say(
    store: Store, one: Round, kind: str, words: str, *, member: int, actor: int | None, now: datetime
) -> int:
    """Note a question, a reaction or an advice; its number in the round."""
    row = store.one(
        f"insert into round_word (forum, round, {_WORD}) values (:forum, :round, (select coalesce(max(seq), 0) + 1"
        " from round_word where forum = :forum and round = :round), :kind, :words, '', :member, :actor, :at)"
        " returning seq",
        forum=one.forum, round=one.id, kind=kind, words=words, member=member, actor=actor, at=to_ms(now),
    )  # fmt: skip
    assert row is not None  # noqa: S101
    return int(row[0])


def reply(store: Store, one: Round, seq: int, words: str) -> None:
    """What the owner replied."""
    store.do(
        "update round_word set reply = :words where forum = :forum and round = :round and seq = :seq",
        words=words,
        forum=one.forum,
        round=one.id,
        seq=seq,
    )


def said(store: Store, one: Round) -> list[Said]:
    """Questions, reactions and advice, in the order they came."""
    rows = store.all(
        f"select {_WORD} from round_word where forum = :forum and round = :round order by seq",
        forum=one.forum,
        round=one.id,
    )
    return [Said(*each[:6] + (from_ms(each[6]),)) for each in rows]


# --- Two who are one -------------------------------------------------------------------------------------------


def merge(store: Store, forum: int, stays: int, goes: int) -> None:
    """Two members turn out to be one person: one voice in each round, the later word.

    What is closed stays as it was counted; only the name is the one that stays.
    """
    store.do(
        "delete from round_answer where forum = :forum and voter in (:old, :new) and exists (select 1 from round_answer o"
        " where o.forum = round_answer.forum and o.round = round_answer.round and o.version = round_answer.version"
        " and o.voter in (:old, :new) and o.voter <> round_answer.voter and (o.at > round_answer.at"
        " or (o.at = round_answer.at and o.voter = :new)))",
        forum=forum,
        old=f"m:{goes}",
        new=f"m:{stays}",
    )
    store.do(
        "update round_answer set voter = :new where forum = :forum and voter = :old",
        forum=forum,
        old=f"m:{goes}",
        new=f"m:{stays}",
    )
    rows = store.all(
        "select id, advisers from decision_round where forum = :forum and state = 'open' and advisers <> '[]'",
        forum=forum,
    )
    for number, advisers in rows:
        now_named = [f"m:{stays}" if each == f"m:{goes}" else each for each in json.loads(advisers)]
        store.do(
            "update decision_round set advisers = :advisers where forum = :forum and id = :id",
            advisers=json.dumps(list(dict.fromkeys(now_named))),
            forum=forum,
            id=number,
        )
    _merge_outcomes(store, forum, f"m:{stays}", f"m:{goes}")


def _merge_outcomes(store: Store, forum: int, new: str, old: str) -> None:
    rows = store.all(
        "select id, outcome from decision_round where forum = :forum and outcome like :named",
        forum=forum,
        named=f'%"{old}"%',
    )
    for number, outcome in rows:
        kept = json.loads(outcome)
        if kept.get("who") == old:
            kept["who"] = new
        if "choices" in kept:
            kept["choices"] = [
                [new if each == old else each for each in chosen] for chosen in kept["choices"]
            ]
        store.do(
            "update decision_round set outcome = :outcome where forum = :forum and id = :id",
            outcome=json.dumps(kept, ensure_ascii=False),
            forum=forum,
            id=number,
        )
