"""The ballot box: what each verb of ``storage/ballots.py`` promises, wherever it is kept."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import sealing
from storage.ballots import CHOICES, Ballots
from tests.contracts.places import FOUR, MEMBERS, SECRET, House, house

ENGINES = ("sqlite", "postgres")


def _where(engine: str, request: pytest.FixtureRequest) -> Path | str:
    """A place with nothing in it."""
    if engine == "postgres":
        return str(request.getfixturevalue("dsn"))
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("ballots")
    return folder / "samsyn.db.ballots"


@pytest.fixture(name="home", params=ENGINES)
def _home(request: pytest.FixtureRequest) -> Iterator[House]:
    with house(_where(request.param, request)) as home:
        yield home


@pytest.fixture(name="ballots")
def _ballots(home: House) -> Ballots:
    return home.ballots


def _opened(ballots: Ballots, token: str = "round") -> Ballots:
    ballots.open_round(token, MEMBERS, 4)
    return ballots


# --- A round -------------------------------------------------------------------------------------------------------


def test_a_vote_is_counted_once_for_good(ballots: Ballots) -> None:
    """The seat is taken and the choices stand; whoever comes again changes nothing, whatever they choose then."""
    _opened(ballots)
    assert ballots.seat("round", 7) == "open"

    assert ballots.cast("round", 7, FOUR) == "counted"
    assert ballots.cast("round", 7, FOUR) == "already"
    assert ballots.cast("round", 7, (1, 1, 1, 1)) == "already"

    assert ballots.seat("round", 7) == "used"
    assert ballots.answered("round") == 1
    tally = ballots.close("round", MEMBERS)
    assert tally is not None
    assert tally.voters == {7}
    assert tally.answered == 1
    assert [each.index(1) for each in tally.counts] == list(FOUR)


def test_nobody_without_a_seat_votes(ballots: Ballots) -> None:
    """Who came after the opening, and whoever asks for a round that is not there, leaves no trace."""
    _opened(ballots)
    _opened(ballots, "other")

    assert ballots.cast("round", 99, FOUR) == "no-seat"
    assert ballots.seat("round", 99) is None
    assert ballots.cast("elsewhere", 7, FOUR) == "missing"
    assert ballots.seat("elsewhere", 7) is None
    assert (ballots.answered("round"), ballots.answered("other"), ballots.answered("elsewhere")) == (0, 0, 0)
    assert ballots.close("elsewhere", MEMBERS) is None


def test_a_box_is_here_or_not(home: House) -> None:
    """A round that was never opened, one that is open, and one whose secret is another."""
    ballots, other = _opened(home.ballots), home.of(b"another secret of 32 bytes......")

    assert (ballots.has("round"), ballots.has("elsewhere"), other.has("round")) == (True, False, False)
    other.close_file()


@pytest.mark.parametrize(
    ("voted", "seat", "answered"),
    [((), "open", 0), ((1,), "used", 1), ((2,), "used", 1), ((1, 2), "used", 2)],
)
def test_two_members_who_are_one_have_one_seat(
    ballots: Ballots, voted: tuple[int, ...], seat: str, answered: int
) -> None:
    """Used if either was; two votes given before that stand, for nobody can tell them apart from the others."""
    _opened(ballots)
    for each in voted:
        ballots.cast("round", each, FOUR)

    ballots.join_seats("round", 1, 2)
    ballots.join_seats("round", 1, 2)

    assert ballots.seat("round", 1) == seat
    assert ballots.seat("round", 2) == ("used" if len(voted) > 1 else None)
    assert ballots.answered("round") == answered
    tally = ballots.close("round", MEMBERS)
    assert tally is not None
    assert tally.answered == answered


def test_a_member_who_came_later_gets_the_seat_of_who_they_are(ballots: Ballots) -> None:
    """The seat moves; where neither has one, or there is no round, nothing happens."""
    _opened(ballots)
    ballots.cast("round", 2, FOUR)

    ballots.join_seats("round", 50, 2)
    ballots.join_seats("round", 51, 52)
    ballots.join_seats("elsewhere", 1, 3)

    assert [ballots.seat("round", each) for each in (50, 2, 51, 1)] == ["used", None, None, "open"]


@pytest.mark.parametrize("choices", [(6, 1, 1, 1), (-1, 1, 1, 1), (1, 1, 1), (1, 1, 1, 1, 1)])
def test_a_choice_that_the_round_does_not_offer_is_refused(
    ballots: Ballots, choices: tuple[int, ...]
) -> None:
    """Nothing of it is counted, and the seat is still free."""
    _opened(ballots)

    with pytest.raises(ValueError, match=r"scale|number of answers"):
        ballots.cast("round", 7, choices)

    assert ballots.seat("round", 7) == "open"
    assert ballots.answered("round") == 0


def test_opening_again_changes_nothing(ballots: Ballots) -> None:
    """The votes stand, and so do the seats of the first time; a round without questions is a mistake."""
    _opened(ballots).cast("round", 7, FOUR)

    ballots.open_round("round", [1, 2], 9)

    assert ballots.seat("round", 7) == "used"
    assert ballots.seat("round", 12) == "open"
    with pytest.raises(ValueError, match="without questions"):
        ballots.open_round("empty", MEMBERS, 0)


def test_a_member_who_has_left_still_counts(ballots: Ballots) -> None:
    """The answers are in; only whose they were is no longer asked for."""
    _opened(ballots)
    ballots.cast("round", 7, FOUR)
    ballots.cast("round", 8, FOUR)

    tally = ballots.close("round", [each for each in MEMBERS if each != 7])

    assert tally is not None
    assert (tally.answered, tally.voters) == (2, frozenset({8}))


def test_closing_only_reads(ballots: Ballots) -> None:
    """It can be done again, by whoever was interrupted, with the same result."""
    _opened(ballots).cast("round", 7, FOUR)

    assert ballots.close("round", MEMBERS) == ballots.close("round", MEMBERS) is not None


def test_rounds_that_nobody_knows_are_destroyed(ballots: Ballots) -> None:
    """What a restored database has never heard of would lie there for ever."""
    for each in ("a", "b", "c"):
        _opened(ballots, each)

    ballots.keep_only(lambda: ["b", "d"])

    assert ballots.rounds() == ["b"]


def test_a_round_that_opens_while_another_process_starts_is_left_alone(ballots: Ballots) -> None:
    """Who tidies looks what is here before it asks what is open: what came in between is not destroyed."""
    _opened(ballots, "unknown")

    def asked() -> list[str]:
        _opened(ballots, "just opened")
        return []

    ballots.keep_only(asked)

    assert ballots.rounds() == ["just opened"]


# --- In a transaction ----------------------------------------------------------------------------------------------


def test_what_a_piece_does_is_kept_by_the_commit(home: House) -> None:
    """Nobody else sees a vote before it; a piece of work that failed leaves its seat free."""
    _opened(home.ballots)
    home.piece(lambda box: box.cast("round", 1, FOUR))
    home.piece(lambda box: box.cast("round", 2, FOUR), keep=False)
    home.piece(lambda box: box.open_round("half", MEMBERS, 1), keep=False)
    assert home.ballots.answered("round") == 0

    home.commits()

    assert home.ballots.answered("round") == 1
    assert home.ballots.seat("round", 2) == "open"
    assert home.ballots.rounds() == ["round"]


@pytest.mark.parametrize("lost", [methodcaller("rolls_back"), methodcaller("dies")])
def test_a_round_is_destroyed_with_its_result_or_not_at_all(
    home: House, lost: Callable[[House], None]
) -> None:
    """Before the commit it can still be counted again; a piece that failed, or a transaction, destroys nothing."""
    _opened(home.ballots).cast("round", 7, FOUR)
    home.piece(lambda box: box.destroy("round"), keep=False)
    home.commits()
    assert home.ballots.rounds() == ["round"]

    home.piece(lambda box: box.destroy("round"))
    lost(home)
    home.commits()
    assert home.ballots.rounds() == ["round"]

    home.piece(lambda box: box.destroy("round"))
    home.commits()
    assert home.ballots.rounds() == []


def test_a_box_of_another_secret_can_be_destroyed(home: House) -> None:
    """A database that was started afresh beside old ballots: the old round is missing, and is destroyed."""
    _opened(home.ballots).cast("round", 7, FOUR)
    changed = home.of(b"another")

    assert changed.cast("round", 7, FOUR) == "missing"
    assert changed.seat("round", 7) is None
    assert changed.close("round", MEMBERS) is None
    changed.destroy("round")

    assert changed.rounds() == []
    changed.close_file()


# --- Against a model -----------------------------------------------------------------------------------------------

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["cast", "cast", "cast", "cast", "undo", "crash", "again", "commit"]),
        st.integers(0, 14),
        st.tuples(*[st.integers(0, CHOICES - 1)] * 3),
    ),
    max_size=40,
)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_the_box_counts_as_a_plain_counter_does(
    request: pytest.FixtureRequest, engine: str, steps: Any
) -> None:
    """Whatever is cast, undone or lost with the process in the middle of a batch: exactly what was kept is counted."""
    model = _Model()
    with house(_where(engine, request)) as home:
        home.ballots.destroy("r")
        home.ballots.open_round("r", MEMBERS, 3)
        for what, member, choices in steps:
            if what in ("cast", "undo"):
                kept = what == "cast"
                found = home.piece(
                    partial(Ballots.cast, token="r", member=member, choices=choices), keep=kept
                )
                assert found == model.cast(member, choices, keep=kept)
            elif what == "commit":
                home.commits()
                model.committed = dict(model.voted)
            else:
                home.rolls_back() if what == "again" else home.dies()
                model.voted = dict(model.committed)
        home.commits()

        tally = home.ballots.close("r", range(20))
    assert tally is not None
    assert tally.voters == set(model.voted)
    assert tally.counts == model.counts()


class _Model:
    """What ought to be in the box."""

    def __init__(self) -> None:
        self.voted: dict[int, tuple[int, ...]] = {}
        self.committed: dict[int, tuple[int, ...]] = {}

    def cast(self, member: int, choices: tuple[int, ...], *, keep: bool) -> str:
        if member not in MEMBERS:
            return "no-seat"
        if member in self.voted:
            return "already"
        if keep:
            self.voted[member] = choices
        return "counted"

    def counts(self) -> tuple[tuple[int, ...], ...]:
        columns = [Counter(each[question] for each in self.voted.values()) for question in range(3)]
        return tuple(tuple(each[choice] for choice in range(CHOICES)) for each in columns)


def test_a_box_opens_for_its_own_round_and_secret_only() -> None:
    """It cannot be put in the place of another one."""
    salt = sealing.fresh_salt()
    box = sealing.sealed(SECRET, salt, "round", [1, 2, 3])

    assert sealing.unsealed(SECRET, salt, "round", box) == [1, 2, 3]
    assert sealing.unsealed(SECRET, salt, "other", box) is None
    assert sealing.unsealed(b"another", salt, "round", box) is None
    assert sealing.unsealed(SECRET, sealing.fresh_salt(), "round", box) is None
    assert sealing.unsealed(SECRET, salt, "round", box[:5]) is None
