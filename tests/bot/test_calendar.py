"""Calendars: fetched over HTTP and read by a parser that is not ours."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import vobject
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from bench.calendars import differences, random_cycle, read, seeded
from bench.cycles import decades
from bot.calendar import calendar_routes, remember_address
from bot.web import address, listener, served, site
from handlers.calendar_files import Source, feed, meeting_file
from handlers.calendar_zones import zone_component
from storage import cycles, intake, meetings
from storage.db import StoreUnavailable
from storage.meetings import Meeting
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum
from tests.stage.samples import NOW

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SECRET = "0123456789abcdef" * 2
SOURCE = Source("here", NOW)
ENTRY = r"BEGIN:VEVENT.*?END:VEVENT\r\n"
END = "END:VCALENDAR"
ONE = Meeting(
    1, 7, None, None, "Styrgrupp, vår", datetime(2026, 5, 12, 11, tzinfo=UTC), datetime(2026, 5, 12, 13, tzinfo=UTC), STOCKHOLM.key,
    "Rådhuset; sal 2", 0, "planned", None, "", None, None, None, None, None, None, 1,
)  # fmt: skip


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    """A forum whose calendar has a secret, with a year of meetings."""
    ready = ready_forum(chat)
    ready.store(lambda store: cycles.set_feed(store, ready.forum.id, SECRET))
    ready.ada.commands("årshjul andra torsdagen varje månad 13-15", private=True)
    ready.ada.clicks("cycle-settle-all")
    ready.ada.clicks("cycle-save")
    chat.reads_everything()
    return ready


def fetched(
    ready: Ready, name: str, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], str]:
    """What a calendar gets that asks for an address."""

    async def health() -> dict[str, bool]:
        return {}

    async def ask() -> tuple[int, Mapping[str, str], str]:
        taken = listener("127.0.0.1", 0)
        app = ready.chat.app
        url = f"{address(taken)}/calendar/{name}"
        async with (
            served(site(calendar_routes(lambda: app), health), taken),
            aiohttp.ClientSession() as client,
            client.get(url, headers=headers) as answer,
        ):
            return answer.status, answer.headers, await answer.text()

    return ready.chat.runner.run(ask())


def own(ready: Ready) -> str:
    """The forum's calendar."""
    status, headers, content = fetched(ready, f"{ready.forum.id}-{SECRET}.ics")
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["cache-control"] == "private, no-cache"
    return content


def entries(content: str) -> list[dict[str, Any]]:
    """Every entry with its plain values."""
    calendar: Any = vobject.readOne(content)
    return [
        {name: several[0].value for name, several in each.contents.items()}
        for each in calendar.contents["vevent"]
    ]


def held(ready: Ready) -> list[datetime]:
    """When the forum meets."""
    coming = ready.store(lambda store: meetings.coming(store, ready.forum.id, ready.chat.now, most=200))
    return [each.begins_at for each in coming]


# --- The feed ----------------------------------------------------------------------------------------------------


def test_a_subscribed_calendar_shows_what_is_planned(ready: Ready) -> None:
    """Every meeting of the year once, those that were moved where they are, and nothing else."""
    assert sorted(read(own(ready)).elements()) == held(ready)
    assert datetime(2026, 5, 21, 11, tzinfo=UTC) in held(ready)


def test_a_moved_and_a_cancelled_meeting_keep_their_entry(ready: Ready) -> None:
    """The series stays one entry: what is elsewhere says in place of which day, what is cancelled says so."""
    uid = entries(own(ready))[0]["uid"]
    first, second = ready.store(lambda store: meetings.coming(store, ready.forum.id, ready.chat.now, most=2))
    ready.store(lambda store: meetings.move(
        store, first, begins_at=first.begins_at + timedelta(days=1), ends_at=first.ends_at + timedelta(days=1), venue="Zoom"))  # fmt: skip
    ready.store(lambda store: meetings.cancel(store, second))
    content = own(ready)
    found = entries(content)
    assert {each["uid"] for each in found} == {uid}
    moved = next(each for each in found if each.get("recurrence-id") == first.begins_at)
    assert (moved["dtstart"], moved["location"]) == (first.begins_at + timedelta(days=1), "Zoom")
    assert int(moved["sequence"]) > int(found[0]["sequence"])
    assert (
        next(each for each in found if each.get("recurrence-id") == second.begins_at)["status"] == "CANCELLED"
    )
    assert sorted(read(content).elements()) == held(ready)


def test_single_meetings_are_entries_of_their_own(ready: Ready) -> None:
    """Beside the series, under the name that the file of the meeting has too."""
    ready.ada.commands("möte 12 maj 9-10 Biblioteket", private=True)
    ready.chat.reads_everything()
    assert sorted(read(own(ready)).elements()) == held(ready)
    assert "Biblioteket" in {each.get("location") for each in entries(own(ready))}


