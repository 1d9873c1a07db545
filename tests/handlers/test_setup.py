"""Stories of set-up: the greeting, a new forum, and what start does where."""

from collections.abc import Mapping

import pytest

from bot.telegram.deep_links import payload_of
from storage import forums
from storage.records import Forum, Member
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import another_forum, ready_forum

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
    who.chat.does(who.chat.telegram.start(who.user, payload_of(data)))
    who.chat.reads_everything()
