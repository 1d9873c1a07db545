"""What the methods of the Bot API work on, in one place."""

from dataclasses import dataclass

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.groups import Everybody
from bot.playground.telegram.pace import Pace
from bot.playground.telegram.updates import Updates
from bot.playground.telegram.world import Chat, World


@dataclass(frozen=True, slots=True)
class Desk:
    """The world, its people, the bot's queue and its pace."""

    world: World
    people: Everybody
    updates: Updates
    pace: Pace

    def chat(self, args: Arguments) -> Chat:
        """Give the chat a call is about, if the bot may reach it."""
        return self.world.for_bot(args.number("chat_id"))

    def hurry(self, chat: Chat) -> None:
        """Refuse a message that comes too fast."""
        if self.world.enforce_pace:
            self.pace.take(chat.id, chat.type)
