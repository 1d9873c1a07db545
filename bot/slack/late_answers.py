"""The addresses for late answers that commands and presses bring along.

An ephemeral message can be changed only through the address of a press on it, and where the bot is not a member
only the address of a command reaches the person. They live for 30 minutes and five answers, so they are kept in
memory: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

USES: Final = 5
SECONDS: Final = 1740.0
"""A minute less than Slack's half hour."""
MOST: Final = 5000


@dataclass(slots=True)
class _Address:
    url: str
    until: float
    left: int = USES


class LateAnswers:
    """Remembered addresses, by message pressed and by person in a chat."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._known: OrderedDict[tuple[str, str], _Address] = OrderedDict()

    def remember(self, url: str, chat: str, user: str, message: str = "") -> None:
        """Keep the newest address for a person in a chat, and for the ephemeral message pressed."""
        address = _Address(url, self._steady() + SECONDS)
        for key in ((chat, user), (chat, message)) if message else ((chat, user),):
            self._known[key] = address
            self._known.move_to_end(key)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def take(self, chat: str, of: str) -> str:
        """Use up one answer of an address, by message or by person; "" when there is none that still works."""
        address = self._known.get((chat, of))
        if address is None:
            return ""
        if address.left <= 0 or self._steady() > address.until:
            del self._known[chat, of]
            return ""
        address.left -= 1
        return address.url
