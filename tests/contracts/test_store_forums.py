"""Forums, places, actors and members: what each verb of ``storage/forums.py`` promises."""

import pytest

from storage import forums, outbox, people
from storage.db import Store
from storage.outbox import Address
from storage.records import Forum, Member, Place
from tests.stage.samples import ADA, BO, NOW, add_forum, hanging, join, meet

GROUP = ("telegram", "", "-7")


def _place(store: Store, chat: str = "C1", topic: str = "", forum: Forum | None = None) -> Place:
    place = forums.add_place(store, "slack", "T1", chat, topic, f"#{chat}")
    if forum:
        forums.tie(store, place.id, forum.id)
    known = forums.place(store, place.id)
    assert known is not None
    return known


# --- Places ----------------------------------------------------------------------------------------------------


def test_a_place_is_remembered(store: Store) -> None:
    """A new chat belongs to no forum, speaks no language of its own and is active."""
    place = forums.add_place(store, "slack", "T1", "C1", "", "trygghet")

    assert place == Place(place.id, None, "slack", "T1", "C1", "", "trygghet", "", "active")
    assert forums.place_at(store, "slack", "T1", "C1", "") == place
    assert forums.place(store, place.id) == place
    assert forums.place(store, 404) is None
    assert forums.place_at(store, "slack", "T2", "C1", "") is None
    assert forums.place_at(store, "telegram", "T1", "C1", "") is None


def test_a_place_added_again_is_the_same(store: Store, forum: Forum) -> None:
    """It keeps its id and its forum, takes its new title, and is active again if it was gone."""
    place = _place(store, forum=forum)
    forums.suspend_chat(store, "slack", "T1", "C1")

    again = forums.add_place(store, "slack", "T1", "C1", "", "ny")

    assert (again.id, again.forum, again.title, again.state) == (place.id, forum.id, "ny", "active")


def test_a_topic_is_found_before_its_chat(store: Store) -> None:
    """A message in a topic belongs to the topic's own place, or else to that of the whole chat."""
    whole, topic = _place(store), _place(store, topic="5")

    assert forums.place_at(store, "slack", "T1", "C1", "5") == topic
    assert forums.place_at(store, "slack", "T1", "C1", "6") == whole
    assert forums.place_at(store, "slack", "T1", "C1", "") == whole


def test_a_forum_lives_in_several_places(store: Store, forum: Forum, other: Forum) -> None:
    """Active ones, oldest first; a chat let go or gone is not among them."""
    first, second, third = (_place(store, chat, forum=forum) for chat in ("C3", "C1", "C2"))
    _place(store, "C4", forum=other)
    _place(store, "C5")
    assert forums.places(store, forum.id) == [first, second, third]

    forums.tie(store, first.id, None)
    forums.suspend_chat(store, "slack", "T1", "C2")

    assert forums.places(store, forum.id) == [second]


def test_a_place_may_speak_another_language_than_its_forum(store: Store) -> None:
    """Chosen, and given back to the forum."""
    place = _place(store)

    forums.speak(store, place.id, "en")
    assert getattr(forums.place(store, place.id), "language", None) == "en"
    forums.speak(store, place.id, "")
    assert forums.place(store, place.id) == place


def test_the_forums_places_in_one_chat(store: Store, forum: Forum) -> None:
    """A chat and its topics, gone or not, as long as they belong to some forum."""
    whole, topic = _place(store, forum=forum), _place(store, topic="5", forum=forum)
    _place(store, topic="6")
    _place(store, "C2", forum=forum)
    forums.suspend_chat(store, "slack", "T1", "C1")

    found = forums.forum_places_in_chat(store, "slack", "T1", "C1")

    assert [(each.id, each.state) for each in found] == [(whole.id, "gone"), (topic.id, "gone")]


def test_a_chats_new_name_reaches_all_its_topics(store: Store) -> None:
    """Renaming changes titles and nothing else."""
    first, second = _place(store), _place(store, topic="5")

    forums.rename_chat(store, "slack", "T1", "C1", "ny")

    for each in (first, second):
        known = forums.place(store, each.id)
        assert known is not None
        assert (known.title, known.chat, known.topic) == ("ny", "C1", each.topic)


def test_suspending_tells_which_places_were_lost(store: Store, forum: Forum) -> None:
    """Those that were active there; saying it again finds none."""
    place = _place(store, forum=forum)

    assert [(each.id, each.state) for each in forums.suspend_chat(store, "slack", "T1", "C1")] == [
        (place.id, "gone")
    ]
    assert forums.suspend_chat(store, "slack", "T1", "C1") == []
    assert forums.suspend_chat(store, "slack", "T1", "C9") == []


