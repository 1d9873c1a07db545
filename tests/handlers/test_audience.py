"""Stories of a chat that opens to more people: nothing is posted there until a coordinator agrees."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.playground.slack.world import BOT_USER
from bot.playground.telegram.errors import Impossible
from bot.telegram.deep_links import payload_of
from handlers.kit.doors import join
from storage import forums, wishes
from storage.wishes import Wishes
from tests.handlers.apart import CHANNEL, GROUP
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, Somebody
from tests.stage.ready import Ready, meet, ready_forum

NEIGHBOURS = "T0NEIGHBOURS"
FIRST, SECOND = {"number": "1/2026"}, {"number": "2/2026"}


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def is_shared(ready: Ready) -> None:
    """Another organisation comes into the channel, and the coordinator reads what that means."""
    ready.chat.does(ready.chat.slack.share(ready.chat.channel, NEIGHBOURS))
    asked = ready.ada.sees("audience-title", chat=CHANNEL)
    assert ready.chat.t("audience-shared") in asked


def from_outside(ready: Ready) -> SlackPerson:
    """Somebody of the other organisation, in the channel."""
    return ready.chat.slack_person("Eva Li", team=NEIGHBOURS)


def states(ready: Ready) -> list[str]:
    """How the bot stands in the channel and in the group."""
    every = ready.store(lambda store: [forums.place(store, number) for number in (1, 2)])
    return [each.state for each in every if each]


def sees_the_decision(who: Somebody, number: dict[str, str]) -> None:
    """The card of a decision comes to somebody, and there is nothing else to read."""
    who.sees("decision-title-standing", **number)
    who.reads_all()


# --- A channel is shared ---------------------------------------------------------------------------------------


def test_a_shared_channel_is_left_in_peace_until_the_coordinator_agrees(ready: Ready) -> None:
    """What is decided elsewhere is not shown there meanwhile; one press in private ends it."""
    is_shared(ready)
    ready.cilla.commands("beslut Vi tänder lyktorna")
    sees_the_decision(ready.cilla, FIRST)
    ready.bo.sees_nothing_new()
    assert states(ready) == ["held", "active"]

    ready.ada.clicks("audience-let-post")

    ready.ada.sees("audience-agreed", chat=CHANNEL)
    ready.bo.sees("setup-back", name=ready.forum.name)
    ready.chat.reads_everything()
    ready.cilla.commands("beslut Vi lagar trappan")
    sees_the_decision(ready.bo, SECOND)
    ready.chat.reads_everything()


@pytest.mark.parametrize("words", ["beslut Vi tänder lyktorna", "hjälp", "abrakadabra"])
def test_whoever_writes_there_hears_why_nothing_happens(ready: Ready, words: str) -> None:
    """A member and somebody from outside get the same sentence, and nothing is recorded."""
    is_shared(ready)

    for who in (ready.bo, from_outside(ready)):
        who.says(f"@samsyn {words}")
        assert ready.chat.t("audience-let-post") not in who.sees("refused-held", chat=CHANNEL)

    assert ready.store(lambda store: store.one("select count(*) from decision")) == (0,)
    ready.chat.reads_everything()


def test_a_coordinator_may_agree_on_the_spot(ready: Ready) -> None:
    """For whoever coordinates the sentence comes with the button."""
    is_shared(ready)
    ready.ada.says("@samsyn hjälp")
    ready.ada.sees("refused-held", chat=CHANNEL)

    ready.ada.clicks("audience-let-post")

    ready.ada.sees("audience-agreed", chat=CHANNEL)
    ready.bo.sees("setup-back", name=ready.forum.name)
    assert states(ready) == ["active", "active"]
    ready.chat.reads_everything()


def test_a_card_that_hangs_there_neither_answers_nor_follows(ready: Ready) -> None:
    """A press is refused, and a change made in the other chat is not shown."""
    ready.cilla.commands("beslut Vi tänder lyktorna")
    ready.chat.reads_everything()
    is_shared(ready)

    ready.bo.clicks("decision-undo")
    assert ready.chat.t("refused-held", chat=CHANNEL) in "".join(ready.bo.reads_all())
    ready.cilla.clicks("decision-undo")
    ready.cilla.sees("decision-title-undone", **FIRST)

    ready.bo.sees_nothing_new()
    ready.chat.reads_everything()


def test_who_comes_into_a_shared_channel_is_not_greeted(ready: Ready) -> None:
    """They may be one of those who were not to read along."""
    is_shared(ready)
    eva = ready.chat.slack.world.add_user("eva", "Eva Li", team=NEIGHBOURS)

    ready.chat.does(ready.chat.slack.join(eva, ready.chat.channel))

    assert ready.chat.unread() == []


def test_two_coordinators_who_agree_are_one(ready: Ready) -> None:
    """The second finds it agreed, even when they press before they see it, and the chat hears of it once."""
    ready.store(lambda store: store.run("update member set role = 'coordinator' where id = 2"))
    is_shared(ready)
    late = remembers(ready, ready.bo)
    ready.bo.reads_all()

    ready.ada.clicks("audience-let-post")
    ready.ada.sees("audience-agreed", chat=CHANNEL)
    late()

    assert [ready.chat.t("audience-agreed", chat=CHANNEL) in each for each in ready.bo.reads_all()].count(
        True
    ) <= 2
    ready.chat.reads_everything()


def remembers(ready: Ready, who: SlackPerson) -> Callable[[], None]:
    """The button as somebody has it on the screen, to be pressed whatever has become of it."""
    slack, label = ready.chat.slack, ready.chat.t("audience-let-post")
    for message in reversed(who._messages()):
        for element in (each for block in message.blocks for each in block.get("elements", [])):
            if isinstance(element.get("text"), dict) and element["text"].get("text") == label:
                name, data = element["action_id"], element["value"]
                return lambda: ready.chat.does(slack.press_id(who.user, message, name, data))
    raise AssertionError(f"no button {label}")


def test_only_a_coordinator_can_agree(ready: Ready) -> None:
    """Whoever coordinates no longer is told so when they press."""
    is_shared(ready)
    ready.store(lambda store: forums.set_role(store, 1, 2, "coordinator"))
    ready.store(lambda store: forums.set_role(store, 1, 1, "member"))

    ready.ada.clicks("audience-let-post")

    ready.ada.sees("refused-coordinator-only")
    assert states(ready) == ["held", "active"]
    ready.chat.reads_everything()


def test_where_nobody_coordinates_any_member_may_agree(ready: Ready) -> None:
    """All of them are asked, or the channel would be silent for ever."""
    ready.store(lambda store: forums.set_role(store, 1, 1, "member"))
    is_shared(ready)
    ready.bo.sees("audience-title", chat=CHANNEL)
    ready.cilla.sees("audience-title", chat=CHANNEL)

    ready.bo.clicks("audience-let-post")

    ready.bo.sees("audience-agreed", chat=CHANNEL)
    assert states(ready) == ["active", "active"]
    ready.chat.reads_everything()


def test_a_coordinator_on_leave_is_asked_when_they_are_back(ready: Ready) -> None:
    """The question does not get lost while nobody is there to hear it."""
    back = ready.chat.now.date() + timedelta(days=3)
    ready.store(lambda store: wishes.keep(store, meet(store, ready.chat, ready.ada), Wishes(away_until=back)))
    ready.chat.does(ready.chat.slack.share(ready.chat.channel, NEIGHBOURS))
    ready.chat.waits(days=2)
    assert ready.chat.t("audience-title", chat=CHANNEL) not in "".join(ready.ada.reads_all())

    ready.chat.waits(days=2)

    ready.ada.sees("audience-title", chat=CHANNEL)
    ready.chat.reads_everything()


def test_leaving_another_channel_ends_no_membership_while_this_one_waits(ready: Ready) -> None:
    """Bo is in both; the one that waits is a chat of the forum all the same."""
    slack = ready.chat.slack
    second = slack.world.add_channel("kvarteret", [ready.bo.user, BOT_USER])
    ready.store(
        lambda store: forums.tie(
            store, forums.add_place(store, "slack", "T0HOME", second.id, "", "kvarteret").id, 1
        )
    )
    is_shared(ready)

    ready.chat.does(slack.leave(ready.bo.user, second))

    member = ready.store(lambda store: forums.member(store, 1, 2))
    assert member
    assert member.state == "active"
    ready.chat.reads_everything()


def test_a_mention_shows_it_when_the_event_was_lost(ready: Ready) -> None:
    """Each mention says whether outsiders are in the channel."""
    ready.bo.says("@samsyn hjälp")
    ready.chat.reads_everything()
    ready.chat.slack.world.channels[ready.chat.channel].is_ext_shared = True

    ready.bo.says("@samsyn beslut Vi tänder lyktorna")

    ready.bo.sees("refused-held", chat=CHANNEL)
    ready.ada.sees("audience-title", chat=CHANNEL)
    ready.ada.clicks("audience-let-post")
    ready.chat.reads_everything()
    ready.bo.says("@samsyn beslut Vi tänder lyktorna")
    sees_the_decision(ready.cilla, FIRST)
    ready.chat.reads_everything()


def test_a_chat_that_waits_can_be_untied_instead(ready: Ready) -> None:
    """The list of chats shows that it waits; once untied it needs no answer, and the old question has none."""
    is_shared(ready)
    ready.ada.says("chattar", private=True)
    assert ready.chat.t("tie-chat-held", chat=CHANNEL) in ready.ada.sees("tie-chats", name=ready.forum.name)

    ready.ada.clicks("tie-untie", chat=CHANNEL)

    ready.cilla.sees("tie-untied", chat=CHANNEL, name=ready.forum.name)
    ready.chat.reads_everything()
    ready.ada.clicks("audience-let-post")
    ready.ada.sees("refused-stale")
    ready.ada.says("hjälp")
    assert ready.chat.t("refused-held", chat=CHANNEL) not in "".join(ready.ada.reads_all())
    ready.chat.reads_everything()


def test_at_night_the_coordinator_is_asked_in_the_morning(ready: Ready) -> None:
    """The channel falls silent at once; the question keeps to people's hours."""
    ready.chat.waits(hours=14)
    ready.chat.reads_everything()

    ready.chat.does(ready.chat.slack.share(ready.chat.channel, NEIGHBOURS))

    assert states(ready)[0] == "held"
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=12)
    ready.ada.sees("audience-title", chat=CHANNEL)
    ready.chat.reads_everything()


