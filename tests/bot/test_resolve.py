"""Who is this, where are we, which forum is meant: and that nobody gets at a forum that is not theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.resolve import Surroundings, resolve
from handlers.kit.access import Deed, Standing, standing
from handlers.kit.effects import Effects
from handlers.kit.feature import Book, Feature, UnknownAction
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Due, Entry, Happened, Request, Said, Submit
from storage import forums, intake, outbox, people
from storage.intake import Draft
from storage.outbox import Address
from storage.sqlite import SqliteDatabase
from tests.stage.samples import (
    ADA,
    BO,
    CHANNEL,
    CILLA,
    GROUP,
    NO_BALLOTS,
    NOW,
    Sample,
    add_forum,
    sample_forum,
)

AROUND = Surroundings.of(Book.of((Feature("empty"),)), {}, "sv", b"secret", NO_BALLOTS)
DAN = Account("slack", "T1", "UDAN", "Dan Lu", "en-GB")
PRIVATE = Chat("slack", "T1", ADA.user, private=True)


@pytest.fixture(name="sample")
def _sample(database: SqliteDatabase) -> Iterator[Sample]:
    database.writer.execute("begin")
    yield sample_forum(database.store)
    database.writer.execute("rollback")


def _resolved(sample: Sample, inbound: AnyInbound) -> Request:
    return resolve(sample.store, inbound, AROUND, NOW)


def _said(who: Account | None, chat: Chat | None, text: str = "hej", *, command: bool = False) -> Said:
    return Said(key="1", who=who, chat=chat, text=text, command=command)


def _private(who: Account) -> Chat:
    return Chat(who.platform, who.workspace, who.user, private=True)


# --- In a chat -------------------------------------------------------------------------------------------------


def test_a_member_in_the_forums_chat(sample: Sample) -> None:
    """The chat says which forum, the account says who."""
    req = _resolved(sample, _said(ADA, CHANNEL))

    assert (req.forum, req.member, req.place) == (sample.forum, sample.ada, sample.channel)
    assert req.person == people.get(sample.store, sample.ada.person)
    assert (req.now, req.secret, req.zone) == (NOW, b"secret", "Europe/Stockholm")
    assert standing(req) is Standing.COORDINATOR


def test_somebody_new_is_met(sample: Sample) -> None:
    """A person seen for the first time in the forum's chat is a guest there, and known from then on."""
    req = _resolved(sample, _said(DAN, CHANNEL))

    assert standing(req) is Standing.GUEST
    assert req.person is not None
    assert people.known(sample.store, "slack", "T1", "UDAN") == (req.person, "Dan Lu", True)
    assert _resolved(sample, _said(DAN, CHANNEL)).person == req.person


def test_a_chat_seen_for_the_first_time_belongs_to_no_forum(sample: Sample) -> None:
    """It is remembered as a place, for somebody may start a forum there."""
    req = _resolved(sample, _said(ADA, replace(CHANNEL, chat="C9", title="nytt")))

    assert (req.forum, standing(req)) == (None, Standing.STRANGER)
    assert req.place is not None
    assert (req.place.title, req.place.state) == ("nytt", "active")


def test_a_topic_that_nobody_tied_belongs_to_the_forum_of_its_chat(sample: Sample) -> None:
    """In a Telegram group with topics the whole group is the forum's, unless a topic is another forum's own."""
    other = add_forum(sample.store, "Annat", invite="annan")
    own = forums.add_place(sample.store, "telegram", "", GROUP.chat, "5", "")
    forums.tie(sample.store, own.id, other.id)

    assert _resolved(sample, _said(CILLA, replace(GROUP, topic="4"))).forum == sample.forum
    assert _resolved(sample, _said(CILLA, replace(GROUP, topic="5"))).forum == other


def test_a_chat_that_moved_is_the_same_place(sample: Sample) -> None:
    """What still comes in under a chat's old id belongs to the place that it is now."""
    forums.move_chat(sample.store, "telegram", "", GROUP.chat, "-1008")

    req = _resolved(sample, _said(CILLA, GROUP))

    assert req.forum == sample.forum
    assert req.place is not None
    assert (req.place.id, req.place.chat) == (sample.group.id, "-1008")


def test_a_chat_that_was_left_lives_again_when_the_bot_is_back(sample: Sample) -> None:
    """The first word out of a suspended chat shows that we are in it; its forum and its name are still known."""
    forums.suspend_chat(sample.store, "slack", "T1", CHANNEL.chat)

    req = _resolved(sample, _said(ADA, replace(CHANNEL, title="")))

    assert req.place == sample.channel


def test_what_nobody_did_has_no_person(sample: Sample) -> None:
    """A renamed channel is in a place, and that is all."""
    req = _resolved(sample, Happened(key="1", chat=CHANNEL, what="chat-renamed"))

    assert (req.person, req.member, req.forum) == (None, None, sample.forum)


