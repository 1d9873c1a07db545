"""Days in plain words, working days, and working hours.

People say when in their own words, in Swedish or English: "på fredag", "15 mars", "in two weeks". Reminders keep to
working days and working hours in the forum's zone and off Swedish public holidays. No clock: what day or moment it
is now always comes from the caller.
"""

import re
import unicodedata
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import dateparser
import holidays

from handlers.kit.spoken_days import Reach, fits_weekday, names_month, read_day
from handlers.kit.ui import Text, text

LONGEST: Final = 60
"""More characters than this name no day."""
SATURDAY: Final = 5
NEAR: Final = 3660
"""A guess further away than this many days is no guess."""
OPENS, CLOSES, FIRST_THING = time(8), time(17), time(8, 30)
"""Working hours, and when the first message of a working day may come."""

_LEAD: Final = re.compile(
    "(?:allra )?(?:senast|till|innan|före|by|before|until|due|no later than|deadline:?) "
)
_MOVES: Final = re.compile(r"(?:flytta|skjut|ändra|byt)\b", re.IGNORECASE)
"""With these, "till fredag" is where the thing goes, not when it is to be done."""
_RANGE: Final = re.compile(r"[0-9]\s*[,–—-]\s*$")
_CLOCK_TIME: Final = re.compile(
    r",? (?:(?:kl|klockan|at)\.? ?[0-9]{1,2}(?:[.:][0-9]{2})?|[0-9]{1,2}:[0-9]{2})(?: ?[ap]m)?$"
)
_GUESSABLE: Final = re.compile(r"(?=.*[0-9])[0-9a-zåäö .,:/-]+")
_STAYS: Final = re.compile(
    "för|inför|med|i|om|vid|under|efter|från|mellan|och|eller|av|sedan|kring|runt|på|varje|var|varannan|förra|sista|första"
    "|möten?|mötet|träff|träffen|version|for|with|in|at|about|of|from|between|and|or|after|since|every|each|last|first|on"
    "|the|till|to|a|meetings?"
)
"""After these words a day belongs to the sentence: "protokoll från 15 mars", "rapport varje fredag"."""
_EDGE: Final = " \t\r\n,;:–—-"


def parse_day(said: str, today: date) -> date | None:
    """The day somebody named, in Swedish or English; ``None`` when it cannot be read with certainty.

    A day without a year is the next one: a month-day that has passed this year means next year. A weekday is never
    today: "på fredag" on a Friday is a week later, for today is "idag". "Nästa fredag" is the Friday of next
    calendar week, a week alone is its Friday, a month its last day. A full date in the past is returned as it
    stands; the caller says what is wrong with it.
    """
    phrase = _plain(said)
    if phrase is None:
        return None
    phrase = _CLOCK_TIME.sub("", phrase)
    for each in _without_lead(phrase):
        if read := read_day(each, today):
            return read[0]
    return _guess(phrase, today)


def split_day(said: str, today: date) -> tuple[str, date | None]:
    """A one-line command as what is to be done, and the day at its end: "Ring Ada senast på fredag".

    Only a phrase that the table of patterns reads whole is taken off; what is left keeps its words as they were
    written. Without such a phrase, everything said comes back with ``None``. Nothing but a day gives ``("", day)``.
    """
    offset = max(0, len(said) - LONGEST)
    tail = said[offset:]
    starts = [word.start() for word in re.finditer(r"\S+", tail) if word.start() or not offset]
    for start in starts:
        before, phrase = said[: offset + start], _plain(tail[start:])
        day = phrase and _day_at_end(before, phrase, today)
        if day:
            return before.strip(_EDGE), day
    return said, None


def _day_at_end(before: str, phrase: str, today: date) -> date | None:
    """The day of a phrase that follows ``before``, when together they leave no doubt that it is one."""
    marked = _is_marked(before, phrase)
    read = next(filter(None, (read_day(each, today) for each in _without_lead(phrase))), None)
    if read is None or marked is None:
        return None
    day, reach = read
    if day is None or marked:
        return day if reach >= Reach.MARKED else None
    words = before.split()
    if day < today or _STAYS.fullmatch(words[-1].casefold()):
        return None
    return day if reach is Reach.ADVERB or (reach is Reach.ENDING and len(words) > 1) else None


