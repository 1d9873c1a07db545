"""People in a story: they say, click, fill in and read, in Slack or in Telegram.

Everything is named by text keys, never by prose: ``ada.clicks("decision-change")``. A person reads what is new to
them; what nobody has read when the story ends makes it fail.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from typing_extensions import override

from bot.playground import slack as slack_world
from bot.playground import telegram as telegram_world
from handlers.kit.ui import Value, text

if TYPE_CHECKING:
    from tests.stage.chat import Chat

Answer = str | list[str]


class Somebody(ABC):
    """A person with one account."""

    def __init__(self, chat: "Chat", name: str, language: str) -> None:
        self.chat = chat
        self.name = name
        self.language = language

    # --- What a person does ------------------------------------------------------------------------------------

    @abstractmethod
    def says(self, words: str, *, private: bool = False) -> None:
        """Write, in the forum's chat or to the bot alone."""

    @abstractmethod
    def commands(self, words: str, *, private: bool = False) -> None:
        """Give a command: ``/samsyn …`` in Slack, ``/…`` in Telegram."""

    @abstractmethod
    def clicks(self, key: str, /, **values: Value) -> None:
        """Press the newest visible button with this label."""

    @abstractmethod
    def fills(self, answers: Mapping[str, Answer]) -> dict[str, str]:
        """Fill in and send the open form, by the keys of its labels; what is wrong, by key."""

    # --- What a person sees ------------------------------------------------------------------------------------

    @abstractmethod
    def visible(self) -> "list[tuple[str, str]]":
        """Every message of the bot that this person can see, oldest first: its id on the stage, and its words."""

    def sees(self, key: str, /, language: str = "", **values: Value) -> str:
        """Read the oldest unread message that says this; its words. Fails when there is none."""
        wanted = self.chat.t(key, language or self.language, **values)
        for message, words in self.visible():
            if self.chat.is_unread(message, words) and wanted in words:
                self.chat.read(message, words)
                return words
        unread = [words for message, words in self.visible() if self.chat.is_unread(message, words)]
        failed = [each.reason for each in self.chat.slack.delivery.failures]
        raise AssertionError(f"{self.name} does not see {wanted!r} among {unread!r}; not delivered: {failed}")

    def sees_nothing_new(self) -> None:
        """Make sure that nothing unread is in front of this person."""
        unread = [words for message, words in self.visible() if self.chat.is_unread(message, words)]
        assert unread == []

    def reads_all(self) -> list[str]:
        """Read everything that is new; the words, oldest first."""
        unread = [
            (message, words) for message, words in self.visible() if self.chat.is_unread(message, words)
        ]
        for message, words in unread:
            self.chat.read(message, words)
        return [words for _, words in unread]

    def _labels(self, key: str, values: Mapping[str, Value]) -> set[str]:
        return {self.chat.say(text(key, **values), each) for each in ("sv", "en")}


class SlackPerson(Somebody):
    """Somebody in Slack."""

    def __init__(self, chat: "Chat", name: str, language: str, user: slack_world.User) -> None:
        super().__init__(chat, name, language)
        self.user = user

    @property
    def channel(self) -> str:
        return self.chat.channel

    @override
    def says(self, words: str, *, private: bool = False) -> None:
        slack = self.chat.slack
        where = slack.world.im_of(self.user.id).id if private else self.channel
        self.chat.does(slack.say(self.user, where, words))

    @override
    def commands(self, words: str, *, private: bool = False) -> None:
        slack = self.chat.slack
        where = slack.world.im_of(self.user.id).id if private else self.channel
        self.chat.does(slack.slash(self.user, where, "/samsyn", words))

    @override
    def clicks(self, key: str, /, **values: Value) -> None:
        labels = self._labels(key, values)
        for message in reversed(self._messages()):
            label = next((each for each in labels if f"[{each}]" in slack_world.plain(message)), None)
            if label:
                self.chat.does(self.chat.slack.press(self.user, message, label))
                return
        raise AssertionError(f"{self.name} sees no button {labels}")

    @override
    def fills(self, answers: Mapping[str, Answer]) -> dict[str, str]:
        slack = self.chat.slack
        modal = slack.modal(self.user)
        assert modal is not None, f"{self.name} has no form open"
        shown = slack_world.plain(slack.world.modals[self.user.id][-1])
        values = {}
        for key, answer in answers.items():
            label = next(each for each in self._labels(key, {}) if each in shown)
            values[label] = answer
        errors: dict[str, str] = self.chat.does(slack.submit(self.user, values))
        return errors

    def has_form(self) -> bool:
        return self.chat.slack.modal(self.user) is not None

    @override
    def visible(self) -> list[tuple[str, str]]:
        return [
            (f"slack:{each.channel}:{each.ts}", slack_world.plain(each, self.chat.names))
            for each in self._messages()
        ]

    def _messages(self) -> list[slack_world.Message]:
        slack = self.chat.slack
        world = slack.world
        mine = [each.id for each in world.channels.values() if self.user.id in each.members]
        seen = [message for channel in mine for message in world.in_channel(channel)]
        return sorted(
            (
                each
                for each in seen
                if each.by_bot
                and each.subtype is None
                and not each.deleted
                and each.ephemeral_to in (None, self.user.id)
            ),
            key=lambda each: float(each.ts),
        )


