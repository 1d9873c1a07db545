"""What the bot notices by itself, how little it says, and whose name it asks for."""

from datetime import date, timedelta

import pytest

from storage import actions
from tests.handlers.celebrating import begun_by_the_town, decided, done, known, rings
from tests.handlers.pressed import presses
from tests.stage.ready import FRIDAY, POLICE, TOWN, Ready


def nothing_noticed(ready: Ready) -> None:
    """For two days nobody hears of anything."""
    ready.chat.waits(days=2)
    assert known(ready) == []


# --- Worth telling ---------------------------------------------------------------------------------------------


def test_what_two_organisations_did_is_noticed(ready: Ready) -> None:
    """A while after; both are named, and of the people those who say yes."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    ready.chat.waits(minutes=14)
    ready.bo.sees_nothing_new()
    ready.chat.waits(minutes=1)
    words = ready.bo.sees("win-ask-title")
    assert "Sak 1" in words
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    ready.chat.waits(days=1, hours=4)

    for each in (ready.ada.sees("win-title-together"), ready.cilla.sees("win-title-together")):
        assert ready.chat.t("win-fact-together") in each
        assert TOWN in each
        assert POLICE in each
        assert "Bo Alm" in each
        assert "Dan Lu" not in each


def test_what_one_organisation_did_alone_is_nothing_special(ready: Ready) -> None:
    """Nor when the coordinator answered for them."""
    ready.adds(2)
    done(ready)
    ready.ada.commands("åtgärd 2")
    ready.ada.clicks("action-answer-done")
    ready.chat.reads_everything()

    nothing_noticed(ready)


def test_a_slip_of_the_finger_is_not_celebrated(ready: Ready) -> None:
    """Not done after all: nobody hears of it."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    assert presses(ready, ready.bo, f"replies.reopen:{ready.forum.id}:1") == ""
    ready.chat.reads_everything()

    ready.chat.waits(hours=1)
    assert known(ready) == []


def test_what_was_taken_back_before_it_was_told_is_not_told(ready: Ready) -> None:
    """Also when it had been noticed already."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    ready.chat.waits(minutes=20)
    ready.bo.sees("win-ask-title")
    assert presses(ready, ready.bo, f"replies.reopen:{ready.forum.id}:1") == ""
    ready.chat.reads_everything()
    ready.chat.waits(days=1, hours=6)

    ready.cilla.sees_nothing_new()
    assert [each.state for each in known(ready)] == ["dropped"]
    ready.chat.reads_everything()


@pytest.mark.parametrize(("due_on", "noticed"), [(FRIDAY, True), (date(2026, 2, 27), False)])
def test_on_time_after_help_is_noticed(ready: Ready, due_on: date, *, noticed: bool) -> None:
    """Whoever asked for help and was done in time; too late, it is said to nobody."""
    ready.adds(due_on=due_on)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "stuck", member=2, now=ready.chat.now)
    )
    done(ready)
    ready.chat.waits(days=1, hours=5)

    if noticed:
        ready.bo.sees("win-ask-title")
        for each in (ready.ada, ready.cilla):
            assert POLICE in each.sees("win-title-helped")
    assert [each.kind for each in known(ready)] == (["helped"] if noticed else [])


def test_the_first_decision_carried_out(ready: Ready) -> None:
    """With its last action; a second decision with one action is nothing special, one with two is."""
    ready.adds(4, due_on=FRIDAY + timedelta(days=60))
    decided(ready, 1)
    decided(ready, 2, what="Vi köper kaffe.")
    decided(ready, 3, 4, what="Vi bygger bänkar.")
    done(ready, 1)
    ready.chat.waits(days=1, hours=5)
    ready.bo.sees("win-ask-title")
    for each in (ready.ada, ready.cilla):
        assert "Vi tänder lyktorna." in each.sees("win-title-first-carried-out")
    for number in (2, 3, 4):
        done(ready, number)
    ready.chat.waits(days=4)

    for each in (ready.ada, ready.cilla):
        assert "Vi bygger bänkar." in each.sees("win-title-carried-out")
    assert [each.kind for each in known(ready)] == ["first-carried-out", "carried-out"]
    assert len(known(ready)[1].actors) == 1


def test_a_decision_that_waits_for_more_is_not_carried_out(ready: Ready) -> None:
    """Nor one that was withdrawn meanwhile; what was done together is told all the same."""
    ready.adds(2, due_on=FRIDAY + timedelta(days=60))
    begun_by_the_town(ready)
    decided(ready, 1, 2)
    done(ready)
    ready.chat.waits(minutes=16)
    ready.chat.reads_everything()

    assert [each.kind for each in known(ready)] == ["together"]
    ready.chat.waits(days=2)
    ready.chat.reads_everything()


def test_the_tenth_decision(ready: Ready) -> None:
    """A milestone of the whole forum, and of nobody in it."""
    for number in range(9):
        decided(ready, what=f"Beslut {number}")
    ready.bo.commands("beslut Det tionde")
    ready.chat.reads_everything()
    ready.chat.waits(minutes=16)

    for each in (ready.ada, ready.cilla):
        assert ready.chat.t("win-short-decisions", count=10) in each.sees("win-title-decisions")
    ready.chat.reads_everything()


def test_a_year_together(ready: Ready) -> None:
    """On its day, or the next working day; and next year again."""
    ready.adds()
    done(ready)
    ready.chat.waits(days=364)
    ready.chat.reads_everything()
    ready.chat.waits(days=2)

    for each in (ready.ada, ready.cilla):
        assert ready.chat.t("win-short-years", count=1) in each.sees("win-title-years")
    ready.chat.waits(days=365)
    assert ready.chat.t("win-short-years", count=2) in "".join(ready.chat.reads_everything())


# --- Little is said --------------------------------------------------------------------------------------------


def test_what_comes_close_together_is_told_together(ready: Ready) -> None:
    """At most one message in two days; and the same person is not asked again so soon."""
    ready.adds(3, due_on=FRIDAY + timedelta(days=60))
    for number in (1, 2, 3):
        begun_by_the_town(ready, number)
    done(ready, 1)
    ready.chat.waits(minutes=16)
    ready.bo.sees("win-ask-title")
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    ready.chat.reads_everything()
    assert known(ready)[0].state == "told"
    done(ready, 2)
    done(ready, 3)
    ready.chat.waits(days=1)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=2)

    for each in (ready.ada, ready.cilla):
        words = each.sees("win-title-several", count=2)
        assert words.index("Sak 2") < words.index("Sak 3")
        assert "Bo Alm" not in words


def test_what_somebody_told_is_not_told_again(ready: Ready) -> None:
    """A member was quicker than the bot."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    ready.ada.commands("framsteg")
    about = ready.chat.t("win-about-action", number="1", what="Sak 1")
    ready.ada.fills({"win-field-what": "Sak 1 är klar.", "win-field-about": about})
    ready.chat.reads_everything()
    ready.chat.waits(days=3)

    assert [each.kind for each in known(ready)] == ["told"]


