"""Weeks of digests and reminders over Easter and into summer time, in foul weather: none twice, none lost, none at night."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench import year
from bench.postbox import Arrival, Postbox
from bench.tally import Course, reckon
from bench.year import FEW_FORUMS, SHORT_WEEKS, Lived
from bot.playground.ledger import OK, Call
from prompts.texts import Catalog

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
    assert min(found.skipped, found.late, found.unclear, one.lives - 3) > 0, told
    assert min(found.digests, found.private, found.reminders) > 50, told
    assert one.faults > 0.25 * one.calls, told
    assert (found.doubled, found.lost, found.stale) == ([], [], []), told
    assert (found.unwelcome, found.crowded) == ([], []), told
    assert all(each.letter for each in one.course.arrivals if each.asks), told


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
        assert len(reckon(_with(some.course, each)).doubled) == len(some.found.doubled) + 1


def test_a_digest_that_never_came_is_lost(some: Lived) -> None:
    """Its forum had news, the bot was there, and no coordinator heard that it may be missing."""
    silent = _without(some, _first(some, "digest"))
    assert len(reckon(silent).lost) >= len(some.found.lost) + 2


@pytest.mark.parametrize("listed", [False, True])
def test_what_a_coordinator_heard_of_one_chat_excuses_one(some: Lived, listed: bool) -> None:
    """Both chats' digests are missing: it names one of them, or a list says that there is one, or two."""
    digest = _first(some, "digest")
    village = next(each for each in some.course.district.villages if each.name == digest.digest)
    account = some.course.district.people[village.members[0].person].accounts[0]
    one, other = (
        [(f"#{village.id}", "")] * 2 if listed else [(village.name, each) for each, _ in village.places]
    )
    heard = Arrival(*account, digest.at + timedelta(hours=1), letter=10**6, unclear=(one,))
    both = replace(heard, unclear=(one, other))

    silent = _without(some, digest)
    lost = [len(reckon(_with(silent, *each)).lost) for each in ((), (heard,), (heard, heard), (both,))]

    assert [each - lost[0] for each in lost] == [0, -1, -1, -2]


def test_what_may_be_missing_is_read_out_of_a_message_or_a_list() -> None:
    """A message names forums and platforms; a list has forums behind its buttons, and says of how many each is."""
    box, catalog = Postbox(), Catalog.load()
    one, two = (catalog.say("unclear-title", "sv", {"count": count}) for count in (1, 2))
    chat = catalog.say("place-name", "sv", {"title": "Forum 7", "platform": "Slack"})
    digest = catalog.say("digest-title", "sv", {"forum": "Forum 7"})
    named = catalog.say("unclear-what", "sv", {"title": digest, "chat": chat})
    keys = [f"budget.answer:{each}" for each in ("4:action-1", "5:news-a", "6:news-b")]
    for said in ({"text": f"{one}\n{named}"}, {"text": f"1. {digest}\n2. {two}\n3. {one}", "keys": keys}):
        box.append(Call("telegram", "sendMessage", {"chat_id": 1} | said, OK, 0.0))

    assert [each.digest for each in box.arrived.values()] == ["", ""]
    alone, listed = (each.unclear for each in box.arrived.values())
    assert alone == (("Forum 7", "slack"),)
    assert sorted(listed) == [("#5", ""), ("#5", ""), ("#6", "")]


def test_a_message_at_night_is_unwelcome(some: Lived) -> None:
    """At three in the morning nobody wants one."""
    private = _first(some, "asks")
    night = replace(private, at=private.at.replace(hour=2))
    found = reckon(_with(some.course, night))
    assert len(found.unwelcome) == len(some.found.unwelcome) + 1


def test_a_second_reminder_on_a_day_is_one_too_many(some: Lived) -> None:
    """Another letter counts, and each that is not known; the same letter again is a copy."""
    asked = _first(some, "asks")
    found = reckon(_with(some.course, replace(asked, letter=10**6)))
    unknown = reckon(_with(some.course, replace(asked, letter=0), replace(asked, letter=0)))
    copied = reckon(_with(some.course, asked))
    assert len(found.crowded) == len(some.found.crowded) + 1
    assert len(unknown.crowded) == len(some.found.crowded) + 2
    assert copied.copies == some.found.copies + 1
    assert copied.crowded == some.found.crowded


def _first(some: Lived, what: str) -> Arrival:
    """The first message of a kind: a digest that tells news, or one that asks something."""
    return next(
        each for each in some.course.arrivals if getattr(each, what) and (each.news or what != "digest")
    )


def _with(course: Course, *several: Arrival) -> Course:
    return replace(course, arrivals=(*course.arrivals, *several))


def _without(some: Lived, digest: Arrival) -> Course:
    """Nothing came of that forum's digest, on neither platform, and nobody heard of it."""
    return replace(some.course, arrivals=tuple(
        each for each in some.course.arrivals
        if not (each.digest == digest.digest and each.at.date() == digest.at.date()) and not each.unclear
    ))  # fmt: skip
