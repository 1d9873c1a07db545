"""What a handler wants done. It yields these; the engine carries them out.

Durable effects become rows in the same transaction as what the handler saved, so either all of it happened or
nothing did. Immediate ones go back to the adapter after the commit, while the person's press is still fresh.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from handlers.kit.ui import Action, Card, Text
from storage.values import dataclass


class Refusal(Exception):  # noqa: N818
    """The member may not, or the input cannot be used: they are told why, and nothing is saved."""

    def __init__(self, text: Text, card: Card | None = None) -> None:
        super().__init__(text.key)
        self.text = text
        self.card = card


Care: TypeAlias = Literal["repeat", "once", "forget"]
"""What to do when it is unknown whether a message arrived: send it again with its reference number, or leave it.

``forget`` is sent again too, and leaves no row behind once it has arrived or was given up.
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A card in every active place of the forum, or ``here`` alone: where the request came from.

    With ``place`` it goes to that place alone, and speaks for the forum that the place now belongs to: a chat that
    was tied, or whose forum was made, within this very request.
    """

    card: Card
    here: bool = False
    care: Care = "repeat"
    place: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """The present state of a named card, in every place and private chat where it was posted."""

    card: Card


@dataclass(frozen=True, slots=True)
class Direct:
    """A card to one person in private. ``fallback`` is posted in the chat when they cannot be reached there.

    ``matters`` are what it tells as the person's one message of the day, each with its forum.
    """

    person: int
    card: Card
    care: Care = "repeat"
    fallback: Card | None = None
    matters: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Whisper:
    """An answer to the one who asked, seen by them alone where the platform can.

    Replaces the card they pressed when that was theirs alone and ``replace`` stands. One that they can ``spare`` is
    left out where many messages wait for the same chat: whoever floods us, or a program that answers us, gets silence.
    """

    card: Card
    replace: bool = True
    care: Care = "repeat"
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """The person's own page (Slack's App Home); nothing in Telegram."""

    person: int
    card: Card


@dataclass(frozen=True, slots=True)
class Schedule:
    """Ring at an instant (UTC). The same name again moves it.

    ``grace`` is how late it may still ring; ``late`` what happens after that: ``ring`` all the same (the handler
    sees ``due_at`` and says so) or ``skip``. ``forum`` is where it rings when that is not the request's own: a timer
    for this very moment carries something over into another forum.
    """

    name: str
    at: datetime
    action: Action
    grace: timedelta = timedelta(hours=24)
    late: Literal["ring", "skip"] = "ring"
    forum: int = 0


@dataclass(frozen=True, slots=True)
class Cancel:
    """Silence a timer by its name; a name that does not exist is fine."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Ask with a form: the registered form's action, and values to begin with."""

    action: Action
    prefill: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Toast:
    """A few words to the one who pressed, gone in a moment; at most 200 characters when rendered."""

    text: Text


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What is wrong in a form, per field key; the form stays open with all answers kept."""

    errors: Mapping[str, Text]


Durable: TypeAlias = Post | Update | Direct | Whisper | Publish | Schedule | Cancel
Immediate: TypeAlias = OpenForm | Toast | FieldErrors
Effect: TypeAlias = Durable | Immediate
Effects: TypeAlias = Iterator[Effect]
