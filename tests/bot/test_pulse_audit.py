"""``samsyn pulse audit``: what a database administrator is shown, and what it finds wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.pulse_audit import look
from storage import pulse
from storage.ballots import Ballots, ballots_beside
from storage.db import Store
from storage.migrations import migrations
from storage.pulse import Times
from storage.sqlite import SqliteDatabase
from tests.stage.samples import NOW, SECRET, add_forum, open_database

ROUND_TWO = "Forum 1, round 2, open until 2026-03-02 08:00 UTC"


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A database with a published round 1 and an open round 2, and the ballots of the open one."""
    path = tmp_path / "samsyn.db"
    with closing(open_database(path)) as database:
        forum = add_forum(database.store).id
        for token in ("token-one", "token-two"):
            _open(database.store, forum, token)
        pulse.count_round(database.store, forum, 1, answered=9, organisations=3, shown={"D3.1": "1"})
        pulse.publish(database.store, forum, 1)
    with _ballots(path) as box:
        box.open_round("token-two", range(12), 1)
        box.cast("token-two", 3, (5,))
    return path


def _open(store: Store, forum: int, token: str) -> None:
    pulse.open_round(
        store, forum, token=token, questions=("D3.1",), member=1, times=Times(NOW, NOW, NOW, NOW),
        invited=12, organisations=4,
    )  # fmt: skip


@contextmanager
def _ballots(database: Path) -> Iterator[Ballots]:
    box = Ballots(ballots_beside(database), SECRET)
    yield box
    box.close_file()


def _all(path: Path) -> list[str]:
    return [each.what for each in look(path)]


def _wrong(path: Path) -> list[str]:
    return [each.what for each in look(path) if each.level == "wrong"]


def test_what_is_kept_is_told_in_numbers(path: Path) -> None:
    """Seats, sizes and columns of the open round; nothing left of the closed one; that backups leave it out."""
    columns, backups, opened, closed = _all(path)

    assert columns.endswith("ballot_seat.seat, ballot_seat.token, ballot_seat.used.")
    assert backups == "No backup of Samsyn holds it."
    assert opened == (
        f"{ROUND_TWO}: 12 seats without names, 1 of them used, a sealed box of 52 bytes, a salt of 32 bytes."
    )
    assert closed == "Closed rounds: 1. None of them has seats, box or salt."
    assert _wrong(path) == []


def test_it_changes_nothing(path: Path) -> None:
    """Neither file is another one afterwards, and it can be asked while the bot is writing."""
    before = {each.name: each.read_bytes() for each in (path, ballots_beside(path))}
    with closing(SqliteDatabase(path)) as database:
        database.writer.execute("begin immediate")
        assert len(_all(path)) == 4

    assert {each.name: each.read_bytes() for each in (path, ballots_beside(path))} == before


def test_a_closed_round_with_anything_left_is_found(path: Path) -> None:
    """Whether its box is there, or only its seats, or a byte of its name."""
    with _ballots(path) as box:
        box.open_round("token-one", range(12), 1)
    assert _wrong(path) == ["Forum 1, round 1 is closed, and the ballot file still holds something of it."]

    with closing(sqlite3.connect(ballots_beside(path))) as db, db:
        db.execute("delete from ballot_box where token = 'token-one'")
    assert len(_wrong(path)) == 1

    with _ballots(path) as box:
        box.destroy("token-one")
    assert _wrong(path) == []
    with ballots_beside(path).open("ab") as file:
        file.write(b"token-one")
    assert len(_wrong(path)) == 1


def test_ballots_of_an_unknown_round_are_found(path: Path) -> None:
    """A restored database knows nothing of them."""
    with _ballots(path) as box:
        box.open_round("another", range(12), 1)

    assert _wrong(path) == ["Ballots of rounds that the database does not know: 1."]


def test_an_open_round_without_ballots_is_told_of(path: Path) -> None:
    """Nothing is wrong with what is kept, but there will be no result."""
    ballots_beside(path).unlink()

    assert _all(path) == [
        f"There is no ballot file {ballots_beside(path)}: no vote is kept.",
        f"{ROUND_TWO}, has no ballots. It ends without a result.",
        "Closed rounds: 1. None of them has seats, box or salt.",
    ]


def test_a_column_too_many_and_an_open_door_are_found(path: Path) -> None:
    """Somebody has changed the file, or lets others read it."""
    ballots_beside(path).chmod(0o640)
    with closing(sqlite3.connect(ballots_beside(path))) as db, db:
        db.execute("alter table ballot_seat add column at int")

    assert _wrong(path) == [
        "Columns that do not belong there: ballot_seat.at.",
        "Other users of this machine can read it.",
    ]


def test_a_damaged_file_is_found(path: Path) -> None:
    """What it holds can be read by nobody."""
    ballots_beside(path).write_bytes(b"hello " * 1000)

    assert _wrong(path) == [
        f"The ballot file {ballots_beside(path)} is damaged. Open rounds end without a result."
    ]


def test_before_there_is_a_pulse_there_is_nothing_to_tell(tmp_path: Path) -> None:
    """Neither without a database nor with one that has not been brought up to date."""
    path = tmp_path / "samsyn.db"
    nothing = [f"There is no ballot file {ballots_beside(path)}: no vote is kept."]
    assert _all(path) == nothing
    with closing(SqliteDatabase(path)) as database:
        migrations.apply(database.tools, stop_before="pulse")

    assert _all(path) == nothing
