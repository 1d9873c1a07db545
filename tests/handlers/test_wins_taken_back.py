"""What is taken back, unnamed or kept in confidence is celebrated no more: names, wins, words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground.slack import plain
from handlers.kit.ui import Items
from storage import actions, decisions, forums, outcomes, quiet, wins
from storage.db import Store
from storage.decisions import Wording
from tests.handlers.celebrating import (
    BO,
    CILLA,
    OTHER,
    WHAT,
    answer_to,
    begun_by_the_town,
    both_see,
    decided,
    done,
    known,
    list_of,
    rings,
    tells,
    thanks_to,
    win,
)
from tests.handlers.pressed import presses
from tests.stage.ready import FRIDAY, POLICE, TOWN, Ready


def two_told_together(ready: Ready) -> None:
    """Bo is asked about one of two wins that come in one message, and has not answered."""
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 5)))
    tells(ready.ada, BO)
    tells(ready.ada, what=OTHER)
    ready.chat.reads_everything()
    ready.chat.waits(days=3)


# --- Names -----------------------------------------------------------------------------------------------------


def test_whoever_wants_no_praise_any_more_is_named_nowhere(ready: Ready) -> None:
    """By the switch among one's notices: not in the month's list, and not in what still waits."""
    tells(ready.bo, BO)
    tells(ready.ada, BO, what=OTHER)
    ready.chat.reads_everything()
    ready.bo.commands("notiser", private=True)
    ready.chat.reads_everything()
    assert presses(ready, ready.bo, f"budget.switch:{ready.forum.id}:praise-private") == ""
    ready.chat.reads_everything()

    assert "Bo Alm" not in list_of(ready)
    ready.chat.waits(days=1, hours=5)
    for words in both_see(ready):
        assert OTHER in words
        assert "Bo Alm" not in words.replace("Berättat av Bo Alm", "")


def test_rather_never_in_public_goes_for_what_was_told_before(ready: Ready) -> None:
    """One press on a question takes the name out of every list."""
    tells(ready.bo, BO)
    tells(ready.ada, BO, what=OTHER)
    ready.chat.reads_everything()
    ready.bo.clicks("win-name-never")
    ready.chat.reads_everything()

    assert win(ready).members == ()
    assert thanks_to(ready, "Bo Alm") not in list_of(ready)


def test_whoever_leaves_is_named_no_more(ready: Ready) -> None:
    """The list of the month is without them."""
    tells(ready.cilla, CILLA)
    ready.chat.reads_everything()
    ready.cilla.commands("lamna", private=True)
    ready.cilla.clicks("member-leave-now")
    ready.chat.reads_everything()

    assert "Cilla Ö" not in list_of(ready)


@pytest.mark.parametrize("who", ["bo", "cilla"])
def test_the_card_of_a_yes_takes_it_back(ready: Ready, who: str) -> None:
    """One press, and the name goes away where it stands."""
    person = ready.bo if who == "bo" else ready.cilla
    tells(ready.ada, BO if who == "bo" else CILLA)
    ready.chat.reads_everything()
    person.clicks("win-name-yes")
    person.sees("win-named-yes")
    for words in both_see(ready):
        assert thanks_to(ready, person.name) in words
    person.clicks("win-name-remove")

    person.sees("win-named-no")
    for words in both_see(ready):
        assert person.name not in words


def test_a_late_answer_changes_the_message_with_several(ready: Ready) -> None:
    """The name comes into it, and out of it again."""
    two_told_together(ready)
    for words in both_see(ready, "win-title-several", count=2):
        assert "Bo Alm" not in words
    ready.bo.clicks("win-name-yes")
    ready.bo.sees("win-named-yes")
    for words in both_see(ready, "win-title-several", count=2):
        assert "Bo Alm" in words
        assert OTHER in words
    ready.bo.clicks("win-name-remove")
    ready.bo.sees("win-named-no")
    for words in both_see(ready, "win-title-several", count=2):
        assert "Bo Alm" not in words


@pytest.mark.parametrize(
    "said", ["framsteg cilla ö fick ihop det ensam", "framsteg Tack vare Bo Alms envishet"]
)
def test_names_in_free_words_are_asked_for_first(ready: Ready, said: str) -> None:
    """The line is refused with the way to the form; one's own name may stand there."""
    ready.ada.commands(said)
    ready.ada.sees("win-no-names", who=Items(("Cilla Ö" if "cilla" in said else "Bo Alm",)), count=1)
    ready.cilla.sees_nothing_new()
    assert known(ready) == []
    ready.ada.commands("framsteg Ada Ek satte upp lyktorna")

    for words in both_see(ready):
        assert "Ada Ek satte upp lyktorna" in words
    ready.chat.reads_everything()


