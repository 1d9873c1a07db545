"""Approval as people live it: asked in private, confirmed, put otherwise, objected to, and frozen for good."""

import asyncio
from datetime import timedelta

import pytest

from bot.playground.telegram import Message
from storage import decisions, forums
from storage.approvals import minutes_of
from storage.minutes import Minutes, canonical, fingerprint
from tests.handlers.sitting import both_see, closes, data_of, meeting, opens, presses_late, proposes
from tests.stage.ready import POLICE, TOWN, Ready

WHAT = "Vi tänder lyktorna"


def holds(ready: Ready, *also: str) -> None:
    """A meeting with Ada for the town and Cilla for the police, one decision or more, closed."""
    proposes(ready, "Lamporna")
    opens(ready)
    ready.cilla.clicks("meeting-here")
    for each in (WHAT, *also):
        ready.bo.commands(f"beslut {each}")
    ready.chat.reads_everything()
    ready.ada.clicks("meeting-close")
    ready.ada.clicks("meeting-close-anyway")
    ready.ada.sees("minutes-title-asking", number="1/2026")
    ready.cilla.sees("minutes-title-asking", number="1/2026")


@pytest.fixture(name="out")
def _out(ready: Ready) -> Ready:
    """Minutes with one decision are out; everybody has read the question."""
    holds(ready)
    ready.chat.reads_everything()
    return ready


def now(ready: Ready) -> Minutes:
    """The minutes as they stand."""
    one = meeting(ready)
    return ready.store(lambda store: minutes_of(store, one))


def answers(ready: Ready) -> dict[str, str]:
    """What each organisation has answered."""
    return {each.actor: each.answer for each in now(ready).confirmations}


def test_each_organisation_is_asked_in_private(ready: Ready) -> None:
    """Those who were there, once, with the decisions they are part of and the day by which to answer."""
    holds(ready)
    for who, actor in ((ready.ada, TOWN), (ready.cilla, POLICE)):
        assert WHAT in who.sees("approval-ask", number="1/2026", actor=actor)
    ready.bo.reads_all()
    assert not any(POLICE in each for each in ready.bo.reads_all())
    assert now(ready).due_at == due(ready)
    ready.chat.reads_everything()


def due(ready: Ready) -> object:
    """The Monday after, at five."""
    return ready.chat.now.replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=7)


def test_all_confirm_and_the_minutes_freeze(out: Ready) -> None:
    """The grid follows every answer in both chats; with the last one the minutes are approved, and stay as they are."""
    out.cilla.clicks("approval-confirm")
    for each in (out.ada, out.cilla):
        assert POLICE in each.sees("minutes-confirmed", count=1, all=2)
    out.cilla.sees("approval-you-said-confirmed")
    out.ada.clicks("approval-confirm")
    both_see(out, "minutes-title-approved", number="1/2026")
    both_see(out, "approval-done", number="1/2026")
    frozen = now(out)
    assert frozen.fingerprint == fingerprint(frozen)
    out.chat.reads_everything()

    out.bo.commands("beslut Vi släcker dem igen")
    out.chat.reads_everything()
    out.chat.waits(days=10)
    assert canonical(now(out)) == canonical(frozen)
    out.chat.reads_everything()


def test_the_time_runs_out(out: Ready) -> None:
    """Who has not answered is told as such; the minutes are approved all the same, after five working days."""
    out.cilla.clicks("approval-confirm")
    out.chat.reads_everything()
    out.chat.waits(days=6.9)
    assert now(out).state == "asking"
    out.chat.waits(days=1)
    assert TOWN in both_see(out, "minutes-answer-none")[0]
    both_see(out, "approval-done", number="1/2026")
    assert answers(out) == {POLICE: "confirmed", TOWN: ""}
    out.chat.reads_everything()


def test_who_has_not_answered_is_reminded_once(out: Ready) -> None:
    """In the morning of the working day before the time is over; who has answered is left in peace."""
    out.cilla.clicks("approval-confirm")
    out.chat.waits(days=3)
    out.chat.reads_everything()
    out.chat.waits(days=0.9)
    out.ada.sees_nothing_new()
    out.chat.waits(days=0.2)
    assert WHAT in out.ada.sees("approval-nudge")
    out.cilla.sees_nothing_new()
    out.bo.sees_nothing_new()
    out.chat.waits(days=2)
    out.ada.sees_nothing_new()
    out.ada.clicks("approval-confirm")
    assert now(out).state == "approved"
    out.chat.reads_everything()


