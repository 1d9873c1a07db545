"""What people can do in their Telegram apps, one method for each.

Every method does the thing at once and tells the bot what the bot may know. What no app would allow raises
`Impossible`: speaking in a chat one is not in, pressing a button that is not there.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.playground.telegram.errors import Impossible
from bot.playground.telegram.html_mode import units
from bot.playground.telegram.images import size_of
from bot.playground.telegram.markup import Formatted, with_found
from bot.playground.telegram.notices import Notices
from bot.playground.telegram.values import Entity, Member, Message, Press, User
from bot.playground.telegram.wire import user_json
from bot.playground.telegram.world import ANONYMOUS, Chat, World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class People:
    """The hands of everybody in the world."""

    def __init__(self, world: World, notices: Notices) -> None:
        self.world = world
        self.notices = notices
        self.opened: list[tuple[int, str]] = []
        self._presses = 0

    # -- talking

    def say(
        self,
        user: User,
        chat: int,
        text: str,
        reply_to: Message | None = None,
        topic: int | None = None,
        *,
        mentions: Iterable[User] = (),
    ) -> Message:
        """Write a message. `mentions` are people picked by name from the app's list, where they have no @name."""
        return self._write(user, chat, self._text(text, mentions), reply_to, topic)

    def upload(
        self,
        user: User,
        chat: int,
        filename: str,
        content: bytes,
        caption: str = "",
        *,
        mime: str = "application/octet-stream",
    ) -> Message:
        """Send a file; a picture (`image/…`) goes as a photo."""
        file = self.world.keep_file(
            photo=mime.startswith("image/"), filename=filename, mime=mime, content=content
        )
        if file.kind == "photo":
            width, height = size_of(content) or (0, 0)
            file = replace(file, width=width, height=height)
        return self._write(user, chat, self._text(caption), None, None, attachment=file)

    def forward(self, user: User, message: Message, chat: int) -> Message:
        """Forward a message into another chat."""
        author = self.world.users[self._current(user, message).author]
        origin = {"type": "user", "sender_user": user_json(author), "date": message.date}
        text = Formatted(message.text, message.entities)
        return self._write(user, chat, text, None, None, attachment=message.attachment, origin=origin)

    def edit(self, user: User, message: Message, text: str) -> Message:
        """Change one's own message."""
        current = self._own(user, message)
        changed = self._text(text)
        current = self.world.change(
            current,
            text=changed.text,
            entities=changed.entities,
            html=changed.html,
            edited=int(self.world.now()),
        )
        self.notices.edited(current)
        return current

    def delete(self, user: User, message: Message) -> None:
        """Delete one's own message for everybody. The bot is never told."""
        self.world.change(self._own(user, message), deleted=True)

    def start(self, user: User, payload: str = "") -> Message:
        """Open the bot's private chat, unblocking it if need be, and press Start."""
        if not PAYLOAD.fullmatch(payload):
            raise Impossible(f"a start link carries at most 64 of A-Z, a-z, 0-9, _ and -: {payload!r}")
        if self.world.acquaintances[user.id].blocked:
            self.unblock(user)
        self.world.acquaintances[user.id].started = True
        return self.say(user, user.id, f"/start {payload}".strip())

    # -- buttons

    def press(self, user: User, message: Message, label: str, data: str | None = None) -> Press | None:
        """Press a button by its label, also one that only a stale screen still shows. A link gives no `Press`.

        `data` tells which one is meant where several have the same label.
        """
        chat = self._in(user, message.chat)
        current = self.world.message(chat.id, message.id)
        button = (current and current.button(label, data)) or message.button(label, data)
        if button is None:
            raise Impossible(f"no button {label!r} among {(current or message).labels}")
        if button.url is not None:
            self.follow(user, button.url)
            return None
        self._presses += 1
        press = Press(f"{self._presses:019d}", user.id, chat.id, message.id, self.world.now())
        self.world.presses[press.id] = press
        if self._bot_is_in(chat):
            self.notices.press(press, button.callback_data or "", current)
        self.world.bell.ring()
        return press

    def _bot_is_in(self, chat: Chat) -> bool:
        if chat.type == "private":
            return not self.world.acquaintances[chat.id].blocked
        return chat.member(self.world.bot.id).present

    def follow(self, user: User, url: str) -> None:
        """Open a link. A start link of the bot opens its private chat and starts it, all others a browser."""
        payload = start_payload(url, self.world.bot.username or "")
        if payload is None:
            self.opened.append((user.id, url))
            self.world.bell.ring()
        else:
            self.start(user, payload)

    # -- the private chat

    def block(self, user: User) -> None:
        """Stop the bot from writing here."""
        self._acquaint(user, blocked=True)

    def unblock(self, user: User) -> None:
        self._acquaint(user, blocked=False)

    def _acquaint(self, user: User, *, blocked: bool) -> None:
        person, chat = self.world.acquaintances[user.id], self.world.chats[user.id]
        if person.blocked == blocked:
            return
        person.blocked = blocked
        before = chat.member(self.world.bot.id) if not blocked else Member("member")
        after = self.world.set_member(chat, self.world.bot.id, "kicked" if blocked else "member")
        self.notices.membership(chat, user, self.world.bot, before, after)

    # -- what all of them share

    def _in(self, user: User, chat_id: int) -> Chat:
        chat = self.world.chat(chat_id)
        if chat.type == "private" and chat.id != user.id:
            raise Impossible("another person's private chat")
        if chat.type != "private" and not chat.member(user.id).present:
            raise Impossible(f"{user.first_name} is not in {chat.title}")
        return chat

    def _own(self, user: User, message: Message) -> Message:
        current = self._current(user, message)
        if current.author != user.id:
            raise Impossible("the message is somebody else's")
        return current

    def _current(self, user: User, message: Message) -> Message:
        current = self.world.message(self._in(user, message.chat).id, message.id)
        if current is None:
            raise Impossible("the message is gone")
        return current

    def _text(self, text: str, mentions: Iterable[User] = ()) -> Formatted:
        picked = []
        for user in mentions:
            at = text.index(user.first_name)
            offset, length = units(text[:at]), units(user.first_name)
            picked.append(Entity("text_mention", offset, length, user=user.id))
        return self.world.named(with_found(Formatted(text, tuple(picked))))

    def _write(
        self,
        user: User,
        chat_id: int,
        text: Formatted,
        reply_to: Message | None,
        topic: int | None,
        **fields: Any,  # noqa: ANN401 - fields of `Message`
    ) -> Message:
        chat = self._may_write(user, chat_id, topic)
        thread = None
        if reply_to is not None:
            topic = topic or reply_to.topic
            thread = (reply_to.thread or reply_to.id) if chat.type == "supergroup" else None
        anonymous = chat.member(user.id).anonymous
        message = Message(
            id=0,
            chat=chat.id,
            author=ANONYMOUS.id if anonymous else user.id,
            sender_chat=chat.id if anonymous else None,
            date=int(self.world.now()),
            text=text.text,
            entities=text.entities,
            html=text.html,
            reply_to=reply_to.id if reply_to else None,
            topic=topic,
            thread=topic or thread,
            **fields,
        )
        message = self.world.post(chat, message)
        self.notices.message(message)
        return message

    def _may_write(self, user: User, chat_id: int, topic: int | None) -> Chat:
        chat = self._in(user, chat_id)
        if chat.type == "private":
            person = self.world.acquaintances[user.id]
            if person.blocked or not person.started:
                raise Impossible("the app shows only a Start button here")
        if chat.migrated_to is not None:
            raise Impossible("the group has become a supergroup")
        if topic is not None and (topic not in chat.topics or chat.topics[topic].closed):
            raise Impossible("the topic is closed, or there is none")
        return chat


def start_payload(url: str, bot_username: str) -> str | None:
    """Give the payload of a start link of this bot, or nothing for any other link."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.hostname not in {"t.me", "telegram.me"}:
        return None
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.path.strip("/").lower() != bot_username.lower() or "start" not in query:
        return None
    return query["start"][0]
