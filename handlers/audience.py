"""Who can read along (X1): a chat opens to more people than the forum knew, and the bot waits for its coordinators.

A Slack channel is shared with another organisation, or a Telegram group becomes public. From that moment nothing is
posted there and nothing taken in, whoever asks. The coordinators are told in private, and one press is enough.
"""

from handlers.kit.access import Deed
from handlers.kit.budget import inform
from handlers.kit.doors import let_post as let_post_here
from handlers.kit.effects import Effects, Post, Refusal, Schedule, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, rung
from handlers.kit.forum_shown import join_button, place_name
from handlers.kit.inbound import Request
from handlers.kit.ui import Button, Card, Line, Row, text
from storage import audience, forums
from storage.records import Forum, Place

feature = Feature("audience")


@feature.event("chat-opened")
def opened(req: Request) -> Effects:
    """The coordinators of the forums that live in the chat are asked, once for all its topics."""
    chat = req.inbound.chat
    if chat is None:
        return
    here = forums.moved_to(req.store, chat.platform, chat.workspace, chat.chat)
    places = forums.forum_places_in_chat(req.store, chat.platform, chat.workspace, here)
    for forum, place in {each.forum or 0: each.id for each in places if each.state == "held"}.items():
        yield Schedule(f"chat-opened:{here}", req.now, ask.action(place), forum=forum)


@feature.event("chat-moved")
def moved(req: Request) -> Effects:
    """A private channel gets a new id when it is shared; that it was shared may be told first, of the new one."""
    yield from opened(req)


@feature.button(Deed.LET_POST)
def ask(req: Request, place: int) -> Effects:
    """Every coordinator hears of it; the first who agrees decides."""
    rung(req)
    forum, one = forum_of(req), forums.place(req.store, place)
    if one is None or one.forum != forum.id or one.state != "held":
        return
    for each in forums.coordinators(req.store, forum.id):
        yield from inform(req, each, _question(forum, one))


@feature.button(Deed.LET_POST)
def let_post(req: Request, place: int) -> Effects:
    """The bot posts in the chat again, and says there what it left out."""
    forum, one = forum_of(req), forums.place(req.store, place)
    if one is None or one.forum != forum.id:
        raise Refusal(text("refused-stale"))
    answer = text("audience-agreed", chat=place_name(one))
    yield Whisper(Card(answer))
    if audience.release(req.store, forum.id, one):
        yield Update(Card(answer, (), _name(forum, one)))
        yield Post(_back(forum), place=place)


def _name(forum: Forum, place: Place) -> str:
    """What the question is called, so that it is seen to be answered by all who were asked."""
    return f"audience:{forum.id}:{place.id}"


def _question(forum: Forum, place: Place) -> Card:
    return Card(
        text("audience-title", chat=place_name(place)),
        (
            Line(text("audience-shared" if place.platform == "slack" else "audience-public")),
            Line(text("audience-waits", name=forum.name)),
            Row((Button(text("audience-let-post"), let_post_here(place.id), "primary"),)),
            Line(text("audience-otherwise"), "small"),
        ),
        _name(forum, place),
    )


def _back(forum: Forum) -> Card:
    return Card(
        text("setup-back", name=forum.name),
        (Line(text("audience-left-out")), Row((join_button(forum),))),
    )
