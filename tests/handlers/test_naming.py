"""May your name be mentioned? Who is asked and when, what an answer does, and where a name goes away again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.kit.ui import Instant, Items
from storage import forums, quiet, wishes
from storage.wishes import KIND, Wishes
from tests.handlers.celebrating import (
    ADA,
    BO,
    CILLA,
    DAN,
    OTHER,
    WHAT,
    answer_to,
    both_see,
    list_of,
    rings,
    tells,
    thanks_to,
    win,
)
from tests.handlers.pressed import presses
from tests.stage.ready import Ready, another_forum, meet


def _at(ready: Ready, day: int, hour: int) -> Instant:
    return Instant(datetime(2026, 3, day, hour, tzinfo=ZoneInfo(ready.forum.zone)), ready.forum.zone)


# --- Asking first ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", [True, False])
def test_somebody_else_is_asked_before_they_are_named(ready: Ready, *, yes: bool) -> None:
    """Nothing is said before the answer; with a yes the name stands there, with a no nobody hears of it."""
    tells(ready.ada, BO)

    ready.ada.sees("win-asks-first", who=Items(("Bo Alm",)), at=_at(ready, 3, 13))
    ready.cilla.sees_nothing_new()
    ready.bo.sees("win-ask-title")
    ready.bo.clicks("win-name-yes" if yes else "win-name-no")

    ready.bo.sees("win-named-yes" if yes else "win-named-no")
    for words in both_see(ready):
        assert (thanks_to(ready, "Bo Alm") in words) is yes
        assert "Bo Alm" not in words.replace(thanks_to(ready, "Bo Alm"), "")


def test_silence_is_a_no_and_a_late_yes_counts(ready: Ready) -> None:
    """The next day at one the forum hears of it without the name; a yes after that adds it to what hangs there."""
    tells(ready.ada, BO)
    ready.chat.reads_everything()
    ready.chat.waits(days=1, hours=3)
    ready.cilla.sees_nothing_new()
    ready.chat.waits(hours=1)

    for words in both_see(ready):
        assert "Bo Alm" not in words
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    for words in both_see(ready):
        assert thanks_to(ready, "Bo Alm") in words


def test_a_yes_can_be_taken_back(ready: Ready) -> None:
    """By the same card, as long as one has it; the name goes away where it stands."""
    tells(ready.ada, BO)
    ready.bo.clicks("win-name-yes")
    ready.chat.reads_everything()
    assert presses(ready, ready.bo, answer_to(ready, "no")) == ""

    ready.chat.settles()
    for words in both_see(ready):
        assert "Bo Alm" not in words
    ready.chat.reads_everything()


def test_only_who_is_named_answers(ready: Ready) -> None:
    """A made-up answer for somebody else, or about nothing, is refused; and nobody rings a timer by hand."""
    tells(ready.ada, BO)
    ready.chat.reads_everything()

    for data in (answer_to(ready, "yes"), answer_to(ready, "no"), f"naming.never:{ready.forum.id}:1"):
        assert presses(ready, ready.cilla, data) == "refused-stale"
    for name in ("naming.answer:{}:9:yes:0", "naming.answer:{}:1:maybe:0", "naming.time_over:{}:1", "naming.unname:{}:1",
                 "wins.say:{}"):  # fmt: skip
        assert presses(ready, ready.bo, name.format(ready.forum.id)) == "refused-stale"
    assert win(ready).state == "asked"


def test_who_left_meanwhile_is_neither_asked_nor_named(ready: Ready) -> None:
    """The win is told all the same."""
    tells(ready.ada, BO)
    ready.chat.reads_everything()
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    assert presses(ready, ready.bo, answer_to(ready, "yes")) == "refused-left"
    ready.chat.waits(days=2)

    for words in both_see(ready):
        assert "Bo Alm" not in words


def test_somebody_out_of_hours_is_asked_the_next_morning(ready: Ready) -> None:
    """And may answer until one o'clock."""
    ready.chat.waits(hours=12)
    tells(ready.ada, BO)
    ready.ada.reads_all()
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=12.5)

    ready.bo.sees("win-ask-title")
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    both_see(ready)


def test_rather_never_in_public(ready: Ready) -> None:
    """One press, and from then on thanks come in private; nobody is asked, nobody is told."""
    tells(ready.ada, CILLA)
    ready.cilla.clicks("win-name-never")
    ready.cilla.sees("win-named-private")
    ready.chat.reads_everything()
    assert win(ready).members == ()
    tells(ready.ada, CILLA, what=OTHER)

    ready.ada.sees("win-saved")
    assert OTHER in ready.cilla.sees("win-private")
    for words in both_see(ready):
        assert "Cilla" not in words


def test_whoever_names_themselves_has_said_yes(ready: Ready) -> None:
    """Nobody asks them."""
    tells(ready.bo, BO)

    for words in both_see(ready):
        assert thanks_to(ready, "Bo Alm") in words
    ready.bo.sees("win-saved")
    ready.bo.sees_nothing_new()


