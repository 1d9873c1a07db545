"""Agendas, sittings and presentations: what each verb promises, on both engines."""

import json
from datetime import timedelta

import pytest

from storage import (
    actions,
    agenda,
    attendance,
    decisions,
    forums,
    meetings,
    people,
    presentations,
    sittings,
)
from storage.agenda import Point
from storage.db import Store
from storage.decisions import Wording
from storage.meetings import Meeting
from storage.records import Forum, Member
from storage.sittings import Kept
from tests.stage.samples import NOW

LATER = NOW + timedelta(hours=1)


def point(store: Store, by: Member, what: str = "Lamporna", origin: str = "") -> int:
    """Somebody proposes a point."""
    number = agenda.propose(
        store, by.forum, what=json.dumps(what), origin=origin, member=by.id, now=NOW, prepare="Läs", minutes=5
    )
    assert number is not None
    return number


def held(store: Store, by: Member, *, planned: bool = False) -> Meeting:
    """A meeting that is open; a planned one has a length."""
    ends_at = LATER if planned else NOW
    number = meetings.plan(
        store, by.forum, title="Möte", begins_at=NOW, ends_at=ends_at, zone="Europe/Stockholm", member=by.id
    )
    one = get(store, by.forum, number)
    assert meetings.begin(store, one, chair=by.id, year=2026, now=NOW)
    agenda.take_in(store, by.forum, number)
    return get(store, by.forum, number)


def get(store: Store, forum: int, meeting: int) -> Meeting:
    """A meeting as it is now."""
    one = meetings.get(store, forum, meeting)
    assert one is not None
    return one


def comes(store: Store, forum: int, name: str) -> None:
    """An organisation, and somebody who speaks for it."""
    actor = forums.add_actor(store, forum, name=name, sector="", level="")
    who = people.meet(store, "slack", "T1", f"U{name}", name=f"Någon på {name}", now=NOW)
    forums.join(store, forum, who.id, actor_id=actor, role="member", now=NOW)


def whats(found: list[Point]) -> list[str]:
    """What points are about."""
    return [json.loads(each.what) for each in found]


def test_points_wait_in_their_order(store: Store, ada: Member, other: Forum) -> None:
    """Numbered within their forum, once for each origin; put in another order they stay so."""
    first, second = point(store, ada, "A", "pulse:1"), point(store, ada, "B")
    again = agenda.propose(store, ada.forum, what='"A"', origin="pulse:1", member=ada.id, now=NOW)
    assert (again, agenda.get(store, other.id, first)) == (None, None)
    found = agenda.get(store, ada.forum, first)
    assert found == Point(
        ada.forum, first, '"A"', "pulse:1", ada.id, NOW, "proposed", None, 1, 5, "Läs", False, first
    )
    agenda.reorder(store, list(reversed(agenda.proposed(store, ada.forum))))
    assert [each.id for each in agenda.proposed(store, ada.forum)] == [second, first]
    assert agenda.proposed(store, other.id) == []


def test_a_point_of_an_open_meeting_is_on_its_agenda(store: Store, ada: Member) -> None:
    """At the end; what is dropped or settled does not wait any more, and is neither twice."""
    point(store, ada, "A")
    one = held(store, ada)
    late = point(store, ada, "B")
    assert whats(agenda.of_meeting(store, ada.forum, one.id)) == ["A", "B"]
    assert agenda.drop(store, ada.forum, late)
    assert not agenda.drop(store, ada.forum, late)
    assert agenda.settle(store, ada.forum, 1)
    assert not agenda.settle(store, ada.forum, 1)
    assert whats(agenda.of_meeting(store, ada.forum, one.id)) == ["A"]


def test_what_comes_back(store: Store, ada: Member) -> None:
    """Not reached, each time, with an open action; each once, and not the others."""
    for each in ("Klar", "Varje gång", "Åtgärd", "Noterad", "Kvar"):
        point(store, ada, each)
    standing = agenda.proposed(store, ada.forum)[1]
    agenda.change(store, standing, what=standing.what, minutes=10, prepare="", recurring=True)
    one = held(store, ada)
    for number in (1, 2):
        agenda.settle(store, ada.forum, number)
    meetings.take_up(store, one, 3, NOW)
    action = actions.add(store, ada.forum, what="Ring", actor=None, owner=ada.id, due_on=None, decision=None,
                         member=ada.id, now=NOW)  # fmt: skip
    meetings.belongs(store, ada.forum, "action", action)
    meetings.take_up(store, one, 4, NOW)
    sittings.note(store, get(store, ada.forum, one.id), "Hej", member=ada.id, now=NOW)
    agenda.finish(store, ada.forum, one.id)
    assert [each.state for each in agenda.of_meeting(store, ada.forum, one.id)] == [
        "done", "done", "done", "done", "unreached",
    ]  # fmt: skip
    meetings.close(store, one, LATER)
    for _ in range(2):
        agenda.bring_back(store, ada.forum, LATER)
    found = agenda.proposed(store, ada.forum)
    assert whats(found) == ["Varje gång", "Åtgärd", "Kvar"]
    assert [each.origin for each in found] == ["back:recurring", "back:open-action", "back:unreached"]
    assert (found[0].minutes, found[0].recurring, found[0].root) == (10, True, standing.id)
    actions.set_state(store, ada.forum, action, "done", member=ada.id, now=LATER)
    agenda.bring_back(store, ada.forum, LATER)
    assert whats(agenda.proposed(store, ada.forum)) == ["Varje gång", "Kvar"]