def test_names_in_the_words_of_a_form(ready: Ready) -> None:
    """The form stays open and says where names are chosen; so does a thank-you."""
    ready.bo.commands("framsteg")
    refused = ready.chat.t("win-no-names", who=Items(("Ada Ek", "Cilla Ö")), count=2)
    assert list(ready.bo.fills({"win-field-what": "Ada Ek och Cilla Ö lyste upp"}).values()) == [refused]
    ready.ada.commands("tack Polisen för att Bo Alm kom")
    ready.ada.sees("thanks-no-names", who=Items(("Bo Alm",)), count=1)
    ready.ada.commands("tack Polisen")
    refused = ready.chat.t("thanks-no-names", who=Items(("Bo Alm",)), count=1)
    assert list(ready.ada.fills({"thanks-field-what": "att Bo Alm kom"}).values()) == [refused]

    assert known(ready) == []


# --- Wins ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_whoever_told_it_takes_it_away(ready: Ready, platform: str) -> None:
    """Its card says so, and no list has it."""
    who = ready.bo if platform == "slack" else ready.cilla
    who.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()
    who.clicks("win-take-away")

    for words in both_see(ready, "win-taken-away"):
        assert WHAT not in words
    ready.chat.reads_everything()
    assert win(ready).state == "dropped"
    ready.dan.commands("framstegen")
    ready.dan.sees("win-month-none")


def test_only_they_and_a_coordinator_take_it_away(ready: Ready) -> None:
    """Once; who was asked about it is named nowhere."""
    tells(ready.bo, CILLA)
    ready.chat.reads_everything()
    data = f"wins.take_away:{ready.forum.id}:1"
    assert presses(ready, ready.cilla, data) == "refused-coordinator-only"
    assert presses(ready, ready.ada, data) == ""
    ready.chat.reads_everything()
    assert presses(ready, ready.ada, data) == "refused-stale"
    assert presses(ready, ready.ada, f"wins.take_away:{ready.forum.id}:9") == "refused-stale"
    assert presses(ready, ready.cilla, answer_to(ready, "yes")) == "refused-stale"
    assert presses(ready, ready.cilla, f"naming.never:{ready.forum.id}:1") == ""
    ready.chat.reads_everything()
    ready.chat.waits(days=2)

    ready.dan.sees_nothing_new()


def test_a_coordinator_takes_one_away_from_the_list(ready: Ready) -> None:
    """Of what somebody else told; nobody else may, and where there is none there is nothing to take."""
    ready.cilla.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()
    ready.ada.commands("framstegen")
    ready.ada.clicks("win-take-one-away")
    assert ready.ada.fills({"win-take-field": WHAT}) == {}
    both_see(ready, "win-taken-away")
    ready.chat.reads_everything()

    assert win(ready).state == "dropped"
    assert presses(ready, ready.bo, f"win_month.take_form:{ready.forum.id}") == "refused-coordinator-only"
    assert presses(ready, ready.ada, f"win_month.take_form:{ready.forum.id}") == "refused-stale"


