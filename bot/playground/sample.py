"""The sample forum: three weeks of a forum's life, lived by the people of the playground through their own hands.

Everything that the page shows first has come about the way it comes about for everybody: invitations, a code,
modals, talks, presses. The clock begins three weeks ago and ends now.
"""

from datetime import time, timedelta
from typing import Final

from babel.dates import format_date

from bot.playground.hands import ZONE, Hands, moment
from bot.playground.house import House
from storage import people, wishes
from storage.db import Store
from storage.wishes import Wishes

DAYS: Final = 15
"""So many working days ago it began."""
IN_SLACK: Final = ("5443", "4242", "4352", "5441", "4250")
IN_TELEGRAM: Final = ("4243", "3554", "4342", "5431")
"""What each of them thinks of the four questions of the pulse, in steps from 1 to 5; 0 will not say."""


def turn_back(house: House) -> None:
    """Set the clock to the morning on which it began; to be done before the bot comes."""
    house.clock.offset = moment(house.clock.now().astimezone(ZONE).date(), DAYS, 8, 55) - house.clock.now()


async def seed(house: House) -> None:
    """Live through the three weeks, and open the house."""
    life, lag = _Life(house), house.slack.world.share_lag
    house.slack.world.share_lag = 0  # no picture is waited for while nobody watches
    await life.begins()
    await life.becomes_one_forum()
    await life.grows()
    await life.decides()
    await life.feels_its_pulse()
    await life.decides_again()
    await life.thinks_again()
    await life.goes_to_work()
    await house.app.writer.run(at_any_hour)
    await house.forward(-house.clock.offset)
    for each in house.slack.world.messages.values():
        each.deleted |= each.ephemeral_to is not None  # Slack forgets them too, as soon as one looks again
    house.slack.world.share_lag = lag
    house.pacing.walk()
    house.ready = True
    house.bell.ring()


def at_any_hour(store: Store) -> None:
    """Whoever tries it in the evening or on a Sunday sees at once what people are told in private."""
    for person in people.everybody(store):
        wishes.keep(store, person, Wishes(days=tuple(range(7)), opens=time(0), closes=time(23, 59)))


class _Life(Hands):
    """What happened, day by day."""

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
        await self.press(self.cast.farid, card, "forum-join")
        await self.fill(self.cast.farid, actor="Alingsås kommun")
        await self.press(self.cast.greta, card, "forum-join")
        await self.fill(self.cast.greta, actor="Region Väst")
        await self.join(self.cast.cilla, "Polisen", "Offentlig")
        await self.join(self.cast.dag, "Föreningen Trygg i centrum", "Civilsamhälle")
        await self.join(self.cast.hanna, "Svenska kyrkan", "Civilsamhälle")
        await self.join(self.cast.idris, "Centrumhandlarna", "Privat")

    async def decides(self) -> None:
        """The first decision, in a line."""
        await self.until(12, 14, 20)
        await self.house.slack.slash(self.cast.ada, self.channel, "/samsyn", (
            "beslut Vi kvällsvandrar i stadskärnan varje fredag och lördag, klockan 20–23. "
            "Föreningen Trygg i centrum håller ihop det."
        ))  # fmt: skip

    async def feels_its_pulse(self) -> None:
        """Ada opens a round; in Slack they answer the same morning, in Telegram the day after.

        It closes after a week, and the result comes while they go on with other things.
        """
        ada, slack = self.cast.ada, self.house.slack
        await self.until(11, 9, 10)
        await slack.slash(ada, self.channel, "/samsyn", "puls")
        await self.house.settled()
        for each in ("pulse-open-round", "pulse-open-now"):
            await self.press(ada, self.with_button(self.channel, each, last=True), each)
        for member, choices in zip(self.cast.in_slack, IN_SLACK, strict=True):
            await self.press(member, self.with_button(self.channel, "pulse-answer"), "pulse-answer")
            await self.fill(member, **{f"q{place}": choice for place, choice in enumerate(choices)})
        await self.until(10, 13, 30)
        for someone, choices in zip(self.cast.members_in_telegram, IN_TELEGRAM, strict=True):
            await self.answer_pulse(someone, choices)

    async def decides_again(self) -> None:
        """Two more decisions: one in a form, one out of what somebody said."""
        slack, telegram = self.house.slack, self.house.telegram
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
