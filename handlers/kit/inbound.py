"""What comes in: a message, a press, a filled-in form, a due timer, somebody joining.

Each is an ``Inbound`` with a key that names it once and for all: the same key seen again has no further effect.
Adapters make them from platform payloads, the timers make ``Due``. A ``Request`` is an inbound resolved: which
forum, which member, which language, what time it is. A handler gets nothing else from outside.
"""

import hmac
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from storage.ballots import Ballots
from storage.db import Store
from storage.records import Forum, Member, Person, Place
from storage.values import dataclass

Platform: TypeAlias = Literal["slack", "telegram"]


@dataclass(frozen=True, slots=True)
class Account:
    """Who acts: identity is platform, home workspace and user id, never a name.

    ``name`` and ``language`` are what the platform told us this time; ``workspace`` is ``""`` in Telegram.
    """

    platform: Platform
    workspace: str
    user: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """Where it happened. ``private`` is the talk between one person and the bot; ``topic`` a Telegram forum topic.

    ``public`` is whether outsiders can read there: anybody, or another organisation; ``None`` where that is not told.
    """

    platform: Platform
    workspace: str
    chat: str
    topic: str = ""
    private: bool = False
    title: str = ""
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The message that a command or shortcut points at: its words, who wrote it, a link back to it."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What every inbound has. ``key`` starts with time, so that old keys are cheap to prune.

    ``who`` is missing when no person acts (a timer, a renamed channel); ``chat`` when it happened nowhere (App
    Home). ``message`` is the platform id of the message pressed or of the command itself, ``thread`` that of its
    thread; ``message_private`` says that only this person sees the pressed message, so that it may be replaced.
    """

    key: str
    who: Account | None = None
    chat: Chat | None = None
    message: str = ""
    thread: str = ""
    message_private: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Inbound):
    """Words addressed to the bot: a mention, a slash command, a Telegram command, a line in private.

    ``command`` is true when the platform itself marked it as a command. ``source`` is the message replied to.
    """

    text: str
    source: Source | None = None
    command: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Click(Inbound):
    """A button press: the encoded action as we once wrote it.

    ``linked``: it came by a link into the private chat. Anybody may have made that up and talked the person into it.
    ``half_key`` is what the platform sends along with every press in this chat, and nobody keeps: half of a key to what
    must not be read by somebody who has all our files.
    """

    data: str = field(repr=False)
    linked: bool = False
    half_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Inbound):
    """A platform shortcut on a message: its registered name and the message."""

    name: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Inbound):
    """A filled-in form: the encoded action of the form and the raw answers by field key."""

    data: str
    answers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Inbound):
    """Something about a chat or a person that nobody typed.

    ``bot-added``, ``bot-removed``, ``person-left``, ``person-joined``, ``chat-renamed`` (``chat.title`` is new),
    ``chat-moved`` (``detail`` is the new id), ``chat-archived``, ``chat-opened`` (more people can read there),
    ``chat-seen`` (nothing but how the chat is by now), ``home-opened``, ``reachable``, ``unreachable``,
    ``person-gone`` (deactivated in the whole workspace), ``uninstalled``, ``undelivered``, ``unclear`` and ``held-up``
    (``detail``: outbox id),
    ``away`` and ``restored`` (``detail``: platform or "restored", since, until: what came in between is lost).
    """

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Inbound):
    """A timer whose time has come. ``due_at`` is when it should have rung; ``data`` the encoded action to run.

    ``late`` says what happens when more than ``grace`` has passed since: ``ring`` or ``skip``. With ``again`` it rings,
    but may have rung before a backup was put back.
    """

    name: str
    data: str
    due_at: datetime
    grace: timedelta
    late: str


AnyInbound: TypeAlias = Said | Click | Shortcut | Submit | Happened | Due


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as the menu and the help see it: its words' id, its handler, what it asks for, its feature."""

    word: str
    handler: str
    deed: str
    menu: bool
    feature: str


@dataclass(frozen=True, slots=True)
class Request:
    """An inbound with everything a handler may know.

    ``forum`` is the one the chat is tied to, or the one that a private button belongs to once the person is known
    to be its member; ``None`` before set-up. ``member`` is ``None`` for somebody who has not joined.
    ``contents`` lists all commands in reading order; ``words`` maps everything one can say to the command's id.
    ``administrator`` is what the platform answered when asked whether the person runs this chat; ``None`` when it
    was not asked, which only handlers registered for it are, or when it gave no answer.
    ``ballots`` is the box of the pulse: what changes there is kept just before what changes in the store, or with it.
    """

    inbound: AnyInbound
    store: Store
    now: datetime
    language: str
    forum: Forum | None = None
    member: Member | None = None
    person: Person | None = None
    place: Place | None = None
    contents: tuple[Entry, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    secret: bytes = b""
    administrator: bool | None = None
    ballots: Ballots = field(kw_only=True)

    @property
    def rng(self) -> Random:
        """Randomness that follows from the inbound and the installation's secret: nobody outside can guess it."""
        return Random(self.seal(self.inbound.key))  # noqa: S311 - seeded with a secret, used once

    def seal(self, words: str) -> str:
        """A keyed fingerprint (HMAC-SHA-256, hex): what is kept in place of a code."""
        return hmac.new(self.secret, words.encode(), "sha256").hexdigest()

    @property
    def zone(self) -> str:
        """The forum's IANA zone; Stockholm before there is a forum."""
        return self.forum.zone if self.forum else "Europe/Stockholm"

    @property
    def today(self) -> date:
        """The date on the forum's wall calendar."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()
