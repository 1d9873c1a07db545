"""One's own summary (L4), for those who want it: one private message for all one's forums.

It comes every working day or once a week: my actions, what waits for my organisation, thanks I got, the next
meetings. Whoever was on leave gets one when they are back. It comes in one's own hours, never two at once, and not
at all when there is nothing in it.
"""

from datetime import datetime

from handlers.digest_rules import LATE
from handlers.kit.access import Deed
from handlers.kit.effects import Cancel, Direct, Effects, Schedule
from handlers.kit.feature import Feature
from handlers.kit.forum import local_day, meant_for, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Card
from handlers.kit.welcome import is_away, is_welcome, next_welcome
from handlers.own_digest_cards import own_digest_card
from handlers.own_digest_rules import AWAY, STALE, WEEK, is_something, most_pressing_first, next_own
from storage import forums, intake, own_digests, people
from storage.db import from_ms, to_ms
from storage.own_digests import Mine
from storage.wishes import Wishes, wishes_of

feature = Feature("own_digest")

MOST = 40
"""Things of a kind looked for in one forum: as good as all."""


@feature.button(Deed.READ)
def begin(req: Request, person: int) -> Effects:
    """Somebody has chosen how often: their next summary gets its time, and no other one counts any more."""
    rung(req)
    yield from _wait_for(req, person, wishes_of(req.store, person), told=req.now)


def _wait_for(req: Request, person: int, wishes: Wishes, *, told: datetime) -> Effects:
    """A person has one next summary, whichever of their forums its timer belongs to."""
    at = next_own(wishes, req.now, req.zone)
    if at is None:
        intake.set_fact(req.store, _fact(person), "")
        yield Cancel(f"own-digest:{person}")
    else:
        yield from _ring_at(req, person, at, told)


def _ring_at(req: Request, person: int, at: datetime, told: datetime) -> Effects:
    intake.set_fact(req.store, _fact(person), f"{to_ms(at)}:{to_ms(told)}")
    yield Schedule(f"own-digest:{person}", at, send.action(person))


def _fact(person: int) -> str:
    return f"own-digest:{person}"


@feature.button(Deed.READ)
def send(req: Request, person: int) -> Effects:
    """What waits for a person in all their forums, in one message; nothing when nothing does."""
    due = rung(req)
    people.hold(req.store, person)
    at, _, told_at = intake.fact(req.store, _fact(person)).partition(":")
    wishes = wishes_of(req.store, person)
    if at != str(to_ms(due.due_at)):
        return  # it was moved, or begun anew in another forum
    told, behind = from_ms(int(told_at)), req.now - meant_for(req)
    if wishes.digest == "off":
        return
    back_at = intake.fact(req.store, f"back-at:{person}")
    just_back = bool(back_at) and local_day(req, from_ms(int(back_at))) == req.today
    if behind > STALE or is_away(wishes, req.today) or just_back:
        yield from _wait_for(req, person, wishes, told=told)
        return
    if not is_welcome(wishes, req.now, req.zone):
        later = next_welcome(wishes, req.now, req.zone)
        if later:
            yield from _ring_at(req, person, later, told)
        return
    card = _card(req, person, since=max(told, req.now - 5 * WEEK), late=behind > LATE)
    if card:
        yield Direct(person, card, care="once")
    yield from _wait_for(req, person, wishes, told=req.now)


@feature.button(Deed.READ)
def back(req: Request, person: int) -> Effects:
    """Somebody is back from leave: what waits, and what was decided meanwhile, in one message."""
    due = rung(req)
    people.hold(req.store, person)
    wishes, told = wishes_of(req.store, person), f"back:{person}"
    if intake.fact(req.store, f"back-at:{person}") not in ("", str(to_ms(due.due_at))):
        return  # they are back on another day, or came back already
    silent = not wishes.nudges and wishes.digest == "off"
    if is_away(wishes, req.today) or silent or intake.fact(req.store, told) == req.today.isoformat():
        return
    if not is_welcome(wishes, req.now, req.zone):
        later = next_welcome(wishes, req.now, req.zone)
        if later:
            intake.set_fact(req.store, f"back-at:{person}", str(to_ms(later)))
            yield Schedule(f"back:{person}", later, back.action(person))
        return
    intake.set_fact(req.store, told, req.today.isoformat())
    since = intake.fact(req.store, f"away-since:{person}")
    card = _card(req, person, since=from_ms(int(since)) if since else req.now - AWAY, back=True)
    if card:
        yield Direct(person, card, care="once")


def _card(
    req: Request, person: int, *, since: datetime, late: bool = False, back: bool = False
) -> Card | None:
    """One message for all forums; ``None`` when nothing waits in any."""
    everything: list[Mine] = [
        own_digests.mine(
            req.store,
            forum,
            member,
            since=since,
            until=req.now,
            horizon=req.today + WEEK,
            most=MOST,
            news=back,
        )
        for forum, member in forums.memberships(req.store, person)
    ]
    found = most_pressing_first([each for each in everything if is_something(each, req.now)])
    quiet = [each.forum for each in everything if not is_something(each, req.now)]
    return own_digest_card(found, quiet, req.today, late=late, back=back) if found else None
