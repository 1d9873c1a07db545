"""What came of decisions, and promises: what each verb of ``storage/outcomes.py`` promises."""

from datetime import date, datetime, timedelta

import pytest

from storage import actions, decisions, outcomes
from storage.db import Store
from storage.decisions import Wording
from storage.outcomes import Promises
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
