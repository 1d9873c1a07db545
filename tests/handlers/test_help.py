"""Help and near misses: a page that fits a phone, and a slip of the finger that costs nobody their words."""

import pytest

from storage import decisions
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import Ready

WHAT = "Vi köper en skrivare"
LONG = "Vi köper en skrivare till fältgruppens lokal vid torget, och byn betalar hälften"
SCREEN = 26
"""Lines of about so many characters that a phone shows at once."""
WIDTH = 42


def rows(words: str) -> int:
    """How many rows a message takes on a phone, its buttons not counted."""
    said = [each for each in words.split("\n") if not each.startswith("[")]
    return sum(1 + len(each) // WIDTH for each in said)


def member(ready: Ready, platform: str) -> SlackPerson | TelegramPerson:
    """Somebody in the forum."""
    return ready.bo if platform == "slack" else ready.cilla


def what(ready: Ready) -> list[str]:
    """The words of the forum's decisions."""
    return [each.what for each in ready.store(lambda store: decisions.latest(store, ready.forum.id, most=5))]


# --- Help ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_help_fits_a_phone_and_goes_on_when_asked(ready: Ready, platform: str) -> None:
    """The daily things first, by what one wants to do; nothing is left out in the end."""
    who = member(ready, platform)
    who.commands("help")
    pages = [who.sees("help-group-note")]
    assert ready.chat.t("help-decision") in pages[0]
    while ready.chat.t("help-more") in pages[-1]:
        who.clicks("help-more")
        (page,) = who.reads_all()
        pages.append(page)

    assert [rows(each) for each in pages if rows(each) > SCREEN] == []
    for word in ("decision", "action", "mine", "search", "members", "leave", "tie", "language", "help"):
        told = [each for each in pages if ready.chat.t(f"help-{word}") in each]
        assert (word, len(told)) == (word, 1)
    assert not any(ready.chat.t("help-settings") in each for each in pages)


def test_help_for_the_coordinator_tells_of_the_forum_too(ready: Ready) -> None:
    """Only to those who may."""
    ready.ada.commands("hjälp")
    ready.ada.sees("help-title")
    while ready.chat.t("help-group-forum") not in "".join(told := ready.ada.reads_all()):
        ready.ada.clicks("help-more")

    assert ready.chat.t("help-settings") in told[-1]


def test_help_where_there_is_no_forum_tells_how_to_begin(chat: Chat) -> None:
    """What cannot be done yet is not told."""
    cilla = chat.telegram_person("Cilla Ö")
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    chat.reads_everything()
    cilla.commands("help")

    words = cilla.sees("help-no-forum")
    assert chat.t("help-found") in words
    assert chat.t("help-decision") not in words


# --- Near misses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_misspelt_decision_keeps_its_words(ready: Ready, platform: str) -> None:
    """The button opens the form with the words in it; nothing is recorded before that."""
    who = member(ready, platform)
    who.says(f"beslu {WHAT}", private=True)
    who.sees("help-did-you-mean")
    assert what(ready) == []

    who.clicks("menu-decision")
    assert who.fills({}) == {}

    assert what(ready) == [WHAT]
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_misspelt_action_keeps_its_words_and_its_day(ready: Ready, platform: str) -> None:
    """The same for an action: the day is in its own field."""
    who = member(ready, platform)
    who.says("åtgrd Kalla till möte, senast 13 mars 2026", private=True)
    who.sees("help-did-you-mean")

    who.clicks("menu-action")
    assert who.fills({}) == {}

    assert (ready.action(1).what, str(ready.action(1).due_on)) == ("Kalla till möte", "2026-03-13")
    ready.chat.reads_everything()


def test_a_misspelt_search_finds_all_the_same(ready: Ready) -> None:
    """There is nothing to fill in."""
    ready.cilla.commands(f"beslut {WHAT}")
    ready.chat.reads_everything()
    ready.cilla.commands("sokk skrivare")
    ready.cilla.sees("help-did-you-mean")

    ready.cilla.clicks("menu-search")

    assert WHAT in ready.cilla.sees("decision-found", words="skrivare")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (f"beslu {LONG}", f"beslut {LONG}"),
        (f"åtgrd {LONG}", f"åtgärd {LONG}"),
        ("besluut Så här: vi börjar", "beslut Så här: vi börjar"),
        ("kopla BCDF-GHJK", "koppla BCDF-GHJK"),
    ],
)
def test_words_that_fit_no_button_come_back_to_be_copied(ready: Ready, said: str, line: str) -> None:
    """The whole line as it should have been, for those who would rather not write it again."""
    ready.cilla.says(said, private=True)

    assert line in ready.cilla.sees("help-write-instead")


def test_in_a_channel_the_line_begins_with_our_name(ready: Ready) -> None:
    """Without it the bot would never hear the line that it told somebody to copy."""
    ready.ada.commands(f"åtgrd {LONG}")

    assert f"/samsyn åtgärd {LONG}" in ready.ada.sees("help-write-instead")


def test_the_help_tells_how_to_begin_where_others_talk(ready: Ready) -> None:
    """Each chat has its way."""
    ready.ada.commands("hjälp")
    assert ready.chat.t("help-how-slack") in ready.ada.sees("help-title")

    ready.cilla.commands("hjalp")
    assert ready.chat.t("help-how-telegram") in ready.cilla.sees("help-title")


def test_in_telegram_a_command_comes_back_as_one(ready: Ready) -> None:
    """So that it can be pasted into the group as it stands."""
    ready.cilla.commands(f"atgrd {LONG}")

    assert f"/atgard {LONG}" in ready.cilla.sees("help-write-instead")
