"""The pulse as everybody may see it: rounds, what was shown of them, the rhythm, and a forum's own questions.

Nothing of any person is kept here: who may vote, who has, and what they chose lie in the ballot box until the round
closes (``storage/ballots.py``), and nowhere afterwards. What is shown of a question is frozen once it is published.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from storage.db import Row, Store, from_ms, to_ms
from storage.values import dataclass

STEP: Final = "pulse"
"""The step of the schema that all of this came with."""
_COLUMNS: Final = (
    "forum, id, token, questions, state, opened_by, opens_at, reminds_at, closes_at, publishes_at,"
    " invited, organisations, answered, answered_organisations, led_to"
)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of questions. ``state`` is ``open``, ``counted``, ``published``, or ``void`` when nothing came of it.

    ``token`` names its ballots; ``questions`` are keys of the bank (``D3.1``) or of the forum (``own:2.1``).
    ``invited`` and ``organisations`` are those of the opening, ``answered`` and ``answered_organisations`` those who
    took part, 0 until it is counted. ``led_to`` is one line, "" until somebody writes it.
    """

    forum: int
    id: int
    token: str
    questions: tuple[str, ...]
    state: str
    opened_by: int
    opens_at: datetime
    reminds_at: datetime
    closes_at: datetime
    publishes_at: datetime
    invited: int
    organisations: int
    answered: int
    answered_organisations: int
    led_to: str


@dataclass(frozen=True, slots=True)
class Times:
    """When a round opens, reminds, closes and is published."""

    opens_at: datetime
    reminds_at: datetime
    closes_at: datetime
    publishes_at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """A question in one of its rounds; ``shown`` is what everybody saw of it, as JSON."""

    round: int
    closed_at: datetime
    invited: int
    answered: int
    shown: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a forum asks: ``turn`` counts the rounds that the rhythm has opened, ``next_at`` is when it will."""

    rhythm: str
    turn: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A forum's own question in its newest wording."""

    id: int
    version: int
    text: str
    retired: bool

    @property
    def key(self) -> str:
        """Its name in a round: another wording is another question."""
        return f"own:{self.id}.{self.version}"


def _round(row: Row) -> Round:
    times = tuple(from_ms(each) for each in row[6:10])
    return Round(*row[:3] + (tuple(json.loads(row[3])),) + row[4:6] + times + row[10:])


# --- Rounds ----------------------------------------------------------------------------------------------------


def open_round(
    store: Store, forum: int, *, token: str, questions: Sequence[str], member: int, times: Times,
    invited: int, organisations: int,
) -> int:  # fmt: skip
    """A new round; its number in the forum."""
    number = store.next_number(forum, "pulse-round")
    store.do(
        "insert into pulse_round (forum, id, token, questions, state, opened_by, opens_at, reminds_at, closes_at,"
        " publishes_at, invited, organisations) values (:forum, :id, :token, :questions, 'open', :member, :opens,"
        " :reminds, :closes, :publishes, :invited, :organisations)",
        forum=forum,
        id=number,
        token=token,
        questions=json.dumps(list(questions)),
        member=member,
        opens=to_ms(times.opens_at),
        reminds=to_ms(times.reminds_at),
        closes=to_ms(times.closes_at),
        publishes=to_ms(times.publishes_at),
        invited=invited,
        organisations=organisations,
    )
    return number


def get(store: Store, forum: int, number: int) -> Round | None:
    """A round by its number."""
    row = store.one(
        f"select {_COLUMNS} from pulse_round where forum = :forum and id = :id", forum=forum, id=number
    )
    return _round(row) if row else None


def latest(store: Store, forum: int) -> Round | None:
    """The newest round, whatever its state."""
    row = store.one(
        f"select {_COLUMNS} from pulse_round where forum = :forum order by id desc limit 1", forum=forum
    )
    return _round(row) if row else None


def rounds(store: Store, forum: int) -> list[Round]:
    """Every round, newest first."""
    rows = store.all(f"select {_COLUMNS} from pulse_round where forum = :forum order by id desc", forum=forum)
    return [_round(each) for each in rows]


def every_round(store: Store) -> list[Round]:
    """All rounds of all forums: for whoever has to answer for what is kept."""
    return [_round(each) for each in store.all(f"select {_COLUMNS} from pulse_round order by forum, id")]


def open_tokens(store: Store) -> list[str]:
    """The ballots that somebody may still vote in, in all forums."""
    return [each[0] for each in store.all("select token from pulse_round where state = 'open'")]


def shared_seats(store: Store, keep: int, other: int) -> list[tuple[str, int, int]]:
    """The open rounds in which both persons are members: the ballots, and which member each of them is."""
    rows = store.all(
        "select r.token, a.id, b.id from member a join member b on b.forum = a.forum"
        " join pulse_round r on r.forum = a.forum"
        " where a.person = :keep and b.person = :other and r.state = 'open' order by r.forum",
        keep=keep,
        other=other,
    )
    return [(each[0], each[1], each[2]) for each in rows]


def count_round(
    store: Store, forum: int, number: int, *, answered: int, organisations: int, shown: Mapping[str, str]
) -> bool:
    """Keep what will be shown of each question, as JSON; false when the round is not open, and nothing changes."""
    counted = store.run(
        "update pulse_round set state = 'counted', answered = :answered, answered_organisations = :organisations"
        " where forum = :forum and id = :id and state = 'open'",
        answered=answered,
        organisations=organisations,
        forum=forum,
        id=number,
    )
    if counted:
        store.run_many(
            "insert into pulse_result (forum, round, question, shown) values (:forum, :round, :question, :shown)",
            [
                {"forum": forum, "round": number, "question": question, "shown": each}
                for question, each in shown.items()
            ],
        )
    return bool(counted)


