"""Wins told: in a line, in a form, from a message; quiet times; thanks; a month."""

from datetime import date

import pytest

from handlers.kit.ui import Items
from storage import forums, quiet, wins
from tests.handlers.celebrating import BO, CILLA, WHAT, both_see, tells, thanks_to, win
from tests.handlers.pressed import presses
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import POLICE, TOWN, Ready

# --- Telling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_line_is_told_at_once(ready: Ready, platform: str) -> None:
    """In both chats, with who told it; and one may add who had a part."""
    who = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"framsteg {WHAT}")

    for words in both_see(ready):
        assert WHAT in words
        assert ready.chat.t("win-told-by", who=who.name) in words
    who.sees("win-saved")


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_who_had_a_part_is_added_afterwards(ready: Ready, platform: str) -> None:
    """The card that hangs there follows: organisations at once, people after their yes."""
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()
    who.clicks("win-add-shares")
    me = BO if platform == "slack" else CILLA
    assert who.fills({"win-field-actors": [TOWN, POLICE], "win-field-people": [me]}) == {}

    who.sees("win-completed")
    for words in both_see(ready):
        assert f"{ready.chat.t('win-fact-together')}: " in words
        assert thanks_to(ready, who.name) in words


def test_somebody_is_named_in_what_hangs_there(ready: Ready) -> None:
    """Asked first; with their yes the card follows."""
    ready.ada.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()
    ready.ada.clicks("win-add-shares")
    ready.ada.fills({"win-field-people": [CILLA]})
    ready.ada.sees("win-completed")
    ready.dan.sees_nothing_new()
    ready.cilla.clicks("win-name-yes")

    ready.cilla.sees("win-named-yes")
    for words in both_see(ready):
        assert thanks_to(ready, "Cilla Ö") in words


def test_a_message_becomes_a_win(ready: Ready) -> None:
    """By the shortcut in Slack the form opens with its words."""
    ready.bo.says("Lamporna är uppe nu")
    message = ready.chat.slack.world.in_channel(ready.chat.channel)[-1]
    ready.chat.does(ready.chat.slack.message_shortcut(ready.ada.user, message, "report_win"))
    assert ready.ada.fills({}) == {}

    ready.ada.sees("win-saved")
    for words in both_see(ready):
        assert "Lamporna är uppe nu" in words


def test_it_belongs_to_an_action(ready: Ready) -> None:
    """Then the card leads there."""
    ready.adds()
    ready.bo.commands("åtgärd 1")
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()
    about = ready.chat.t("win-about-action", number="1", what="Sak 1")
    tells(ready.ada, win_field_about=about)

    ready.ada.sees("win-saved")
    both_see(ready)
    ready.bo.clicks("win-show-action", number="1")
    ready.bo.sees("action-title-done", number="1")


def test_only_who_told_it_may_complete_it(ready: Ready) -> None:
    """Or a coordinator; anybody else is told who can, and nobody can add to a thank-you or to what never was."""
    ready.cilla.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()

    assert presses(ready, ready.bo, f"wins.report_form:{ready.forum.id}:1") == "refused-coordinator-only"
    assert presses(ready, ready.ada, f"wins.report_form:{ready.forum.id}:1") == ""
    ready.ada.commands("tack Polisen för lamporna")
    for number in (2, 7):
        assert presses(ready, ready.ada, f"wins.report_form:{ready.forum.id}:{number}") == "refused-stale"
    ready.chat.reads_everything()


def test_a_line_may_be_too_long(ready: Ready) -> None:
    """Then nothing is told, and one is told why."""
    ready.bo.commands(f"framsteg {'x' * 301}")

    ready.bo.sees("field-too-long", most=300, now=301)
    ready.dan.sees_nothing_new()


def test_it_belongs_to_a_decision(ready: Ready) -> None:
    """Then the card leads there; somebody without organisations around tells it all the same."""
    ready.bo.commands("beslut Vi tänder lyktorna.")
    ready.store(lambda store: store.do("delete from actor"))
    ready.chat.reads_everything()
    about = ready.chat.t("win-about-decision", number="1/2026", what="Vi tänder lyktorna.")
    tells(ready.ada, win_field_about=about)

    both_see(ready)
    ready.bo.clicks("decision-number", number="1/2026")
    ready.bo.sees("decision-title-standing", number="1/2026")
    ready.chat.waits(minutes=20)
    ready.chat.reads_everything()


def test_in_private_one_is_told_that_all_see_it(ready: Ready) -> None:
    """The card goes to the chats, so whoever wrote in private gets a word too."""
    ready.cilla.commands("framsteg", private=True)
    ready.cilla.fills({"win-field-what": WHAT})

    ready.cilla.sees("win-saved")
    both_see(ready)
    ready.chat.reads_everything()


# --- Quiet times -----------------------------------------------------------------------------------------------