def test_two_coordinators_take_the_same_one_away(ready: Ready) -> None:
    """The second one, who has the form open, is told that it is gone."""
    ready.cilla.commands(f"framsteg {WHAT}")
    tells(ready.cilla, what=OTHER)
    ready.chat.reads_everything()
    ready.ada.commands("framstegen")
    ready.ada.clicks("win-take-one-away")
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 2, "coordinator"))
    assert presses(ready, ready.bo, f"wins.take_away:{ready.forum.id}:1") == ""
    ready.chat.reads_everything()
    field = ready.chat.t("win-take-field")
    assert ready.ada.fills({"win-take-field": WHAT}) == {field: ready.chat.t("field-choice-gone")}
    assert presses(ready, ready.bo, f"wins.take_away:{ready.forum.id}:2") == ""
    ready.chat.reads_everything()
    ready.ada.fills({"win-take-field": OTHER})

    assert ready.chat.t("refused-stale") in plain(ready.chat.slack.world.modals[ready.ada.user.id][-1])


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_whoever_told_it_by_a_form_takes_it_away(ready: Ready, platform: str) -> None:
    """While others are asked, and once it hangs there; from the answer that they got."""
    who = ready.bo if platform == "slack" else ready.cilla
    tells(who, f"Ada Ek ({TOWN})")
    ready.chat.reads_everything()
    who.clicks("win-take-away")
    who.sees("win-taken-away")
    assert win(ready).state == "dropped"
    tells(who, what=OTHER)
    ready.chat.reads_everything()
    who.clicks("win-take-away")

    both_see(ready, "win-taken-away")
    ready.chat.reads_everything()
    assert win(ready, 2).state == "dropped"


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_whoever_gave_thanks_takes_them_back(ready: Ready, platform: str) -> None:
    """From the answer that they got; also while it waits for a quiet time to end."""
    who, to = (ready.ada, POLICE) if platform == "slack" else (ready.cilla, TOWN)
    who.commands(f"tack {to} för lamporna")
    who.sees("thanks-said")
    ready.chat.reads_everything()
    who.clicks("win-take-away")
    both_see(ready, "win-taken-away")
    ready.chat.reads_everything()
    ready.store(lambda store: quiet.set_calm(store, ready.forum.id, date(2026, 3, 5)))
    who.commands(f"tack {to} för kaffet")
    who.sees("win-waits", day=date(2026, 3, 5))
    who.clicks("win-take-away")

    who.sees("win-taken-away")
    ready.chat.waits(days=4)
    ready.dan.sees_nothing_new()


def test_what_is_taken_away_goes_from_the_list_that_hangs(ready: Ready) -> None:
    """Where it stood among the month's wins it stands no more; with the last one the list says that there is none."""
    tells(ready.bo)
    tells(ready.bo, what=OTHER)
    assert presses(ready, ready.ada, f"win_month.share:{ready.forum.id}:2026:3") == ""
    ready.chat.reads_everything()
    assert presses(ready, ready.ada, f"wins.take_away:{ready.forum.id}:1") == ""
    both_see(ready, "win-taken-away")
    for words in both_see(ready, "win-month-words", forum=ready.forum.name):
        assert WHAT not in words
        assert OTHER in words
    ready.ada.reads_all()
    assert presses(ready, ready.ada, f"wins.take_away:{ready.forum.id}:2") == ""

    both_see(ready, "win-taken-away")
    both_see(ready, "win-month-none")
    ready.chat.reads_everything()


def test_one_of_several_is_taken_away(ready: Ready) -> None:
    """The others stay in their message; with the last one it says that they are gone."""
    two_told_together(ready)
    ready.chat.reads_everything()
    assert presses(ready, ready.ada, f"wins.take_away:{ready.forum.id}:1") == ""
    for words in both_see(ready, "win-title-several", count=1):
        assert OTHER in words
        assert WHAT not in words
    ready.ada.reads_all()
    assert presses(ready, ready.ada, f"wins.take_away:{ready.forum.id}:2") == ""

    both_see(ready, "win-taken-away")
    ready.chat.reads_everything()


def test_what_was_undone_since_is_in_no_list(ready: Ready) -> None:
    """Its action is open again."""
    ready.adds()
    begun_by_the_town(ready)
    tells(ready.ada, what=OTHER)
    done(ready)
    ready.chat.waits(days=3)
    ready.chat.reads_everything()
    assert "Sak 1" in list_of(ready)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "open", member=2, now=ready.chat.now)
    )

    assert "Sak 1" not in list_of(ready)


