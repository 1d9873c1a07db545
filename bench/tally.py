"""What the year came to: each digest once and in its week, each private message in somebody's hours, one reminder a day.

Looked at is only what arrived on the platforms, against what people decided and wish and what was promised them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bench.almanac import Leave, Span, may_be_written_to, moment, next_at_work, promised
from bench.district import District, Somebody, Village
from bench.postbox import Arrival
from storage.wishes import Wishes

LATE: Final = timedelta(hours=24)
"""A digest that would come later than this is left out, and the next one tells of that week as well."""
HEARD: Final = timedelta(days=6)
"""So long the coordinators may have to wait until they hear that one may not have come: over a long weekend.

It is kept for them while all of them are away, or reached nowhere.
"""
SHOWN: Final = 5
Chat = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """What was counted. The first five should be nothing; each has what it was, for those who look for the cause.

    ``unclear`` digests did not come after a fault of unknown outcome, and the coordinators were told so, or will be
    when one of them is there; ``skipped`` were left out by the policy. ``copies`` are reminders that came twice after
    an answer that was lost.
    """

    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unwelcome: list[str] = field(default_factory=list)
    crowded: list[str] = field(default_factory=list)
    unclear: int = 0
    skipped: int = 0
    late: int = 0
    digests: int = 0
    private: int = 0
    reminders: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What is reckoned with: the district, when the bot was away, everything that arrived, and from when until when."""

    district: District
    away: tuple[Span, ...]
    arrivals: tuple[Arrival, ...]
    span: Span


def reckon(course: Course) -> Tally:
    """Compare what arrived with what was promised."""
    found = Tally()
    by_chat: defaultdict[Chat, list[Arrival]] = defaultdict(list)
    for each in course.arrivals:
        by_chat[each.platform, each.chat].append(each)
    for village in course.district.villages:
        _digests(course, village, by_chat, found)
    for who in course.district.people.values():
        mine = sorted((one for chat in who.accounts for one in by_chat[chat]), key=lambda each: each.at)
        found.private += len(mine)
        found.unwelcome += [
            f"{each.at:%a %d %b %H:%M} UTC to {_wish(who.wishes, who.leaves)}: {each.said}" for each in mine
            if not may_be_written_to(who.wishes, who.leaves, each.at, who.zone)
        ]  # fmt: skip
        _reminders([each for each in mine if each.asks], who.zone, found)
    return found


# --- Digests -----------------------------------------------------------------------------------------------------


def _digests(course: Course, village: Village, by_chat: dict[Chat, list[Arrival]], found: Tally) -> None:
    one = village.rhythm
    slots = list(
        promised(one.weekday, one.at, village.zone, since=course.span.begins, until=course.span.ends)
    )
    skipped = {
        each
        for each in slots
        for away in course.away
        if away.holds(each) and next_at_work(away.ends, village.zone) > each + LATE
    }
    late = {each for each in slots if any(away.holds(each) for away in course.away)} - skipped
    found.skipped, found.late = found.skipped + len(skipped), found.late + len(late)
    missing: defaultdict[datetime, set[str]] = defaultdict(set)
    for place in village.places:
        there = [each for each in by_chat[place] if each.digest == village.name]
        found.digests += len(there)
        _once(village, there, slots, found)
        came = {slot for slot, several in _by_slot(there, slots).items() if several}
        found.stale += [f"{village.name} {place[0]}, of {slot:%a %d %b %H:%M} UTC" for slot in came & skipped]
        for slot in _owed(course, village, slots, skipped, late, there):
            missing[slot].add(place[0])
    for slot, platforms in sorted(missing.items()):
        silent = _silent(course, village, by_chat, slot, platforms)
        found.unclear += len(platforms) - len(silent)
        found.lost += [f"{village.name} {each}, of {slot:%a %d %b %H:%M} UTC" for each in silent]