def test_two_are_asked_and_it_waits_for_both(ready: Ready) -> None:
    """With the second answer all hear of it."""
    tells(ready.ada, BO, CILLA)
    ready.chat.reads_everything()
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    ready.dan.sees_nothing_new()
    ready.cilla.clicks("win-name-yes")

    ready.cilla.sees("win-named-yes")
    for words in both_see(ready):
        assert "Bo Alm" in words
        assert "Cilla Ö" in words


def test_more_names_while_it_waits_wait_too(ready: Ready) -> None:
    """Whoever is named later is asked as well, and it is told when all have answered and the quiet time is over."""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 3)))
    ready.ada.commands(f"framsteg {WHAT}")
    ready.ada.sees("win-waits", day=date(2026, 3, 3))
    for people in ([BO], [BO, CILLA, ADA]):
        ready.ada.clicks("win-add-shares")
        assert ready.ada.fills({"win-field-people": people}) == {}
        ready.ada.sees("win-completed")
    ready.cilla.sees("win-ask-title")
    ready.cilla.clicks("win-name-never")
    ready.cilla.sees("win-named-private")
    assert win(ready).state == "asked"
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    assert win(ready).state == "ready"
    ready.dan.sees_nothing_new()
    ready.chat.waits(days=1)

    for words in both_see(ready):
        assert thanks_to(ready, "Ada Ek", "Bo Alm") in words
    ready.chat.waits(hours=5)


def test_who_has_answered_is_not_asked_when_their_rest_is_over(ready: Ready) -> None:
    """They slept on it, and answered all the same, while somebody else has not."""
    tells(ready.ada, BO, CILLA)
    ready.chat.reads_everything()
    ready.bo.clicks("budget-sleep")
    ready.bo.fills({"budget-sleep-field": ready.chat.t("budget-sleep-tomorrow")})
    assert presses(ready, ready.bo, answer_to(ready, "yes")) == ""
    ready.chat.reads_everything()
    ready.chat.waits(days=1, hours=2)

    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=3)
    ready.chat.reads_everything()


def test_who_let_the_question_sleep_past_the_end_is_not_asked_again(ready: Ready) -> None:
    """The forum has heard of it; there is nothing left to ask."""
    tells(ready.ada, BO)
    ready.chat.reads_everything()
    ready.bo.clicks("budget-sleep")
    ready.bo.fills({"budget-sleep-field": ready.chat.t("budget-sleep-week")})
    ready.chat.reads_everything()
    ready.chat.waits(days=2)
    both_see(ready)
    ready.chat.waits(days=6)

    ready.bo.sees_nothing_new()


def test_who_is_named_at_night_in_what_was_told_is_asked_the_next_morning(ready: Ready) -> None:
    """The card hangs there already; their name comes into it with their yes."""
    ready.chat.waits(hours=12)
    ready.ada.commands(f"framsteg {WHAT}")
    ready.ada.clicks("win-add-shares")
    assert ready.ada.fills({"win-field-people": [BO]}) == {}
    ready.chat.reads_everything()
    ready.chat.waits(hours=12.5)

    ready.bo.sees("win-ask-title")
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    for words in both_see(ready):
        assert thanks_to(ready, "Bo Alm") in words


def test_nobody_is_asked_in_the_morning_about_what_was_taken_away_at_night(ready: Ready) -> None:
    """There is nothing to be named in; and whom a timer knows no more is left alone."""
    ready.chat.waits(hours=12)
    tells(ready.ada, BO)
    ready.ada.clicks("win-take-away")
    ready.chat.reads_everything()
    rings(ready, "naming.unname", 404)
    ready.chat.waits(days=2)

    ready.bo.sees_nothing_new()


@pytest.mark.parametrize(("who", "wish"), [
    (BO, Wishes(nudges=False)), (BO, Wishes(away_until=date(2026, 3, 9))), (BO, Wishes(days=())), (DAN, KIND),
])  # fmt: skip
def test_nobody_waits_for_somebody_who_is_not_asked(ready: Ready, who: str, wish: Wishes) -> None:
    """Who wants no reminders, is away, has no day for them or cannot be written to is not named, and it is told at once."""
    ready.store(lambda store: wishes.keep(store, meet(store, ready.chat, ready.bo), wish))
    tells(ready.ada, who)

    ready.ada.sees("win-saved")
    for words in both_see(ready):
        assert ready.chat.t("win-fact-thanks") not in words
    ready.chat.waits(days=10)


# --- Other words -----------------------------------------------------------------------------------------------


def test_who_is_added_is_asked_about_the_words_that_stand_there(ready: Ready) -> None:
    """They were put otherwise in the same form."""
    ready.ada.commands(f"framsteg {WHAT}")
    ready.ada.clicks("win-add-shares")
    ready.ada.fills({"win-field-what": OTHER, "win-field-people": [CILLA]})

    assert OTHER in ready.cilla.sees("win-ask-title")
    ready.chat.reads_everything()


