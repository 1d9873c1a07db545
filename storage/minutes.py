"""Minutes of a meeting as one value, whatever they are shown as; and the text that their fingerprint is counted from.

Approved minutes are kept as JSON of this value and never change. The canonical text has one fact a line, in an order
that follows from the meeting alone, so that anybody can count its SHA-256 with a tool that is on every computer.
What came too late is told beside approved minutes and is no part of that text.
"""

import hashlib
import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final

from storage.values import dataclass

FORMAT: Final = "samsyn-minutes 1"
"""The first line of every canonical text. Another order of lines would be another format."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there, by the name they had then; ``instead_of`` is the member they came for, or ""."""

    name: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who was there for an organisation; "" is the name of those who speak for none."""

    name: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as the minutes tell it. ``id`` finds it in the forum; ``actors`` are those it names."""

    id: int
    label: str
    what: str
    why: str
    process: str
    actors: tuple[str, ...]
    objections: str
    owner: str
    follow_up_on: date | None


@dataclass(frozen=True, slots=True)
class Task:
    """An action that was taken on. ``actor`` and ``owner`` are "" where nobody has it."""

    what: str
    actor: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A decision round that fell under a point, and how it stands.

    ``state`` is that of the round; ``deciding`` or ``anchoring`` for an open one that has come so far, ``undone`` when
    its decision was taken back. ``who`` stopped it, or decided. ``count`` of ``all`` voted, advised or stood behind it;
    ``counts`` has the votes for each option. ``label`` is its decision's, ``until`` the end of one that is open.
    """

    number: int
    kind: str
    question: str
    state: str
    until: datetime | None
    label: str
    who: str
    reason: str
    count: int
    all: int
    needed: int
    options: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A point with what came of it. ``what`` is a text as JSON, "" for what fell between points; 0 is its number then."""

    number: int
    what: str
    reached: bool
    notes: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    tasks: tuple[Task, ...]
    rounds: tuple[RoundLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What an organisation answered: ``confirmed``, ``differs``, or "" when it did not."""

    actor: str
    answer: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Addition:
    """Words that were sent in: ``objection`` is attached as it is, ``change`` a proposal nobody decided on. ``label`` is a decision's."""

    kind: str
    actor: str
    who: str
    label: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting. ``state`` is ``writing``, ``asking`` or ``approved``.

    ``late`` came after the approval; it, ``state`` and ``fingerprint`` are no part of the canonical text.
    """

    forum: str
    title: str
    label: str
    begins_at: datetime
    ends_at: datetime
    zone: str
    venue: str
    chair: str
    present: tuple[Organisation, ...]
    items: tuple[Item, ...]
    state: str = "writing"
    due_at: datetime | None = None
    approved_at: datetime | None = None
    confirmations: tuple[Confirmation, ...] = ()
    additions: tuple[Addition, ...] = ()
    late: tuple[Addition, ...] = ()
    fingerprint: str = ""

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """All decisions, in the order of the points."""
        return tuple(each for item in self.items for each in item.rulings)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All actions, in the order of the points."""
        return tuple(each for item in self.items for each in item.tasks)


# --- The canonical text ----------------------------------------------------------------------------------------


def canonical(minutes: Minutes) -> str:
    """What the fingerprint is counted from: UTF-8, one fact a line as ``name<TAB>JSON``, each line ended by a line feed."""
    raw = minutes_to_json(minutes)
    lines = [FORMAT]
    for name in (each.name for each in fields(Minutes) if each.name not in ("state", "late", "fingerprint")):
        value = raw[name]
        lines += [f"{name}\t{_compact(each)}" for each in (value if isinstance(value, list) else [value])]
    return "\n".join(lines) + "\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(minutes: Minutes) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(minutes).encode()).hexdigest()


# --- JSON ------------------------------------------------------------------------------------------------------


def minutes_to_json(minutes: Minutes) -> dict[str, Any]:
    """The minutes as JSON; days and instants as ISO 8601. A point without rounds says nothing of them."""
    raw: dict[str, Any] = json.loads(json.dumps(asdict(minutes), default=_iso))
    for each in raw["items"]:
        if not each["rounds"]:
            del each["rounds"]
    return raw


def _iso(value: date) -> str:
    return value.isoformat()


def minutes_from_json(raw: dict[str, Any]) -> Minutes:
    """The reverse of :func:`minutes_to_json`; raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    more: dict[str, Any] = {
        name: _instant(raw[name]) for name in ("begins_at", "ends_at", "due_at", "approved_at")
    }
    more["present"] = tuple(
        Organisation(each["name"], tuple(Attendee(**one) for one in each["people"]))
        for each in raw["present"]
    )
    more["items"] = tuple(map(_item, raw["items"]))
    more["confirmations"] = tuple(
        Confirmation(**{**each, "at": _instant(each["at"])}) for each in raw["confirmations"]
    )
    more["additions"], more["late"] = (tuple(map(_addition, raw[name])) for name in ("additions", "late"))
    return Minutes(**{**raw, **more})


def _item(raw: dict[str, Any]) -> Item:
    rulings = tuple(
        Ruling(**{**each, "actors": tuple(each["actors"]), "follow_up_on": _day(each["follow_up_on"])})
        for each in raw["rulings"]
    )
    tasks = tuple(Task(**{**each, "due_on": _day(each["due_on"])}) for each in raw["tasks"])
    rounds = tuple(map(_round, raw.get("rounds", ())))
    return Item(**{**raw, "notes": tuple(raw["notes"]), "rulings": rulings, "tasks": tasks, "rounds": rounds})


def _round(raw: dict[str, Any]) -> RoundLine:
    more = {"until": _instant(raw["until"]), "options": tuple(raw["options"]), "counts": tuple(raw["counts"])}
    return RoundLine(**{**raw, **more})


def _addition(raw: dict[str, Any]) -> Addition:
    return Addition(**{**raw, "at": datetime.fromisoformat(raw["at"])})


def _instant(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw) if raw else None


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
