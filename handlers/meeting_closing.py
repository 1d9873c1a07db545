"""How a meeting ends: checked and closed, taken back when it was opened by mistake, or closed by itself.

Before it closes, whoever leads sees what is unfinished, each with a way to mend it: actions without owner or day,
decisions without a day to follow up, points that were not reached. An empty meeting can be taken back without a trace
in the numbering. One that was left open is asked about in private, and closes by itself after a day of silence.
"""

from datetime import datetime
from typing import Final

from handlers.agenda_points import in_short, presents
from handlers.agenda_posting import announce_coming
from handlers.kit.access import Deed
from handlers.kit.budget import inform
from handlers.kit.doors import amend_decision, edit_action, meeting_closed
from handlers.kit.effects import Cancel, Direct, Effects, Post, Refusal, Schedule, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, rung
from handlers.kit.inbound import Request
from handlers.kit.people_shown import person
from handlers.kit.ui import Action, Button, Card, Element, Items, Line, Row, text
from handlers.meeting_cards import everybody
from handlers.meeting_rules import GIVEN_UP, QUIET, is_given_up, silent_until
from handlers.meeting_steps import load, load_led, load_open, shown
from storage import actions, agenda, decisions, forums, intake, meetings, presentations, sittings
from storage.actions import OPEN
from storage.agenda import Point
from storage.db import from_ms, to_ms
from storage.meetings import Meeting
from storage.records import ActionItem, Decision, Member

feature = Feature("meeting_closing")

SOME: Final = 5
"""Unfinished things of a kind that are named one by one."""


# --- Closing ---------------------------------------------------------------------------------------------------


@feature.button(Deed.RECORD)
def close(req: Request, meeting: int) -> Effects:
    """It is over, unless something is unfinished: then what, with a way to mend each or to close anyway."""
    if load(req, meeting).state == "closed":
        yield Toast(text("meeting-closed-already"))
        return
    one = load_led(req, meeting)
    body = _unfinished(req, one)
    if body is None:
        yield from _close(req, one)
        yield Whisper(Card(text("meeting-closed", title=one.title)))
    else:
        yield Whisper(Card(text("meeting-before-closing"), tuple(body)))


@feature.button(Deed.RECORD)
def anyway(req: Request, meeting: int) -> Effects:
    """It is over, as it is."""
    if load(req, meeting).state == "closed":
        yield Toast(text("meeting-closed-already"))
        return
    one = load_led(req, meeting)
    yield from _close(req, one)
    yield Whisper(Card(text("meeting-closed", title=one.title)))


def _unfinished(req: Request, one: Meeting) -> list[Element] | None:
    """What is to be seen before it closes; ``None`` when nothing is left to do."""
    shut = Button(text("meeting-close-anyway"), anyway.action(one.id))
    if one.point is None and sittings.is_empty(req.store, one):
        back = Button(text("meeting-undo"), undo.action(one.id), "primary")
        return [Line(text("meeting-nothing-happened")), Row((back, shut))]
    kept = sittings.kept(req.store, one)
    found_actions = [actions.get(req.store, one.forum, each.record) for each in kept if each.kind == "action"]
    found = [decisions.get(req.store, one.forum, each.record) for each in kept if each.kind == "decision"]
    body = [
        *_about_actions([each for each in found_actions if each and _is_loose(each)]),
        *_about_decisions(
            [each for each in found if each and each.state == "standing" and not each.follow_up_on]
        ),
        *_about_points(one, _not_reached(req, one)),
    ]
    return [*body, Row((shut,))] if body else None


def _is_loose(one: ActionItem) -> bool:
    return one.state in OPEN and (one.due_on is None or (one.actor is None and one.owner is None))


def _not_reached(req: Request, one: Meeting) -> list[Point]:
    touched = {each.point for each in sittings.kept(req.store, one)}
    touched |= {each.point for each in sittings.notes(req.store, one)} | {one.point}
    points = agenda.of_meeting(req.store, one.forum, one.id)
    return [each for each in points if each.state == "planned" and each.id not in touched]


def _about_actions(loose: list[ActionItem]) -> list[Element]:
    if not loose:
        return []
    buttons = tuple(
        Button(text("meeting-mend-action", number=str(each.id)), edit_action(each.id))
        for each in loose[:SOME]
    )
    return [Line(text("meeting-loose-actions", count=len(loose))), Row(buttons)]


def _about_decisions(loose: list[Decision]) -> list[Element]:
    if not loose:
        return []
    buttons = tuple(
        Button(text("decision-number", number=each.label), amend_decision(each.id)) for each in loose[:SOME]
    )
    return [Line(text("meeting-loose-decisions", count=len(loose))), Row(buttons)]


def _about_points(one: Meeting, left: list[Point]) -> list[Element]:
    if not left:
        return []
    lines: list[Element] = [Line(text("meeting-left-points", count=len(left)))]
    lines += [Line(text("meeting-left-point", what=in_short(each)), "small") for each in left[:SOME]]
    take = Action("meeting.take", (one.id, left[0].id))
    return [*lines, Row((Button(text("meeting-take-first"), take),))]


