"""Points for the next meeting (W3, the beginning): anyone proposes one, by words or out of a pulse's result.

A point is kept as a text, so that each reads it in their own language. Whoever runs the forum ticks it off.
"""

import json
from typing import Final

from handlers.kit.access import Deed, may
from handlers.kit.effects import Effects, Post, Refusal, Toast, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, member_of
from handlers.kit.inbound import Request
from handlers.kit.people_shown import owner, verbatim
from handlers.kit.ui import Button, Card, Element, Line, Row, Text, text
from handlers.kit.ui_json import value_from_json, value_to_json
from handlers.pulse_cards import talk_about
from handlers.pulse_rules import from_json, talking_point
from storage import agenda, pulse
from storage.agenda import Point

feature = Feature("agenda")

SHOWN: Final = 10
LONGEST: Final = 500


@feature.command("agenda", Deed.RECORD, menu=True)
def points(req: Request, said: str) -> Effects:
    """With words, a new point that everybody sees; without, what waits."""
    if not said:
        yield Whisper(_list(req))
        return
    if len(said) > LONGEST:
        raise Refusal(text("field-too-long", most=LONGEST, now=len(said)))
    yield from _propose(req, verbatim(said), "")


@feature.button(Deed.RECORD)
def from_pulse(req: Request, number: int) -> Effects:
    """What a result says to talk about; once, however many press."""
    forum = forum_of(req)
    kept = pulse.results_of(req.store, forum.id, number)
    point = talking_point({key: from_json(json.loads(each)) for key, each in kept.items()})
    found = pulse.get(req.store, forum.id, number)
    if point is None or found is None or found.state != "published":
        raise Refusal(text("refused-stale"))
    yield from _propose(req, talk_about(point, pulse.own_texts(req.store, forum.id)), f"pulse:{number}")


def _propose(req: Request, what: Text, origin: str) -> Effects:
    forum, member = forum_of(req), member_of(req)
    said = json.dumps(value_to_json(what), ensure_ascii=False)
    number = agenda.propose(req.store, forum.id, what=said, origin=origin, member=member.id, now=req.now)
    if number is None:
        yield Toast(text("agenda-already"))
        return
    who = owner(req, forum.id, member.actor, member.id)
    yield Post(Card(text("agenda-proposed", who=who), (Line(what, "quote"),)))


@feature.button(Deed.RUN_FORUM)
def settled(req: Request, number: int) -> Effects:
    """The meeting has dealt with it."""
    if agenda.settle(req.store, forum_of(req).id, number):
        yield Toast(text("agenda-settled", number=str(number)))
    yield Whisper(_list(req))


def _list(req: Request) -> Card:
    waiting = agenda.proposed(req.store, forum_of(req).id)
    body: list[Element] = [
        Line(text("agenda-line", number=str(each.id), what=_said(each))) for each in waiting[:SHOWN]
    ]
    if not body:
        body.append(Line(text("agenda-none")))
    if len(waiting) > SHOWN:
        body.append(Line(text("agenda-and-more", count=len(waiting) - SHOWN)))
    if waiting and may(req, Deed.RUN_FORUM):
        body.append(
            Row(
                tuple(
                    Button(text("agenda-done", number=str(each.id)), settled.action(each.id))
                    for each in waiting[:SHOWN]
                )
            )
        )
    return Card(text("agenda-title"), tuple(body))


def _said(point: Point) -> Text:
    said = value_from_json(json.loads(point.what))
    return said if isinstance(said, Text) else verbatim(str(said))
