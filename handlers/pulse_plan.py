"""What the pulse asks and when, pure: the questions of each turn of a rhythm, and the days of a round.

Everybody gets the same questions in a round, and they change over time. A round opens when it is opened, closes at a
fixed hour on a working day, reminds once half way, and is published at nine the working day after. All hours are
those of the forum's wall clock, whatever summer time does in between.
"""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from handlers.kit.ui import Text, text
from handlers.kit.when import next_working_day, next_working_moment, working_moment
from prompts.questions import SETS, Part, Question, load_questions
from storage.values import dataclass

BANK: Final[Mapping[str, Question]] = load_questions()
REST: Final = timedelta(weeks=4)
"""So long a question rests before it is asked again."""
CLOSES, PUBLISHES, OPENS = time(15), time(9), time(9)
"""The hours at which a round closes, its result is published, and a round of a rhythm opens."""

Rhythm: TypeAlias = Literal["monthly", "biweekly", "weekly", "quarterly"]
_OPEN_FOR: Final[Mapping[Rhythm, int]] = {"monthly": 7, "biweekly": 5, "weekly": 3, "quarterly": 10}
_WEEKS: Final[Mapping[Rhythm, int]] = {"weekly": 1, "biweekly": 2}
_MONTHS: Final[Mapping[Rhythm, int]] = {"monthly": 1, "quarterly": 3}
_LETTERS: Final[Mapping[Rhythm, str]] = {
    "monthly": "ABCADEAFBACDAEF",
    "biweekly": "ABCDEF",
    "weekly": "ABCDEFABCDEF ",
    "quarterly": "AAAA",
}
"""The sets in turn; in a space there is a pause."""
_ALSO: Final = ("T6", "P4", "D5", "P6")
"""What quarters ask in turn, besides the core and F1."""


# --- Questions ---------------------------------------------------------------------------------------------------


def plan(rhythm: Rhythm, turn: int) -> tuple[str, ...]:
    """The ids of the questions of a turn, the first being 0; none in a pause."""
    if pause(rhythm, turn):
        return ()
    also = ("F1", _ALSO[turn % len(_ALSO)]) if rhythm == "quarterly" else ()
    return (*SETS[_letter(rhythm, turn)], *also)


def pause(rhythm: Rhythm, turn: int) -> bool:
    """Whether nothing is asked in this turn: after twelve weeks a group needs a week without."""
    return _letter(rhythm, turn) == " "


def _letter(rhythm: Rhythm, turn: int) -> str:
    return _LETTERS[rhythm][turn % len(_LETTERS[rhythm])]


def rested(ids: tuple[str, ...], asked: Mapping[str, date], today: date) -> bool:
    """Whether none of these questions was asked within four weeks. ``asked`` says on which day each last opened."""
    return all(today - asked[each] >= REST for each in ids if each in asked)


def turn_to_ask(rhythm: Rhythm, turn: int, asked: Mapping[str, date], today: date) -> int | None:
    """The turn itself, or the next whose questions have rested, for one who changed the rhythm or opened a round between.

    ``None`` when every turn has a question that still rests.
    """
    coming = range(turn, turn + len(_LETTERS[rhythm]))
    return next((each for each in coming if (ids := plan(rhythm, each)) and rested(ids, asked, today)), None)


def keys(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The questions in their wording of today: "D3" is "D3.1"."""
    return tuple(BANK[each].key for each in ids)


def part_of(key: str) -> Part | None:
    """The part that a question of the bank belongs to; a forum's own question belongs to none."""
    question = BANK.get(key.partition(".")[0])
    return question.part if question else None


def question_text(key: str) -> Text:
    """A question of the bank as a text in the reader's language: "D3.1". Older wordings can be said too."""
    return text(f"question-{key.lower().replace('.', '-')}")


def grounded_text(key: str) -> Text:
    """What research a question of the bank is grounded in."""
    return text(f"grounded-{key.partition('.')[0].lower()}")


# --- Days --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dates:
    """The moments of a round, in UTC and in this order."""

    opens_at: datetime
    reminds_at: datetime
    closes_at: datetime
    publishes_at: datetime


def dates(now: datetime, zone: str, rhythm: Rhythm = "monthly") -> Dates:
    """A round that opens now: it closes at 15 on a working day, and the result comes at 9 the working day after.

    A round is open 3 days or more in a weekly rhythm, 5 every two weeks, 7 monthly and alone, 10 quarterly. The
    reminder comes half way, or as soon after as people are at work.
    """
    local = now.astimezone(ZoneInfo(zone)).date()
    last = next_working_day(local + timedelta(days=_OPEN_FOR[rhythm]))
    closes = working_moment(last, CLOSES, zone)
    reminds = next_working_moment(now + (closes - now) / 2, zone)
    publishes = working_moment(next_working_day(last + timedelta(days=1)), PUBLISHES, zone)
    return Dates(now, reminds, closes, publishes)


def next_opening(opened: date, zone: str, rhythm: Rhythm) -> datetime:
    """When a rhythm opens its next round, after one that opened on this day: nine o'clock on a working day."""
    months = _MONTHS.get(rhythm, 0)
    day = _months_later(opened, months) if months else opened + timedelta(weeks=_WEEKS[rhythm])
    return working_moment(next_working_day(day), OPENS, zone)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