def test_the_bot_comes_back_into_a_channel_that_waits(ready: Ready) -> None:
    """To be invited again is no yes."""
    is_shared(ready)
    ready.chat.does(ready.chat.slack.remove_bot(ready.chat.channel))
    ready.chat.reads_everything()

    ready.chat.does(ready.chat.slack.invite_bot(ready.ada.user, ready.chat.channel))

    assert states(ready)[0] == "held"
    assert ready.chat.unread() == []


@pytest.mark.parametrize("first", ["moved", "shared"])
def test_a_private_channel_that_is_shared_gets_a_new_id(ready: Ready, first: str) -> None:
    """In whichever order the two are told, the channel waits under its new id."""
    chat, slack = ready.chat, ready.chat.slack
    old, chat.channel = slack.give_new_id(chat.channel)
    news = [slack.tell_new_id(old, chat.channel), slack.share(chat.channel, NEIGHBOURS)]
    for each in news if first == "moved" else reversed(news):
        chat.does(each)

    ready.ada.sees("audience-title", chat=CHANNEL)

    place = ready.store(lambda store: forums.place(store, 1))
    assert place
    assert (place.chat, place.state) == (chat.channel, "held")
    chat.reads_everything()


def test_what_waited_to_go_there_does_not_go(ready: Ready) -> None:
    """A card that had not left before the channel was shared stays here."""
    chat = ready.chat
    chat.runner.run(chat.app.dispatcher.stop())
    chat.runner.run(chat.slack.slash(ready.bo.user, chat.channel, "/samsyn", "beslut Vi tänder lyktorna"))
    chat.runner.run(chat.slack.share(chat.channel, NEIGHBOURS))

    chat.restarts()

    sees_the_decision(ready.cilla, FIRST)
    ready.ada.sees("audience-title", chat=CHANNEL)
    ready.bo.sees_nothing_new()
    chat.reads_everything()


