"""The ballot box: what each verb of ``storage/ballots.py`` promises, and what the file never holds."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import sealing
from storage.ballots import CHOICES, Audit, Ballots, Kept
from storage.db import StoreUnavailable

SECRET = b"the secret of this installation."
MEMBERS = range(1, 13)
FOUR = (5, 4, 0, 1)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "samsyn.db.ballots"


@pytest.fixture(name="ballots")
def _ballots(path: Path) -> Iterator[Ballots]:
    box = Ballots(path, SECRET)
    yield box
    box.close_file()


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


def test_a_box_is_here_or_not(ballots: Ballots, path: Path) -> None:
    """A round that was never opened, one that is open, and one whose secret is another."""
    _opened(ballots)
    other = Ballots(path, b"another secret of 32 bytes......")

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


def test_what_is_destroyed_is_gone(ballots: Ballots, path: Path) -> None:
    """Seats, salt and box leave no byte in the file; another round is untouched; once more does no harm."""
    everybody = range(2000)
    ballots.open_round("round", everybody, 4)
    _opened(ballots, "other").cast("other", 3, FOUR)
    ballots.cast("round", 7, FOUR)
    held = _blobs(path, "round")
    assert len(held) == 2002
    assert all(each in path.read_bytes() for each in held)

    ballots.destroy("round")
    ballots.destroy("round")

    left = path.read_bytes()
    assert [each for each in held if each in left] == []
    assert b"round" not in left
    assert ballots.rounds() == ["other"]
    assert ballots.seat("other", 3) == "used"
    assert not list(path.parent.glob("*-*"))


def test_rounds_that_nobody_knows_are_destroyed(ballots: Ballots) -> None:
    """What a restored database has never heard of would lie there for ever."""
    for each in ("a", "b", "c"):
        _opened(ballots, each)

    ballots.keep_only(["b", "d"])

    assert ballots.rounds() == ["b"]


# --- Against a model -----------------------------------------------------------------------------------------------

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["cast", "cast", "cast", "cast", "undo", "crash", "again", "commit"]),
        st.integers(0, 14),
        st.tuples(*[st.integers(0, CHOICES - 1)] * 3),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_the_box_counts_as_a_plain_counter_does(tmp_path_factory: pytest.TempPathFactory, steps: Any) -> None:
    """Whatever is cast, undone or lost with the process in the middle of a batch: exactly what was kept is counted."""
    path = tmp_path_factory.mktemp("model") / "x.ballots"
    box, model = Ballots(path, SECRET), _Model()
    box.open_round("r", MEMBERS, 3)
    box.gather()
    for what, member, choices in steps:
        if what in ("cast", "undo"):
            assert box.cast("r", member, choices) == model.cast(member, choices, keep=what == "cast")
            (box.keep if what == "cast" else box.undo)()
        elif what == "commit":
            box.commit()
            box.finish()
            model.committed = dict(model.voted)
        else:
            box.rollback() if what == "again" else box.close_file()
            box = Ballots(path, SECRET)
            box.gather()
            model.voted = dict(model.committed)
    box.commit()

    tally = box.close("r", range(20))
    box.close_file()
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


# --- What the file holds -------------------------------------------------------------------------------------------


def test_the_file_tells_nothing_of_anybody(ballots: Ballots, path: Path) -> None:
    """No column for a person, a platform, a time or an order; only this user may read it; no journal stays behind."""
    _opened(ballots).cast("round", 7, FOUR)

    assert ballots.audit() == Audit(
        there=True,
        whole=True,
        columns=("box.salt", "box.sealed", "box.token", "seat.seat", "seat.token", "seat.used"),
        rounds=(Kept("round", seats=12, used=1, salt_bytes=32, box_bytes=28 + 4 * 4 * CHOICES),),
    )
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_every_vote_makes_another_box_of_the_same_length(ballots: Ballots, path: Path) -> None:
    """Nobody sees from two copies what was added, and no earlier box stays in the file beside the newest one."""
    _opened(ballots)
    boxes = [_box(path)]
    for member in MEMBERS:
        ballots.cast("round", member, FOUR)
        boxes.append(_box(path))

    assert len(set(boxes)) == len(boxes)
    assert len({len(each) for each in boxes}) == 1
    left = path.read_bytes()
    assert [each for each in boxes[:-1] if each in left] == []


def test_two_rounds_of_the_same_people_share_no_seat(ballots: Ballots, path: Path) -> None:
    """A member's seat is another one in every round, also in the next round of the same name."""
    _opened(ballots)
    before = set(_blobs(path, "round"))
    ballots.destroy("round")
    _opened(ballots)

    assert before.isdisjoint(_blobs(path, "round"))


