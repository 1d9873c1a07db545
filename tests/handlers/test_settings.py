"""Stories of a forum's settings, of languages, and of the bot being put out of a chat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.telegram.deep_links import payload_of
from handlers import setup
from handlers.kit.forum_shown import place_name
from handlers.kit.inbound import Due, Happened
from handlers.kit.ui import text
from storage import forums, people
from storage.records import Forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import ready_forum
from tests.stage.samples import NOW, Sample

NAME = "Trygg stad"
FORUM = {
    "setup-field-name": NAME,
    "setup-field-challenge": "Fler ska våga gå hem.",
    "organisation-yours": "Staden",
}


def _in_channel(chat: Chat) -> SlackPerson:
    ada = chat.slack_person("Ada Ek")
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    ada.sees("setup-hello")
    return ada


def _starts(ada: SlackPerson) -> None:
    ada.clicks("setup-start")
    assert ada.fills(FORUM) == {}


def _forum(chat: Chat) -> Forum:
    found = chat.runner.run(chat.app.writer.run(lambda store: forums.get(store, 1)))
    assert found is not None
    return found


def _follows(who: TelegramPerson, data: str) -> None:
    """Open a start link that somebody made up."""
    who.chat.does(who.chat.telegram.start(who.user, payload_of(data)))
    who.chat.reads_everything()


# --- Settings and languages ------------------------------------------------------------------------------------


def test_settings_change_the_forum_and_its_card(chat: Chat) -> None:
    """The coordinator changes name and challenge; the forum's card follows in the chat."""
    ada = _in_channel(chat)
    _starts(ada)
    ada.sees("forum-title", name=NAME)

    ada.commands("inställningar")
    changes = {"setup-field-name": "Trygg  och fri", "setup-field-challenge": "Alla vågar gå hem.",
               "setup-field-amend": chat.t("setup-amend-coordinators")}  # fmt: skip
    assert ada.fills(changes) == {}

    ada.sees("settings-saved")
    assert "Alla vågar gå hem." in ada.sees("forum-title", name="Trygg och fri")
    forum = _forum(chat)
    assert (forum.name, forum.amend, forum.zone) == ("Trygg och fri", "coordinators", "Europe/Stockholm")


def test_settings_are_the_coordinators_alone(chat: Chat) -> None:
    """A member is told whom to ask."""
    ready = ready_forum(chat)

    ready.bo.commands("inställningar")

    ready.bo.sees("refused-coordinator-only")


def test_settings_keep_a_zone_that_is_not_in_the_list(chat: Chat) -> None:
    """A forum somewhere else keeps its time when something else is changed."""
    ready = ready_forum(chat)
    ready.store(lambda store: forums.change(store, ready.forum.id, name="A", challenge="B", language="sv",
                                            zone="America/Nuuk", amend="members"))  # fmt: skip

    ready.ada.commands("inställningar")
    assert ready.ada.fills({"setup-field-name": "C"}) == {}

    ready.ada.sees("settings-saved")
    assert _forum(chat).zone == "America/Nuuk"


def test_a_person_chooses_their_own_language(chat: Chat) -> None:
    """It holds wherever the bot speaks to them alone, and changes nothing for others."""
    ready = ready_forum(chat)

    ready.bo.commands("språk")
    ready.bo.sees("language-own")
    ready.bo.clicks("language-en")
    ready.bo.sees("language-now-en")
    ready.bo.commands("start")
    ready.bo.sees("setup-here", "en", name=ready.forum.name)

    ready.ada.commands("start")
    ready.ada.sees("setup-here", name=ready.forum.name)


def test_a_coordinator_chooses_the_language_of_a_chat(chat: Chat) -> None:
    """What is posted there changes language; other chats keep theirs, and the forum's comes back on request."""
    ready = ready_forum(chat)
    ready.ada.commands("språk")
    assert chat.t("language-of-chat") in ready.ada.sees("language-title")

    ready.ada.clicks("language-chat-en")
    ready.ada.sees("language-chat-now-en")
    ready.bo.commands("beslut Vi tänder lyktorna")
    ready.bo.sees("decision-title-standing", "en", number="1/2026")
    ready.cilla.sees("decision-title-standing", "sv", number="1/2026")

    ready.ada.commands("språk")
    ready.ada.sees("language-title", "en")
    ready.ada.clicks("language-chat-forum")
    ready.ada.sees("language-chat-now-sv")
    ready.bo.commands("beslut Vi släcker lyktorna")
    ready.bo.sees("decision-title-standing", "sv", number="2/2026")
    chat.reads_everything()


