"""Messages on their way out, and where cards hang: what each verb of ``storage/outbox.py`` promises."""

from datetime import timedelta

import pytest

from storage import forums, outbox, people
from storage.db import Store
from storage.outbox import Address, Letter
from storage.records import Forum, Member
from tests.stage.samples import ADA, CHANNEL, GROUP, NOW, hanging, place

CHANNEL_AT = Address("slack", "T1", CHANNEL.chat)
GROUP_AT = Address("telegram", "", GROUP.chat)
PRIVATE = Address("slack", "T1", ADA.user)


def _put(store: Store, to: Address = CHANNEL_AT, **more: object) -> Letter:
    values = {"now": NOW, "language": "sv", "zone": "UTC", **more}
    return outbox.put(store, "post", to, '{"a": 1}', **values)  # type: ignore[arg-type]


def _state(store: Store, one: Letter) -> str:
    return getattr(outbox.letter(store, one.id), "state", "")


def test_a_message_is_kept_whole(store: Store, forum: Forum, ada: Member) -> None:
    """What is handed to the dispatcher is what the next process would read."""
    one = outbox.put(
        store, "direct", PRIVATE, "{}", now=NOW, language="en", zone="UTC", forum=forum.id, person=ada.person,
        card_name="card", care="once", fallback="[]", replaces="1.1", thread="2.2", reply_to="3",
        matters=((forum.id, "action-1"), (404, "news-9f")),
    )  # fmt: skip

    assert outbox.letter(store, one.id) == one
    assert (one.state, one.attempts, one.due_at, one.to) == ("new", 0, NOW, PRIVATE)
    assert outbox.letter(store, 404) is None


def test_a_message_that_waits_says_what_changed_behind_it(store: Store, forum: Forum, ada: Member) -> None:
    """The last change of its card, for that person alone."""

    def put(kind: str, card: str, name: str, person: int | None) -> Letter:
        return outbox.put(store, kind, PRIVATE, card, now=NOW, language="sv", zone="UTC", forum=forum.id,
                          person=person, card_name=name)  # fmt: skip

    one = put("direct", "first", "card", ada.person)
    assert outbox.newest_card(store, one) == "first"
    for card, name, person in (("second", "card", ada.person), ("third", "card", ada.person), ("x", "other", ada.person),
                               ("y", "card", None)):  # fmt: skip
        put("update", card, name, person)
    assert outbox.newest_card(store, one) == "third"
    assert outbox.newest_card(store, put("direct", "alone", "", ada.person)) == "alone"


def test_what_waits_is_read_in_order(store: Store) -> None:
    """New ones and those that were being sent, oldest first, page by page; finished ones are not among them."""
    letters = [_put(store) for _ in range(5)]
    outbox.mark_sending(store, letters[1].id)
    for one, state in ((letters[2], "sent"), (letters[3], "unknown")):
        outbox.mark(store, one.id, state)

    waiting = outbox.waiting(store)

    assert [(each.id, each.state, each.attempts) for each in waiting] == [
        (letters[0].id, "new", 0), (letters[1].id, "sending", 1), (letters[4].id, "new", 0),
    ]  # fmt: skip
    assert [each.id for each in outbox.waiting(store, after=letters[0].id, most=1)] == [letters[1].id]
    assert [outbox.count(store, each) for each in ("new", "sending", "sent", "dead")] == [2, 1, 1, 0]


@pytest.mark.parametrize(
    ("state", "kept"),
    [("sent", ""), ("dropped", ""), ("dead", '{"a": 1}'), ("unknown", '{"a": 1}'), ("new", '{"a": 1}')],
)
def test_words_are_kept_only_as_long_as_they_are_needed(store: Store, state: str, kept: str) -> None:
    """A finished message forgets what it said; one that somebody may still have to look at does not."""
    one = _put(store)

    outbox.mark(store, one.id, state, "why")

    assert getattr(outbox.letter(store, one.id), "card", None) == kept
    assert _state(store, one) == state


def test_a_card_is_written_to_every_place_of_its_forum(store: Store, forum: Forum, other: Forum) -> None:
    """Each place in its own language or the forum's; from then on the card hangs there."""
    channel, group = place(store, CHANNEL, forum.id), place(store, GROUP, forum.id)
    place(store, CHANNEL.__class__("slack", "T1", "C9"), other.id)
    gone = place(store, CHANNEL.__class__("slack", "T1", "C8"), forum.id)
    forums.suspend_chat(store, "slack", "T1", gone.chat)
    forums.speak(store, group.id, "en")

    letters = outbox.post(
        store, forum.id, "{}", now=NOW, language="sv", zone="UTC", card_name="card", care="once"
    )

    assert [(each.to, each.language) for each in letters] == [(CHANNEL_AT, "sv"), (GROUP_AT, "en")]
    assert [outbox.letter(store, each.id) for each in letters] == letters
    assert hanging(store, "card") == [(CHANNEL_AT, None), (GROUP_AT, None)]
    assert channel.id < group.id


def test_a_card_without_a_name_hangs_nowhere(store: Store, forum: Forum) -> None:
    """It is written and forgotten."""
    place(store, CHANNEL, forum.id)

    assert (
        len(outbox.post(store, forum.id, "{}", now=NOW, language="sv", zone="", card_name="", care="repeat"))
        == 1
    )
    assert hanging(store, "") == []