def test_what_was_undone_meanwhile_is_not_told(ready: Ready) -> None:
    """A win about a decision that was undone while somebody was asked for their name."""
    ready.bo.commands("beslut Vi tänder lyktorna.")
    ready.chat.reads_everything()
    about = ready.chat.t("win-about-decision", number="1/2026", what="Vi tänder lyktorna.")
    tells(ready.ada, BO, win_field_about=about)
    ready.chat.reads_everything()
    assert presses(ready, ready.bo, f"decisions.undo:{ready.forum.id}:1") == ""
    ready.chat.reads_everything()
    ready.bo.clicks("win-name-yes")

    ready.bo.sees("win-taken-away")
    assert win(ready).state == "dropped"


def test_a_month_is_shown_to_all_once(ready: Ready) -> None:
    """Again when there is one more; pressed twice it is refused."""
    tells(ready.bo)
    ready.chat.reads_everything()
    data = f"win_month.share:{ready.forum.id}:2026:3"
    assert presses(ready, ready.ada, data) == ""
    both_see(ready, "win-month-words", forum=ready.forum.name)
    assert presses(ready, ready.ada, data) == "win-month-shared-already"
    ready.dan.sees_nothing_new()
    tells(ready.bo, what=OTHER)
    ready.chat.reads_everything()

    assert presses(ready, ready.ada, data) == ""
    both_see(ready, "win-month-words", forum=ready.forum.name)


def told_before(ready: Ready, count: int) -> None:
    """So many wins of this month, one a minute."""

    def fill(store: Store) -> None:
        for number in range(1, count + 1):
            at = ready.chat.now - timedelta(minutes=count - number)
            made = wins.add(store, ready.forum.id, kind="told", what=f"Sak {number}.", actors=(), now=at)
            wins.tell(store, ready.forum.id, [made or 0], at)

    ready.store(fill)


def test_a_picture_says_how_many_are_drawn(ready: Ready) -> None:
    """Ten of twelve; the rest stands in the list."""
    told_before(ready, 12)
    words = list_of(ready)

    assert ready.chat.t("win-month-alt", count=10, all=12) in words
    assert ready.chat.t("win-month-latest", count=12, all=12) not in words


def test_of_many_wins_the_latest_are_listed(ready: Ready) -> None:
    """Thirty, and how many there are; what came last can be taken away, and is shown to all like the others."""
    told_before(ready, 32)
    words = list_of(ready)
    assert ready.chat.t("win-month-latest", count=30, all=32) in words
    assert ready.chat.t("win-month-alt", count=10, all=32) in words
    assert words.index("Sak 3.") < words.index("Sak 32.")
    assert "Sak 2." not in words
    data = f"win_month.share:{ready.forum.id}:2026:3"
    assert presses(ready, ready.ada, data) == ""
    tells(ready.bo, what=OTHER)
    assert presses(ready, ready.ada, data) == ""
    ready.chat.reads_everything()
    ready.ada.commands("framstegen")
    ready.ada.clicks("win-take-one-away")
    assert ready.ada.fills({"win-take-field": OTHER}) == {}

    both_see(ready, "win-taken-away")
    ready.chat.reads_everything()


# --- In confidence ---------------------------------------------------------------------------------------------


def test_a_forum_that_turned_confidential_keeps_its_older_words(ready: Ready) -> None:
    """What was told before is a win, and no more, in every list, message and question."""
    tells(ready.bo)
    ready.ada.commands("tack Polisen för lamporna")
    two_told_before = [WHAT, "lamporna"]
    tells(ready.ada, BO, what=OTHER)
    ready.store(lambda store: forums.set_confidential(store, ready.forum.id, confidential=True))
    ready.chat.reads_everything()
    words = list_of(ready)
    assert ready.chat.t("win-untold") in words
    for each in two_told_before:
        assert each not in words
    rings(ready, "naming.ask_one", 1, 2)
    ready.chat.waits(days=1, hours=5)

    for each in ready.chat.reads_everything():
        assert OTHER not in each