def test_the_time_runs_out_while_the_bot_is_away(out: Ready) -> None:
    """It is noticed when it comes back."""
    out.chat.sleeps_through(days=9)
    assert now(out).state == "approved"
    out.chat.reads_everything()


def test_a_second_answer_changes_nothing(out: Ready) -> None:
    """Two of one organisation have one answer; the second hears that it is given."""
    asked, data = question(out)
    out.cilla.clicks("approval-confirm")
    out.chat.reads_everything()
    said = presses_late(out, out.cilla, asked, "approval-confirm", data)
    assert said == out.chat.t("approval-already")
    assert answers(out) == {POLICE: "confirmed", TOWN: ""}


def question(out: Ready) -> tuple[Message, str]:
    """What Cilla was asked, as it stands now, and what its first button carries."""
    label = out.chat.t("approval-confirm")
    asked = next(each for each in out.cilla._messages() if each.button(label))
    return asked, data_of(out, asked, "approval-confirm")


def test_nobody_answers_for_another_organisation(out: Ready) -> None:
    """Somebody who has gone over to another one is told whose question it is."""
    asked, data = question(out)
    out.store(lambda store: forums.set_actor(store, out.forum.id, 3, 1))
    said = presses_late(out, out.cilla, asked, "approval-confirm", data)
    assert said == out.chat.t("approval-not-yours")
    assert answers(out) == {POLICE: "", TOWN: ""}
    out.chat.reads_everything()


def test_who_cannot_be_reached_is_asked_in_the_chat(ready: Ready) -> None:
    """Dan has never written to the bot: the question stands in the group, with his name."""
    ready.store(lambda store: forums.set_actor(store, ready.forum.id, 4, 2))
    proposes(ready, "Lamporna")
    opens(ready)
    ready.dan.clicks("meeting-here")
    closes(ready)
    words = [each.text for each in ready.chat.telegram.seen(ready.dan.user, ready.chat.group)]
    assert any(ready.chat.t("approval-aloud", who="Dan Lu") in each for each in words)
    ready.dan.clicks("approval-confirm")
    assert answers(ready)[POLICE] == "confirmed"
    ready.chat.reads_everything()


# --- Another text ----------------------------------------------------------------------------------------------


def test_a_proposed_text_is_taken_in_and_everybody_is_asked_again(out: Ready) -> None:
    """The chair says yes: the decision and the minutes read like that, and who had confirmed does so anew."""
    out.ada.clicks("approval-confirm")
    out.chat.reads_everything()
    out.cilla.clicks("approval-change")
    assert out.cilla.fills({"approval-field-words": "Vi tänder lyktorna i parken"}) == {}
    out.cilla.sees("approval-proposal-sent", number="1/2026")
    proposal = out.ada.sees("approval-words-then")
    assert "Vi tänder lyktorna i parken" in proposal
    out.ada.clicks("approval-accept")
    out.ada.sees("approval-ask-again", number="1/2026")
    out.cilla.sees("approval-ask-again", number="1/2026")
    assert now(out).rulings[0].what == "Vi tänder lyktorna i parken"
    assert answers(out) == {POLICE: "", TOWN: ""}
    decision = out.store(lambda store: decisions.get(store, out.forum.id, 1))
    assert decision
    assert (decision.version, decision.what) == (2, "Vi tänder lyktorna i parken")
    out.chat.reads_everything()
    out.cilla.clicks("approval-confirm")
    out.ada.clicks("approval-confirm")
    assert now(out).state == "approved"
    out.chat.reads_everything()


