"""What the bot is told: which of the things people do become updates.

Privacy mode is on from the start: in a group the bot hears commands meant for it, answers to its own messages and
service messages, but no other talk and not a plain mention, unless it is an administrator. It never hears other bots,
and nobody ever tells it that a message was deleted.
"""

from bot.playground.telegram.markup import inside
from bot.playground.telegram.updates import Updates
from bot.playground.telegram.values import Member, Message, Press, User
from bot.playground.telegram.wire import Json, chat_json, member_json, message_json, user_json
from bot.playground.telegram.world import ANONYMOUS, Chat, World


def hears(world: World, message: Message) -> bool:
    """Tell whether the bot receives this message."""
    chat = world.chats[message.chat]
    author = world.users[message.author]
    if author.is_bot and author != ANONYMOUS and message.service is None:
        return False
    if chat.type == "private":
        return not world.acquaintances[chat.id].blocked
    bot = chat.member(world.bot.id)
    if not bot.present or bot.admin or bot.sees_all or message.service is not None:
        return bot.present
    return _answers_bot(world, message) or _commands_bot(world, chat, message)


def _answers_bot(world: World, message: Message) -> bool:
    answered = world.message(message.chat, message.reply_to or 0)
    return answered is not None and answered.author == world.bot.id


def _commands_bot(world: World, chat: Chat, message: Message) -> bool:
    first = next((e for e in message.entities if e.offset == 0 and e.type == "bot_command"), None)
    if first is None:
        return False
    _, _, addressed = inside(message.text, first).partition("@")
    if addressed:
        return addressed.lower() == (world.bot.username or "").lower()
    # A bare command is for the bot that spoke last, or for all if none has.
    return chat.last_bot in {None, world.bot.id}


class Notices:
    """Turns what happens into updates for the bot."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates

    def message(self, message: Message) -> None:
        self._tell("message", message)

    def edited(self, message: Message) -> None:
        self._tell("edited_message", message)

    def _tell(self, kind: str, message: Message) -> None:
        if hears(self._world, message):
            self._updates.put(kind, message_json(self._world, message), f"chat {message.chat}")

    def press(self, press: Press, data: str, message: Message | None) -> None:
        """Tell of a press; of a message that the bot cannot see any more only its number is told."""
        chat = self._world.chats[press.chat]
        shown: Json = {"chat": chat_json(self._world, chat), "message_id": press.message, "date": 0}
        if message is not None:
            shown = message_json(self._world, message)
        payload = {
            "id": press.id,
            "from": user_json(self._world.users[press.user]),
            "message": shown,
            "chat_instance": f"{chat.id * 7919}",
            "data": data,
        }
        self._updates.put("callback_query", payload, f"user {press.user}")

    def membership(self, chat: Chat, actor: User, whose: User, before: Member, after: Member) -> None:
        """Tell how somebody's standing in a chat changed: always the bot's own, others' only to an admin bot."""
        mine = whose == self._world.bot
        if not mine and not self._world.bot_is_admin(chat):
            return
        payload = {
            "chat": chat_json(self._world, chat),
            "from": user_json(actor),
            "date": int(self._world.now()),
            "old_chat_member": member_json(self._world, whose.id, before),
            "new_chat_member": member_json(self._world, whose.id, after),
        }
        self._updates.put("my_chat_member" if mine else "chat_member", payload, f"chat {chat.id}")
