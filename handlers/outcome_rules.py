"""Rules of looking back on decisions, pure: what has been answered already, and how far a decision has come."""

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from storage.outcomes import Outcome, Progress
from storage.records import Decision

Stage: TypeAlias = Literal["none", "waiting", "partly", "done"]
SETTLES: Final = timedelta(days=1)
"""So long the answer about a decision without a follow-up day counts as the answer; later one may look back again."""


def is_answered(last: Outcome | None, one: Decision, now: datetime) -> bool:
    """Whether somebody has said what came of a decision, for the follow-up day that it has."""
    if last is None or last.verdict == "later" or last.day != one.follow_up_on:
        return False
    return one.follow_up_on is not None or now - last.at < SETTLES


def stage(progress: Progress) -> Stage:
    """How far a decision has come, as far as its actions tell."""
    if not progress.all:
        return "none"
    if progress.done == progress.all:
        return "done"
    return "partly" if progress.begun else "waiting"
