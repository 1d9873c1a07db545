"""What the stand-in's world is made of: people, buttons, messages and toasts.

All of them are plain frozen values; a changed message is a new value under the same id, so a test may keep an old one
and press its buttons as a phone with a stale screen does. `plain` shows a message as a person reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member"})
ADMINS: frozenset[Status] = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class User:
    """One account. Not everybody has a username or tells a language."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """How one account stands in one chat. An anonymous administrator speaks as the chat itself."""

    status: Status
    anonymous: bool = False
    sees_all: bool = False

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    @property
    def admin(self) -> bool:
        return self.status in ADMINS


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: it either sends its data to the bot or opens its link."""

    label: str
    callback_data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text with a meaning. Offset and length count UTF-16 units; `user` is whom it mentions."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user: int | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file, with its bytes."""

    kind: Literal["photo", "document"]
    file_id: str
    path: str
    filename: str
    mime: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        return f"u{self.file_id}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now. `text` is what is read, or the caption of an attachment.

    `topic` is the forum topic it lies in; `thread` is what the Bot API calls `message_thread_id`, which plain replies in
    a supergroup carry too. `service` names the fact a service message tells, and `facts` are its raw fields.
    """

    id: int
    chat: int
    author: int
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    keyboard: Keyboard = ()
    sender_chat: int | None = None
    reply_to: int | None = None
    topic: int | None = None
    thread: int | None = None
    force_reply: bool = False
    selective: bool = False
    attachment: Attachment | None = None
    origin: Mapping[str, Any] | None = None
    service: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    edited: int | None = None
    deleted: bool = False

    @property
    def mentions(self) -> tuple[int, ...]:
        """The ids of the people whom the text mentions, and whose phones therefore ring."""
        return tuple(entity.user for entity in self.entities if entity.user is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for row in self.keyboard for button in row)

    def button(self, label: str, data: str | None = None) -> Button | None:
        """Give the button with this label (and data), the first one if there are several."""
        buttons = (button for row in self.keyboard for button in row if button.label == label)
        return next((button for button in buttons if data in (None, button.callback_data)), None)


@dataclass(frozen=True, slots=True)
class Toast:
    """The bot's answer to a press: a line that fades, or an alert that must be closed. Empty text shows nothing."""

    text: str
    alert: bool = False


@dataclass(slots=True)
class Press:
    """One press of a button; the app shows a spinner until the bot answers or it is too late."""

    id: str
    user: int
    chat: int
    message: int
    at: float
    answer: Toast | None = None
    opened: str | None = None


def plain(message: Message) -> str:
    """Show a message as it is read: file, text, then a line of [labels] for each row of buttons."""
    lines = []
    if message.attachment is not None:
        lines.append(f"({message.attachment.filename})")
    if message.service is not None:
        lines.append(f"— {message.service} —")
    if message.text:
        lines.append(message.text)
    lines += [" ".join(f"[{button.label}]" for button in row) for row in message.keyboard]
    return "\n".join(lines)