def test_a_proposed_text_is_refused(out: Ready) -> None:
    """The words stay; whoever proposed others is asked again, and while it waited nothing froze."""
    out.cilla.clicks("approval-change")
    out.cilla.fills({"approval-field-words": "Något annat"})
    out.ada.clicks("approval-confirm")
    out.chat.reads_everything()
    slack, label = out.chat.slack, out.chat.t("approval-refuse")
    card = next(each for each in reversed(out.ada._messages()) if label in str(each.blocks))

    async def twice() -> None:
        await asyncio.gather(*(slack.press(out.ada.user, card, label) for _ in range(2)))

    out.chat.does(twice())
    out.cilla.sees("approval-words-stay", number="1/2026")
    out.ada.sees("approval-refused")
    out.ada.sees("approval-settled")
    out.chat.reads_everything()
    out.cilla.clicks("approval-confirm")
    assert (now(out).state, now(out).rulings[0].what) == ("approved", WHAT)
    assert now(out).additions == ()
    out.chat.reads_everything()


def test_two_refusals_in_an_evening_are_both_heard(ready: Ready) -> None:
    """Cilla proposed other words for two decisions: the next morning she hears what became of each."""
    holds(ready, "Vi ses i maj")
    ready.chat.reads_everything()
    for label, what in (("1/2026", WHAT), ("2/2026", "Vi ses i maj")):
        ready.cilla.clicks("approval-change")
        which = ready.chat.t("minutes-ruling", number=label, what=what)
        assert ready.cilla.fills({"approval-field-decision": which, "approval-field-words": f"{what}!"}) == {}
    ready.chat.waits(hours=12)
    for _ in range(2):
        ready.ada.clicks("approval-refuse")
    ready.ada.clicks("approval-confirm")
    ready.chat.reads_everything()
    ready.chat.waits(hours=12, minutes=1)

    one = ready.cilla.sees("budget-today", count=2)
    assert all(ready.chat.t("approval-words-stay", number=each) in one for each in ("1/2026", "2/2026"))


def test_words_that_are_new_get_time_to_be_answered(out: Ready) -> None:
    """Taken in an hour before the end, they are not approved by silence: two more working days."""
    out.cilla.clicks("approval-change")
    out.cilla.fills({"approval-field-words": "Något annat"})
    out.chat.waits(days=7.2)
    out.chat.reads_everything()
    out.ada.clicks("approval-accept")
    out.chat.reads_everything()
    out.chat.waits(days=1)
    assert now(out).state == "asking"
    out.chat.waits(days=1.2)
    assert now(out).state == "approved"
    out.chat.reads_everything()


def test_of_two_proposals_one_is_taken(out: Ready) -> None:
    """The other was about words that are no more: whoever made it hears so, and is asked about the new ones."""
    for who, words in ((out.cilla, "Vi tänder några"), (out.ada, "Vi tänder alla")):
        who.clicks("approval-change")
        who.fills({"approval-field-words": words})
    out.chat.reads_everything()
    out.ada.clicks("approval-accept")
    assert now(out).rulings[0].what == "Vi tänder alla"
    out.cilla.sees("approval-overtaken", number="1/2026")
    out.chat.reads_everything()
    out.cilla.clicks("approval-confirm")
    out.ada.clicks("approval-confirm")
    assert now(out).state == "approved"
    out.chat.reads_everything()


def test_what_was_changed_since_the_meeting_stays(out: Ready) -> None:
    """The minutes tell what the meeting said; the decision keeps the words it has got since."""
    out.ada.clicks("decision-change")
    assert out.ada.fills({"decision-field-what": "Vi släcker", "decision-field-reason": "Dyrt"}) == {}
    out.cilla.clicks("approval-change")
    out.cilla.fills({"approval-field-words": "Vi tänder några"})
    out.ada.clicks("approval-accept")
    decision = out.store(lambda store: decisions.get(store, out.forum.id, 1))
    assert decision
    assert (decision.what, now(out).rulings[0].what) == ("Vi släcker", "Vi tänder några")
    out.chat.reads_everything()


def test_nobody_settles_their_own_proposal(ready: Ready) -> None:
    """Bo led the meeting and wants other words: a coordinator decides."""
    proposes(ready, "Lamporna")
    opens(ready, ready.bo)
    ready.bo.commands(f"beslut {WHAT}")
    ready.bo.clicks("meeting-close")
    ready.bo.clicks("meeting-close-anyway")
    ready.chat.reads_everything()
    ready.bo.clicks("approval-change")
    ready.bo.fills({"approval-field-words": "Annat"})
    ready.ada.sees("approval-words-then")
    ready.ada.clicks("approval-accept")
    assert now(ready).rulings[0].what == "Annat"
    ready.chat.reads_everything()


