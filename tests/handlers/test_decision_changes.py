"""Decisions changed: new versions with reasons, two people at once, withdrawn, replaced, followed up."""

from dataclasses import replace
from datetime import date

import pytest

from bot.playground.faults import PlatformError
from handlers.kit.ui import text
from storage import decisions, forums
from storage.db import Store
from storage.decisions import Wording
from storage.records import Decision
from tests.handlers.test_decisions import (
    NUMBER,
    WHAT,
    both_see,
    count,
    decision,
    on_screen,
    presses_stale,
)
from tests.stage.ready import Ready

WHY = {"decision-field-reason": "Det blev mörkt."}
SECOND = {"number": "2/2026"}


@pytest.fixture(name="settled")
def _settled(ready: Ready) -> Ready:
    """Bo has recorded a decision, and the time to undo it is over."""
    ready.bo.commands(f"beslut {WHAT}")
    ready.chat.waits(minutes=16)
    ready.chat.reads_everything()
    return ready


def _members_may_not(ready: Ready) -> None:
    """The forum keeps changes to its coordinators."""
    forum = ready.forum
    ready.store(
        lambda store: forums.change(store, forum.id, name=forum.name, challenge=forum.challenge, language=forum.language,
                                    zone=forum.zone, amend="coordinators")
    )  # fmt: skip


# --- Changing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_how_it_was_decided_can_be_said_later(settled: Ready, platform: str) -> None:
    """One line does not say it; the form asks, and then the card tells."""
    who = settled.bo if platform == "slack" else settled.cilla
    consent = settled.chat.t("decision-process-consent")
    who.clicks("decision-change")
    assert who.fills({"decision-field-process": consent, **WHY}) == {}

    for words in both_see(settled):
        assert f"{settled.chat.t('decision-fact-process')}: {consent}" in words
    settled.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_change_shows_in_both_chats(settled: Ready, platform: str) -> None:
    """A new version with a reason; the cards that hang already change, and the coordinator hears of it."""
    who = settled.bo if platform == "slack" else settled.cilla
    who.clicks("decision-change")
    assert who.fills({"decision-field-what": "Vi tänder alla lyktor.", **WHY}) == {}

    for words in both_see(settled):
        assert "Vi tänder alla lyktor." in words
        assert settled.chat.t("decision-fact-process") not in words
        assert settled.chat.t("decision-version-by", version="2", who=who.name, day=date(2026, 3, 2)) in words
    settled.ada.sees("decision-changed-by", who=who.name, **NUMBER)
    settled.chat.reads_everything()
    assert decision(settled).reason == "Det blev mörkt."


def test_the_form_begins_with_what_stands(settled: Ready) -> None:
    """Whoever changes one thing keeps everything else."""
    wording = Wording(WHAT, "Mörkt.", "vote", (1, 2), "Ingen.", 2, date(2026, 3, 20))
    settled.store(
        lambda store: decisions.amend(
            store, decision_in(store, settled), wording, reason="x", member=1, now=settled.chat.now
        )
    )
    settled.ada.clicks("decision-change")
    assert settled.ada.fills({"decision-field-why": "Mycket mörkt.", **WHY}) == {}

    both_see(settled)
    assert decisions.wording_of(decision(settled)) == replace(wording, why="Mycket mörkt.")


def test_a_reason_is_needed(settled: Ready) -> None:
    """Without one the form stays open."""
    settled.bo.clicks("decision-change")

    assert len(settled.bo.fills({"decision-field-what": "Nytt."})) == 1
    assert decision(settled).version == 1


def test_ones_own_words_are_corrected_without_a_reason(ready: Ready) -> None:
    """For a quarter of an hour after recording them."""
    ready.bo.commands("beslut Vi tänder lyktorma.")
    ready.chat.reads_everything()
    ready.bo.clicks("decision-change")
    assert ready.bo.fills({"decision-field-what": WHAT}) == {}

    ready.chat.reads_everything()
    assert (decision(ready).what, decision(ready).reason) == (WHAT, "")


def test_no_change_is_no_version(settled: Ready) -> None:
    """Sent in as it was, the person is told, and nobody else hears of it."""
    settled.bo.clicks("decision-change")
    assert settled.bo.fills(WHY) == {}

    settled.bo.sees("decision-unchanged", **NUMBER)
    assert decision(settled).version == 1


