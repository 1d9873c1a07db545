"""Keys, talks, dead letters, facts, codes and timers: what these small verbs promise."""

from datetime import timedelta

import pytest

from storage import codes, intake, timers
from storage.db import Store
from storage.intake import Draft
from storage.outbox import Address
from storage.records import Forum, Member
from tests.stage.samples import NOW

HOUR = timedelta(hours=1)
PRIVATE = Address("telegram", "", "7")


# --- What came in ----------------------------------------------------------------------------------------------


def test_a_key_is_claimed_once(store: Store) -> None:
    """Until it is let go, or so old that no platform brings it again."""
    assert intake.first_time(store, "a", NOW)
    assert not intake.first_time(store, "a", NOW)
    intake.release(store, "a")
    assert intake.first_time(store, "a", NOW)
    assert intake.first_time(store, "b", NOW + HOUR)

    intake.forget_keys(store, NOW + HOUR)

    assert intake.first_time(store, "a", NOW)
    assert not intake.first_time(store, "b", NOW)


def test_what_cannot_be_read_is_set_aside(store: Store) -> None:
    """With the platform, the time and the reason, oldest first."""
    intake.bury(store, "slack", "unknown kind", "{}", NOW)
    intake.bury(store, "telegram", "message: KeyError", "[]", NOW + HOUR)

    assert [each[1:] for each in intake.buried(store)] == [
        ("slack", NOW, "unknown kind"), ("telegram", NOW + HOUR, "message: KeyError"),
    ]  # fmt: skip


def test_small_things_are_remembered(store: Store) -> None:
    """The last value counts; what was never said is empty."""
    assert intake.fact(store, "offset") == ""
    for value in ("1", "2"):
        intake.set_fact(store, "offset", value)

    assert intake.fact(store, "offset") == "2"


def test_what_is_remembered_once_stays_whoever_comes_later(store: Store) -> None:
    """The first value is everybody's."""
    assert intake.fact_once(store, "secret", "1") == "1"
    assert intake.fact_once(store, "secret", "2") == "1"
    assert intake.fact(store, "secret") == "1"


def test_a_talk_is_kept_per_person_and_chat(store: Store) -> None:
    """How far it has come, with all answers; a new form takes the place of the old one."""
    first = Draft("votes.ask:1", {"why": 'å "x" \n', "how": ""}, 1, "17", NOW + HOUR)
    second = Draft("votes.ask:2", {}, 0, "", NOW + 2 * HOUR)
    intake.keep_draft(store, PRIVATE, "7", first)

    assert intake.draft(store, PRIVATE, "7") == first
    assert intake.draft(store, PRIVATE, "8") is None
    assert intake.draft(store, Address("telegram", "", "-7", "5"), "7") is None
    intake.keep_draft(store, PRIVATE, "7", second)
    assert intake.draft(store, PRIVATE, "7") == second
    intake.drop_draft(store, PRIVATE, "7")
    intake.drop_draft(store, PRIVATE, "7")
    assert intake.draft(store, PRIVATE, "7") is None


# --- Codes -----------------------------------------------------------------------------------------------------


