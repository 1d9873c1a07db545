"""What went astray: payloads that nobody could read, and messages that did not arrive, or nobody knows whether.

Both are called by a name that people can type: ``in-7`` and ``out-7``. Neither list says whose they are.
"""

import json
import re
from datetime import datetime
from typing import Final, Literal, TypeAlias

from storage import outbox
from storage.db import Store, from_ms, to_ms
from storage.outbox import Letter
from storage.values import dataclass

Way: TypeAlias = Literal["in", "out"]
_NAME: Final = re.compile(r"(in|out)-([1-9][0-9]{0,17})")
_WANTED: Final = "read-again:"
_ALL_BUT_ID: Final = (
    "forum, kind, platform, workspace, chat, topic, person, card_name, card, care, fallback, language, zone, replaces,"
    " thread, reply_to, matters"
)


@dataclass(frozen=True, slots=True)
class Stray:
    """One of them. ``state``: ``unreadable``, ``dead``, ``unknown``; ``kind`` is that of a message."""

    name: str
    platform: str
    at: datetime
    state: str
    kind: str
    why: str


def read_name(name: str) -> tuple[Way, int] | None:
    """A name as people type it; ``None`` when it is none."""
    found = _NAME.fullmatch(name.strip().lower())
    if not found:
        return None
    return ("in" if found[1] == "in" else "out"), int(found[2])


def listed(store: Store, *, most: int = 1000) -> list[Stray]:
    """Everything that went astray, oldest first: what came in, then what was to go out."""
    came = store.all("select id, platform, at, reason from dead_letter order by id limit :most", most=most)
    went = store.all(
        "select id, platform, due_at, state, kind, trouble from outbox where state in ('dead', 'unknown')"
        " order by id limit :most",
        most=most,
    )
    return [
        *(Stray(f"in-{row[0]}", row[1], from_ms(row[2]), "unreadable", "", row[3]) for row in came),
        *(Stray(f"out-{row[0]}", row[1], from_ms(row[2]), row[3], row[4], row[5]) for row in went),
    ]


def words_of(store: Store, way: Way, number: int) -> str | None:
    """What it says, as JSON: the payload as it was set aside, or the card."""
    if way == "in":
        row = store.one("select body from dead_letter where id = :id", id=number)
        return row[0] if row else None
    row = store.one(
        "select card, fallback from outbox where id = :id and state in ('dead', 'unknown')", id=number
    )
    if row is None:
        return None
    named = {"card": row[0], "fallback": row[1]}
    return json.dumps({name: json.loads(each) for name, each in named.items() if each}, ensure_ascii=False)


def drop(store: Store, way: Way, number: int) -> bool:
    """Forget it, words and all; false when there is no such thing."""
    if way == "in":
        return bool(store.run("delete from dead_letter where id = :id", id=number))
    return bool(store.run("delete from outbox where id = :id and state in ('dead', 'unknown')", id=number))


# --- Out -------------------------------------------------------------------------------------------------------


def is_outdated(store: Store, number: int) -> bool:
    """Whether a newer state of the same card went to the same chat since: to send this one would turn it back."""
    row = store.one(
        "select count(*) from outbox o join outbox n on n.card_name = o.card_name and n.platform = o.platform"
        " and n.workspace = o.workspace and n.chat = o.chat and n.topic = o.topic and n.id > o.id"
        " where o.id = :id and o.card_name <> '' and n.state in ('new', 'sending', 'sent')",
        id=number,
    )
    return bool(row and row[0])


def write_again(store: Store, number: int, now: datetime) -> Letter | None:
    """The same message once more, under a number of its own so that whoever sends takes it for new."""
    row = store.one(
        f"insert into outbox ({_ALL_BUT_ID}, state, due_at) select {_ALL_BUT_ID}, 'new', :now from outbox"
        " where id = :id and state in ('dead', 'unknown') returning id",
        id=number,
        now=to_ms(now),
    )
    if row is None:
        return None
    drop(store, "out", number)
    return outbox.letter(store, row[0])


# --- In --------------------------------------------------------------------------------------------------------


def unread(store: Store, number: int) -> tuple[str, str] | None:
    """The platform of a payload, and the payload."""
    row = store.one("select platform, body from dead_letter where id = :id", id=number)
    return (row[0], row[1]) if row else None


def was_buried_again(store: Store, number: int, body: str) -> bool:
    """Whether the same payload was set aside once more."""
    row = store.one("select count(*) from dead_letter where id > :id and body = :body", id=number, body=body)
    return bool(row and row[0])


def ask_to_read(store: Store, number: int) -> None:
    """Leave word for whichever process is connected to read a payload again."""
    store.do(
        "insert into fact (name, value) values (:name, '') on conflict (name) do nothing",
        name=f"{_WANTED}{number}",
    )


def asked_to_read(store: Store) -> list[int]:
    """What somebody left word of; each is told to one process."""
    rows = store.all("delete from fact where name like :wanted returning name", wanted=f"{_WANTED}%")
    return [int(row[0].removeprefix(_WANTED)) for row in rows]