def test_in_a_heavy_week_wins_wait_and_come_together(ready: Ready) -> None:
    """Until the coordinator's day nothing is celebrated; then all of it in one message."""
    ready.ada.commands("framstegen")
    ready.ada.sees("win-month-none")
    ready.ada.clicks("win-calm")
    assert ready.ada.fills({"win-calm-field": "2026-03-09"}) == {}
    ready.ada.sees("win-calm-noted", day=date(2026, 3, 9))
    tells(ready.bo)
    ready.bo.sees("win-waits", day=date(2026, 3, 9))
    tells(ready.bo, what="Bänkarna är på plats.")
    ready.bo.sees("win-waits", day=date(2026, 3, 9))
    ready.dan.sees_nothing_new()
    ready.chat.waits(days=6, hours=23)
    ready.dan.sees_nothing_new()
    ready.chat.waits(hours=1)

    for words in both_see(ready, "win-title-several", count=2):
        assert WHAT in words
        assert "Bänkarna är på plats." in words


def test_after_a_long_quiet_time_five_are_named(ready: Ready) -> None:
    """The rest stands in the month's list."""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 20)))
    for number in range(6):
        tells(ready.bo, what=f"Sak {number}.")
    ready.chat.reads_everything()
    ready.chat.waits(days=18)

    for words in both_see(ready, "win-title-several", count=6):
        assert "Sak 4." in words
        assert "Sak 5." not in words
        assert ready.chat.t("win-and-more", count=1) in words


def test_what_was_to_be_said_at_night_waits_for_the_morning(ready: Ready) -> None:
    """The process was away when its time came."""
    tells(ready.ada, BO)
    ready.chat.reads_everything()
    ready.chat.sleeps_through(days=1, hours=12)
    ready.cilla.sees_nothing_new()
    ready.chat.waits(hours=12)

    both_see(ready)
    ready.chat.reads_everything()


def test_the_quiet_time_can_end_sooner(ready: Ready) -> None:
    """What waited is told at once."""
    ready.ada.commands("framstegen")
    ready.ada.clicks("win-calm")
    ready.ada.fills({"win-calm-field": "2026-03-20"})
    tells(ready.bo)
    ready.chat.reads_everything()
    ready.ada.commands("framstegen")
    ready.ada.sees("win-month-none")
    ready.ada.clicks("win-calm-end")

    ready.ada.sees("win-calm-over")
    both_see(ready)


def test_a_quiet_time_that_ends_sooner_has_kept_everything(ready: Ready) -> None:
    """Also what was told at its beginning, more than a week ago."""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 20)))
    tells(ready.bo)
    ready.chat.reads_everything()
    ready.chat.waits(days=10)
    ready.ada.commands("framstegen")
    ready.ada.sees("win-month-none")
    ready.ada.clicks("win-calm-end")

    ready.ada.sees("win-calm-over")
    both_see(ready)
    ready.ada.commands("framstegen")
    ready.ada.sees("win-calm")


# --- Thanks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_thanks_between_organisations(ready: Ready, platform: str) -> None:
    """In one line, from one's organisation to another."""
    if platform == "slack":
        ready.ada.commands("tack polisen för lamporna")
        ready.ada.sees("thanks-said")
        who, to = TOWN, POLICE
    else:
        ready.cilla.commands(f"tack {TOWN}, för lamporna")
        ready.cilla.sees("thanks-said")
        who, to = POLICE, TOWN

    for words in both_see(ready, "win-title-thanks", who=who, to=Items((to,))):
        assert "för lamporna" in words
    assert win(ready).kind == "thanks"


def test_a_plain_thank_you_is_answered(ready: Ready) -> None:
    """With the way to pass it on to an organisation."""
    ready.cilla.says("tack så mycket", private=True)
    ready.cilla.sees("thanks-welcome")
    ready.cilla.clicks("thanks-pass-on")
    assert ready.cilla.fills({"thanks-field-to": TOWN, "thanks-field-what": "kaffet"}) == {}

    ready.cilla.sees("thanks-said")
    ready.cilla.sees("form-filled-in", title=ready.chat.t("thanks-title"))
    both_see(ready, "win-title-thanks", who=POLICE, to=Items((TOWN,)))


# --- A month ---------------------------------------------------------------------------------------------------


def test_a_months_wins_in_one_picture_and_one_text(ready: Ready) -> None:
    """Anybody asks for it; the coordinator shows it to all."""
    tells(ready.bo, BO, win_field_actors=[TOWN, POLICE])
    tells(ready.cilla, what="Bänkarna är på plats.")
    ready.ada.commands("tack Polisen för lamporna")
    ready.chat.reads_everything()
    ready.dan.commands("framstegen")
    words = ready.dan.sees("win-month-words", forum=ready.forum.name)
    assert words.index(WHAT) < words.index("Bänkarna är på plats.")
    assert "Bo Alm" in words
    assert ready.chat.t("win-line-thanks-for", to=Items((POLICE,)), what="lamporna") in words
    ready.ada.commands("framstegen")
    ready.ada.sees("win-month-words", forum=ready.forum.name)
    ready.ada.clicks("win-month-share")

    ready.ada.sees("win-month-shared")
    both_see(ready, "win-month-words", forum=ready.forum.name)


