"""A whole installation from one store to another, whichever engines they are, and proof that it arrived.

It is read in pages, in one transaction: neither its size nor a bot at work matters. What a table holds is told by a
number of rows and a fingerprint in which their order plays no part, because engines sort words differently.
What is left where it is, and why, is said at ``STAYS``. Statements that have to be undone together are whoever calls us's.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import blake2b
from typing import Final, Literal, TypeAlias

import orjson

from storage import decision_words, whereabouts
from storage.db import Row, Store, StoreUnavailable
from storage.sqlite import SqliteStore
from storage.values import dataclass

# ruff: noqa: PLC0415 - psycopg is there only where it is needed

TABLES: Final = (
    "person", "account", "forum", "place", "moved_chat", "counter", "actor", "member", "decision", "decision_version",
    "action", "action_event", "code", "guess", "draft", "seen", "outbox", "card_post", "timer", "dead_letter", "fact",
    "pulse_round", "pulse_result", "pulse_rhythm", "pulse_question", "agenda_point", "meeting_cycle",
    "meeting", "attendance", "meeting_note", "meeting_record", "presentation", "decision_round", "round_version",
    "round_answer", "round_word", "meeting_minutes", "minutes_answer", "minutes_word",
    "wish", "nudge", "forum_rhythm", "win", "win_share", "decision_outcome",
    "brief_reader", "brief", "brief_answer", "hint",
)  # fmt: skip
"""Every table that is copied, after those that it refers to."""
STAYS: Final[Mapping[str, str]] = {
    "lease": "whose turn it is among processes that no longer run",
    "chat_turn": "the same",
    "turns_known": "the same",
    "platform_pace": "the same",
    "decision_words": "made anew from the decisions, each engine in its own way",
    "ballot_box": "a second copy, compared with the first, would tell a vote",
    "ballot_seat": "the same",
    "secret_talk": "the same",
}
"""Every other table of either engine."""
_COLUMNS_STAY: Final = {("timer", "taken_until")}
"""Which process rings."""
_ROWS: Final[Mapping[str, str]] = {"fact": f" where name not in {whereabouts.MARKS}"}
_EMPTIED: Final = ("decision_words", "lease", "chat_turn", "platform_pace", *reversed(TABLES))
PAGE: Final = 2000
_NUL: Final = b"\\u0000"
_SIZE: Final = 32

Stage: TypeAlias = Literal["expect", "copy", "search", "check"]
Told: TypeAlias = Callable[[Stage, str, int], None]
"""Told first how many rows to ``expect`` in all, then of every page: what is being done, with which table, how many rows."""


class Torn(Exception):  # noqa: N818 - says what the copy is
    """What arrived is not what was sent; the message names the tables."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: its rows, a fingerprint of them, and in how many a letter was replaced on the way."""

    rows: int
    fingerprint: bytes
    mended: int = 0


Contents: TypeAlias = Mapping[str, Content]


class _Gathering:
    """The content of a table, row by row."""

    def __init__(self) -> None:
        self._rows = self._mended = self._sum = 0

    def take(self, rows: Sequence[Row]) -> list[Row]:
        """Note these; give them as every engine can keep them: PostgreSQL has no texts with NUL in them."""
        return list(map(self._take, rows))

    def content(self) -> Content:
        return Content(self._rows, (self._sum % (1 << 8 * _SIZE)).to_bytes(_SIZE), self._mended)

    def _take(self, row: Row) -> Row:
        written = orjson.dumps(row)
        if _NUL in written:
            mended = tuple(each.replace("\0", "\ufffd") if isinstance(each, str) else each for each in row)
            self._mended += mended != row
            row, written = mended, orjson.dumps(mended)
        self._rows += 1
        self._sum += int.from_bytes(blake2b(written, digest_size=_SIZE).digest())
        return row


def troubles(store: Store) -> tuple[type[Exception], ...]:
    """What the engine raises when something is wrong with it."""
    if store.engine == "sqlite":
        return (sqlite3.Error,)
    import psycopg

    return (psycopg.Error,)


@contextmanager
def plainly(store: Store) -> Iterator[None]:
    """What goes wrong with the engine becomes ``StoreUnavailable``, without any of the words that it met."""
    try:
        yield
    except troubles(store) as trouble:
        told = getattr(trouble, "diag", None)
        said = (told and told.message_primary) or str(trouble).partition("\n")[0]
        raise StoreUnavailable(said or type(trouble).__name__) from trouble


def silent(stage: Stage, table: str, rows: int) -> None:
    """For those who need not be told."""


