"""Two chats that are not tied yet: a forum in Slack, and a group in Telegram that belongs to none."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.kit.ui import Value, text
from storage import forums
from storage.records import Place
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody, TelegramPerson

NAME = "Trygg stad"
FORUM = {
    "setup-field-name": NAME,
    "setup-field-challenge": "Fler vågar gå hem.",
    "organisation-yours": "Staden",
}
CHANNEL = text("place-name", title="trygghet", platform="Slack")
GROUP = text("place-name", title="Trygghet", platform="Telegram")


@dataclass(frozen=True, slots=True)
class Apart:
    """Ada coordinates a forum in Slack. Cilla runs a group in Telegram that belongs to none; Dan is only in it."""

    chat: Chat
    ada: SlackPerson
    cilla: TelegramPerson
    dan: TelegramPerson

    def code(self, who: Somebody | None = None, **where: bool) -> str:
        """A new code."""
        asks = who or self.ada
        asks.commands("koppla", **where)
        return code_in(asks.reads_all()[-1])

    def redeems(self) -> None:
        """The code is asked for and typed; the question waits for Ada."""
        self.cilla.commands(f"koppla {self.code()}")
        self.cilla.sees("tie-waiting")

    def ties(self) -> None:
        """The whole of it, with nothing left to read."""
        self.redeems()
        self.ada.clicks("tie-approve")
        self.chat.reads_everything()

    def remembers(self, key: str, **values: Value) -> Callable[[], None]:
        """The newest button of that name on Ada's screen, to be pressed whatever has become of it."""
        label = self.chat.t(key, **values)
        slack, ada = self.chat.slack, self.ada
        for message in reversed(ada._messages()):
            for element in (each for block in message.blocks for each in block.get("elements", [])):
                if isinstance(element.get("text"), dict) and element["text"].get("text") == label:
                    name, data = element["action_id"], element["value"]
                    return lambda: self.chat.does(slack.press_id(ada.user, message, name, data))
        raise AssertionError(f"no button {label}")

    def places(self) -> list[Place]:
        return self.chat.runner.run(self.chat.app.writer.run(lambda store: forums.places(store, 1)))


def code_in(words: str) -> str:
    """The code that a card shows."""
    found = re.search(r"[B-Z]{4}-[B-Z]{4}", words)
    assert found, words
    return found[0]


def two_chats_apart(chat: Chat) -> Apart:
    """The forum is started and the bot is in both chats; nothing is left to read."""
    ada = chat.slack_person("Ada Ek")
    cilla, dan = chat.telegram_person("Cilla Ö", admin=True), chat.telegram_person("Dan Lu")
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    ada.clicks("setup-start")
    ada.fills(FORUM)
    chat.reads_everything()
    return Apart(chat, ada, cilla, dan)
