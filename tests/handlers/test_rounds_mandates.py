"""Mandates: organisations may decide now, or carry it home; preliminary until the last one has anchored it."""

from datetime import date
from functools import partial

import pytest

from handlers.kit.ui import Items, text
from storage import agenda, forums
from tests.handlers.test_decisions import on_screen, presses_stale
from tests.handlers.test_rounds_consent import decided, one
from tests.stage.people import Somebody
from tests.stage.ready import POLICE, TOWN, Ready

WHAT = "Vi delar på kostnaden."
TITLE = text("round-title-mandate", number="1")


def asks(ready: Ready, who: Somebody) -> None:
    """Somebody asks what the organisations may decide; everybody has read it."""
    who.commands("runda")
    who.clicks("round-new")
    who.clicks("round-begin-mandate")
    who.fills({"round-field-proposal": WHAT})
    ready.chat.reads_everything()


def carries_home(ready: Ready, who: Somebody, day: str) -> None:
    """An organisation has to ask at home by a day."""
    who.clicks("round-home")
    who.fills({"round-field-home": day})
    text_to_copy = who.sees("round-carry-title")
    assert WHAT in text_to_copy
    assert ready.forum.name in text_to_copy
    ready.chat.reads_everything()


def test_all_may_decide_now(ready: Ready) -> None:
    """It is in force when the time is over; whoever was silent counts as abstaining, which is said."""
    asks(ready, ready.ada)
    ready.cilla.clicks("round-now")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-mandate-now", actor=POLICE)
    ready.cilla.clicks("round-now")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-mandate-already", actor=POLICE)
    ready.chat.reads_everything()
    ready.chat.waits(days=8)

    assert ready.chat.t("round-silent", count=1) in ready.ada.sees("round-mandate-decided", count=1, all=1)
    assert (decided(ready)[0].what, decided(ready)[0].actors) == (WHAT, (2,))
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_it_is_preliminary_until_the_last_one_has_anchored_it(ready: Ready, platform: str) -> None:
    """N of m on the card; the organisation is reminded by its day, and all in it may answer."""
    asks(ready, ready.ada)
    ready.ada.clicks("round-now")
    ready.chat.reads_everything()
    carries_home(ready, ready.cilla if platform == "telegram" else ready.bo, "2026-03-20")
    assert one(ready).state == "open"
    ready.chat.waits(days=8)
    ready.dan.sees("round-preliminary", count=1, all=2)
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    for each in (ready.bo, ready.cilla):
        each.sees("round-home-reminder", actor=POLICE, day=date(2026, 3, 20), title=TITLE)
    ready.ada.sees_nothing_new()
    ready.chat.reads_everything()
    ready.cilla.clicks("round-anchored")

    ready.ada.sees("round-mandate-decided", count=2, all=2)
    assert (decided(ready)[0].actors, one(ready).state) == ((1, 2), "decided")
    ready.chat.reads_everything()


def test_a_no_from_home_stops_it(ready: Ready) -> None:
    """With the reason, for everybody to see; the next meeting takes it up."""
    asks(ready, ready.ada)
    carries_home(ready, ready.bo, "2026-03-20")
    ready.cilla.clicks("round-not-anchored")
    ready.cilla.fills({"round-field-no": "Nämnden sade nej."})

    assert "Nämnden sade nej." in ready.ada.sees("round-mandate-stopped", who=POLICE)
    assert len(ready.store(lambda store: agenda.proposed(store, ready.forum.id))) == 1
    assert decided(ready) == []
    ready.chat.reads_everything()


def test_others_are_told_whose_turn_it_is(ready: Ready) -> None:
    """Neither button answers for another organisation, nor once nobody has anything left to anchor."""
    asks(ready, ready.cilla)
    carries_home(ready, ready.ada, "2026-03-20")
    for key in ("round-anchored", "round-not-anchored"):
        ready.cilla.clicks(key)
        refused = ready.chat.t("round-not-waiting", actor=POLICE, who=Items((TOWN,)))
        assert ready.cilla.toasts()[-1] == refused
    ready.dan.clicks("round-anchored")
    assert ready.dan.toasts()[-1] == ready.chat.t("round-no-organisation")
    shown = on_screen(ready, ready.cilla)
    ready.ada.clicks("round-anchored")
    ready.chat.reads_everything()
    presses_stale(ready, ready.cilla, shown, "round-anchored")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-nobody-waits")
    ready.chat.reads_everything()