@contextmanager
def snapshot(store: Store) -> Iterator[None]:
    """Everything inside is read as of one instant, whoever writes meanwhile."""
    store.run("begin" if store.engine == "sqlite" else "begin isolation level repeatable read, read only")
    try:
        yield
    finally:
        store.run("rollback")


def total(store: Store) -> int:
    """How many rows there are to copy, but for facts: 0 where there is nothing of anybody's."""
    return sum(_count(store, each) for each in _there(store) if each != "fact")


def contents(store: Store, told: Told = silent) -> dict[str, Content]:
    """What every table holds."""
    found = {}
    for table, columns in _there(store).items():
        gathering = _Gathering()
        for page in _pages(store, _selected(table, columns)):
            gathering.take(page)
            told("check", table, len(page))
        found[table] = gathering.content()
    return found


def copy(source: Store, target: Store, told: Told = silent) -> dict[str, Content]:
    """Everything into tables that are there and empty, and proof that it arrived; what it was.

    Raises :class:`Torn` when it is not the same there.
    """
    there = _there(source)
    told("expect", "", 2 * sum(_count(source, each) for each in there) + _count(source, "decision"))
    sent = {table: _copied(source, target, (table, columns), told) for table, columns in there.items()}
    if target.engine == "postgres":
        from storage.postgres_whole import count_on

        count_on(target)
    _make_searchable(target, told)
    differ = differences(sent, contents(target, told))
    if differ:
        raise Torn(", ".join(differ))
    return sent


def differences(one: Contents, other: Contents) -> list[str]:
    """The tables that do not hold the same."""
    return [
        table
        for table in {**one, **other}
        if (a := one.get(table)) is None or (b := other.get(table)) is None
        or (a.rows, a.fingerprint) != (b.rows, b.fingerprint)
    ]  # fmt: skip


def empty(store: Store) -> None:
    """Remove everything that a copy would bring, and whose turn it was."""
    for table in _there(store, _EMPTIED):
        store.run(f"delete from {table}")


def _copied(source: Store, target: Store, what: tuple[str, list[str]], told: Told) -> Content:
    (table, columns), gathering = what, _Gathering()
    for page in _pages(source, _selected(table, columns)):
        _write(target, table, columns, gathering.take(page))
        told("copy", table, len(page))
    return gathering.content()


def _write(target: Store, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    if target.engine == "postgres":
        from storage.postgres_whole import pour

        pour(target, table, columns, rows)
        return
    target.run_many(
        f"insert into {table} ({', '.join(columns)}) values (:{', :'.join(columns)})",
        [dict(zip(columns, row, strict=True)) for row in rows],
    )


def _make_searchable(store: Store, told: Told) -> None:
    """File every decision under its present words."""
    present = (
        "select d.forum, d.id, v.what, v.why, v.objections from decision d join decision_version v"
        " on v.forum = d.forum and v.decision = d.id and v.version = d.version"
    )
    for page in _pages(store, present):
        with _hurried(store):
            for forum, decision, *said in page:
                decision_words.file(store, forum, decision, " ".join(said))
        told("search", "decision_words", len(page))


def _hurried(store: Store) -> AbstractContextManager[None]:
    if store.engine == "sqlite":
        return nullcontext()
    from storage.postgres_whole import hurried

    return hurried(store)


def _count(store: Store, table: str) -> int:
    row = store.one(f"select count(*) from {table}{_ROWS.get(table, '')}")
    return int(row[0]) if row else 0


def _there(store: Store, names: Sequence[str] = TABLES) -> dict[str, list[str]]:
    """The tables that this schema has (an older one has fewer) and the columns that are copied.

    In the same order on both sides: a column that came later may stand elsewhere.
    """
    found = {table: sorted(store.columns(table)) for table in names}
    return {
        table: [each for each in columns if (table, each) not in _COLUMNS_STAY]
        for table, columns in found.items()
        if columns
    }


def _selected(table: str, columns: Sequence[str]) -> str:
    return f"select {', '.join(columns)} from {table}{_ROWS.get(table, '')}"


def _pages(store: Store, statement: str) -> Iterator[list[Row]]:
    """Rows a page at a time, within a transaction."""
    if isinstance(store, SqliteStore):
        cursor = store.connection.execute(statement)
        while page := cursor.fetchmany(PAGE):
            yield page
        return
    store.run(f"declare page no scroll cursor for {statement}")
    while page := store.all(f"fetch {PAGE} from page"):
        yield page
    store.run("close page")