def _once(village: Village, there: Sequence[Arrival], slots: Sequence[datetime], found: Tally) -> None:
    """One digest in each slot, and nothing new told in two of them."""
    for slot, several in _by_slot(there, slots).items():
        found.doubled += [
            f"{village.name} {each.platform}, of {slot:%a %d %b %H:%M} UTC" for each in several[1:]
        ]
    times = Counter(word for each in there for word in each.news)
    again = {word for word, count in times.items() if count > 1}
    same = {word for several in _by_slot(there, slots).values() for each in several[1:] for word in each.news}
    found.doubled += [f"{village.name}: {word}" for word in sorted(again - same)]


def _by_slot(there: Sequence[Arrival], slots: Sequence[datetime]) -> dict[datetime, list[Arrival]]:
    """What came from the moment one was promised until the next one is."""
    ends = [*slots[1:], datetime.max.replace(tzinfo=slots[0].tzinfo)] if slots else []
    return {
        begins: [each for each in there if begins <= each.at < until]
        for begins, until in zip(slots, ends, strict=True)
    }


def _owed(
    course: Course, village: Village, slots: Sequence[datetime], skipped: set[datetime], late: set[datetime],
    there: Sequence[Arrival],
) -> list[datetime]:  # fmt: skip
    """Slots whose news did not come in them. What is decided while one is late may come in it or in the next."""
    told = _by_slot(there, slots)
    owed = set()
    for word, forum, at in course.district.decided:
        if forum != village.id:
            continue
        coming = [each for each in slots if each > at and each not in skipped]
        before = [each for each in slots if each <= at and each in late][-1:]
        if not coming or coming[0] + HEARD > course.span.ends:
            continue
        if not any(word in each.news for slot in (*before, coming[0]) for each in told[slot]):
            owed.add(coming[0])
    return sorted(owed)


def _silent(
    course: Course, village: Village, by_chat: dict[Chat, list[Arrival]], slot: datetime, platforms: set[str]
) -> list[str]:
    """Those platforms of which nobody who runs the forum was told that its digest may not have come there.

    What names a chat speaks of that one; a list that names none, of as many as it says.
    """
    leaders = [course.district.people[each.person] for each in village.members if each.role == "coordinator"]
    until = (
        min((_is_there(each, slot) for each in leaders if each.reachable), default=course.span.ends) + HEARD
    )
    if until > course.span.ends:
        return []
    named, most = set[str](), 0
    for leader in leaders:
        private = (one for chat in leader.accounts for one in by_chat[chat])
        heard = Counter(one for each in _letters(private) if slot <= each.at < until for one in each.unclear)
        known = {each for each in platforms if heard[village.name, each]}
        named |= known
        most = max(most, len(known) + heard[f"#{village.id}", ""])
    return sorted(platforms - named)[max(0, most - len(named)) :]


def _is_there(who: Somebody, at: datetime) -> datetime:
    """Somebody is there then, or as soon as they are back, also from what they begin in the days after."""
    return max(
        [at, *(moment(each.until, time(), who.zone) for each in who.leaves if each.since < at + HEARD)]
    )


# --- Reminders ---------------------------------------------------------------------------------------------------


def _reminders(mine: Iterable[Arrival], zone: str, found: Tally) -> None:
    """At most one message a day that asks something; the same one again is a copy."""
    by_day: defaultdict[str, list[Arrival]] = defaultdict(list)
    for each in mine:
        by_day[each.at.astimezone(ZoneInfo(zone)).date().isoformat()].append(each)
    for date, day in by_day.items():
        letters = _letters(day)
        found.reminders += len(letters)
        found.copies += len(day) - len(letters)
        found.crowded += [
            f"{date}: {one.at:%H:%M} {sorted(one.asks)}, then {other.at:%H:%M} {sorted(other.asks)}"
            for one, other in pairwise(letters)
        ]


def _letters(several: Iterable[Arrival]) -> list[Arrival]:
    """Each letter as it came first, and everything of which the letter is not known."""
    found: dict[int, Arrival] = {}
    for number, each in enumerate(several, 1):
        found.setdefault(each.letter or -number, each)
    return list(found.values())


def _wish(wishes: Wishes, leaves: Sequence[Leave]) -> str:
    days, hours = "".join(map(str, wishes.days)), f"{wishes.opens:%H:%M}-{wishes.closes:%H:%M}"
    away = f", back {leaves[-1].until}" if leaves else ""
    return f"{days} {hours}{away}"
