"""The ballot tables on PostgreSQL: two who vote at once, what the server's files hold, and what a crash leaves."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from psycopg import errors, sql

from bench.cluster import Cluster
from storage import ballot_tables
from storage.ballot_rows import Audit, Kept
from storage.ballot_tables import BallotTables, is_swept
from storage.ballots import CHOICES, Ballots
from storage.db import StoreUnavailable
from storage.postgres import PostgresDatabase, PostgresStore
from tests.contracts.places import FOUR, MEMBERS, SECRET, TablesHouse

COLUMNS = (
    "ballot_box.salt", "ballot_box.sealed", "ballot_box.token", "ballot_seat.seat", "ballot_seat.token", "ballot_seat.used",
)  # fmt: skip
WROTE = "select count(distinct xmin::text) from ballot_seat"


@pytest.fixture(name="home")
def _home(dsn: str) -> Iterator[TablesHouse]:
    home = TablesHouse(dsn)
    home.ballots.open_round("round", MEMBERS, 4)
    yield home
    home.closes()


@pytest.fixture(name="store")
def _store(dsn: str) -> Iterator[PostgresStore]:
    """Somebody else who looks."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield PostgresStore(connection)


def test_two_processes_do_not_count_at_the_same_time(dsn: str, home: TablesHouse) -> None:
    """The second one is told to come back, and then counts on; a vote in another round is in nobody's way."""
    home.ballots.open_round("other", MEMBERS, 4)
    home.piece(lambda box: box.cast("round", 1, FOUR))
    with closing(PostgresDatabase(dsn)) as elsewhere:
        theirs = Ballots(BallotTables(elsewhere.store, dsn), SECRET)
        with pytest.raises(errors.LockNotAvailable):
            theirs.cast("round", 2, FOUR)
        assert theirs.cast("other", 2, FOUR) == "counted"
        home.commits()
        assert theirs.cast("round", 2, FOUR) == "counted"
        assert theirs.cast("round", 1, FOUR) == "already"

    assert home.ballots.answered("round") == 2


# --- What is left --------------------------------------------------------------------------------------------------


def test_votes_leave_traces_until_they_are_swept(home: TablesHouse, store: PostgresStore) -> None:
    """Each vote has a number of its own and leaves the box before it; afterwards everything came at once, in no order."""
    traces = home.ballots.place.traces
    assert traces
    for member in (9, 3, 7):
        home.ballots.cast("round", member, FOUR)
    assert traces.is_set()
    assert store.one(WROTE) == (4,)
    assert not is_swept(store)

    home.ballots.place.sweep()
    store.one("select pg_stat_force_next_flush()")

    assert store.one(WROTE) == (1,)
    assert store.one("select count(distinct xmin::text) from ballot_box") == (1,)
    assert store.all("select seat from ballot_seat") == store.all(
        "select seat from ballot_seat order by token, seat"
    )
    assert is_swept(store)
    assert home.ballots.answered("round") == 3
    assert home.ballots.close("round", MEMBERS) is not None


