"""How a meeting looks while it goes on: the card of the chats, and what only the one who leads it sees."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from handlers.agenda_points import in_short, said
from handlers.kit.doors import add_point, new_round, show_agenda
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Button, Card, Element, Fact, Instant, Items, Line, Row, Value, text
from handlers.meeting_rules import after, before, minutes_left, place_of, queue
from storage import agenda, forums, sittings
from storage.agenda import Point
from storage.meetings import Meeting
from storage.records import Member
from storage.sittings import Seat

NAMES: Final = 30
"""People named one by one on the card."""
SILENT: Final = 8
"""Organisations named one by one."""


def live_card(req: Request, meeting: Meeting, *, named: bool = True) -> Card:
    """The meeting as it stands. ``named`` for the card of the chats, which follows it to its end."""
    name = f"sitting:{meeting.forum}:{meeting.id}" if named else ""
    title = text(f"meeting-title-{meeting.state}", title=meeting.title)
    if meeting.state != "open":
        return Card(title, tuple(_afterwards(req, meeting)), name)
    points = agenda.of_meeting(req.store, meeting.forum, meeting.id)
    seats, members = sittings.seats(req.store, meeting), everybody(req, meeting)
    chair = members.get(meeting.chair or 0)
    body: list[Element] = [
        Fact(text("meeting-fact-chair"), chair.name if chair else text("nobody")),
        Fact(text("meeting-fact-present"), _present(seats, members)),
    ]
    if meeting.check_in:
        body += _check_in(meeting, seats, members)
    body += _where(req, meeting, points)
    return Card(title, (*body, *_rows(meeting, points)), name)


def everybody(req: Request, meeting: Meeting) -> dict[int, Member]:
    """Everybody who is or was in the forum, by id."""
    return {each.id: each for each in forums.ever_members(req.store, meeting.forum)}


def _present(seats: dict[int, Seat], members: dict[int, Member]) -> Value:
    here = [each for each in seats.values() if each.present and each.member in members]
    names: list[Value] = [_name(each, members) for each in here[:NAMES]]
    if len(here) > NAMES:
        names.append(text("meeting-more-people", count=len(here) - NAMES))
    return Items(tuple(names)) if names else text("nobody")


def _name(seat: Seat, members: dict[int, Member]) -> Value:
    name = members[seat.member].name
    return text("meeting-substitute", who=name, by=seat.substitute) if seat.substitute else name


def _check_in(meeting: Meeting, seats: dict[int, Seat], members: dict[int, Member]) -> list[Element]:
    waiting = [each for each in queue(seats) if each in members]
    body: list[Element] = [Line(text("meeting-check-in", question=meeting.check_in))]
    if not waiting:
        return body
    now = members[waiting[0]].name
    after_them = Items(tuple(members[each].name for each in waiting[1 : SILENT + 1]))
    body.append(
        Line(
            text("meeting-turn-then", who=now, then=after_them)
            if waiting[1:]
            else text("meeting-turn", who=now)
        )
    )
    over = (
        Button(text("meeting-turn-had"), Action("presence.spoken", (meeting.id, waiting[0])), "primary"),
        Button(text("meeting-turn-pass"), Action("presence.passed", (meeting.id, waiting[0]))),
    )
    return [*body, Row(over)]


def _where(req: Request, meeting: Meeting, points: Sequence[Point]) -> list[Element]:
    """Which point is being discussed, until when, what was recorded under it, and which comes next."""
    current = next((each for each in points if each.id == meeting.point), None)
    further = after(points, current)
    if not points:
        return [Line(text("meeting-no-points"))]
    if current is None:
        key = "meeting-points-waiting" if further else "meeting-points-over"
        return [Line(text(key, count=len(points)))]
    place = str(place_of(points, current.id))
    body: list[Element] = [
        Line(text("meeting-point", number=place, of=str(len(points)))),
        Line(said(current), "quote"),
    ]
    if current.minutes and meeting.point_at:
        until = Instant(meeting.point_at + timedelta(minutes=current.minutes), meeting.zone)
        body.append(Line(text("meeting-point-until", minutes=str(current.minutes), at=until), "small"))
    body += _recorded(req, meeting)
    if further:
        body.append(Line(text("meeting-point-next", what=in_short(further)), "small"))
    return body


def _recorded(req: Request, meeting: Meeting) -> list[Element]:
    """What has been noted and recorded under the point so far, in numbers."""
    kept = [each.kind for each in sittings.kept(req.store, meeting) if each.point == meeting.point]
    noted = sum(each.point == meeting.point for each in sittings.notes(req.store, meeting))
    if not kept and not noted:
        return []
    counts = text(
        "meeting-point-kept", notes=noted, decisions=kept.count("decision"), actions=kept.count("action")
    )
    return [Line(counts, "small")]


def _rows(meeting: Meeting, points: Sequence[Point]) -> tuple[Row, ...]:
    current = next((each for each in points if each.id == meeting.point), None)
    panel = Action("meeting.panel", (meeting.id,))
    return (
        Row((
            Button(text("meeting-here"), Action("presence.here", (meeting.id,))),
            *steps(meeting, points),
        )),
        Row((
            Button(text("meeting-note"), Action("meeting.note_form", (meeting.id,))),
            Button(text("agenda-add"), add_point()),
            Button(text("meeting-round"), new_round(current.id if current else 0)),
        )),
        Row((
            Button(text("meeting-agenda"), show_agenda()),
            Button(text("meeting-panel"), panel, private=True),
            Button(text("meeting-close"), Action("meeting_closing.close", (meeting.id,))),
        )),
    )  # fmt: skip


def steps(meeting: Meeting, points: Sequence[Point]) -> list[Button]:
    """To the next point and to the one before. They carry where the meeting was, so that a late press moves nothing."""
    current = next((each for each in points if each.id == meeting.point), None)
    shown = meeting.point or 0
    buttons = []
    if before(points, current):
        buttons.append(Button(text("meeting-back"), Action("meeting.back", (meeting.id, shown))))
    if after(points, current) or current:
        forward = Action("meeting.forward", (meeting.id, shown))
        buttons.append(Button(text("meeting-forward"), forward, "primary"))
    return buttons


def _afterwards(req: Request, meeting: Meeting) -> list[Element]:
    """What is left of the card when the meeting is over."""
    if meeting.state != "closed":
        return [Line(text(f"meeting-over-{meeting.state}"))]
    points = agenda.of_meeting(req.store, meeting.forum, meeting.id)
    kinds = [each.kind for each in sittings.kept(req.store, meeting)]
    here = sum(each.present for each in sittings.seats(req.store, meeting).values())
    done = sum(each.state == "done" for each in points)
    body: list[Element] = [
        Line(text("meeting-over-closed", number=meeting.label)),
        Fact(text("meeting-fact-came"), text("meeting-people", count=here)),
    ]
    if points:
        reached = text("meeting-points-done", done=str(done), of=str(len(points)))
        body.append(Fact(text("meeting-fact-points"), reached))
    counts = text("meeting-point-kept", notes=len(sittings.notes(req.store, meeting)),
                  decisions=kinds.count("decision"), actions=kinds.count("action"))  # fmt: skip
    return [*body, Line(counts, "small")]


# --- For the one who leads it ----------------------------------------------------------------------------------


def panel_card(req: Request, meeting: Meeting, *, leads: bool, empty: bool) -> Card:
    """Time left, who has not been heard yet, and the tools of the one who leads: for their eyes alone."""
    points = agenda.of_meeting(req.store, meeting.forum, meeting.id)
    body: list[Element] = [*_time(req, meeting, points), *_voices(req, meeting)]
    m = (meeting.id,)
    tools = [
        Button(text("meeting-tick"), Action("presence.tick_form", m)),
        Button(text("meeting-hear"), Action("presence.heard_form", m)),
    ]
    if meeting.check_in:
        tools.append(Button(text("meeting-check-in-end"), Action("presence.check_in_over", m)))
    else:
        tools.append(Button(text("meeting-check-in-begin"), Action("presence.check_in_form", m)))
    last = [Button(text("meeting-show-again"), Action("meeting.show_again", m))]
    if not leads:
        last.append(Button(text("meeting-take-chair"), Action("meeting.take_chair", m)))
    if empty:
        undo = Action("meeting_closing.undo", m)
        last.append(Button(text("meeting-undo"), undo, confirm=text("meeting-undo-sure")))
    last.append(Button(text("meeting-close"), Action("meeting_closing.close", m)))
    walk = steps(meeting, points)
    rows = [Row(tuple(each)) for each in (walk, tools, last) if each]
    return Card(text("meeting-panel-title"), (*body, *rows))


def _time(req: Request, meeting: Meeting, points: Sequence[Point]) -> list[Element]:
    """How much is left of the point, or how far it has gone over its time."""
    current = next((each for each in points if each.id == meeting.point), None)
    if current is None or not current.minutes or meeting.point_at is None:
        return []
    left = minutes_left(current.minutes, meeting.point_at, req.now)
    return [Line(text("meeting-left", count=left) if left >= 0 else text("meeting-over-time", count=-left))]


def _voices(req: Request, meeting: Meeting) -> list[Element]:
    """Organisations that are here, and those of them that nobody has heard yet."""
    heard, silent = voices(req, meeting)
    if not heard and not silent:
        return []
    body: list[Element] = [
        Line(text("meeting-heard", heard=str(len(heard)), of=str(len(heard) + len(silent))))
    ]
    if silent:
        names = Items(tuple(silent.values())[:SILENT])
        body.append(Line(text("meeting-silent", who=names), "small"))
    return body


def voices(req: Request, meeting: Meeting) -> tuple[dict[int, str], dict[int, str]]:
    """The organisations that are here by id and name: those that have been heard, and those that have not."""
    members = everybody(req, meeting)
    here = {
        members[each.member].actor
        for each in sittings.seats(req.store, meeting).values()
        if each.present and each.member in members
    }
    spoken = {members[each].actor for each in sittings.heard(req.store, meeting) if each in members}
    actors = {each.id: each.name for each in forums.actors(req.store, meeting.forum) if each.id in here}
    return (
        {each: name for each, name in actors.items() if each in spoken},
        {each: name for each, name in actors.items() if each not in spoken},
    )