def test_a_yes_is_to_the_words_that_one_has_read(ready: Ready) -> None:
    """Put otherwise, it hangs there without the names, and who said yes is asked anew; whoever wrote it stays."""
    ready.ada.commands(f"framsteg {WHAT}")
    ready.ada.clicks("win-add-shares")
    ready.ada.fills({"win-field-people": [ADA, BO]})
    ready.bo.clicks("win-name-yes")
    ready.chat.reads_everything()
    ready.ada.clicks("win-add-shares")
    ready.ada.fills({"win-field-what": OTHER})

    ready.ada.sees("win-completed")
    for words in both_see(ready):
        assert OTHER in words
        assert "Bo Alm" not in words
        assert thanks_to(ready, "Ada Ek") in words
    ready.chat.waits(days=1)
    assert OTHER in ready.bo.sees("win-ask-title")
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    for words in both_see(ready):
        assert thanks_to(ready, "Ada Ek", "Bo Alm") in words


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_nobody_says_yes_to_words_they_never_saw(ready: Ready, platform: str) -> None:
    """The question in private stays as it was; pressed after a change it shows the present words, and counts for nothing."""
    who = ready.bo if platform == "slack" else ready.cilla
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 3)))
    ready.ada.commands(f"framsteg {WHAT}")
    for said in ({"win-field-people": [BO, CILLA]}, {"win-field-what": OTHER}):
        ready.ada.clicks("win-add-shares")
        assert ready.ada.fills(said) == {}
    ready.chat.reads_everything()
    who.clicks("win-name-yes")

    assert OTHER in who.sees("win-reworded")
    assert win(ready).members == ()
    who.clicks("win-name-yes")
    who.sees("win-named-yes")
    assert len(win(ready).members) == 1
    ready.chat.waits(days=1, hours=6)
    ready.chat.reads_everything()


# --- Named no more ---------------------------------------------------------------------------------------------


def told_and_listed(ready: Ready) -> None:
    """Bo's name stands on a card, in one message with several, and in two lists of the month, all in the chats."""
    share = f"win_month.share:{ready.forum.id}:2026:3"
    tells(ready.bo, BO)
    assert presses(ready, ready.ada, share) == ""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 3)))
    tells(ready.bo, BO, what=OTHER)
    tells(ready.bo, what="Bron är lagad.")
    ready.chat.waits(days=1)
    assert presses(ready, ready.ada, share) == ""
    ready.chat.reads_everything()


def nobody_sees_bo(ready: Ready) -> None:
    """All four follow."""
    listed = {"forum": ready.forum.name}
    for key, values in (("win-title-told", {}), ("win-title-several", {"count": 2}), ("win-month-words", listed),
                        ("win-month-words", listed)):  # fmt: skip
        for words in both_see(ready, key, **values):
            assert "Bo Alm" not in words.replace("Berättat av Bo Alm", "")


def test_whoever_wants_no_praise_any_more_is_named_on_nothing_that_hangs(ready: Ready) -> None:
    """By the switch among one's notices, pressed where another forum is spoken of."""
    other = another_forum(ready, "Skolan", ready.bo)
    told_and_listed(ready)
    assert presses(ready, ready.bo, f"budget.switch:{other.id}:praise-private") == ""

    ready.bo.sees("budget-praise-private")
    nobody_sees_bo(ready)


def test_rather_never_takes_ones_name_from_everything_that_hangs(ready: Ready) -> None:
    """By a press on a question."""
    told_and_listed(ready)
    tells(ready.ada, BO, what="Parken är städad.")
    ready.chat.reads_everything()
    ready.bo.clicks("win-name-never")

    ready.bo.sees("win-named-private")
    nobody_sees_bo(ready)
    both_see(ready)


def test_whoever_leaves_is_named_on_nothing_that_hangs(ready: Ready) -> None:
    """Who told it stays; whose work it was is forgotten."""
    told_and_listed(ready)
    ready.bo.commands("lämna", private=True)
    ready.bo.clicks("member-leave-now")

    nobody_sees_bo(ready)
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_name_that_is_taken_away_goes_from_the_list_of_the_month_too(ready: Ready, platform: str) -> None:
    """Which hangs in the chats since the coordinator showed it."""
    who = ready.bo if platform == "slack" else ready.cilla
    tells(ready.ada, BO if platform == "slack" else CILLA)
    who.clicks("win-name-yes")
    ready.chat.reads_everything()
    assert presses(ready, ready.ada, f"win_month.share:{ready.forum.id}:2026:3") == ""
    for words in both_see(ready, "win-month-words", forum=ready.forum.name):
        assert who.name in words
    who.clicks("win-name-remove")

    who.sees("win-named-no")
    for words in (*both_see(ready), *both_see(ready, "win-month-words", forum=ready.forum.name)):
        assert who.name not in words
    ready.chat.reads_everything()
    assert who.name not in list_of(ready)
