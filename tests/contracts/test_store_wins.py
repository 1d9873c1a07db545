"""Wins and those who had a part: what each verb of ``storage/wins.py`` promises."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from storage import actions, decisions, forums, people, quiet, wins
from storage.db import Store
from storage.decisions import Wording
from storage.records import Forum, Member
from storage.wins import Win
from tests.stage.samples import NOW

LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
Add = Callable[..., int]


@pytest.fixture(name="actors")
def _actors(store: Store, forum: Forum) -> tuple[int, ...]:
    """The town, the police and the region."""
    return tuple(
        forums.add_actor(store, forum.id, name=each, sector="", level="")
        for each in ("Kommunen", "Polisen", "Regionen")
    )


@pytest.fixture(name="add")
def _add(store: Store, forum: Forum) -> Add:
    def add(what: str = "Lyktorna lyser", **more: object) -> int:
        values: dict[str, object] = {"kind": "told", "actors": (), "now": NOW, **more}
        number = wins.add(store, forum.id, what=what, **values)  # type: ignore[arg-type]
        assert number is not None
        return number

    return add


def _get(store: Store, forum: Forum, number: int) -> Win:
    found = wins.get(store, forum.id, number)
    assert found is not None
    return found


def test_a_win_is_kept_as_it_was_given(
    store: Store, forum: Forum, other: Forum, add: Add, actors: tuple[int, ...]
) -> None:
    """Waiting to be told, numbered within its forum."""
    number = add(actors=(actors[1], actors[0], actors[1]), action=7, decision=3, member=2)

    assert _get(store, forum, number) == Win(
        forum.id, 1, "told", "Lyktorna lyser", actors[:2], (), None, 7, 3, "ready", 2
    )
    assert wins.get(store, forum.id, 9) is None
    assert wins.get(store, other.id, number) is None
    assert wins.told_of(store, forum.id, 7)
    assert not wins.told_of(store, other.id, 7)
    assert not wins.told_of(store, forum.id, number)


def test_an_occasion_is_noticed_once(store: Store, forum: Forum, other: Forum, add: Add) -> None:
    """In each forum."""
    add(occasion="action-7")

    assert (
        wins.add(store, forum.id, kind="together", what="", actors=(), now=NOW, occasion="action-7") is None
    )
    assert wins.add(store, other.id, kind="together", what="", actors=(), now=NOW, occasion="action-7") == 1
    assert wins.knows(store, forum.id, "action-7")
    assert not wins.knows(store, forum.id, "action-8")


def test_only_those_who_said_yes_are_named(
    store: Store, forum: Forum, ada: Member, bo: Member, cilla: Member, add: Add
) -> None:
    """An answer can change; whoever is not asked has none."""
    number = add()
    for each in (ada, bo):
        wins.name(store, forum.id, number, each.id)
    assert wins.unanswered(store, forum.id, number) == (ada.id, bo.id)

    assert wins.answer(store, forum.id, number, ada.id, "yes")
    assert wins.answer(store, forum.id, number, bo.id, "no")
    assert not wins.answer(store, forum.id, number, cilla.id, "yes")
    assert _get(store, forum, number).members == (ada.id,)
    wins.name(store, forum.id, number, ada.id, "no")
    assert _get(store, forum, number).members == (ada.id,)
    wins.answer(store, forum.id, number, ada.id, "private")
    assert _get(store, forum, number).members == ()
    assert wins.unanswered(store, forum.id, number) == ()
    assert wins.named(store, forum.id, number) == (ada.id, bo.id)


def test_whoever_is_asked_and_named_again_has_the_later_answer(
    store: Store, forum: Forum, bo: Member, add: Add
) -> None:
    """As long as they have given none themselves."""
    number = add()
    wins.name(store, forum.id, number, bo.id)
    wins.name(store, forum.id, number, bo.id)
    assert wins.unanswered(store, forum.id, number) == (bo.id,)
    wins.name(store, forum.id, number, bo.id, "yes")

    assert _get(store, forum, number).members == (bo.id,)


def test_organisations_can_change(
    store: Store, forum: Forum, add: Add, bo: Member, actors: tuple[int, ...]
) -> None:
    """People who had a part stay."""
    number = add(actors=actors)
    wins.name(store, forum.id, number, bo.id, "yes")
    wins.set_actors(store, forum.id, number, actors[2:])

    assert (_get(store, forum, number).actors, _get(store, forum, number).members) == (actors[2:], (bo.id,))


def test_other_words_are_new_to_those_who_said_yes(
    store: Store, forum: Forum, add: Add, ada: Member, bo: Member, cilla: Member
) -> None:
    """Whoever wrote them stays, a no is a no, and another win is as it was."""
    number, other = add(), add()
    for each in (number, other):
        for who, said in ((ada, "yes"), (bo, "yes"), (cilla, "no")):
            wins.name(store, forum.id, each, who.id, said)
    wins.reword(store, forum.id, number, "Alla lyktor lyser", by=ada.id)

    assert (_get(store, forum, number).what, _get(store, forum, number).members) == (
        "Alla lyktor lyser",
        (ada.id,),
    )
    assert wins.unanswered(store, forum.id, number) == (bo.id,)
    assert (_get(store, forum, other).what, _get(store, forum, other).members) == (
        "Lyktorna lyser",
        (ada.id, bo.id),
    )


def test_what_is_ready_waits_until_it_is_told(store: Store, forum: Forum, other: Forum, add: Add) -> None:
    """Oldest first; what somebody is asked about, or was taken back, does not."""
    numbers = [add(now=NOW + timedelta(minutes=each)) for each in range(4)]
    wins.set_state(store, forum.id, numbers[1], "asked")
    wins.set_state(store, forum.id, numbers[2], "dropped")

    assert [(one.id, since) for one, since in wins.ready(store, forum.id)] == [
        (1, NOW),
        (4, NOW + timedelta(minutes=3)),
    ]
    assert wins.last_told(store, forum.id) is None
    wins.tell(store, forum.id, [1, 4], LATER)
    assert wins.ready(store, forum.id) == []
    assert wins.last_told(store, forum.id) == LATER
    assert wins.last_told(store, other.id) is None


def test_what_was_told_in_a_span(
    store: Store, forum: Forum, other: Forum, add: Add, actors: tuple[int, ...]
) -> None:
    """From its beginning until before its end, each with its own; where there is room for few, the last of them."""
    for each, at in enumerate((NOW, LATER, LATEST)):
        wins.tell(store, forum.id, [add(actors=actors[each : each + 1])], at)
    add()

    told = wins.told_between(store, forum.id, NOW, LATEST, most=9)
    assert [(one.id, one.actors, one.told_at, one.state) for one in told] == [
        (1, actors[:1], NOW, "told"), (2, actors[1:2], LATER, "told"),
    ]  # fmt: skip
    assert [one.id for one in wins.told_between(store, forum.id, NOW, LATEST, most=1)] == [2]
    assert wins.count_between(store, forum.id, NOW, LATEST) == 2
    assert wins.told_between(store, other.id, NOW, LATEST, most=9) == []
    assert wins.count_between(store, other.id, NOW, LATEST) == 0


def test_thanks_that_somebody_got(
    store: Store, forum: Forum, bo: Member, cilla: Member, add: Add, actors: tuple[int, ...]
) -> None:
    """Theirs by name, whatever they answered, and their organisation's thanks; not others'."""
    mine, ours = add(), add(kind="thanks", actors=actors[1:2])
    others = [add(actors=actors[1:2]), add(kind="thanks", actors=actors[:1])]
    wins.name(store, forum.id, mine, bo.id, "private")
    wins.tell(store, forum.id, [mine, ours, *others], NOW)

    def of(who: Member, actor: int | None) -> list[int]:
        return [one.id for one in wins.thanks_to(store, forum.id, who.id, actor, NOW, LATER, most=9)]

    assert of(bo, actors[1]) == [mine, ours]
    assert of(cilla, None) == []
    assert wins.thanks_to(store, forum.id, bo.id, actors[1], LATER, LATEST, most=9) == []


def test_who_was_asked_lately(
    store: Store, forum: Forum, ada: Member, bo: Member, add: Add, actors: tuple[int, ...]
) -> None:
    """Since a moment, whatever they answered."""
    wins.name(store, forum.id, add(actors=actors), ada.id, "yes")
    wins.name(store, forum.id, add(now=LATER), bo.id)

    assert wins.lately_asked(store, forum.id, NOW) == {ada.id, bo.id}
    assert wins.lately_asked(store, forum.id, LATER) == {bo.id}


def test_whoever_is_unnamed_is_named_nowhere(
    store: Store, forum: Forum, other: Forum, ada: Member, bo: Member, add: Add
) -> None:
    """Neither where they had said yes nor where they had not answered; a no stays a no, and others stay."""
    numbers = [add(), add(), add(), add()]
    for number, said in zip(numbers, ("yes", "", "no", "yes"), strict=True):
        wins.name(store, forum.id, number, bo.id, said)
        wins.name(store, forum.id, number, ada.id, "yes")
    wins.tell(store, forum.id, numbers[:3], NOW)
    assert wins.unname(store, other.id, bo.id) == []
    assert _get(store, forum, numbers[0]).members == (ada.id, bo.id)
    changed = wins.unname(store, forum.id, bo.id)

    assert [(each.id, each.members) for each in changed] == [(numbers[0], (ada.id,))]
    assert [_get(store, forum, each).members for each in numbers] == [(ada.id,)] * 4
    assert wins.unanswered(store, forum.id, numbers[1]) == ()
    assert wins.unname(store, forum.id, bo.id) == []


def test_what_was_told_together_has_a_moment_of_its_own(store: Store, forum: Forum, add: Add) -> None:
    """Two messages at the same time are two messages."""
    first, second, third = add(), add(), add()
    wins.tell(store, forum.id, [first, second], NOW)
    wins.tell(store, forum.id, [third], NOW)
    wins.set_state(store, forum.id, second, "dropped")

    assert [one.id for one in wins.told_with(store, _get(store, forum, first))] == [first, second]
    assert [one.id for one in wins.told_with(store, _get(store, forum, third))] == [third]
    assert wins.told_with(store, _get(store, forum, add())) == []
    assert [one.id for one in wins.told_between(store, forum.id, NOW, LATER, most=9)] == [first, third]


@pytest.mark.parametrize("now", ["open", "done"])
@pytest.mark.parametrize("decided", ["standing", "replaced", "undone", "withdrawn"])
def test_what_was_taken_back_is_not_told_of(
    store: Store, forum: Forum, ada: Member, actors: tuple[int, ...], add: Add, *, now: str, decided: str
) -> None:
    """An action that is not done, a decision that does not hold; what a member told of an action is theirs."""
    action = actions.add(store, forum.id, what="Ring", actor=None, owner=None, due_on=None, decision=None,
                         member=ada.id, now=NOW)  # fmt: skip
    actions.set_state(store, forum.id, action, now, member=ada.id, now=NOW)
    made = decisions.record(store, forum.id, Wording("Vi ringer."), year=2026, by=ada, now=NOW)
    store.do("update decision set state = :state where id = :id", state=decided, id=made.id)
    noticed = add(kind="together", action=action)
    told, ruled = add(action=action), add(kind="thanks", actors=actors[:1], decision=made.id)
    wins.tell(store, forum.id, [noticed, told, ruled], NOW)
    holds = decided in ("standing", "replaced")
    expected = [*([noticed] if now == "done" else []), told, *([ruled] if holds else [])]

    assert [one.id for one in wins.told_between(store, forum.id, NOW, LATER, most=9)] == expected
    assert [
        each for each in (noticed, told, ruled) if wins.holds(store, _get(store, forum, each))
    ] == expected
    assert wins.count_between(store, forum.id, NOW, LATER) == len(expected)
    thanks = wins.thanks_to(store, forum.id, ada.id, actors[0], NOW, LATER, most=9)
    assert [one.id for one in thanks] == ([ruled] if holds else [])
    assert decisions.count(store, forum.id) == (decided != "undone")


def test_the_first_decision_carried_out_is_known_once(
    store: Store, forum: Forum, other: Forum, add: Add
) -> None:
    """As long as nobody took it back; another one, or another forum's, is none."""
    add(kind="carried-out")
    assert not wins.first_is_known(store, forum.id)
    first = add(kind="first-carried-out")
    assert wins.first_is_known(store, forum.id)
    assert not wins.first_is_known(store, other.id)
    wins.set_state(store, forum.id, first, "dropped")

    assert not wins.first_is_known(store, forum.id)


