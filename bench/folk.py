"""People of the month: they record, answer, vote, and change their minds, on both platforms."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.playground.slack import Message as SlackMessage
from bot.playground.slack import NotThere, StandInSlack
from bot.playground.slack import User as SlackUser
from bot.playground.slack import plain as slack_plain
from bot.playground.telegram import StandInTelegram
from bot.playground.telegram import User as TelegramUser
from prompts.texts import Catalog

PATIENCE: Final = 1800.0
"""Seconds after which somebody who got nowhere tries once more."""
TRIES: Final = 4
MOMENT: Final = 2.0
"""Seconds until a form is open, or never will be."""
SECOND_THOUGHTS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody recorded something: ``word`` is in nobody else's words."""

    kind: str
    word: str
    channel: str
    group: int
    at: float


@dataclass(slots=True)
class Folk:
    """Everybody, and what they did. ``voted``: who sent in answers to which round, by their invitation."""

    slack: StandInSlack
    telegram: StandInTelegram
    catalog: Catalog
    in_slack: list[SlackUser] = field(default_factory=list)
    in_telegram: list[TelegramUser] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def _says(self, key: str) -> str:
        return self.catalog.say(key, "sv", {})

    # --- Recording ---------------------------------------------------------------------------------------------

    async def records(self, deed: Deed, person: int, due: str) -> None:
        """Somebody writes something down in a forum's chat."""
        who, writer = self.in_slack[person], self.in_telegram[person]
        self.deeds.append(deed)
        match deed.kind:
            case "mention":
                words = f"@Samsyn beslut Vi prövar {deed.word} tillsammans"
                await self.slack.say(who, deed.channel, words)
            case "slash":
                await self.slack.slash(who, deed.channel, "/samsyn", f"beslut Vi prövar {deed.word} ihop")
            case "slack action":
                words = f"@Samsyn åtgärd Ordna {deed.word}, senast {due}"
                await self.slack.say(who, deed.channel, words)
            case "group":
                self.telegram.people.say(writer, deed.group, f"/beslut Vi prövar {deed.word} tillsammans")
            case _:
                self.telegram.people.say(writer, deed.group, f"/atgard Ordna {deed.word}, senast {due}")

    async def thinks_again(self, deed: Deed, person: int) -> None:
        """Whoever recorded a decision takes it back."""
        await asyncio.sleep(SECOND_THOUGHTS)
        for message in self._shown(self.in_slack[person], deed.channel, self._says("decision-undo")):
            if deed.word in slack_plain(message):
                await self.slack.press(self.in_slack[person], message, self._says("decision-undo"))
                return

    # --- Answering ---------------------------------------------------------------------------------------------

    async def answers(self, person: int) -> None:
        """The newest question how it goes is answered, in Slack."""
        who, label = self.in_slack[person], self._says("action-answer-done")
        for message in self._shown(who, self.slack.dm(who), label)[:1]:
            await self.slack.press(who, message, label)

    async def answers_in_private(self, person: int) -> None:
        """The same in Telegram."""
        who, label = self.in_telegram[person], self._says("action-answer-done")
        asked = [each for each in self.telegram.seen(who, who.id) if each.button(label)]
        if asked:
            self.telegram.people.press(who, asked[-1], label)

    def _shown(self, who: SlackUser, channel: str, label: str) -> list[SlackMessage]:
        """The messages with such a button before somebody, newest first."""
        seen = self.slack.seen(who, channel)
        return [each for each in reversed(seen) if each.by_bot and f"[{label}]" in slack_plain(each)]

    # --- Voting ------------------------------------------------------------------------------------------------

    async def votes(self, person: int) -> None:
        """Somebody answers every invitation to a pulse, and tries again when nothing comes of it."""
        who = self.in_slack[person]
        for _ in range(TRIES):
            for message in self._shown(who, self.slack.dm(who), self._says("pulse-answer")):
                await self._fills_in(who, message)
            await asyncio.sleep(PATIENCE)

    async def _fills_in(self, who: SlackUser, invitation: SlackMessage) -> None:
        try:
            await self.slack.press(who, invitation, self._says("pulse-answer"))
            await asyncio.sleep(MOMENT)
            modal = self.slack.modal(who)
            if modal and modal.fields:
                choices: Mapping[str, str] = {each: self._says("pulse-choice-4") for each in modal.fields}
                await self.slack.submit(who, dict(choices))
            if self.slack.modal(who):
                await self.slack.close_modal(who, everything=True)
        except NotThere:
            return
