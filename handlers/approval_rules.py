"""Rules of approval, pure: until when, what concerns whom, and when all is said."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.when import next_working_day, working_days_before, working_moment
from storage.approvals import Answer, Word
from storage.minutes import Minutes, Ruling

WORKING_DAYS: Final = 5
TO_ANSWER_AGAIN: Final = 2
"""Working days for those who are asked again, when the time is nearly over."""
ENDS: Final = time(17, 0)
REMINDED: Final = time(9, 0)


def due_after(day: date, zone: str, days: int = WORKING_DAYS) -> datetime:
    """The end of the working day that lies so many working days after a day."""
    for _ in range(days):
        day = next_working_day(day + timedelta(days=1))
    return working_moment(day, ENDS, zone)


def nudge_before(due: datetime, zone: str) -> datetime:
    """The morning of the working day before the time is over."""
    last = due.astimezone(ZoneInfo(zone)).date()
    return working_moment(working_days_before(last, 1), REMINDED, zone)


def concerns(ruling: Ruling, actor: str) -> bool:
    """Whether a decision is an organisation's to confirm: those it names, or everybody who was there if it names none."""
    return not ruling.actors or actor in ruling.actors


def rulings_of(minutes: Minutes, actor: str) -> tuple[Ruling, ...]:
    """The decisions that an organisation is asked about."""
    return tuple(each for each in minutes.rulings if concerns(each, actor))


def asked(minutes: Minutes) -> tuple[str, ...]:
    """The names of all organisations that are asked: who was there, and who is named in a decision."""
    there = [each.name for each in minutes.present if each.name]
    named = [name for ruling in minutes.rulings for name in ruling.actors]
    return tuple(dict.fromkeys((*there, *named)))


def is_complete(answers: Iterable[Answer], words: Iterable[Word]) -> bool:
    """Whether every organisation has answered, and nothing that was proposed waits."""
    given = [each.answer for each in answers]
    return bool(given) and all(given) and not any(each.kind == "change" and not each.state for each in words)