def test_what_needs_help(store: Store, ada: Member, bo: Member) -> None:
    """Until there is a point about it; that one comes back as long as the action is open."""
    action = actions.add(store, ada.forum, what="Ring", actor=None, owner=bo.id, due_on=None, decision=None,
                         member=ada.id, now=NOW)  # fmt: skip
    assert agenda.stuck(store, ada.forum) == []
    actions.set_state(store, ada.forum, action, "stuck", member=bo.id, now=NOW)
    (needing,) = agenda.stuck(store, ada.forum)
    assert (needing.action, needing.what, needing.member) == (action, "Ring", bo.id)
    point(store, ada, "Hjälp", f"action:{action}:{needing.asked}")
    assert agenda.stuck(store, ada.forum) == []
    agenda.settle(store, ada.forum, 1)
    agenda.bring_back(store, ada.forum, NOW)
    assert [each.origin for each in agenda.proposed(store, ada.forum)] == ["back:open-action"]
    agenda.drop(store, ada.forum, 2)
    assert agenda.stuck(store, ada.forum) == []
    actions.set_state(store, ada.forum, action, "stuck", member=bo.id, now=LATER)
    assert [each.asked > needing.asked for each in agenda.stuck(store, ada.forum)] == [True]


def test_points_of_a_cancelled_meeting_wait_again(store: Store, ada: Member) -> None:
    """Those that were not dealt with."""
    point(store, ada, "A")
    point(store, ada, "B", "present:4:1")
    one = held(store, ada)
    agenda.settle(store, ada.forum, 1)
    assert [each.id for each in agenda.waiting_of(store, ada.forum, "present")] == [2]
    store.run("update meeting set state = 'cancelled' where id = :id", id=one.id)
    agenda.give_back(store, ada.forum)
    assert whats(agenda.proposed(store, ada.forum)) == ["B"]


def test_who_is_here(store: Store, ada: Member, bo: Member) -> None:
    """Ticked once, and off again; heard by being ticked, or by what they did."""
    one = held(store, ada)
    assert sittings.tick(store, one, ada.id)
    assert not sittings.tick(store, one, ada.id)
    assert sittings.tick(store, one, ada.id, present=False)
    sittings.hear(store, one, [bo.id])
    seats = sittings.seats(store, one)
    assert [(each.present, each.heard) for each in seats.values()] == [(False, False), (False, True)]
    sittings.note(store, one, "Hej", member=ada.id, now=NOW)
    assert sittings.heard(store, one) == {ada.id, bo.id}


def test_who_has_the_word(store: Store, ada: Member, bo: Member) -> None:
    """Whoever is here stands in the queue; when it is over nobody does."""
    one = held(store, ada)
    sittings.tick(store, one, bo.id)
    sittings.hear(store, one, [ada.id])
    sittings.ask_all(store, one, "Hur mår du?")
    assert get(store, ada.forum, one.id).check_in == "Hur mår du?"
    assert [each.turn for each in sittings.seats(store, one).values()] == [0, bo.id]
    sittings.take_turn(store, one, bo.id, sittings.HAD)
    assert sittings.seats(store, one)[bo.id].turn == -1
    sittings.ask_all(store, one, "")
    assert sittings.seats(store, one)[bo.id].turn == 0


def test_what_was_said_is_kept_in_order(store: Store, ada: Member) -> None:
    """Under the point of the moment, with what was recorded; the last of it is the last sign of life."""
    point(store, ada)
    one = held(store, ada)
    assert sittings.is_empty(store, one)
    assert sittings.last_sign_of_life(store, one) == NOW
    assert sittings.note(store, one, "Före", member=None, now=NOW) == 1
    meetings.take_up(store, one, 1, NOW)
    one = get(store, ada.forum, one.id)
    assert sittings.note(store, one, "Under", member=ada.id, now=LATER) == 2
    decision = decisions.record(
        store, ada.forum, Wording("Ja"), year=2026, by=ada, now=LATER + timedelta(minutes=1)
    )
    meetings.belongs(store, ada.forum, "decision", decision.id)
    assert [(each.point, each.what, each.by_member) for each in sittings.notes(store, one)] == [
        (None, "Före", None), (1, "Under", ada.id),
    ]  # fmt: skip
    assert sittings.kept(store, one) == [Kept("decision", decision.id, 1)]
    assert sittings.last_sign_of_life(store, one) == LATER + timedelta(minutes=1)
    assert not sittings.is_empty(store, one)


