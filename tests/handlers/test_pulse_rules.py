"""Rules of the pulse: when a round may open, and that nothing shown gives anybody away."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import certainty
from bench.certainty import (
    FOR,
    Certain,
    Round,
    enumerated,
    knowledge,
    outcomes,
    random_round,
    worlds,
    wrongly_shown,
)
from handlers import pulse_rules as rules
from handlers.pulse_rules import HIDDEN, Band, Counted, Half, Hidden, Shown, Spread

COUNTS = st.lists(st.integers(0, 12), min_size=6, max_size=6)
ROUNDS = st.builds(random_round, st.randoms(use_true_random=False))
SEATS = st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=40)


def shown(agree: int, answers: int, disagree: int = 0, silent: int = 0) -> Shown:
    """What is shown when so many of so many agree, in a round with three organisations."""
    counts = (silent, disagree, 0, answers - agree - disagree, agree, 0)
    return rules.release(counts, organisations=3, largest_share_over_half=False)


# --- Opening -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("invited", "organisations", "days", "refusal"),
    [
        (7, 3, None, None),
        (7, 3, 7, None),
        (6, 3, None, "few-people"),
        (0, 0, None, "few-people"),
        (7, 2, None, "few-organisations"),
        (40, 1, 90, "few-organisations"),
        (7, 3, 6, "too-soon"),
        (7, 3, 0, "too-soon"),
        (6, 2, 0, "few-people"),
        (10_000, 400, 8, None),
    ],
)
def test_a_round_opens_only_where_answers_can_stay_anonymous(
    invited: int, organisations: int, days: int | None, refusal: str | None
) -> None:
    """Seven people from three organisations, and seven days since the last; else the reason is said."""
    assert rules.refusal_to_open(invited, organisations, days) == refusal


# --- Release: every cell of the table ----------------------------------------------------------------------------

LINES = [
    (5, "hhhHHH"),
    (6, "hhhhHHH"),
    (7, "hhhhHHHH"),
    (8, "fffxxxmmm"),
    (9, "fffxxxxmmm"),
    (10, "ffffxxxmmmm"),
    (11, "ffffxxxxmmmm"),
]
"""For each number of answers, what is shown when nobody agrees, one does, and so on to all."""
MEANT: dict[str, Shown] = {
    "h": Half(False),
    "H": Half(True),
    "f": Band("few"),
    "x": Band("mixed"),
    "m": Band("most"),
}


@pytest.mark.parametrize(("answers", "line"), LINES)
def test_few_answers_are_shown_as_bands(answers: int, line: str) -> None:
    """From 5 to 7 answers more than half or not, from 8 to 11 few, mixed or most; never a number."""
    assert [shown(agree, answers) for agree in range(answers + 1)] == [MEANT[each] for each in line]


@pytest.mark.parametrize("answers", range(12, 41))
def test_many_answers_are_counted_with_merged_ends(answers: int) -> None:
    """From 12 answers on one sees how many agree and how many do not, but never that it is nobody or everybody."""
    held = [2, 2, *range(2, answers - 1), answers - 2, answers - 2]

    for agree in range(answers + 1):
        disagree = answers - agree
        assert shown(agree, answers, disagree) == Counted(answers, held[agree], held[disagree])
        assert shown(agree, answers) == Counted(answers, held[agree], 2)


@pytest.mark.parametrize(
    ("number", "ending", "span"),
    [(2, "at-most", (0, 2)), (3, "exactly", (3, 3)), (9, "exactly", (9, 9)), (10, "at-least", (10, 12))],
)
def test_merged_ends_say_what_they_stand_for(number: int, ending: str, span: tuple[int, int]) -> None:
    """A number at an end is read as "at most" or "at least"."""
    seen = Counted(12, number, 2)

    assert (seen.ending(seen.agree), seen.span()) == (ending, span)


@pytest.mark.parametrize("answers", range(5))
def test_fewer_than_five_answers_are_hidden(answers: int) -> None:
    """It is the answers to this question that count: who gives no opinion is not among them."""
    assert shown(answers, answers, silent=30) == HIDDEN


@pytest.mark.parametrize(("organisations", "over_half"), [(0, False), (2, False), (3, True), (2, True)])
def test_few_organisations_hide_everything(organisations: int, over_half: bool) -> None:
    """Fewer than three organisations, or more than half from one, and nothing is shown however many answered."""
    assert (
        rules.release((0, 0, 0, 20, 20, 0), organisations=organisations, largest_share_over_half=over_half)
        == HIDDEN
    )


@pytest.mark.parametrize("counts", [(), (1,) * 5, (1,) * 7, (5, 5, 5, 5, 5, -1)])
def test_what_are_no_counts_is_never_shown(counts: tuple[int, ...]) -> None:
    """A damaged box is no result."""
    with pytest.raises(ValueError, match="not the counts"):
        rules.release(counts, organisations=3, largest_share_over_half=False)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([], Spread(0, over_half=False)),
        ([1, 1, 2, 3], Spread(3, over_half=False)),
        ([1, 1, 1, 2, 3], Spread(3, over_half=True)),
        (["a", "b", None], Spread(2, over_half=False)),
        ([1, 2, 3, None, None, None, None], Spread(3, over_half=True)),
    ],
)
def test_half_from_one_organisation_is_allowed_and_more_is_not(
    seats: list[int | str | None], expected: Spread
) -> None:
    """Members without an organisation are none, and might all be from one."""
    assert rules.spread(seats) == expected


# --- Release: properties -----------------------------------------------------------------------------------------


@given(counts=COUNTS, seats=SEATS)
def test_nothing_is_shown_below_the_limits(counts: list[int], seats: list[int | None]) -> None:
    """Whatever happens, fewer than five answers or three organisations are never published."""
    came = rules.spread(seats)
    seen = rules.release(counts, organisations=came.organisations, largest_share_over_half=came.over_half)

    allowed = (
        sum(counts[1:]) >= 5
        and len(set(seats) - {None}) >= 3
        and max(map(seats.count, seats)) * 2 <= len(seats)
    )
    assert isinstance(seen, Hidden) is not allowed
    assert rules.from_json(rules.to_json(seen)) == seen


@given(each=ROUNDS)
def test_what_is_shown_is_what_the_model_says(each: Round) -> None:
    """A random round is shown exactly as a model written down from the rules alone shows it."""
    assert wrongly_shown(each) == 0


def test_the_model_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """If two organisations were taken for enough, the comparison with the model would say so."""
    few = Round((1, 1, 2, 2), ((0, 0, 0, 0, 5, 0),) * 4)
    assert wrongly_shown(few) == 0

    monkeypatch.setattr(certainty, "release", lambda counts, **_: shown(counts[4], sum(counts)))
    assert wrongly_shown(few) == 4


@given(counts=COUNTS, moved=st.integers(1, 5))
def test_steps_of_the_scale_are_never_seen(counts: list[int], moved: int) -> None:
    """Whether people agree fully or mostly, or disagree fully or mostly, makes no difference to what is shown."""
    merged = [counts[0], counts[1] + counts[2], 0, counts[3], 0, counts[4] + counts[5]]
    hidden = {"organisations": 3, "largest_share_over_half": False}

    assert rules.release(counts, **hidden) == rules.release(merged, **hidden)  # type: ignore[arg-type]
    assert rules.release([counts[0] + moved, *counts[1:]], **hidden) == rules.release(counts, **hidden)  # type: ignore[arg-type]


def test_no_insider_is_ever_certain() -> None:
    """In none of all outcomes of 5 to 40 answers does one who knows her own answer know that all others agree, or none."""
    done = enumerated()

    assert done.exceptions == ()
    assert done.outcomes == sum(comb(n + 3, 3) + comb(n + 2, 2) for n in range(5, 41))


def test_the_enumeration_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """If ends were not merged, an insider would know at times, and be found to."""
    monkeypatch.setattr(
        certainty, "release", lambda counts, **_: Counted(sum(counts[1:]), counts[4], counts[1])
    )

    found = knowledge(12, worlds(outcomes(12, (0,))))
    assert Certain(12, (FOR,), Counted(12, 12, 0), frozenset({FOR})) in [
        each for each in found if each.gives_away
    ]


def test_two_insiders_can_be_certain_as_the_protection_text_says() -> None:
    """Two who put their answers together are certain of nobody at 7, 10 and 11 answers; elsewhere extremes tell them."""
    safe = {
        answers
        for answers in range(5, 16)
        if not any(each.gives_away for each in knowledge(answers, worlds(outcomes(answers, (0,)), 2), 2))
    }

    assert safe == {7, 10, 11}


# --- Keeping -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "kept"),
    [
        (HIDDEN, {"kind": "hidden"}),
        (Half(True), {"kind": "half", "more": True}),
        (Band("mixed"), {"kind": "band", "band": "mixed"}),
        (Counted(12, 10, 2), {"kind": "counted", "answers": 12, "agree": 10, "disagree": 2}),
    ],
)
def test_only_what_is_shown_is_kept(seen: Shown, kept: dict[str, object]) -> None:
    """Of a question that is hidden nothing is kept but that; of a band no number."""
    assert rules.to_json(seen) == kept
    assert rules.from_json(kept) == seen


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"kind": "mean"},
        {"kind": "half", "more": 1},
        {"kind": "band", "band": "all"},
        {"kind": "counted", "answers": 11, "agree": 5, "disagree": 5},
        {"kind": "counted", "answers": 12, "agree": 12, "disagree": 2},
        {"kind": "counted", "answers": 12, "agree": 6, "disagree": 0},
    ],
)
def test_what_was_never_kept_is_not_read(kept: dict[str, object]) -> None:
    """A result that says more than it may is refused, wherever it came from."""
    with pytest.raises(ValueError, match="not what is kept"):
        rules.from_json(kept)


# --- Talking -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "point"),
    [
        ({}, None),
        ({"D3.1": HIDDEN, "O1.1": HIDDEN}, None),
        ({"D3.1": HIDDEN, "O1.1": Band("most")}, "O1.1"),
        ({"D3.1": Counted(12, 9, 2), "O1.1": Counted(12, 7, 2), "T1.1": Counted(12, 8, 4)}, "O1.1"),
        ({"D3.1": Counted(12, 7, 2), "O1.1": Counted(12, 7, 4)}, "O1.1"),
        ({"D3.1": Counted(12, 7, 2), "O1.1": Counted(14, 7, 2)}, "O1.1"),
        ({"D3.1": Band("mixed"), "O1.1": Band("few"), "T1.1": Band("few")}, "O1.1"),
        ({"D3.1": Half(True), "O1.1": Half(False)}, "O1.1"),
        ({"D3.1": Counted(12, 8, 2), "O1.1": Band("mixed")}, "O1.1"),
        ({"D3.1": Band("most"), "O1.1": Band("most")}, "D3.1"),
    ],
)
def test_the_group_talks_about_what_has_most_to_gain(seen: dict[str, Shown], point: str | None) -> None:
    """The question that the smallest share agrees with, or that most disagree with; the first of several alike."""
    assert rules.talking_point(seen) == point