@pytest.mark.parametrize("data", ["setup.speak:0:xx", "setup.speak_here:1:1:xx", "setup.speak_here:1:99:en"])
def test_a_made_up_language_is_refused(chat: Chat, data: str) -> None:
    """Whatever somebody puts into a link, nobody is ever spoken to in a language that there is not."""
    ready = ready_forum(chat)
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))

    _follows(ready.cilla, data)

    assert ready.store(lambda store: [each.language for each in forums.places(store, 1)]) == ["", ""]
    ready.cilla.commands("hjalp", private=True)
    ready.cilla.sees("help-title")


# --- Put out of a chat -----------------------------------------------------------------------------------------


def test_coordinators_hear_once_that_the_bot_is_out_of_a_chat(chat: Chat) -> None:
    """Slack says it twice, and messages that cannot be delivered say it again; the forum lives on in the other chat."""
    ready = ready_forum(chat)

    chat.does(chat.slack.remove_bot(chat.channel, ready.bo.user))

    told = ready.ada.sees("chat-gone", chat=text("place-name", title="trygghet", platform="Slack"))
    assert chat.t("chat-gone-lives-on", name=ready.forum.name) in told
    chat.does(chat.slack.redeliver())
    ready.cilla.commands("beslut Vi fortsätter", private=True)
    ready.cilla.sees("decision-title-standing", number="1/2026")
    ready.ada.sees_nothing_new()
    chat.reads_everything()


def test_a_forum_without_any_chat_can_be_picked_up_again(chat: Chat) -> None:
    """The coordinator of the only chat learns how to go on, and later removals are told again."""
    ada = _in_channel(chat)
    _starts(ada)
    ada.sees("forum-title", name=NAME)

    chat.does(chat.slack.archive(chat.channel, ada.user))
    assert chat.t("chat-gone-last", name=NAME) in ada.reads_all()[-1]

    chat.does(chat.slack.unarchive(chat.channel, ada.user))
    ada.commands("start")
    ada.sees("setup-here", name=NAME)
    chat.waits(days=2)
    chat.does(chat.slack.archive(chat.channel, ada.user))
    assert chat.t("chat-gone-last", name=NAME) in ada.reads_all()[-1]


def test_a_chat_without_a_forum_is_left_without_a_word(chat: Chat) -> None:
    """Nobody coordinates it, so nobody is told."""
    ada = _in_channel(chat)

    chat.does(chat.slack.remove_bot(chat.channel, ada.user))

    ada.sees_nothing_new()


def test_what_happens_nowhere_is_told_nowhere(sample: Sample) -> None:
    """An event without a chat says nothing, and neither does a timer about a chat that has gone elsewhere."""
    nowhere = sample.request(None, Happened(key="1:nowhere", what="bot-added"), person=None, place=None)
    assert list(setup.added(nowhere)) == []
    assert list(setup.removed(nowhere)) == []

    forums.tie(sample.store, sample.group.id, None)
    due = Due(key="2:due", name="x", data="", due_at=NOW, grace=timedelta(), late="ring")
    assert list(setup.chat_gone(sample.request(None, due), sample.group.id)) == []


def test_a_chat_without_a_title_is_called_by_its_platform(sample: Sample) -> None:
    """Not every platform says what a chat is called."""
    assert place_name(replace(sample.channel, title="")).key == "place-nameless"


def test_a_made_up_timer_rings_nothing(chat: Chat) -> None:
    """What only a timer may do is refused to anybody with a link."""
    ready = ready_forum(chat)
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))

    _follows(ready.cilla, f"setup.chat_gone:{ready.forum.id}:1")
    _follows(ready.cilla, f"members.ended:{ready.forum.id}:2")

    assert len(ready.store(lambda store: forums.members(store, 1))) == 4
    assert ready.store(lambda store: people.get(store, 1)) is not None
