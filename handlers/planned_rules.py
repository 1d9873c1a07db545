"""A single meeting in one line: "12 maj 13-15 Rådhuset", "styrgrupp på fredag kl 9". Pure."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

from handlers.cycle_words import DAY_MINUTES, minute_of
from handlers.kit.when import parse_day
from storage.values import dataclass

LONGEST: Final = 200
USUAL_LENGTH: Final = 60
MOST_WORDS: Final = 6
"""No day is said in more words."""
_CLOCK: Final = r"([0-9]{1,2})(?:[.:]([0-9]{2}))? ?(am|pm)?"
_RANGE: Final = re.compile(
    rf"(?<![\w.:/–-])(?:(?:kl|klockan|at|from|från|mellan|between)\b\.? ?)?{_CLOCK} ?(?:[-–—]|till|to|until) ?(?:kl\.? ?)?{_CLOCK}(?![\w:/])(?![.–-][0-9])",
    re.IGNORECASE,
)
_SINGLE: Final = re.compile(
    r"(?<![\w.:/–-])(?:(?:kl|klockan|at)\b\.? ?([0-9]{1,2})(?:[.:]([0-9]{2}))? ?(am|pm)?|([0-9]{1,2})[:.]([0-9]{2}) ?(am|pm)?)(?![\w:/])(?![.–-][0-9])",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(r"^(?:i|på|vid|in|at|@)\s+", re.IGNORECASE)
_EDGE: Final = " ,;:–—-"


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when, in minutes since midnight; ``wrong`` says what is wrong with them, or ""."""

    begins: int
    ends: int
    wrong: str = ""

    @property
    def clock(self) -> time:
        """When it begins."""
        return time(self.begins // 60, self.begins % 60)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Single:
    """What was read: ``None`` stands for what was not said or could not be read."""

    day: date | None
    times: Times | None
    title: str
    venue: str


def read_times(said: str) -> Times | None:
    """Times alone, as in a form: "13-15", "kl 9", "9.30"."""
    plain = " ".join(unicodedata.normalize("NFKC", said).split())
    found = _times_in(plain)
    if found is None and re.fullmatch(r"[0-9]{1,2}", plain):
        found = _times_in(f"kl {plain}")
    return found[1] if found else None


def read_single(said: str, today: date) -> Single:
    """Day and times wherever they stand; the words before are what it is called, those after where it is."""
    plain = " ".join(unicodedata.normalize("NFC", said).split())
    found = _times_in(plain)
    if found is None:
        return _with_day(plain, "", None, today)
    at, times = found
    before, after = plain[: at.start()].strip(_EDGE), plain[at.end() :].strip(_EDGE)
    return _with_day(before, after, times, today)


def _with_day(before: str, after: str, times: Times | None, today: date) -> Single:
    for words, is_before in ((before, True), (after, False)):
        if place := _day_in(words, today):
            first, last, day = place
            split = words.split()
            lead, rest = " ".join(split[:first]), " ".join(split[last:])
            if is_before:
                return Single(day, times, lead.strip(_EDGE), _venue(f"{rest} {after}"))
            return Single(day, times, before, _venue(f"{lead} {rest}"))
    return Single(None, times, before, _venue(after))


def _venue(words: str) -> str:
    return _LEAD.sub("", words.strip(_EDGE))


def _day_in(words: str, today: date) -> tuple[int, int, date] | None:
    """The first and longest run of words that names a day."""
    split = words.split()
    for first in range(len(split)):
        for last in range(min(len(split), first + MOST_WORDS), first, -1):
            day = parse_day(" ".join(split[first:last]), today)
            if day:
                return first, last, day
    return None


def _times_in(plain: str) -> tuple[re.Match[str], Times] | None:
    if found := _RANGE.search(plain):
        half = found[6] or ""
        begins = minute_of(found[1], found[2], (found[3] or half).lower())
        ends = minute_of(found[4], found[5], half.lower())
        return found, _checked(begins, ends)
    if found := _SINGLE.search(plain):
        hour, past, half = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        begins = minute_of(hour, past, (half or "").lower())
        return found, _checked(begins, None if begins is None else min(begins + USUAL_LENGTH, DAY_MINUTES))
    return None


def _checked(begins: int | None, ends: int | None) -> Times:
    if begins is None or ends is None or begins == DAY_MINUTES:
        return Times(0, 0, "no-time")
    return Times(begins, ends, "" if begins < ends else "ends-first")


def is_past(begins_at: datetime, now: datetime) -> bool:
    """Whether it would have begun already."""
    return begins_at <= now
