"""Stories of set-up: the greeting, a new forum, its settings, languages, and the bot being put out of a chat."""

from collections.abc import Mapping

import pytest

from handlers.kit.ui import text
from storage import forums, people
from storage.records import Forum, Member
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready, another_forum, ready_forum

NAME, CHALLENGE, TOWN = "Trygg stad", "Fler ska våga gå hem.", "Sundköpings kommun"
FORUM = {"setup-field-name": NAME, "setup-field-challenge": CHALLENGE, "organisation-yours": TOWN}


def _in_channel(chat: Chat) -> SlackPerson:
    ada = chat.slack_person("Ada Ek")
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    ada.sees("setup-hello")
    return ada


def _in_group(chat: Chat) -> TelegramPerson:
    cilla = chat.telegram_person("Cilla Ö", admin=True)
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    cilla.sees("setup-hello")
    return cilla


def _forum(chat: Chat, number: int = 1) -> Forum:
    found = chat.runner.run(chat.app.writer.run(lambda store: forums.get(store, number)))
    assert found is not None
    return found


def _members(chat: Chat, number: int = 1) -> list[Member]:
    return chat.runner.run(chat.app.writer.run(lambda store: forums.members(store, number)))


def _starts(ada: SlackPerson | TelegramPerson, answers: Mapping[str, str]) -> None:
    ada.clicks("setup-start")
    assert ada.fills(answers) == {}


# --- Starting a forum ------------------------------------------------------------------------------------------


def test_a_forum_is_started_in_slack(chat: Chat) -> None:
    """The bot greets the channel, one form is filled in, and whoever filled it in coordinates the forum."""
    ada = _in_channel(chat)

    _starts(ada, FORUM)

    card = ada.sees("forum-title", name=NAME)
    assert CHALLENGE in card
    assert all(f"[{chat.t(key)}]" in card for key in ("forum-join", "forum-menu", "forum-tie"))
    assert [(each.name, each.role) for each in _members(chat)] == [("Ada Ek", "coordinator")]
    assert (_forum(chat).language, _forum(chat).zone) == ("sv", "Europe/Stockholm")


def test_a_forum_is_started_in_telegram(chat: Chat) -> None:
    """The same questions come one at a time, each answered by replying to it or with a button."""
    cilla = _in_group(chat)

    _starts(cilla, {**FORUM, "setup-field-zone": chat.t("zone-helsinki"), "organisation-sector": "Offentlig"})

    card = cilla.reads_all()[-1]
    assert chat.t("forum-title", name=NAME) in card
    assert _forum(chat).zone == "Europe/Helsinki"
    assert [(each.name, each.role, each.actor) for each in _members(chat)] == [("Cilla Ö", "coordinator", 1)]


def test_the_forum_speaks_the_language_chosen_for_it(chat: Chat) -> None:
    """A Swede may start a forum that goes on in English."""
    ada = _in_channel(chat)

    _starts(ada, {**FORUM, "setup-field-language": "English"})

    ada.sees("forum-title", "en", name=NAME)


@pytest.mark.parametrize("command", ["start", "starta", "nyttforum", "newforum"])
def test_a_forum_can_be_started_by_a_word(chat: Chat, command: str) -> None:
    """Whoever missed the greeting writes start, or asks for a new forum straight away."""
    ada = _in_channel(chat)

    ada.commands(command)
    if command.startswith("start"):
        ada.sees("setup-hello")
        ada.clicks("setup-start")
    ada.fills(FORUM)

    ada.sees("forum-title", name=NAME)


def test_there_is_one_forum_in_a_chat(chat: Chat) -> None:
    """The buttons of the old greeting start no second forum, and tie the chat to no other one."""
    ada, bo = _in_channel(chat), chat.slack_person("Bo Alm")
    _starts(ada, FORUM)
    ada.sees("forum-title", name=NAME)

    for button in ("setup-start", "setup-tie"):
        ada.clicks(button)
        ada.sees("refused-forum-here")
        bo.clicks(button)
        bo.sees("refused-not-member")
    ada.commands("nyttforum")
    ada.sees("refused-forum-here")


def test_two_people_start_a_forum_at_once(chat: Chat) -> None:
    """The second form finds that there is a forum already, and nothing of it is saved."""
    ada, bo = _in_channel(chat), chat.slack_person("Bo Alm")
    bo.clicks("setup-start")
    _starts(ada, FORUM)
    ada.sees("forum-title", name=NAME)

    bo.fills({**FORUM, "setup-field-name": "Ett till"})

    assert chat.runner.run(chat.app.writer.run(lambda store: forums.get(store, 2))) is None
    assert [each.name for each in _members(chat)] == ["Ada Ek"]
    chat.reads_everything()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Trygg \n\t stad ", "Trygg stad"),
        ("<!channel> <b>hej</b> @everyone", "<!channel> <b>hej</b> @everyone"),
        ("\u202eإدارة\u202c מים", "إدارة מים"),
    ],
)
def test_a_name_is_shown_as_it_was_written(chat: Chat, written: str, kept: str) -> None:
    """Spaces are made single; nothing in a name is markup, wakes anybody or turns the line around."""
    ada, cilla = _in_channel(chat), _in_group(chat)

    _starts(ada, {**FORUM, "setup-field-name": written, "organisation-yours": written})

    assert _forum(chat).name == kept
    assert kept in _bare(ada.reads_all()[-1])
    ada.commands("medlemmar")
    assert kept in _bare(ada.reads_all()[-1])
    _starts(cilla, {**FORUM, "setup-field-name": written})
    assert kept in _bare(cilla.reads_all()[-1])


def _bare(words: str) -> str:
    """Without the invisible signs that keep words from waking people and lines from turning around."""
    return words.translate(dict.fromkeys((0x2060, 0x2068, 0x2069)))