class TelegramPerson(Somebody):
    """Somebody in Telegram."""

    def __init__(self, chat: "Chat", name: str, language: str, user: telegram_world.User) -> None:
        super().__init__(chat, name, language)
        self.user = user

    @property
    def group(self) -> int:
        return self.chat.group

    def starts(self) -> None:
        """Open the private chat."""
        self.chat.does(self.chat.telegram.start(self.user))

    @override
    def says(
        self, words: str, *, private: bool = False, reply_to: telegram_world.Message | None = None
    ) -> None:
        telegram = self.chat.telegram
        where = telegram.private(self.user) if private else self.group
        self.chat.does(telegram.say(self.user, where, words, reply_to=reply_to))

    @override
    def commands(self, words: str, *, private: bool = False) -> None:
        self.says(f"/{words}", private=private)

    @override
    def clicks(self, key: str, /, **values: Value) -> None:
        labels = self._labels(key, values)
        for message in reversed(self._messages()):
            label = next((b.label for row in message.keyboard for b in row if b.label in labels), None)
            if label:
                self._presses(message, label)
                return
        raise AssertionError(f"{self.name} sees no button {labels}")

    @override
    def fills(self, answers: Mapping[str, Answer]) -> dict[str, str]:
        """Answer the talk's questions one by one; what is not given is kept or skipped; then nothing is wrong."""
        wanted = {label: answer for key, answer in answers.items() for label in self._labels(key, {})}
        for _ in range(40):
            question = self._question()
            if question is None:
                return {}
            self.chat.read(self._id(question), telegram_world.plain(question))
            label = next((each for each in wanted if f"{each} (" in question.text), None)
            self._answers(question, wanted[label] if label else None)
        raise AssertionError(f"the talk never ends: {self.chat.reads_everything()} {self.toasts()}")

    def toasts(self) -> list[str]:
        """What presses showed for a moment, oldest first."""
        return [each.text for each in self.chat.telegram.toasts(self.user)]

    def has_form(self) -> bool:
        return self._question() is not None

    def _question(self) -> telegram_world.Message | None:
        cancel = self._labels("form-cancel", {})
        asking = [m for m in self._messages() if any(b.label in cancel for row in m.keyboard for b in row)]
        return asking[-1] if asking else None

    def _answers(self, question: telegram_world.Message, answer: Answer | None) -> None:
        if answer is None:
            keys = ("form-keep", "form-next", "form-skip")
            label = next((b.label for key in keys for row in question.keyboard for b in row
                          if b.label in self._labels(key, {})), None)  # fmt: skip
            assert label, f"this question needs an answer: {question.text!r}"
            self._presses(question, label)
            return
        labels = {b.label for row in question.keyboard for b in row}
        if isinstance(answer, list):
            for each in answer:
                self._presses(self._question() or question, each)
            self._presses(
                self._question() or question, next(iter(self._labels("form-next", {}) & self._shown()))
            )
        elif answer in labels:
            self._presses(question, answer)
        else:
            where = question.chat
            reply = None if where == self.chat.telegram.private(self.user) else question
            self.chat.does(self.chat.telegram.say(self.user, where, answer, reply_to=reply))

    def _shown(self) -> set[str]:
        question = self._question()
        return {b.label for row in question.keyboard for b in row} if question else set()

    def _presses(self, message: telegram_world.Message, label: str) -> None:
        self.chat.does(self._press(message, label))

    async def _press(self, message: telegram_world.Message, label: str) -> None:
        press = await self.chat.telegram.press(self.user, message, label)
        if press is not None:
            await self.chat.telegram.answered(press)

    @override
    def visible(self) -> list[tuple[str, str]]:
        return [(self._id(each), telegram_world.plain(each)) for each in self._messages()]

    def _id(self, message: telegram_world.Message) -> str:
        return f"telegram:{message.chat}:{message.id}"

    def _messages(self) -> list[telegram_world.Message]:
        telegram = self.chat.telegram
        seen = []
        for each in telegram.world.chats.values():
            if each.type != "private" and each.member(self.user.id).present:
                seen += telegram.seen(self.user, each.id)
        if self.user.id in telegram.world.chats:
            seen += telegram.seen(self.user, self.user.id)
        return [each for each in seen if each.author == telegram.world.bot.id]
