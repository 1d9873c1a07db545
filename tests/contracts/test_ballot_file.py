"""The ballot file: what it never holds, what happens when it is lost or damaged, and how it goes with the database."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.ballot_file import BallotFile
from storage.ballot_rows import Audit, Kept
from storage.ballots import CHOICES, Ballots
from storage.db import StoreUnavailable
from tests.contracts.places import FOUR, MEMBERS, SECRET


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "samsyn.db.ballots"


@pytest.fixture(name="ballots")
def _ballots(path: Path) -> Iterator[Ballots]:
    box = Ballots(path, SECRET)
    yield box
    box.close_file()


def _db(ballots: Ballots) -> sqlite3.Connection:
    assert isinstance(ballots.place, BallotFile)
    assert ballots.place._connection
    return ballots.place._connection


def _opened(ballots: Ballots, token: str = "round") -> Ballots:
    ballots.open_round(token, MEMBERS, 4)
    return ballots


# --- What the file holds -------------------------------------------------------------------------------------------


def test_the_file_tells_nothing_of_anybody(ballots: Ballots, path: Path) -> None:
    """No column for a person, a platform, a time or an order; only this user may read it; no journal stays behind."""
    _opened(ballots).cast("round", 7, FOUR)

    assert ballots.audit() == Audit(
        there=True,
        whole=True,
        columns=(
            "ballot_box.salt",
            "ballot_box.sealed",
            "ballot_box.token",
            "ballot_seat.seat",
            "ballot_seat.token",
            "ballot_seat.used",
        ),
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


def _blobs(path: Path, token: str) -> list[bytes]:
    """Everything of a round that nobody may find afterwards."""
    with closing(sqlite3.connect(path)) as db:
        box = db.execute("select salt, sealed from ballot_box where token = ?", (token,)).fetchone()
        return [
            *box,
            *(each[0] for each in db.execute("select seat from ballot_seat where token = ?", (token,))),
        ]


def _box(path: Path) -> bytes:
    return _blobs(path, "round")[1]


def test_a_round_that_was_opened_by_an_earlier_version_goes_on(ballots: Ballots, path: Path) -> None:
    """Its tables had other names."""
    _opened(ballots).cast("round", 3, FOUR)
    ballots.close_file()
    with closing(sqlite3.connect(path)) as db:
        db.execute("alter table ballot_box rename to box")
        db.execute("alter table ballot_seat rename to seat")

    assert ballots.cast("round", 7, FOUR) == "counted"
    assert ballots.answered("round") == 2


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


@pytest.mark.parametrize(
    "meddling",
    [
        "update ballot_seat set used = 0",
        "update ballot_seat set used = 1",
        "update ballot_box set sealed = zeroblob(length(sealed))",
        "update ballot_box set salt = 'words'",
        "delete from ballot_seat",
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
    ballots.keep_only(tuple)

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
    _db(ballots).execute("pragma busy_timeout = 0")
    with closing(sqlite3.connect(path)) as db:
        db.execute("begin exclusive")
        with pytest.raises(StoreUnavailable, match="locked"):
            ballots.cast("round", 7, FOUR)

    assert ballots.cast("round", 7, FOUR) == "counted"


def test_a_full_disk_takes_no_vote(ballots: Ballots) -> None:
    """The old state stands, and the vote can be cast when there is room again."""
    _opened(ballots)
    db = _db(ballots)
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


def test_the_file_taken_away_under_a_batch_fails_the_commit(ballots: Ballots, path: Path) -> None:
    """Whoever was about to hear that they had voted hears nothing, and the platform delivers again."""
    _opened(ballots)
    beside = ballots.gather()
    assert beside
    ballots.cast("round", 1, FOUR)
    beside.keep()
    path.unlink()

    with pytest.raises(StoreUnavailable):
        beside.commit()
    beside.rollback()

    assert ballots.cast("round", 1, FOUR) == "missing"
    beside.commit()


def test_a_commit_that_the_disk_refuses_loses_all_of_the_batch(ballots: Ballots, path: Path) -> None:
    """Somebody reads the file for too long: nothing of the batch was, and it can be tried again."""
    _opened(ballots)
    beside = ballots.gather()
    assert beside
    ballots.cast("round", 1, FOUR)
    beside.keep()
    _db(ballots).execute("pragma busy_timeout = 0")
    with closing(sqlite3.connect(path)) as db:
        db.execute("begin")
        db.execute("select * from ballot_box").fetchall()
        with pytest.raises(StoreUnavailable, match="locked"):
            beside.commit()
        beside.rollback()

    assert ballots.cast("round", 1, FOUR) == "counted"
    beside.commit()
