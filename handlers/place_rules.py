"""Where in a chat something happens. A Telegram group can have topics, and one of them may be the forum's own.

What is begun in a topic stays there: the forum's cards come into that topic, and its other topics belong to the same
forum as long as no other one lives in them.
"""

from handlers.kit.inbound import Request
from storage import forums
from storage.records import Place


def own_topic(req: Request, place: Place) -> Place:
    """The topic that this was said in, as a place of its own; the chat itself where there are no topics."""
    chat = req.inbound.chat
    if chat is None or not chat.topic or place.topic:
        return place
    return forums.add_place(req.store, place.platform, place.workspace, place.chat, chat.topic, place.title)


def is_shown_here(req: Request) -> bool:
    """Whether what is posted in the forum's chats appears where this was said: not in private, nor in another topic."""
    chat = req.inbound.chat
    return req.place is not None and (chat is None or chat.topic == req.place.topic)


def come_back(req: Request, place: Place) -> list[Place]:
    """The topics of this chat in which a forum lives take messages again; they, without the chat itself."""
    there = forums.forum_places_in_chat(req.store, place.platform, place.workspace, place.chat)
    return [
        forums.add_place(req.store, each.platform, each.workspace, each.chat, each.topic, each.title)
        for each in there
        if each.id != place.id
    ]
