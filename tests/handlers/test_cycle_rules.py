"""Rules of recurring meetings: what words mean, which days they give, what had better be moved. Tables and properties."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bench.calendars import random_rule, seeded
from bot.speech import Speech
from handlers.cycle_cards import as_number, from_number, rule_words
from handlers.cycle_rules import Rule, day_off, first_day, occurrences, rule_of, slots, span, suggested
from handlers.cycle_words import Reading, read_rule, spread
from handlers.planned_rules import read_single, read_times
from prompts.texts import Catalog

SPEECH = Speech(Catalog.load())
TODAY = date(2026, 3, 2)
seeds = st.integers(0, 10**9)


# --- Words -------------------------------------------------------------------------------------------------------

EXACT = {
    "första tisdagen varje månad 13–15": ("FREQ=MONTHLY;BYDAY=1TU", "13:00", 120),
    "Första Tisdagen i månaden kl. 13.00 - 15.30": ("FREQ=MONTHLY;BYDAY=1TU", "13:00", 150),
    "varannan torsdag 9-10.30": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "09:00", 90),
    "sista onsdagen i kvartalet 9-12": ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1WE", "09:00", 180),
    "first Monday of the quarter 9 to 11": ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", "09:00", 120),
    "every first Tuesday 13-15": ("FREQ=MONTHLY;BYDAY=1TU", "13:00", 120),
    "every second Thursday 1pm-3pm": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "13:00", 120),
    "every second Thursday of the month 1pm-3pm": ("FREQ=MONTHLY;BYDAY=2TH", "13:00", 120),
    "every third week on Mondays at 10": ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "10:00", 60),
    "varje måndag kl 9": ("FREQ=WEEKLY;BYDAY=MO", "09:00", 60),
    "måndagar och onsdagar 8.15-8.30": ("FREQ=WEEKLY;BYDAY=MO,WE", "08:15", 15),
    "varje vardag 9-9.15": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00", 15),
    "var tredje vecka på tisdagar 8:30": ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "08:30", 60),
    "var 3:e månad första fredagen 9": ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR", "09:00", 60),
    "den 15:e varje månad 10-12": ("FREQ=MONTHLY;BYMONTHDAY=15", "10:00", 120),
    "sista dagen varje månad 10-12": ("FREQ=MONTHLY;BYMONTHDAY=-1", "10:00", 120),
    "näst sista fredagen i månaden 14": ("FREQ=MONTHLY;BYDAY=-2FR", "14:00", 60),
    "andra tisdagen i mars och september 13-15": ("FREQ=MONTHLY;BYMONTH=3,9;BYDAY=2TU", "13:00", 120),
    "biweekly on Fridays 13:00 for 2 hours": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "13:00", 120),
    "tisdagar 11-1pm": ("FREQ=WEEKLY;BYDAY=TU", "11:00", 120),
    "varje fredag 22-24": ("FREQ=WEEKLY;BYDAY=FR", "22:00", 120),
}


@pytest.mark.parametrize("said", EXACT)
def test_what_people_say_is_understood(said: str) -> None:
    """The words of the handbook and their like, in both languages, nothing assumed."""
    found = read_rule(said)

    assert (found.rule.rrule, f"{found.rule.begins:%H:%M}", found.rule.minutes) == EXACT[said]
    assert (found.exact, found.stray, found.assumed, found.wrong) == (True, "", (), "")


@pytest.mark.parametrize(
    ("said", "rrule", "assumed"),
    [
        ("fyra gånger per år", "FREQ=MONTHLY;BYMONTH=2,5,9,11;BYDAY=2TU", {"time", "day", "months"}),
        ("twice a year", "FREQ=MONTHLY;BYMONTH=4,10;BYDAY=2TU", {"time", "day", "months"}),
        ("10 gånger om året första onsdagen 13-16", "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,8,9,10,11;BYDAY=1WE", {"months"}),
        ("en gång i månaden 9-10", "FREQ=MONTHLY;BYDAY=2TU", {"day"}),
        ("varje vecka 9-10", "FREQ=WEEKLY;BYDAY=TU", {"day"}),
        ("26 gånger per år", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", {"time", "day"}),
        ("sista onsdagen i kvartalet", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1WE", {"time"}),
        ("fyra gånger per år i mars, juni, september och december 9-10", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=2TU", {"day"}),
    ],
)  # fmt: skip
def test_what_is_not_said_is_assumed(said: str, rrule: str, assumed: set[str]) -> None:
    """A rule all the same, with what was made up: the second Tuesday, 13 to 15, months that are not July."""
    found = read_rule(said)

    assert (found.rule.rrule, {*found.assumed}, found.exact) == (rrule, assumed, True)


@pytest.mark.parametrize(
    ("said", "rrule", "stray", "wrong"),
    [
        ("torsdagar udda veckor 9-11", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "udda", ""),
        ("onsdag 13-15", "FREQ=MONTHLY;BYDAY=1WE", "", ""),
        ("bananer", "FREQ=MONTHLY;BYDAY=2TU", "bananer", ""),
        ("varje tisdag 15-13", "FREQ=WEEKLY;BYDAY=TU", "", "ends-first"),
        ("varje tisdag 25-27", "FREQ=WEEKLY;BYDAY=TU", "", "no-time"),
        ("varje tisdag kl 24", "FREQ=WEEKLY;BYDAY=TU", "", "no-time"),
        ("den 30 februari varje år 9-10", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-1", "", "no-days"),
        ("första måndagen och tisdagen varje månad 9-10", "FREQ=MONTHLY;BYDAY=1MO", "", ""),
        ("20 gånger per år 9-10", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "", ""),
        ("två gånger per år i mars 9-10", "FREQ=MONTHLY;BYMONTH=3;BYDAY=2TU", "", ""),
        ("den 40:e varje månad 9-10", "FREQ=MONTHLY;BYDAY=2TU", "40:e", ""),
        ("varje tisdag i solens sken", "FREQ=WEEKLY;BYDAY=TU", "solens sken", ""),
        ("varje tisdag i maj 9", "FREQ=MONTHLY;BYMONTH=5;BYDAY=2TU", "", ""),
        ("tisdagar i maj och juni 9-10", "FREQ=MONTHLY;BYMONTH=5,6;BYDAY=2TU", "", ""),
        ("varje tisdag i månaden 9-10", "FREQ=MONTHLY;BYDAY=2TU", "", ""),
        ("varje tisdag utom juli", "FREQ=WEEKLY;BYDAY=TU", "utom juli", ""),
        (
            "varje tisdag 9-10 except in July and August",
            "FREQ=WEEKLY;BYDAY=TU",
            "except in july and august",
            "",
        ),
        (
            "första tisdagen varje månad utom juni, juli och augusti 9-10",
            "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,9,10,11,12;BYDAY=1TU",
            "utom juni, juli och augusti",
            "",
        ),
        ("varje tisdag utom midsommar 9-10", "FREQ=WEEKLY;BYDAY=TU", "utom midsommar", ""),
        ("0 gånger per år", "FREQ=MONTHLY;BYMONTH=3;BYDAY=2TU", "", "no-days"),
        ("var 0:e vecka på tisdagar 9-10", "FREQ=WEEKLY;BYDAY=TU", "", "no-days"),
        ("den 0:e varje månad 9-10", "FREQ=MONTHLY;BYDAY=2TU", "", "no-days"),
    ],
)
def test_what_is_not_understood_comes_with_the_nearest_rule(
    said: str, rrule: str, stray: str, wrong: str
) -> None:
    """Never exact, always with a rule that can be taken."""
    found = read_rule(said)

    assert (found.exact, found.rule.rrule, found.stray, found.wrong) == (False, rrule, stray, wrong)


def test_an_end_before_the_beginning_is_turned_around() -> None:
    """The nearest to "15-13" is 13 to 15."""
    rule = read_rule("varje tisdag 15-13").rule

    assert (rule.begins, rule.minutes) == (time(13), 120)


@given(st.text(max_size=120))
def test_any_words_come_to_a_rule_that_gives_days(said: str) -> None:
    """Whatever is written, there is something to offer, and it can be written on a button."""
    found = read_rule(said)

    assert first_day(found.rule, TODAY)
    assert 0 < found.rule.minutes <= 24 * 60
    assert isinstance(found, Reading)


@given(seeds, st.sampled_from(["sv", "en"]))
def test_a_rule_that_is_said_is_read_as_the_same_rule(seed: int, language: str) -> None:
    """So whoever copies the nearest rule gets it."""
    rule = random_rule(seeded(seed))
    if first_day(rule, TODAY) is None:
        return
    said = SPEECH.say(rule_words(rule), language).plain
    found = read_rule(said)

    assert (found.rule, found.exact) == (rule, True), (said, found)


@given(seeds)
def test_a_rule_survives_the_way_into_the_store(seed: int) -> None:
    """Written as calendars do, and read again."""
    rule = random_rule(seeded(seed))

    assert rule_of(rule.rrule, rule.begins, rule.minutes) == rule


@pytest.mark.parametrize("times", range(1, 12))
def test_meetings_of_a_year_are_spread_and_never_in_july(times: int) -> None:
    """As many months as meetings."""
    months = spread(times)

    assert len(set(months)) == times
    assert 7 not in months


# --- Days --------------------------------------------------------------------------------------------------------


@given(seeds, st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 1500))
def test_days_are_those_that_another_library_computes(seed: int, since: date, length: int) -> None:
    """For any rule and any stretch of time."""
    rule = random_rule(seeded(seed))
    first = first_day(rule, since)
    if first is None:
        return
    until = first + timedelta(days=length)
    theirs = rrulestr(rule.rrule, dtstart=datetime.combine(first, time()))

    assert occurrences(rule, first, until) == [
        each.date()
        for each in theirs.between(datetime.combine(first, time()), datetime.combine(until, time()), inc=True)
    ]


def test_a_rule_without_days_has_no_first_one() -> None:
    """The thirtieth of February never comes."""
    assert first_day(Rule("month", 1, (), 0, 30, (2,)), TODAY) is None
    assert occurrences(Rule("month", 1, (), 0, 30, (2,)), TODAY, date(2060, 1, 1)) == []


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/London", "UTC"])
@given(day=st.dates(date(2025, 1, 1), date(2035, 1, 1)), begins=st.times(), minutes=st.integers(1, 600))
def test_a_meeting_is_when_clocks_say(zone: str, day: date, begins: time, minutes: int) -> None:
    """By the clocks there, summer and winter; it never ends before it begins."""
    begins = begins.replace(second=0, microsecond=0)
    begins_at, ends_at = span(day, begins, minutes, zone)
    local = begins_at.astimezone(ZoneInfo(zone))

    assert begins_at < ends_at
    skipped = (
        timedelta(hours=1) if local.replace(tzinfo=None) != datetime.combine(day, begins) else timedelta()
    )
    assert local.replace(tzinfo=None) == datetime.combine(day, begins) + skipped


def test_the_hour_that_summer_time_takes_comes_later() -> None:
    """Half past two on 29 March 2026 in Stockholm is half past three; an hour that comes twice is the first."""
    assert span(date(2026, 3, 29), time(2, 30), 60, "Europe/Stockholm")[0] == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert span(date(2026, 10, 25), time(2, 30), 60, "Europe/Stockholm")[0] == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


# --- What had better be moved ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-01-06", "epiphany"), ("2026-05-14", "ascension"), ("2026-06-19", "midsummer-eve"), ("2026-12-24", "christmas-eve"),
     ("2026-06-06", "national-day"), ("2026-07-07", "july"), ("2026-05-15", ""), ("2026-03-01", "")],
)  # fmt: skip
def test_what_speaks_against_a_day(day: str, why: str) -> None:
    """Public holidays and the eves that are like them by name, July; nothing else, not even a Sunday."""
    assert day_off(date.fromisoformat(day)) == why


MONTHLY = Rule("month", 1, (3,), 2)
WEEKLY = Rule("week", 1, (3,))


@pytest.mark.parametrize(
    ("rule", "day", "instead"),
    [
        (MONTHLY, "2026-05-14", "2026-05-21"),
        (MONTHLY, "2026-07-09", None),
        (Rule("month", 1, (3,), 2, 0, (7,)), "2026-07-09", "2026-08-20"),
        (WEEKLY, "2026-05-14", "2026-05-15"),
        (WEEKLY, "2026-07-09", None),
        (WEEKLY, "2026-12-24", "2026-12-23"),
        (Rule("week", 2, (3,)), "2026-05-14", "2026-05-21"),
        (Rule("month", 1, (6,), 1), "2026-04-05", "2026-04-12"),
    ],
)
def test_a_better_day_is_near(rule: Rule, day: str, instead: str | None) -> None:
    """A week later for those who meet seldom, a day beside it for others; those who meet soon again skip July."""
    the_day = date.fromisoformat(day)
    taken = {*occurrences(rule, the_day, the_day + timedelta(days=60))}

    assert suggested(rule, the_day, taken) == (date.fromisoformat(instead) if instead else None)


@pytest.mark.parametrize(
    ("rule", "day", "after", "instead"),
    [
        (WEEKLY, "2026-12-24", "2026-12-22", "2026-12-23"),
        (WEEKLY, "2026-12-24", "2026-12-23", None),
        (MONTHLY, "2026-05-14", "2026-05-21", None),
        (Rule("month", 1, (3,), 2, 0, (7,)), "2026-07-09", "2026-08-20", "2026-08-27"),
    ],
)
def test_a_better_day_has_not_passed(rule: Rule, day: str, after: str, instead: str | None) -> None:
    """What lies ahead is all that there is to choose among."""
    the_day, today = date.fromisoformat(day), date.fromisoformat(after)
    taken = {*occurrences(rule, the_day, the_day + timedelta(days=20))}

    assert suggested(rule, the_day, taken, today) == (date.fromisoformat(instead) if instead else None)


@given(seeds)
def test_suggestions_are_good_days_and_never_meet(seed: int) -> None:
    """Never a holiday, never in July, never where another meeting is, and only where something speaks against a day."""
    rule = random_rule(seeded(seed))
    first = first_day(rule, TODAY)
    if first is None:
        return
    found = slots(rule, occurrences(rule, first, first + timedelta(days=730)), {})
    better = [each.instead for each in found if each.instead]

    assert all(not day_off(each) for each in better)
    assert len(set(better)) == len(better)
    assert not {*better} & {each.day for each in found}
    assert all(each.settled == (not each.why) for each in found)


def test_what_was_said_about_a_day_stands() -> None:
    """Moved, kept, or skipped: settled, and never asked about again."""
    days = [date(2026, 5, 14), date(2026, 7, 9), date(2026, 12, 10)]
    said = {"2026-05-14": "2026-05-15", "2026-07-09": ""}

    assert [(each.on, each.settled) for each in slots(MONTHLY, days, said)] == [
        (date(2026, 5, 15), True), (None, True), (date(2026, 12, 10), True),
    ]  # fmt: skip


def test_a_day_on_a_button() -> None:
    """As a number and back; a forged one is no day."""
    assert from_number(as_number(TODAY)) == TODAY
    assert [from_number(each) for each in (0, 20261399, -5, 10**12)] == [None] * 4


# --- One meeting in a line ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("12 maj 13-15 Rådhuset", ("2026-05-12", "13:00", 120, "", "Rådhuset")),
        (
            "Styrgrupp på fredag kl 9 i Sessionssalen",
            ("2026-03-06", "09:00", 60, "Styrgrupp", "Sessionssalen"),
        ),
        ("13.00–15.30 den 12 maj, Biblioteket", ("2026-05-12", "13:00", 150, "", "Biblioteket")),
        ("2026-05-12 13:00-15:00", ("2026-05-12", "13:00", 120, "", "")),
        ("12/5 9.30 Zoom", ("2026-05-12", "09:30", 60, "", "Zoom")),
        ("12 May 1-3 pm at the library", ("2026-05-12", "13:00", 120, "", "the library")),
        ("imorgon 8-9", ("2026-03-03", "08:00", 60, "", "")),
    ],
)
def test_one_meeting_in_a_line(said: str, expected: tuple[str, str, int, str, str]) -> None:
    """Day, times, what it is called and where, in any order that people write them in."""
    one = read_single(said, TODAY)

    assert one.day
    assert one.times
    assert (
        one.day.isoformat(),
        f"{one.times.clock:%H:%M}",
        one.times.minutes,
        one.title,
        one.venue,
    ) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("13-15", (780, 900, "")), ("kl 9", (540, 600, "")), ("9", (540, 600, "")), ("9.30", (570, 630, "")),
     ("15-13", (900, 780, "ends-first")), ("25-26", (0, 0, "no-time")), ("kl 23.30", (1410, 1440, "")), ("snart", None)],
)  # fmt: skip
def test_times_alone(said: str, expected: tuple[int, int, str] | None) -> None:
    """As in a form."""
    found = read_times(said)

    assert (found and (found.begins, found.ends, found.wrong)) == expected


@given(st.text(max_size=80))
def test_any_line_is_read_or_not(said: str) -> None:
    """Nothing that is written trips the reader."""
    one = read_single(said, TODAY)

    assert one.times is None or one.times.wrong or one.times.begins < one.times.ends


def test_what_was_moved_to_a_day_of_the_changed_rule_is_one_meeting_with_it() -> None:
    """All Saints' Day was put off a week, and then the forum began to meet every Saturday."""
    weekly = rule_of("FREQ=WEEKLY;BYDAY=SA", time(16, 30), 60)
    days = [date(2033, 11, 5), date(2033, 11, 12)]
    found = slots(weekly, days, {"2033-11-05": "2033-11-12"})

    assert [(each.day, each.on) for each in found] == [(days[0], None), (days[1], days[1])]
