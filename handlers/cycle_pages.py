"""The page of the annual cycle: how the forum meets, what is coming, and for coordinators what they can do about it."""

from typing import Final

from handlers.cycle_cards import rule_words
from handlers.cycle_planning import rule_in, unsettled
from handlers.kit.access import Deed, may
from handlers.kit.doors import meeting_planned, plan_meeting
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Action, Button, Card, Element, Line, Row, text
from handlers.planned_cards import when
from storage import cycles, meetings
from storage.cycles import Cycle

COMING: Final = 6
"""Meetings that the page shows."""


def page_card(req: Request) -> Card:
    """How the forum meets and when next, for the one who asks."""
    forum = forum_of(req)
    runs = may(req, Deed.RUN_FORUM)
    body: list[Element] = []
    for each in cycles.active(req.store, forum.id):
        body.append(Line(text("cycle-line", title=each.title, rule=rule_words(rule_in(each))), "item"))
        if runs:
            body.append(_what_to_do(req, each))
    coming = meetings.coming(req.store, forum.id, req.now, most=COMING)
    body += [
        Line(text("cycle-coming", when=when(each), title=verbatim(each.title)), "small") for each in coming
    ]
    if not body:
        body.append(Line(text("cycle-none-coordinator" if runs else "cycle-none")))
    body += _ways(req, bool(coming), coming[0].id if coming else 0)
    return Card(text("cycle-title", forum=forum.name), tuple(body))


def _what_to_do(req: Request, one: Cycle) -> Row:
    asked = unsettled(req, one)
    first = (Button(text("cycle-answer", count=len(asked)), Action("cycle.ask", (one.id,)), "primary"),)
    change = Button(text("cycle-change"), Action("cycle.change_form", (one.id,)))
    sure = text("cycle-end-sure", title=one.title)
    over = Button(text("cycle-end"), Action("cycle.end", (one.id,)), "danger", confirm=sure)
    return Row((*(first if asked else ()), change, over))


def _ways(req: Request, is_coming: bool, following: int) -> list[Element]:
    buttons = [Button(text("cycle-next-meeting"), meeting_planned(following), "primary")] if is_coming else []
    if may(req, Deed.RUN_FORUM):
        buttons.append(Button(text("cycle-new"), Action("cycle.new_form")))
        buttons.append(Button(text("planned-new"), plan_meeting("")))
    if is_coming:
        buttons.append(Button(text("planned-subscribe"), Action("planned.subscribe"), private=True))
    return [Row(tuple(buttons))] if buttons else []