def test_looking_back_in_confidence(ready: Ready) -> None:
    """The question, the answer and the list name numbers and days."""

    def fill(store: Store) -> None:
        ada = forums.member(store, ready.forum.id, 1)
        assert ada
        wording = Wording("Vi tänder lyktorna.", follow_up_on=date(2026, 3, 2))
        decisions.record(store, ready.forum.id, wording, year=2026, by=ada, now=ready.chat.now)
        forums.set_confidential(store, ready.forum.id, confidential=True)

    ready.store(fill)
    ready.ada.commands("uppföljning")
    ready.ada.sees("outcome-in-list-bare", number="1/2026", day=date(2026, 3, 2))
    ready.ada.clicks("decision-number", number="1/2026")
    assert "lyktorna" not in ready.ada.sees("outcome-question")
    ready.ada.clicks("outcome-keep")

    assert ready.store(lambda store: outcomes.latest(store, ready.forum.id, 1)) is not None
    for each in ready.chat.reads_everything():
        assert "lyktorna" not in each or "Beslut § 1/2026" in each


# --- Milestones and the year -----------------------------------------------------------------------------------


def test_what_was_undone_is_no_decision(ready: Ready) -> None:
    """The tenth that holds is the tenth, whatever its number."""
    for _ in range(10):
        decided(ready)
    ready.store(lambda store: store.do("update decision set state = 'undone' where id = 3"))
    rings(ready, "noticing.noticed", "decision", 10)
    assert known(ready) == []
    number = decided(ready)
    rings(ready, "noticing.noticed", "decision", number)
    ready.chat.reads_everything()

    assert [(each.kind, each.what) for each in known(ready)] == [("decisions", "10")]


def test_the_first_decision_carried_out_is_told_once(ready: Ready) -> None:
    """Also when its action was opened again afterwards."""
    ready.adds(2, due_on=FRIDAY + timedelta(days=60))
    decided(ready, 1)
    decided(ready, 2)
    done(ready, 1)
    ready.chat.waits(days=1)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "open", member=2, now=ready.chat.now)
    )
    done(ready, 2)
    ready.chat.waits(days=3)
    ready.chat.reads_everything()

    assert [each.kind for each in known(ready)].count("first-carried-out") == 1


@pytest.mark.parametrize("days", [-1, 0, 1, 3])
def test_what_is_done_about_the_day_does_not_lose_the_year(ready: Ready, days: int) -> None:
    """A finished action just before, on or after the day finds it where it is, once."""
    here = ZoneInfo(ready.forum.zone)
    now = ready.chat.now.astimezone(here)
    since = datetime(now.year - 1, now.month, now.day, 7, tzinfo=here) + timedelta(days=3)
    ready.store(lambda store: store.do(
        "update forum set created_at = :at", at=int(since.timestamp() * 1000)
    ))  # fmt: skip
    rings(ready, "noticing.noticed", "action", 404)
    ready.chat.waits(days=3 + days)
    rings(ready, "noticing.noticed", "action", 404)
    ready.chat.waits(days=6)
    ready.chat.reads_everything()

    assert [each.what for each in known(ready)] == ["1"]


def test_a_decision_that_a_round_came_to_may_be_the_tenth(ready: Ready) -> None:
    """It rings like one that was written down."""
    for _ in range(9):
        decided(ready)
    ready.bo.commands("runda")
    ready.bo.clicks("round-new")
    ready.bo.clicks("round-begin-consent")
    ready.bo.fills({"round-field-proposal": "Vi tänder alla lyktor."})
    ready.chat.reads_everything()
    for each in (ready.ada, ready.cilla, ready.dan):
        each.clicks("round-agree")
    ready.bo.clicks("round-close-now")
    ready.chat.reads_everything()
    ready.chat.waits(days=1)

    for each in (ready.ada, ready.cilla):
        assert ready.chat.t("win-short-decisions", count=10) in each.sees("win-title-decisions")
    ready.chat.reads_everything()


def test_thanks_say_to_whom(ready: Ready) -> None:
    """Whatever somebody began with, the line reads as a thank-you to them."""
    ready.ada.commands("tack Polisen för snabb hjälp")
    ready.cilla.commands(f"tack {TOWN} ni var snabba")
    ready.chat.reads_everything()
    words = list_of(ready)

    assert ready.chat.t("win-line-thanks-for", to=Items((POLICE,)), what="snabb hjälp") in words
    assert ready.chat.t("win-line-thanks", to=Items((TOWN,)), what="ni var snabba") in words