def _is_marked(before: str, phrase: str) -> bool | None:
    """Whether a comma or a "senast" sets the phrase apart; ``None`` when it certainly belongs to the sentence."""
    ranges = phrase[0].isdigit() and _RANGE.search(before[-LONGEST:])
    if ranges or (phrase.startswith("till ") and _MOVES.match(before)):
        return None
    return (
        not before.strip()
        or before.rstrip()[-1:] in ",;:–—"
        or before.endswith(" - ")
        or bool(_LEAD.match(phrase))
    )


def _plain(said: str) -> str | None:
    """Lower case, single spaces, no closing punctuation; ``None`` for what cannot name a day."""
    if len(said) > LONGEST or any(
        unicodedata.category(each)[0] == "C" and each not in "\t\r\n" for each in said
    ):
        return None
    plain = " ".join(unicodedata.normalize("NFKC", said).casefold().split())
    return plain.strip(" ,;!?").removesuffix(".") or None


def _without_lead(phrase: str) -> tuple[str, ...]:
    """The phrase itself, and without "senast" or the like before it."""
    lead = _LEAD.match(phrase)
    return (phrase, phrase[lead.end() :]) if lead else (phrase,)


def _guess(phrase: str, today: date) -> date | None:
    """Rarer spellings of a whole date, such as "15-mar-2027", by dateparser under tight reins.

    It would read "5 maj 10" as 2110 and overlook a weekday that does not fit, so what it finds must be near and fit.
    """
    if not _GUESSABLE.fullmatch(phrase) or not names_month(phrase):
        return None
    try:
        found = dateparser.parse(
            phrase,
            languages=["sv", "en"],
            settings={
                "PARSERS": ["absolute-time"],
                "REQUIRE_PARTS": ["day", "month"],
                "PREFER_DATES_FROM": "future",
                "RELATIVE_BASE": datetime.combine(today, time()),
                "DATE_ORDER": "DMY",
                "TIMEZONE": "UTC",
            },
        )
    except (ValueError, ArithmeticError):  # a library may trip over a date that we did not think of
        return None
    if found is None or not 0 <= (found.date() - today).days <= NEAR:
        return None
    return found.date() if fits_weekday(phrase, found.date()) else None


# --- Working days ----------------------------------------------------------------------------------------------


def is_working_day(day: date) -> bool:
    """Monday to Friday, except Swedish public holidays and the three eves that the law puts on a par with them."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def working_days_before(day: date, count: int) -> date:
    """The working day that lies ``count`` working days before; with 0, the day itself or the last one before it."""
    for _ in range(count):
        day = _working_day_until(day - timedelta(days=1))
    return _working_day_until(day)


def _working_day_until(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """The day itself if people work then, otherwise the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_moment(day: date, hour_minute: time, zone: str) -> datetime:
    """The instant (UTC) when clocks in the zone show that time.

    A time that the change to summer time skips comes as much later; one that happens twice is the first of the two.
    """
    return datetime.combine(day, hour_minute, zoneinfo.ZoneInfo(zone)).astimezone(UTC)


def clock(at: datetime | time) -> Text:
    """A time as clocks show it where it is meant: "8.30", "8:30" in English."""
    return text("clock", hour=str(at.hour), minute=f"{at.minute:02}")


def in_working_hours(now: datetime, zone: str) -> bool:
    """Whether it is between 8 and 17 on a working day in the zone."""
    local = now.astimezone(zoneinfo.ZoneInfo(zone))
    return OPENS <= local.time() < CLOSES and is_working_day(local.date())


def next_working_moment(now: datetime, zone: str) -> datetime:
    """Now, inside working hours; otherwise 8.30 of the same day or of the next working day, as UTC."""
    if in_working_hours(now, zone):
        return now
    local = now.astimezone(zoneinfo.ZoneInfo(zone))
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return working_moment(next_working_day(day), FIRST_THING, zone)


def known_zone(name: str) -> bool:
    """Whether a name is that of an IANA time zone, such as Europe/Stockholm."""
    return name in _zones()


def get_ready() -> None:
    """Load what whoever asks first would wait for, 0.1 s each: ways to say a day, all countries' holidays; all zones."""
    _guess("15 mars 2026 kl. 10:00", date(2026, 1, 1))
    holidays.country_holidays("SE")
    _zones()


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - {"Factory", "localtime"}
