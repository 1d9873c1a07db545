"""Days in plain words, working days, working hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import dateparser
import dateparser.parser
import dateparser.utils
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.when import (
    get_ready,
    in_working_hours,
    is_working_day,
    known_zone,
    next_working_day,
    next_working_moment,
    parse_day,
    split_day,
    working_days_before,
    working_moment,
)

WEDNESDAY = date(2026, 3, 11)
STOCKHOLM = "Europe/Stockholm"
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-15", "2026-03-15"),
        ("20260315", "2026-03-15"),
        ("2020-01-01", "2020-01-01"),
        ("15 mars", "2026-03-15"),
        ("15 mars 2027", "2027-03-15"),
        ("15 mars, 2027", "2027-03-15"),
        ("den 15 mars", "2026-03-15"),
        ("den 15:e mars", "2026-03-15"),
        ("15/3", "2026-03-15"),
        ("15/3 2027", "2027-03-15"),
        ("15/3-27", "2027-03-15"),
        ("15.3", "2026-03-15"),
        ("15.3.", "2026-03-15"),
        ("15.3.2027", "2027-03-15"),
        ("3/4", "2026-04-03"),
        ("March 15", "2026-03-15"),
        ("March 15th, 2027", "2027-03-15"),
        ("15 March", "2026-03-15"),
        ("the 15th of March", "2026-03-15"),
        ("Mar 15", "2026-03-15"),
        ("10 mars", "2027-03-10"),
        ("11 mars", "2026-03-11"),
        ("29 februari", "2028-02-29"),
        ("sön 15 mars 2026", "2026-03-15"),
        ("Fri 13 March 2026", "2026-03-13"),
        ("fredagen den 13 mars", "2026-03-13"),
        ("den 15:e", "2026-03-15"),
        ("den 10", "2026-04-10"),
        ("the 31st", "2026-03-31"),
        ("idag", "2026-03-11"),
        ("i dag", "2026-03-11"),
        ("Today", "2026-03-11"),
        ("imorgon", "2026-03-12"),
        ("i morgon", "2026-03-12"),
        ("tomorrow", "2026-03-12"),
        ("i övermorgon", "2026-03-13"),
        ("the day after tomorrow", "2026-03-13"),
        ("på fredag", "2026-03-13"),
        ("fredag", "2026-03-13"),
        ("on Friday", "2026-03-13"),
        ("Fri", "2026-03-13"),
        ("på onsdag", "2026-03-18"),
        ("denna onsdag", "2026-03-11"),
        ("this Friday", "2026-03-13"),
        ("nästa fredag", "2026-03-20"),
        ("next Friday", "2026-03-20"),
        ("på torsdag nästa vecka", "2026-03-19"),
        ("måndag om två veckor", "2026-03-23"),
        ("fredag vecka 48", "2026-11-27"),
        ("fredag v 48", "2026-11-27"),
        ("onsdag v. 2 2027", "2027-01-13"),
        ("vecka 48", "2026-11-27"),
        ("v.48", "2026-11-27"),
        ("week 10", "2027-03-12"),
        ("vecka 53", "2027-01-01"),
        ("vecka 53 2026", "2027-01-01"),
        ("om två veckor", "2026-03-25"),
        ("om 2 v", "2026-03-25"),
        ("om 2v", "2026-03-25"),
        ("2 veckor", "2026-03-25"),
        ("in two weeks", "2026-03-25"),
        ("two weeks from now", "2026-03-25"),
        ("om en månad", "2026-04-11"),
        ("om tio dagar", "2026-03-21"),
        ("om ett par dagar", "2026-03-13"),
        ("in a year", "2027-03-11"),
        ("nästa vecka", "2026-03-20"),
        ("next week", "2026-03-20"),
        ("i slutet av veckan", "2026-03-13"),
        ("den här veckan", "2026-03-13"),
        ("i slutet av månaden", "2026-03-31"),
        ("månadsskiftet", "2026-03-31"),
        ("end of the month", "2026-03-31"),
        ("i slutet av april", "2026-04-30"),
        ("end of February", "2027-02-28"),
        ("nästa månad", "2026-04-30"),
        ("jul", "2026-12-24"),
        ("före jul", "2026-12-23"),
        ("before Christmas", "2026-12-23"),
        ("till påsk", "2026-04-03"),
        ("före påsk", "2026-04-02"),
        ("innan midsommar", "2026-06-18"),
        ("nyår", "2026-12-31"),
        ("senast den 15 mars", "2026-03-15"),
        ("by Friday", "2026-03-13"),
        ("  PÅ   FREDAG! ", "2026-03-13"),
        ("１５ mars", "2026-03-15"),
        ("på fredag kl. 15.30", "2026-03-13"),
        ("15 mars 2027 kl 10", "2027-03-15"),
        ("15-mar-2027", "2027-03-15"),
        ("15mars", "2026-03-15"),
    ],
)
def test_reads_a_day_in_plain_words(said: str, day: str) -> None:
    """What people write for a day, in Swedish and in English, is read as they meant it."""
    assert parse_day(said, WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        ".",
        "5",
        "15",
        "maj",
        "mars",
        "mars 2027",
        "på",
        "om",
        "snart",
        "asap",
        "så fort det går",
        "31 juni",
        "30 februari",
        "2026-02-30",
        "2026-13-01",
        "0 mars",
        "3/15",
        "vecka 0",
        "vecka 54",
        "vecka 53 2027",
        "fredag 15 mars",
        "fre 15-mar-2026",
        "5 maj 10",
        "0000-01-01",
        "99999999999999999999",
        "om 9999 år",
        "15 mars\x00",
        "15 mars\ud800",
        "\u202e15 mars",
        "١٥/٣",
        "15 מרץ",
        "x" * 10_000,
        "på fredag" + " " * 60,
    ],
)
def test_leaves_alone_what_names_no_day(said: str) -> None:
    """Nonsense, impossible days, broken and huge texts are no day."""
    assert parse_day(said, WEDNESDAY) is None


def test_a_weekday_is_never_today() -> None:
    """On a Friday, "på fredag" is a week later; "denna fredag" is the day itself."""
    friday = date(2026, 3, 13)

    assert parse_day("på fredag", friday) == date(2026, 3, 20)
    assert parse_day("nästa fredag", friday) == date(2026, 3, 20)
    assert parse_day("denna fredag", friday) == friday


def test_a_month_after_the_last_of_january_ends_in_february() -> None:
    """Months of different lengths are cut to their last day."""
    assert parse_day("om en månad", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("nästa månad", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("den 31", date(2026, 4, 2)) == date(2026, 5, 31)


def test_before_christmas_on_christmas_eve_is_next_year() -> None:
    """A festival that has begun means the next one."""
    assert parse_day("före jul", date(2026, 12, 24)) == date(2027, 12, 23)


def test_the_last_days_of_the_calendar_are_refused() -> None:
    """Where the calendar ends, a day that would lie beyond it is none."""
    for said in (
        "imorgon",
        "på fredag",
        "om ett år",
        "vecka 10",
        "1 mars",
        "nästa månad",
        "den 3",
        "jul",
        "15mars",
    ):
        assert parse_day(said, date.max) is None


@settings(deadline=None)
@given(st.text(max_size=70), DAYS)
def test_never_raises(said: str, today: date) -> None:
    """Whatever is written, the answer is a day or none."""
    day = parse_day(said, today)

    assert day is None or isinstance(day, date)


_WORDS = st.sampled_from(
    [
        "på",
        "om",
        "i",
        "den",
        "nästa",
        "vecka",
        "fredag",
        "mon",
        "15",
        "15/3",
        "2026",
        "mars",
        "may",
        "två",
        "in",
        "days",
        "senast",
        "före",
        "jul",
        ",",
        ".",
        "-",
        ":",
        "kl",
        "10",
        "slutet",
        "av",
    ]
)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=6).map(" ".join), DAYS)
def test_jumbled_date_words_never_raise_and_lie_ahead(said: str, today: date) -> None:
    """Date words in any order never raise, and without a year they never mean the past."""
    day = parse_day(said, today)

    assert day is None or day >= today or "20" in said


@settings(deadline=None)
@given(DAYS, DAYS)
def test_iso_days_are_read_as_they_stand(day: date, today: date) -> None:
    """A full date is that date, past or not."""
    assert parse_day(day.isoformat(), today) == day


@pytest.mark.parametrize("trouble", [ValueError, OverflowError])
def test_trouble_in_the_library_is_no_day(monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]) -> None:
    """A date that dateparser trips over is one that cannot be read."""

    def trip(*_args: object, **_settings: object) -> datetime:
        raise trouble

    monkeypatch.setattr(dateparser, "parse", trip)

    assert parse_day("15mars", WEDNESDAY) is None


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that counts as today comes from the caller, even in the rare spellings."""

    def clock(*_args: object) -> datetime:
        pytest.fail("the clock was read")

    monkeypatch.setattr(dateparser.parser, "_now", clock)
    monkeypatch.setattr(dateparser.utils, "_now", clock)
    get_ready()

    assert parse_day("15mars", date(2031, 4, 1)) == date(2032, 3, 15)


