"""What came of decisions, and promises: what each verb of ``storage/outcomes.py`` promises."""

from datetime import date, datetime, timedelta

import pytest

from storage import actions, decisions, outcomes, rounds
from storage.db import Store
from storage.decisions import Wording
from storage.outcomes import Outcome, Progress, Promises
from storage.records import Decision, Forum, Member
from tests.stage.samples import NOW

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=90)


def _decided(store: Store, by: Member, day: date | None, what: str = "Vi tänder") -> Decision:
    return decisions.record(store, by.forum, Wording(what, follow_up_on=day), year=2026, by=by, now=NOW)


def _due(store: Store, forum: Forum, today: date = TODAY) -> list[int]:
    return [each.id for each in outcomes.due(store, forum.id, today, most=9)]


def _promised(store: Store, by: Member, day: date | None) -> int:
    return actions.add(
        store, by.forum, what="Ring", actor=None, owner=by.id, due_on=day, decision=None, member=by.id,
        now=NOW - timedelta(days=9),
    )  # fmt: skip


def _done(store: Store, by: Member, day: date | None, at: datetime = NOW) -> int:
    number = _promised(store, by, day)
    actions.set_state(store, by.forum, number, "done", member=by.id, now=at)
    return number


def test_decisions_wait_from_their_day_on(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """The day itself counts; tomorrow's does not yet, nor one without a day, nor what nobody asked for half a year."""
    for day in (TODAY, TOMORROW, None, TODAY - timedelta(days=181), YESTERDAY):
        _decided(store, ada, day)

    assert _due(store, forum) == [5, 1]
    assert [each.id for each in outcomes.due(store, forum.id, TODAY, most=1)] == [5]
    assert _due(store, other) == []


def test_decisions_that_no_longer_stand_do_not_wait(store: Store, forum: Forum, ada: Member) -> None:
    """Nobody is asked about what was withdrawn, and an old version's day says nothing."""
    one, other = _decided(store, ada, TODAY), _decided(store, ada, TODAY)
    decisions.withdraw(store, one, reason="", member=ada.id, now=NOW)
    later = Wording("Vi tänder", follow_up_on=TOMORROW)
    decisions.amend(store, other, later, reason="", member=ada.id, now=NOW)

    assert _due(store, forum) == []


@pytest.mark.parametrize(("day", "at", "kept"), [
    (TODAY, NOW, 1), (TODAY, NOW + timedelta(hours=14), 1), (TODAY, NOW + timedelta(hours=16), 0), (YESTERDAY, NOW, 0),
])  # fmt: skip
def test_a_promise_is_kept_by_the_end_of_its_day(
    store: Store, forum: Forum, ada: Member, day: date, at: datetime, kept: int
) -> None:
    """The forum's clock says when the day ends."""
    _done(store, ada, day, at)

    assert outcomes.promises(store, forum.id, LONG_AGO, TOMORROW) == Promises(kept, 1)


def test_a_new_day_agreed_in_time_keeps_the_promise(store: Store, forum: Forum, ada: Member) -> None:
    """Agreed too late it does not, even when the new day is then kept."""
    for kept in (True, False):
        for number in (_promised(store, ada, TODAY), _done(store, ada, TODAY)):
            actions.set_due(store, forum.id, number, TOMORROW, member=ada.id, now=NOW, kept=kept)

    assert outcomes.promises(store, forum.id, LONG_AGO, TODAY) == Promises(2, 4)


def test_what_has_no_day_or_waits_for_it_is_no_promise_yet(store: Store, forum: Forum, ada: Member) -> None:
    """What passed its day counts; what was dropped, or lies before the time looked at, does not."""
    _promised(store, ada, TODAY)
    _promised(store, ada, None)
    _done(store, ada, None)
    dropped = _promised(store, ada, YESTERDAY)
    actions.set_state(store, forum.id, dropped, "dropped", member=ada.id, now=NOW)
    _promised(store, ada, LONG_AGO - timedelta(days=1))
    _promised(store, ada, YESTERDAY)

    assert outcomes.promises(store, forum.id, LONG_AGO, TODAY) == Promises(0, 1)


# --- Answers ---------------------------------------------------------------------------------------------------


def test_answers_are_kept_one_after_the_other(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """The last one is what holds; each decision counts its own."""
    one, other = _decided(store, ada, TODAY), _decided(store, ada, None)
    assert outcomes.latest(store, forum.id, one.id) is None
    assert outcomes.add(store, one, "later", again_on=TOMORROW, member=ada.id, now=NOW).seq == 1
    assert outcomes.add(store, one, "keep", member=bo.id, now=NOW).seq == 2
    end = outcomes.add(store, other, "end", member=bo.id, now=NOW)

    assert outcomes.latest(store, forum.id, one.id) == Outcome(one.id, 2, "keep", TODAY, None, bo.id, NOW)
    assert outcomes.latest(store, forum.id, other.id) == end
    assert end == Outcome(other.id, 1, "end", None, None, bo.id, NOW)


def test_an_answer_ends_the_waiting_and_a_later_day_puts_it_off(
    store: Store, forum: Forum, ada: Member
) -> None:
    """A new follow-up day begins it anew."""
    one, other = _decided(store, ada, TODAY), _decided(store, ada, TODAY)
    outcomes.add(store, one, "keep", member=ada.id, now=NOW)
    outcomes.add(store, other, "later", again_on=TOMORROW, member=ada.id, now=NOW)

    assert _due(store, forum) == []
    assert _due(store, forum, TOMORROW) == [other.id]
    assert outcomes.is_due(store, other, TOMORROW)
    assert outcomes.is_due(store, other, TODAY + timedelta(days=400))
    assert not outcomes.is_due(store, one, TOMORROW)
    decisions.amend(
        store, one, Wording("Vi tänder", follow_up_on=TOMORROW), reason="", member=ada.id, now=NOW
    )
    assert _due(store, forum, TOMORROW) == [other.id, one.id]


def test_where_a_round_looks_back_it_is_said_once(store: Store, forum: Forum, ada: Member) -> None:
    """The round's own look back, once done, is the answer."""
    one = _decided(store, ada, TODAY)
    number = rounds.open_round(
        store, forum.id, kind="consent", question="?", member=ada.id, deadline=NOW, now=NOW, review_on=TODAY
    )
    found = rounds.get(store, forum.id, number)
    assert found is not None
    assert outcomes.round_to_review(store, forum.id, one.id) is None
    rounds.led_to(store, found, one.id)

    assert outcomes.round_to_review(store, forum.id, one.id) == (number, TODAY)
    assert _due(store, forum) == [one.id]
    rounds.review(store, found, NOW)
    assert outcomes.round_to_review(store, forum.id, one.id) is None
    assert _due(store, forum) == []


def test_how_far_a_decision_has_come(store: Store, forum: Forum, ada: Member) -> None:
    """By its actions that are still wanted."""
    one, other = _decided(store, ada, None), _decided(store, ada, None)
    numbers = [_promised(store, ada, None) for _ in range(5)]
    store.do("update action set decision = 1")
    for number, state in zip(numbers, ("done", "underway", "dropped", "stuck"), strict=False):
        actions.set_state(store, forum.id, number, state, member=ada.id, now=NOW)

    assert outcomes.progress(store, forum.id, one.id) == Progress(1, 3, 4)
    assert outcomes.progress(store, forum.id, other.id) == Progress(0, 0, 0)
    assert not outcomes.carried_out_before(store, forum.id, other.id)
    store.do("update action set state = 'dropped' where state in ('open', 'underway', 'stuck')")
    assert outcomes.carried_out_before(store, forum.id, other.id)
    assert not outcomes.carried_out_before(store, forum.id, one.id)