# --- Hands -----------------------------------------------------------------------------------------------------


def _members_of(store: Store, forum: Forum, actors: tuple[int, ...], *members: Member) -> None:
    for actor, each in zip(actors, members, strict=False):
        store.do(
            "update member set actor = :actor where forum = :forum and id = :id",
            actor=actor,
            forum=forum.id,
            id=each.id,
        )


def test_whose_hands_an_action_went_through(
    store: Store, forum: Forum, ada: Member, bo: Member, cilla: Member, actors: tuple[int, ...]
) -> None:
    """Its own organisation's, and those whose members moved it on; not whoever wrote it down or answered for others."""
    _members_of(store, forum, actors, ada, bo, cilla)
    number = actions.add(store, forum.id, what="Ring", actor=actors[1], owner=bo.id, due_on=None, decision=None,
                         member=cilla.id, now=NOW)  # fmt: skip
    actions.set_state(store, forum.id, number, "underway", member=ada.id, now=NOW)
    assert wins.hands(store, forum.id, number) == (actors[1],)
    assert wins.workers(store, forum.id, number) == (bo.id,)
    assert not wins.was_helped(store, forum.id, number)

    actions.set_state(store, forum.id, number, "stuck", member=cilla.id, now=NOW)
    assert wins.hands(store, forum.id, number) == actors[1:]
    assert wins.workers(store, forum.id, number) == (bo.id, cilla.id)
    assert wins.was_helped(store, forum.id, number)
    forums.leave(store, forum.id, cilla.id)
    assert wins.workers(store, forum.id, number) == (bo.id,)
    actions.set_owner(store, forum.id, number, actor=None, owner=ada.id, member=bo.id, now=NOW)
    assert wins.hands(store, forum.id, number) == (actors[0], actors[2])
    assert wins.hands(store, forum.id, 404) == ()