def test_a_changed_rule_keeps_what_was_held(ready: Ready) -> None:
    """After half a year on Thursdays the forum meets on Fridays: the calendar shows both as they were and are."""
    ready.chat.waits(days=120)
    ready.chat.reads_everything()
    past = [each for each in read(own(ready)).elements() if each < ready.chat.now]
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-change")
    assert ready.ada.fills({"cycle-field-words": "andra fredagen varje månad 9-10"}) == {}
    ready.chat.reads_everything()
    assert len(past) == 4
    assert sorted(read(own(ready)).elements()) == sorted([*past, *held(ready)])


def test_an_ended_cycle_leaves_what_was_held(ready: Ready) -> None:
    """What was cancelled is gone, what was held stays."""
    ready.chat.waits(days=70)
    ready.chat.reads_everything()
    past = [each for each in read(own(ready)).elements() if each < ready.chat.now]
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-end")
    ready.chat.reads_everything()
    assert sorted(read(own(ready)).elements()) == sorted(past)


@pytest.mark.parametrize(
    "name",
    [f"1-{'f' * 32}.ics", f"2-{SECRET}.ics", f"1-{SECRET}", f"1-{SECRET[:-1]}.ics", f"1-{'0' * 32}.ics", "1-.ics", "x.ics",
     f"99999-{'0' * 32}.ics", f"1-{SECRET.upper()}.ics", f"١-{SECRET}.ics"],
)  # fmt: skip
def test_a_wrong_address_leads_nowhere(ready: Ready, name: str) -> None:
    """A wrong secret, another forum, one without a calendar: all the same, and nothing is told."""
    status, _, content = fetched(ready, name)
    assert (status, content) == (404, "")


def test_an_old_address_leads_nowhere(ready: Ready) -> None:
    """Once the secret has been changed, and where there never was one."""
    for token in ("e" * 32, ""):
        ready.store(partial(cycles.set_feed, forum=ready.forum.id, token=token))
        assert fetched(ready, f"{ready.forum.id}-{SECRET}.ics")[0] == 404


def test_a_calendar_that_has_the_newest_is_told_so(ready: Ready) -> None:
    """By the tag that came with it, until something changes."""
    name = f"{ready.forum.id}-{SECRET}.ics"
    tag = fetched(ready, name)[1]["etag"]
    assert fetched(ready, name, {"if-none-match": tag})[0] == 304
    ready.ada.commands("möte 12 maj 9-10", private=True)
    ready.chat.reads_everything()
    assert fetched(ready, name, {"if-none-match": tag})[0] == 200


