"""The ballot file beside the database: what a crash, a failing request, a backup and a restore do to it."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.app import App, installation_secret
from bot.backups import back_up, restore
from bot.writer import Writer
from storage import intake, pulse
from storage.ballots import Ballots, ballots_beside
from storage.db import Store, StoreUnavailable
from storage.pulse import Times
from storage.sqlite import SqliteDatabase
from tests.stage.recording import HandClock, HeldAlarm
from tests.stage.samples import NOW, SECRET, add_forum, open_database

pytestmark = pytest.mark.anyio
FOUR = (5, 4, 0, 1)
MEMBERS = range(1, 13)


@pytest.fixture(name="ballots")
def _ballots(database: SqliteDatabase) -> Ballots:
    ballots = Ballots(ballots_beside(database.path), SECRET)
    ballots.open_round("round", MEMBERS, 4)
    return ballots


def _votes(ballots: Ballots, member: int, store: Store) -> str:
    """What a handler does: it casts, and writes down that the request was answered."""
    intake.set_fact(store, f"answered:{member}", "yes")
    return ballots.cast("round", member, FOUR)


def _votes_and_fails(ballots: Ballots, member: int, store: Store) -> str:
    _votes(ballots, member, store)
    raise LookupError


def _on_disk(path: Path) -> int:
    elsewhere = Ballots(ballots_beside(path), SECRET)
    try:
        return elsewhere.answered("round")
    finally:
        elsewhere.close_file()


async def test_whoever_hears_that_they_voted_has(database: SqliteDatabase, ballots: Ballots) -> None:
    """The vote is on the disk before the answer goes out."""
    writer = Writer(database.transactions, ballots.gather())

    assert await writer.run(partial(_votes, ballots, 7)) == "counted"

    assert _on_disk(database.path) == 1
    await writer.close()


async def test_a_request_that_fails_leaves_the_seat_free(database: SqliteDatabase, ballots: Ballots) -> None:
    """The one beside it is counted; the one that failed can be sent again, and is not counted twice."""
    writer = Writer(database.transactions, ballots.gather())
    with pytest.raises(LookupError):
        await writer.run(partial(_votes_and_fails, ballots, 7))

    assert await writer.run(partial(_votes, ballots, 8)) == "counted"
    assert await writer.run(partial(_votes, ballots, 7)) == "counted"
    assert _on_disk(database.path) == 2
    await writer.close()


async def test_a_vote_whose_request_was_lost_is_not_counted_twice(
    database: SqliteDatabase, ballots: Ballots
) -> None:
    """The disk took the vote and refused the rest: the platform delivers again, and the vote is there already."""
    writer = Writer(database.transactions, ballots.gather())
    database.writer.execute("pragma foreign_keys = on")

    def cannot_be_committed(store: Store) -> str:
        store.run("pragma defer_foreign_keys = on")
        store.run("insert into actor (forum, id, name, folded) values (404, 1, 'x', 'x')")
        return _votes(ballots, 7, store)

    with pytest.raises(StoreUnavailable):
        await writer.run(cannot_be_committed)

    assert intake.fact(database.store, "answered:7") == ""
    assert await writer.run(partial(_votes, ballots, 7)) == "already"
    assert _on_disk(database.path) == 1
    await writer.close()


async def test_a_vote_that_the_disk_refused_was_never_cast(
    database: SqliteDatabase, ballots: Ballots
) -> None:
    """Nobody of that batch is told anything, and nothing of it is in the database."""
    writer = Writer(database.transactions, ballots.gather())

    def goes_away(store: Store) -> str:
        said = _votes(ballots, 7, store)
        ballots_beside(database.path).unlink()
        return said

    with pytest.raises(StoreUnavailable):
        await writer.run(goes_away)

    assert intake.fact(database.store, "answered:7") == ""
    assert await writer.run(partial(_votes, ballots, 7)) == "missing"
    await writer.close()


async def test_a_round_is_destroyed_after_its_result_is_kept(
    database: SqliteDatabase, ballots: Ballots
) -> None:
    """Also when the first try to keep the result fails."""
    writer = Writer(database.transactions, ballots.gather())
    await writer.run(partial(_votes, ballots, 7))

    def close(store: Store) -> None:
        intake.set_fact(store, "result", str(ballots.close("round", MEMBERS)))
        ballots.destroy("round")

    def close_and_fail(store: Store) -> None:
        close(store)
        raise LookupError

    with pytest.raises(LookupError):
        await writer.run(close_and_fail)
    assert _on_disk(database.path) == 1

    await writer.run(close)

    assert "answered=1" in intake.fact(database.store, "result")
    assert ballots.rounds() == []
    await writer.close()


# --- The bot as a whole --------------------------------------------------------------------------------------------


def _with_open_round(path: Path) -> None:
    """A database that knows one open round, with one vote in it, and a ballot file that also holds an unknown one."""
    with closing(open_database(path)) as database:
        forum = add_forum(database.store).id
        pulse.open_round(
            database.store, forum, token="known", questions=("D3.1",), member=1,
            times=Times(NOW, NOW, NOW, NOW), invited=12, organisations=4,
        )  # fmt: skip
        ballots = Ballots(ballots_beside(path), installation_secret(database.store))
    for token in ("known", "unknown"):
        ballots.open_round(token, MEMBERS, 1)
    ballots.cast("known", 7, (5,))
    ballots.close_file()


async def _starts(path: Path, look: Callable[[App], object]) -> object:
    app = App(path, HandClock(), HeldAlarm(), lambda _intake, _speech: {})
    await app.start()
    try:
        return look(app)
    finally:
        await app.stop()


async def test_a_start_destroys_what_nobody_knows(tmp_path: Path) -> None:
    """The open round goes on where it was."""
    path = tmp_path / "samsyn.db"
    _with_open_round(path)

    assert await _starts(path, lambda app: app.ballots.rounds()) == ["known"]
    assert await _starts(path, lambda app: app.ballots.seat("known", 7)) == "used"


@pytest.mark.parametrize("content", [b"", b"hello " * 1000, None])
async def test_the_bot_starts_whatever_lies_there(tmp_path: Path, content: bytes | None) -> None:
    """An empty file, a damaged one, a folder: the round has no result, and nothing else stops."""
    path = tmp_path / "samsyn.db"
    _with_open_round(path)
    ballots_beside(path).unlink()
    if content is None:
        ballots_beside(path).mkdir()
    else:
        ballots_beside(path).write_bytes(content)

    assert await _starts(path, lambda app: app.database.store.one("select count(*) from pulse_round")) == (1,)
    if content is not None:
        assert await _starts(path, lambda app: app.ballots.close("known", MEMBERS)) is None


async def test_a_backup_holds_no_ballots_and_a_restore_brings_none(tmp_path: Path) -> None:
    """On a new machine the open round is missing; over the old database its ballots are those of today."""
    path, copy, new = tmp_path / "samsyn.db", tmp_path / "copy" / "copy.db", tmp_path / "new" / "samsyn.db"
    _with_open_round(path)
    back_up(path, copy)

    assert [each.name for each in copy.parent.iterdir()] == ["copy.db"]
    restore(copy, new)
    assert await _starts(new, lambda app: app.ballots.close("known", MEMBERS)) is None
    assert not ballots_beside(new).exists()

    restore(copy, path)
    assert await _starts(path, lambda app: app.ballots.seat("known", 7)) == "used"