@pytest.mark.parametrize(
    ("said", "what", "day"),
    [
        ("Kalla till möte, på fredag", "Kalla till möte", "2026-03-13"),
        ("boka lokal senast 15 mars", "boka lokal", "2026-03-15"),
        (
            "Skicka underlaget till Region Väst senast på fredag",
            "Skicka underlaget till Region Väst",
            "2026-03-13",
        ),
        ("Send minutes by Friday", "Send minutes", "2026-03-13"),
        ("Boka lokal fredag", "Boka lokal", "2026-03-13"),
        ("Ring på fredag.", "Ring", "2026-03-13"),
        ("Ring\npå fredag", "Ring", "2026-03-13"),
        ("Ring Ada nästa vecka", "Ring Ada", "2026-03-20"),
        ("Skriv utkast till fredag", "Skriv utkast", "2026-03-13"),
        ("Skicka enkät senast 2024-03-15", "Skicka enkät", "2024-03-15"),
        ("Städa imorgon", "Städa", "2026-03-12"),
        ("Hör av dig om två veckor", "Hör av dig", "2026-03-25"),
        ("Boka lokal, vecka 48", "Boka lokal", "2026-11-27"),
        ("Gör klart innan den 15 mars", "Gör klart", "2026-03-15"),
        ("Ta fram budget före jul", "Ta fram budget", "2026-12-23"),
        ("Följ upp i slutet av mars", "Följ upp", "2026-03-31"),
        ("Klart: 15/3", "Klart", "2026-03-15"),
        ("Kalla alla - 15/3", "Kalla alla", "2026-03-15"),
        ("på fredag", "", "2026-03-13"),
        ("lång text " * 500 + "senast fredag", ("lång text " * 500).strip(), "2026-03-13"),
    ],
)
def test_splits_off_the_day_at_the_end(said: str, what: str, day: str) -> None:
    """A day at the end of a command is taken off; the rest keeps its words."""
    assert split_day(said, WEDNESDAY) == (what, date.fromisoformat(day))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Köp mjölk",
        "Planera fredag",
        "Planera nästa vecka",
        "Boka lokal vecka 48",
        "Boka rum, 2 dagar",
        "Uppgradera till version 15.3",
        "Läs 3/4",
        "Sammanfatta mötet i fredags",
        "Rapport varje fredag",
        "protokoll från 15 mars",
        "Förbered inför nästa vecka",
        "Öppet 1 - 15 mars",
        "Flytta mötet till fredag",
        "Move the meeting to Friday",
        "Plan for May 15",
        "Send it to Mon",
        "Ask May",
        "Skicka enkät 2024-03-15",
        "Boka lokal senast 31 juni",
        "Meddela alla (senast 15 mars)",
        "på fredag ringer vi",
    ],
)
def test_leaves_sentences_without_a_day_at_the_end(said: str) -> None:
    """Words that only look like a day stay where they are."""
    assert split_day(said, WEDNESDAY) == (said, None)