def test_when_a_month_is_over_the_coordinators_get_its_list(ready: Ready) -> None:
    """On the first working day, in private, if there is more than one win."""
    tells(ready.bo)
    tells(ready.bo, what="Bänkarna är på plats.")
    ready.chat.reads_everything()
    ready.chat.waits(days=30, hours=-0.5)
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=1)

    ready.ada.sees("win-month-words", forum=ready.forum.name)
    ready.bo.sees_nothing_new()


# --- What goes wrong -------------------------------------------------------------------------------------------


def test_a_month_that_never_was(ready: Ready) -> None:
    """A made-up button shows nothing, and only coordinators show a month to all."""
    for month in ("1999:1", "2026:0", "2026:13", "2300:1"):
        assert presses(ready, ready.bo, f"win_month.page:{ready.forum.id}:{month}") == "refused-stale"
    assert presses(ready, ready.bo, f"win_month.share:{ready.forum.id}:2026:3") == "refused-coordinator-only"
    assert presses(ready, ready.ada, f"win_month.share:{ready.forum.id}:2026:3") == "refused-stale"
    assert presses(ready, ready.bo, f"wins.calm_form:{ready.forum.id}") == "refused-coordinator-only"


def test_the_month_before_is_one_press_away(ready: Ready) -> None:
    """As long as this month has none, it is what one sees."""
    tells(ready.bo)
    ready.chat.reads_everything()
    ready.chat.waits(days=31)
    ready.dan.commands("framstegen")
    assert WHAT in ready.dan.sees("win-month-words", forum=ready.forum.name)
    tells(ready.bo, what="Bänkarna är på plats.")
    ready.chat.reads_everything()
    ready.bo.commands("framstegen")
    assert WHAT not in ready.bo.sees("win-month-words", forum=ready.forum.name)
    ready.bo.clicks("win-month-before")

    assert WHAT in ready.bo.sees("win-month-words", forum=ready.forum.name)


def test_quiet_times_have_an_end(ready: Ready) -> None:
    """Within three months, and ahead."""
    ready.ada.commands("framstegen")
    ready.ada.sees("win-month-none")
    ready.ada.clicks("win-calm")

    for day in ("2026-03-02", "2026-09-01"):
        assert ready.ada.fills({"win-calm-field": day}) == {
            ready.chat.t("win-calm-field"): ready.chat.t("field-date-within", last=date(2026, 6, 2))
        }


def test_a_confidential_forum_keeps_nobodys_words(ready: Ready) -> None:
    """A line in words is refused; a neutral label is told."""
    ready.store(lambda store: forums.set_confidential(store, ready.forum.id, confidential=True))
    ready.bo.commands(f"framsteg {WHAT}")
    assert ready.store(lambda store: wins.get(store, ready.forum.id, 1)) is None
    ready.chat.reads_everything()
    ready.bo.commands("framsteg Ärende 12")

    for words in both_see(ready):
        assert "Ärende 12" in words
    ready.chat.reads_everything()


def test_somebody_outside_tells_nothing(ready: Ready) -> None:
    """They are shown the way in."""
    eva = ready.chat.slack_person("Eva Ny")
    eva.commands(f"framsteg {WHAT}")

    eva.sees("refused-not-member")
    ready.dan.sees_nothing_new()


def test_the_only_organisation_has_nobody_to_thank(ready: Ready) -> None:
    """It is told so; and a plain thank-you is still answered."""
    ready.store(lambda store: store.do("delete from actor where id = 1"))
    ready.bo.commands("tack")
    ready.bo.sees("thanks-welcome")

    assert presses(ready, ready.bo, f"thanks.thanks_form:{ready.forum.id}") == "thanks-nobody"


def test_thanks_too_long_and_thanks_without_a_reason(ready: Ready) -> None:
    """The first is refused; the second is asked for one."""
    ready.ada.commands(f"tack Polisen {'x' * 301}")
    ready.ada.sees("field-too-long", most=300, now=301)
    ready.ada.commands("tack Polisen")
    assert ready.ada.fills({"thanks-field-what": "lamporna"}) == {}

    ready.ada.sees("thanks-said")
    both_see(ready, "win-title-thanks", who=TOWN, to=Items((POLICE,)))


def test_thanks_from_somebody_on_their_own(ready: Ready) -> None:
    """In their own name; in quiet times it waits like all else."""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 4)))
    ready.dan.commands("tack Polisen för lamporna")
    ready.dan.sees("win-waits", day=date(2026, 3, 4))
    ready.chat.waits(days=2)

    both_see(ready, "win-title-thanks", who="Dan Lu", to=Items((POLICE,)))
