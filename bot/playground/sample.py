"""The sample forum: three weeks of a forum's life, lived by the people of the playground through their own hands.

Everything that the page shows first has come about the way it comes about for everybody: invitations, a code,
modals, talks, presses. The clock begins three weeks ago and ends now.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.playground.house import House
from bot.playground.slack import Channel
from bot.playground.slack import Message as SlackMessage
from bot.playground.slack import User as SlackUser
from bot.playground.slack.state import Filling, fields_of, filled
from bot.playground.telegram import Message as TelegramMessage
from bot.playground.telegram import User as TelegramUser
from handlers.kit.when import working_days_before

ZONE: Final = ZoneInfo("Europe/Stockholm")
DAYS: Final = 15
"""So many working days ago it began."""


def turn_back(house: House) -> None:
    """Set the clock to the morning on which it began; to be done before the bot comes."""
    house.clock.offset = _at(house.clock.now().astimezone(ZONE).date(), DAYS, 8, 55) - house.clock.now()


async def seed(house: House) -> None:
    """Live through the three weeks, and open the house."""
    life = _Life(house)
    await life.begins()
    await life.becomes_one_forum()
    await life.grows()
    await life.decides()
    await life.thinks_again()
    await life.goes_to_work()
    await house.forward(-house.clock.offset)
    for each in house.slack.world.messages.values():
        each.deleted |= each.ephemeral_to is not None  # Slack forgets them too, as soon as one looks again
    house.pacing.walk()
    house.ready = True
    house.bell.ring()


def _at(today: date, days: int, hour: int, minute: int) -> datetime:
    return datetime.combine(working_days_before(today, days), time(hour, minute), ZONE)


class _Life:
    """What happened, day by day."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cast = house.cast
        self.today = (house.clock.now() - house.clock.offset).astimezone(ZONE).date()
        self.channel = Channel("", "")
        self.group = 0

    # --- The story ---------------------------------------------------------------------------------------------

    async def begins(self) -> None:
        """Ada starts the forum in Slack."""
        slack, ada = self.house.slack, self.cast.ada
        self.channel = slack.world.add_channel(
            "tryggt-centrum", self.cast.in_slack, is_ext_shared=True, creator=ada.id
        )
        await self.until(DAYS, 9, 2)
        await slack.say(ada, self.channel, (
            "Hej! Här samlas vi som arbetar för en tryggare stadskärna. "
            "Jag bjuder in Samsyn, så att vi minns vad vi har kommit överens om."
        ))  # fmt: skip
        await slack.invite_bot(ada, self.channel)
        await self.house.settled()
        await self.press(ada, self.of_bot(self.channel), "setup-start")
        await self.fill(
            ada, name="Tryggt centrum", language="sv", zone="Europe/Stockholm", organisation="Region Väst",
            challenge="Många känner sig otrygga i stadskärnan på kvällarna. Ingen av oss kan ändra det ensam.",
            sector="public", level="regional",
        )  # fmt: skip

    async def becomes_one_forum(self) -> None:
        """Cilla brings the bot into the group in Telegram, and Ada lets the group in."""
        slack, telegram, ada, cilla = self.house.slack, self.house.telegram, self.cast.ada, self.cast.cilla
        self.group = telegram.world.add_group("Tryggt centrum", self.cast.in_telegram)
        await self.until(DAYS, 10, 15)
        await telegram.say(
            cilla, self.group, "Hej! Jag kopplar ihop oss med de andra, så att alla ser samma sak."
        )
        await telegram.add_bot(cilla, self.group)
        await slack.slash(ada, self.channel, "/samsyn", "koppla")
        await self.house.settled()
        code = slack.seen(ada, self.channel)[-1].text.partition("\n")[0].split()[-1]
        await telegram.say(cilla, self.group, f"/koppla {code}")
        await self.house.settled()
        await self.press(ada, self.of_bot(slack.dm(ada)), "tie-approve")

    async def grows(self) -> None:
        """The others join: in Slack with a form, in Telegram with a short talk in private."""
        await self.until(DAYS, 10, 40)
        card = self.with_button(self.channel, "forum-join")
        await self.press(self.cast.bo, card, "forum-join")
        await self.fill(self.cast.bo, organisation="Alingsås kommun", sector="public", level="local")
        await self.press(self.cast.mika, card, "forum-join")
        await self.fill(self.cast.mika, organisation="Trygga Bostäder", sector="private", level="local")
        await self.join(self.cast.cilla, "Polisen", "Offentlig")
        await self.join(self.cast.dag, "Föreningen Trygg i centrum", "Civilsamhälle")

    async def decides(self) -> None:
        """Three decisions: one in a line, one in a form, one out of what somebody said."""
        slack, telegram, ada = self.house.slack, self.house.telegram, self.cast.ada
        await self.until(12, 14, 20)
        await slack.slash(ada, self.channel, "/samsyn", (
            "beslut Vi kvällsvandrar i stadskärnan varje fredag och lördag, klockan 20–23. "
            "Föreningen Trygg i centrum håller ihop det."
        ))  # fmt: skip
        await self.until(9, 10, 5)
        await slack.slash(self.cast.bo, self.channel, "/samsyn", "beslut")
        await self.fill(
            self.cast.bo,
            what="Gångtunneln vid stationen får ny belysning först.",
            why="Den nämns oftast i trygghetsvandringarna, och kommunen har redan pengar avsatta.",
            process="consent", actors=["Region Väst", "Alingsås kommun", "Polisen"],
            follow_up=(self.today + timedelta(days=30)).isoformat(),
        )  # fmt: skip
        await self.until(5, 11, 31)
        said = await telegram.say(
            self.cast.dag,
            self.group,
            "Vi bjuder in krögarna till nästa möte. De ser vad som händer vid stängning.",
        )
        await telegram.say(self.cast.cilla, self.group, "/beslut", reply_to=said)
        await self.house.settled()

    async def thinks_again(self) -> None:
        """Bo changes the first decision, with a reason."""
        await self.until(3, 9, 45)
        await self.press(self.cast.bo, self.with_button(self.channel, "decision-change"), "decision-change")
        await self.fill(
            self.cast.bo,
            what="Vi kvällsvandrar i stadskärnan varje fredag och lördag, klockan 21–24. "
            "Föreningen Trygg i centrum håller ihop det.",
            reason="De flesta går hem från krogen efter klockan 23.",
        )  # fmt: skip

    async def goes_to_work(self) -> None:
        """Two actions: one out of a decision, one in a line; the first is due in a few days."""
        await self.until(2, 13, 10)
        await self.press(
            self.cast.bo,
            self.with_button(self.channel, "decision-new-action", last=True),
            "decision-new-action",
        )
        await self.fill(
            self.cast.bo, what="Bjuda in krögarna till mötet, och fråga vad de vill ta upp",
            owner="Bo Lind (Alingsås kommun)", due=self.working_day(5).isoformat(),
        )  # fmt: skip
        await self.until(1, 16, 2)
        day = format_date(self.working_day(9), "d MMMM", locale="sv")
        await self.house.telegram.say(
            self.cast.dag, self.group, f"/atgard Göra ett schema för kvällsvandringarna, {day}"
        )
        await self.house.settled()

    # --- Hands -------------------------------------------------------------------------------------------------

    async def until(self, days: int, hour: int, minute: int) -> None:
        """Let time pass until a working day so many working days ago."""
        await self.house.settled()
        ahead = _at(self.today, days, hour, minute) - self.house.clock.now()
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
        label = self.words("forum-join")
        await self.answer(who, self.group, lambda message: label in message.labels, label)
        await self.answer(
            who, private, lambda message: self.words("form-skip") in message.labels, self.words("form-skip")
        )
        await telegram.say(who, private, organisation)
        await self.house.settled()
        await self.answer(who, private, lambda message: sector in message.labels, sector)
        save = self.words("member-join-submit")
        await self.answer(who, private, lambda message: save in message.labels, save)

    async def answer(
        self, who: TelegramUser, chat: int, fits: Callable[[TelegramMessage], bool], label: str
    ) -> None:
        """Press a button under the last message that fits."""
        found = [each for each in self.house.telegram.seen(who, chat) if fits(each)]
        await self.house.telegram.press(who, found[-1], label)
        await self.house.settled()


def _has_button(message: SlackMessage, label: str) -> bool:
    return any(
        element.get("text", {}).get("text") == label
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    )
