"""Actions and their history: what each verb of ``storage/actions.py`` promises."""

from datetime import date, timedelta

import pytest

from storage import actions, forums
from storage.db import Store
from storage.records import ActionItem, Forum, Member
from tests.stage.samples import ADA, NOW, join

LATER = NOW + timedelta(hours=1)
MARCH = date(2026, 3, 13)


@pytest.fixture(name="police")
def _police(store: Store, forum: Forum) -> int:
    return forums.add_actor(store, forum.id, name="Polisen", sector="", level="")


def _add(store: Store, by: Member, *, what: str = "Ring", owner: Member | None = None, actor: int | None = None,
         due_on: date | None = None, decision: int | None = None) -> int:  # fmt: skip
    return actions.add(
        store, by.forum, what=what, actor=actor, owner=owner.id if owner else None, due_on=due_on, decision=decision,
        member=by.id, now=NOW, link="https://x",
    )  # fmt: skip


def _get(store: Store, forum: Forum, number: int) -> ActionItem:
    found = actions.get(store, forum.id, number)
    assert found is not None
    return found


def _history(store: Store, forum: Forum, number: int) -> list[tuple[str, str, str]]:
    return [(what, detail, by) for what, detail, by, _ in actions.history(store, forum.id, number)]


def test_an_action_is_kept_as_it_was_given(
    store: Store, forum: Forum, other: Forum, ada: Member, bo: Member, police: int
) -> None:
    """Open, without reminders, numbered within its forum; its history begins."""
    number = _add(store, ada, owner=bo, actor=police, due_on=MARCH, decision=7)

    assert _get(store, forum, number) == ActionItem(
        forum.id, 1, "Ring", police, bo.id, MARCH, "open", 7, ada.id, NOW, None, 0, "", "https://x"
    )
    assert actions.history(store, forum.id, number) == [("added", "", "Ada Ek", NOW)]
    assert actions.get(store, forum.id, 404) is None
    assert actions.get(store, other.id, number) is None
    assert _add(store, join(store, other, ADA.__class__("slack", "T1", "U5", "Eva"))) == 1


def test_states_come_and_go_with_a_line_each(store: Store, forum: Forum, ada: Member) -> None:
    """Done has its time; taken up again it has none. What was said about the last state is kept with the action."""
    number = _add(store, ada)

    actions.set_state(store, forum.id, number, "stuck", member=ada.id, now=LATER, detail="Ingen svarar")
    assert (_get(store, forum, number).state, _get(store, forum, number).note) == ("stuck", "Ingen svarar")
    actions.set_state(store, forum.id, number, "done", member=ada.id, now=LATER)
    assert (_get(store, forum, number).done_at, _get(store, forum, number).note) == (LATER, "")
    actions.set_state(store, forum.id, number, "open", member=None, now=LATER)
    assert _get(store, forum, number).done_at is None
    assert _history(store, forum, number) == [
        ("added", "", "Ada Ek"), ("stuck", "Ingen svarar", "Ada Ek"), ("done", "", "Ada Ek"), ("open", "", ""),
    ]  # fmt: skip


def test_a_new_day_begins_the_reminders_anew(store: Store, forum: Forum, ada: Member) -> None:
    """It is remembered whether the new day was agreed in time; a day may also go away."""
    number = _add(store, ada, due_on=MARCH)
    assert [actions.count_reminder(store, forum.id, number) for _ in range(2)] == [1, 2]

    actions.set_due(store, forum.id, number, MARCH + timedelta(days=7), member=ada.id, now=LATER, kept=True)
    assert (_get(store, forum, number).due_on, _get(store, forum, number).reminders) == (date(2026, 3, 20), 0)
    actions.set_due(store, forum.id, number, None, member=ada.id, now=LATER, kept=False)
    assert _get(store, forum, number).due_on is None
    assert _history(store, forum, number)[1:] == [
        ("new-date", "2026-03-20", "Ada Ek"),
        ("new-date-late", "", "Ada Ek"),
    ]


def test_nobody_is_reminded_of_what_is_not_there(store: Store, forum: Forum) -> None:
    """Counting a reminder of an action that does not exist counts nothing."""
    assert actions.count_reminder(store, forum.id, 404) == 0


def test_other_words_for_the_same(store: Store, forum: Forum, ada: Member) -> None:
    """The old words stay in the history."""
    number = _add(store, ada)

    actions.reword(store, _get(store, forum, number), "Ring Bo", member=ada.id, now=LATER)

    assert _get(store, forum, number).what == "Ring Bo"
    assert _history(store, forum, number)[1:] == [("reworded", "Ring", "Ada Ek")]


def test_an_action_changes_hands(store: Store, forum: Forum, ada: Member, bo: Member, police: int) -> None:
    """To somebody else, or to an organisation without a person yet."""
    number = _add(store, ada, owner=ada)

    actions.set_owner(store, forum.id, number, actor=police, owner=bo.id, member=ada.id, now=LATER)
    assert (_get(store, forum, number).actor, _get(store, forum, number).owner) == (police, bo.id)
    actions.set_owner(store, forum.id, number, actor=police, owner=None, member=bo.id, now=LATER)
    assert (_get(store, forum, number).actor, _get(store, forum, number).owner) == (police, None)
    assert [what for what, _, _ in _history(store, forum, number)] == ["added", "handed-over", "handed-over"]


