"""How looking back on a decision looks: the question, what was answered, the forum's list; and a decision's own lines."""

from typing import Final

from handlers.kit.doors import amend_decision, show_decision
from handlers.kit.forum import local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import person, shortened, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Fact, Line, Row, Text, text
from handlers.kit.wins_shown import may_quote
from handlers.outcome_rules import stage
from storage import agenda, forums, outcomes
from storage.agenda import Point
from storage.outcomes import Outcome, Promises
from storage.records import Decision, Member

LISTED: Final = 5
"""Decisions in a list."""


def state_lines(req: Request, one: Decision) -> list[Element]:
    """On a decision's card: how far it has been carried out, and what was said when somebody looked back."""
    body: list[Element] = []
    progress = outcomes.progress(req.store, one.forum, one.id)
    match stage(progress):
        case "waiting":
            body.append(_carried(text("decision-not-begun", all=progress.all)))
        case "partly":
            body.append(_carried(text("decision-actions-done", done=progress.done, all=progress.all)))
        case "done":
            body.append(_carried(text("decision-carried-out", all=progress.all)))
        case _:
            pass  # without actions nobody knows
    last = outcomes.latest(req.store, one.forum, one.id)
    if last:
        body.append(Fact(text("decision-fact-outcome"), _said(req, last)))
    return body


def _carried(words: Text) -> Fact:
    return Fact(text("decision-fact-actions"), words)


def _said(req: Request, last: Outcome) -> Text:
    day = last.again_on if last.verdict == "later" and last.again_on else local_day(req, last.at)
    return text(f"outcome-said-{last.verdict}", day=day)


def ask_card(req: Request, one: Decision, heading: Text) -> Card:
    """The question, with its four answers. Without a follow-up day it is asked again on the one that somebody sets."""
    later = Action("outcomes.later_form", (one.id,)) if one.follow_up_on else amend_decision(one.id)
    body: list[Element] = [*_words(req, one), *state_lines(req, one)]
    body.append(Line(text("outcome-question")))
    body.append(Row((
        Button(text("outcome-keep"), Action("outcomes.judge", (one.id, "keep")), "primary"),
        Button(text("outcome-change"), Action("outcomes.judge", (one.id, "change"))),
        Button(text("outcome-end"), Action("outcomes.judge", (one.id, "end"))),
    )))  # fmt: skip
    body.append(Row((
        Button(text("outcome-later"), later),
        Button(text("decision-show"), show_decision(one.id)),
    )))  # fmt: skip
    return Card(heading, tuple(body))


def point_of(last: Outcome) -> str:
    """What the agenda calls the point that an answer led to, or an objection to it."""
    return f"outcome:{last.decision}:{last.seq}"


def answered_card(req: Request, one: Decision, last: Outcome, *, named: bool = True) -> Card:
    """What somebody answered, for everybody; one press says that one sees it otherwise.

    Shown to one person alone it is not ``named``: the one in the chats stays the one that changes.
    """
    who = person(forums.member(req.store, one.forum, last.by_member))
    buttons = [Button(text("decision-show"), show_decision(one.id))]
    body: list[Element] = [
        Line(text(f"outcome-told-{last.verdict}", who=who)),
        *_words(req, one),
    ]
    point = agenda.came_of(req.store, one.forum, point_of(last))
    if point:
        body += _talked_about(req, last, point)
    else:
        body.append(Line(text("outcome-object-why"), "small"))
        buttons.insert(
            0, Button(text("outcome-object"), Action("outcomes.see_otherwise", (one.id, last.seq)))
        )
    name = f"outcome:{one.forum}:{one.id}:{last.seq}" if named else ""
    return Card(text("outcome-title", number=one.label), (*body, Row(tuple(buttons))), name)


def _talked_about(req: Request, last: Outcome, point: Point) -> list[Element]:
    """That the next meeting talks about it, and who wanted so; nothing once one has."""
    if point.state != "proposed":
        return []
    if point.by_member == last.by_member:
        return [Line(text("outcome-on-agenda"))]
    who = forums.member(req.store, point.forum, point.by_member)
    return [Line(text("outcome-objected", who=who.name if who else text("nobody")))]


def thanks_card(one: Decision, verdict: str) -> Card:
    """To whoever answered: what happens now, and the way to do it at once."""
    ways = {"change": amend_decision(one.id), "end": Action("decisions.withdraw_form", (one.id,))}
    way = ways.get(verdict)
    row = (Row((Button(text(f"outcome-{verdict}-now"), way),)),) if way else ()
    return Card(text(f"outcome-thanks-{verdict}", number=one.label), row)


def list_card(req: Request, found: list[Decision], kept: Promises) -> Card:
    """Decisions that wait for a look back, and how well the forum keeps its promises."""
    body: list[Element] = [Line(_in_list(req, each), "item") for each in found[:LISTED]]
    if len(found) > LISTED:
        body.append(Line(text("action-and-more", count=len(found) - LISTED), "small"))
    if found:
        row = [
            Button(text("decision-number", number=each.label), Action("outcomes.ask", (each.id,)))
            for each in found[:LISTED]
        ]
        body.append(Row(tuple(row)))
    else:
        body.append(Line(text("outcome-none-due")))
    if kept.share is not None:
        body.append(Line(text("outcome-promises", share=kept.share, kept=kept.kept, all=kept.all)))
    return Card(text("outcome-list-title"), tuple(body))


def _in_list(req: Request, one: Decision) -> Text:
    assert one.follow_up_on is not None  # noqa: S101 - it came
    day = one.follow_up_on
    if not may_quote(req, one.what):
        return text("outcome-in-list-bare", number=one.label, day=day)
    return text("outcome-in-list", number=one.label, what=shortened(one.what), day=day)


def _words(req: Request, one: Decision) -> list[Element]:
    """What was decided; a confidential forum reads it on the decision itself."""
    return [Line(verbatim(one.what), "quote")] if may_quote(req, one.what) else []


def aloud(one: Decision, who: Member) -> Text:
    """The heading of the question when it has to be asked in the chat."""
    return text("decision-follow-up-aloud", number=one.label, who=person(who))