def test_a_box_opens_for_its_own_round_and_secret_only() -> None:
    """It cannot be put in the place of another one."""
    salt = sealing.fresh_salt()
    box = sealing.sealed(SECRET, salt, "round", [1, 2, 3])

    assert sealing.unsealed(SECRET, salt, "round", box) == [1, 2, 3]
    assert sealing.unsealed(SECRET, salt, "other", box) is None
    assert sealing.unsealed(b"another", salt, "round", box) is None
    assert sealing.unsealed(SECRET, sealing.fresh_salt(), "round", box) is None
    assert sealing.unsealed(SECRET, salt, "round", box[:5]) is None


def _blobs(path: Path, token: str) -> list[bytes]:
    """Everything of a round that nobody may find afterwards."""
    with closing(sqlite3.connect(path)) as db:
        box = db.execute("select salt, sealed from box where token = ?", (token,)).fetchone()
        return [*box, *(each[0] for each in db.execute("select seat from seat where token = ?", (token,)))]


def _box(path: Path) -> bytes:
    return _blobs(path, "round")[1]


# --- When things go wrong ------------------------------------------------------------------------------------------


def _is_missing(ballots: Ballots) -> None:
    assert ballots.cast("round", 7, FOUR) == "missing"
    assert ballots.seat("round", 7) is None
    assert ballots.answered("round") in (0, 1)
    assert ballots.close("round", MEMBERS) is None


