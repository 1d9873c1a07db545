"""A Telegram group with topics: the forum's cards come into the topic where it was started, and all topics are its own."""

from functools import partial

import pytest

from bot.playground.telegram import plain
from handlers.kit.ui import text
from storage import forums
from storage.db import Store
from tests.stage.chat import Chat
from tests.stage.people import TelegramPerson
from tests.stage.ready import meet

TOWN, LABEL = "Sundköpings kommun", "/beslut Vi tänder lyktorna"
FORUM = {
    "setup-field-name": "Trygg stad",
    "setup-field-challenge": "Fler vågar gå hem.",
    "organisation-yours": TOWN,
}


class Topics:
    """A group with two topics besides the general one, and somebody who started a forum in the first."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.telegram = chat, chat.telegram
        self.telegram.world.chats[chat.group].is_forum = True
        self.cilla = chat.telegram_person("Cilla Ö", admin=True)
        self.cilla.starts()
        chat.does(self.telegram.add_bot(self.cilla.user, chat.group))
        self.first = self.opens("Lyktor")
        self.second = self.opens("Fika")
        chat.reads_everything()
        self.says(self.first, "/start")
        self.cilla.clicks("setup-start")
        self.cilla.fills(FORUM)
        self.cilla.sees("forum-title", name="Trygg stad")
        chat.reads_everything()

    def opens(self, name: str) -> int:
        """A new topic."""
        return self.chat.does(self.telegram.open_topic(self.cilla.user, self.chat.group, name))

    def says(self, topic: int | None, words: str) -> None:
        """Cilla writes in a topic."""
        self.chat.does(self.telegram.say(self.cilla.user, self.chat.group, words, topic=topic))

    def where(self, words: str) -> list[int | None]:
        """The topics in which the bot has said something."""
        seen = self.telegram.seen(self.cilla.user, self.chat.group)
        bot = self.telegram.world.bot.id
        return [each.topic for each in seen if each.author == bot and words in plain(each)]


@pytest.fixture(name="topics")
def _topics(chat: Chat) -> Topics:
    return Topics(chat)


def test_the_forums_cards_come_into_its_topic(topics: Topics, chat: Chat) -> None:
    """The forum's card, and every decision after it."""
    topics.says(topics.first, LABEL)
    topics.cilla.sees("decision-title-standing", number="1/2026")
    topics.cilla.sees_nothing_new()

    assert topics.where(chat.t("forum-title", name="Trygg stad")) == [topics.first]
    assert topics.where("Vi tänder lyktorna") == [topics.first]


@pytest.mark.parametrize("where", ["second", "general"])
def test_the_other_topics_belong_to_the_same_forum(topics: Topics, chat: Chat, where: str) -> None:
    """What is decided there shows in the forum's topic, and whoever wrote it is told so."""
    topics.says(topics.second if where == "second" else None, LABEL)

    topics.cilla.sees("decision-recorded", number="1/2026")
    topics.cilla.sees("decision-title-standing", number="1/2026")
    assert topics.where("Vi tänder lyktorna") == [topics.first]
    topics.says(topics.second, "/nyttforum")
    topics.cilla.sees("refused-forum-here")
    assert chat.unread() == []


def test_back_in_the_group_the_forum_is_where_it_was(topics: Topics, chat: Chat) -> None:
    """Removed by mistake and invited again: its topic takes messages as before."""
    chat.does(chat.telegram.remove_bot(topics.cilla.user, chat.group))
    chat.reads_everything()
    chat.does(chat.telegram.add_bot(topics.cilla.user, chat.group))

    topics.cilla.sees("setup-back", name="Trygg stad")
    assert topics.where(chat.t("setup-back", name="Trygg stad")) == [topics.first]
    topics.says(topics.second, LABEL)
    chat.reads_everything()
    assert topics.where("Vi tänder lyktorna") == [topics.first]


def test_a_group_that_opened_while_the_bot_was_out_waits_with_its_topics(topics: Topics, chat: Chat) -> None:
    """To be invited again is no yes: whoever coordinates is asked first."""
    chat.does(chat.telegram.remove_bot(topics.cilla.user, chat.group))
    chat.does(chat.telegram.publish(chat.group, "tryggstad"))
    chat.reads_everything()

    chat.does(chat.telegram.add_bot(topics.cilla.user, chat.group))

    topics.cilla.sees("audience-title", chat=text("place-name", title="Trygghet", platform="Telegram"))
    assert topics.where(chat.t("setup-back", name="Trygg stad")) == []
    topics.cilla.clicks("audience-let-post")
    topics.cilla.sees("audience-agreed", chat=text("place-name", title="Trygghet", platform="Telegram"))
    assert topics.where(chat.t("setup-back", name="Trygg stad")) == [topics.first]
    chat.reads_everything()


def test_a_person_of_another_chat_ties_one_topic(topics: Topics, chat: Chat) -> None:
    """A code typed in a topic ties that topic, and the greeting there is seen there."""
    other = TelegramPerson(chat, "Cilla Ö", "sv", topics.cilla.user)
    group = chat.telegram.world.add_group("Grannar", [topics.cilla.user], kind="supergroup", is_forum=True)
    chat.does(chat.telegram.add_bot(topics.cilla.user, group))
    street = chat.does(chat.telegram.open_topic(topics.cilla.user, group, "Gatan"))
    other.says("/koppla", private=True)
    code = other.sees("tie-code-rules").split("Koden är ")[1].split("\n")[0].strip()
    chat.reads_everything()
    chat.does(chat.telegram.say(topics.cilla.user, group, f"/koppla {code}", topic=street))
    chat.reads_everything()
    other.clicks("tie-approve")
    chat.reads_everything()

    topics.says(topics.first, LABEL)
    chat.reads_everything()
    seen = chat.telegram.seen(topics.cilla.user, group)
    assert [each.topic for each in seen if "Vi tänder lyktorna" in plain(each)] == [street]


def test_a_topic_that_is_deleted_takes_no_other_topic_along(topics: Topics, chat: Chat) -> None:
    """Two forums in one group: the one whose topic is gone hears of it once, the other goes on as before."""
    chat.runner.run(chat.app.writer.run(partial(_fika_club, topics)))
    chat.does(chat.telegram.delete_topic(topics.cilla.user, chat.group, topics.first))
    for words in ("/beslut Vi tänder lyktorna.", "/beslut Vi mäter ljuset."):
        topics.cilla.says(words, private=True)
    topics.cilla.sees("decision-recorded", number="1/2026")
    topics.cilla.sees("decision-recorded", number="2/2026")
    chat.waits(minutes=1)
    topics.cilla.sees("chat-gone", chat=text("place-name", title="Trygghet", platform="Telegram"))

    topics.says(topics.second, "/beslut Vi bakar.")
    topics.cilla.sees("decision-title-standing", number="1/2026")
    assert topics.where("Vi bakar.") == [topics.second]
    chat.waits(days=2)
    chat.reads_everything()


def _fika_club(topics: Topics, store: Store) -> None:
    """Another forum, in the second topic, and Cilla in it as well."""
    now = topics.chat.now
    forum = forums.create(
        store, name="Fika", challenge="", language="sv", zone="Europe/Stockholm", invite="f", now=now
    )
    place = forums.add_place(store, "telegram", "", str(topics.chat.group), str(topics.second), "Trygghet")
    forums.tie(store, place.id, forum.id)
    forums.join(
        store, forum.id, meet(store, topics.chat, topics.cilla), actor_id=None, role="coordinator", now=now
    )
