"""What each verb of ``storage/briefs.py`` and ``storage/guards.py`` promises."""

from datetime import date, timedelta

from storage import actions, briefs, decisions, forums, guards, meetings
from storage.briefs import Plan
from storage.db import Store
from storage.decisions import Wording
from storage.guards import Hint
from storage.records import Forum, Member
from tests.stage.samples import NOW

TODAY = NOW.date()
DAY = timedelta(days=1)


def _action(store: Store, by: Member, *, owner: int | None = None, day: date | None = None) -> int:
    return actions.add(
        store, by.forum, what="Ring", actor=None, owner=owner, due_on=day, decision=None, member=by.id, now=NOW
    )  # fmt: skip


# --- Briefs ----------------------------------------------------------------------------------------------------


def test_a_plan_is_off_until_it_is_chosen(store: Store, forum: Forum, other: Forum) -> None:
    """Sending one notes when; choosing anew forgets nothing of that."""
    assert briefs.plan_of(store, forum.id) == Plan("off", None)
    briefs.keep(store, forum.id, "{}", meeting=None, now=NOW)
    briefs.set_rhythm(store, forum.id, "monthly")
    assert briefs.plan_of(store, forum.id) == Plan("monthly", NOW)
    briefs.set_rhythm(store, forum.id, "meeting")
    briefs.keep(store, forum.id, "{}", meeting=None, now=NOW + DAY)
    assert briefs.plan_of(store, forum.id) == Plan("meeting", NOW + DAY)
    assert briefs.plan_of(store, other.id) == Plan("off", None)