def test_an_update_speaks_to_each_in_their_own_language(store: Store, forum: Forum, ada: Member) -> None:
    """A person in theirs, a place in its own, all others in the one given; nothing where the card does not hang."""
    place(store, CHANNEL, forum.id)
    group = place(store, GROUP, forum.id)
    forums.speak(store, group.id, "en")
    people.speak(store, ada.person, "en")
    for to, person in ((CHANNEL_AT, None), (GROUP_AT, None), (PRIVATE, ada.person)):
        outbox.hang(store, "card", to, forum=forum.id, person=person)

    letters = outbox.update(store, forum.id, "{}", now=NOW, language="sv", zone="UTC", card_name="card")

    said = {each.to.chat: (each.kind, each.language, each.person, each.forum) for each in letters}
    assert said == {
        CHANNEL.chat: ("update", "sv", None, forum.id),
        GROUP.chat: ("update", "en", None, forum.id),
        ADA.user: ("update", "en", ada.person, forum.id),
    }
    assert [outbox.letter(store, each.id) for each in letters] == letters
    assert outbox.update(store, forum.id, "{}", now=NOW, language="sv", zone="", card_name="x") == []


def test_a_card_that_arrived_can_be_found_again(store: Store) -> None:
    """By its name its message, by its message its name; hung up again it has no message until it is sent."""
    outbox.hang(store, "card", CHANNEL_AT, forum=None, person=None)
    one = _put(store, card_name="card")
    assert outbox.message_of(store, "card", CHANNEL_AT) == ""

    outbox.mark_sent(store, one, "17.5")

    assert _state(store, one) == "sent"
    assert outbox.message_of(store, "card", CHANNEL_AT) == "17.5"
    assert outbox.card_at(store, CHANNEL_AT, "17.5") == "card"
    assert outbox.card_at(store, CHANNEL_AT, "17.6") == ""
    assert outbox.shows(store, "card", CHANNEL_AT, "17.5")
    assert not outbox.shows(store, "card", CHANNEL_AT, "17.6")
    assert not outbox.shows(store, "cards", CHANNEL_AT, "17.5")
    assert outbox.message_of(store, "card", GROUP_AT) == ""
    outbox.hang(store, "card", CHANNEL_AT, forum=None, person=None)
    assert outbox.message_of(store, "card", CHANNEL_AT) == ""


def test_a_message_without_an_id_is_sent_all_the_same(store: Store) -> None:
    """Some messages cannot be found again: an ephemeral, a page."""
    outbox.hang(store, "card", CHANNEL_AT, forum=None, person=None)
    one = _put(store, card_name="card")

    outbox.mark_sent(store, one, "")

    assert _state(store, one) == "sent"
    assert outbox.message_of(store, "card", CHANNEL_AT) == ""


def test_cards_are_taken_down(store: Store, forum: Forum, other: Forum, ada: Member) -> None:
    """Of one forum in one chat, or of one person in private; everything else stays where it hangs."""
    for name, owner in (("mine", forum), ("theirs", other)):
        outbox.hang(store, name, CHANNEL_AT, forum=owner.id, person=None)
        outbox.hang(store, name, PRIVATE, forum=owner.id, person=ada.person)

    outbox.take_down_in(store, forum.id, CHANNEL_AT)
    assert hanging(store, "mine") == [(PRIVATE, ada.person)]
    outbox.take_down_of(store, forum.id, ada.person)
    assert hanging(store, "mine") == []
    assert len(hanging(store, "theirs")) == 2


def test_old_finished_messages_are_forgotten(store: Store) -> None:
    """Those that arrived, were dropped or have been unclear since before an instant; what waits is kept."""
    old = [_put(store) for _ in range(4)]
    for one, state in zip(old, ("sent", "dropped", "unknown", "new"), strict=True):
        outbox.mark(store, one.id, state)
    young = _put(store, now=NOW + timedelta(days=2))
    outbox.mark(store, young.id, "sent")

    outbox.prune(store, NOW + timedelta(days=1), unknown_before=NOW + timedelta(days=1))

    assert [_state(store, each) for each in (*old, young)] == ["", "", "", "new", "sent"]


@pytest.mark.parametrize("state", ["sent", "dropped", "dead", "unknown"])
def test_what_may_leave_no_trace_goes_when_it_is_finished(store: Store, state: str) -> None:
    """It has no time while it waits, stays while it is tried, and is gone however it ended."""
    one = _put(store, PRIVATE, care="forget")
    outbox.mark_sending(store, one.id)
    outbox.mark(store, one.id, "new", "asked to wait")
    assert outbox.letter(store, one.id) == one
    assert one.due_at.year == 1970

    outbox.mark(store, one.id, state)

    assert outbox.letter(store, one.id) is None
    assert store.one("select count(*) from outbox") == (0,)


def test_what_may_be_missing_is_kept_for_those_on_leave(store: Store) -> None:
    """Longer than what arrived, and not for ever."""
    sent, unknown = _put(store), _put(store)
    outbox.mark(store, sent.id, "sent")
    outbox.mark(store, unknown.id, "unknown")

    outbox.prune(store, NOW + timedelta(days=1), unknown_before=NOW)
    assert [outbox.letter(store, each.id) is None for each in (sent, unknown)] == [True, False]
    outbox.prune(store, NOW + timedelta(days=1), unknown_before=NOW + timedelta(days=1))
    assert outbox.letter(store, unknown.id) is None
