"""The hands of the people in the sample forum: they press, fill in, answer and talk as somebody at the page would.

Nothing here reaches into the bot: what nobody could do in the real apps cannot be done here either.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.house import House
from bot.playground.slack import Channel
from bot.playground.slack import Message as SlackMessage
from bot.playground.slack import User as SlackUser
from bot.playground.slack.state import Filling, fields_of, filled
from bot.playground.telegram import User as TelegramUser
from handlers.kit.when import working_days_before

ZONE: Final = ZoneInfo("Europe/Stockholm")


def moment(today: date, days: int, hour: int, minute: int) -> datetime:
    """A time of day so many working days ago."""
    return datetime.combine(working_days_before(today, days), time(hour, minute), ZONE)


class Hands:
    """What anybody of the cast can do, in the channel and the group they share."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cast = house.cast
        self.today = (house.clock.now() - house.clock.offset).astimezone(ZONE).date()
        self.channel = Channel("", "")
        self.group = 0

    async def until(self, days: int, hour: int, minute: int) -> None:
        """Let time pass until a working day so many working days ago."""
        await self.house.settled()
        ahead = moment(self.today, days, hour, minute) - self.house.clock.now()
        await self.house.forward(max(ahead, timedelta()))

    def working_day(self, ahead: int) -> date:
        """The working day so many working days ahead."""
        found = self.today
        for _ in range(ahead):
            found += timedelta(days=1)
            while working_days_before(found, 0) != found:
                found += timedelta(days=1)
        return found

    def words(self, key: str) -> str:
        """A text of the bot as these people read it."""
        return self.house.app.catalog.say(key, "sv", {})

    def of_bot(self, where: Channel | str) -> SlackMessage:
        """The last thing the bot said somewhere in Slack."""
        room = where if isinstance(where, str) else where.id
        return [each for each in self.house.slack.world.in_channel(room) if each.by_bot][-1]

    def with_button(self, where: Channel, key: str, *, last: bool = False) -> SlackMessage:
        """The first message with this button (or the last)."""
        label = self.words(key)
        found = [each for each in self.house.slack.world.in_channel(where.id) if _has_button(each, label)]
        return found[-1 if last else 0]

    async def press(self, who: SlackUser, message: SlackMessage, key: str) -> None:
        """Press a button in Slack, named by its text."""
        await self.house.slack.press(who, message, self.words(key))
        await self.house.settled()

    async def fill(self, who: SlackUser, **answers: Filling) -> None:
        """Fill in the modal that opens, by the keys of its fields, and send it."""
        slack = self.house.slack
        await self.house.until(lambda: slack.modal(who) is not None)
        modal = slack.modal(who)
        for block, element in fields_of(modal.view.blocks if modal else []):
            if modal and block["block_id"] in answers:
                value = filled(slack.world, element, answers[block["block_id"]])
                modal.view.values[block["block_id"], element["action_id"]] = value
        await slack.submit(who)
        await self.house.until(lambda: slack.modal(who) is None)
        await self.house.settled()

    async def join(self, who: TelegramUser, organisation: str, sector: str) -> None:
        """Join in Telegram: through the card's link into the private chat, and answer there."""
        telegram, private = self.house.telegram, self.house.telegram.private(who)
        await self.answer(who, self.group, self.words("forum-join"))
        await self.answer(who, private, self.words("form-skip"))
        await telegram.say(who, private, organisation)
        await self.house.settled()
        await self.answer(who, private, sector)
        await self.answer(who, private, self.words("member-join-submit"))

    async def answer_pulse(self, who: TelegramUser, choices: Sequence[str]) -> None:
        """Answer the invitation in private, question by question, and send the answers in."""
        private = self.house.telegram.private(who)
        for key in ("pulse-answer", *(f"pulse-choice-{each}" for each in choices), "pulse-form-send"):
            await self.answer(who, private, self.words(key))

    async def answer(self, who: TelegramUser, chat: int, label: str) -> None:
        """Press a button in Telegram: that under the last message which has it."""
        found = [each for each in self.house.telegram.seen(who, chat) if label in each.labels]
        await self.house.telegram.press(who, found[-1], label)
        await self.house.settled()


def _has_button(message: SlackMessage, label: str) -> bool:
    return any(
        element.get("text", {}).get("text") == label
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    )
