"""Meetings as calendars read them (RFC 5545): one meeting as a file, and all of a forum's as a calendar to subscribe to.

An entry keeps its UID however often its meeting is moved, and its SEQUENCE rises. A cycle is one entry with its rule,
without the days on which there is no meeting, and with an entry of its own for each meeting that is elsewhere. The rule
ends with the last meeting that was planned, so that no calendar shows a day that nobody was asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vRecur

from handlers.calendar_zones import zone_component
from handlers.cycle_planning import rule_in, span_of
from handlers.cycle_rules import occurrences
from storage.cycles import Cycle
from storage.meetings import Meeting
from storage.values import dataclass

PRODUCT: Final = "-//Samsyn//Samsyn//SV"
FRESH: Final = timedelta(hours=4)
"""How often a calendar had better look for changes."""
ALIVE: Final = ("planned", "open", "closed")
SHOWN: Final = (*ALIVE, "cancelled")


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from: ``tag`` is the installation's own, so that no two have entries of the same name."""

    tag: str
    now: datetime

    def uid(self, kind: str, forum: int, number: int) -> str:
        """The name of an entry, for good."""
        return f"{kind}-{forum}-{number}@{self.tag}.samsyn"


def meeting_file(one: Meeting, source: Source, cycle: Cycle | None = None) -> str:
    """One meeting; taken in again after a change it replaces what the calendar has.

    A meeting of a ``cycle`` is one day of its entry, so that whoever subscribes as well has it once.
    """
    calendar = _calendar("CANCEL" if one.state == "cancelled" else "PUBLISH")
    day = one.occurs_on
    if cycle and day and day in occurrences(rule_in(cycle), cycle.first_on, day):
        uid = source.uid("cycle", cycle.forum, cycle.id)
        return _text(calendar, [_override(cycle, day, one, source, uid)], [one.zone, cycle.zone])
    return _text(calendar, [_event(one, source, source.uid("meeting", one.forum, one.id))], [one.zone])


def feed(name: str, cycles: Iterable[Cycle], meetings: Sequence[Meeting], source: Source) -> str:
    """Everything that a forum has planned, and what it has held or cancelled."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", FRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FRESH))
    events: list[Event] = []
    told: set[int] = set()
    zones = [each.zone for each in meetings]
    for cycle in cycles:
        mine = {each.occurs_on: each for each in meetings if each.cycle == cycle.id and each.occurs_on}
        series, within = _series(cycle, {day: one for day, one in mine.items() if one.state in SHOWN}, source)
        events += series
        told |= within
        zones.append(cycle.zone)
    for one in meetings:
        if one.id not in told and one.state in SHOWN:
            events.append(_event(one, source, source.uid("meeting", one.forum, one.id)))
    return _text(calendar, events, zones)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _text(calendar: Calendar, events: list[Event], zones: Iterable[str]) -> str:
    for zone in sorted({each for each in zones if events} - {"UTC"}):
        calendar.add_component(zone_component(zone, min(each.start.year for each in events)))
    for each in events:
        calendar.add_component(each)
    return str(calendar.to_ical().decode())


# --- Entries -----------------------------------------------------------------------------------------------------


def _event(one: Meeting, source: Source, uid: str) -> Event:
    there = ZoneInfo(one.zone)
    event = _entry(uid, one.title, one.venue, source, one.sequence)
    event.add("dtstart", one.begins_at.astimezone(there))
    event.add("dtend", one.ends_at.astimezone(there))
    event.add("status", "CANCELLED" if one.state == "cancelled" else "CONFIRMED")
    return event


def _entry(uid: str, title: str, venue: str, source: Source, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", source.now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("summary", title)
    if venue:
        event.add("location", venue)
    return event


def _series(cycle: Cycle, mine: Mapping[date, Meeting], source: Source) -> tuple[list[Event], set[int]]:
    """A cycle as one entry and its exceptions, and the meetings that these tell of."""
    if not mine:
        return [], set()
    days = [each for each in occurrences(rule_in(cycle), cycle.first_on, max(mine)) if each >= min(mine)]
    uid = source.uid("cycle", cycle.forum, cycle.id)
    elsewhere = [
        _override(cycle, day, mine[day], source, uid) for day in days if _differs(cycle, day, mine.get(day))
    ]
    # Where all are cancelled there is no entry, only word of that for whoever has one of them as a file.
    is_any = any(day in mine and mine[day].state in ALIVE for day in days)
    whole = [_whole(cycle, days, mine, source, uid)] if is_any else []
    return [*whole, *elsewhere], {mine[day].id for day in days if day in mine}


def _whole(cycle: Cycle, days: list[date], mine: Mapping[date, Meeting], source: Source, uid: str) -> Event:
    there = ZoneInfo(cycle.zone)
    event = _entry(uid, cycle.title, cycle.venue, source, cycle.sequence)
    event.add("dtstart", _wall(cycle, days[0]).replace(tzinfo=there))
    event.add("dtend", (_wall(cycle, days[0]) + timedelta(minutes=cycle.minutes)).replace(tzinfo=there))
    event.add("rrule", vRecur.from_ical(f"{cycle.rule};UNTIL={span_of(cycle, days[-1])[0]:%Y%m%dT%H%M%SZ}"))
    event.add("status", "CONFIRMED")
    without = [_wall(cycle, each).replace(tzinfo=there) for each in days if each not in mine]
    if without:
        event.add("exdate", without)
    return event


def _wall(cycle: Cycle, day: date) -> datetime:
    return datetime.combine(day, cycle.begins)


def _differs(cycle: Cycle, day: date, one: Meeting | None) -> bool:
    if one is None:
        return False
    as_ruled = (*span_of(cycle, day), cycle.title, cycle.venue)
    return one.state == "cancelled" or as_ruled != (one.begins_at, one.ends_at, one.title, one.venue)


def _override(cycle: Cycle, day: date, one: Meeting, source: Source, uid: str) -> Event:
    event = _event(one, source, uid)
    event["sequence"] = cycle.sequence + one.sequence
    event.add("recurrence-id", _wall(cycle, day).replace(tzinfo=ZoneInfo(cycle.zone)))
    return event
