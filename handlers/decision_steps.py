"""What comes of a recorded decision by itself: undoing ends, a milestone is noticed, the follow-up day comes."""

from datetime import date, time, timedelta
from typing import Final

from handlers.kit.doors import celebrate, decision_follow_up, decision_refresh
from handlers.kit.effects import Effects, Schedule
from handlers.kit.inbound import Request
from handlers.kit.when import next_working_day, working_moment
from handlers.win_rules import decision_milestone

UNDO_FOR: Final = timedelta(minutes=15)
FOLLOW_UP_AT: Final = time(9, 0)
"""When people are asked what came of a decision, on the forum's clock."""


def recorded(req: Request, decision: int, follow_up_on: date | None) -> Effects:
    """A decision has been recorded a moment ago."""
    yield Schedule(
        f"undo:{decision}", req.now + UNDO_FOR, decision_refresh(decision), grace=timedelta(days=2)
    )
    if decision_milestone(decision):
        yield Schedule(f"win-decision:{decision}", req.now + UNDO_FOR, celebrate("decision", decision))
    if follow_up_on:
        yield followed_up(req, decision, follow_up_on)


def followed_up(req: Request, decision: int, day: date) -> Schedule:
    """Somebody is asked what came of it on that day, or on the working day after."""
    at = working_moment(next_working_day(day), FOLLOW_UP_AT, req.zone)
    return Schedule(f"follow-up:{decision}", at, decision_follow_up(decision), grace=timedelta(days=30))