@pytest.mark.parametrize("planned", [True, False])
def test_an_opening_is_undone(store: Store, ada: Member, planned: bool) -> None:
    """The number is free; one that was planned is planned; the second time there is nothing to undo."""
    one = held(store, ada, planned=planned)
    sittings.tick(store, one, ada.id)
    sittings.set_chair(store, one, ada.id)
    assert sittings.undo(store, one)
    assert not sittings.undo(store, one)
    now = get(store, ada.forum, one.id)
    assert (now.state, now.label, now.chair) == ("planned" if planned else "undone", "", None)
    assert not sittings.seats(store, one)[ada.id].present
    assert held(store, ada).number == 1


def test_organisations_take_turns(store: Store, ada: Member, other: Forum) -> None:
    """In the order they came; skipped ones are last, a new one after them; presented ones have their day."""
    for name in ("Polisen", "Kommunen"):
        comes(store, ada.forum, name)
    assert [each.name for each in presentations.line_up(store, ada.forum)] == ["Polisen", "Kommunen"]
    presentations.skip(store, ada.forum, 1)
    comes(store, ada.forum, "Regionen")
    line = presentations.line_up(store, ada.forum)
    assert [each.actor for each in line] == [2, 1, 3]
    presentations.swap(store, ada.forum, line[0], line[2])
    assert [each.actor for each in presentations.line_up(store, ada.forum)] == [3, 1, 2]
    assert presentations.presented(store, ada.forum, 3, meeting=1, day=NOW.date())
    assert not presentations.presented(store, other.id, 3, meeting=1, day=NOW.date())
    presentations.summarise(store, ada.forum, 3, "Vård", member=ada.id, now=NOW)
    first = presentations.line_up(store, ada.forum)[0]
    assert (first.presented_on, first.summary) == (NOW.date(), "Vård")
    presentations.begin_again(store, ada.forum)
    first = presentations.line_up(store, ada.forum)[0]
    assert (first.presented_on, first.summary) == (None, "Vård")


def test_two_members_turn_out_to_be_one(store: Store, ada: Member, bo: Member) -> None:
    """Who led, noted and was there stays known, and nobody is counted twice."""
    one = held(store, ada)
    sittings.tick(store, one, ada.id)
    sittings.note(store, one, "Mörkt", member=ada.id, now=NOW)
    attendance.say(store, ada.forum, one.id, bo.id, "substitute", "Eva")
    sittings.hear(store, one, [bo.id])
    other = meetings.plan(
        store, ada.forum, title="Nästa", begins_at=LATER, ends_at=LATER, zone="UTC", member=ada.id
    )
    attendance.say(store, ada.forum, other, ada.id, "yes")

    people.merge(store, bo.person, ada.person)

    now = meetings.get(store, ada.forum, one.id)
    assert now
    assert now.chair == bo.id
    (seat,) = sittings.seats(store, one).values()
    assert (seat.member, seat.present, seat.heard, seat.substitute) == (bo.id, True, True, "Eva")
    assert [each.by_member for each in sittings.notes(store, one)] == [bo.id]
    assert [each.member for each in attendance.answers(store, ada.forum, other)] == [bo.id]


def test_what_was_settled_between_meetings_waits_for_the_one_after(store: Store, ada: Member) -> None:
    """A point that comes each time is left out once; after the next meeting it is back."""
    number = point(store, ada, "Varje gång")
    found = agenda.get(store, ada.forum, number)
    assert found
    agenda.change(store, found, what=found.what, minutes=0, prepare="", recurring=True)
    assert agenda.settle(store, ada.forum, number, between=LATER)
    agenda.bring_back(store, ada.forum, LATER)
    assert agenda.proposed(store, ada.forum) == []
    one = held(store, ada)
    meetings.close(store, one, LATER + timedelta(hours=2))
    agenda.bring_back(store, ada.forum, LATER + timedelta(hours=3))
    assert whats(agenda.proposed(store, ada.forum)) == ["Varje gång"]


def test_an_organisation_that_nobody_speaks_for_has_no_turn(store: Store, ada: Member, bo: Member) -> None:
    """It has one again when somebody does."""
    actor = forums.add_actor(store, ada.forum, name="Polisen", sector="", level="")
    assert presentations.line_up(store, ada.forum) == []
    forums.set_actor(store, ada.forum, bo.id, actor)
    assert [each.actor for each in presentations.line_up(store, ada.forum)] == [actor]
    forums.leave(store, ada.forum, bo.id)
    assert presentations.line_up(store, ada.forum) == []
