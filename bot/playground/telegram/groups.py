"""What people can do with groups: who is in them, who runs them, what becomes of them.

`Everybody` is `People` with these hands added; it is what a test or the web page holds.
"""

from bot.playground.telegram.errors import Impossible
from bot.playground.telegram.people import People
from bot.playground.telegram.values import Status, User
from bot.playground.telegram.wire import user_json
from bot.playground.telegram.world import Chat, Topic


class Everybody(People):
    """All that people can do."""

    def add_bot(self, user: User, chat: int, payload: str = "") -> None:
        """Bring the bot into a group, as with a `startgroup` link when there is a payload."""
        self._enter(user, self.world.bot, self._group(user, chat))
        if payload:
            self.say(user, chat, f"/start@{self.world.bot.username} {payload}")

    def remove_bot(self, user: User, chat: int) -> None:
        """Throw the bot out of a group."""
        self.remove(user, chat, self.world.bot)

    def bot_leaves(self, chat: Chat) -> None:
        """Let the bot go by itself, as `leaveChat` does."""
        self._exit(self.world.bot, self.world.bot, chat, "left")

    def remove(self, user: User, chat: int, whom: User) -> None:
        """Throw somebody out of a group, with the line about it that everybody sees."""
        self._exit(user, whom, self._group(user, chat), "kicked")

    def add(self, user: User, chat: int, whom: User) -> None:
        """Bring another person into a group."""
        self._enter(user, whom, self._group(user, chat))

    def join(self, user: User, chat: int) -> None:
        """Come into a group by its link."""
        self._enter(user, user, self.world.chat(chat))

    def leave(self, user: User, chat: int) -> None:
        self._exit(user, user, self._group(user, chat), "left")

    def promote(self, by: User, chat: int, whom: User | None = None, *, anonymous: bool = False) -> None:
        """Make somebody an administrator, `by` themselves if nobody else is named."""
        self._set(by, whom or by, self.world.chat(chat), "administrator", anonymous=anonymous)

    def demote(self, by: User, chat: int, whom: User | None = None) -> None:
        self._set(by, whom or by, self.world.chat(chat), "member")

    def upgrade(self, chat: int) -> int:
        """Let a group become a supergroup with a new id; both chats tell of the other. Gives the new id."""
        old = self.world.chat(chat)
        if old.type != "group" or old.migrated_to is not None:
            raise Impossible("only a group becomes a supergroup, and only once")
        by = next(user for user, member in old.members.items() if member.admin and user != self.world.bot.id)
        new = self.world.succeed(old)
        self.notices.message(
            self.world.service(old, by, "migrate_to_chat_id", {"migrate_to_chat_id": new.id})
        )
        self.notices.message(
            self.world.service(new, by, "migrate_from_chat_id", {"migrate_from_chat_id": old.id})
        )
        return new.id

    def publish(self, chat: int, username: str | None) -> None:
        """Give a supergroup a public name, so that anybody can read in it, or take it away; nobody is told of it."""
        group = self.world.chat(chat)
        if group.type != "supergroup":
            raise Impossible("only a supergroup can be public")
        group.username = username

    def open_topic(self, user: User, chat: int, name: str) -> int:
        """Open a forum topic and give its id."""
        group = self._group(user, chat)
        if not group.is_forum:
            raise Impossible("the group has no topics")
        facts = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opened = self.world.service(group, user.id, "forum_topic_created", facts)
        opened = self.world.change(opened, topic=opened.id, thread=opened.id)
        group.topics[opened.id] = Topic(opened.id, name)
        self.notices.message(opened)
        return opened.id

    def close_topic(self, user: User, chat: int, topic: int) -> None:
        """Close a topic, so that only administrators write in it."""
        group = self._group(user, chat)
        group.topics[topic].closed = True
        closed = self.world.service(group, user.id, "forum_topic_closed", {"forum_topic_closed": {}})
        self.notices.message(self.world.change(closed, topic=topic, thread=topic))

    def delete_topic(self, user: User, chat: int, topic: int) -> None:
        """Delete a topic with all its messages. The bot is never told."""
        group = self._group(user, chat)
        del group.topics[topic]
        for message in tuple(group.messages.values()):
            if message.topic == topic:
                self.world.change(message, deleted=True)

    # -- what they share

    def _group(self, user: User, chat: int) -> Chat:
        group = self._in(user, chat)
        if group.type == "private" or group.migrated_to is not None:
            raise Impossible("not a living group")
        return group

    def _enter(self, by: User, whom: User, chat: Chat) -> None:
        self._set(by, whom, chat, "member")
        person = user_json(whom)
        facts = {"new_chat_members": [person], "new_chat_member": person, "new_chat_participant": person}
        self.notices.message(self.world.service(chat, by.id, "new_chat_members", facts))

    def _exit(self, by: User, whom: User, chat: Chat, status: Status) -> None:
        person = user_json(whom)
        facts = {"left_chat_member": person, "left_chat_participant": person}
        note = self.world.service(chat, by.id, "left_chat_member", facts)
        if by != self.world.bot:
            self.notices.message(note)
        self._set(by, whom, chat, status)

    def _set(self, by: User, whom: User, chat: Chat, status: Status, *, anonymous: bool = False) -> None:
        before = chat.member(whom.id)
        after = self.world.set_member(chat, whom.id, status, anonymous=anonymous)
        self.notices.membership(chat, by, whom, before, after)