def _gone(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x01garbage" * 1000)


def _scratched(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + os.urandom(len(raw) - 100))


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table box (something text)")
        db.execute("create table seat (something text)")


@pytest.mark.parametrize(
    ("harm", "open_meanwhile"),
    [(each, False) for each in (_gone, _empty, _garbage, _scratched, _foreign)]
    + [(each, True) for each in (_gone, _empty, _garbage, _foreign)],
)
def test_a_file_that_cannot_be_read_is_missing_and_the_next_round_opens(
    path: Path, harm: Callable[[Path], None], open_meanwhile: bool
) -> None:
    """The round has no result; nothing else stops, and nothing of the damaged file is left to be found."""
    ballots = _opened(Ballots(path, SECRET))
    ballots.cast("round", 3, FOUR)
    if not open_meanwhile:
        ballots.close_file()
    harm(path)

    _is_missing(ballots)
    ballots.destroy("round")
    ballots.open_round("next", MEMBERS, 4)

    assert ballots.cast("next", 7, FOUR) == "counted"
    assert ballots.rounds() == ["next"]
    ballots.close_file()


def test_a_round_opens_over_a_damaged_file(ballots: Ballots, path: Path) -> None:
    """What cannot be read is overwritten; nobody has to mend anything first."""
    _garbage(path)

    assert ballots.audit() == Audit(there=True, whole=False, columns=(), rounds=())
    _opened(ballots)

    assert ballots.cast("round", 7, FOUR) == "counted"


def test_a_damaged_file_that_cannot_be_overwritten_is_the_disks_trouble(
    ballots: Ballots, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again another time."""
    _garbage(path)

    def fails(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StoreUnavailable, match="Input/output error"):
        ballots.destroy("round")


def test_another_secret_opens_nothing(ballots: Ballots, path: Path) -> None:
    """A database that was started afresh beside an old ballot file: the old round is missing, and can be destroyed."""
    _opened(ballots).cast("round", 7, FOUR)
    ballots.close_file()
    changed = Ballots(path, b"another")

    _is_missing(changed)
    changed.destroy("round")

    assert changed.rounds() == []
    changed.close_file()


@pytest.mark.parametrize(
    "meddling",
    [
        "update seat set used = 0",
        "update seat set used = 1",
        "update box set sealed = zeroblob(length(sealed))",
        "update box set salt = 'words'",
        "delete from seat",
    ],
)
def test_a_box_that_does_not_agree_with_its_seats_is_not_counted(
    ballots: Ballots, path: Path, meddling: str
) -> None:
    """Whoever changed the file by hand, or put an older one back, gets no result that somebody might believe."""
    _opened(ballots).cast("round", 7, FOUR)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(meddling)

    assert ballots.close("round", MEMBERS) is None


def test_nothing_is_made_before_a_round_opens(ballots: Ballots, path: Path) -> None:
    """Asking, destroying and tidying need no file; the audit says that there is none."""
    _is_missing(ballots)
    ballots.destroy("round")
    ballots.keep_only([])

    assert ballots.rounds() == []
    assert ballots.audit() == Audit(there=False, whole=True, columns=(), rounds=())
    assert not path.exists()


def test_a_disk_that_fails_is_said_to(path: Path) -> None:
    """A folder in the place of the file cannot be opened: nothing is acknowledged."""
    path.mkdir()
    (path.parent / "file").touch()
    for each in (path, path.parent / "file" / "x"):
        with pytest.raises(StoreUnavailable):
            Ballots(each, SECRET).open_round("round", MEMBERS, 4)


def test_a_lock_that_somebody_holds_takes_no_vote(ballots: Ballots, path: Path) -> None:
    """Another time it may work."""
    _opened(ballots)
    assert ballots._file._connection
    ballots._file._connection.execute("pragma busy_timeout = 0")
    with closing(sqlite3.connect(path)) as db:
        db.execute("begin exclusive")
        with pytest.raises(StoreUnavailable, match="locked"):
            ballots.cast("round", 7, FOUR)

    assert ballots.cast("round", 7, FOUR) == "counted"


def test_a_full_disk_takes_no_vote(ballots: Ballots) -> None:
    """The old state stands, and the vote can be cast when there is room again."""
    _opened(ballots)
    db = ballots._file._connection
    assert db
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        ballots.open_round("large", range(5000), 4)

    assert ballots.rounds() == ["round"]
    assert ballots.cast("round", 7, FOUR) == "counted"


_VOTING = """
import sys
from pathlib import Path
from storage.ballots import Ballots
box = Ballots(Path(sys.argv[1]), b"the secret of this installation.")
for member in range(2000):
    if box.cast("round", member, (5, 4, 0, 1)) == "counted":
        print(member, flush=True)
"""


def test_a_process_killed_in_the_middle_of_a_vote_leaves_it_whole_or_not_at_all(path: Path) -> None:
    """Seats and counters always agree; whoever heard that they had voted has; the next process goes on."""
    ballots = Ballots(path, SECRET)
    ballots.open_round("round", range(2000), 4)
    ballots.close_file()
    told: set[int] = set()
    for _ in range(3):
        voting = subprocess.Popen(
            [sys.executable, "-c", _VOTING, str(path)], stdout=subprocess.PIPE, text=True
        )
        with voting:
            assert voting.stdout
            told |= {int(voting.stdout.readline()) for _ in range(7)}
            voting.kill()
            told |= {int(each) for each in voting.stdout}
        tally = ballots.close("round", range(2000))
        assert tally is not None
        assert told <= tally.voters
        assert len(tally.voters - told) <= 3
        ballots.close_file()


# --- Together with the database ------------------------------------------------------------------------------------


def test_what_is_gathered_is_kept_by_the_commit(ballots: Ballots, path: Path) -> None:
    """Nobody else sees a vote before it; a piece of work that failed leaves its seat free."""
    _opened(ballots)
    ballots.gather()
    ballots.cast("round", 1, FOUR)
    ballots.keep()
    ballots.cast("round", 2, FOUR)
    ballots.open_round("half", MEMBERS, 1)
    ballots.undo()
    elsewhere = Ballots(path, SECRET)
    assert elsewhere.answered("round") == 0

    ballots.commit()
    ballots.finish()

    assert elsewhere.answered("round") == 1
    assert elsewhere.seat("round", 2) == "open"
    assert elsewhere.rounds() == ["round"]
    elsewhere.close_file()


def test_the_file_taken_away_under_a_batch_fails_the_commit(ballots: Ballots, path: Path) -> None:
    """Whoever was about to hear that they had voted hears nothing, and the platform delivers again."""
    _opened(ballots)
    ballots.gather()
    ballots.cast("round", 1, FOUR)
    ballots.keep()
    path.unlink()

    with pytest.raises(StoreUnavailable):
        ballots.commit()
    ballots.rollback()

    assert ballots.cast("round", 1, FOUR) == "missing"
    ballots.commit()


def test_a_commit_that_the_disk_refuses_loses_all_of_the_batch(ballots: Ballots, path: Path) -> None:
    """Somebody reads the file for too long: nothing of the batch was, and it can be tried again."""
    _opened(ballots)
    ballots.gather()
    ballots.cast("round", 1, FOUR)
    ballots.keep()
    assert ballots._file._connection
    ballots._file._connection.execute("pragma busy_timeout = 0")
    with closing(sqlite3.connect(path)) as db:
        db.execute("begin")
        db.execute("select * from box").fetchall()
        with pytest.raises(StoreUnavailable, match="locked"):
            ballots.commit()
        ballots.rollback()

    assert ballots.cast("round", 1, FOUR) == "counted"
    ballots.commit()


def test_a_round_is_destroyed_only_after_its_result_is_safe(ballots: Ballots) -> None:
    """Before the commit it can still be counted again; a piece that failed, or a batch, destroys nothing."""
    _opened(ballots).cast("round", 7, FOUR)
    ballots.gather()
    ballots.destroy("round")
    ballots.undo()
    ballots.commit()
    ballots.finish()
    assert ballots.rounds() == ["round"]

    ballots.destroy("round")
    ballots.keep()
    ballots.rollback()
    ballots.finish()
    assert ballots.rounds() == ["round"]

    ballots.destroy("round")
    ballots.keep()
    ballots.commit()
    assert ballots.close("round", MEMBERS) is not None
    ballots.finish()
    assert ballots.rounds() == []
