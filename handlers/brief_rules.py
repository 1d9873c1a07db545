"""The leaders' brief, pure: what it is made of, how it is kept, and on which day it comes.

It is a handful of sentences in sections; the message, the Word file and the PDF say the same ones. It is kept as it
was sent, in no language: whoever reads it later reads it in theirs.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

from handlers.kit.ui import Text, Value, text
from handlers.kit.ui_json import Json, value_from_json, value_to_json
from handlers.kit.when import next_working_day, working_days_before, working_moment
from storage.values import dataclass

AT: Final = time(9, 0)
"""When a brief comes."""
AHEAD: Final = 2
"""Working days before a meeting."""
LATE: Final = timedelta(hours=1)
"""A brief later than this says so."""
STALE: Final = timedelta(hours=24)
"""A monthly one later than this is not sent: the next one tells it all."""
LONGEST: Final = timedelta(days=100)
"""How far a brief looks back."""
DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief: a heading, what it comes to in a sentence, and the things themselves."""

    heading: Text
    summary: Text
    items: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief about the time ``since`` a day ``until`` another; ``home`` is what to take home."""

    forum: str
    since: date
    until: date
    zone: str
    home: tuple[Text, ...]
    sections: tuple[Section, ...]


def span(brief: Brief) -> Text:
    """The time that a brief tells of."""
    if brief.since == brief.until:
        return text("brief-day", day=brief.until)
    return text("brief-span", since=brief.since, until=brief.until)


# --- When ------------------------------------------------------------------------------------------------------


def next_monthly(now: datetime, zone: str) -> datetime:
    """The morning of the first working day of a month, the next one there is."""
    today = now.astimezone(ZoneInfo(zone)).date()
    at = _first_of(today.year, today.month, zone)
    if at > now:
        return at
    return _first_of(today.year + today.month // DECEMBER, today.month % DECEMBER + 1, zone)


def _first_of(year: int, month: int, zone: str) -> datetime:
    return working_moment(next_working_day(date(year, month, 1)), AT, zone)


def next_morning(now: datetime, zone: str) -> datetime:
    """The next working morning."""
    today = now.astimezone(ZoneInfo(zone)).date()
    at = working_moment(next_working_day(today), AT, zone)
    return at if at > now else working_moment(next_working_day(today + timedelta(days=1)), AT, zone)


def is_time_for(meeting: date, today: date) -> bool:
    """Whether a meeting on that day is at most two working days ahead."""
    return working_days_before(meeting, AHEAD) <= today <= meeting


def begins_on(today: date, last: date) -> date:
    """The first day that a brief tells of: that of the one before, or of the forum; never the far past."""
    return max(last, today - LONGEST)


# --- Lists ------------------------------------------------------------------------------------------------------


def listed(items: Sequence[Text], count: int, most: int) -> tuple[Text, ...]:
    """The first things of a list, and how many there are besides."""
    shown = tuple(items[:most])
    left = count - len(shown)
    return (*shown, text("brief-and-more", count=left)) if left > 0 else shown


# --- As it is kept ---------------------------------------------------------------------------------------------


def brief_to_json(brief: Brief) -> str:
    """The brief as it is kept, and as a document gets it."""
    return json.dumps(
        {
            "forum": brief.forum,
            "since": brief.since.isoformat(),
            "until": brief.until.isoformat(),
            "zone": brief.zone,
            "home": list(map(value_to_json, brief.home)),
            "sections": [
                [
                    value_to_json(each.heading),
                    value_to_json(each.summary),
                    list(map(value_to_json, each.items)),
                ]
                for each in brief.sections
            ],
        },
        ensure_ascii=False,
    )


def brief_from_json(kept: str) -> Brief:
    """The reverse of :func:`brief_to_json`. Raises ``ValueError`` for anything else."""
    match json.loads(kept):
        case {
            "forum": str(forum),
            "since": str(since),
            "until": str(until),
            "zone": str(zone),
            "home": list(home),
            "sections": list(sections),
        }:
            first, last = date.fromisoformat(since), date.fromisoformat(until)
            return Brief(forum, first, last, zone, _texts(home), tuple(map(_section, sections)))
        case _:
            raise ValueError("not a brief")


def _section(raw: object) -> Section:
    match raw:
        case [heading, summary, [*items]]:
            first, second = _texts([heading, summary])
            return Section(first, second, _texts(items))
        case _:
            raise ValueError("not a section of a brief")


def _texts(raw: Sequence[object]) -> tuple[Text, ...]:
    read: list[Value] = [value_from_json(cast("Json", each)) for each in raw]
    texts = tuple(each for each in read if isinstance(each, Text))
    if len(texts) < len(read):
        raise ValueError("expected texts")
    return texts