def test_readers_are_those_who_are_still_here(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Chosen anew, the others are gone; somebody chosen twice reads once."""
    briefs.set_readers(store, forum.id, [bo.id, ada.id, bo.id])
    assert briefs.readers(store, forum.id) == [ada, bo]
    forums.leave(store, forum.id, bo.id)
    assert briefs.readers(store, forum.id) == [ada]
    briefs.set_readers(store, forum.id, [])
    assert briefs.readers(store, forum.id) == []


def test_a_brief_is_kept_as_it_was_sent(store: Store, forum: Forum, other: Forum) -> None:
    """Numbered in its forum, with the meeting it came before."""
    assert briefs.latest(store, forum.id) is None
    first = briefs.keep(store, forum.id, "ett", meeting=None, now=NOW)
    second = briefs.keep(store, forum.id, "två", meeting=7, now=NOW + DAY)
    kept = briefs.get(store, forum.id, first)
    assert kept
    assert (kept.id, kept.meeting, kept.body, kept.at) == (1, None, "ett", NOW)
    assert briefs.latest(store, forum.id) == briefs.get(store, forum.id, second)
    assert briefs.came_before(store, forum.id, 7)
    assert not briefs.came_before(store, forum.id, 8)
    assert not briefs.came_before(store, other.id, 7)
    assert briefs.get(store, other.id, first) is None


def test_the_later_answer_counts(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """One for each reader, in the order they came."""
    number = briefs.keep(store, forum.id, "{}", meeting=None, now=NOW)
    for member, words, later in ((ada, "Ett", 0), (bo, "Två", 1), (ada, "Tre", 2)):
        briefs.answer(store, forum.id, number, member=member.id, words=words, now=NOW + later * DAY)
    found = briefs.answers(store, forum.id, number)
    assert [(each.member, each.who, each.words) for each in found] == [
        (bo.id, bo.name, "Två"),
        (ada.id, ada.name, "Tre"),
    ]
    assert found[0].at == NOW + DAY


def test_what_was_finished_and_decided_since(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """From a moment on; what was opened again and what was undone is neither."""
    for later in range(3):
        number = _action(store, ada)
        actions.set_state(store, forum.id, number, "done", member=ada.id, now=NOW + later * DAY)
    actions.set_state(store, forum.id, 1, "open", member=ada.id, now=NOW + DAY)
    found, count = briefs.finished(store, forum.id, NOW + DAY, most=1)
    assert ([each.id for each in found], count) == ([3], 2)
    assert briefs.finished(store, other.id, NOW, most=9) == ([], 0)
    one = decisions.record(store, forum.id, Wording("Ja"), year=2026, by=ada, now=NOW)
    decisions.record(store, forum.id, Wording("Nej"), year=2026, by=ada, now=NOW)
    decisions.withdraw(store, one, reason="", member=ada.id, now=NOW)
    recorded, count = briefs.decided(store, forum.id, NOW, most=9)
    assert ([each.id for each in recorded], count) == ([2], 1)
    assert briefs.decided(store, forum.id, NOW + DAY, most=9) == ([], 0)
    assert forums.founded_at(store, forum.id) == NOW


def test_what_is_stuck(store: Store, forum: Forum, ada: Member) -> None:
    """The one whose day comes first."""
    for day in (None, TODAY + DAY, TODAY):
        actions.set_state(
            store, forum.id, _action(store, ada, day=day), "stuck", member=ada.id, now=NOW, detail="Nyckeln"
        )
    _action(store, ada)
    assert [each.id for each in briefs.stuck(store, forum.id, most=2)] == [3, 2]


# --- Guards ----------------------------------------------------------------------------------------------------


def test_hints_are_remembered(store: Store, forum: Forum, other: Forum) -> None:
    """Told anew they have a new day; settled once, and only what was told."""
    assert guards.hinted_on(store, forum.id) is None
    guards.told(store, forum.id, "owner", 3, TODAY)
    guards.told(store, forum.id, "meet", 0, TODAY + DAY)
    guards.told(store, forum.id, "owner", 3, TODAY + 2 * DAY)
    assert guards.hinted_on(store, forum.id) == TODAY + 2 * DAY
    assert guards.settle(store, forum.id, "meet", 0)
    assert not guards.settle(store, forum.id, "meet", 0)
    assert not guards.settle(store, other.id, "owner", 3)
    assert guards.hints(store, forum.id) == [
        Hint("meet", 0, TODAY + DAY, settled=True), Hint("owner", 3, TODAY + 2 * DAY, settled=False),
    ]  # fmt: skip
    guards.forget(store, forum.id, "meet", 0)
    assert len(guards.hints(store, forum.id)) == 1
    assert guards.hints(store, other.id) == []


def test_what_nobody_has_and_what_is_at_risk(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Nobody's for a while, stuck, or past its day; each counted once."""
    _action(store, ada)
    _action(store, ada, owner=bo.id, day=TODAY - DAY)
    actions.set_state(store, forum.id, 2, "stuck", member=bo.id, now=NOW)
    _action(store, ada, owner=bo.id, day=TODAY)
    assert [each.id for each in guards.ownerless(store, forum.id, NOW, most=9)] == [1]
    assert guards.ownerless(store, forum.id, NOW - DAY, most=9) == []
    assert guards.count_at_risk(store, forum.id, NOW, TODAY) == 2
    assert guards.count_at_risk(store, forum.id, NOW - DAY, TODAY) == 1
    actions.set_state(store, forum.id, 1, "dropped", member=ada.id, now=NOW)
    assert guards.ownerless(store, forum.id, NOW, most=9) == []


def test_how_much_hangs_on_whom(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """The most first, and of theirs the one with most time left that is not begun."""
    _action(store, ada, owner=ada.id)
    for day in (TODAY, TODAY + 3 * DAY, TODAY + 9 * DAY):
        _action(store, ada, owner=bo.id, day=day)
    actions.set_state(store, forum.id, 4, "underway", member=bo.id, now=NOW)
    assert guards.loads(store, forum.id) == [(bo.id, 3), (ada.id, 1)]
    one = guards.furthest(store, forum.id, bo.id)
    assert one
    assert one.id == 3
    assert guards.furthest(store, forum.id, 99) is None


def test_what_nobody_follows_up(store: Store, forum: Forum, ada: Member) -> None:
    """Without a day, an action that is still wanted, or a word on what came of it; of a certain age."""
    for day in (None, TODAY, None, None):
        decisions.record(store, forum.id, Wording("Ja", follow_up_on=day), year=2026, by=ada, now=NOW)
    for decision, state in ((3, "open"), (4, "dropped")):
        number = actions.add(store, forum.id, what="Ring", actor=None, owner=None, due_on=None, decision=decision,
                             member=ada.id, now=NOW)  # fmt: skip
        actions.set_state(store, forum.id, number, state, member=ada.id, now=NOW)
    found = guards.unfollowed(store, forum.id, NOW - DAY, NOW, most=9)
    assert [each.id for each in found] == [4, 1]
    assert guards.unfollowed(store, forum.id, NOW - 9 * DAY, NOW - DAY, most=9) == []


def test_when_the_forum_last_met(store: Store, forum: Forum, ada: Member) -> None:
    """Its last meeting that is over; before any, the day it was founded."""
    assert guards.last_met(store, forum.id) == (0, NOW)
    for later in (0, 5):
        number = meetings.plan(
            store, forum.id, title="Möte", begins_at=NOW + later * DAY, ends_at=NOW + (later + 1) * DAY, zone="UTC",
            member=None,
        )  # fmt: skip
        one = meetings.get(store, forum.id, number)
        assert one
        meetings.begin(store, one, chair=ada.id, year=2026, now=NOW)
        meetings.close(store, one, NOW + (later + 1) * DAY)
    assert guards.last_met(store, forum.id) == (2, NOW + 6 * DAY)


def test_who_is_silent(store: Store, forum: Forum, ada: Member) -> None:
    """An organisation that somebody speaks for and that shows no sign; one without members is not silent, but gone."""
    police = forums.add_actor(store, forum.id, name="Polisen", sector="", level="")
    forums.add_actor(store, forum.id, name="Skolan", sector="", level="")
    forums.set_actor(store, forum.id, ada.id, police)
    assert guards.silent(store, forum.id, NOW) == []
    later = NOW + DAY
    assert [each.name for each in guards.silent(store, forum.id, later)] == ["Polisen"]
    number = _action(store, ada)
    actions.note(store, forum.id, number, "underway", "", member=ada.id, now=later)
    assert guards.silent(store, forum.id, later) == []
    actions.set_state(store, forum.id, number, "done", member=ada.id, now=later + DAY)
    assert guards.silent(store, forum.id, later + DAY) == []
    assert [each.name for each in guards.silent(store, forum.id, later + 2 * DAY)] == ["Polisen"]