@settings(deadline=None)
@given(st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=12).map(" ".join), DAYS)
def test_splitting_keeps_the_beginning_as_written(said: str, today: date) -> None:
    """Nothing is invented or lost: what is left is a part of what was said, and without a day it is all of it."""
    what, day = split_day(said, today)

    assert what in said
    assert day is not None or what == said


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-11", True),
        ("2026-03-14", False),
        ("2026-03-15", False),
        ("2026-01-06", False),
        ("2026-04-03", False),
        ("2026-05-14", False),
        ("2026-05-15", True),
        ("2026-06-19", False),
        ("2026-12-23", True),
        ("2026-12-24", False),
        ("2026-12-31", False),
    ],
)
def test_swedish_working_days(day: str, works: bool) -> None:
    """Weekends, public holidays and the three eves are days off; a squeezed-in Friday is not."""
    assert is_working_day(date.fromisoformat(day)) is works


def test_counts_back_over_easter() -> None:
    """Three working days before the Wednesday after Easter lie before Good Friday."""
    assert working_days_before(date(2026, 4, 8), 3) == date(2026, 4, 1)
    assert working_days_before(date(2026, 4, 8), 0) == date(2026, 4, 8)
    assert working_days_before(date(2026, 4, 5), 0) == date(2026, 4, 2)
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 4, 8)) == date(2026, 4, 8)


