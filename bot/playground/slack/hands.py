"""What all a person's doings have in common: finding people and places, and telling the app."""

import asyncio
from collections.abc import Sequence

from bot.playground.slack.chat import bot_says
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.parcels import Outcome, Parcel
from bot.playground.slack.stage import Stage
from bot.playground.slack.world import SLACKBOT, Channel, Json, Message, NotThere, SlackRefusal, User, World

Who = User | str
Where = Channel | str


class Hands:
    """The ground that a person's hands stand on."""

    def __init__(self, stage: Stage, delivery: Delivery) -> None:
        self._stage = stage
        self.delivery = delivery

    @property
    def world(self) -> World:
        """The workspace of the moment; a reset puts a new one in its place."""
        return self._stage.world

    def _user(self, who: Who) -> User:
        user = self.world.users.get(who.id if isinstance(who, User) else who)
        if user is None or user.deleted:
            raise NotThere("this person has no account here")
        return user

    def _channel(self, where: Where) -> Channel:
        channel = self.world.channels.get(where.id if isinstance(where, Channel) else where)
        if channel is None:
            raise NotThere("there is no such channel")
        return channel

    def _inside(self, who: Who, where: Where) -> tuple[User, Channel]:
        """Give person and place, if the person is in it and it is open for writing."""
        user, channel = self._user(who), self._channel(where)
        if user.id not in channel.members:
            raise NotThere(f"{user.name} is not in {channel.name}")
        if channel.is_archived:
            raise NotThere(f"{channel.name} is archived")
        return user, channel

    def _now_standing(self, user: User, message: Message) -> Message:
        """Give the message as it stands now before this person."""
        current = self.world.messages.get((message.channel, message.ts))
        if current is None or current.deleted or current.ephemeral_to not in (None, user.id):
            raise NotThere("the message is gone")
        return current

    async def _tell(self, events: Sequence[Json], actor: User | None) -> None:
        await asyncio.gather(*(self.delivery.tell(event, actor) for event in events))

    async def _interact(self, payload: Json) -> Outcome:
        return await self.delivery.deliver(Parcel("interactive", payload))

    def _whisper(self, user: User, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Let Slackbot say something that only this person sees."""
        self.world.put(
            Message(self.world.next_ts(), channel, SLACKBOT, text, thread_ts=thread_ts, ephemeral_to=user.id)
        )
        self.world.trouble(user.id, text)

    def _show_answer(self, user: User, channel: str, answer: Json) -> None:
        """Show what the app answered to a command right away."""
        loud = answer.get("response_type") == "in_channel"
        try:
            bot_says(self.world, channel, answer, only_to=None if loud else user.id)
        except SlackRefusal as refusal:
            self.world.trouble(user.id, f"the app's answer was refused: {refusal.code}")

    @property
    def _stamp(self) -> str:
        return self.world.next_ts()