def test_a_code_is_used_by_one(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Issued, found by its hash, redeemed by the first who brings it, settled once it has led to an answer."""
    codes.issue(store, "hash", "chat", expires_at=NOW + HOUR, person=ada.person, forum=forum.id, place=1)
    one = codes.find(store, "hash")
    assert one is not None
    assert (one.purpose, one.forum, one.place, one.person, one.used) == (
        "chat",
        forum.id,
        1,
        ada.person,
        False,
    )
    assert (one.expires_at, one.claim_place, one.claim_person) == (NOW + HOUR, None, None)
    assert codes.find(store, "other") is None

    assert codes.redeem(store, "hash", NOW, place=2, person=bo.person)
    assert not codes.redeem(store, "hash", NOW, place=3, person=ada.person)

    used = codes.find(store, "hash")
    assert used is not None
    assert (used.used, used.claim_place, used.claim_person) == (True, 2, bo.person)
    codes.settle(store, "hash")
    assert codes.find(store, "hash") is None


def test_a_claim_that_waits_for_an_answer_is_found(
    store: Store, forum: Forum, ada: Member, bo: Member
) -> None:
    """The newest redeemed one of its kind since an instant: of a forum, in a place, or of a person."""
    for index, hashed in enumerate(("old", "new")):
        codes.issue(store, hashed, "chat", expires_at=NOW + HOUR, person=ada.person, forum=forum.id)
        codes.redeem(store, hashed, NOW + index * HOUR, place=2, person=bo.person)
    before = NOW - HOUR

    assert codes.claimed(store, "chat", before, place=2) == codes.find(store, "new")
    assert codes.claimed(store, "chat", before, person=bo.person) == codes.find(store, "new")
    assert codes.claimed(store, "chat", before, forum=forum.id) == codes.find(store, "new")
    assert codes.claimed(store, "chat", before, place=3) is None
    assert codes.claimed(store, "account", before, place=2) is None
    assert codes.claimed(store, "chat", NOW + HOUR, place=2) is None


def test_talks_that_nobody_went_on_with_and_old_dead_letters_are_forgotten(store: Store) -> None:
    """They hold somebody's words, and are of no use to anybody."""
    to = Address("telegram", "", "7")
    for user, expires in (("1", NOW), ("2", NOW + HOUR)):
        intake.keep_draft(store, to, user, Draft("a.b:1", {"what": "Hej"}, 0, "", expires))
        intake.bury(store, "slack", user, "{}", expires)

    intake.forget_drafts(store, NOW + HOUR)
    intake.forget_buried(store, NOW + HOUR)

    assert intake.draft(store, to, "1") is None
    assert intake.draft(store, to, "2") is not None
    assert [each[3] for each in intake.buried(store)] == ["2"]


def test_old_codes_are_forgotten(store: Store, ada: Member) -> None:
    """Once their time is long over."""
    codes.issue(store, "old", "chat", expires_at=NOW, person=ada.person)
    codes.issue(store, "new", "chat", expires_at=NOW + HOUR, person=ada.person)

    codes.forget(store, NOW + HOUR)

    assert codes.find(store, "old") is None
    assert codes.find(store, "new") is not None


def test_wrong_guesses_are_counted(store: Store) -> None:
    """Lately, in one scope or in all."""
    for scope, ago in (("a", 0), ("a", 1), ("b", 0), ("a", 5)):
        codes.note_guess(store, scope, NOW - ago * HOUR)

    assert codes.guesses(store, "a", NOW, 2 * HOUR) == 2
    assert codes.guesses(store, "", NOW, 2 * HOUR) == 3
    assert codes.guesses(store, "c", NOW, 2 * HOUR) == 0


# --- Timers ----------------------------------------------------------------------------------------------------


def _set(store: Store, name: str, hours: int, late: str = "ring") -> None:
    timers.schedule(store, name, NOW + hours * HOUR, f"a.{name}:1", forum=None, grace=2 * HOUR, late=late)


def test_what_is_due_is_found_soonest_first(store: Store) -> None:
    """By then, at most so many; when the next one rings is known."""
    assert timers.next_due(store) is None
    for name, hours in (("c", 3), ("b", 1), ("a", 1), ("d", 9)):
        _set(store, name, hours, "skip")

    found = timers.due(store, NOW + 3 * HOUR)

    assert [each.name for each in found] == ["a", "b", "c"]
    assert (found[0].due_at, found[0].action, found[0].grace, found[0].late) == (
        NOW + HOUR,
        "a.a:1",
        2 * HOUR,
        "skip",
    )
    assert [each.name for each in timers.due(store, NOW + 3 * HOUR, most=1)] == ["a"]
    assert timers.due(store, NOW) == []
    assert timers.next_due(store) == NOW + HOUR


def test_the_same_name_moves_a_timer(store: Store) -> None:
    """It rings once, at its last time, with its last action."""
    _set(store, "a", 1)
    timers.schedule(store, "a", NOW + 5 * HOUR, "a.b:2", forum=None, grace=HOUR, late="skip")

    found = timers.due(store, NOW + 9 * HOUR)

    assert [(each.due_at, each.action, each.grace, each.late) for each in found] == [
        (NOW + 5 * HOUR, "a.b:2", HOUR, "skip")
    ]


def test_a_timer_is_taken_out_once(store: Store) -> None:
    """Only at the time it was found for: a moved, cancelled or rung one is not."""
    _set(store, "a", 1)

    assert not timers.ring(store, "a", NOW)
    assert timers.ring(store, "a", NOW + HOUR)
    assert not timers.ring(store, "a", NOW + HOUR)
    _set(store, "b", 1)
    timers.cancel(store, "b")
    timers.cancel(store, "b")
    assert not timers.ring(store, "b", NOW + HOUR)


@pytest.mark.parametrize("forum", [None, 1])
def test_a_timer_knows_its_forum(store: Store, forum: int | None) -> None:
    """Or that it has none."""
    timers.schedule(store, "a", NOW, "a.b:0", forum=forum, grace=HOUR, late="ring")

    assert timers.due(store, NOW)[0].forum == forum