def test_two_people_change_it_at_once(settled: Ready) -> None:
    """The second is told who was first, gets back what they wrote, and can begin again from what stands now."""
    settled.ada.clicks("decision-change")
    settled.bo.clicks("decision-change")
    assert settled.ada.fills({"decision-field-what": "Adas ord.", **WHY}) == {}
    settled.bo.fills({"decision-field-what": "Bos ord.", **WHY})

    card = settled.bo.sees("decision-changed-meanwhile", who="Ada Ek", **NUMBER)
    assert "Bos ord." in card
    assert settled.chat.t("decision-your-words") in card
    assert decision(settled).what == "Adas ord."
    settled.bo.clicks("decision-change")
    assert settled.bo.fills({"decision-field-what": "Bådas ord.", **WHY}) == {}
    settled.chat.reads_everything()
    assert (decision(settled).what, decision(settled).version) == ("Bådas ord.", 3)


def test_two_people_on_two_platforms(settled: Ready) -> None:
    """It is the same when one of them answers questions in Telegram; the talk is over then."""
    settled.cilla.clicks("decision-change")
    settled.ada.clicks("decision-change")
    assert settled.ada.fills({"decision-field-what": "Adas ord.", **WHY}) == {}
    settled.cilla.fills({"decision-field-what": "Cillas ord.", **WHY})

    assert "Cillas ord." in settled.cilla.sees("decision-changed-meanwhile", who="Ada Ek", **NUMBER)
    assert decision(settled).what == "Adas ord."
    assert not settled.cilla.has_form()
    settled.chat.reads_everything()


def test_a_decision_withdrawn_in_the_middle_of_a_talk(settled: Ready) -> None:
    """The person is told once and let go; their next line is an ordinary one."""
    settled.cilla.clicks("decision-change")
    settled.ada.clicks("decision-history")
    settled.ada.clicks("decision-withdraw")
    assert settled.ada.fills(WHY) == {}
    question = on_screen(settled, settled.cilla)
    settled.cilla.says("Cillas ord.", reply_to=question)

    settled.cilla.sees("decision-not-standing", **NUMBER)
    assert not settled.cilla.has_form()
    settled.chat.reads_everything()
    settled.cilla.says("hjälp", private=True)
    settled.cilla.sees("help-title")


def test_a_member_who_owned_it_and_left_is_not_asked_for_again(settled: Ready) -> None:
    """A change by somebody else goes through; the owner who is gone is gone from it."""
    wording = Wording(WHAT, owner=2)

    def owned(store: Store) -> None:
        decisions.amend(
            store, decision_in(store, settled), wording, reason="x", member=1, now=settled.chat.now
        )
        forums.leave(store, settled.forum.id, 2)

    settled.store(owned)
    settled.ada.clicks("decision-change")
    assert settled.ada.fills({"decision-field-what": "Nytt.", **WHY}) == {}

    both_see(settled)
    assert (decision(settled).what, decision(settled).owner) == ("Nytt.", None)


# --- Who may ---------------------------------------------------------------------------------------------------


def test_where_only_coordinators_change_decisions(settled: Ready) -> None:
    """A member is told whom to ask; the coordinator may; the author may only as long as they may undo."""
    _members_may_not(settled)
    settled.bo.clicks("decision-change")
    settled.bo.sees("refused-coordinator-only")
    settled.cilla.clicks("decision-change")
    assert settled.cilla.toasts() == [settled.chat.t("refused-coordinator-only")]

    settled.ada.clicks("decision-change")
    assert settled.ada.fills({"decision-field-what": "Nytt.", **WHY}) == {}
    both_see(settled)
    settled.bo.commands("beslut Tvpå.")
    both_see(settled, **SECOND)
    settled.bo.clicks("decision-change")
    assert settled.bo.fills({"decision-field-what": "Två."}) == {}
    settled.chat.reads_everything()
    assert decision(settled, 2).what == "Två."


def test_rights_that_end_while_the_form_is_open(settled: Ready) -> None:
    """They are asked again when the form is sent in."""
    settled.bo.clicks("decision-change")
    _members_may_not(settled)
    settled.bo.fills({"decision-field-what": "Nytt.", **WHY})

    assert decision(settled).what == WHAT
    settled.chat.reads_everything()


def test_somebody_who_is_not_a_member(settled: Ready) -> None:
    """A guest in the chat may not change, undo, record or read, and is told how to become one of them."""
    eva = settled.chat.slack_person("Eva Li")
    fia = settled.chat.telegram_person("Fia Li")
    for deed in ("decision-change", "decision-history"):
        eva.clicks(deed)
        eva.sees("refused-not-member")
        fia.clicks(deed)
        assert fia.toasts()[-1] == settled.chat.t("refused-not-member")
    eva.commands("beslut Evas.")
    eva.sees("refused-not-member")
    fia.commands("beslut Fias.")
    fia.sees("refused-not-member")
    eva.commands("sök lyktor")
    eva.sees("refused-not-member")

    assert count(settled) == 1


# --- Ending ----------------------------------------------------------------------------------------------------