def test_sweeping_waits_for_those_who_vote(home: TablesHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives up when that takes too long, and changes nothing then."""
    monkeypatch.setattr(ballot_tables, "WAIT_MS", 20)
    home.piece(lambda box: box.cast("round", 1, FOUR))
    with pytest.raises(StoreUnavailable, match="LockNotAvailable"):
        home.ballots.place.sweep()
    home.commits()
    home.ballots.place.sweep()

    assert home.ballots.answered("round") == 1


def test_sweeping_does_not_stand_in_line_behind_a_dump(
    home: TablesHouse, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For nobody could vote while it stood there."""
    home.ballots.cast("round", 1, FOUR)
    monkeypatch.setattr(ballot_tables, "_BUSY", ballot_tables._BUSY.replace("5 s", "-1 s"))
    with psycopg.connect(dsn) as dump:
        dump.execute("lock table ballot_box in access share mode")
        with pytest.raises(StoreUnavailable, match="for long"):
            home.ballots.place.sweep()
    home.ballots.place.sweep()

    assert home.ballots.answered("round") == 1


def _secrets(store: PostgresStore, token: str) -> list[bytes]:
    """What lies in the tables and may be found nowhere else: salt, box, and some of the seats."""
    box = store.one("select salt, sealed from ballot_box where token = :token", token=token) or ()
    seats = store.all("select seat from ballot_seat where token = :token limit 3", token=token)
    return [*box, *(row[0] for row in seats)]


def _plays(dsn: str, *, over: bool) -> tuple[set[bytes], set[bytes]]:
    """Five vote in a round; what has lain in the tables and does no more, and what lies there at the end."""
    with closing(PostgresDatabase(dsn)) as database:
        database.migrate()
        store = database.store
        assert isinstance(store, PostgresStore)
        ballots = Ballots(BallotTables(store, dsn), SECRET)
        token, seen = f"over {over}", set[bytes]()
        ballots.open_round(token, MEMBERS, 4)
        for member in (5, 1, 4, 2, 3):
            seen |= set(_secrets(store, token))
            assert ballots.cast(token, member, FOUR) == "counted"
        if over:
            assert ballots.close(token, MEMBERS)
            ballots.destroy(token)
        left = set(_secrets(store, token))
        return seen - left, left


def _sweeps(dsn: str) -> None:
    with closing(PostgresDatabase(dsn)) as database:
        BallotTables(database.store, dsn).sweep()


def _files_with(needles: set[bytes], cluster: Cluster) -> set[str]:
    """The files of the server that hold any of these; it has ended, so that nothing is in its memory alone."""
    return {
        str(each.relative_to(cluster.home.data))
        for each in cluster.home.data.rglob("*")
        if each.is_file() and any(map(each.read_bytes().__contains__, needles))
    }


def test_nothing_of_earlier_votes_is_in_any_file_of_the_server() -> None:
    """Neither earlier boxes nor, after the end, seats or salt: not in the tables, not in the log that standbys follow."""
    with Cluster() as cluster:
        dsn = cluster.create("played")
        over, nothing = _plays(dsn, over=True)
        earlier, now = _plays(dsn, over=False)
        assert (len(over), len(nothing), len(earlier), len(now)) == (9, 0, 5, 5)
        cluster.stop()
        assert {each.split("/")[1] for each in _files_with(over | earlier | now, cluster)} == {"base"}
        assert _files_with(earlier, cluster)
        assert _files_with(over, cluster)

        cluster.start()
        _sweeps(dsn)
        cluster.stop()
        assert _files_with(now, cluster)
        assert not _files_with(over | earlier, cluster)


def test_a_crash_of_the_server_leaves_no_ballots() -> None:
    """Neither box nor seats are there, and not in its files; the next round opens."""
    with Cluster() as cluster:
        dsn = cluster.create("crashes")
        _, left = _plays(dsn, over=False)
        assert len(left) == 5
        cluster.kill()
        cluster.start()
        with closing(PostgresDatabase(dsn)) as database:
            ballots = Ballots(BallotTables(database.store, dsn), SECRET)
            assert ballots.cast("over False", 7, FOUR) == "missing"
            assert ballots.close("over False", MEMBERS) is None
            ballots.open_round("next", MEMBERS, 4)
            assert ballots.cast("next", 7, FOUR) == "counted"
        cluster.stop()
        assert not _files_with(left, cluster)


# --- What can be seen ----------------------------------------------------------------------------------------------


def test_the_tables_tell_nothing_of_anybody(home: TablesHouse, store: PostgresStore) -> None:
    """No column for a person, a platform, a time or an order; nobody else may read them; nothing copies them."""
    home.ballots.cast("round", 7, FOUR)

    assert home.ballots.audit() == Audit(
        there=True,
        whole=True,
        columns=COLUMNS,
        rounds=(Kept("round", seats=12, used=1, salt_bytes=32, box_bytes=28 + 4 * 4 * CHOICES),),
    )
    assert store.one(
        "select bool_or(has_table_privilege('public', each, 'select')) from unnest(array['ballot_box', 'ballot_seat',"
        " 'secret_talk']) each"
    ) == (False,)


def test_a_table_that_was_made_to_last_is_found(home: TablesHouse, store: PostgresStore) -> None:
    """Whoever changes that puts votes into the log and the backups."""
    store.run("alter table ballot_seat set logged")
    assert not home.ballots.audit().whole
    store.run("alter table ballot_seat set unlogged")
    assert home.ballots.audit().whole


def test_before_there_are_tables_there_is_nothing(postgres: Cluster) -> None:
    """A database without a schema."""
    with closing(PostgresDatabase(postgres.create("bare"))) as database:
        assert Ballots(BallotTables(database.store, ""), b"").audit() == Audit(
            there=False, whole=True, columns=(), rounds=()
        )
    postgres.execute(sql.SQL("drop database bare"))
