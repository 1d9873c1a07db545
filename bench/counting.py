"""What is left after the kills: decisions and letters in the database, messages in the ledger of the platforms."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.playground.ledger import Ledger

_WORD: Final = re.compile(r"beslutsord\d{5}x")
_Post = tuple[str, str]
"""A decision's own word, and the chat."""


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


def opened(database: Path) -> sqlite3.Connection:
    """A connection that only looks."""
    store = sqlite3.connect(database)
    store.execute("pragma query_only = on")
    return store


def is_damaged(store: sqlite3.Connection) -> bool:
    """Whether SQLite finds anything wrong with the file, or a reference that leads nowhere."""
    found = store.execute("pragma integrity_check").fetchall()
    return found != [("ok",)] or bool(store.execute("pragma foreign_key_check").fetchall())


def waiting(database: Path) -> int:
    """How many messages have not gone out."""
    with closing(opened(database)) as store:
        row = store.execute("select count(*) from outbox where state in ('new', 'sending')").fetchone()
        return int(row[0])


def count(database: Path, ledger: Ledger, sent: Sequence[Sent], in_window: Mapping[int, int]) -> Count:
    """Compare what was sent with what there is. ``in_window``: how many kills found a letter on its way."""
    posted = _posted(ledger)
    with closing(opened(database)) as store:
        recorded = Counter(
            found.group()
            for row in store.execute("select what from decision_version where version = 1")
            if (found := _WORD.search(row[0]))
        )
        letters = _letters(store)
        allowed = {post: in_window.get(letter, 0) for post, (letter, _) in letters.items()}
        expected = {post for each in sent for post in each.posts}
        unknown = {post for post, (_, state) in letters.items() if state == "unknown"}
        extra = {post: number - 1 for post, number in posted.items() if number > 1}
        inside = {post: min(number, allowed.get(post, 0)) for post, number in extra.items()}
        return Count(
            lost=sum(each.word not in recorded for each in sent),
            doubled=recorded.total() - len(recorded) + _doubled_letters(store),
            misnumbered=_misnumbered(store),
            damaged=int(is_damaged(store)),
            missing=len(expected - posted.keys() - unknown),
            unknown=len(unknown),
            given_up=len(unknown - posted.keys()),
            doubled_inside=sum(inside.values()),
            doubled_outside=sum(extra.values()) - sum(inside.values()) + len(posted.keys() - expected),
        )


def _posted(ledger: Ledger) -> Counter[_Post]:
    """How often each message came to its chat."""
    found: Counter[_Post] = Counter()
    for call in ledger.sent():
        chat = str(call.args.get("channel") or call.args.get("chat_id"))
        found.update((word, chat) for word in set(_WORD.findall(json.dumps(dict(call.args), default=str))))
    return found


def _letters(store: sqlite3.Connection) -> dict[_Post, tuple[int, str]]:
    """The letter of each message, and its state."""
    rows = store.execute(
        "select o.id, o.state, o.chat, v.what from outbox o join decision_version v on v.forum = o.forum"
        " and v.version = 1 and o.card_name = 'decision:' || v.forum || ':' || v.decision where o.kind = 'post'"
    )
    return {
        (word.group(), chat): (letter, state)
        for letter, state, chat, what in rows
        if (word := _WORD.search(what))
    }


def _doubled_letters(store: sqlite3.Connection) -> int:
    rows = store.execute(
        "select count(*) - 1 from outbox where kind = 'post' group by card_name, platform, chat having count(*) > 1"
    )
    return sum(row[0] for row in rows)


def _misnumbered(store: sqlite3.Connection) -> int:
    """Forums whose decisions are not numbered 1, 2, 3 … without gap or double."""
    rows = store.execute(
        "select count(*) from (select 1 from decision group by forum, year"
        " having max(number) <> count(*) or min(number) <> 1 or count(distinct number) <> count(*))"
    )
    return int(rows.fetchone()[0])