# --- A group becomes public ------------------------------------------------------------------------------------


@pytest.fixture(name="grouped")
def _grouped(ready: Ready) -> Ready:
    """Cilla coordinates, and the bot has seen the group as it is: for its members alone."""
    ready.store(lambda store: store.run("update member set role = 'coordinator' where id = 3"))
    ready.cilla.commands("hjalp")
    ready.chat.reads_everything()
    return ready


def becomes_public(ready: Ready, name: str | None = "tryggstad") -> None:
    """The group gets a public name, or loses it."""
    ready.chat.does(ready.chat.telegram.publish(ready.chat.group, name))


def test_a_group_that_becomes_public_is_left_in_peace(grouped: Ready) -> None:
    """Telegram tells nobody; the next thing said there shows it, and is not done."""
    becomes_public(grouped)

    grouped.dan.commands("beslut Vi tänder lyktorna")

    grouped.dan.sees("refused-held", chat=GROUP)
    for each in (grouped.ada, grouped.cilla):
        assert grouped.chat.t("audience-public") in each.sees("audience-title", chat=GROUP)
    assert states(grouped) == ["active", "held"]
    grouped.ada.commands("beslut Vi lagar trappan")
    sees_the_decision(grouped.bo, FIRST)
    grouped.dan.sees_nothing_new()

    grouped.cilla.clicks("audience-let-post")

    grouped.cilla.sees("audience-agreed", chat=GROUP)
    grouped.ada.sees("audience-agreed", chat=GROUP)
    grouped.dan.sees("setup-back", name=grouped.forum.name)
    grouped.chat.reads_everything()
    grouped.dan.commands("beslut Vi tänder lyktorna")
    sees_the_decision(grouped.bo, SECOND)
    grouped.chat.reads_everything()


