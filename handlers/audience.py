"""Who can read along (X1): a chat opens to more people than the forum knew, and the bot waits for its coordinators.

A Slack channel is shared with another organisation, or a Telegram group becomes public. From that moment nothing is
posted there and nothing taken in, whoever asks, and invitations that hang there let nobody in. The coordinators are
told in private, and one press is enough.
"""

from datetime import timedelta

from handlers.kit.access import Deed
from handlers.kit.budget import inform, is_there
from handlers.kit.codes import new_invite
from handlers.kit.doors import let_post as post_again
from handlers.kit.doors import menu
from handlers.kit.effects import Effects, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of, rung
from handlers.kit.forum_shown import forum_card, place_name
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, Line, Row, text
from handlers.kit.when import next_working_moment
from storage import audience, forums
from storage.records import Forum, Member, Place

feature = Feature("audience")

DAY = timedelta(days=1)


@feature.event("chat-opened")
def opened(req: Request) -> Effects:
    """The coordinators of the forums that live in the chat are asked, once for all its topics."""
    chat = req.inbound.chat
    if chat is None:
        return
    here = forums.moved_to(req.store, chat.platform, chat.workspace, chat.chat)
    places = forums.forum_places_in_chat(req.store, chat.platform, chat.workspace, here)
    for forum, place in {each.forum or 0: each.id for each in places if each.state == "held"}.items():
        yield Schedule(f"chat-opened:{here}", req.now, shut.action(place), forum=forum)


@feature.event("chat-moved")
def moved(req: Request) -> Effects:
    """A private channel gets a new id when it is shared; that it was shared may be told first, of the new one."""
    yield from opened(req)


@feature.button(Deed.LET_POST)
def shut(req: Request, place: int) -> Effects:
    """The invitation on the forum's card is another from now on, on all cards but those in this chat."""
    rung(req)
    forum = forum_of(req)
    forums.renew_invite(req.store, forum.id, new_invite(req.rng))
    yield Update(forum_card(forums.get(req.store, forum.id) or forum))
    yield from _ask(req, place)


@feature.button(Deed.LET_POST)
def ask(req: Request, place: int) -> Effects:
    """The same question again, when nobody was there to hear it."""
    rung(req)
    yield from _ask(req, place)


def _ask(req: Request, place: int) -> Effects:
    forum, one = forum_of(req), forums.place(req.store, place)
    if one is None or one.forum != forum.id or one.state != "held":
        return
    there = [each for each in _deciders(req, forum) if is_there(req, each)]
    if not there:
        later = next_working_moment(req.now + DAY, req.zone)
        yield Schedule(f"chat-opened:{one.chat}", later, ask.action(place))
    for each in there:
        yield from inform(req, each, _question(req, forum, one))


def _deciders(req: Request, forum: Forum) -> list[Member]:
    """Who may agree: the coordinators, and where nobody coordinates every member."""
    return forums.coordinators(req.store, forum.id) or forums.members(req.store, forum.id)


@feature.button(Deed.LET_POST)
def let_post(req: Request, place: int) -> Effects:
    """The bot posts in the chat again, and says there that its cards have not followed."""
    forum, one = forum_of(req), forums.place(req.store, place)
    if member_of(req).id not in {each.id for each in _deciders(req, forum)}:
        raise Refusal(text("refused-coordinator-only"))
    if one is None or one.forum != forum.id:
        raise Refusal(text("refused-stale"))
    answer = text("audience-agreed", chat=place_name(one))
    yield Whisper(Card(answer))
    if audience.release(req.store, forum.id, one):
        yield Update(Card(answer, (), _name(forum, one)))
        yield Update(forum_card(forum))
        yield Post(_back(forum), place=place)


def _name(forum: Forum, place: Place) -> str:
    """What the question is called, so that it is seen to be answered by all who were asked."""
    return f"audience:{forum.id}:{place.id}"


def _question(req: Request, forum: Forum, place: Place) -> Card:
    elsewhere = any(each.id != place.id for each in forums.places(req.store, forum.id))
    return Card(
        text("audience-title", chat=place_name(place)),
        (
            Line(text("audience-shared" if place.platform == "slack" else "audience-public")),
            Line(text("audience-waits", name=forum.name)),
            Row((Button(text("audience-let-post"), post_again(place.id), "primary"),)),
            Line(text("audience-otherwise" if elsewhere else "audience-otherwise-last"), "small"),
        ),
        _name(forum, place),
    )


def _back(forum: Forum) -> Card:
    return Card(
        text("setup-back", name=forum.name),
        (Line(text("audience-left-out")), Row((Button(text("forum-menu"), menu()),))),
    )
