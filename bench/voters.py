"""People who answer the pulse in the stand-in chats: each does the next thing that they see, and counts presses."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

from typing_extensions import override

from bot.playground.house import House
from bot.playground.slack import Message as SlackMessage
from bot.playground.slack import User as SlackUser
from bot.playground.slack import plain as slack_plain
from bot.playground.telegram import Message as TelegramMessage
from bot.playground.telegram import User as TelegramUser
from bot.playground.telegram import plain as telegram_plain

DONE: Final = ("pulse-thanks", "pulse-already")
LOOKS: Final = 50
LOOK_AGAIN: Final = 0.01
"""How often, and after how many seconds, somebody looks whether the form is there, before they press once more."""


class Voter(ABC):
    """Somebody in the middle of a round; ``choices`` are by question, as the box counts them."""

    most: int
    """How many steps it takes when nothing breaks."""

    def __init__(self, house: House, choices: Sequence[int]) -> None:
        self.house = house
        self.choices = choices
        self.presses = 0

    def say(self, key: str) -> str:
        """A sentence in the language of everybody here."""
        return self.house.app.catalog.say(key, "sv", {})

    def choice(self, question: int) -> str:
        """The words of what this person wants to answer."""
        return self.say(f"pulse-choice-{self.choices[question]}")

    @abstractmethod
    def is_done(self) -> bool:
        """Whether the bot has said that the answers are in."""

    @abstractmethod
    async def step(self) -> None:
        """Do the next thing, and wait until it has had its effect."""


class SlackVoter(Voter):
    """Opens the form, fills it in, sends it."""

    most = 2

    def __init__(self, house: House, user: SlackUser, choices: Sequence[int]) -> None:
        super().__init__(house, choices)
        self.user = user
        self._before = {each.ts for each in self._messages()}

    def _messages(self) -> list[SlackMessage]:
        slack = self.house.slack
        return [
            each for each in slack.seen(self.user, slack.dm(self.user)) if each.by_bot and not each.deleted
        ]

    @override
    def is_done(self) -> bool:
        new = [slack_plain(each) for each in self._messages() if each.ts not in self._before]
        return any(self.say(key) in each for key in DONE for each in new)

    @override
    async def step(self) -> None:
        slack = self.house.slack
        views = slack.world.modals.get(self.user.id, [])
        asked = [each for each in views[-1].content["blocks"] if each["type"] == "input"] if views else []
        if not asked:
            if views:
                await slack.close_modal(self.user, everything=True)
            label = self.say("pulse-answer")
            invited = [each for each in self._messages() if f"[{label}]" in slack_plain(each)]
            self.presses += 1
            await slack.press(self.user, invited[-1], label)
            await self._form()
        else:
            answers = {block["label"]["text"]: self.choice(at) for at, block in enumerate(asked)}
            self.presses += len(answers) + 1
            await slack.submit(self.user, dict(answers))
        await self.house.settled()

    async def _form(self) -> None:
        """Slack shows a form a moment after it has taken the press; nobody presses again at once."""
        for _ in range(LOOKS):
            if self.house.slack.world.modals.get(self.user.id):
                return
            await asyncio.sleep(LOOK_AGAIN)


class TelegramVoter(Voter):
    """Opens the talk, presses one button a question, sends."""

    most = 6

    def __init__(self, house: House, user: TelegramUser, choices: Sequence[int]) -> None:
        super().__init__(house, choices)
        self.user = user
        self._before = {each.id for each in self._messages()}

    def _messages(self) -> list[TelegramMessage]:
        telegram = self.house.telegram
        bot = telegram.world.bot.id
        return [each for each in telegram.seen(self.user, self.user.id) if each.author == bot]

    def _new(self) -> list[TelegramMessage]:
        return [each for each in self._messages() if each.id not in self._before]

    @override
    def is_done(self) -> bool:
        return any(self.say(key) in telegram_plain(each) for key in DONE for each in self._new())

    @override
    async def step(self) -> None:
        asked = [each for each in self._new() if _data(each, "secret.")]
        if not asked:
            label = self.say("pulse-answer")
            invited = [each for each in self._messages() if label in _labels(each)]
            await self._press(invited[-1], label)
        elif _data(asked[-1], "secret.send:"):
            await self._press(asked[-1], self.say("pulse-form-send"))
        else:
            question = int(_data(asked[-1], "secret.pick:").split(":")[2])
            await self._press(asked[-1], self.choice(question))

    async def _press(self, message: TelegramMessage, label: str) -> None:
        telegram = self.house.telegram
        self.presses += 1
        press = await telegram.press(self.user, message, label)
        if press is not None:
            await telegram.answered(press)
        await self.house.settled()


def _labels(message: TelegramMessage) -> list[str]:
    return [each.label for row in message.keyboard for each in row]


def _data(message: TelegramMessage, start: str) -> str:
    """The data of the first button that begins so."""
    found = (each.callback_data or "" for row in message.keyboard for each in row)
    return next((each for each in found if each.startswith(start)), "")
