"""What a platform adapter is to the rest: it takes messages out, and says plainly how that went.

An adapter also carries its own intake: it turns payloads into ``Inbound``, hands them to the engine, waits for the
commit, and only then answers the platform. Everything that differs between Slack and Telegram stays inside it.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Protocol, runtime_checkable

from handlers.kit.inbound import AnyInbound
from handlers.kit.ui import Card, Form, Text
from storage.outbox import Address
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to draw and send.

    ``kind``: ``post``, ``direct`` and ``whisper`` are new messages (a whisper is for ``person_user`` alone where
    the platform can), ``update`` changes ``message``, ``publish`` is the person's own page.
    A whisper with ``replaces`` takes that message's place. ``to.chat`` is the user's id for a private chat.
    ``mentions`` maps person ids to user ids in this chat's workspace; others are shown by name.
    ``forum`` belongs into the data of buttons (0 = none).
    """

    kind: str
    to: Address
    card: Card
    language: str
    zone: str
    forum: int = 0
    private: bool = False
    person_user: str = ""
    message: str = ""
    replaces: str = ""
    thread: str = ""
    reply_to: str = ""
    mentions: Mapping[int, str] = field(default_factory=dict)


class SendTrouble(Exception):  # noqa: N818
    """Why a message did not simply arrive."""


class Unreachable(SendTrouble):
    """The person takes no private messages from us: never started, or blocked. Nothing was sent."""


class Gone(SendTrouble):
    """The chat is not there for us any more: removed, archived, deleted. Nothing was sent."""


class MessageGone(SendTrouble):
    """The message to change does not exist any more, or is too old to change."""


class Refused(SendTrouble):
    """The platform will never take this message as it is; a fault of ours."""


class Revoked(SendTrouble):
    """Our token is no longer good: everything to this platform waits until somebody mends it."""


class Uncertain(SendTrouble):
    """It is unknown whether the message arrived: time ran out, the reply was cut or made no sense."""


class Broken(Uncertain):
    """The platform says itself that it is broken: most likely nothing was sent, and it will be mended."""


class NotNow(SendTrouble):
    """Nothing was sent; try again after ``seconds``. ``everywhere``: the whole platform, not this chat alone."""

    def __init__(self, seconds: float, *, everywhere: bool = False) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds
        self.everywhere = everywhere


class Moved(SendTrouble):
    """The chat has a new id. Nothing was sent."""

    def __init__(self, chat: str) -> None:
        super().__init__("chat moved")
        self.chat = chat


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form to show at once. ``data`` comes back unchanged as ``Submit.data``."""

    data: str
    form: Form


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes straight back to the one who acted, after the commit.

    ``refused`` is why nothing was saved. ``errors`` (per field key) keep a form open. ``again`` is true when the
    inbound had been handled before. ``language`` and ``zone`` are for drawing.
    """

    language: str = "sv"
    zone: str = "Europe/Stockholm"
    form: OpenedForm | None = None
    toast: Text | None = None
    refused: Text | None = None
    errors: Mapping[str, Text] = field(default_factory=dict)
    again: bool = False


class Intake(Protocol):
    """What an adapter needs of the engine."""

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Handle and commit. Raises ``StoreUnavailable`` when nothing may be acknowledged; never anything else."""
        ...

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Set aside a payload that cannot be read; raises ``StoreUnavailable``."""
        ...


@runtime_checkable
class Memory(Protocol):
    """Small things that are remembered over a restart; both raise ``StoreUnavailable``."""

    async def recall(self, name: str) -> str:
        """What is remembered by this name; "" for nothing."""
        ...

    async def remember(self, name: str, value: str) -> None:
        """Remember it from now on."""
        ...


@runtime_checkable
class OneOfMany(Protocol):
    """An intake that knows of other processes with the same database and the same tokens."""

    async def is_ours(self, name: str) -> bool:
        """Whether this process may do now what only one at a time may; ask again every few seconds. Raises ``StoreUnavailable``."""
        ...


class Adapter(Protocol):
    """One platform."""

    platform: str

    async def start(self) -> None:
        """Begin to take messages in. Raises ``SendTrouble`` when the platform refuses us."""
        ...

    async def stop(self) -> None:
        """Stop taking in; what is being handled is finished first."""
        ...

    async def send(self, message: Outgoing) -> str:
        """Send, and return the platform's message id ("" for a page or an ephemeral). Raises ``SendTrouble``."""
        ...

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        """Whether the person runs this chat, asked from the platform. Raises ``SendTrouble``."""
        ...