def test_the_actions_done_last(store: Store, forum: Forum, ada: Member) -> None:
    """Newest first, without those that are open."""
    for each in ("Ett", "Två", "Tre"):
        number = actions.add(store, forum.id, what=each, actor=None, owner=None, due_on=None, decision=None,
                             member=ada.id, now=NOW)  # fmt: skip
        if each != "Tre":
            at = NOW + timedelta(hours=number)
            actions.set_state(store, forum.id, number, "done", member=ada.id, now=at)

    assert wins.lately_done(store, forum.id, most=9) == [(2, "Två"), (1, "Ett")]
    assert wins.lately_done(store, forum.id, most=1) == [(2, "Två")]


# --- Quiet times -----------------------------------------------------------------------------------------------


def test_quiet_times_begin_and_end(store: Store, forum: Forum, other: Forum) -> None:
    """In one forum; the later day counts."""
    assert quiet.calm_until(store, forum.id) is None
    quiet.set_calm(store, forum.id, date(2026, 3, 9))
    quiet.set_calm(store, forum.id, date(2026, 3, 16))
    assert quiet.calm_until(store, forum.id) == date(2026, 3, 16)
    assert quiet.calm_until(store, other.id) is None


def test_two_members_who_are_one_had_one_part(
    store: Store, forum: Forum, ada: Member, bo: Member, add: Add
) -> None:
    """A no of either holds; what only the other one had goes over."""
    both, only, agreed = add(member=bo.id), add(), add()
    wins.name(store, forum.id, both, ada.id, "yes")
    wins.name(store, forum.id, both, bo.id, "no")
    wins.name(store, forum.id, only, bo.id, "yes")
    wins.name(store, forum.id, agreed, ada.id, "yes")
    wins.name(store, forum.id, agreed, bo.id)
    people.merge(store, ada.person, bo.person)

    assert (_get(store, forum, both).members, _get(store, forum, both).by_member) == ((), ada.id)
    assert _get(store, forum, agreed).members == (ada.id,)
    assert _get(store, forum, only).members == (ada.id,)
    assert wins.named(store, forum.id, both) == (ada.id,)