def test_a_changed_name_is_followed(sample: Sample) -> None:
    """Somebody who is called something else on the platform now is called so here."""
    _resolved(sample, _said(replace(BO, name="Bo Berg"), CHANNEL))
    _resolved(sample, _said(replace(BO, name=""), CHANNEL))

    member = forums.member(sample.store, sample.forum.id, sample.bo.id)
    assert member is not None
    assert member.name == "Bo Berg"


def test_the_same_user_id_in_another_workspace_is_somebody_else(sample: Sample) -> None:
    """Identity is platform, workspace and user id together."""
    twin = _resolved(sample, _said(replace(ADA, workspace="T2"), CHANNEL))

    assert twin.person is not None
    assert twin.person.id != sample.ada.person
    assert standing(twin) is Standing.GUEST


# --- In private ------------------------------------------------------------------------------------------------


def test_in_private_a_persons_only_forum_is_meant(sample: Sample) -> None:
    """Plain words in private are about the one forum one is in."""
    req = _resolved(sample, _said(BO, _private(BO)))

    assert (req.forum, req.member, req.place) == (sample.forum, sample.bo, None)


def test_in_private_the_forum_chosen_last_is_meant(sample: Sample) -> None:
    """Somebody in several forums speaks to the one they chose, and until then to the first by name."""
    other = add_forum(sample.store, "A först", invite="annan")
    member = forums.join(sample.store, other.id, sample.bo.person, actor_id=None, role="member", now=NOW)

    assert _resolved(sample, _said(BO, _private(BO))).forum == other
    intake.set_fact(sample.store, f"forum-of:{sample.bo.person}", str(sample.forum.id))
    assert _resolved(sample, _said(BO, _private(BO))).forum == sample.forum
    forums.leave(sample.store, sample.forum.id, sample.bo.id)
    assert _resolved(sample, _said(BO, _private(BO))).member == member


def test_a_stranger_in_private_has_no_forum(sample: Sample) -> None:
    """Whoever is in no forum is in none."""
    assert standing(_resolved(sample, _said(DAN, _private(DAN)))) is Standing.STRANGER


def test_a_private_word_makes_one_reachable(sample: Sample) -> None:
    """Telegram lets us write to whoever has written to us, and the last place one wrote from is written to."""
    assert people.private_account(sample.store, sample.cilla.person) is None

    _resolved(sample, _said(CILLA, GROUP))
    assert people.private_account(sample.store, sample.cilla.person) is None
    _resolved(sample, _said(CILLA, _private(CILLA)))
    assert people.private_account(sample.store, sample.cilla.person) == ("telegram", "", CILLA.user)


def test_a_private_button_means_its_own_forum(sample: Sample) -> None:
    """A button of a forum one is in is about that one, whichever was chosen last."""
    other = add_forum(sample.store, "Annat", invite="annan")
    member = forums.join(sample.store, other.id, sample.bo.person, actor_id=None, role="member", now=NOW)

    req = _resolved(sample, Click(key="1", who=BO, chat=_private(BO), data=f"a.b:{other.id}:1"))

    assert (req.forum, req.member) == (other, member)


def test_a_form_filled_in_means_its_own_forum(sample: Sample) -> None:
    """So is what is sent in with a form of that forum."""
    req = _resolved(
        sample, Submit(key="1", who=BO, chat=_private(BO), data=f"a.b:{sample.forum.id}", answers={})
    )

    assert req.member == sample.bo


def test_words_in_a_talk_mean_the_forum_of_its_form(sample: Sample) -> None:
    """Who answers the questions of one forum does not suddenly speak to another; a command is not an answer."""
    other = add_forum(sample.store, "Annat", invite="annan")
    forums.join(sample.store, other.id, sample.cilla.person, actor_id=None, role="member", now=NOW)
    draft = Draft(f"a.b:{sample.forum.id}", {}, 0, "", NOW + timedelta(hours=1))
    intake.keep_draft(sample.store, Address("telegram", "", CILLA.user), CILLA.user, draft)

    assert _resolved(sample, _said(CILLA, _private(CILLA))).forum == sample.forum
    assert _resolved(sample, _said(CILLA, _private(CILLA), command=True)).forum == other
    press = Click(key="1", who=CILLA, chat=_private(CILLA), data="form.skip:0:0:0")
    assert _resolved(sample, press).forum == sample.forum


# --- What is not one's own -------------------------------------------------------------------------------------


def test_a_button_of_another_forum_does_nothing_in_a_chat(sample: Sample) -> None:
    """Data taken from one forum's chat and pressed in another's is refused."""
    other = add_forum(sample.store, "Annat", invite="annan")

    with pytest.raises(UnknownAction):
        _resolved(sample, Click(key="1", who=ADA, chat=CHANNEL, data=f"a.b:{other.id}:1"))


