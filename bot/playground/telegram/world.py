"""The small Telegram that the stand-in plays: people, chats, topics, memberships and messages.

Only state and its own rules live here; nothing here talks HTTP. Message ids run as in the real one: one counter for the
bot's private chats and basic groups together, one counter of its own for every supergroup.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.playground.telegram.bell import Bell
from bot.playground.telegram.errors import ApiError, bad_request, forbidden
from bot.playground.telegram.markup import Formatted, naming
from bot.playground.telegram.values import ADMINS, Attachment, ChatType, Member, Message, Press, Status, User

ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", None, is_bot=True)
FIRST_USER = 5_000_001
FIRST_GROUP = 4_000_001
FIRST_SUPERGROUP = 1_000_000_002_001


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """One chat as it stands now."""

    id: int
    type: ChatType
    title: str = ""
    is_forum: bool = False
    hides_members: bool = False
    username: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: int | None = None
    last_bot: int | None = None
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def member(self, user: int) -> Member:
        return self.members.get(user, Member("left"))

    @property
    def present(self) -> list[int]:
        return [user for user, member in self.members.items() if member.present]


@dataclass(slots=True)
class Acquaintance:
    """What one person has done about the bot's private chat."""

    started: bool = False
    blocked: bool = False


class World:
    """Everything that exists, and what the bot may do to it."""

    def __init__(self, *, now: Callable[[], float], bell: Bell, bot: User) -> None:
        self.now = now
        self.bell = bell
        self.bot = bot
        self.privacy = True
        self.enforce_pace = False
        self.users: dict[int, User] = {bot.id: bot, ANONYMOUS.id: ANONYMOUS}
        self.chats: dict[int, Chat] = {}
        self.acquaintances: dict[int, Acquaintance] = {}
        self.files: dict[str, Attachment] = {}
        self.presses: dict[str, Press] = {}
        self.profile: dict[str, Any] = {}
        self._user_ids = itertools.count(FIRST_USER)
        self._chat_ids = itertools.count(FIRST_GROUP)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP)
        self._message_ids = itertools.count(1)
        self._file_ids = itertools.count(1)

    # -- making people and chats

    def add_user(
        self,
        first_name: str,
        username: str | None = None,
        language_code: str | None = None,
        *,
        is_bot: bool = False,
    ) -> User:
        """Let a new account exist. It has not started the bot."""
        user = User(next(self._user_ids), first_name, username, language_code, is_bot)
        self.users[user.id] = user
        if not is_bot:
            self.chats[user.id] = Chat(user.id, "private", ids=self._message_ids)
            self.acquaintances[user.id] = Acquaintance()
        return user

    def add_group(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        kind: Literal["group", "supergroup"] = "group",
        is_forum: bool = False,
        with_bot: bool = False,
    ) -> int:
        """Let a group exist, the first member as its creator, and give its chat id; no update tells of it."""
        chat = Chat(self._new_chat_id(kind), kind, title, is_forum)
        if kind == "group":
            chat.ids = self._message_ids
        for position, user in enumerate(members):
            chat.members[user.id] = Member("member" if position else "creator")
        if with_bot:
            chat.members[self.bot.id] = Member("member", sees_all=not self.privacy)
        self.chats[chat.id] = chat
        self.bell.ring()
        return chat.id

    def _new_chat_id(self, kind: ChatType) -> int:
        return -next(self._supergroup_ids if kind == "supergroup" else self._chat_ids)

    def succeed(self, old: Chat) -> Chat:
        """Make the supergroup that a group becomes; the old messages stay behind."""
        chat = Chat(self._new_chat_id("supergroup"), "supergroup", old.title, members=dict(old.members))
        old.migrated_to = chat.id
        self.chats[chat.id] = chat
        return chat

    # -- looking things up

    def chat(self, chat: int) -> Chat:
        """Give a chat that a test or a person names; `KeyError` if there is none."""
        return self.chats[chat]

    def message(self, chat: int, message: int) -> Message | None:
        """Give a message as it stands now, unless it was deleted."""
        found = self.chats[chat].messages.get(message) if chat in self.chats else None
        return None if found is None or found.deleted else found

    def user_named(self, username: str) -> int | None:
        wanted = username.lower()
        return next((u.id for u in self.users.values() if (u.username or "").lower() == wanted), None)

    def named(self, text: Formatted) -> Formatted:
        """Resolve the mentions in a text."""
        return naming(text, self.user_named, self.users.__contains__)

    # -- the bot's reach

    def for_bot(self, chat_id: int | None) -> Chat:
        """Give the chat that the bot writes to, or refuse as the Bot API does."""
        chat = self.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            reason = "group chat was upgraded to a supergroup chat"
            raise bad_request(reason, migrate_to_chat_id=chat.migrated_to)
        refusal = self._private_refusal(chat) if chat.type == "private" else self._group_refusal(chat)
        if refusal is not None:
            raise refusal
        return chat

    def _private_refusal(self, chat: Chat) -> ApiError | None:
        person = self.acquaintances[chat.id]
        if person.blocked:
            return forbidden("bot was blocked by the user")
        return None if person.started else forbidden("bot can't initiate conversation with a user")

    def _group_refusal(self, chat: Chat) -> ApiError | None:
        status = chat.member(self.bot.id).status
        if status == "kicked":
            return forbidden(f"bot was kicked from the {chat.type} chat")
        return forbidden(f"bot is not a member of the {chat.type} chat") if status == "left" else None

    def bot_is_admin(self, chat: Chat) -> bool:
        return chat.member(self.bot.id).status in ADMINS

    # -- changing things

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a message into its chat under the chat's next id; the id given is ignored."""
        message = replace(message, id=next(chat.ids), chat=chat.id)
        chat.messages[message.id] = message
        if self.users[message.author].is_bot and message.author != ANONYMOUS.id:
            chat.last_bot = message.author
        self.bell.ring()
        return message

    def service(self, chat: Chat, author: int, name: str, facts: Mapping[str, Any]) -> Message:
        """Put a service message into a chat."""
        date = int(self.now())
        return self.post(chat, Message(0, chat.id, author, date, service=name, facts=facts))

    def change(self, message: Message, **fields: Any) -> Message:  # noqa: ANN401 - fields of `Message`
        """Put a changed value in a message's place."""
        changed = replace(message, **fields)
        self.chats[message.chat].messages[message.id] = changed
        self.bell.ring()
        return changed

    def set_member(self, chat: Chat, user: int, status: Status, *, anonymous: bool = False) -> Member:
        """Change how somebody stands in a chat. Whether a bot sees all is settled when it comes in."""
        before = chat.member(user)
        sees_all = before.sees_all if before.present else not self.privacy
        chat.members[user] = Member(status, anonymous, sees_all)
        self.bell.ring()
        return chat.members[user]

    def keep_file(self, *, photo: bool, filename: str, mime: str, content: bytes) -> Attachment:
        """Keep an uploaded file under a new file id."""
        number = next(self._file_ids)
        kind: Literal["photo", "document"] = "photo" if photo else "document"
        suffix = "." + filename.rpartition(".")[2] if "." in filename else ""
        path = f"{kind}s/file_{number}{suffix}"
        file = Attachment(kind, f"F{kind[0]}{number:08d}", path, filename, mime, content)
        self.files[file.file_id] = file
        return file
