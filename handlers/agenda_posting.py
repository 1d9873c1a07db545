"""When the agenda of a planned meeting is posted, and how what was posted follows every change.

Whoever plans a meeting asks for :func:`announce`, whoever moves it for :func:`answered` as well, whoever cancels it for
:func:`called_off`. Meetings that nobody asked for are found whenever the agenda is touched.
"""

from datetime import timedelta
from typing import Final

from handlers.agenda_cards import point_name, posted_card
from handlers.agenda_points import lined_up
from handlers.agenda_rules import posted_at
from handlers.kit.doors import agenda_due
from handlers.kit.effects import Cancel, Effects, Schedule, Update
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.ui import Card, Line, text
from handlers.kit.when import next_working_moment
from handlers.meeting_cards import live_card
from handlers.planned_cards import when
from storage import agenda, intake, meetings
from storage.db import to_ms
from storage.meetings import Meeting

NEXT: Final = 3
"""Of the next so many meetings one may have its agenda posted already."""


def announce(req: Request, meeting: Meeting) -> Effects:
    """Its agenda is posted two working days before; at once, or when people are at work, if that has passed.

    A meeting whose agenda hangs already keeps it, wherever it is moved.
    """
    if meeting.state != "planned" or is_posted(req, meeting) or meeting.begins_at <= req.now:
        return
    at = posted_at(meeting.begins_at, meeting.zone)
    if at <= req.now:
        at = next_working_moment(req.now, meeting.zone)
    if at < meeting.begins_at:
        yield Schedule(f"agenda:{meeting.id}", at, agenda_due(meeting.id), grace=timedelta(days=3))


def announce_coming(req: Request) -> Effects:
    """The same for every meeting that is planned."""
    for each in meetings.coming(req.store, forum_of(req).id, req.now):
        yield from announce(req, each)


def hush(meeting: int) -> Cancel:
    """Its agenda is not posted any more: it is open already, or there will be no meeting."""
    return Cancel(f"agenda:{meeting}")


def changed(req: Request) -> Effects:
    """What hangs in the chats follows a change of the agenda: the meeting going on, or what was posted before one."""
    yield from follow(req, meetings.open_now(req.store, forum_of(req).id))


def follow(req: Request, going: Meeting | None) -> Effects:
    """The same for whoever knows which meeting is going on, if any."""
    if going:
        yield Update(live_card(req, going))
        return
    coming = meetings.coming(req.store, forum_of(req).id, req.now)
    posted = next((each for each in coming[:NEXT] if is_posted(req, each)), None)
    if posted:
        yield Update(posted_card(req, posted, lined_up(req)))
        return
    for each in coming:
        yield from announce(req, each)


def answered(req: Request, meeting: Meeting) -> Effects:
    """The same when somebody has said whether they come, or the meeting was moved: its points are those that hang there."""
    if meeting.state == "planned" and is_posted(req, meeting):
        yield Update(posted_card(req, meeting, agenda.proposed(req.store, meeting.forum)))


def called_off(req: Request, meeting: Meeting) -> Effects:
    """There will be no meeting: its agenda is not posted, and where it hangs already it says so."""
    yield hush(meeting.id)
    if is_posted(req, meeting):
        lines = (Line(when(meeting)), Line(text("agenda-cancelled")))
        title = text("planned-title-cancelled", title=meeting.title)
        yield Update(Card(title, lines, f"{point_name(req)}:{meeting.id}"))


def is_posted(req: Request, meeting: Meeting) -> bool:
    """Whether its agenda hangs in the chats."""
    return bool(intake.fact(req.store, _fact(req, meeting)))


def note_posted(req: Request, meeting: Meeting) -> None:
    """From now on it hangs there."""
    intake.set_fact(req.store, _fact(req, meeting), str(to_ms(req.now)))


def _fact(req: Request, meeting: Meeting) -> str:
    return f"agenda:{forum_of(req).id}:{meeting.id}"