def publish(store: Store, forum: int, number: int) -> bool:
    """The result is shown; false when it was before, or there is none."""
    return _moved(store, forum, number, "counted", "published")


def void(store: Store, forum: int, number: int) -> bool:
    """The round ends without a result; false when it is not open."""
    return _moved(store, forum, number, "open", "void")


def _moved(store: Store, forum: int, number: int, before: str, after: str) -> bool:
    return bool(
        store.run(
            "update pulse_round set state = :after where forum = :forum and id = :id and state = :before",
            after=after,
            forum=forum,
            id=number,
            before=before,
        )
    )


def set_led_to(store: Store, forum: int, number: int, line: str) -> None:
    """What the round led to, in one line."""
    store.do(
        "update pulse_round set led_to = :line where forum = :forum and id = :id",
        line=line,
        forum=forum,
        id=number,
    )


# --- What was shown --------------------------------------------------------------------------------------------


def results_of(store: Store, forum: int, number: int) -> dict[str, str]:
    """What is shown of each question, as JSON, in the order they were asked; empty until the round is counted."""
    found = get(store, forum, number)
    rows = store.all(
        "select question, shown from pulse_result where forum = :forum and round = :round",
        forum=forum,
        round=number,
    )
    shown = {each[0]: each[1] for each in rows}
    return {each: shown[each] for each in (found.questions if found else ()) if each in shown}


def history_of(store: Store, forum: int, question: str) -> list[Measured]:
    """Every published round of exactly this question, oldest first. Another version is another question."""
    rows = store.all(
        "select r.id, r.closes_at, r.invited, r.answered, s.shown from pulse_result s"
        " join pulse_round r on r.forum = s.forum and r.id = s.round"
        " where s.forum = :forum and s.question = :question and r.state = 'published' order by r.id",
        forum=forum,
        question=question,
    )
    return [Measured(each[0], from_ms(each[1]), *each[2:]) for each in rows]


# --- The rhythm ------------------------------------------------------------------------------------------------


def set_rhythm(store: Store, forum: int, *, rhythm: str, turn: int, next_at: datetime | None) -> None:
    """How often the forum asks from now on; ``next_at`` is ``None`` while it asks by hand only."""
    store.do(
        "insert into pulse_rhythm (forum, rhythm, turn, next_at) values (:forum, :rhythm, :turn, :next_at)"
        " on conflict (forum) do update set rhythm = excluded.rhythm, turn = excluded.turn,"
        " next_at = excluded.next_at",
        forum=forum,
        rhythm=rhythm,
        turn=turn,
        next_at=to_ms(next_at) if next_at else None,
    )


def rhythm(store: Store, forum: int) -> Rhythm | None:
    """The forum's rhythm; ``None`` until one was set."""
    row = store.one("select rhythm, turn, next_at from pulse_rhythm where forum = :forum", forum=forum)
    return Rhythm(row[0], row[1], from_ms(row[2]) if row[2] is not None else None) if row else None


# --- A forum's own questions -----------------------------------------------------------------------------------


def add_own(store: Store, forum: int, text: str) -> OwnQuestion:
    """A question of the forum's own."""
    number = store.next_number(forum, "pulse-question")
    return _worded(store, forum, number, 1, text)


def reword_own(store: Store, forum: int, number: int, text: str) -> OwnQuestion | None:
    """Another wording of the forum's own question: a new version. ``None`` when there is no such question."""
    row = store.one(
        "select max(version) from pulse_question where forum = :forum and id = :id", forum=forum, id=number
    )
    return _worded(store, forum, number, row[0] + 1, text) if row and row[0] is not None else None


def retire_own(store: Store, forum: int, number: int, *, retired: bool = True) -> None:
    """Ask the question no more, or again. What was shown of it stays."""
    store.do(
        "update pulse_question set retired = :retired where forum = :forum and id = :id",
        retired=int(retired),
        forum=forum,
        id=number,
    )


def own_questions(store: Store, forum: int, *, retired: bool = False) -> list[OwnQuestion]:
    """The forum's own questions in their newest wording; those that are asked no more only when wanted."""
    rows = store.all(
        "select q.id, q.version, q.text, q.retired from pulse_question q where q.forum = :forum"
        " and q.version = (select max(v.version) from pulse_question v where v.forum = q.forum and v.id = q.id)"
        " order by q.id",
        forum=forum,
    )
    return [OwnQuestion(each[0], each[1], each[2], bool(each[3])) for each in rows if retired or not each[3]]


def own_text(store: Store, forum: int, number: int, version: int) -> str | None:
    """The words of one version, also of an old one."""
    row = store.one(
        "select text from pulse_question where forum = :forum and id = :id and version = :version",
        forum=forum,
        id=number,
        version=version,
    )
    return row[0] if row else None


def own_texts(store: Store, forum: int) -> dict[str, str]:
    """The words of all the forum's own questions in all their versions, by key."""
    rows = store.all("select id, version, text from pulse_question where forum = :forum", forum=forum)
    return {f"own:{each[0]}.{each[1]}": each[2] for each in rows}


def _worded(store: Store, forum: int, number: int, version: int, text: str) -> OwnQuestion:
    store.do(
        "insert into pulse_question (forum, id, version, text) values (:forum, :id, :version, :text)",
        forum=forum,
        id=number,
        version=version,
        text=text,
    )
    return OwnQuestion(number, version, text, retired=False)
