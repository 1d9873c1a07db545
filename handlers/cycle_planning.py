"""From a cycle to meetings: planned a rolling year ahead, never twice, and never on a day that somebody must be asked about.

A change of the rule keeps the meetings that are planned: each finds the nearest of the new days, with its agenda and
its answers. Only those for which there is no day any more are cancelled.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from handlers.cycle_rules import Rule, Slot, occurrences, rule_of, slots, span
from handlers.kit.inbound import Request
from storage import meetings
from storage.cycles import Cycle
from storage.meetings import Meeting

AHEAD: Final = timedelta(days=400)
"""A year, and what comes along until it is looked at again."""
YEAR: Final = timedelta(days=365)
BEYOND: Final = timedelta(days=70)
"""So far outside of what is looked at there may be a meeting that a suggestion must not meet."""
NEAR: Final = timedelta(days=20)
"""A meeting whose day is gone finds another one this near."""


def rule_in(cycle: Cycle) -> Rule:
    """The rule of a cycle."""
    return rule_of(cycle.rule, cycle.begins, cycle.minutes)


def slots_of(cycle: Cycle, since: date, until: date, today: date) -> list[Slot]:
    """The days of a cycle within a time, with what was said about them; what is suggested lies after today."""
    rule = rule_in(cycle)
    days = [each for each in occurrences(rule, cycle.first_on, until + BEYOND) if each >= since - BEYOND]
    within = [each for each in days if since <= each <= until]
    return slots(rule, within, dict(cycle.moves), days, after=today)


def span_of(cycle: Cycle, day: date) -> tuple[datetime, datetime]:
    """When a meeting of the cycle begins and ends if it is on this day."""
    return span(day, cycle.begins, cycle.minutes, cycle.zone)


def unsettled(req: Request, cycle: Cycle, within: timedelta = AHEAD) -> list[Slot]:
    """Days that something speaks against and nobody has said anything about, and on which nothing is planned."""
    since = max(req.today, cycle.first_on)
    known = {each.occurs_on for each in meetings.of_cycle(req.store, cycle.forum, cycle.id, since)}
    every = slots_of(cycle, since, since + within, req.today)
    return [each for each in every if not each.settled and each.day not in known]


def plan_ahead(req: Request, cycle: Cycle) -> None:
    """Plan what is not planned yet."""
    known = {each.occurs_on for each in meetings.of_cycle(req.store, cycle.forum, cycle.id, req.today)}
    for each in slots_of(cycle, req.today, req.today + AHEAD, req.today):
        if each.day not in known and each.settled and each.on:
            _plan(req, cycle, each.day, each.on)


def _plan(req: Request, cycle: Cycle, day: date, on: date) -> None:
    begins_at, ends_at = span_of(cycle, on)
    if begins_at > req.now:
        meetings.plan(
            req.store, cycle.forum, title=cycle.title, begins_at=begins_at, ends_at=ends_at, zone=cycle.zone,
            venue=cycle.venue, cycle=cycle.id, occurs_on=day, member=req.member.id if req.member else None,
        )  # fmt: skip


def replan(req: Request, old: Cycle, new: Cycle) -> list[Meeting]:
    """Bring what is planned into line with a changed cycle; every meeting that changed, as it was."""
    every = meetings.of_cycle(req.store, new.forum, new.id)
    to_come = [each for each in every if each.state == "planned" and each.begins_at > req.now]
    ahead = [each for each in to_come if each.occurs_on and each.occurs_on >= req.today]
    done = {each.occurs_on for each in every} - {each.occurs_on for each in ahead}
    coming = slots_of(new, req.today, req.today + AHEAD, req.today)
    days = {each.day: each for each in coming if each.day not in done}
    # One that was put off past its own day has no day among those that come: it stays where it was put.
    changed = [each for each in to_come if each not in ahead and _carried(req, old, new, each, None)]
    for one, slot in _paired(ahead, days):
        if slot is None or (slot.settled and slot.on is None):
            meetings.cancel(req.store, one)
            changed.append(one)
        elif _carried(req, old, new, one, slot):
            changed.append(one)
    plan_ahead(req, new)
    return changed


def _paired(ahead: list[Meeting], days: dict[date, Slot]) -> Iterator[tuple[Meeting, Slot | None]]:
    """Each meeting with its new day: the same one, or else the nearest that is free."""
    homeless = [each for each in ahead if each.occurs_on not in days]
    free = sorted(days.keys() - {each.occurs_on for each in ahead})
    free = [each for each in free if days[each].settled and days[each].on]
    for one in ahead:
        if one.occurs_on in days:
            yield one, days[one.occurs_on]
    for one in homeless:
        near = [each for each in free if one.occurs_on and abs(each - one.occurs_on) <= NEAR]
        best = min(near, key=lambda each: abs(each - (one.occurs_on or each)), default=None)
        if best:
            free.remove(best)
        yield one, days[best] if best else None


def _carried(req: Request, old: Cycle, new: Cycle, one: Meeting, slot: Slot | None) -> bool:
    """The meeting follows the rule; without a day, or moved by hand, it stays where people agreed to have it."""
    by_hand = one.occurs_on is None or (one.begins_at, one.ends_at) not in _as_ruled(old, one.occurs_on)
    day, on = (slot.day, slot.on) if slot else (one.occurs_on, None)
    begins_at, ends_at = (one.begins_at, one.ends_at) if by_hand or not on else span_of(new, on)
    venue = new.venue if one.venue == old.venue else one.venue
    title = new.title if one.title == old.title else one.title
    same = (one.begins_at, one.ends_at, one.venue, one.title, one.occurs_on)
    if same == (begins_at, ends_at, venue, title, day):
        return False
    meetings.move(
        req.store, one, begins_at=begins_at, ends_at=ends_at, venue=venue, title=title, occurs_on=day
    )
    return True


def _as_ruled(cycle: Cycle, day: date) -> set[tuple[datetime, datetime]]:
    """Where the rule, or what was said about its day, had put a meeting."""
    said = cycle.moves.get(day.isoformat())
    return {span_of(cycle, each) for each in (day, date.fromisoformat(said) if said else day)}
