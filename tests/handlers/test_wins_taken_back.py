"""What is taken back, unnamed or kept in confidence is celebrated no more: names, wins, words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.kit.ui import Items
from storage import actions, decisions, forums, outcomes, quiet, wins
from storage.db import Store
from storage.decisions import Wording
from tests.handlers.pressed import presses
from tests.handlers.test_noticing import begun_by_the_town, decided, done, known, rings
from tests.handlers.test_rounds_consent import proposes
from tests.handlers.test_wins import BO, CILLA, WHAT, both_see, tells, thanks_to, win
from tests.stage.ready import FRIDAY, POLICE, TOWN, Ready

OTHER = "Bänkarna är på plats."


def list_of(ready: Ready) -> str:
    """The month's wins as Dan reads them."""
    ready.dan.commands("framstegen")
    return ready.dan.sees("win-month-words", forum=ready.forum.name)


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
    ready.ada.sees("win-no-names", who=Items(("Cilla Ö" if "cilla" in said else "Bo Alm",)))
    ready.cilla.sees_nothing_new()
    assert known(ready) == []
    ready.ada.commands("framsteg Ada Ek satte upp lyktorna")

    for words in both_see(ready):
        assert "Ada Ek satte upp lyktorna" in words
    ready.chat.reads_everything()


def test_names_in_the_words_of_a_form(ready: Ready) -> None:
    """The form stays open and says where names are chosen; so does a thank-you."""
    ready.bo.commands("framsteg")
    refused = ready.chat.t("win-no-names", who=Items(("Ada Ek", "Cilla Ö")))
    assert list(ready.bo.fills({"win-field-what": "Ada Ek och Cilla Ö lyste upp"}).values()) == [refused]
    ready.ada.commands("tack Polisen för att Bo Alm kom")
    ready.ada.sees("thanks-no-names", who=Items(("Bo Alm",)))
    ready.ada.commands("tack Polisen")
    refused = ready.chat.t("thanks-no-names", who=Items(("Bo Alm",)))
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
    assert presses(ready, ready.cilla, f"naming.yes:{ready.forum.id}:1") == "refused-stale"
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
    """The second one is told that it is gone."""
    ready.cilla.commands(f"framsteg {WHAT}")
    ready.chat.reads_everything()
    ready.ada.commands("framstegen")
    ready.ada.clicks("win-take-one-away")
    ready.store(lambda store: wins.set_state(store, ready.forum.id, 1, "dropped"))
    ready.ada.fills({"win-take-field": WHAT})

    assert win(ready).state == "dropped"
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

    ready.chat.reads_everything()
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


def test_a_picture_says_how_many_are_drawn(ready: Ready) -> None:
    """Ten of twelve; the rest stands in the list."""

    def fill(store: Store) -> None:
        for number in range(12):
            made = wins.add(
                store, ready.forum.id, kind="told", what=f"Sak {number}.", actors=(), now=ready.chat.now
            )
            wins.tell(store, ready.forum.id, [made or 0], ready.chat.now - timedelta(minutes=30 - number))

    ready.store(fill)

    assert ready.chat.t("win-month-alt", count=10, all=12) in list_of(ready)


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
    proposes(ready, ready.bo)
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