def test_an_answer_from_home_pressed_twice_is_one_answer(ready: Ready) -> None:
    """The second one hears that it is noted, and whose answer it was."""
    asks(ready, ready.ada)
    carries_home(ready, ready.bo, "2026-03-20")
    shown = on_screen(ready, ready.cilla)
    ready.bo.clicks("round-anchored")
    ready.chat.reads_everything()
    presses_stale(ready, ready.cilla, shown, "round-anchored")
    assert ready.cilla.toasts()[-1] == ready.chat.t("round-mandate-already", actor=POLICE)


def test_a_day_that_passed_is_brought_to_whoever_opened_it(ready: Ready) -> None:
    """The organisation was reminded before its day and on it; then the owner hears, once."""
    asks(ready, ready.ada)
    carries_home(ready, ready.bo, "2026-03-12")
    ready.chat.waits(days=12)
    ready.ada.sees("round-home-late", actor=POLICE, title=TITLE)
    ready.chat.reads_everything()
    ready.chat.waits(days=20)
    assert ready.chat.unread() == []


def test_an_organisation_without_anybody_left_is_not_waited_for(ready: Ready) -> None:
    """The others stand behind it, and it is in force."""
    asks(ready, ready.ada)
    ready.ada.clicks("round-now")
    ready.chat.reads_everything()
    carries_home(ready, ready.bo, "2026-03-20")
    for member in (2, 3):
        ready.store(partial(forums.leave, forum=ready.forum.id, member_id=member))
    ready.chat.waits(days=20)
    ready.ada.sees("round-mandate-decided", count=1, all=1)
    ready.chat.reads_everything()


def test_an_organisation_that_leaves_after_its_day_is_not_waited_for(ready: Ready) -> None:
    """A week later at most it is in force without it; nobody had to press anything."""
    late_from_home(ready)
    for member in (2, 3):
        ready.store(partial(forums.leave, forum=ready.forum.id, member_id=member))
    ready.chat.waits(days=8)
    ready.ada.sees("round-mandate-decided", count=1, all=1)
    ready.chat.reads_everything()


def test_a_mandate_that_waits_for_nobody_can_be_ended_at_once(ready: Ready) -> None:
    """By whoever opened it; as long as somebody has to ask at home it cannot."""
    late_from_home(ready)
    ready.store(partial(forums.leave, forum=ready.forum.id, member_id=2))
    ready.ada.clicks("round-more")
    assert ready.chat.t("round-close-now") not in ready.ada.reads_all()[-1]
    ready.store(partial(forums.leave, forum=ready.forum.id, member_id=3))
    ready.ada.clicks("round-more")
    ready.ada.reads_all()
    ready.ada.clicks("round-close-now")

    ready.ada.sees("round-mandate-decided", count=1, all=1)
    ready.chat.reads_everything()


def late_from_home(ready: Ready) -> None:
    """The town may decide, the police never answered from home, and Ada has heard of it."""
    asks(ready, ready.ada)
    ready.ada.clicks("round-now")
    ready.chat.reads_everything()
    carries_home(ready, ready.bo, "2026-03-12")
    ready.chat.waits(days=12)
    ready.ada.sees("round-home-late", actor=POLICE, title=TITLE)
    ready.chat.reads_everything()


def test_everybody_abstains(ready: Ready) -> None:
    """Nobody behind it is no decision, and that is said; a far day is asked for again."""
    asks(ready, ready.ada)
    ready.ada.clicks("round-home")
    assert ready.ada.fills({"round-field-home": "2028-01-01"})
    ready.ada.clicks("round-abstain")
    ready.chat.reads_everything()
    ready.chat.waits(days=8)
    ready.cilla.sees("round-mandate-short")
    assert decided(ready) == []
    ready.chat.reads_everything()


def test_the_text_to_take_home_is_there_for_everybody(ready: Ready) -> None:
    """It says what, why and by when."""
    asks(ready, ready.ada)
    ready.cilla.clicks("round-carry")
    words = ready.cilla.sees("round-carry-title")
    assert WHAT in words
    assert ready.forum.challenge in words
    ready.chat.reads_everything()
