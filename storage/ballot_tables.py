"""The tables that ballots lie in with PostgreSQL: in the database, and yet in no log, no standby and no backup.

They are unlogged: what is written there is in the transaction of the vote, and gone when the server crashes or a standby
takes over. The round then has no result, as with a file that was lost.

PostgreSQL overwrites nothing. It leaves the row as it was before, and marks each with the number of the transaction that
wrote it: from a box, the box before it and a seat of the same number one could tell a vote. So a moment after votes the
tables are swept (``sweep``): what is there now is written into new files, all of it in one transaction and in the order
of the fingerprints, and the old files are gone.
"""

from collections.abc import Callable
from contextlib import closing
from threading import Event
from typing import Final, TypeVar

import psycopg

from storage import ballot_rows
from storage.ballot_rows import Audit
from storage.db import Store, StoreUnavailable
from storage.postgres import connect

T = TypeVar("T")

TABLES: Final = ("ballot_box", "ballot_seat")
WAIT_MS: Final = 3000
"""So long a sweep stands in line behind those who vote: longer than any batch of votes takes."""
_BUSY: Final = """
select exists (
  select from pg_locks lock left join pg_stat_activity using (pid)
  where lock.granted and lock.relation = any (array['ballot_box', 'ballot_seat', 'secret_talk']::regclass[])
  and coalesce(xact_start, '-infinity') < now() - interval '5 s')
"""
"""Whether somebody holds the tables for long, as a dump does: standing in line behind that one would stop all the others."""
_COUNTED: Final = """
do $$
begin
  perform pg_stat_force_next_flush();
exception when undefined_function then null;
end $$
"""
"""With the end of the transaction the server has counted it. Else it counts up to seconds later: what was swept would seem to be there."""
_SWEEP: Final = (
    """
do $$
declare
  boxes ballot_box[];
  seats ballot_seat[];
begin
  lock table ballot_box, ballot_seat in access exclusive mode;
  boxes := array(select each from ballot_box each order by token);
  seats := array(select each from ballot_seat each order by token, seat);
  truncate ballot_box, ballot_seat;
  insert into ballot_box select * from unnest(boxes);
  insert into ballot_seat select * from unnest(seats);
end $$
""",
    """
do $$
declare
  talks secret_talk[];
begin
  lock table secret_talk in access exclusive mode;
  talks := array(select each from secret_talk each order by person, form);
  truncate secret_talk;
  insert into secret_talk select * from unnest(talks);
end $$
""",
)


class BallotTables:
    """The tables of the database at ``address`` as the holder of a store sees them."""

    def __init__(self, store: Store, address: str, traces: Event | None = None) -> None:
        self._store = store
        self._address = address
        self._traces = traces or Event()
        self.traces: Event | None = self._traces

    def on(self, store: Store) -> "BallotTables":
        """The tables inside this transaction."""
        return BallotTables(store, self._address, self._traces)

    def looks(self, _otherwise: T, work: Callable[[Store], T]) -> T:
        """What the work finds; the tables are always there."""
        return work(self._store)

    def changes(self, token: str, _otherwise: T, work: Callable[[Store], T]) -> T:
        """The work, while nobody else changes the round; it is undone with the piece that it is part of.

        Where another process is in the middle of changing it the server says so, and the writer comes back in a moment.
        """
        self._store.do("select 1 from ballot_box where token = :token for update nowait", token=token)
        self._leave_traces()
        return work(self._store)

    def opens(self, work: Callable[[Store], None]) -> None:
        """The work: nobody else knows of the round yet."""
        self._leave_traces()
        work(self._store)

    def destroys(self, token: str) -> None:
        """In the same transaction as the result; ``sweep`` makes it true of the files."""
        self._leave_traces()
        ballot_rows.remove(self._store, token)

    def _leave_traces(self) -> None:
        self._traces.set()
        self._store.do(_COUNTED)

    def audit(self) -> Audit:
        """What the tables hold; ``whole`` when they are there, and still the kind that nothing else holds a copy of."""
        columns = [f"{table}.{name}" for table in TABLES for name in self._store.columns(table)]
        if not columns:
            return Audit(there=False, whole=True, columns=(), rounds=())
        logged = self._store.one(
            "select count(*) from pg_class where oid in ('ballot_box'::regclass, 'ballot_seat'::regclass)"
            " and relpersistence <> 'u'"
        )
        return Audit(
            there=True,
            whole=logged == (0,),
            columns=tuple(sorted(columns)),
            rounds=ballot_rows.kept(self._store),
        )

    def gather(self) -> None:
        """They are in the transaction already."""

    def sweep(self) -> None:
        """Leave nothing in the files but what is there now: no earlier version of a row, and nothing of who came when.

        Nobody can vote meanwhile. Raises ``StoreUnavailable`` when somebody else uses the tables for too long.
        """
        try:
            with closing(connect(self._address)) as connection:
                if connection.execute(_BUSY).fetchone() == (True,):
                    raise StoreUnavailable("somebody has been reading them for long")
                connection.execute(f"set lock_timeout = {WAIT_MS}")
                for each in (*_SWEEP, _COUNTED):
                    connection.execute(each)
        except psycopg.Error as trouble:
            raise StoreUnavailable(type(trouble).__name__) from trouble

    def close(self) -> None:
        """The store is somebody else's."""


def is_swept(store: Store) -> bool:
    """Whether all rows were written at once, and nothing was changed or removed since, as far as the server has counted."""
    row = store.one(
        "select count(distinct wrote) from (select xmin::text as wrote from ballot_box"
        " union all select xmin::text from ballot_seat) rows"
    )
    dead = store.one(
        "select sum(pg_stat_get_dead_tuples(each)) from unnest(array['ballot_box'::regclass, 'ballot_seat'::regclass]) each"
    )
    return bool(row and row[0] < 2 and not (dead and dead[0]))  # noqa: PLR2004 - one number, or no rows


def takes_room(store: Store) -> bool:
    """Whether the files of the tables hold anything, be it rows that are no more."""
    row = store.one("select pg_relation_size('ballot_box') + pg_relation_size('ballot_seat')")
    return bool(row and row[0])


def is_readable_by_all(store: Store) -> bool:
    """Whether every user of the database may read a table."""
    row = store.one(
        "select bool_or(has_table_privilege('public', each, 'select')) from unnest(array['ballot_box', 'ballot_seat']) each"
    )
    return bool(row and row[0])


def is_written_down(store: Store) -> list[str]:
    """The settings with which this server writes statements and their values into its log."""
    rows = store.all(
        "select name from pg_settings where current_setting('log_parameter_max_length', true) is distinct from '0'"
        " and (name = 'log_statement' and setting in ('mod', 'all')"
        " or name in ('log_min_duration_statement', 'log_min_duration_sample') and setting <> '-1') order by name"
    )
    return [row[0] for row in rows]
