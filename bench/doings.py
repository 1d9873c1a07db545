"""What the people of a district do in a week: decide, take on, finish, plan a meeting, go on leave.

Nobody types here. It goes straight into the records with the timers that it brings, at moments at which people are at
work; what the bot makes of it is the product's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from bench.almanac import DAY, Leave, works
from bench.almanac import moment as at_clock
from bench.district import MEMBERS, District, Somebody, Village
from bench.month import ring
from handlers.action_rules import next_reminder, overdue_report
from handlers.kit.doors import back_again, celebrate
from handlers.kit.ui import Action
from storage import actions, decisions, meetings, wishes
from storage.db import Store
from storage.decisions import Wording

NEWS: Final = 0.7
TASKS: Final = 0.6
"""Chances that a forum decides something in a week, or takes something on."""
KEPT: Final = 0.7
"""The share of actions that are done, around their day; the others are asked about until nobody asks any more."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that happens at a moment. ``what``: ``decides``, ``plans``, ``takes on``, ``does``, ``leaves``.

    ``village`` is a place among the district's, ``seat`` one among its members (``None`` for nobody in particular).
    Whoever ``leaves`` is a ``person``. In so many ``days`` an action is due, or a leave is over.
    """

    at: datetime
    what: str
    village: int = 0
    seat: int | None = None
    person: int = 0
    word: str = ""
    days: int = 0
    action: int = 0


def life(found: District, rng: Random, monday: datetime, week: int) -> Iterator[Doing]:
    """What people do in a week, by forum."""
    for at, each in enumerate(found.villages):
        number = f"{week * 1000 + at:06d}x"
        if rng.random() < NEWS:
            when, seat = _at_work(rng, each.zone, monday), rng.randrange(MEMBERS)
            yield Doing(when, "decides", at, seat, word=f"nytt{number}")
        if rng.random() < TASKS:
            when, seat = _at_work(rng, each.zone, monday), rng.choice((None, *range(MEMBERS)))
            yield Doing(when, "takes on", at, seat, word=f"sak{number}", days=rng.randint(2, 16))
        if week % 4 == at % 4:
            yield Doing(_at_work(rng, each.zone, monday), "plans", at)
    for who in found.people.values():
        if rng.random() < 0.04:  # noqa: PLR2004 - two leaves a year
            when = _at_work(rng, who.zone, monday)
            yield Doing(when, "leaves", person=who.id, days=rng.choice((2, 5, 14, 28)))


def _at_work(rng: Random, zone: str, monday: datetime) -> datetime:
    day = monday.date() + rng.randrange(5) * DAY
    while not works(day):
        day += DAY
    return at_clock(day, time(rng.randint(9, 15), rng.randrange(60)), zone)


def does(found: District, one: Doing, rng: Random, store: Store, now: datetime) -> Doing | None:
    """It goes into the records; what follows from it, if anything, is done later."""
    if one.what == "leaves":
        _leaves(found.people[one.person], one.days, store, now)
        return None
    village = found.villages[one.village]
    match one.what:
        case "decides":
            wording, by = Wording(f"Vi prövar {one.word} tillsammans"), village.members[one.seat or 0]
            decisions.record(store, village.id, wording, year=now.year, by=by, now=now)
            found.decided.append((one.word, village.id, now))
        case "plans":
            begins = now + 9 * DAY
            meetings.plan(store, village.id, title="Samverkansmöte", begins_at=begins, zone=village.zone,
                          ends_at=begins + timedelta(hours=2), member=village.members[0].id)  # fmt: skip
        case "takes on":
            return _takes_on(village, one, rng, store, now)
        case _:
            _finishes(village, one, rng, store, now)
    return None


def _takes_on(village: Village, one: Doing, rng: Random, store: Store, now: datetime) -> Doing | None:
    owner = None if one.seat is None else village.members[one.seat]
    who, due = owner or rng.choice(village.members), now.date() + one.days * DAY
    action = actions.add(
        store, village.id, what=f"Ordna {one.word}", actor=who.actor, owner=owner.id if owner else None, due_on=due,
        decision=None, member=village.members[0].id, now=now,
    )  # fmt: skip
    if at := next_reminder(due, now, 0, village.zone):
        ring(store, village.id, f"remind:{action}", at, Action("reminders.remind", (action, 0)))
    if first := actions.next_due(store, village.id, since=""):
        report = overdue_report(first, now, village.zone)
        ring(store, village.id, "overdue", report, Action("reminders.overdue"))
    if rng.random() > KEPT:
        return None
    later = now + max(1, one.days + rng.randint(-3, 6)) * DAY + timedelta(minutes=rng.randrange(60))
    return Doing(later, "does", one.village, one.seat, action=action)


def _finishes(village: Village, one: Doing, rng: Random, store: Store, now: datetime) -> None:
    """Done, and now and then by more than one organisation; a while later that may be worth celebrating."""
    known = actions.get(store, village.id, one.action)
    if known is None or known.state not in actions.OPEN:
        return
    if rng.random() < 0.4:  # noqa: PLR2004 - together
        helper = rng.choice(village.members).id
        actions.set_state(store, village.id, one.action, "underway", member=helper, now=now)
    by = village.members[one.seat or 0].id
    actions.set_state(store, village.id, one.action, "done", member=by, now=now)
    at = now + timedelta(minutes=15)
    ring(store, village.id, f"celebrate-{one.action}", at, celebrate("action", one.action))


def _leaves(who: Somebody, days: int, store: Store, now: datetime) -> None:
    """Away from this moment on."""
    if who.leaves and now.date() < who.leaves[-1].until:
        return
    until = now.date() + days * DAY
    who.leaves.append(Leave(now, until))
    wishes.keep(store, who.id, replace(wishes.wishes_of(store, who.id), away_until=until))
    shown = until
    while not works(shown):
        shown += DAY
    ring(store, who.forum, f"back:{who.id}", at_clock(shown, time(9), who.zone), back_again(who.id))