@settings(deadline=None)
@given(DAYS, st.integers(0, 10))
def test_working_days_before_is_a_working_day(day: date, count: int) -> None:
    """Counting back always ends on a working day, with that many of them in between."""
    found = working_days_before(day, count)

    between = (found + timedelta(each) for each in range(1, (day - found).days + 1))
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == (count if is_working_day(day) else max(count - 1, 0))


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        ("2026-03-11", "08:30", "2026-03-11T07:30"),
        ("2026-07-01", "08:30", "2026-07-01T06:30"),
        ("2027-03-28", "02:30", "2027-03-28T01:30"),
        ("2026-10-25", "02:30", "2026-10-25T00:30"),
    ],
)
def test_wall_time_over_the_change_of_clocks(day: str, at: str, utc: str) -> None:
    """A skipped time comes later, a doubled one at its first."""
    moment = working_moment(date.fromisoformat(day), time.fromisoformat(at), STOCKHOLM)

    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "inside", "later"),
    [
        ("2026-03-11T07:00", True, "2026-03-11T07:00"),
        ("2026-03-11T06:59", False, "2026-03-11T07:30"),
        ("2026-03-11T15:59", True, "2026-03-11T15:59"),
        ("2026-03-11T16:00", False, "2026-03-12T07:30"),
        ("2026-03-13T16:00", False, "2026-03-16T07:30"),
        ("2026-03-14T10:00", False, "2026-03-16T07:30"),
        ("2026-03-27T20:00", False, "2026-03-30T06:30"),
        ("2026-12-23T22:30", False, "2026-12-28T07:30"),
    ],
)
def test_working_hours(now: str, inside: bool, later: str) -> None:
    """Between 8 and 17 on working days it is now; otherwise half past eight the next time people work."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert in_working_hours(moment, STOCKHOLM) is inside
    assert next_working_moment(moment, STOCKHOLM) == datetime.fromisoformat(later).replace(tzinfo=UTC)


@settings(deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.times(),
    st.sampled_from([STOCKHOLM, "Asia/Tokyo"]),
)
def test_the_next_working_moment_is_one(day: date, at: time, zone: str) -> None:
    """Whenever asked, the answer lies ahead, within working hours."""
    now = datetime.combine(day, at, UTC)
    later = next_working_moment(now, zone)

    assert later >= now
    assert in_working_hours(later, zone)
    assert is_working_day(later.astimezone(ZoneInfo(zone)).date())


@pytest.mark.parametrize(
    ("name", "known"),
    [(STOCKHOLM, True), ("UTC", True), ("", False), ("Mars/Olympus", False), ("../etc", False)],
)
def test_zone_names(name: str, known: bool) -> None:
    """Only names of the IANA list are zones."""
    assert known_zone(name) is known