# --- Lists -----------------------------------------------------------------------------------------------------


def test_the_open_ones_soonest_first(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Page by page, those without a day last; done, dropped and another forum's are not among them."""
    days = [None, date(2026, 5, 1), date(2026, 4, 1), date(2026, 4, 1)]
    none, may, april, april_too = (_add(store, ada, due_on=day) for day in days)
    for state in ("done", "dropped"):
        actions.set_state(store, forum.id, _add(store, ada, due_on=MARCH), state, member=ada.id, now=LATER)
    for state, number in (("underway", may), ("stuck", april)):
        actions.set_state(store, forum.id, number, state, member=ada.id, now=LATER)
    _add(store, join(store, other, ADA.__class__("slack", "T1", "U5", "Eva")))

    first = actions.open_in(store, forum.id, most=2)
    last = first[-1]
    assert last.due_on is not None
    second = actions.open_in(store, forum.id, after=(last.due_on.isoformat(), last.id))

    assert [each.id for each in first] == [april, april_too]
    assert [each.id for each in second] == [may, none]
    assert actions.open_in(store, forum.id, after=("9999", none)) == []
    assert actions.count_open(store, forum.id) == 4


def test_what_fell_due_and_what_comes_next(store: Store, forum: Forum, ada: Member) -> None:
    """Between two days, the second one not counted; how many in all, however few are shown."""
    for day in (1, 2, 3, 9):
        _add(store, ada, due_on=date(2026, 3, day))
    _add(store, ada)

    shown, count = actions.fell_due(store, forum.id, since="2026-03-02", today=date(2026, 3, 9), most=1)

    assert [each.due_on for each in shown] == [date(2026, 3, 2)]
    assert count == 2
    assert actions.next_due(store, forum.id, since="2026-03-04") == date(2026, 3, 9)
    assert actions.next_due(store, forum.id, since="2026-03-10") is None


def test_a_members_own(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Open ones, soonest first, page by page."""
    later, sooner = _add(store, ada, owner=bo), _add(store, ada, owner=bo, due_on=MARCH)
    _add(store, ada, owner=ada)
    actions.set_state(store, forum.id, _add(store, ada, owner=bo), "done", member=bo.id, now=LATER)

    assert [each.id for each in actions.of_member(store, forum.id, bo.id)] == [sooner, later]
    assert [each.id for each in actions.of_member(store, forum.id, bo.id, most=1)] == [sooner]
    assert [each.id for each in actions.of_member(store, forum.id, bo.id, after=("2026-03-13", sooner))] == [
        later
    ]


def test_what_somebody_could_take(store: Store, forum: Forum, police: int) -> None:
    """What their organisation has and no person; a coordinator also sees what nobody has at all."""
    ada, bo = (
        join(store, forum, ADA, "coordinator"),
        join(store, forum, ADA.__class__("slack", "T1", "U5", "Bo"), actor=police),
    )
    nobodys, theirs = _add(store, ada), _add(store, ada, actor=police, due_on=MARCH)
    own = _add(store, ada, actor=police, owner=bo)

    assert [each.id for each in actions.untaken(store, bo)] == [theirs]
    assert [each.id for each in actions.untaken(store, ada)] == [nobodys]
    assert [each.id for each in actions.untaken(store, bo, most=0)] == []
    assert actions.count_waiting(store, bo) == 2
    assert actions.count_waiting(store, ada) == 1
    assert _get(store, forum, own).owner == bo.id


def test_what_somebody_leaves_behind_rests_with_an_organisation(
    store: Store, forum: Forum, police: int
) -> None:
    """Their open actions lose their person and keep, or get, the organisation; what is done stays theirs."""
    ada, bo = (
        join(store, forum, ADA, "coordinator"),
        join(store, forum, ADA.__class__("slack", "T1", "U5", "Bo"), actor=police),
    )
    town = forums.add_actor(store, forum.id, name="Staden", sector="", level="")
    without, towns = _add(store, ada, owner=bo), _add(store, ada, owner=bo, actor=town, due_on=MARCH)
    done = _add(store, ada, owner=bo)
    actions.set_state(store, forum.id, done, "done", member=bo.id, now=LATER)

    left = actions.release(store, bo, LATER)

    assert [(each.id, each.actor, each.owner) for each in left] == [
        (towns, town, None),
        (without, police, None),
    ]
    assert _get(store, forum, done).owner == bo.id
    assert _history(store, forum, without)[-1] == ("released", "", "Bo")


def test_what_came_out_of_a_decision(store: Store, forum: Forum, ada: Member) -> None:
    """All of it in the order it was given, whatever its state."""
    first, second = _add(store, ada, decision=7), _add(store, ada, decision=7)
    _add(store, ada, decision=8)
    actions.set_state(store, forum.id, first, "done", member=ada.id, now=LATER)

    assert [each.id for each in actions.of_decision(store, forum.id, 7)] == [first, second]
