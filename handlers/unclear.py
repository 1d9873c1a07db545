"""Messages of which nobody knows whether they came: whoever runs the forum hears of it once, in private and by day.

Sent once more such a message might stand there twice; not sent it may be missing. A person can look. What comes up
together, after a restart or while a platform is unwell, is one message. A card that was posted anew meanwhile, because
something on it changed, is none of these. Where the telling itself may be missing, that person is told again.
"""

import json
from datetime import timedelta
from typing import Final

from handlers.kit.access import Deed
from handlers.kit.budget import inform, inform_person, is_there
from handlers.kit.effects import Effects, Schedule
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, rung
from handlers.kit.forum_shown import place_name
from handlers.kit.inbound import Happened, Request
from handlers.kit.ui import Card, Element, Line, text
from handlers.kit.ui_json import card_from_json
from handlers.kit.welcome import is_away
from handlers.kit.when import in_working_hours, next_working_moment
from storage import forums, intake, nudges, outbox, unclear
from storage.outbox import Letter
from storage.records import Forum
from storage.unclear import Unclear
from storage.wishes import wishes_of

feature = Feature("unclear")

GATHER: Final = timedelta(minutes=20)
"""Longer than a decision can be undone: then its card changes."""
DAY: Final = timedelta(days=1)
SOME: Final = 10
"""Messages named one by one."""
MOST: Final = 1000
AGAIN: Final = 3
"""So often in a day somebody is told again."""
TITLE: Final = "unclear-title"
"""What a telling is known by when it may be missing itself."""


@feature.event("unclear")
def noticed(req: Request) -> Effects:
    """In a while, and when people are at work, the coordinators hear of it; again when that may not have come."""
    if req.forum is None or not isinstance(req.inbound, Happened):
        return
    letter = outbox.letter(req.store, int(req.inbound.detail))
    if letter is None or letter.kind != "direct":
        yield Schedule("unclear", req.now + GATHER, tell.action())
    elif _tellings(req, letter):
        yield Schedule(f"unclear-again:{letter.id}", req.now + GATHER, tell_again.action(letter.id))


def _tellings(req: Request, letter: Letter) -> list[Card]:
    """What a private message told of others that may be missing: alone, or in somebody's one message of the day."""
    known = (nudges.get(req.store, letter.person or 0, *each) for each in letter.matters)
    written = [each.card for each in known if each and each.card] or [letter.card]
    cards = (card_from_json(json.loads(each)) for each in written)
    return [each for each in cards if each.title.key == TITLE]


@feature.button(Deed.READ)
def tell_again(req: Request, number: int) -> Effects:
    """The same once more to the one who may have missed it, when they are back, and their chat is well."""
    rung(req)
    letter = outbox.letter(req.store, number)
    if letter is None or letter.person is None:
        return
    name = f"unclear-again:{letter.person}"
    day, _, times = intake.fact(req.store, name).partition(" ")
    count = int(times) if day == req.today.isoformat() else 0
    if count >= AGAIN or is_away(wishes_of(req.store, letter.person), req.today):
        at = next_working_moment(req.now + DAY, req.zone)
        yield Schedule(f"unclear-again:{number}", at, tell_again.action(number))
    else:
        intake.set_fact(req.store, name, f"{req.today.isoformat()} {count + 1}")
        for each in _tellings(req, letter):
            yield from inform_person(req, letter.person, each)


@feature.button(Deed.READ)
def tell(req: Request) -> Effects:
    """What has come up since they heard of it last, and where."""
    rung(req)
    forum = forum_of(req)
    if not in_working_hours(req.now, req.zone):
        yield Schedule("unclear", next_working_moment(req.now, req.zone), tell.action())
        return
    told = set(intake.fact(req.store, _told(forum)).split(","))
    unsure = unclear.posts(req.store, forum.id, most=MOST)
    # One that was sent earlier may become unclear later: the number alone does not say which are new.
    found = [each for each in unsure if str(each.id) not in told]
    if not found:
        return
    leaders = [each for each in forums.coordinators(req.store, forum.id) if is_there(req, each)]
    if not leaders:
        yield Schedule("unclear", next_working_moment(req.now + DAY, req.zone), tell.action())
        return
    intake.set_fact(req.store, _told(forum), ",".join(str(each.id) for each in unsure))
    body: list[Element] = [_line(req, each) for each in found[:SOME]]
    if len(found) > SOME:
        body.append(Line(text("action-and-more", count=len(found) - SOME)))
    card = Card(text(TITLE, count=len(found)), (*body, Line(text("unclear-todo"), "small")))
    for each in leaders:
        yield from inform(req, each, card)


def _told(forum: Forum) -> str:
    """The name under which is remembered what they heard of."""
    return f"unclear:{forum.id}"


def _line(req: Request, one: Unclear) -> Line:
    """What it was, by its title, and where it went."""
    to, title = one.to, card_from_json(json.loads(one.card)).title
    place = forums.place_at(req.store, to.platform, to.workspace, to.chat, to.topic)
    return Line(text("unclear-what", title=title, chat=place_name(place)) if place else title)
