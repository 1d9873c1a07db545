"""Who can read in a chat: what each verb of ``storage/audience.py`` promises, and what is not sent meanwhile."""

from dataclasses import replace

from storage import audience, forums, outbox
from storage.db import Store
from storage.outbox import Address
from storage.records import Forum, Place
from tests.stage.samples import NOW, add_forum


def placed(store: Store, forum: Forum, chat: str) -> Place:
    """A channel of the forum."""
    place = forums.add_place(store, "slack", "T1", chat, "", chat)
    forums.tie(store, place.id, forum.id)
    known = forums.place(store, place.id)
    assert known is not None
    return known


def test_a_chat_that_is_held_is_no_place_to_post_to(store: Store, forum: Forum) -> None:
    """It is known and waits, with all its topics; it is released once, for its own forum."""
    place = placed(store, forum, "C1")
    other = placed(store, forum, "C2")

    audience.hold(store, "slack", "T1", "C1")

    assert forums.places(store, forum.id) == [other]
    assert [(each.id, each.state) for each in forums.chats(store, forum.id)] == [
        (place.id, "held"),
        (other.id, "active"),
    ]
    assert not audience.release(store, forum.id + 1, place)
    assert audience.release(store, forum.id, place)
    assert not audience.release(store, forum.id, place)
    assert forums.place(store, place.id) == place


def test_neither_a_visit_nor_a_removal_ends_the_wait(store: Store, forum: Forum) -> None:
    """To be thrown out and let in again is no yes; to be tied by somebody who sees the chat is one."""
    place = placed(store, forum, "C1")
    audience.hold(store, "slack", "T1", "C1")

    assert forums.suspend_chat(store, "slack", "T1", "C1") == []
    assert forums.add_place(store, "slack", "T1", "C1", "", "ny").state == "held"
    forums.tie(store, place.id, None)
    assert forums.add_place(store, "slack", "T1", "C1", "", "ny").state == "active"


def test_only_what_everybody_there_can_read_waits(store: Store, forum: Forum) -> None:
    """A card is not sent there, an answer to one person is, and a message to another chat."""
    placed(store, forum, "C1")
    audience.hold(store, "slack", "T1", "C1")

    def goes(kind: str, chat: str) -> bool:
        to = Address("slack", "T1", chat)
        letter = outbox.put(store, kind, to, "{}", now=NOW, language="sv", zone="UTC", forum=forum.id)
        return outbox.mark_sending(store, letter.id)

    assert [goes(kind, "C1") for kind in ("post", "update", "whisper")] == [False, False, True]
    assert goes("post", "C2")


def test_whether_outsiders_can_read_is_remembered(store: Store, forum: Forum) -> None:
    """Unknown until it is told; it is an opening where it was closed before, in any topic of the chat."""
    place = placed(store, forum, "C1")
    assert place.public is None
    assert not audience.note(store, "slack", "T1", "C1", public=True)
    assert forums.place(store, place.id) == replace(place, public=1)

    assert not audience.note(store, "slack", "T1", "C1", public=False)
    topic = forums.add_place(store, "slack", "T1", "C1", "5", "C1")
    assert topic.public is None
    assert audience.note(store, "slack", "T1", "C1", public=True)
    assert not audience.note(store, "slack", "T1", "C1", public=True)


def test_a_chat_that_was_lost_waits_too(store: Store, forum: Forum) -> None:
    """It may open while we are out of it; to come back is no yes."""
    place = placed(store, forum, "C1")
    forums.suspend_chat(store, "slack", "T1", "C1")

    audience.hold(store, "slack", "T1", "C1")

    assert forums.add_place(store, "slack", "T1", "C1", "", "C1").state == "held"
    assert forums.places(store, forum.id) == []
    assert audience.release(store, forum.id, place)


def test_two_forums_in_one_chat_wait_each_for_their_own(store: Store, forum: Forum) -> None:
    """What one of them lets through does not wait for the other."""
    mine = placed(store, forum, "C1")
    other = forums.add_place(store, "slack", "T1", "C1", "5", "C1")
    forums.tie(store, other.id, add_forum(store).id)
    audience.hold(store, "slack", "T1", "C1")
    audience.release(store, forum.id, mine)

    to = Address("slack", "T1", "C1")
    letter = outbox.put(store, "post", to, "{}", now=NOW, language="sv", zone="UTC", forum=forum.id)

    assert outbox.mark_sending(store, letter.id)
