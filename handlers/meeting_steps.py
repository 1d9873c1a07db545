"""What every press in a meeting begins and ends with: is it still open, who leads it, and the card brought up to date.

Shared by the features that open, run and close meetings.
"""

from handlers.kit.access import Deed, may
from handlers.kit.effects import Effects, Refusal, Update
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.ui import text
from handlers.meeting_cards import live_card
from storage import forums, meetings
from storage.meetings import Meeting
from storage.records import Member


def load(req: Request, meeting: int) -> Meeting:
    """A meeting of the forum; a refusal when there is none of that number."""
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None:
        raise Refusal(text("meeting-gone"))
    return one


def load_open(req: Request, meeting: int) -> Meeting:
    """The same, as long as it goes on."""
    one = load(req, meeting)
    if one.state != "open":
        raise Refusal(text("meeting-not-open"))
    return one


def load_led(req: Request, meeting: int) -> Meeting:
    """The same, for the one who leads it and for coordinators; for anybody, once the one who led it has left."""
    one = load_open(req, meeting)
    leader = chair_of(req, one)
    if leader and leader.id != member_of(req).id and not may(req, Deed.RUN_FORUM):
        raise Refusal(text("meeting-led-by", who=leader.name))
    return one


def chair_of(req: Request, one: Meeting) -> Member | None:
    """Who leads it; nobody once they have left the forum."""
    chair = forums.member(req.store, one.forum, one.chair) if one.chair else None
    return chair if chair and chair.state == "active" else None


def shown(req: Request, meeting: int) -> Effects:
    """The card of the chats as the meeting stands now."""
    yield Update(live_card(req, load(req, meeting)))
