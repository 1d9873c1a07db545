"""What is remembered, as plain records. Ids are counted per forum, except people, accounts, places and forums."""

from datetime import date, datetime

from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A human being, however many accounts they have. ``language`` is "" until they choose."""

    id: int
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Forum:
    """A collaboration. ``amend`` says who may change a decision later: ``members`` or ``coordinators``.

    ``invite`` is the secret in its join links: knowing a forum's id lets nobody in. In a ``confidential`` forum the bot
    keeps days, presence and the status of tasks, and nobody's words.
    """

    id: int
    name: str
    challenge: str
    language: str
    zone: str
    amend: str
    invite: str
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A chat where a forum lives.

    ``state`` is ``active``, ``gone`` when the bot cannot post there any more, or ``held`` when it does not until a
    coordinator agrees, for more people can read there. ``public`` is 1 when outsiders can, 0 when not, as far as told.
    """

    id: int
    forum: int | None
    platform: str
    workspace: str
    chat: str
    topic: str
    title: str
    language: str
    state: str
    public: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation in a forum. Sector and level are words of the domain (``public``, ``local`` …), or ""."""

    forum: int
    id: int
    name: str
    sector: str
    level: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a forum, for an actor. ``role`` is ``coordinator`` or ``member``; ``state`` ``active`` or ``left``."""

    forum: int
    id: int
    person: int
    actor: int | None
    role: str
    state: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in its present version. ``number`` is counted per year: § 12/2026.

    ``state`` is ``standing``, ``replaced`` or ``withdrawn``; ``process`` how it was decided (``meeting``,
    ``consent``, ``vote``, ``advice``).
    """

    forum: int
    id: int
    year: int
    number: int
    version: int
    state: str
    what: str
    why: str
    process: str
    actors: tuple[int, ...]
    objections: str
    owner: int | None
    follow_up_on: date | None
    reason: str
    by_member: int
    by_name: str
    at: datetime
    recorded_at: datetime
    recorded_by: int
    link: str
    replaced_by: int | None

    @property
    def label(self) -> str:
        """What people say after the paragraph sign: 12/2026."""
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A commitment. An actor owns it first, a person second.

    ``state`` is ``open``, ``underway``, ``stuck``, ``done`` or ``dropped``; ``reminders`` counts those sent.
    """

    forum: int
    id: int
    what: str
    actor: int | None
    owner: int | None
    due_on: date | None
    state: str
    decision: int | None
    by_member: int
    at: datetime
    done_at: datetime | None
    reminders: int
    note: str
    link: str