def test_what_stands_in_the_minutes_is_not_undone(out: Ready) -> None:
    """It is changed or withdrawn instead, which leaves a trace."""
    out.bo.clicks("decision-undo")
    out.bo.sees("decision-in-minutes")
    assert now(out).rulings[0].what == WHAT
    out.chat.reads_everything()


def test_the_same_words_are_no_proposal(out: Ready) -> None:
    """They are said to be the same, and nobody is bothered."""
    out.cilla.clicks("approval-change")
    out.cilla.fills({"approval-field-words": WHAT})
    out.cilla.sees("approval-same-words")
    out.ada.sees_nothing_new()
    out.chat.reads_everything()


def test_a_proposal_that_nobody_settled_is_attached(out: Ready) -> None:
    """When the time is over it stands with the minutes, said not to have been decided on; then it is too late."""
    out.cilla.clicks("approval-change")
    out.cilla.fills({"approval-field-words": "Något annat"})
    out.chat.waits(days=9)
    out.chat.reads_everything()
    assert [(each.kind, each.words) for each in now(out).additions] == [("change", "Något annat")]
    out.ada.clicks("approval-accept")
    out.ada.sees("approval-is-over")
    assert now(out).rulings[0].what == WHAT


def test_which_decision_is_asked_when_there_are_several(ready: Ready) -> None:
    """And only whoever led the meeting or coordinates may settle a proposal."""
    holds(ready, "Vi köper fika")
    ready.chat.reads_everything()
    ready.cilla.clicks("approval-change")
    option = ready.chat.t("minutes-ruling", number="2/2026", what="Vi köper fika")
    ready.cilla.fills({"approval-field-decision": option, "approval-field-words": "Vi köper kaffe"})
    ready.chat.reads_everything()
    ready.ada.clicks("approval-accept")
    assert [each.what for each in now(ready).rulings] == [WHAT, "Vi köper kaffe"]
    ready.chat.reads_everything()


def test_when_the_chair_has_left_the_coordinators_settle(ready: Ready) -> None:
    """Bo led the meeting and left; his proposal to be finds Ada."""
    proposes(ready, "Lamporna")
    opens(ready, ready.bo)
    ready.cilla.clicks("meeting-here")
    ready.bo.commands(f"beslut {WHAT}")
    ready.bo.clicks("meeting-close")
    ready.bo.clicks("meeting-close-anyway")
    ready.chat.reads_everything()
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.cilla.clicks("approval-change")
    ready.cilla.fills({"approval-field-words": "Annat"})
    ready.ada.sees("approval-words-then")
    ready.cilla.reads_all()
    ready.chat.reads_everything()


# --- A differing opinion ---------------------------------------------------------------------------------------


def test_a_differing_opinion_is_attached_and_counts_as_an_answer(out: Ready) -> None:
    """As it was written, whatever it looks like; the decision is not touched."""
    out.cilla.clicks("approval-object")
    out.cilla.fills({"approval-field-opinion": "*Nej*, <b>inte</b> så"})
    out.cilla.sees("approval-attached-yours")
    assert POLICE in both_see(out, "minutes-answer-differs")[0]
    out.ada.clicks("approval-confirm")
    frozen = now(out)
    assert frozen.state == "approved"
    assert [(each.actor, each.words, each.label) for each in frozen.additions] == [
        (POLICE, "*Nej*, <b>inte</b> så", "")
    ]
    assert frozen.rulings[0].what == WHAT
    out.chat.reads_everything()


def test_a_late_opinion_stands_beside_the_frozen_minutes(out: Ready) -> None:
    """It is attached, dated and told in the chats; the fingerprint stays what it was."""
    out.chat.waits(days=9)
    out.chat.reads_everything()
    before = now(out)
    out.cilla.clicks("approval-object")
    out.cilla.fills({"approval-field-opinion": "Vi ångrar oss"})
    out.cilla.sees("approval-attached-late")
    out.ada.sees("minutes-late", count=1)
    after = now(out)
    assert [each.words for each in after.late] == ["Vi ångrar oss"]
    assert fingerprint(after) == after.fingerprint == before.fingerprint
    out.chat.reads_everything()
