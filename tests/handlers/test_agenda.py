"""Points for the next meeting: proposed by anybody, seen by everybody, ticked off by a coordinator."""

from tests.handlers.pulse_forum import pulse_forum
from tests.stage.chat import Chat
from tests.stage.people import TelegramPerson
from tests.stage.ready import Ready


def test_a_point_is_proposed_and_dealt_with(ready: Ready) -> None:
    """A line in one chat is seen in both; once ticked off it is gone."""
    ready.cilla.commands("dagordning Vem tar med kaffe")
    ready.ada.sees("agenda-proposed", who="Cilla Ö (Polisen)")
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-line", number="1", what="Vem tar med kaffe")
    ready.ada.clicks("agenda-done", number="1")
    ready.ada.sees("agenda-none")
    ready.chat.reads_everything()


def test_nothing_waits(ready: Ready) -> None:
    """An empty list says how to begin; a member has no button to tick anything off."""
    ready.bo.commands("dagordning", private=True)
    ready.bo.sees("agenda-none")
    ready.bo.commands("dagordning Lamporna", private=True)
    ready.chat.reads_everything()
    ready.bo.commands("dagordning", private=True)
    assert "[" not in ready.bo.sees("agenda-line", number="1", what="Lamporna")


def test_a_book_is_no_point(ready: Ready) -> None:
    """Too many words are refused with their number, and nothing is kept."""
    ready.ada.commands(f"dagordning {'x' * 501}", private=True)
    ready.ada.sees("field-too-long", most=500, now=501)
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-none")


def test_many_points_are_counted(ready: Ready) -> None:
    """Ten are shown, the rest is counted."""
    for number in range(12):
        ready.ada.commands(f"dagordning Punkt {number}", private=True)
    ready.chat.reads_everything()
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-and-more", count=2)


def test_a_result_is_taken_up_once(chat: Chat) -> None:
    """However many press under a result of the pulse."""
    forum = pulse_forum(chat)
    forum.opens()
    for each in forum.people:
        forum.answers(each, (5, 5, 5, 2))
    chat.waits(days=8.5)
    chat.reads_everything()
    forum.ada.clicks("pulse-result-to-agenda")
    chat.reads_everything()
    cilla = forum.cilla
    assert isinstance(cilla, TelegramPerson)
    cilla.clicks("pulse-result-to-agenda")
    assert cilla.toasts()[-1] == chat.t("agenda-already")
    cilla.sees_nothing_new()
