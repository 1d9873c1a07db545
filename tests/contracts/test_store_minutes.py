"""Minutes and their approval: made from what happened, sent out as a text of their own, frozen for good."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import actions, agenda, approvals, attendance, decisions, forums, meetings, rounds, sittings
from storage.db import Store
from storage.decisions import Wording
from storage.meetings import Meeting
from storage.minutes import Attendee, canonical, fingerprint, minutes_from_json, minutes_to_json
from storage.records import Forum, Member
from tests.stage.samples import NOW

LATER = NOW + timedelta(days=7)
WHAT = json.dumps({"t": "verbatim", "v": {"words": "Lamporna"}})


def _meeting(store: Store, ada: Member) -> Meeting:
    number = meetings.plan(
        store, ada.forum, title="Månadsmöte", begins_at=NOW, ends_at=NOW + timedelta(hours=2), zone="Europe/Stockholm",
        venue="Stadshuset", member=ada.id,
    )  # fmt: skip
    agenda.propose(store, ada.forum, what=WHAT, origin="", member=ada.id, now=NOW)
    one = meetings.get(store, ada.forum, number)
    assert one
    assert meetings.begin(store, one, chair=ada.id, year=2026, now=NOW)
    agenda.take_in(store, ada.forum, number)
    return _again(store, one)


def _again(store: Store, one: Meeting) -> Meeting:
    found = meetings.get(store, one.forum, one.id)
    assert found
    return found


def _filled(store: Store, ada: Member) -> tuple[Meeting, int]:
    """A meeting with a note, a decision and an action under its point, and one decision beside it."""
    one = _meeting(store, ada)
    [point] = agenda.of_meeting(store, one.forum, one.id)
    sittings.tick(store, one, ada.id)
    meetings.take_up(store, one, point.id, NOW)
    one = _again(store, one)
    sittings.note(store, one, "Det är mörkt.", member=ada.id, now=NOW)
    made = decisions.record(
        store, one.forum, Wording("Nya lampor", follow_up_on=date(2026, 6, 1)), year=2026, by=ada, now=NOW
    )
    meetings.belongs(store, one.forum, "decision", made.id)
    number = actions.add(store, one.forum, what="Ring elbolaget", actor=ada.actor, owner=ada.id, due_on=None,
                         decision=None, member=ada.id, now=NOW)  # fmt: skip
    meetings.belongs(store, one.forum, "action", number)
    meetings.take_up(store, one, None, NOW)
    beside = decisions.record(store, one.forum, Wording("Fika varje gång"), year=2026, by=ada, now=NOW)
    meetings.belongs(store, one.forum, "decision", beside.id)
    agenda.finish(store, one.forum, one.id)
    meetings.close(store, one, NOW + timedelta(hours=1))
    return _again(store, one), made.id


def test_minutes_tell_what_happened(store: Store, ada: Member) -> None:
    """Each thing under its point, what fell between points last, whoever was there by organisation."""
    one, _ = _filled(store, ada)
    minutes = approvals.minutes_of(store, one)

    assert (minutes.label, minutes.title, minutes.venue, minutes.chair) == (
        "1/2026",
        "Månadsmöte",
        "Stadshuset",
        ada.name,
    )
    assert [each.people for each in minutes.present] == [(Attendee(ada.name, ""),)]
    first, besides = minutes.items
    assert (first.number, first.what, first.notes) == (1, WHAT, ("Det är mörkt.",))
    assert [each.what for each in first.rulings] == ["Nya lampor"]
    assert [(each.what, each.owner) for each in first.tasks] == [("Ring elbolaget", ada.name)]
    assert (besides.number, [each.what for each in besides.rulings]) == (0, ["Fika varje gång"])
    assert minutes_from_json(json.loads(json.dumps(minutes_to_json(minutes)))) == minutes


@pytest.mark.parametrize(
    ("kind", "outcome", "told"),
    [
        (
            "vote",
            {"choices": [[], ["m:1"], ["m:2"]], "voters": 4, "needed": 0, "left": 0},
            ("", 2, 4, (1, 1)),
        ),
        ("consent", {"who": "m:1", "reason": "Nej"}, ("Ada Ek", 0, 0, ())),
        ("mandate", {"who": "a:1", "reason": "Nej"}, ("Polisen", 0, 0, ())),
        ("advice", {"who": "m:1", "advised": 1, "asked": 2, "reason": "-"}, ("Ada Ek", 1, 2, ())),
        ("mandate", {"count": 1, "all": 2, "silent": 0, "who": ""}, ("", 1, 2, ())),
    ],
)
def test_a_round_stands_as_it_ended(
    store: Store, ada: Member, kind: str, outcome: dict[str, object], told: tuple[object, ...]
) -> None:
    """Whatever its kind: who, how many of how many, and the votes; kept with the minutes, word by word."""
    forums.add_actor(store, ada.forum, name="Polisen", sector="", level="")
    one = _meeting(store, ada)
    number = rounds.open_round(
        store,
        one.forum,
        kind=kind,
        question="Så?",
        options=("Ja", "Nej"),
        member=ada.id,
        deadline=LATER,
        now=NOW,
    )
    meetings.belongs(store, one.forum, "round", number)
    [_, besides] = approvals.minutes_of(store, one).items
    assert (besides.rounds[0].state, besides.rounds[0].until) == ("open", LATER)
    asked = rounds.get(store, one.forum, number)
    assert asked
    rounds.close(store, asked, "tied", outcome=json.dumps(outcome), now=NOW)

    minutes = approvals.minutes_of(store, one)
    [line] = minutes.items[-1].rounds
    assert (line.question, line.state, line.until) == ("Så?", "tied", None)
    assert (line.who, line.count, line.all, line.counts) == told
    assert minutes_from_json(json.loads(json.dumps(minutes_to_json(minutes)))) == minutes
    assert "Så?" in canonical(minutes)


def test_minutes_from_before_rounds_keep_their_fingerprint(store: Store, ada: Member) -> None:
    """A point without rounds says nothing of them, in what is kept and in what is counted."""
    minutes = approvals.minutes_of(store, _filled(store, ada)[0])
    raw = minutes_to_json(minutes)
    assert all("rounds" not in each for each in raw["items"])
    assert '"rounds"' not in canonical(minutes)
    assert minutes_from_json(raw) == minutes


def test_a_substitute_was_there_for_somebody(store: Store, ada: Member) -> None:
    """By their own name, and for whom."""
    one = _meeting(store, ada)
    attendance.say(store, one.forum, one.id, ada.id, "substitute", "Siv Alm")
    sittings.tick(store, one, ada.id)

    [there] = approvals.minutes_of(store, one).present
    assert there.people == (Attendee("Siv Alm", ada.name),)


def test_what_was_taken_back_is_not_in_the_minutes(store: Store, ada: Member) -> None:
    """A decision that was undone, and an action that was dropped."""
    one, decision = _filled(store, ada)
    made = decisions.get(store, one.forum, decision)
    assert made
    decisions.amend(
        store, made, decisions.wording_of(made), reason="", member=ada.id, now=NOW, state="undone"
    )
    actions.set_state(store, one.forum, 1, "dropped", member=ada.id, now=NOW)

    minutes = approvals.minutes_of(store, one)
    assert [each.what for each in minutes.rulings] == ["Fika varje gång"]
    assert minutes.tasks == ()


def test_minutes_that_are_out_are_a_text_of_their_own(store: Store, forum: Forum, ada: Member) -> None:
    """A decision that changes afterwards changes them not; an accepted proposal does."""
    one, decision = _filled(store, ada)
    actor = forums.add_actor(store, forum.id, name="Biblioteket", sector="", level="")
    assert approvals.begin(store, one, [actor], due_at=LATER)
    assert not approvals.begin(store, one, [actor], due_at=LATER)
    made = decisions.get(store, one.forum, decision)
    assert made
    decisions.amend(
        store, made, replace(decisions.wording_of(made), what="Annat"), reason="x", member=ada.id, now=NOW
    )
    assert approvals.minutes_of(store, one).rulings[0].what == "Nya lampor"

    approvals.reword(store, one, decision, "Nya lampor i parken")
    minutes = approvals.minutes_of(store, one)
    assert (minutes.state, minutes.due_at, minutes.rulings[0].what) == (
        "asking",
        LATER,
        "Nya lampor i parken",
    )
    assert [(each.actor, each.answer) for each in minutes.confirmations] == [("Biblioteket", "")]


def test_answers_can_change_until_they_freeze(store: Store, forum: Forum, ada: Member) -> None:
    """What was sent in before stands in the frozen text; what comes later stands beside it and changes nothing."""
    one, decision = _filled(store, ada)
    actor = forums.add_actor(store, forum.id, name="Biblioteket", sector="", level="")
    assert approvals.freeze(store, one, NOW) is None
    approvals.begin(store, one, [actor], due_at=LATER)
    approvals.answer(store, one, actor, "confirmed", member=ada.id, now=NOW)
    approvals.answer(store, one, actor, "", member=None, now=NOW)
    assert [each.answer for each in approvals.answers(store, one)] == [""]
    approvals.answer(store, one, actor, "differs", member=ada.id, now=NOW)
    _say(store, one, "objection", (actor, ada), decision, "Nej")

    frozen = approvals.freeze(store, one, LATER)
    assert frozen
    assert approvals.freeze(store, one, LATER) is None
    assert hashlib.sha256(canonical(frozen).encode()).hexdigest() == frozen.fingerprint
    approvals.reword(store, one, decision, "Något annat")
    _say(store, one, "objection", (actor, ada), 0, "Fortfarande nej", late=True)

    kept = approvals.minutes_of(store, one)
    assert (kept.state, kept.approved_at) == ("approved", LATER)
    assert fingerprint(kept) == kept.fingerprint == frozen.fingerprint
    assert [(each.words, each.label) for each in kept.additions] == [("Nej", "1/2026")]
    assert [(each.words, each.label) for each in kept.late] == [("Fortfarande nej", "")]


def test_a_proposal_is_decided_on_once(store: Store, ada: Member) -> None:
    """Accepted or refused it is no longer attached; the one nobody decided on is."""
    one, decision = _filled(store, ada)
    approvals.begin(store, one, [], due_at=LATER)
    first = _say(store, one, "change", (1, ada), decision, "Så här")
    _say(store, one, "change", (1, ada), decision, "Eller så")

    assert approvals.settle(store, one, first, accepted=True)
    assert not approvals.settle(store, one, first, accepted=False)
    assert [each.state for each in approvals.words(store, one)] == ["accepted", ""]
    assert [each.words for each in approvals.minutes_of(store, one).additions] == ["Eller så"]


def _say(
    store: Store,
    one: Meeting,
    kind: str,
    by: tuple[int, Member],
    about: int,
    words: str,
    *,
    late: bool = False,
) -> int:
    actor, who = by
    return approvals.say(
        store, one, kind, actor=actor, member=who.id, decision=about, words=words, late=late, now=NOW
    )
