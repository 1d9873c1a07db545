"""How the agenda looks: the list for the one who asks, one point, and the agenda that is posted before a meeting."""

from collections.abc import Sequence
from typing import Final

from handlers.agenda_points import in_short, said
from handlers.agenda_rules import LENGTHS
from handlers.kit.doors import add_point, open_meeting, show_agenda
from handlers.kit.inbound import Request
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Fact, Instant, Line, Option, Row, Text, text
from handlers.planned_cards import answer_row, who_comes
from storage import forums
from storage.agenda import Point
from storage.meetings import Meeting

PAGE: Final = 8
"""Points on a page of the list, each with its button."""
POSTED: Final = 15
"""Points shown one by one where everybody sees them."""
BACK: Final = {
    "back:unreached": "agenda-back-unreached",
    "back:recurring": "agenda-back-recurring",
    "back:open-action": "agenda-back-open-action",
}
"""Why a point came back."""


def point_name(req: Request) -> str:
    """The name of the card that was posted before a meeting, without the meeting's number."""
    return f"agenda:{req.forum.id if req.forum else 0}"


def list_card(points: Sequence[Point], first: int, *, going: Meeting | None, further: Action | None) -> Card:
    """A page of the agenda, each point with a button that shows it whole."""
    title = text("agenda-title-now") if going else text("agenda-title")
    body: list[Element] = []
    for place, each in enumerate(points[first : first + PAGE], first + 1):
        body += in_list(each, place, prepare=False)
    if not points:
        body.append(Line(text("agenda-none")))
    shown = tuple(
        Button(text("agenda-show", number=str(place)), Action("agenda.show", (each.id,)))
        for place, each in enumerate(points[first : first + PAGE], first + 1)
    )
    last = [Button(text("agenda-add"), add_point(), "primary")]
    if further:
        last.append(Button(text("agenda-more"), further))
    if not going:
        last.append(Button(text("meeting-open"), open_meeting(0)))
    rows = [Row(shown)] if shown else []
    return Card(title, (*body, *rows, Row(tuple(last))))


def in_list(point: Point, place: int, *, prepare: bool) -> list[Element]:
    """A point in a list: its place and words, and below it why it came back and what to prepare."""
    number, what = str(place), in_short(point)
    line = text("agenda-line", number=number, what=what)
    if point.minutes:
        line = text("agenda-line-timed", number=number, what=what, minutes=str(point.minutes))
    found: list[Element] = [Line(line, "item")]
    reason = _reason(point)
    if reason:
        found.append(Line(reason, "small"))
    if prepare and point.prepare:
        words = shortened(point.prepare)
        found.append(Line(text("agenda-prepare-line", what=words), "small"))
    return found


def _reason(point: Point) -> Text | None:
    if point.origin in BACK:
        return text(BACK[point.origin])
    return text("agenda-back-recurring") if point.recurring else None


def point_card(req: Request, point: Point, place: int, buttons: Sequence[Button]) -> Card:
    """One point with everything one can do about it."""
    body: list[Element] = [Line(said(point), "quote")]
    if point.minutes:
        body.append(Fact(text("agenda-fact-minutes"), text("agenda-minutes", count=point.minutes)))
    if point.prepare:
        body.append(Fact(text("agenda-fact-prepare"), point.prepare))
    reason = _reason(point)
    if reason:
        body.append(Line(reason, "small"))
    by = forums.member(req.store, point.forum, point.by_member) if point.by_member else None
    if by:
        body.append(Line(text("agenda-by", who=by.name), "small"))
    back = Button(text("agenda-whole"), show_agenda())
    rows = [Row(tuple(buttons[start : start + 3])) for start in range(0, len(buttons), 3)]
    return Card(text("agenda-point", number=str(place)), (*body, *rows, Row((back,))))


def posted_card(req: Request, meeting: Meeting, points: Sequence[Point]) -> Card:
    """The agenda as everybody sees it before a meeting, and who comes; it follows every change until the meeting opens."""
    at = Instant(meeting.begins_at, meeting.zone)
    body: list[Element] = [Line(text("agenda-posted-at", at=at))]
    if meeting.venue:
        body.append(Line(verbatim(meeting.venue)))
    for place, each in enumerate(points[:POSTED], 1):
        body += in_list(each, place, prepare=True)
    if len(points) > POSTED:
        body.append(Line(text("agenda-and-more", count=len(points) - POSTED)))
    if not points:
        body.append(Line(text("agenda-empty")))
    total = sum(each.minutes for each in points)
    if total:
        body.append(Line(text("agenda-total", minutes=str(total)), "small"))
    buttons = (
        Button(text("agenda-add"), add_point()),
        Button(text("agenda-whole"), show_agenda()),
        Button(text("meeting-open"), open_meeting(meeting.id)),
    )
    title = text("agenda-posted", title=meeting.title)
    body += [*who_comes(req, meeting), answer_row(meeting)]
    return Card(title, (*body, Row(buttons)), f"{point_name(req)}:{meeting.id}")


def length_options(present: int) -> tuple[Option, ...]:
    """How long a point may take; an unusual length stays among the choices."""
    lengths = sorted({*LENGTHS, present} - {0})
    return tuple(Option(str(each), text("agenda-minutes", count=each)) for each in lengths)
