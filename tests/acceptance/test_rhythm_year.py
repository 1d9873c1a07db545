"""Weeks of digests and reminders over Easter and into summer time, in foul weather: none twice, none lost, none at night."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench import year
from bench.postbox import Arrival
from bench.tally import Course, reckon
from bench.year import FEW_FORUMS, SHORT_WEEKS, Lived

SEED = 1
"""Always the same weeks here; `make bench ONLY=rhythm-year` takes others."""


@pytest.fixture(scope="module")
def some() -> Lived:
    """Two weeks in a few forums."""
    with year.folder() as where:
        return year.lived(Path(where) / "some.db", 2, 5, SEED)


def test_weeks_of_faults_double_lose_and_disturb_nothing() -> None:
    """Digests once and in their week, by the policy after an outage; people in their hours, reminded once a day."""
    with year.folder() as where:
        one = year.lived(Path(where) / "weeks.db", SHORT_WEEKS, FEW_FORUMS, SEED)
    told, found = f"python -m bench.year --seed {SEED} repeats it", one.found
    assert min(found.skipped, found.late, one.lives - 3) > 0, told
    assert min(found.digests, found.private, found.reminders) > 50, told
    assert one.faults > 0.25 * one.calls, told
    assert (found.doubled, found.lost, found.stale) == ([], [], []), told
    assert (found.unwelcome, found.crowded) == ([], []), told


def test_the_same_seed_gives_the_same_weeks(some: Lived) -> None:
    """What arrives where and when follows from the seed."""
    with year.folder() as where:
        again = year.lived(Path(where) / "again.db", 2, 5, SEED)
    assert again.fingerprint == some.fingerprint
    assert again.found == some.found


# --- What is planted is seen -------------------------------------------------------------------------------------


def test_a_digest_that_comes_again_is_doubled(some: Lived) -> None:
    """The same one an hour later, and the same news in the week after."""
    digest = _first(some, "digest")
    hour, week = (replace(digest, at=digest.at + each) for each in (timedelta(hours=1), timedelta(days=7)))
    for each in (hour, week):
        assert len(reckon(_with(some, each)).doubled) == len(some.found.doubled) + 1


def test_a_digest_that_never_came_is_lost(some: Lived) -> None:
    """Its forum had news, the bot was there, and no coordinator heard that it may be missing."""
    digest = _first(some, "digest")
    silent = tuple(
        each for each in some.course.arrivals if each is not digest and digest.digest not in each.unclear
    )
    assert len(reckon(replace(some.course, arrivals=silent)).lost) > len(some.found.lost)


def test_a_message_at_night_is_unwelcome(some: Lived) -> None:
    """At three in the morning nobody wants one."""
    private = _first(some, "asks")
    night = replace(private, at=private.at.replace(hour=2))
    found = reckon(_with(some, night))
    assert len(found.unwelcome) == len(some.found.unwelcome) + 1


def test_a_second_reminder_on_a_day_is_one_too_many(some: Lived) -> None:
    """Another letter counts; the same letter again is a copy."""
    asked = _first(some, "asks")
    found = reckon(_with(some, replace(asked, letter=10**6)))
    copied = reckon(_with(some, asked))
    assert len(found.crowded) == len(some.found.crowded) + 1
    assert copied.copies == some.found.copies + 1
    assert copied.crowded == some.found.crowded


def _first(some: Lived, what: str) -> Arrival:
    """The first message of a kind: a digest that tells news, or one that asks something."""
    return next(
        each for each in some.course.arrivals if getattr(each, what) and (each.news or what != "digest")
    )


def _with(some: Lived, one: Arrival) -> Course:
    return replace(some.course, arrivals=(*some.course.arrivals, one))