@pytest.mark.parametrize("asked", [True, False])
def test_what_somebody_tells_meanwhile_is_not_told_again(ready: Ready, *, asked: bool) -> None:
    """The bot had noticed it already: it was asking for a name, or waiting for its time."""
    ready.adds(2, due_on=FRIDAY + timedelta(days=60))
    begun_by_the_town(ready)
    done(ready, 1)
    ready.chat.waits(minutes=16)
    ready.bo.sees("win-ask-title")
    number = 1
    if not asked:
        ready.bo.clicks("win-name-no")
        ready.chat.reads_everything()
        begun_by_the_town(ready, 2)
        done(ready, 2)
        ready.chat.waits(minutes=16)
        number = 2
    assert known(ready)[-1].state == ("asked" if asked else "ready")
    ready.ada.commands("framsteg")
    about = ready.chat.t("win-about-action", number=str(number), what=f"Sak {number}")
    ready.ada.fills({"win-field-what": "Det är klart.", "win-field-about": about})
    ready.chat.reads_everything()
    ready.chat.waits(days=5)

    assert [each.state for each in known(ready)][-2:] == ["dropped", "told"]


@pytest.mark.parametrize(("days", "told"), [(2, True), (9, False)])
def test_after_a_silence_of_ours(ready: Ready, days: int, *, told: bool) -> None:
    """Late by some days it is told; by more than a week, nobody is bothered with it."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    ready.chat.sleeps_through(days=days)
    ready.chat.reads_everything()
    ready.chat.waits(days=2)

    assert [each.state for each in known(ready)] == (["told"] if told else [])
    ready.chat.reads_everything()


def test_what_waited_too_long_stands_in_the_list_alone(ready: Ready) -> None:
    """It had been noticed before the silence began."""
    ready.adds()
    begun_by_the_town(ready)
    done(ready)
    ready.chat.waits(minutes=20)
    ready.bo.sees("win-ask-title")
    ready.chat.sleeps_through(days=9)
    ready.bo.reads_all()
    ready.chat.waits(hours=30)

    ready.cilla.sees_nothing_new()
    assert [each.state for each in known(ready)] == ["told"]
    ready.chat.reads_everything()


def test_timers_are_rung_and_not_pressed(ready: Ready) -> None:
    """Button data that somebody made up celebrates nothing."""
    for data in ("noticing.noticed:{}:action:1", "noticing.begin:{}", "noticing.year_came:{}", "naming.ask_one:{}:1:1",
                 "win_month.month_over:{}:2026:3"):  # fmt: skip
        assert presses(ready, ready.bo, data.format(ready.forum.id)) == "refused-stale"


def test_a_forum_waits_for_its_first_year_from_its_first_day(ready: Ready) -> None:
    """Also when nothing else is ever worth celebrating; and in a made-up goal there is nothing to celebrate."""
    rings(ready, "noticing.begin")
    rings(ready, "noticing.year_came")
    rings(ready, "noticing.noticed", "goal", 1)
    rings(ready, "noticing.noticed", "action", 404)
    rings(ready, "noticing.noticed", "decision", 404)
    ready.chat.waits(days=366)

    assert [each.kind for each in known(ready)] == ["years"]
    for each in (ready.ada, ready.cilla):
        each.sees("win-title-years")
