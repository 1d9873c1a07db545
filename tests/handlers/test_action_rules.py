"""Rules of actions: when it is asked how it goes, how a day is called, who may answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import action_rules as rules
from handlers.kit.when import in_working_hours
from storage.records import ActionItem, Member

ZONE = "Europe/Stockholm"
STOCKHOLM = ZoneInfo(ZONE)
FRIDAY = date(2026, 3, 13)
MADE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ACTION = ActionItem(1, 7, "Boka lokal", 3, 5, FRIDAY, "open", None, 5, MADE, None, 0, "", "")
ADA = Member(1, 5, 50, 3, "member", "active", "Ada Ek")
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def at(day: str, clock: str = "09:00") -> datetime:
    """A moment by Stockholm's clocks."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=STOCKHOLM)


def all_reminders(due_on: date, made: datetime) -> list[datetime]:
    """Every reminder of an action that nobody answers."""
    found: list[datetime] = []
    now = made
    while ring := rules.next_reminder(due_on, now, len(found), ZONE):
        found.append(ring)
        now = ring
    return found


# --- Reminders -------------------------------------------------------------------------------------------------


def test_asks_before_on_and_after_the_day() -> None:
    """Three working days before, on the day, and one, three and seven working days after; then never again."""
    assert all_reminders(FRIDAY, MADE) == [
        at("2026-03-10"),
        at("2026-03-13"),
        at("2026-03-16"),
        at("2026-03-18"),
        at("2026-03-24"),
    ]


def test_a_day_soon_leaves_out_what_has_passed() -> None:
    """An action recorded the day before its day is not asked about three days earlier, nor at once."""
    assert all_reminders(FRIDAY, at("2026-03-12", "14:00"))[0] == at("2026-03-13")
    assert all_reminders(FRIDAY, at("2026-03-13", "09:00"))[0] == at("2026-03-16")


def test_free_days_are_left_in_peace() -> None:
    """Due on Easter Sunday: asked on Maundy Thursday, then from the Tuesday after on."""
    assert all_reminders(date(2026, 4, 5), at("2026-03-20")) == [
        at("2026-03-31"),
        at("2026-04-02"),
        at("2026-04-07"),
        at("2026-04-09"),
        at("2026-04-15"),
    ]


def test_clocks_change_but_nine_stays_nine() -> None:
    """A reminder comes at nine on the wall, in winter and in summer."""
    winter, summer = rules.next_reminder(date(2026, 4, 1), MADE, 0, ZONE), at("2026-04-01")

    assert winter == datetime(2026, 3, 27, 8, 0, tzinfo=UTC)
    assert summer in all_reminders(date(2026, 4, 1), MADE)
    assert summer.astimezone(UTC).hour == 7


@pytest.mark.parametrize(("sent", "more"), [(4, True), (5, False), (17, False)])
def test_five_are_enough(sent: int, more: bool) -> None:
    """However the days fall, the sixth reminder never comes."""
    assert (rules.next_reminder(FRIDAY, MADE, sent, ZONE) is not None) is more


@given(due_on=DAYS, days=st.integers(-30, 60), hour=st.integers(0, 23))
def test_every_reminder_comes_in_working_hours_and_later_than_now(due_on: date, days: int, hour: int) -> None:
    """Whatever the day and whenever it was recorded: at most five, each after the other, when people are at work."""
    made = datetime.combine(due_on - timedelta(days=days), time(hour), STOCKHOLM)
    rings = [made, *all_reminders(due_on, made)]

    assert len(rings) <= 1 + rules.MOST
    assert rings == sorted(set(rings))
    assert all(in_working_hours(each, ZONE) for each in rings[1:])


# --- What is overdue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "now", "expected"),
    [
        (FRIDAY, MADE, at("2026-03-16", "09:00")),  # the Monday after
        (FRIDAY, at("2026-03-16", "08:59"), at("2026-03-16", "09:00")),
        (FRIDAY, at("2026-03-16", "09:00"), at("2026-03-16", "09:00")),  # at the last moment
        (FRIDAY, at("2026-03-16", "11:00"), at("2026-03-16", "11:00")),  # missed: now
        (FRIDAY, at("2026-03-20", "18:00"), at("2026-03-23", "08:30")),  # never on a Saturday
        (FRIDAY, at("2026-03-21", "10:00"), at("2026-03-23", "08:30")),
        (date(2026, 12, 23), MADE, at("2026-12-28", "09:00")),  # Christmas is left in peace
    ],
)
def test_coordinators_hear_of_it_on_the_next_working_morning(
    due_on: date, now: datetime, expected: datetime
) -> None:
    """Half past nine on the first working day after the day; if that was missed, as soon as people are at work."""
    assert rules.overdue_report(due_on, now, ZONE) == expected


