"""Kind guards (W8): once a week at most, a private hint to the coordinators about what the forum may drift into.

An action that nobody has, work that hangs on one person, an organisation that has been silent for long, a forum
without a next meeting, a decision that nobody follows up. Each hint names one matter and a next step, and can be
answered with *it is as it should be*. Nobody else hears of it, and nobody is counted or compared.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, TypeVar

from handlers.guard_cards import (
    card_name,
    follow_card,
    greeting_card,
    load_card,
    meet_card,
    owner_card,
    quiet_card,
    settled_card,
    with_settle,
)
from handlers.guard_rules import APART, KINDS, STALE, Matter, chosen, hangs_on, next_look
from handlers.kit.access import Deed
from handlers.kit.budget import nudge
from handlers.kit.effects import Effects, Refusal, Schedule, Toast, Update, Whisper
from handlers.kit.feature import Feature
from handlers.kit.forum import forum_of, meant_for, rung
from handlers.kit.inbound import Request
from handlers.kit.ui import Card, text
from handlers.kit.welcome import is_away
from storage import actions, decisions, forums, guards, meetings, nudges
from storage.records import Member
from storage.wishes import wishes_of

feature = Feature("guards")
T = TypeVar("T")

SOME: Final = 10
"""Matters of a kind that are looked at."""
NEW: Final = timedelta(days=7)
"""What nobody has taken in its first week is nothing to speak of yet."""
UNFOLLOWED: Final = (timedelta(days=180), timedelta(days=14))
"""Decisions of this age are looked at."""
UNMET: Final = timedelta(days=7)
"""After a meeting there is so much time to plan the next."""
SILENT: Final = timedelta(days=60)


# --- Each week -------------------------------------------------------------------------------------------------


@feature.button(Deed.READ)
def begin(req: Request) -> Effects:
    """The forum's guards get their day."""
    rung(req)
    yield _next(req)


def _next(req: Request) -> Schedule:
    return Schedule("guards", next_look(req.now, req.zone), look.action())


@feature.button(Deed.READ)
def look(req: Request) -> Effects:
    """The coordinators get one hint, if there is one worth giving."""
    behind = req.now - meant_for(req)
    yield _next(req)
    forum = forum_of(req).id
    last = guards.hinted_on(req.store, forum)
    if behind > STALE or (last and req.today - last < APART):
        return
    one = chosen(_found(req), guards.hints(req.store, forum), req.today)
    if one is None:
        return
    leaders = forums.coordinators(req.store, forum)
    if all(is_away(wishes_of(req.store, each.person), req.today) for each in leaders):
        return
    guards.told(req.store, forum, one.kind, one.subject, req.today)
    for each in leaders:
        yield from _tell(req, each, one)


def _tell(req: Request, to: Member, one: Matter) -> Effects:
    name, way_out = card_name(to.forum, one), settle.action(one.kind, one.subject)
    card = with_settle(_card(req, to, one), name, way_out)
    yield from nudge(
        req, to, f"hint-{one.kind}-{one.subject}", card, again.action(to.id, one.kind, one.subject)
    )


@feature.button(Deed.READ)
def again(req: Request, member: int, kind: str, subject: int) -> Effects:
    """One coordinator is told of it on another day, if it still is so."""
    rung(req)
    one, to = Matter(kind, subject), forums.member(req.store, forum_of(req).id, member)
    if to is None or to.state != "active" or to.role != "coordinator":
        return
    settled = any(each.settled and (each.kind, each.subject) == (kind, subject) for each in _told(req))
    if not settled and one in set(_of_kind(req, kind)):
        yield from _tell(req, to, one)


def _told(req: Request) -> list[guards.Hint]:
    return guards.hints(req.store, forum_of(req).id)


# --- What there is to point out ----------------------------------------------------------------------------------


def _found(req: Request) -> Iterator[Matter]:
    """The most useful first; what comes last costs most to find, and is looked for only when it is needed."""
    for each in KINDS:
        yield from _of_kind(req, each)


def _of_kind(req: Request, kind: str) -> Iterator[Matter]:
    store, forum = req.store, forum_of(req).id
    match kind:
        case "meet":
            met, at = guards.last_met(store, forum)
            planned = meetings.open_now(store, forum) or meetings.coming(store, forum, req.now, most=1)
            subjects = [] if planned or req.now - at < UNMET else [met]
        case "owner":
            subjects = [each.id for each in guards.ownerless(store, forum, req.now - NEW, most=SOME)]
        case "load":
            member = hangs_on(guards.loads(store, forum), len(forums.members(store, forum)))
            subjects = [member] if member else []
        case "follow":
            first, last = (req.now - each for each in UNFOLLOWED)
            subjects = [each.id for each in guards.unfollowed(store, forum, first, last, most=SOME)]
        case "quiet":
            running = {each.actor for each in forums.coordinators(store, forum)}
            silent = guards.silent(store, forum, req.now - SILENT)
            subjects = [each.id for each in silent if each.id not in running]
        case _:
            raise Refusal(text("refused-stale"))
    yield from (Matter(kind, each) for each in subjects)


def _card(req: Request, to: Member, one: Matter) -> Card:
    """The hint about something that was found a moment ago."""
    store, forum = req.store, to.forum
    match one.kind:
        case "meet":
            return meet_card()
        case "owner":
            return owner_card(_found_just_now(actions.get(store, forum, one.subject)))
        case "load":
            who = _found_just_now(forums.member(store, forum, one.subject))
            action = _found_just_now(guards.furthest(store, forum, one.subject))
            return load_card(who, action, theirs=who.id == to.id)
        case "follow":
            return follow_card(_found_just_now(decisions.get(store, forum, one.subject)))
        case _:
            actor = _found_just_now(forums.actor(store, forum, one.subject))
            return quiet_card(actor, greeting.action(one.subject))


def _found_just_now(what: T | None) -> T:
    assert what is not None  # noqa: S101 - it was found in this very request
    return what


# --- What a coordinator can do about it --------------------------------------------------------------------------


@feature.button(Deed.RUN_FORUM)
def settle(req: Request, kind: str, subject: int) -> Effects:
    """It is as it should be: nobody is told of it again, and it leaves the other coordinators' cards."""
    forum, one = forum_of(req).id, Matter(kind, subject)
    if guards.settle(req.store, forum, kind, subject):
        nudges.renew(req.store, forum, f"hint-{kind}-{subject}")
        yield Update(settled_card(card_name(forum, one)))
    yield Toast(text("hint-settled"))


@feature.button(Deed.RUN_FORUM)
def greeting(req: Request, actor: int) -> Effects:
    """Words to write to an organisation that one has not heard from."""
    forum = forum_of(req)
    one = forums.actor(req.store, forum.id, actor)
    members = forums.members(req.store, forum.id, actor_id=actor)
    if one is None or not members:
        raise Refusal(text("refused-stale"))
    yield Whisper(greeting_card(forum.name, one, members), replace=False)