@pytest.mark.parametrize(
    "data", ["a.b:{other}:1", "a.b:{other}:hemlig", "a.b:{other}", "a.b:999999", "a.b:{other}:"]
)
def test_a_forged_private_button_shows_nothing_of_another_forum(sample: Sample, data: str) -> None:
    """A forum's id lets nobody in, nor does the secret of another one; a forum that is not there looks the same."""
    other = add_forum(sample.store, "Annat", invite="annan")

    req = _resolved(sample, Click(key="1", who=BO, chat=_private(BO), data=data.format(other=other.id)))

    assert (req.forum, req.member) == (None, None)


def test_a_forums_invitation_lets_one_see_what_to_join(sample: Sample) -> None:
    """The secret of the join link is the one thing an outsider may bring."""
    req = _resolved(
        sample,
        Click(key="1", who=DAN, chat=_private(DAN), data=f"members.join_form:{sample.forum.id}:hemlig"),
    )

    assert (req.forum, standing(req)) == (sample.forum, Standing.GUEST)


def test_somebody_who_left_is_known_as_such(sample: Sample) -> None:
    """Buttons that an ex-member kept in private know the forum and that they are no longer in it."""
    forums.leave(sample.store, sample.forum.id, sample.bo.id)

    req = _resolved(sample, Click(key="1", who=BO, chat=_private(BO), data=f"a.b:{sample.forum.id}:1"))

    assert standing(req) is Standing.EX_MEMBER


def test_data_that_cannot_be_read_is_refused(sample: Sample) -> None:
    """Garbage in a button is nobody's."""
    with pytest.raises(UnknownAction):
        _resolved(sample, Click(key="1", who=ADA, chat=CHANNEL, data="garbage"))


# --- Nobody in particular --------------------------------------------------------------------------------------


def test_a_timer_speaks_for_its_forum(sample: Sample) -> None:
    """What rings has a forum, though no person and no chat."""
    due = Due(key="1", name="x", data=f"a.b:{sample.forum.id}:1", due_at=NOW, grace=timedelta(), late="ring")

    req = _resolved(sample, due)

    assert (req.forum, req.person, req.place) == (sample.forum, None, None)


def test_a_lost_message_speaks_for_its_forum(sample: Sample) -> None:
    """What could not be delivered is said elsewhere on behalf of the same forum."""
    lost = outbox.put(
        sample.store, "direct", Address("slack", "T1", "UBO"), "{}", now=NOW, language="sv", zone="", forum=sample.forum.id
    )  # fmt: skip

    assert _resolved(sample, Happened(key="1", what="undelivered", detail=str(lost.id))).forum == sample.forum
    assert _resolved(sample, Happened(key="2", what="undelivered", detail="404")).forum is None


# --- Language --------------------------------------------------------------------------------------------------


def test_the_language_is_the_closest_that_somebody_chose(sample: Sample) -> None:
    """One's own comes before that of the place, then that of the forum; before a forum, the platform's hint."""
    store = sample.store
    assert _resolved(sample, _said(BO, CHANNEL)).language == "sv"
    forums.speak(store, sample.channel.id, "en")
    assert _resolved(sample, _said(BO, CHANNEL)).language == "en"
    people.speak(store, sample.bo.person, "sv")
    assert _resolved(sample, _said(BO, CHANNEL)).language == "sv"


@pytest.mark.parametrize(
    ("hint", "language"), [("en-GB", "en"), ("sv", "sv"), ("fi", "sv"), ("", "sv"), ("EN", "en")]
)
def test_a_strangers_language_is_what_the_platform_says(sample: Sample, hint: str, language: str) -> None:
    """A language that the bot does not speak becomes the installation's own."""
    assert _resolved(sample, _said(replace(DAN, language=hint), _private(DAN))).language == language


def test_the_table_of_contents_is_there_for_everybody(sample: Sample) -> None:
    """Menu and help are built from what every request carries: each command with who may give it."""
    votes, polls = Feature("votes"), Feature("polls")
    for feature, word in ((votes, "vote"), (polls, "poll")):
        feature.command(word, Deed.RECORD, menu=feature is votes)(_run)
    around = Surroundings.of(Book.of((votes, polls)), {"rösta": "vote"}, "en", b"", NO_BALLOTS)

    req = resolve(sample.store, _said(None, None), around, NOW)

    assert req.contents == (
        Entry("vote", "votes._run", "record", True, "votes"),
        Entry("poll", "polls._run", "record", False, "polls"),
    )
    assert req.words == {"rösta": "vote"}
    assert req.language == "en"


def _run(_req: Request, _said: str) -> Effects:
    yield from ()