def _ends(ready: Ready, key: str) -> None:
    ready.ada.clicks("decision-history")
    ready.ada.sees("decision-history-title", **NUMBER)
    ready.ada.clicks(key)


def test_a_decision_is_withdrawn_with_a_reason(settled: Ready) -> None:
    """It stays to be read in both chats, marked, with the reason; nothing can be changed in it any more."""
    _ends(settled, "decision-withdraw")
    assert len(settled.ada.fills({})) == 1
    assert settled.ada.fills({"decision-field-reason": "Det kom aldrig pengar."}) == {}

    for words in both_see(settled, "decision-title-withdrawn"):
        assert WHAT in words
        assert settled.chat.t("decision-withdrawn-because", reason="Det kom aldrig pengar.") in words
        assert f"[{settled.chat.t('decision-change')}]" not in words
        assert f"[{settled.chat.t('decision-new-action')}]" not in words


def test_a_decision_is_replaced(settled: Ready) -> None:
    """The new one is a decision of its own; the old one points at it."""
    _ends(settled, "decision-replace")
    assert settled.ada.fills({"decision-field-what": "Vi tänder alla.", **WHY}) == {}

    for words in both_see(settled, **SECOND):
        assert "Vi tänder alla." in words
    for words in both_see(settled, "decision-title-replaced"):
        assert WHAT in words
        assert settled.chat.t("decision-replaced-by", **SECOND) in words
    assert (decision(settled).state, decision(settled).replaced_by) == ("replaced", 2)


@pytest.mark.parametrize("key", ["decision-change", "decision-history", "decision-new-action"])
def test_an_old_card_still_knows_what_stands(settled: Ready, key: str) -> None:
    """A button pressed on a screen that has not changed yet tells the present state, and harms nothing."""
    old = on_screen(settled, settled.cilla)
    _ends(settled, "decision-withdraw")
    settled.ada.fills(WHY)
    settled.chat.reads_everything()
    presses_stale(settled, settled.cilla, old, key)

    if key == "decision-history":
        words = settled.cilla.sees("decision-history-title", **NUMBER)
        assert settled.chat.t("decision-title-withdrawn", **NUMBER) in words
        assert f"[{settled.chat.t('decision-withdraw')}]" not in words
    else:
        why = "action-decision-over" if key == "decision-new-action" else "decision-not-standing"
        assert settled.cilla.toasts() == [settled.chat.t(why, **NUMBER)]
    assert decision(settled).version == 2


def test_a_decision_is_not_ended_twice(settled: Ready) -> None:
    """Two people who withdraw it at once withdraw it once."""
    for who in (settled.ada, settled.bo):
        who.clicks("decision-history")
        who.reads_all()
        who.clicks("decision-withdraw")
    assert settled.ada.fills(WHY) == {}
    settled.bo.fills(WHY)

    both_see(settled, "decision-title-withdrawn")
    assert decision(settled).version == 2
    settled.chat.reads_everything()


# --- History ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_history_shows_every_version(settled: Ready, platform: str) -> None:
    """Who, when and why, the newest first; only for the one who asks."""
    settled.ada.clicks("decision-change")
    settled.ada.fills({"decision-field-what": "Vi tänder alla.", **WHY})
    settled.chat.reads_everything()
    who = settled.bo if platform == "slack" else settled.cilla
    who.clicks("decision-history")

    words = who.sees("decision-history-title", **NUMBER)
    assert words.index("Vi tänder alla.") < words.index(WHAT)
    assert settled.chat.t("decision-version-reason", reason="Det blev mörkt.") in words
    assert "Ada Ek" in words
    assert "Bo Alm" in words
    settled.ada.sees_nothing_new()
    settled.dan.sees_nothing_new()


# --- Following up ----------------------------------------------------------------------------------------------


def _records(ready: Ready, follow_up_on: date, owner: int | None = None) -> None:
    """A decision with a day to follow it up, by Ada."""
    ready.ada.commands("beslut")
    owners = {1: "Ada Ek", 2: "Bo Alm", 4: "Dan Lu"}
    answers: dict[str, str | list[str]] = {
        "decision-field-what": WHAT,
        "decision-field-follow-up": follow_up_on.isoformat(),
    }
    if owner in (1, 2):
        actor = {1: "Sundköpings kommun", 2: "Polisen"}[owner]
        answers["decision-field-owner"] = ready.chat.say(
            text("person-of-actor", person=owners[owner], actor=actor), "sv"
        )
    elif owner:
        answers["decision-field-owner"] = owners[owner]
    assert ready.ada.fills(answers) == {}
    ready.chat.waits(minutes=16)
    ready.chat.reads_everything()


