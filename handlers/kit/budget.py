"""How a feature speaks to somebody in private without being a nuisance (L4).

``nudge`` asks something of a person: at most one message a day, with everything in it, and five times about a matter.
``inform`` tells them what concerns them: at once in their hours, else with the next morning's message. What somebody
does themselves is answered without either.
"""

import json
from datetime import date, datetime, timedelta
from typing import Final

from handlers.kit.doors import back_again, tell_nudges
from handlers.kit.effects import Direct, Effects, Schedule
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Card
from handlers.kit.ui_json import card_to_json
from handlers.kit.welcome import MORNING, back_on, is_away, is_welcome, next_welcome
from handlers.kit.when import next_working_day, working_moment
from storage import intake, nudges, people
from storage.db import to_ms
from storage.nudges import Nudge
from storage.records import Member
from storage.wishes import wishes_of

MOST: Final = 5
"""So often a person is asked about the same matter."""
AFTER_QUESTIONS: Final = timedelta(minutes=1)
"""So much later is told what only waits to be told: else it would be a message of its own, and the questions another."""


def nudge(
    req: Request, to: Member, matter: str, card: Card, again: Action, *, fallback: Card | None = None
) -> Effects:
    """Ask a member about a matter (``action-12``) with their day's one message.

    When it has to wait, ``again`` rings then, for this person alone, and asks anew if there is still something to
    ask. Whoever wants no reminders, or lets the matter sleep, is not asked. Whoever is away is not asked before they
    are back. Whoever cannot be reached in private is asked in the chat with ``fallback``.
    """
    people.hold(req.store, to.person)
    wishes, forum = wishes_of(req.store, to.person), forum_of(req).id
    if not wishes.nudges or _rests(req, to, matter):
        return
    if people.private_account(req.store, to.person) is None and not is_away(wishes, req.today):
        yield Direct(to.person, card, fallback=fallback)
        return
    at = may_be_asked_at(req, to.person, after=nudges.told_on(req.store, to.person))
    if at is None:
        return
    if at > req.now:
        yield from put_off(req, to.person, matter, again, at)
        return
    nudges.wait(
        req.store, to.person, forum, matter, card=_written(card), fallback=_written(fallback),
        again=again.encode(forum),
    )  # fmt: skip
    yield tell_now(req, to.person)


def may_be_asked_at(req: Request, person: int, *, after: date | None) -> datetime | None:
    """When the next question may reach a person who has had that day's; ``None`` when they want no day at all.

    On the day they are back from leave they hear what waits; questions come the morning after.
    """
    wishes = wishes_of(req.store, person)
    if back := back_on(wishes, req.today):
        return working_moment(next_working_day(back + timedelta(days=1)), MORNING, req.zone)
    return next_welcome(wishes, req.now, req.zone, after=after)


def put_off(
    req: Request, person: int, matter: str, again: Action, at: datetime, *, forum: int = 0
) -> Effects:
    """A question waits until then, and is asked anew; in the request's forum, or in another one."""
    here = forum or forum_of(req).id
    nudges.put_off(req.store, person, here, matter, again=again.encode(here))
    yield Schedule(f"again:{person}:{matter}", at, again, forum=forum)


def tell_now(req: Request, person: int, *, forum: int = 0) -> Schedule:
    """What waits for a person is told at once, in one message with what others ask in the same minute."""
    return Schedule(f"nudges:{person}", req.now, tell_nudges(person), forum=forum)


def tell_at(person: int, at: datetime) -> Schedule:
    """What waits for a person is told then: with the questions that are asked anew that morning, for they come first."""
    return Schedule(f"nudges:{person}", at + AFTER_QUESTIONS, tell_nudges(person))


def may_ask(req: Request, to: Member, matter: str) -> bool:
    """Whether ``nudge`` would reach a member one of these days: nobody should wait for somebody who is not asked.

    Not who wants no reminders, is away, has no day for them, cannot be reached in private or lets the matter sleep.
    """
    wishes = wishes_of(req.store, to.person)
    if not wishes.nudges or is_away(wishes, req.today) or _rests(req, to, matter):
        return False
    reached = people.private_account(req.store, to.person) is not None
    return reached and next_welcome(wishes, req.now, req.zone) is not None


def back_at(req: Request, person: int, at: datetime) -> Effects:
    """A person comes back from leave once, whichever of their forums the timer belongs to."""
    intake.set_fact(req.store, f"back-at:{person}", str(to_ms(at)))
    yield Schedule(f"back:{person}", at, back_again(person))


def is_asleep(req: Request, to: Member, matter: str) -> bool:
    """Whether the member let a matter sleep until a later day."""
    known = nudges.get(req.store, to.person, forum_of(req).id, matter)
    return known is not None and _sleeps(known, req.today)


def _rests(req: Request, to: Member, matter: str) -> bool:
    """Whether it sleeps, or was asked about often enough."""
    known = nudges.get(req.store, to.person, forum_of(req).id, matter)
    return known is not None and (_sleeps(known, req.today) or known.sent >= MOST)


def _sleeps(one: Nudge, today: date) -> bool:
    return one.asleep_until is not None and today < one.asleep_until


def inform(req: Request, to: Member, card: Card, *, fallback: Card | None = None) -> Effects:
    """Tell a member what concerns them: at once in their hours, else with the next morning's message.

    To somebody who is away it is not told; what then waits for them they hear when they are back.
    """
    yield from inform_person(req, to.person, card, fallback=fallback)


def inform_person(req: Request, person: int, card: Card, *, fallback: Card | None = None) -> Effects:
    """The same to somebody who need not be a member any more."""
    people.hold(req.store, person)
    wishes = wishes_of(req.store, person)
    theirs = req.person is not None and req.person.id == person
    unreachable = people.private_account(req.store, person) is None
    if theirs or unreachable or is_welcome(wishes, req.now, req.zone):
        yield Direct(person, card, fallback=fallback)
        return
    at = next_welcome(wishes, req.now, req.zone)
    if at is None or is_away(wishes, req.today):
        return
    matter = news_about(req, card.name or f"{req.inbound.key}:{_written(card)}")
    nudges.wait(
        req.store, person, forum_of(req).id, matter, card=_written(card), fallback=_written(fallback), again=""
    )  # fmt: skip
    yield tell_at(person, at)


def is_there(req: Request, to: Member) -> bool:
    """Whether somebody can hear of something: reached in private, and not away."""
    reached = people.private_account(req.store, to.person) is not None
    return reached and not is_away(wishes_of(req.store, to.person), req.today)


def news_about(req: Request, what: str) -> str:
    """How news about something are called: newer words about the same card take the place of older ones."""
    return f"news-{req.seal(what)[:12]}"


def _written(card: Card | None) -> str:
    return json.dumps(card_to_json(card), ensure_ascii=False) if card else ""