def test_what_we_post_there_shows_it_too(grouped: Ready) -> None:
    """In a quiet group one card may be read by outsiders, and no more than one."""
    becomes_public(grouped)

    grouped.ada.commands("beslut Vi tänder lyktorna")

    sees_the_decision(grouped.dan, FIRST)
    grouped.ada.sees("audience-title", chat=GROUP)
    assert states(grouped) == ["active", "held"]
    grouped.chat.reads_everything()
    grouped.ada.commands("beslut Vi lagar trappan")
    sees_the_decision(grouped.bo, SECOND)
    grouped.dan.sees_nothing_new()


def test_an_invitation_that_hangs_there_lets_nobody_in(grouped: Ready) -> None:
    """Whoever finds the group finds the forum's card; its link leads nowhere until a coordinator agrees."""
    telegram = grouped.chat.telegram
    invite = grouped.store(lambda store: forums.get(store, 1))
    assert invite
    link = f"https://t.me/{telegram.world.bot.username}?start={payload_of(join(invite.invite).encode(1))}"
    becomes_public(grouped)
    grouped.cilla.commands("hjalp")
    grouped.chat.reads_everything()
    eva = grouped.chat.telegram_person("Eva Li")

    grouped.chat.does(telegram.follow(eva.user, link))

    eva.sees("member-join-stale")
    assert grouped.store(lambda store: len(forums.members(store, 1))) == 4
    grouped.chat.reads_everything()


def test_a_group_that_was_public_when_we_came_is_as_it_was(chat: Chat) -> None:
    """Whoever tied it knew; that it is closed for a while and opened again is asked about."""
    chat.does(chat.telegram.publish(chat.group, "tryggstad"))
    ready = ready_forum(chat)
    ready.cilla.commands("beslut Vi tänder lyktorna")
    sees_the_decision(ready.cilla, FIRST)
    becomes_public(ready, None)
    ready.cilla.commands("beslut Vi lagar trappan")
    sees_the_decision(ready.cilla, SECOND)
    ready.chat.reads_everything()

    becomes_public(ready)
    ready.cilla.commands("hjalp")

    ready.cilla.sees("refused-held", chat=GROUP)
    ready.ada.sees("audience-title", chat=GROUP)
    ready.chat.reads_everything()


def test_a_form_that_was_begun_ends_when_the_group_opens(grouped: Ready) -> None:
    """Its next question would be read by anybody, and what has been answered is not kept."""
    grouped.dan.commands("beslut")
    grouped.dan.sees("decision-field-what")
    becomes_public(grouped)

    telegram, dan = grouped.chat.telegram, grouped.dan.user
    question = telegram.seen(dan, grouped.chat.group)[-1]
    grouped.chat.does(telegram.say(dan, grouped.chat.group, "Vi tänder lyktorna", reply_to=question))

    grouped.dan.sees("refused-held", chat=GROUP)
    assert grouped.store(lambda store: store.one("select count(*) from decision")) == (0,)
    grouped.chat.reads_everything()


def test_only_a_supergroup_can_be_public(chat: Chat) -> None:
    """The stand-in platform knows it as well as the real one."""
    small = chat.telegram.world.add_group("Liten", [], kind="group")
    with pytest.raises(Impossible, match="only a supergroup"):
        chat.does(chat.telegram.publish(small, "liten"))
