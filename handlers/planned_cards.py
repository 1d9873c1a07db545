"""How a planned meeting looks: when and where, who comes by organisation, and the buttons to answer with."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.access import Deed, may
from handlers.kit.confidential import is_confidential
from handlers.kit.doors import attend, calendar_file, meeting_planned, open_meeting, send_substitute
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Element,
    Fact,
    Items,
    Line,
    Row,
    Text,
    TextField,
    Value,
    text,
)
from handlers.kit.when import clock
from handlers.planned_rules import LONGEST
from storage import attendance, forums
from storage.attendance import Answer
from storage.meetings import Meeting
from storage.records import Member

SOON: Final = timedelta(hours=12)
"""So long before it begins a meeting can be opened from its card."""
MOST_NAMED: Final = 25
SHORT_VENUE: Final = 60
"""Characters of a place in a confidential forum: "Rådhuset, rum 3"."""
ANSWERS: Final = ("yes", "substitute", "no")


def when(one: Meeting) -> Text:
    """Day, and from when to when, as clocks show it where the meeting is."""
    begins, ends = (each.astimezone(ZoneInfo(one.zone)) for each in (one.begins_at, one.ends_at))
    return text("planned-when", day=begins.date(), begins=clock(begins), ends=clock(ends))


def hours_of(one: Meeting) -> str:
    """From when to when, as one types it: "13.00-15.00"; midnight at its end is 24.00."""
    begins, ends = (each.astimezone(ZoneInfo(one.zone)) for each in (one.begins_at, one.ends_at))
    until = f"{ends:%H.%M}"
    return f"{begins:%H.%M}-{'24.00' if until == '00.00' else until}"


def local_date(one: Meeting) -> date:
    """The day of a meeting where it is."""
    return one.begins_at.astimezone(ZoneInfo(one.zone)).date()


def meeting_card(req: Request, one: Meeting, *, news: Text | None = None) -> Card:
    """The card of the chats: it follows every answer and every change."""
    title = news or text(
        "planned-title" if one.state == "planned" else f"planned-title-{one.state}", title=one.title
    )
    body = _body(req, one)
    if one.state == "planned":
        more = Button(text("planned-more"), meeting_planned(one.id))
        body += [answer_row(one), Row((more, file_button(one)))]
    elif one.state == "cancelled":
        body.append(Row((file_button(one),)))
    return Card(title, tuple(body), card_name(one))


def own_card(req: Request, one: Meeting) -> Card:
    """A meeting for somebody who asked for it, with everything one can do about it."""
    body = _body(req, one)
    if one.state == "planned":
        body.append(answer_row(one))
        body.append(Row((file_button(one), *_to_open(req, one))))
        if may(req, Deed.RUN_FORUM):
            move = Button(text("planned-move"), Action("planned.move_form", (one.id,)))
            sure = text("planned-cancel-sure", when=when(one))
            cancel = Button(
                text("planned-cancel"), Action("planned.cancel", (one.id,)), "danger", confirm=sure
            )
            body.append(Row((move, cancel)))
    elif one.state == "cancelled":
        body.append(Row((file_button(one),)))
    title = text("planned-title" if one.state == "planned" else f"planned-title-{one.state}", title=one.title)
    return Card(title, tuple(body))


def file_button(one: Meeting) -> Button:
    """The meeting for one's own calendar; of one that was cancelled, what strikes it out there."""
    label = text("planned-calendar-strike") if one.state == "cancelled" else text("planned-calendar-file")
    return Button(label, calendar_file(one.id), private=True)


def card_name(one: Meeting) -> str:
    """The name of the card that everybody sees."""
    return f"meeting-plan:{one.forum}:{one.id}"


def _to_open(req: Request, one: Meeting) -> tuple[Button, ...]:
    if one.begins_at - SOON > req.now:
        return ()
    return (Button(text("planned-open"), open_meeting(one.id), "primary"),)


def _body(req: Request, one: Meeting) -> list[Element]:
    body: list[Element] = [Fact(text("planned-fact-when"), when(one))]
    if one.venue:
        body.append(Fact(text("planned-fact-venue"), one.venue))
    if one.state in ("planned", "open"):
        body += who_comes(req, one)
    return body


# --- Who comes ---------------------------------------------------------------------------------------------------


def who_comes(req: Request, one: Meeting) -> list[Element]:
    """The answers so far, by organisation."""
    said = attendance.answers(req.store, one.forum, one.id)
    if not said:
        return [Line(text("planned-nobody-answered"), "small")]
    members = {each.id: each for each in forums.members(req.store, one.forum)}
    names = {each.id: each.name for each in forums.actors(req.store, one.forum)}
    coming = [each for each in said if each.answer != "no"]
    actors = {members[each.member].actor or -each.member for each in coming}
    every = {each.actor or -each.id for each in members.values()}
    count = text("planned-coming-count", people=len(coming), actors=len(actors), of=len(every))
    body: list[Element] = [Line(count)]
    for answer in ANSWERS:
        these = [each for each in said if each.answer == answer]
        if these:
            body.append(Fact(text(f"planned-{answer}", count=len(these)), _named(these, members, names)))
    return body


def _named(said: list[Answer], members: dict[int, Member], names: dict[int, str]) -> Items:
    """People by their organisations: "Polisen: Bo Alm och Cilla Ö"."""
    by_actor = sorted(said[:MOST_NAMED], key=lambda each: names.get(members[each.member].actor or 0, ""))
    found: list[Value] = []
    for actor, several in groupby(by_actor, key=lambda each: members[each.member].actor):
        people = Items(tuple(_person(each, members) for each in several))
        name = names.get(actor or 0)
        found.append(text("planned-of-actor", actor=name, people=people) if name else people)
    if len(said) > MOST_NAMED:
        found.append(text("planned-and-more", count=len(said) - MOST_NAMED))
    return Items(tuple(found))


def _person(said: Answer, members: dict[int, Member]) -> Value:
    name = members[said.member].name
    return text("planned-instead", substitute=said.substitute, name=name) if said.substitute else name


def answer_row(one: Meeting) -> Row:
    """Whether one comes: one press."""
    return Row((
        Button(text("attending-yes"), attend(one.id, "yes"), "primary"),
        Button(text("attending-no"), attend(one.id, "no")),
        Button(text("attending-substitute"), send_substitute(one.id)),
    ))  # fmt: skip


# --- Asking ------------------------------------------------------------------------------------------------------


def venue_field(req: Request, venue: str) -> TextField:
    """Where a meeting is. A confidential forum keeps that too, and leaves no room there for anything else."""
    longest = max(SHORT_VENUE, len(venue)) if is_confidential(req) else LONGEST
    label, hint = text("planned-field-venue"), text("planned-field-venue-hint")
    return TextField(
        key="venue", names=True, label=label, hint=hint, longest=longest, optional=True, initial=venue
    )


def sure_card(why: str, one: Text, yes: Action, no: Action) -> Card:
    """The question whether a public holiday is meant."""
    buttons = (Button(text("planned-sure-yes"), yes, "primary"), Button(text("planned-sure-no"), no))
    line = Line(text("planned-sure", why=text(f"day-off-{why}")))
    return Card(text("planned-sure-title", when=one), (line, Row(buttons)))


def added_card(one: Meeting, outcome: Text) -> Card:
    """What was done, with the way to the meeting."""
    button = Button(text("planned-show"), meeting_planned(one.id))
    return Card(outcome, (Line(verbatim(one.venue)), Row((button,))) if one.venue else (Row((button,)),))