def _close(req: Request, one: Meeting, ended_at: datetime | None = None) -> Effects:
    """Points find their end, what was not reached waits for the next meeting, and the minutes are made.

    ``ended_at`` is when people went home, of a meeting that nobody closed.
    """
    if one.point:
        agenda.settle(req.store, one.forum, one.point)
    agenda.finish(req.store, one.forum, one.id)
    sittings.hear(req.store, one, sorted(sittings.heard(req.store, one)))
    meetings.close(req.store, one, ended_at or req.now)
    yield from _timers_off(one)
    yield from shown(req, one.id)
    yield Schedule(f"meeting-closed:{one.id}", req.now, meeting_closed(one.id))
    yield from _after_presenting(req, one)
    yield from announce_coming(req)


def _timers_off(one: Meeting) -> Effects:
    yield Cancel(f"sitting:{one.id}")
    yield Cancel(f"point:{one.id}")


def _after_presenting(req: Request, one: Meeting) -> Effects:
    """Organisations that have presented themselves are asked for a few lines to remember it by."""
    members = everybody(req, one)
    here = [each.member for each in sittings.seats(req.store, one).values() if each.present]
    for each in agenda.of_meeting(req.store, one.forum, one.id):
        actor = presents(each)
        if not actor or each.state != "done":
            continue
        presentations.presented(req.store, one.forum, actor, meeting=one.id, day=req.today)
        button = Button(text("presenting-write"), Action("presenting.summary_form", (actor,)), "primary")
        card = Card(text("presenting-thanks"), (Line(text("presenting-ask")), Row((button,))))
        for them in (members[each] for each in here if each in members and members[each].actor == actor):
            if them.state == "active":
                yield from inform(req, them, card)


# --- Taking it back --------------------------------------------------------------------------------------------


@feature.button(Deed.RECORD)
def undo(req: Request, meeting: int) -> Effects:
    """It was never opened: no number is used up, and its points wait as before."""
    one = load_led(req, meeting)
    if not sittings.is_empty(req.store, one):
        raise Refusal(text("meeting-not-empty"))
    sittings.undo(req.store, one)
    agenda.give_back(req.store, one.forum)
    yield from _timers_off(one)
    yield from shown(req, meeting)
    yield Whisper(Card(text("meeting-undone")))
    yield from announce_coming(req)


# --- Left open -------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def quiet(req: Request, meeting: int) -> Effects:
    """After some hours of silence whoever leads is asked whether it is over; after a day it is."""
    rung(req)
    one = meetings.get(req.store, forum_of(req).id, meeting)
    if one is None or one.state != "open":
        return
    sign = max(sittings.last_sign_of_life(req.store, one), _said_to_go_on(req, one))
    if is_given_up(one, sign, req.now):
        yield from _close(req, one, max(sign, min(one.ends_at, req.now)))
        yield Post(Card(text("meeting-closed-itself", title=one.title)))
        return
    asks_at = silent_until(one, sign)
    if req.now < asks_at:
        yield Schedule(f"sitting:{one.id}", asks_at, quiet.action(one.id))
        return
    yield from _ask(req, one)
    yield Schedule(f"sitting:{one.id}", max(sign, one.ends_at) + GIVEN_UP, quiet.action(one.id))


def _ask(req: Request, one: Meeting) -> Effects:
    """The one who leads, or the coordinators when that one has left; in the chat only where nobody can be reached."""
    chair = forums.member(req.store, one.forum, one.chair) if one.chair else None
    if chair and chair.state == "active":
        asked: list[Member] = [chair]
    else:
        asked = forums.coordinators(req.store, one.forum)
    row = Row((
        Button(text("meeting-close"), close.action(one.id), "primary"),
        Button(text("meeting-goes-on"), goes_on.action(one.id)),
    ))  # fmt: skip
    card = Card(
        text("meeting-is-it-over", title=one.title), (Line(text("meeting-closes-itself"), "small"), row)
    )
    who = Items(tuple(map(person, asked)))
    aloud = Card(text("meeting-is-it-over-aloud", who=who, title=one.title), (row,))
    for index, each in enumerate(asked):
        yield Direct(each.person, card, fallback=None if index else aloud)


@feature.button(Deed.RECORD)
def goes_on(req: Request, meeting: int) -> Effects:
    """It is not over: some hours pass before anybody is asked again."""
    one = load_open(req, meeting)
    intake.set_fact(req.store, _fact(one), str(to_ms(req.now)))
    yield Schedule(f"sitting:{one.id}", req.now + QUIET, quiet.action(one.id))
    yield Whisper(Card(text("meeting-goes-on-noted")))


def _said_to_go_on(req: Request, one: Meeting) -> datetime:
    return from_ms(int(intake.fact(req.store, _fact(one)) or 0))


def _fact(one: Meeting) -> str:
    return f"goes-on:{one.forum}:{one.id}"
