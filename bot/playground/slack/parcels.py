"""What goes from the platform to its app, and what comes back."""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.slack.world import Json

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing the platform tells its app, the same at every attempt."""

    kind: Kind
    body: Json


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which attempt this is: 0 for the first, then why the one before it failed."""

    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `reason` says why it failed, `answer` what the app said to an acknowledged one."""

    acknowledged: bool
    reason: str = ""
    answer: Json = field(default_factory=dict)
    may_retry: bool = True
