"""Votes: open ones, by member or organisation, changed until the end; ties and too few said plainly."""

import pytest

from handlers.kit.ui import Items
from storage import agenda, forums
from tests.handlers.test_rounds_consent import decided, one
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, Ready

ASKED = "Vilken dag ses vi?"


def opens(ready: Ready, who: Somebody, **more: str) -> None:
    """Somebody lets the forum choose between two days, and everybody has read it."""
    who.commands("runda")
    who.clicks("round-new")
    who.clicks("round-begin-vote")
    given = {key.replace("_", "-"): each for key, each in more.items()}
    who.fills({
        "round-field-question": ASKED, "round-field-options": "- Tisdag\n- Onsdag",
        **{f"round-field-{key}": ready.chat.t(f"round-{each}") for key, each in given.items()},
    })  # fmt: skip
    ready.chat.reads_everything()


def votes(ready: Ready, who: Somebody, option: str) -> None:
    """A press on an option; everybody reads what it led to."""
    who.clicks("round-option", option=option)
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_vote_is_asked_for_by_its_name(ready: Ready, platform: str) -> None:
    """The question comes along into the form, which asks for the alternatives."""
    who = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"omröstning {ASKED}" if platform == "slack" else f"omrostning {ASKED}")
    who.fills({"round-field-options": "Tisdag\nOnsdag"})

    assert ASKED in ready.dan.sees("round-vote-open")
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_question_too_long_for_a_vote_is_told_so(ready: Ready, platform: str) -> None:
    """Before any form opens."""
    who = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"omrostning {'ord ' * 80}")

    who.sees("field-too-long", most=300, now=319)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_result_is_shown_when_it_is_closed_and_never_before(ready: Ready, platform: str) -> None:
    """The card says beforehand that votes are open; who chose what stands there at the end."""
    opens(ready, ready.bo if platform == "slack" else ready.cilla)
    ready.ada.clicks("round-option", option="Tisdag")
    ready.ada.reads_all()
    shown = ready.cilla.sees("round-vote-open")
    assert "Ada Ek" not in shown
    assert ready.chat.t("round-of", count=1, all=4) in shown
    ready.chat.reads_everything()
    votes(ready, ready.cilla, "Onsdag")
    votes(ready, ready.cilla, "Tisdag")
    ready.dan.clicks("round-abstain")
    ready.chat.reads_everything()
    ready.chat.waits(days=8)

    words = ready.bo.sees("round-turnout", count=3, all=4)
    assert "Ada Ek och Cilla Ö" in words
    ready.bo.sees("round-vote-decided", option="Tisdag", count=2, all=3)
    (made,) = decided(ready)
    assert (made.what, made.process) == (f"{ASKED}\nTisdag", "vote")
    ready.chat.reads_everything()


def test_an_organisation_has_one_vote_and_the_last_word_counts(ready: Ready) -> None:
    """Whoever changes it is told whose word it was; somebody without an organisation is told why it does not work."""
    opens(ready, ready.ada, per="per-actor")
    votes(ready, ready.bo, "Tisdag")
    ready.cilla.clicks("round-option", option="Onsdag")
    said = ready.chat.t("round-vote-replaced", actor=POLICE, option="Onsdag", before="Tisdag", who="Bo Alm")
    assert ready.cilla.toasts()[-1] == said
    ready.dan.clicks("round-option", option="Onsdag")
    assert ready.dan.toasts()[-1] == ready.chat.t("round-no-organisation")
    ready.chat.waits(days=8)

    ready.ada.sees("round-vote-decided", option="Onsdag", count=1, all=1)
    assert decided(ready)[0].actors == (2,)
    ready.chat.reads_everything()


def test_a_tie_decides_nothing_and_goes_to_the_meeting_once(ready: Ready) -> None:
    """It is said plainly; however many press, there is one point."""
    opens(ready, ready.bo)
    votes(ready, ready.ada, "Tisdag")
    votes(ready, ready.cilla, "Onsdag")
    ready.chat.waits(days=8)
    ready.cilla.sees("round-vote-tied", options=Items(("Tisdag", "Onsdag")), count=1)
    ready.chat.reads_everything()
    ready.cilla.clicks("round-to-agenda")
    ready.chat.reads_everything()
    ready.cilla.clicks("round-to-agenda")

    assert ready.cilla.toasts()[-1] == ready.chat.t("round-on-agenda-already")
    assert len(ready.store(lambda store: agenda.proposed(store, ready.forum.id))) == 1
    assert (decided(ready), one(ready).state) == ([], "tied")


def test_too_few_decide_nothing(ready: Ready) -> None:
    """A missed quorum is said with its numbers."""
    opens(ready, ready.bo, quorum="quorum-choice-67")
    votes(ready, ready.ada, "Tisdag")
    ready.chat.waits(days=8)

    ready.cilla.sees("round-vote-short", count=1, all=4, needed=3)
    assert decided(ready) == []
    ready.chat.reads_everything()


def test_nobody_chose_anything(ready: Ready) -> None:
    """Abstaining alone chooses nothing."""
    opens(ready, ready.bo)
    ready.ada.clicks("round-abstain")
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    ready.cilla.sees("round-vote-nobody")
    ready.chat.reads_everything()


def test_the_vote_of_somebody_who_left_is_not_counted(ready: Ready) -> None:
    """Neither the one they cast, which is said, nor one they try to cast afterwards."""
    opens(ready, ready.ada)
    votes(ready, ready.cilla, "Onsdag")
    votes(ready, ready.bo, "Tisdag")
    ready.store(lambda store: forums.leave(store, ready.forum.id, 3))
    ready.cilla.clicks("round-option", option="Onsdag")
    assert ready.cilla.toasts()[-1] == ready.chat.t("refused-left")
    ready.chat.waits(days=8)

    assert ready.chat.t("round-left", count=1) in ready.bo.sees("round-turnout", count=1, all=3)
    ready.bo.sees("round-vote-decided", option="Tisdag", count=1, all=1)
    ready.chat.reads_everything()


@pytest.mark.parametrize(("said", "why"), [("Ja\nja", "twice"), ("Ja", "count"), ("x" * 61 + "\nJa", "long")])
def test_options_that_cannot_be_told_apart_are_asked_for_again(ready: Ready, said: str, why: str) -> None:
    """The form stays open and says what would help."""
    ready.bo.commands("runda")
    ready.bo.clicks("round-new")
    ready.bo.clicks("round-begin-vote")
    wrong = ready.bo.fills({"round-field-question": ASKED, "round-field-options": said})
    assert list(wrong.values()) == [ready.chat.t(f"round-options-{why}", fewest=2, most=10, longest=60)]
    ready.chat.reads_everything()