def test_a_topic_is_suspended_alone(store: Store) -> None:
    """The group and its other topics go on."""
    _place(store)
    topic, _ = _place(store, topic="5"), _place(store, topic="6")

    assert [each.id for each in forums.suspend_chat(store, "slack", "T1", "C1", "5")] == [topic.id]
    assert len(forums.suspend_chat(store, "slack", "T1", "C1")) == 2


def test_a_chat_that_moves_moves_everything(store: Store, forum: Forum) -> None:
    """Its places, what waits for it and where cards hang follow; saying it twice is harmless."""
    place = forums.add_place(store, *GROUP, "", "Grupp")
    forums.tie(store, place.id, forum.id)
    letter = outbox.put(store, "post", Address(*GROUP), "{}", now=NOW, language="sv", zone="")
    outbox.hang(store, "card", Address(*GROUP), forum=forum.id, person=None)

    for _ in range(2):
        forums.move_chat(store, "telegram", "", "-7", "-100")

    assert [each.chat for each in forums.places(store, forum.id)] == ["-100"]
    assert getattr(outbox.letter(store, letter.id), "to", None) == Address("telegram", "", "-100")
    assert hanging(store, "card") == [(Address("telegram", "", "-100"), None)]
    assert forums.moved_to(store, "telegram", "", "-7") == "-100"
    assert forums.moved_to(store, "telegram", "", "-100") == "-100"


def test_what_is_written_to_the_old_id_later_follows_when_the_move_is_told_again(
    store: Store, forum: Forum
) -> None:
    """An old message may still be pressed. What hangs in the new chat keeps its message."""
    forums.move_chat(store, "telegram", "", "-7", "-100")
    new = Address("telegram", "", "-100")
    outbox.hang(store, "card", new, forum=forum.id, person=None)
    store.run("update card_post set message = '5'")
    letter = outbox.put(
        store, "post", Address(*GROUP), "{}", now=NOW, language="sv", zone="", replaces="7", reply_to="8"
    )

    forums.move_chat(store, "telegram", "", "-7", "-100")

    found = outbox.letter(store, letter.id)
    assert found is not None
    assert (found.to, found.replaces, found.reply_to) == (new, "", "")
    assert outbox.message_of(store, "card", new) == "5"


def test_a_chat_that_moves_on_and_comes_back_is_found_under_every_id(store: Store, forum: Forum) -> None:
    """Slack gives a channel another id when it is shared, and may give it the first one again."""
    forums.tie(store, forums.add_place(store, "slack", "T1", "C1", "", "x").id, forum.id)

    for old, new in (("C1", "C2"), ("C2", "C3"), ("C3", "C1"), ("C1", "C2")):
        forums.move_chat(store, "slack", "T1", old, new)

        assert [each.chat for each in forums.places(store, forum.id)] == [new]
        assert forums.moved_to(store, "slack", "T1", old) == new
        assert forums.moved_to(store, "slack", "T1", new) == new
    assert forums.moved_to(store, "slack", "T1", "C3") == "C2"


@pytest.mark.parametrize("tied", ["old", "new"])
def test_a_chat_seen_under_its_new_id_first_is_one_chat_in_the_end(
    store: Store, forum: Forum, tied: str
) -> None:
    """Of two places that turn out to be one, the one with the forum stays."""
    places = {
        "old": forums.add_place(store, *GROUP, "", "G"),
        "new": forums.add_place(store, "telegram", "", "-100", "", "G"),
    }
    forums.tie(store, places[tied].id, forum.id)
    for chat in ("-7", "-100"):
        outbox.hang(store, "card", Address("telegram", "", chat), forum=forum.id, person=None)

    forums.move_chat(store, "telegram", "", "-7", "-100")

    assert [each.id for each in forums.places(store, forum.id)] == [places[tied].id]
    assert forums.place_at(store, "telegram", "", "-7", "") is None
    assert hanging(store, "card") == [(Address("telegram", "", "-100"), None)]


# --- Forums ----------------------------------------------------------------------------------------------------


def test_a_forum_is_created_changed_and_found(store: Store) -> None:
    """At first every member may change decisions; all settings can be changed, the id and the invitation stay."""
    forum = forums.create(
        store,
        name="Trygg",
        challenge="Mörkt",
        language="sv",
        zone="Europe/Stockholm",
        invite="hemlig",
        now=NOW,
    )
    assert forum == Forum(forum.id, "Trygg", "Mörkt", "sv", "Europe/Stockholm", "members", "hemlig")
    assert forums.get(store, forum.id) == forum
    assert forums.get(store, 404) is None

    forums.change(store, forum.id, name="T", challenge="M", language="en", zone="UTC", amend="coordinators")

    assert forums.get(store, forum.id) == Forum(forum.id, "T", "M", "en", "UTC", "coordinators", "hemlig")


