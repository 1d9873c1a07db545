"""What is recorded while a meeting is open falls under the point being discussed, whatever recorded it."""

from handlers.kit.doors import meeting_refresh
from handlers.kit.effects import Effects, Schedule
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from storage import meetings


def filed(req: Request, kind: str, record: int) -> Effects:
    """A decision or an action stands under its point in the minutes, and the meeting's card counts it."""
    if meetings.belongs(req.store, forum_of(req).id, kind, record):
        yield Schedule("meeting-card", req.now, meeting_refresh())