def test_a_calendar_is_asked_to_come_again_when_the_store_is_away(
    ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is shown rather than something wrong."""

    async def away(_work: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(ready.chat.app.writer, "run", away)
    status, headers, _ = fetched(ready, f"{ready.forum.id}-{SECRET}.ics")
    monkeypatch.undo()
    assert (status, headers["retry-after"]) == (503, "60")


def test_where_others_reach_us_is_remembered(ready: Ready) -> None:
    """For those who ask for the address."""
    ready.chat.runner.run(remember_address(ready.chat.app, "https://samsyn.example"))
    assert ready.store(lambda store: intake.fact(store, "public-url")) == "https://samsyn.example"


# --- One meeting -------------------------------------------------------------------------------------------------


def test_a_meeting_is_read_as_it_is() -> None:
    """Times by the clocks there, and every sign of what people wrote."""
    content = meeting_file(ONE, SOURCE)
    found = entries(content)

    assert "METHOD:PUBLISH" in content
    assert [(each["summary"], each["location"], each["uid"]) for each in found] == [
        ("Styrgrupp, vår", "Rådhuset; sal 2", "meeting-1-7@here.samsyn")
    ]
    assert (found[0]["dtstart"], found[0]["dtend"]) == (ONE.begins_at, ONE.ends_at)
    assert list(read(content).elements()) == [ONE.begins_at]
    assert all(len(line.encode()) <= 75 for line in content.splitlines())


def test_a_later_file_replaces_the_first() -> None:
    """The same name, a higher version; a cancelled one says so and shows nothing."""
    moved = meeting_file(replace(ONE, begins_at=ONE.begins_at + timedelta(days=1), sequence=1), SOURCE)
    cancelled = meeting_file(replace(ONE, state="cancelled", sequence=2), SOURCE)
    versions = [entries(each)[0] for each in (meeting_file(ONE, SOURCE), moved, cancelled)]

    assert [each["sequence"] for each in versions] == ["0", "1", "2"]
    assert len({each["uid"] for each in versions}) == 1
    assert "METHOD:CANCEL" in cancelled
    assert (versions[2]["status"], read(cancelled).total()) == ("CANCELLED", 0)


def test_a_meeting_of_a_cycle_is_one_day_of_its_entry(ready: Ready) -> None:
    """File and feed have the same name, day and version, moved and cancelled as well, also when all are cancelled."""
    first, second = ready.store(lambda store: meetings.coming(store, ready.forum.id, ready.chat.now, most=2))
    one = ready.store(lambda store: cycles.get(store, ready.forum.id, 1))
    assert one is not None
    moved = replace(first, begins_at=first.begins_at + timedelta(days=1), venue="Zoom", sequence=1)
    cancelled = replace(second, state="cancelled", sequence=1)
    keys = ("uid", "recurrence-id", "sequence", "status", "dtstart")
    several: tuple[list[Meeting], ...] = (
        [moved, cancelled, replace(second, id=99, occurs_on=None)],
        [cancelled],
    )
    for every in several:
        told = [
            tuple(each.get(key) for key in keys) for each in entries(feed("Trygghet", [one], every, SOURCE))
        ]
        for each in every[:2]:
            (entry,) = entries(meeting_file(each, SOURCE, one))
            assert tuple(entry.get(key) for key in keys) in told
            assert entry["uid"] == SOURCE.uid("cycle", one.forum, one.id)
    assert "METHOD:CANCEL" in meeting_file(cancelled, SOURCE, one)
    assert int(entries(meeting_file(moved, SOURCE, one))[0]["sequence"]) == one.sequence + 1


def test_a_meeting_that_the_rule_gives_no_more_keeps_its_own_name(ready: Ready) -> None:
    """After a change of the rule what was held is an entry of its own, in file and feed."""
    one = ready.store(lambda store: cycles.get(store, ready.forum.id, 1))
    assert one is not None
    held_before = replace(ONE, cycle=one.id, occurs_on=one.first_on + timedelta(days=1), state="closed")
    (in_file,) = entries(meeting_file(held_before, SOURCE, one))
    (in_feed,) = entries(feed("Trygghet", [one], [held_before], SOURCE))

    assert in_file == in_feed
    assert in_file["uid"] == SOURCE.uid("meeting", 1, 7)


def test_two_installations_have_no_entry_of_the_same_name() -> None:
    """Whoever has meetings of both in one calendar keeps both."""
    assert SOURCE.uid("meeting", 1, 7) != Source("there", NOW).uid("meeting", 1, 7)


def test_a_forum_that_has_planned_nothing_has_an_empty_calendar() -> None:
    """Readable, and with its name."""
    content = feed("Trygghet", [], [], SOURCE)

    assert "X-WR-CALNAME:Trygghet" in content
    assert "VEVENT" not in content


# --- Any rule ----------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**9))
def test_any_cycle_is_read_as_it_is_planned(seed: int) -> None:
    """Random rules in several zones, moved, cancelled and left out at random."""
    assert differences(random_cycle(seeded(seed))) == 0


@given(st.integers(0, 10**9))
def test_files_change_nothing_for_whoever_subscribes(seed: int) -> None:
    """The file of every meeting of any cycle, taken into the calendar that has the feed: each is there once, as before."""
    planned = random_cycle(seeded(seed))
    content = feed("Forum", [planned.cycle], planned.meetings, SOURCE)
    found = {_named(each): each for each in re.findall(ENTRY, content, re.DOTALL)}
    for each in planned.meetings:
        (mine,) = re.findall(ENTRY, meeting_file(each, SOURCE, planned.cycle), re.DOTALL)
        found[_named(mine)] = mine
    both = re.sub(ENTRY, "", content, flags=re.DOTALL).replace(END, "".join(found.values()) + END)

    assert _by_day(read(both)) == _by_day(read(content))


def _named(entry: str) -> tuple[str, ...]:
    """What a calendar knows an entry by."""
    return tuple(line for line in entry.splitlines() if line.startswith(("UID", "RECURRENCE-ID")))


def _by_day(starts: Counter[datetime]) -> Counter[date]:
    """How many on each day; on the night when clocks change, hours are told in several ways."""
    return Counter(each.astimezone(STOCKHOLM).date() for each in starts.elements())


def test_ten_years_of_a_cycle() -> None:
    """Nothing missed, nothing doubled, nothing on a public holiday that nobody was asked about."""
    [(wrong, number)] = decades([7])
    assert (wrong.total, number > 10) == (0, True)


@pytest.mark.parametrize(
    "zone", ["Europe/Stockholm", "Europe/London", "Atlantic/Reykjavik", "Australia/Sydney", "UTC"]
)
def test_clocks_change_in_files_when_they_change(zone: str) -> None:
    """The offset in the middle of every month for ten years, as another library reads it from the file."""
    theirs = tz.tzical(StringIO(zone_component(zone, 2026).to_ical().decode())).get()
    days = [datetime(2026 + month // 12, month % 12 + 1, 15, 12) for month in range(120)]  # noqa: DTZ001 - as clocks show

    assert [each.replace(tzinfo=theirs).utcoffset() for each in days] == [
        each.replace(tzinfo=ZoneInfo(zone)).utcoffset() for each in days
    ]
