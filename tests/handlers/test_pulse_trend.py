"""When rounds of the pulse may be compared: few changes are called one, and chance seldom is."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import pulse_trend as rules
from handlers.pulse_rules import HIDDEN, Band, Half, Shown, release
from handlers.pulse_trend import Measurement

BANDS = (Band("few"), Band("mixed"), Band("most"))


def seen(shown: Shown, answered: int = 12, invited: int = 15, key: str = "D3.1") -> Measurement:
    """A question in a round that most took part in."""
    return Measurement(key, shown, answered, invited)


def agree(number: int, answers: int = 12) -> Measurement:
    """A question that so many of so many agree with, the others being between."""
    counts = (0, 0, 0, answers - number, number, 0)
    return seen(release(counts, organisations=3, largest_share_over_half=False), answers, answers)


# --- Changes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "limit"),
    [
        *((each, 5) for each in (12, 13, 14, 15)),
        *((each, 6) for each in (16, 18, 20)),
        *((each, 7) for each in (21, 25, 30)),
        *((each, 8) for each in (31, 35, 40)),
        (60, 10),
        (100, 13),
    ],
)
def test_so_many_must_have_moved(answers: int, limit: int) -> None:
    """Between the sizes of the table the larger number holds, and larger groups are held to the same measure."""
    assert rules.change_limit(answers) == limit


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (agree(4), agree(9), "up"),
        (agree(9), agree(4), "down"),
        (agree(4), agree(8), "same"),
        (agree(9), agree(9), "same"),
        (agree(2), agree(7), "up"),  # at most 2
        (agree(0), agree(6), "unclear"),
        (agree(11), agree(11), "same"),  # at least 10, both times
        (agree(12), agree(5), "down"),
        (agree(6), agree(12), "unclear"),
        (agree(9, 12), agree(9, 20), "same"),  # 75 of 100, then 45
        (agree(10, 13), agree(6, 20), "down"),
        (agree(6, 20), agree(10, 13), "up"),
        (agree(10, 40), agree(18, 40), "up"),
        (agree(10, 40), agree(17, 40), "same"),
    ],
)
def test_numbers_are_compared_when_many_moved(before: Measurement, now: Measurement, change: str) -> None:
    """It is a change only if that is certain, whatever "at most" and "at least" stand for."""
    assert rules.comparison(before, now) == change


def test_bands_change_only_from_end_to_end() -> None:
    """From few to most or back is a change; one step, or none, says nothing either way."""
    found = [[rules.comparison(seen(first), seen(second)) for second in BANDS] for first in BANDS]

    assert found == [["unclear", "unclear", "up"], ["unclear"] * 3, ["down", "unclear", "unclear"]]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (agree(3), seen(agree(9).shown, key="D3.2")),  # another wording
        (seen(Band("few"), key="own:1.1"), seen(Band("most"), key="D3.1")),
        (seen(Half(more_than_half=False)), seen(Half(more_than_half=True))),
        (seen(HIDDEN), seen(Band("most"))),
        (seen(Band("few")), seen(HIDDEN)),
        (seen(Band("few"), 11), agree(12)),
        (agree(12), seen(Band("few"), 11)),
        (seen(Half(more_than_half=False)), seen(Band("most"))),
        (seen(agree(3).shown, 12, 25), agree(9)),  # fewer than half took part
        (agree(3), seen(agree(9).shown, 12, 25)),
        (seen(Band("few"), 0, 0), seen(Band("most"))),
    ],
)
def test_what_differs_is_not_compared(before: Measurement, now: Measurement) -> None:
    """Other wordings, other ways to show, five to seven answers, and rounds that few took part in say nothing."""
    assert rules.comparison(before, now) is None


def test_half_of_the_invited_are_enough() -> None:
    """Twelve of 24 may be compared, twelve of 25 may not."""
    assert rules.comparison(seen(agree(3).shown, 12, 24), agree(9)) == "up"


def _chance(sizes: tuple[int, int], share: float) -> float:
    """How likely two rounds of so many answers look changed, when everybody agrees with this probability in both."""
    first, second = sizes
    return sum(
        comb(first, one)
        * comb(second, other)
        * share ** (one + other)
        * (1 - share) ** (first + second - one - other)
        for one in range(first + 1)
        for other in range(second + 1)
        if rules.comparison(agree(one, first), agree(other, second)) in ("up", "down")
    )


@pytest.mark.parametrize(
    "sizes", [(12, 12), (15, 15), (16, 16), (20, 20), (30, 30), (40, 40), (12, 15), (20, 26)]
)
def test_chance_seldom_looks_like_a_change(sizes: tuple[int, int]) -> None:
    """Where nothing has changed, at most one comparison in ten says so."""
    assert max(_chance(sizes, share / 10) for share in range(5, 10)) <= 0.1


@pytest.mark.parametrize("sizes", [(first, second) for first in range(8, 12) for second in range(8, 12)])
def test_chance_seldom_jumps_over_a_band(sizes: tuple[int, int]) -> None:
    """Bands go from end to end and back by chance in at most six comparisons of a hundred."""
    assert max(_chance(sizes, share / 10) for share in range(3, 8)) <= 0.06


@given(st.integers(0, 40), st.integers(0, 40), st.integers(5, 40), st.integers(5, 40))
def test_forwards_and_backwards_agree(first: int, second: int, size: int, other: int) -> None:
    """What went up from one round to the next would have gone down the other way round."""
    before, now = agree(min(first, size), size), agree(min(second, other), other)
    turned = {"up": "down", "down": "up"}
    change = rules.comparison(before, now)

    assert rules.comparison(now, before) == turned.get(str(change), change)


# --- Trends ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ([], "soon"),
        ([agree(3), agree(5), agree(8)], "soon"),
        ([agree(3), agree(5), agree(8), agree(9)], "up"),
        ([agree(9), agree(8), agree(5), agree(3)], "down"),
        ([agree(12), agree(3), agree(5), agree(8), agree(9)], "up"),
        ([agree(3), agree(5), agree(5), agree(9)], "level"),
        ([agree(3), agree(8), agree(5), agree(9)], "level"),
        ([agree(1), agree(3), agree(5), agree(12)], "up"),
        ([agree(0), agree(2), agree(5), agree(9)], "level"),  # at most 2, twice
        ([agree(3, 12), agree(4, 12), agree(5, 15), agree(9, 12)], "level"),  # 33 of 100, twice
        ([seen(BANDS[0]), seen(BANDS[1]), seen(BANDS[2]), seen(BANDS[2])], "soon"),
        ([agree(3), agree(5), seen(HIDDEN), agree(8), agree(9)], "soon"),
        ([agree(3), agree(5), seen(agree(8).shown, 12, 25), agree(9)], "soon"),
        ([agree(3), agree(5), agree(8), seen(agree(9).shown, key="D3.2")], "soon"),
    ],
)
def test_four_measurements_carry_words(series: list[Measurement], words: str) -> None:
    """A trend is spoken of when the last four all moved the same way for certain, and not before there are four."""
    assert rules.trend(series) == words


def test_a_trend_by_chance_is_rare() -> None:
    """Four rounds of forty answers in which nothing changes look like a trend in at most one of twelve cases."""
    odds = [comb(40, each) / 2**40 for each in range(41)]
    rising = odds
    for _ in range(3):
        rising = [odds[each] * sum(rising[:each]) for each in range(41)]

    assert rules.trend([agree(each, 40) for each in (18, 19, 20, 21)]) == "up"
    assert 2 * sum(rising) <= 1 / 12


def test_one_question_stands_for_a_part() -> None:
    """The part's question is the one measured most often; hidden rounds and a forum's own questions count for nothing."""
    history = {
        "T2.1": [agree(3)],
        "T1.1": [agree(3), agree(4)],
        "O1.1": [seen(HIDDEN)],
        "own:1.1": [agree(3), agree(4), agree(5)],
        "F1.1": [seen(BANDS[0])],
    }

    assert rules.part_questions(
        history, {"T1.1": "trust", "T2.1": "trust", "O1.1": "openness", "F1.1": "progress"}
    ) == {"trust": "T1.1", "progress": "F1.1"}


def test_a_round_of_few_measures_nothing() -> None:
    """Where fewer than half took part, and where all was hidden, there is nothing to follow."""
    history = {
        "T1.1": [seen(agree(9).shown, 12, 25), agree(3)],
        "T2.1": [seen(BANDS[0]), agree(4)],
        "O1.1": [seen(agree(9).shown, 12, 25)],
    }

    assert rules.part_questions(history, {"T1.1": "trust", "T2.1": "trust", "O1.1": "openness"}) == {
        "trust": "T2.1"
    }


@pytest.mark.parametrize(
    ("rounds", "too_often"),
    [
        ([], False),
        ([(4, 10), (4, 10)], False),
        ([(4, 10), (4, 10), (4, 10)], True),
        ([(9, 10), (4, 10), (4, 10), (4, 10)], True),
        ([(4, 10), (5, 10), (4, 10)], False),
    ],
)
def test_three_rounds_of_few_are_too_many(rounds: list[tuple[int, int]], too_often: bool) -> None:
    """When fewer than half answered three times in a row, a calmer rhythm is proposed."""
    assert rules.asks_too_often(rounds) is too_often