@given(due_on=DAYS, days=st.integers(-30, 60), hour=st.integers(0, 23))
def test_a_report_never_comes_before_its_day_has_passed(due_on: date, days: int, hour: int) -> None:
    """It lies ahead of now and of the day, in working hours."""
    now = datetime.combine(due_on + timedelta(days=days), time(hour), STOCKHOLM)
    report = rules.overdue_report(due_on, now, ZONE)

    assert report >= now
    assert report.astimezone(STOCKHOLM).date() > due_on
    assert in_working_hours(report, ZONE)


# --- Days ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-400, "past"), (-1, "past"), (0, "today"), (1, "tomorrow"), (2, "soon"), (14, "soon"), (15, "ahead")],
)
def test_nearness(days: int, expected: str) -> None:
    """Past days, today and tomorrow have words of their own; near days are counted, far ones named."""
    assert rules.nearness(FRIDAY + timedelta(days=days), FRIDAY) == expected


def test_a_slip_of_the_pen_is_far() -> None:
    """Ten years ahead is a plan; more is a mistake."""
    assert not rules.is_far(date(2036, 3, 1), date(2026, 3, 2))
    assert rules.is_far(date(2126, 3, 1), date(2026, 3, 2))


@pytest.mark.parametrize(
    ("due_on", "done_at", "expected"),
    [
        (FRIDAY, at("2026-03-13", "23:59"), True),
        (FRIDAY, at("2026-03-14", "00:00"), False),
        (None, at("2030-01-01"), True),
        (FRIDAY, None, True),
    ],
)
def test_on_time_goes_by_the_local_day(due_on: date | None, done_at: datetime | None, expected: bool) -> None:
    """Done by midnight on the forum's clock is done in time; without a day nothing is late."""
    one = replace(ACTION, due_on=due_on, done_at=done_at.astimezone(UTC) if done_at else None)

    assert rules.is_on_time(one, ZONE) is expected


# --- Who -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "owner", "owns", "may_take"),
    [
        (3, 5, True, False),  # my own
        (4, 5, True, False),  # my own, though recorded for another actor
        (3, 6, True, False),  # a colleague's
        (3, None, True, True),  # my organisation's
        (4, None, False, False),  # another organisation's
        (4, 6, False, False),
        (None, 6, False, False),
        (None, None, False, True),  # nobody's
    ],
)
def test_who_answers_and_who_may_take(
    actor: int | None, owner: int | None, owns: bool, may_take: bool
) -> None:
    """The owner and their colleagues answer; what rests with nobody, or with one's own, may be taken."""
    one = replace(ACTION, actor=actor, owner=owner)

    assert rules.is_owners(one, ADA) is owns
    assert rules.may_take(one, ADA) is may_take


def test_somebody_without_an_organisation_owns_no_strays() -> None:
    """No actor on either side does not make them the same actor."""
    assert not rules.is_owners(replace(ACTION, actor=None, owner=None), replace(ADA, actor=None))


@pytest.mark.parametrize(
    ("minutes", "member", "fresh"), [(0, 5, True), (14, 5, True), (15, 5, False), (0, 6, False)]
)
def test_ones_own_words_can_be_corrected_for_a_while(minutes: int, member: int, fresh: bool) -> None:
    """A quarter of an hour, and only by the one who wrote them."""
    now = MADE + timedelta(minutes=minutes)

    assert rules.is_fresh(ACTION, replace(ADA, id=member), now) is fresh


@pytest.mark.parametrize("state", ["open", "underway", "stuck", "done", "dropped"])
def test_three_states_wait_to_be_done(state: str) -> None:
    """Done and dropped are over."""
    assert rules.is_open(replace(ACTION, state=state)) is (state not in ("done", "dropped"))


# --- What is said ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("7", 7), (" #7 ", 7), ("nr 7", 7), ("Nr. 12", 12), ("no 3", 3), ("000", 0),
        ("", None), ("7 stolar", None), ("sju", None), ("-7", None), ("7/2026", None), ("²", None), ("٣", None),
        ("9" * 30, None),
    ],
)  # fmt: skip
def test_reads_a_number_alone(said: str, number: int | None) -> None:
    """A bare number means that action; anything more is words."""
    assert rules.read_number(said) == number


@given(st.text())
def test_no_words_are_too_strange_to_look_for_a_number_in(said: str) -> None:
    """Whatever is said, the answer is a small number or none."""
    number = rules.read_number(said)

    assert number is None or 0 <= number < 10**9


@pytest.mark.parametrize("change", [{"what": "Boka sal"}, {"actor": 4}, {"owner": 6}, {"due_on": None}])
def test_a_seal_breaks_when_what_the_editor_saw_has_changed(change: dict[str, str | int | None]) -> None:
    """What the form asks for is sealed; how far the work has come is not."""
    assert rules.seal(replace(ACTION, **change)) != rules.seal(ACTION)  # type: ignore[arg-type]
    assert rules.seal(replace(ACTION, state="underway", reminders=3)) == rules.seal(ACTION)


def test_a_page_ends_where_the_next_begins() -> None:
    """The key of a page is a day and a number; those without a day come last."""
    assert rules.page_key(ACTION) == ("2026-03-13", 7)
    assert rules.page_key(replace(ACTION, due_on=None)) == ("9999", 7)