def test_on_the_day_the_owner_is_asked(ready: Ready) -> None:
    """At nine in the morning, in private: what became of it? With the way to show and to change it."""
    _records(ready, date(2026, 3, 4), owner=2)
    ready.chat.waits(days=1, hours=23)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=1)

    words = ready.bo.sees("decision-follow-up-due", **NUMBER)
    assert WHAT in words
    ready.ada.sees_nothing_new()
    ready.bo.clicks("decision-show")
    ready.bo.sees("decision-title-standing", **NUMBER)


def test_without_an_owner_whoever_recorded_it_is_asked(ready: Ready) -> None:
    """Somebody always is."""
    _records(ready, date(2026, 3, 4))
    ready.chat.waits(days=2)

    ready.ada.sees("decision-follow-up-due", **NUMBER)


def test_a_day_off_waits_for_the_next_working_day(ready: Ready) -> None:
    """A follow-up on Good Friday is asked for on the Tuesday after Easter."""
    _records(ready, date(2026, 4, 3), owner=2)
    ready.chat.waits(days=35, hours=-1)
    assert ready.chat.now.date() == date(2026, 4, 6)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=1)

    ready.bo.sees("decision-follow-up-due", **NUMBER)


def test_somebody_out_of_reach_is_asked_in_the_chat(ready: Ready) -> None:
    """Dan has never started the bot: he is asked by name in the group, and nobody else is troubled."""
    _records(ready, date(2026, 3, 4), owner=4)
    ready.chat.waits(days=2)

    assert "Dan Lu" in ready.dan.sees("decision-follow-up-aloud", who="Dan Lu", **NUMBER)
    ready.bo.sees_nothing_new()


def test_somebody_who_blocked_the_bot_is_asked_in_the_chat(ready: Ready) -> None:
    """What cannot arrive in private is said in the group instead."""
    _records(ready, date(2026, 3, 4), owner=4)
    ready.dan.starts()
    ready.dan.reads_all()
    ready.chat.platforms.faults.plant(
        "sendMessage", PlatformError("Forbidden: bot was blocked by the user", 403)
    )
    ready.chat.waits(days=2)

    ready.dan.sees("decision-follow-up-aloud", who="Dan Lu", **NUMBER)


def test_an_owner_who_left_is_not_asked(ready: Ready) -> None:
    """Then those who run the forum are."""
    _records(ready, date(2026, 3, 4), owner=2)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.chat.waits(days=2)

    ready.ada.sees("decision-follow-up-due", **NUMBER)
    ready.bo.sees_nothing_new()


@pytest.mark.parametrize("how", ["withdrawn", "undone", "replaced", "without a day"])
def test_nobody_is_asked_about_what_no_longer_stands(ready: Ready, how: str) -> None:
    """An ended decision is not followed up, nor one whose day was taken away."""
    _records(ready, date(2026, 3, 4), owner=2)

    def ends(store: Store) -> None:
        one = decision_in(store, ready)
        now = ready.chat.now
        match how:
            case "withdrawn":
                decisions.withdraw(store, one, reason="", member=1, now=now)
            case "undone":
                wording = decisions.wording_of(one)
                decisions.amend(store, one, wording, reason="", member=1, now=now, state="undone")
            case _:
                decisions.replace_with(store, one, 1, reason="", member=1, now=now)

    if how == "without a day":
        ready.ada.clicks("decision-change")
        ready.ada.fills({"decision-field-follow-up": "", **WHY})
    else:
        ready.store(ends)
    ready.chat.reads_everything()
    ready.chat.waits(days=4)

    ready.bo.sees_nothing_new()


def test_a_moved_day_is_the_one_that_counts(ready: Ready) -> None:
    """The owner is asked once, on the new day."""
    _records(ready, date(2026, 3, 4), owner=2)
    ready.ada.clicks("decision-change")
    ready.ada.fills({"decision-field-follow-up": "2026-03-11", **WHY})
    ready.chat.reads_everything()
    ready.chat.waits(days=3)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=7)

    ready.bo.sees("decision-follow-up-due", **NUMBER)


def test_a_day_that_passed_while_the_process_was_down(ready: Ready) -> None:
    """When it is back the owner is asked on the next working day, late rather than never, and once."""
    _records(ready, date(2026, 3, 4), owner=2)
    ready.chat.sleeps_through(days=5)
    ready.bo.sees_nothing_new()
    ready.chat.waits(days=2)

    ready.bo.sees("decision-follow-up-due", **NUMBER)
    ready.chat.restarts()
    ready.bo.sees_nothing_new()


def decision_in(store: Store, ready: Ready) -> Decision:
    """The first decision, inside a transaction."""
    one = decisions.get(store, ready.forum.id, 1)
    assert one is not None
    return one
