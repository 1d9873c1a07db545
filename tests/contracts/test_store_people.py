"""People and their accounts: what each verb of ``storage/people.py`` promises."""

from storage import actions, decisions, forums, outbox, people
from storage.db import Store
from storage.decisions import Wording
from storage.outbox import Address
from storage.records import Forum, Member, Person
from tests.stage.samples import ADA, BO, CILLA, NOW, hanging, meet

SLACK = (ADA.platform, ADA.workspace, ADA.user)
TELEGRAM = (CILLA.platform, CILLA.workspace, CILLA.user)


def test_somebody_is_met_and_known(store: Store) -> None:
    """Slack can always write to a person, Telegram only once they have started the bot."""
    ada, cilla = meet(store, ADA), meet(store, CILLA)

    assert ada == Person(ada.id, "Ada Ek", "")
    assert people.known(store, *SLACK) == (ada, "Ada Ek", True)
    assert people.known(store, *TELEGRAM) == (cilla, "Cilla Ö", False)
    assert people.known(store, "slack", "T2", ADA.user) is None
    assert people.get(store, ada.id) == ada
    assert people.get(store, 404) is None


def test_a_name_and_a_language_can_change(store: Store) -> None:
    """A changed name reaches the account and the person; a language is the person's own."""
    ada = meet(store, ADA)

    people.rename(store, ada.id, *SLACK, "Ada Lind")
    people.speak(store, ada.id, "en")

    assert people.known(store, *SLACK) == (Person(ada.id, "Ada Lind", "en"), "Ada Lind", True)


def test_where_a_person_is_reached_in_private(store: Store) -> None:
    """Where they wrote last among the accounts that take messages; nowhere when there is none."""
    ada, cilla = meet(store, ADA), meet(store, CILLA)
    people.merge(store, ada.id, cilla.id)
    assert people.private_account(store, ada.id) == SLACK

    people.set_reachable(store, *TELEGRAM, reachable=True)
    people.touch(store, *TELEGRAM)
    assert people.private_account(store, ada.id) == TELEGRAM
    people.set_reachable(store, *TELEGRAM, reachable=False)
    assert people.private_account(store, ada.id) == SLACK
    people.set_reachable(store, *SLACK, reachable=False)
    assert people.private_account(store, ada.id) is None


def test_a_persons_accounts(store: Store) -> None:
    """All of them in one order; on a platform the one of that workspace is meant, for a guest the one of their home."""
    ada = meet(store, ADA)
    people.merge(store, ada.id, meet(store, CILLA).id)

    assert people.accounts(store, ada.id) == [SLACK, TELEGRAM]
    assert people.account_on(store, ada.id, "slack", "T1") == ADA.user
    assert people.account_on(store, ada.id, "telegram", "") == CILLA.user
    people.merge(store, ada.id, people.meet(store, "slack", "T2", "U2", name="Ada", now=NOW).id)
    assert people.account_on(store, ada.id, "slack", "T1") == ADA.user
    assert people.account_on(store, ada.id, "slack", "T2") == "U2"
    assert people.account_on(store, meet(store, BO).id, "telegram", "") is None


def test_two_accounts_become_one_person(
    store: Store, forum: Forum, other: Forum, ada: Member, bo: Member
) -> None:
    """Accounts, messages and memberships of the other one go over; the other person is gone."""
    there = forums.join(store, other.id, bo.person, actor_id=None, role="member", now=NOW)
    letter = outbox.put(
        store,
        "direct",
        Address("slack", "T1", BO.user),
        "{}",
        now=NOW,
        language="",
        zone="",
        person=bo.person,
    )
    outbox.hang(store, "card", Address("slack", "T1", BO.user), forum=forum.id, person=bo.person)

    people.merge(store, ada.person, bo.person)

    assert people.get(store, bo.person) is None
    assert people.known(store, BO.platform, BO.workspace, BO.user) == (
        Person(ada.person, "Ada Ek", ""),
        "Bo Alm",
        True,
    )
    assert getattr(outbox.letter(store, letter.id), "person", None) == ada.person
    assert hanging(store, "card") == [(Address("slack", "T1", BO.user), ada.person)]
    assert [each.id for _, each in forums.memberships(store, ada.person)] == [there.id, ada.id]


def test_two_memberships_become_one(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """What either did and owned belongs to the one that stays, and the stronger role wins."""
    wording = Wording("Vi köper kaffe.", owner=ada.id)
    decision = decisions.record(store, forum.id, wording, year=2026, by=ada, now=NOW)
    action = actions.add(store, forum.id, what="Köp", actor=None, owner=ada.id, due_on=None, decision=None, member=ada.id,
                         now=NOW)  # fmt: skip

    people.merge(store, bo.person, ada.person)

    kept = forums.members(store, forum.id)
    assert [(each.id, each.person, each.role, each.name) for each in kept] == [
        (bo.id, bo.person, "coordinator", "Bo Alm")
    ]
    moved = decisions.get(store, forum.id, decision.id)
    assert moved is not None
    assert (moved.owner, moved.by_member, moved.recorded_by, moved.by_name) == (bo.id, bo.id, bo.id, "Bo Alm")
    assert [each.id for each in actions.of_member(store, forum.id, bo.id)] == [action]
    assert [by for _, _, by, _ in actions.history(store, forum.id, action)] == ["Bo Alm"]


def test_a_membership_that_had_ended_lives_on_in_the_other(
    store: Store, forum: Forum, ada: Member, bo: Member
) -> None:
    """Whoever is active with one account is active as one person; the organisation is the one that is known."""
    actor = forums.add_actor(store, forum.id, name="Polisen", sector="", level="")
    forums.set_actor(store, forum.id, bo.id, actor)
    forums.leave(store, forum.id, ada.id)

    people.merge(store, ada.person, bo.person)

    kept = forums.member(store, forum.id, ada.id)
    assert kept is not None
    assert (kept.state, kept.actor, kept.role) == ("active", actor, "coordinator")
