"""A forum in the stand-in chats for figures about the pulse: three organisations, as many people in Slack as in Telegram."""

from dataclasses import dataclass, field
from functools import partial

from bot.playground.house import House
from bot.playground.sample import at_any_hour
from bot.playground.slack import User as SlackUser
from bot.playground.telegram import User as TelegramUser
from bot.playground.telegram.values import Member
from handlers.kit.inbound import Account, Chat, Click
from storage import forums, people
from storage.db import Store


@dataclass(slots=True)
class Circle:
    """``each`` people in either chat, all of whom can be written to in private; the first in Slack coordinates."""

    house: House
    each: int
    slack: list[SlackUser] = field(default_factory=list)
    telegram: list[TelegramUser] = field(default_factory=list)
    forum: int = 0

    async def settle_in(self) -> None:
        """Everybody comes, and is a member."""
        house = self.house
        await house.settled()
        worlds = house.slack.world, house.telegram.world
        self.slack = [worlds[0].add_user(f"s{each}", f"Slack {each}") for each in range(self.each)]
        self.telegram = [worlds[1].add_user(f"Telegram {each}", None, "sv") for each in range(self.each)]
        channel = worlds[0].add_channel("pulsen")
        channel.members.extend(each.id for each in self.slack)
        group = worlds[1].add_group("Pulsen", [], kind="supergroup")
        for each in self.telegram:
            worlds[1].chats[group].members[each.id] = Member("creator")
            await house.telegram.start(each)
        await house.slack.invite_bot(self.slack[0], channel)
        await house.telegram.add_bot(self.telegram[0], group)
        await house.settled()
        self.forum = await house.app.writer.run(partial(self._found, channel.id, str(group)))
        await house.app.writer.run(at_any_hour)

    async def open_round(self) -> None:
        """The coordinator opens a round; everybody is invited."""
        who, now = self.slack[0], self.house.clock.now()
        account, chat = Account("slack", who.team, who.id), Chat("slack", who.team, who.id, private=True)
        press = Click(
            key=f"{now.timestamp():.0f}:open", who=account, chat=chat, data=f"pulse.open_now:{self.forum}"
        )
        await self.house.app.engine.handle(press)
        await self.house.settled()

    def _found(self, channel: str, group: str, store: Store) -> int:
        now, team = self.house.clock.now(), self.slack[0].team
        forum = forums.create(store, name="Pulsen", challenge="", language="sv", zone="Europe/Stockholm",
                              invite="pulsen", now=now).id  # fmt: skip
        for platform, workspace, chat in (("slack", team, channel), ("telegram", "", group)):
            forums.tie(store, forums.add_place(store, platform, workspace, chat, "", "pulsen").id, forum)
        actors = [forums.add_actor(store, forum, name=each, sector="public", level="local") for each in "ABC"]
        everybody = [("slack", team, each.id) for each in self.slack]
        everybody += [("telegram", "", str(each.id)) for each in self.telegram]
        for at, (platform, workspace, user) in enumerate(everybody):
            found = people.known(store, platform, workspace, user)
            person = found[0] if found else people.meet(store, platform, workspace, user, name=user, now=now)
            people.set_reachable(store, platform, workspace, user, reachable=True)
            role = "member" if at else "coordinator"
            forums.join(store, forum, person.id, actor_id=actors[at % 3], role=role, now=now)
        return forum
