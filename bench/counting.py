"""What is left after the kills: decisions and letters in the database, messages in the ledger of the platforms."""

import json
import re
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from typing_extensions import override

from bot.playground.ledger import Ledger

WORD: Final = re.compile(r"beslutsord\d{5}x")
_Post = tuple[str, str]
"""A decision's own word, and the chat."""
_REFERENCES: Final = """
select format('select 1 from %s a where (%s) is not null and not exists (select 1 from %s b where (%s) = (%s)) limit 1',
  c.conrelid::regclass,
  (select string_agg(format('a.%I', attname), ', ') from pg_attribute
    where attrelid = c.conrelid and attnum = any (c.conkey)),
  c.confrelid::regclass,
  (select string_agg(format('a.%I', attname), ', ' order by array_position(c.conkey, attnum)) from pg_attribute
    where attrelid = c.conrelid and attnum = any (c.conkey)),
  (select string_agg(format('b.%I', attname), ', ' order by array_position(c.confkey, attnum)) from pg_attribute
    where attrelid = c.confrelid and attnum = any (c.confkey)))
from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace
"""
"""A question for each foreign key: whether a row leads nowhere."""
_INDEXES: Final = """
select bt_index_check(c.oid, true) from pg_class c join pg_am m on m.oid = c.relam
where c.relkind = 'i' and c.relnamespace = 'public'::regnamespace and m.amname = 'btree' and c.relpersistence = 'p'
"""
_TABLES: Final = """
select 1 from pg_class c, verify_heapam(c.oid)
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relpersistence = 'p' limit 1
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision that somebody sent: the word that nobody else uses, and the two chats where it belongs."""

    word: str
    channel: str
    group: int

    @property
    def posts(self) -> tuple[_Post, _Post]:
        """The messages that must come of it."""
        return (self.word, self.channel), (self.word, str(self.group))


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: in the database down to ``damaged``, then messages.

    ``unknown`` are those that the bot itself marked so, for two kills found them on their way; ``given_up`` of them
    never came. ``missing`` never came, and the bot does not know it.
    """

    lost: int
    doubled: int
    misnumbered: int
    damaged: int
    missing: int
    unknown: int
    given_up: int
    doubled_inside: int
    doubled_outside: int


class Records(ABC):
    """What the bot keeps, looked at from beside it."""

    @abstractmethod
    def rows(self, words: str) -> list[tuple[Any, ...]]:
        """What a question finds."""

    @abstractmethod
    def is_damaged(self) -> bool:
        """Whether the engine finds anything wrong with its files, or a reference leads nowhere."""

    @abstractmethod
    def close(self) -> None:
        """Look no more."""

    def number(self, words: str) -> int:
        """What a question for one number finds."""
        return int(self.rows(words)[0][0])


class FileRecords(Records):
    """In a SQLite file; no lock is taken."""

    def __init__(self, path: Path) -> None:
        self._store = sqlite3.connect(path)
        self._store.execute("pragma query_only = on")

    @override
    def rows(self, words: str) -> list[tuple[Any, ...]]:
        return self._store.execute(words).fetchall()

    @override
    def is_damaged(self) -> bool:
        found = self.rows("pragma integrity_check")
        return found != [("ok",)] or bool(self.rows("pragma foreign_key_check"))

    @override
    def close(self) -> None:
        self._store.close()


class ServerRecords(Records):
    """On a PostgreSQL server, which is asked through its own module of checks where it has that."""

    def __init__(self, address: str) -> None:
        self._store = psycopg.connect(address, autocommit=True)

    @override
    def rows(self, words: str) -> list[tuple[Any, ...]]:
        return self._store.execute(words.encode()).fetchall()

    @override
    def is_damaged(self) -> bool:
        if any(self.rows(question) for (question,) in self.rows(_REFERENCES)):
            return True
        if not self.rows("select 1 from pg_available_extensions where name = 'amcheck'"):
            return False
        self._store.execute("create extension if not exists amcheck")
        try:
            self.rows(_INDEXES)
            return bool(self.rows(_TABLES))
        except (psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted):
            return True

    @override
    def close(self) -> None:
        self._store.close()


def opened(where: Path | str) -> Records:
    """A connection that only looks."""
    return FileRecords(where) if isinstance(where, Path) else ServerRecords(where)


def waiting(where: Path | str) -> int:
    """How many messages have not gone out."""
    with closing(opened(where)) as records:
        return records.number("select count(*) from outbox where state in ('new', 'sending')")


def count(where: Path | str, ledger: Ledger, sent: Sequence[Sent], in_window: Mapping[int, int]) -> Count:
    """Compare what was sent with what there is. ``in_window``: how many kills found a letter on its way."""
    posted = _posted(ledger)
    with closing(opened(where)) as records:
        recorded = Counter(
            found.group()
            for row in records.rows("select what from decision_version where version = 1")
            if (found := WORD.search(row[0]))
        )
        written = letters(records)
        allowed = {post: in_window.get(letter, 0) for post, (letter, _) in written.items()}
        expected = {post for each in sent for post in each.posts}
        unknown = {post for post, (_, state) in written.items() if state == "unknown"}
        extra = {post: number - 1 for post, number in posted.items() if number > 1}
        inside = {post: min(number, allowed.get(post, 0)) for post, number in extra.items()}
        return Count(
            lost=sum(each.word not in recorded for each in sent),
            doubled=recorded.total() - len(recorded) + _doubled_letters(records),
            misnumbered=misnumbered(records),
            damaged=int(records.is_damaged()),
            missing=len(expected - posted.keys() - unknown),
            unknown=len(unknown),
            given_up=len(unknown - posted.keys()),
            doubled_inside=sum(inside.values()),
            doubled_outside=sum(extra.values()) - sum(inside.values()) + len(posted.keys() - expected),
        )


def _posted(ledger: Ledger) -> Counter[_Post]:
    """How often each message came to its chat."""
    return Counter(posts(ledger))


def posts(ledger: Ledger) -> list[_Post]:
    """Every message about a decision, in the order they came."""
    found = []
    for call in ledger.sent():
        chat = str(call.args.get("channel") or call.args.get("chat_id"))
        words = dict.fromkeys(WORD.findall(json.dumps(dict(call.args), default=str)))
        found += [(word, chat) for word in words]
    return found


def letters(records: Records) -> dict[_Post, tuple[int, str]]:
    """The letter of each message, and its state."""
    rows = records.rows(
        "select o.id, o.state, o.chat, v.what from outbox o join decision_version v on v.forum = o.forum"
        " and v.version = 1 and o.card_name = 'decision:' || v.forum || ':' || v.decision where o.kind = 'post'"
    )
    return {
        (word.group(), chat): (letter, state)
        for letter, state, chat, what in rows
        if (word := WORD.search(what))
    }


def _doubled_letters(records: Records) -> int:
    rows = records.rows(
        "select count(*) - 1 from outbox where kind = 'post' group by card_name, platform, chat having count(*) > 1"
    )
    return sum(row[0] for row in rows)


def misnumbered(records: Records) -> int:
    """Forums whose decisions are not numbered 1, 2, 3 … without gap or double."""
    return records.number(
        "select count(*) from (select 1 from decision group by forum, year"
        " having max(number) <> count(*) or min(number) <> 1 or count(distinct number) <> count(*)) as wrong"
    )
