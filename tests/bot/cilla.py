"""Cilla, who answers a secret form in private: what she presses, says and sees."""

from dataclasses import dataclass, field
from typing import Any

from bot.adapter import Outcome, Outgoing
from handlers.kit.inbound import Account, Chat
from handlers.kit.ui import Button, Line, Row, Text
from tests.bot.bench import Bench, pressed, said
from tests.stage.samples import CILLA

PRIVATE = Chat("telegram", "", CILLA.user, private=True)
FORM = "moods.ask:1:x"


@dataclass(slots=True)
class Cilla:
    """Somebody who presses what she sees; every deed has a new key."""

    bench: Bench
    who: Account = CILLA
    chat: Chat = PRIVATE
    count: int = 0
    half_key: str = "-3"
    messages: dict[str, Outgoing] = field(default_factory=dict)

    async def presses(self, data: str, **more: Any) -> Outcome:
        self.count += 1
        values = {
            "who": self.who,
            "chat": self.chat,
            "message": self.asked_in,
            "message_private": True,
            "half_key": self.half_key,
            **more,
        }
        return await self.bench.handle(pressed(data, f"{self.who.user}:{self.count}", **values))

    async def says(self, what: str, **more: Any) -> Outcome:
        self.count += 1
        values = {"who": self.who, "chat": self.chat, **more}
        return await self.bench.handle(said(what, f"{self.who.user}:{self.count}", **values))

    async def picks(self, *choices: int, data: str = FORM) -> None:
        """Answer these questions, from the one that is asked."""
        for choice in choices:
            await self.presses(self.button("pick", choice, data))

    def button(self, what: str, choice: int = 0, data: str = FORM) -> str:
        """The data of a button as it hangs in the last message."""
        name, _, rest = data.partition(":")
        found = [each for each in self.shown if each.startswith(f"secret.{what}:") and f":{name}:" in each]
        assert len(found) > choice, self.shown
        assert found[choice].endswith(rest.partition(":")[2])
        return found[choice]

    @property
    def sent(self) -> list[Outgoing]:
        return [each for each in self.bench.telegram.arrived if each.to.chat == self.who.user]

    @property
    def asked_in(self) -> str:
        """The message that the talk goes on in."""
        ids, arrived = self.bench.telegram.ids, self.bench.telegram.arrived
        mine = [number for number, each in zip(ids, arrived, strict=True) if each.to.chat == self.who.user]
        return mine[-1] if mine else ""

    @property
    def shown(self) -> list[str]:
        """The data of all buttons of the last message."""
        rows = [each for each in self.sent[-1].card.body if isinstance(each, Row)]
        return [
            each.action.encode(self.sent[-1].forum)
            for row in rows
            for each in row.buttons
            if isinstance(each, Button)
        ]

    @property
    def title(self) -> Text:
        """Which question it is; of a message that asks nothing, its title."""
        return next((each for each in self._said if each.key == "secret-step"), self._said[-1])

    @property
    def lines(self) -> list[Text]:
        """What else is said; the question comes last."""
        return [each for each in self._said if each != self.title]

    @property
    def _said(self) -> list[Text]:
        card = self.sent[-1].card
        return [*(each.text for each in card.body if isinstance(each, Line)), card.title]