def test_an_invitation_can_be_renewed(store: Store, forum: Forum, other: Forum) -> None:
    """The old secret is gone; other forums keep theirs."""
    forums.renew_invite(store, forum.id, "ny")

    assert getattr(forums.get(store, forum.id), "invite", None) == "ny"
    assert forums.get(store, other.id) == other


# --- Actors ----------------------------------------------------------------------------------------------------


def test_an_actor_is_one_however_it_is_written(store: Store, forum: Forum, other: Forum) -> None:
    """Capitals and spaces make no second organisation; in another forum it is counted anew."""
    town = forums.add_actor(store, forum.id, name="Sundköpings  kommun", sector="public", level="local")
    again = forums.add_actor(store, forum.id, name="sundköpings KOMMUN", sector="", level="")
    police = forums.add_actor(store, forum.id, name="Polisen", sector="public", level="regional")
    there = forums.add_actor(store, other.id, name="Polisen", sector="public", level="regional")

    assert (town, again, police, there) == (1, 1, 2, 1)
    assert [each.name for each in forums.actors(store, forum.id)] == ["Polisen", "Sundköpings  kommun"]
    found = forums.actor(store, forum.id, town)
    assert found is not None
    assert (found.forum, found.id, found.sector, found.level) == (forum.id, 1, "public", "local")
    assert forums.actor(store, forum.id, 3) is None
    assert forums.actor(store, other.id, 2) is None


# --- Members ---------------------------------------------------------------------------------------------------


def test_a_person_becomes_a_member(store: Store, forum: Forum, other: Forum) -> None:
    """Numbered within the forum, active, under the person's name, found by number and by person."""
    member = join(store, forum, ADA, "coordinator")

    assert member == Member(forum.id, 1, member.person, None, "coordinator", "active", "Ada Ek")
    assert forums.member(store, forum.id, 1) == member
    assert forums.member_of(store, forum.id, member.person) == member
    assert forums.member(store, other.id, 1) is None
    assert forums.member_of(store, other.id, member.person) is None


def test_a_member_who_comes_back_is_the_same(store: Store, forum: Forum) -> None:
    """Number and role stay, whatever was asked for; the organisation is the new one."""
    actor = forums.add_actor(store, forum.id, name="Polisen", sector="", level="")
    member = join(store, forum, ADA, "coordinator")
    forums.leave(store, forum.id, member.id)
    left = forums.member(store, forum.id, member.id)
    assert left is not None
    assert left.state == "left"

    back = forums.join(store, forum.id, member.person, actor_id=actor, role="member", now=NOW)

    assert back == Member(forum.id, 1, member.person, actor, "coordinator", "active", "Ada Ek")


def test_members_are_listed_by_name(store: Store, forum: Forum, other: Forum) -> None:
    """Only active ones of this forum, of one organisation where that is asked for."""
    police = forums.add_actor(store, forum.id, name="Polisen", sector="", level="")
    bo, ada = join(store, forum, BO, actor=police), join(store, forum, ADA, "coordinator")
    gone = forums.join(store, forum.id, people.meet(store, "slack", "T1", "U9", name="Aa", now=NOW).id, actor_id=None,
                       role="member", now=NOW)  # fmt: skip
    forums.leave(store, forum.id, gone.id)
    forums.join(store, other.id, ada.person, actor_id=None, role="member", now=NOW)

    assert forums.members(store, forum.id) == [ada, bo]
    assert forums.members(store, forum.id, actor_id=police) == [bo]
    assert forums.coordinators(store, forum.id) == [ada]


def test_a_persons_forums(store: Store, forum: Forum, other: Forum) -> None:
    """Those they are active in, by name."""
    ada = join(store, forum, ADA)
    there = forums.join(store, other.id, ada.person, actor_id=None, role="coordinator", now=NOW)
    left = forums.join(
        store, add_forum(store, "Borta", invite="x").id, ada.person, actor_id=None, role="member", now=NOW
    )
    forums.leave(store, left.forum, left.id)

    assert forums.memberships(store, ada.person) == [(other, there), (forum, ada)]
    assert forums.memberships(store, meet(store, BO).id) == []


def test_role_and_organisation_can_change(store: Store, forum: Forum) -> None:
    """Of one member, and of nobody else."""
    actor = forums.add_actor(store, forum.id, name="Polisen", sector="", level="")
    ada, bo = join(store, forum, ADA), join(store, forum, BO)

    forums.set_role(store, forum.id, ada.id, "coordinator")
    forums.set_actor(store, forum.id, ada.id, actor)

    changed = forums.member(store, forum.id, ada.id)
    assert changed is not None
    assert (changed.role, changed.actor) == ("coordinator", actor)
    assert forums.member(store, forum.id, bo.id) == bo