@pytest.mark.parametrize(("length", "fits"), [(80, True), (81, False)])
def test_a_name_fits_on_a_button(chat: Chat, length: int, fits: bool) -> None:
    """Eighty characters are the most; a longer one is asked for again."""
    cilla = _in_group(chat)
    cilla.clicks("setup-start")
    question = cilla._question()

    chat.does(chat.telegram.say(cilla.user, chat.group, "x" * length, reply_to=question))

    wrong = chat.t("field-too-long", most=80, now=length)
    assert any(wrong in words for words in chat.reads_everything()) is not fits


def test_nobody_starts_a_forum_without_a_face(chat: Chat) -> None:
    """An anonymous administrator is nobody, and is told what would help."""
    cilla = _in_group(chat)
    chat.does(chat.telegram.promote(cilla.user, chat.group, anonymous=True))

    cilla.commands("nyttforum")

    cilla.sees("refused-no-person")


# --- Greeting --------------------------------------------------------------------------------------------------


def test_the_bot_says_that_it_is_back(chat: Chat) -> None:
    """Put out and invited again, it names the forum that is still there."""
    ready = ready_forum(chat)
    chat.does(chat.slack.remove_bot(chat.channel, ready.ada.user))
    chat.reads_everything()

    chat.does(chat.slack.invite_bot(ready.ada.user, chat.channel))

    ready.ada.sees("setup-back", name=ready.forum.name)


def test_start_in_a_forum_s_chat_shows_the_forum(chat: Chat) -> None:
    """There is nothing to start; the way in and the menu are there for whoever asks."""
    ready = ready_forum(chat)

    ready.bo.commands("start")

    assert f"[{chat.t('forum-join')}]" in ready.bo.sees("setup-here", name=ready.forum.name)


def test_start_in_private_tells_a_stranger_what_to_do(chat: Chat) -> None:
    """A forum is started where its people are; in private there is nothing to start."""
    eva = chat.telegram_person("Eva Li")

    eva.starts()
    eva.sees("setup-private-stranger")
    eva.commands("nyttforum", private=True)

    eva.sees("setup-private-stranger")


def test_start_in_private_shows_a_member_what_to_do(chat: Chat) -> None:
    """The menu is one press away."""
    ready = ready_forum(chat)
    ready.cilla.starts()
    ready.cilla.sees("setup-private-member", name=ready.forum.name)

    ready.cilla.clicks("forum-menu")

    ready.cilla.sees("menu-forum", name=ready.forum.name)


def test_a_member_of_two_forums_chooses_which_one_is_meant(chat: Chat) -> None:
    """From then on plain words in private are for that one; a forum of others cannot be chosen."""
    ready = ready_forum(chat)
    another_forum(ready, "Öppna dörrar", ready.cilla)
    others = another_forum(ready, "Utan Cilla", ready.bo)
    ready.cilla.starts()
    chat.reads_everything()

    for name in ("Öppna dörrar", ready.forum.name):
        ready.cilla.clicks("verbatim", words=name)
        ready.cilla.sees("setup-chosen", name=name)
        ready.cilla.commands("start", private=True)
        ready.cilla.sees("setup-private-member", name=name)

    _follows(ready.cilla, f"setup.choose:0:{others.id}")
    ready.cilla.commands("start", private=True)
    ready.cilla.sees("setup-private-member", name=ready.forum.name)


def _follows(who: TelegramPerson, data: str) -> None:
    """Open a start link that somebody made up."""
    from bot.telegram.deep_links import payload_of  # noqa: PLC0415

    who.chat.does(who.chat.telegram.start(who.user, payload_of(data)))
    who.chat.reads_everything()


# --- Settings and languages ------------------------------------------------------------------------------------


def test_settings_change_the_forum_and_its_card(chat: Chat) -> None:
    """The coordinator changes name and challenge; the forum's card follows in the chat."""
    ada = _in_channel(chat)
    _starts(ada, FORUM)
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

    _speak_here(ready, "en")
    ready.ada.sees("language-chat-now-en")
    ready.bo.commands("beslut Vi tänder lyktorna")
    ready.bo.sees("decision-title-standing", "en", number="1/2026")
    ready.cilla.sees("decision-title-standing", "sv", number="1/2026")

    ready.ada.commands("språk")
    ready.ada.sees("language-title", "en")
    ready.ada.clicks("language-of-forum")
    ready.ada.sees("language-chat-now-sv")
    ready.bo.commands("beslut Vi släcker lyktorna")
    ready.bo.sees("decision-title-standing", "sv", number="2/2026")
    chat.reads_everything()


def _speak_here(ready: Ready, language: str) -> None:
    """Press the second of two buttons that are called alike."""
    chat, ada = ready.chat, ready.ada
    place = ready.store(lambda store: forums.places(store, ready.forum.id))[0]
    message = next(
        each for each in reversed(ada._messages()) if chat.t("language-of-chat") in str(each.blocks)
    )
    data = f"setup.speak_here:{ready.forum.id}:{place.id}:{language}"
    button = next(
        each for block in message.blocks for each in block.get("elements", []) if each.get("value") == data
    )
    chat.does(chat.slack.press_id(ada.user, message, button["action_id"], data))


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
    _starts(ada, FORUM)
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


def test_a_made_up_timer_rings_nothing(chat: Chat) -> None:
    """What only a timer may do is refused to anybody with a link."""
    ready = ready_forum(chat)
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 3, "coordinator"))

    _follows(ready.cilla, f"setup.chat_gone:{ready.forum.id}:1")
    _follows(ready.cilla, f"members.ended:{ready.forum.id}:2")

    assert len(_members(chat)) == 4
    assert ready.store(lambda store: people.get(store, 1)) is not None
