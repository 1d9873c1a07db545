"""Decisions found again: the latest, by number, by words in any inflection, page by page, in both tools."""

import pytest

from storage import decisions, forums
from storage.db import Store
from storage.decisions import Wording
from tests.handlers.test_decisions import NUMBER, both_see
from tests.stage.people import Somebody
from tests.stage.ready import Ready, another_forum


def _fills(ready: Ready, *whats: str) -> None:
    """Decisions straight into the store."""

    def fill(store: Store) -> None:
        member = forums.member(store, ready.forum.id, 1)
        assert member is not None
        for what in whats:
            decisions.record(store, ready.forum.id, Wording(what), year=2026, by=member, now=ready.chat.now)

    ready.store(fill)


def _who(ready: Ready, platform: str) -> Somebody:
    return ready.ada if platform == "slack" else ready.cilla


def _buttons(words: str) -> list[str]:
    """The numbers that one can press."""
    return [part.partition("]")[0] for part in words.split("[§ ")[1:]]


# --- The latest ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_latest_page_by_page(ready: Ready, platform: str) -> None:
    """Five at a time, the newest first; each can be shown whole; nobody else sees the list."""
    _fills(ready, *(f"Sak {each}" for each in range(1, 8)))
    who = _who(ready, platform)
    who.commands("beslutslista")

    words = who.sees("decision-latest")
    assert _buttons(words) == ["7/2026", "6/2026", "5/2026", "4/2026", "3/2026"]
    who.clicks("decision-more")
    words = who.sees("decision-latest")
    assert _buttons(words) == ["2/2026", "1/2026"]
    assert ready.chat.t("decision-more") not in words
    who.clicks("decision-number", number="2/2026")
    assert "Sak 2" in who.sees("decision-title-standing", number="2/2026")
    ready.bo.sees_nothing_new()
    ready.dan.sees_nothing_new()


def test_paging_in_private_turns_the_page(ready: Ready) -> None:
    """One's own list is one message that changes, not a heap of them."""
    _fills(ready, *(f"Sak {each}" for each in range(1, 8)))
    ready.cilla.says("beslutslista", private=True)
    ready.cilla.sees("decision-latest")
    before = len(ready.cilla.visible())
    ready.cilla.clicks("decision-more")

    assert _buttons(ready.cilla.sees("decision-latest")) == ["2/2026", "1/2026"]
    assert len(ready.cilla.visible()) == before


def test_before_there_are_any(ready: Ready) -> None:
    """An empty list says how the first one comes about."""
    ready.bo.commands("beslutslista")

    ready.bo.sees("decision-none")


def test_long_decisions_are_short_in_a_list(ready: Ready) -> None:
    """Two lines each; the whole one press away."""
    _fills(ready, "mycket långt beslut " * 60)
    ready.bo.commands("senaste")

    words = ready.bo.sees("decision-latest")
    assert "…" in words
    assert len(words) < 400


# --- By number -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["sök 2", "beslut § 2/2026", "hitta #2", "search 2/2026", "decision 2"])
def test_a_number_shows_that_decision(ready: Ready, words: str) -> None:
    """However it is written, with or without the year."""
    _fills(ready, "Ett", "Två", "Tre")
    ready.bo.commands(words)

    assert "Två" in ready.bo.sees("decision-title-standing", number="2/2026")


def test_a_number_that_is_none(ready: Ready) -> None:
    """Is said to be none, and nothing is recorded."""
    ready.bo.commands("beslut 12/2025")
    ready.cilla.commands("sok 99")

    ready.bo.sees("decision-no-such", number="12/2025")
    ready.cilla.sees("decision-no-such", number="99/2026")


# --- By words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize(("said", "found"), [
    ("lyktan", ["1/2026"]), ("belysning", ["2/2026"]), ("skola", ["3/2026"]), ("meeting", ["4/2026"]), ("lykt", ["1/2026"]),
    ("LYKTOR parken", ["1/2026"]), ("lyktor skolan", []),
])  # fmt: skip
def test_words_in_any_inflection(ready: Ready, platform: str, said: str, found: list[str]) -> None:
    """Swedish and English; every word must be there; nothing found says what might help."""
    _fills(
        ready,
        "Vi tänder lyktorna i parken.",
        "Belysningen ses över.",
        "Skolorna bjuds in.",
        "Meetings are on Mondays.",
    )
    who = _who(ready, platform)
    who.commands(f"{'sök' if platform == 'slack' else 'sok'} {said}")

    words = who.sees("decision-found", words=said.casefold())
    assert _buttons(words) == found
    assert (ready.chat.t("decision-none-found") in words) is (not found)


def test_a_search_goes_on_to_the_next_page(ready: Ready) -> None:
    """The words travel along with the button."""
    _fills(ready, *(f"Lyktor och kablar {each}" for each in range(1, 8)), "Något annat")
    ready.bo.commands("sök kablarna, lykta!")
    ready.bo.sees("decision-found", words="kablarna lykta")
    ready.bo.clicks("decision-more")

    assert _buttons(ready.bo.sees("decision-found", words="kablarna lykta")) == ["2/2026", "1/2026"]


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_question_where_nothing_was_said(ready: Ready, platform: str) -> None:
    """A modal in Slack, one question in Telegram."""
    _fills(ready, "Vi tänder lyktorna.")
    who = _who(ready, platform)
    who.commands("sök" if platform == "slack" else "sok", private=platform == "telegram")
    assert who.fills({"decision-search-field": "lyktor"}) == {}

    who.reads_all()
    who.clicks("decision-number", **NUMBER)
    who.sees("decision-title-standing", **NUMBER)


def test_nothing_of_another_forum_is_found(ready: Ready) -> None:
    """Neither by words nor by number, nor by a button that somebody made up."""
    other = another_forum(ready, "Annat", ready.bo)
    _fills(ready, "Vi tänder lyktorna.")

    def elsewhere(store: Store) -> None:
        member = forums.member(store, other.id, 1)
        assert member is not None
        for what in ("Hemliga lyktor.", "Fler hemliga lyktor."):
            decisions.record(store, other.id, Wording(what), year=2026, by=member, now=ready.chat.now)

    ready.store(elsewhere)
    ready.ada.commands("sök lyktor")
    assert _buttons(ready.ada.sees("decision-found", words="lyktor")) == ["1/2026"]
    ready.ada.commands("sök 2")
    ready.ada.sees("decision-no-such", number="2/2026")


def test_an_ended_decision_is_found_and_marked(ready: Ready) -> None:
    """What was once decided can be read, with what became of it."""
    ready.bo.commands("beslut Vi tänder lyktorna.")
    both_see(ready)
    ready.bo.clicks("decision-undo")
    ready.chat.reads_everything()
    ready.ada.commands("sök lyktor")

    words = ready.ada.sees("decision-found", words="lyktor")
    assert ready.chat.t("decision-title-undone", **NUMBER) in words


def test_the_menu_leads_to_the_list_and_the_search(ready: Ready) -> None:
    """No word needs to be known."""
    _fills(ready, "Vi tänder lyktorna.")
    ready.cilla.says("meny", private=True)
    ready.cilla.sees("menu-title")
    ready.cilla.clicks("menu-decisions")
    ready.cilla.sees("decision-latest")
    ready.cilla.says("meny", private=True)
    ready.cilla.reads_all()
    ready.cilla.clicks("menu-search")
    assert ready.cilla.fills({"decision-search-field": "lyktor"}) == {}

    assert any("[§ 1/2026]" in each for each in ready.cilla.reads_all())
