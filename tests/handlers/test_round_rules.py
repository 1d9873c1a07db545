"""Rules of rounds: who has a voice, what answers amount to, when a round ends, the changes of the clocks included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.when import is_working_day
from handlers.round_rules import (
    consent_end,
    electorate,
    ends_at,
    is_moved,
    last_day,
    mandate_end,
    missing,
    needed,
    nudge_at,
    present,
    read_options,
    remind_home_at,
    result_from_json,
    result_to_json,
    speaks_for,
    standing,
    tally,
    to_ask_again,
    voter_of,
    wrong_with,
)
from storage.records import Member
from storage.rounds import Answer

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ZONE = "Europe/Stockholm"
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))
ZONES = st.sampled_from(
    ["Europe/Stockholm", "Atlantic/Reykjavik", "Europe/London", "UTC", "America/St_Johns"]
)


def answer(voter: str, said: str, version: int = 1, reason: str = "") -> Answer:
    """What a voter said about a version."""
    return Answer(voter, version, 1, None, said, reason, None, NOW)


def member(number: int, actor: int | None) -> Member:
    """A member of an organisation, or of none."""
    return Member(1, number, number, actor, "member", "active", "x")


def answers(*given_: Answer) -> dict[str, Answer]:
    """Answers by voter."""
    return {each.voter: each for each in given_}


# --- When ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "end"),
    [
        (None, date(2026, 3, 9)), (date(2026, 3, 14), date(2026, 3, 16)), (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 6, 19), date(2026, 6, 22)), (date(2026, 12, 24), date(2026, 12, 28)),
    ],
)  # fmt: skip
def test_a_round_ends_on_a_working_day(chosen: date | None, end: date) -> None:
    """A week from now, or the day that was named; Easter, Midsummer and Christmas move it."""
    assert last_day(chosen, date(2026, 3, 2)) == end
    assert is_moved(chosen) is (chosen is not None and chosen != end)


def test_an_hour_that_summer_time_removes_comes_as_much_later() -> None:
    """Half past two on 29 March 2026 does not exist in Stockholm: it is half past three."""
    end = ends_at(date(2026, 3, 29), ZONE, time(2, 30))

    assert end == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert end.astimezone(ZoneInfo(ZONE)).time() == time(3, 30)


@given(DAYS, ZONES, st.times())
def test_every_day_has_an_end_and_a_nudge_before_it(day: date, zone: str, at: time) -> None:
    """Whatever the clocks do, the end is on its day and the nudge on a working day, a day or more before."""
    at = at.replace(second=0, microsecond=0)
    end = ends_at(last_day(day, day), zone, at)
    nudge = nudge_at(end, zone)

    assert end.astimezone(ZoneInfo(zone)).date() == last_day(day, day)
    assert is_working_day(nudge.astimezone(ZoneInfo(zone)).date())
    assert timedelta(hours=22) <= end - nudge <= timedelta(days=7)


@given(DAYS, DAYS)
def test_an_organisation_is_reminded_after_today_and_by_its_day(day: date, today: date) -> None:
    """Never for today or the past, and never later than the working day that its day becomes."""
    at = remind_home_at(day, today, ZONE)

    if at:
        local = at.astimezone(ZoneInfo(ZONE)).date()
        assert today < local <= last_day(day, day)
        assert is_working_day(local)
    else:
        assert last_day(day, day) <= today


# --- Who -------------------------------------------------------------------------------------------------------


def test_members_of_one_organisation_share_a_voice() -> None:
    """By member everybody has one; by organisation those without have none."""
    three = [member(1, 5), member(2, 5), member(3, None)]

    assert electorate(three, "member") == ("m:1", "m:2", "m:3")
    assert electorate(three, "actor") == ("a:5",)
    assert [voter_of(each, "actor") for each in three] == ["a:5", "a:5", ""]
    assert [speaks_for(each, ("a:5", "m:2")) for each in three] == ["a:5", "m:2", ""]
    assert missing(("m:1", "m:2"), answers(answer("m:2", "consent"))) == ("m:1",)


@pytest.mark.parametrize(
    ("quorum", "voters", "count"),
    [(0, 9, 0), (50, 9, 5), (50, 4, 2), (67, 9, 6), (67, 4, 3), (100, 7, 7), (50, 0, 0)],
)
def test_a_quorum_is_a_share_rounded_up(quorum: int, voters: int, count: int) -> None:
    """Half of nine is five; two thirds of nine are six."""
    assert needed(quorum, voters) == count


# --- Votes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "quorum", "end"),
    [
        ("112", 0, "decided"), ("12", 0, "tied"), ("", 0, "short"), ("00", 0, "short"), ("1", 50, "short"),
        ("10", 50, "decided"), ("1122", 100, "tied"), ("111", 100, "short"),
    ],
)  # fmt: skip
def test_how_a_vote_ends(said: str, quorum: int, end: str) -> None:
    """Four have a vote: most votes win, abstaining counts for the quorum alone, as many for both is a tie."""
    voters = ("m:1", "m:2", "m:3", "m:4")
    given_ = answers(*(answer(voter, each) for voter, each in zip(voters, said, strict=False)))

    assert tally(2, quorum, voters, given_).end == end


@given(
    st.integers(2, 10),
    st.dictionaries(st.integers(1, 30), st.integers(0, 10), max_size=30),
    st.sets(st.integers(1, 30)),
    st.sampled_from([0, 50, 67, 100]),
)
def test_every_vote_is_counted_once_or_left_out(
    options: int, chosen: dict[int, int], here: set[int], quorum: int
) -> None:
    """Those who are here are counted, those who have left are not; a result is kept whole; a winner has most votes."""
    given_ = answers(*(answer(f"m:{who}", str(each % (options + 1))) for who, each in chosen.items()))
    voters = [f"m:{each}" for each in here]
    result = tally(options, quorum, voters, given_)

    assert result.answered + result.left == len(chosen)
    assert result.answered <= len(voters)
    assert result_from_json(result_to_json(result)) == result
    if result.end == "decided":
        (won,) = result.leading
        assert all(
            each < result.counts[won - 1] for number, each in enumerate(result.counts, 1) if number != won
        )
        assert result.answered >= result.needed


@pytest.mark.parametrize(
    ("said", "options", "wrong"),
    [
        ("Ja\nNej", ("Ja", "Nej"), ""), (" - Ja \n\n • Nej nu", ("Ja", "Nej nu"), ""), ("Ja\nJA", ("Ja", "JA"), "twice"),
        ("Ja", ("Ja",), "count"), ("", (), "count"), ("\n".join("abcdefghijk"), tuple("abcdefghijk"), "count"),
        ("Ja\n" + "x" * 61, ("Ja", "x" * 61), "long"), ("Ja\n" + "x" * 60, ("Ja", "x" * 60), ""),
    ],
)  # fmt: skip
def test_options_are_read_line_by_line(said: str, options: tuple[str, ...], wrong: str) -> None:
    """Dashes and blank lines are how people write lists; the same option twice is none."""
    assert read_options(said) == options
    assert wrong_with(options) == wrong


# --- Consent ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "end"),
    [
        ((), "decided"), ((answer("m:1", "consent"),), "decided"), ((answer("m:1", "objection"),), "decided"),
        ((answer("m:1", "objection", reason=" "),), "decided"),
        ((answer("m:1", "consent"), answer("m:2", "objection", reason="Dyrt")), "stopped"),
    ],
)  # fmt: skip
def test_a_reasoned_objection_alone_stops_a_proposal(given_: tuple[Answer, ...], end: str) -> None:
    """Silence does not, nor an objection that says nothing."""
    assert consent_end(answers(*given_)) == end


def test_who_is_asked_again() -> None:
    """Those who consented to older words and have not answered since."""
    said = [
        answer("m:1", "consent"),
        answer("m:2", "consent"),
        answer("m:3", "objection"),
        answer("m:2", "consent", 2),
    ]

    assert to_ask_again(said, 2) == ("m:1",)
    assert to_ask_again(said, 1) == ()
    assert set(present(said, 1)) == {"m:1", "m:2", "m:3"}


# --- Mandates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("now now now", "decided"), ("now anchored abstain", "decided"), ("now home", None), ("home no", "stopped"),
        ("abstain abstain", "short"), ("", "short"),
    ],
)  # fmt: skip
def test_how_far_a_mandate_has_come(said: str, end: str | None) -> None:
    """In force when nobody is waited for; a no from home stops it; nobody behind it is no decision."""
    given_ = answers(*(answer(f"a:{number}", each) for number, each in enumerate(said.split())))
    stands = standing(tuple(given_), given_)

    assert mandate_end(stands) == end
    assert stands.all == sum(each != "abstain" for each in said.split())
    assert standing((), given_).all == 0
