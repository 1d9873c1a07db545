"""What the stand-in platforms were asked to do.

Both stand-ins write every call of their bot interface here: accepted, refused or broken by a planted fault.
Tests read it to say what was sent, how often and in which order. Nothing is ever printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

OK = "ok"
_SLACK_SENDS = frozenset({"chat.postMessage", "chat.postEphemeral"})
_NOT_A_MESSAGE = frozenset({"sendChatAction"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call by the bot: what it asked for, what came of it ("ok" or the error) and when."""

    platform: str
    method: str
    args: Mapping[str, Any]
    outcome: str
    at: float


@dataclass(slots=True)
class Ledger:
    """Every call of the bot to a stand-in, oldest first."""

    calls: list[Call] = field(default_factory=list)

    def append(self, call: Call) -> None:
        self.calls.append(call)

    def clear(self) -> None:
        self.calls.clear()

    def of(self, method: str, platform: str = "*") -> list[Call]:
        """Give the calls whose method fits, where `chat.*` and the like are allowed."""
        return [
            call
            for call in self.calls
            if fnmatchcase(call.method, method) and fnmatchcase(call.platform, platform)
        ]

    def sent(self, platform: str = "*") -> list[Call]:
        """Give the accepted calls that put a new message, picture or document before people."""
        return [call for call in self.of("*", platform) if call.outcome == OK and _is_send(call.method)]

    def refused(self, platform: str = "*") -> list[Call]:
        """Give the calls that did not end well."""
        return [call for call in self.of("*", platform) if call.outcome != OK]

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self.calls))

    def __len__(self) -> int:
        return len(self.calls)


def _is_send(method: str) -> bool:
    return method in _SLACK_SENDS or (method.startswith("send") and method not in _NOT_A_MESSAGE)
