"""Actions in lists and by number, within their forum; and what becomes of them when somebody leaves."""

from datetime import timedelta

from handlers.actions import orphaned
from handlers.kit.inbound import Due
from handlers.kit.ui import text
from storage import actions
from storage.db import Store
from tests.stage.chat import Chat
from tests.stage.ready import FRIDAY, POLICE, Ready, another_forum, ready_forum
from tests.stage.samples import NOW, Sample

# --- Looking ---------------------------------------------------------------------------------------------------


def test_a_number_shows_that_action(ready: Ready) -> None:
    """Both words understand it; an unknown number is said to be unknown."""
    ready.ada.commands("åtgärd Kalla till möte")
    ready.chat.reads_everything()
    for said in ("åtgärd 1", "åtgärder #1", "action nr 1"):
        ready.bo.commands(said)
        assert "Kalla till möte" in ready.bo.sees("action-title-open", number="1")
    ready.bo.commands("åtgärd 17")

    ready.bo.sees("action-no-such", number="17")


def test_the_list_comes_in_pages_soonest_first(ready: Ready) -> None:
    """Eight at a time, with owner and day; a button shows one."""
    ready.adds(11)
    ready.ada.commands("åtgärder")

    words = ready.ada.sees("action-list-title", count=11)
    assert words.index("1. Sak 1") < words.index("8. Sak 8")
    assert "9. Sak 9" not in words
    assert f"Bo Alm ({POLICE}), {ready.chat.t('action-due-soon', day=FRIDAY, days=4)}" in words
    ready.ada.clicks("action-more")
    words = ready.ada.sees("action-list-title", count=11)
    assert "9. Sak 9" in words
    assert "8. Sak 8" not in words
    assert ready.chat.t("action-more") not in words
    ready.ada.clicks("action-show-number", number="10")
    assert "Sak 10" in ready.ada.sees("action-title-open", number="10")


def test_passed_days_are_told_in_words(ready: Ready) -> None:
    """Neither red nor loud: so many days ago."""
    ready.adds(5)
    ready.chat.waits(days=5)
    ready.ada.commands("åtgärder")

    words = ready.ada.sees("action-list-title", count=5)
    assert ready.chat.t("action-due-past", day=FRIDAY, days=1) in words
    assert ready.chat.t("action-due-today") in words
    assert ready.chat.t("action-due-tomorrow") in words
    assert ready.chat.t("action-due-soon", day=FRIDAY + timedelta(days=3), days=2) in words


def test_thousands_are_no_trouble(ready: Ready) -> None:
    """Three thousand open actions: the first page says how many, and the next one begins where it ended."""
    ready.adds(3000)
    ready.ada.commands("åtgärder")

    ready.ada.sees("action-list-title", count=3000)
    ready.ada.clicks("action-more")
    assert "9. Sak 9\n" in ready.ada.sees("action-list-title", count=3000)


def test_an_empty_list_offers_a_beginning(ready: Ready) -> None:
    """Nothing to do is no dead end."""
    ready.ada.commands("åtgärder")

    assert ready.chat.t("menu-action") in ready.ada.sees("action-none")


def test_the_list_stays_within_its_forum(ready: Ready) -> None:
    """Numbers of another forum lead nowhere."""
    other = another_forum(ready, "Annat", ready.bo)

    def hide(store: Store) -> None:
        actions.add(store, other.id, what="Hemligt", actor=None, owner=1, due_on=None, decision=None, member=1,
                    now=ready.chat.now)  # fmt: skip

    ready.store(hide)
    ready.ada.commands("åtgärd 1")

    ready.ada.sees("action-no-such", number="1")


def test_in_english_all_of_it_is_english(chat: Chat) -> None:
    """A forum in English: the same line, the same card, no Swedish in it."""
    ready = ready_forum(chat, language="en")
    ready.ada.commands("action Call a meeting, on Friday")

    words = ready.ada.sees("action-title-open", "en", number="1")
    assert chat.say(text("action-fact-due"), "en") in words
    ready.chat.reads_everything()


# --- When somebody leaves --------------------------------------------------------------------------------------


def test_colleagues_are_asked_when_somebody_leaves(ready: Ready) -> None:
    """Bo's actions rest with the police; Cilla, who is left there, gets one list and takes one of them."""
    ready.adds(2)
    ready.bo.commands("lämna")
    ready.bo.clicks("member-leave-now")

    words = ready.cilla.sees("action-left-to-you", who="Bo Alm", actor=POLICE)
    assert "1. Sak 1" in words
    assert "2. Sak 2" in words
    ready.chat.reads_everything()
    ready.cilla.clicks("action-take-number", number="2")
    assert ready.action(2).owner == 3
    ready.chat.reads_everything()


def test_the_coordinator_is_told_when_nobody_is_left(ready: Ready) -> None:
    """Dan speaks for nobody: what he had needs somebody from elsewhere, and there are many of them."""
    ready.adds(12)
    ready.store(lambda store: store.run("update action set owner = 4, actor = null"))
    ready.dan.commands("lamna")
    ready.dan.clicks("member-leave-now")

    words = ready.ada.sees("action-left-to-nobody", who="Dan Lu")
    assert "10. Sak 10" in words
    assert "11. Sak 11" not in words
    assert ready.chat.t("action-and-more", count=2) in words
    ready.chat.reads_everything()


def test_one_who_came_back_at_once_keeps_everything(sample: Sample) -> None:
    """Left and joined again before anybody was asked: nothing happens."""
    due = Due(key="1:timer", name="left", data="", due_at=NOW, grace=timedelta(hours=1), late="ring")

    assert list(orphaned(sample.request(sample.ada, due), sample.bo.id)) == []
    assert list(orphaned(sample.request(sample.ada, due), 99)) == []
