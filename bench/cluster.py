"""A PostgreSQL server to throw away: for tests without waiting for the disk, for figures with it.

It lives in a temporary folder, listens on a socket there (and on the loopback if asked), and is gone at the end: also when
whoever started it was killed, for a guard waits for that beside it. A standby follows it commit by commit and can take over.
"""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from bench.home import Broken, Home

USER: Final = "samsyn"
LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 60.0
LOOK: Final = 0.01
MEMORY: Final = Path("/dev/shm")  # noqa: S108
ROOM: Final = 1 << 30
"""Bytes that must be free there, for a server that need not keep anything to live in memory: twice as fast to start."""
SETTINGS: Final[Mapping[str, str]] = {
    "max_connections": "100",
    "log_min_messages": "warning",
    "log_statement": "none",
}
HASTY: Final[Mapping[str, str]] = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "128MB",
}
"""Survives the end of the server, not that of the machine."""


class Cluster:
    """One server. ``durable`` flushes at every commit; ``where`` is the folder for its data; ``tcp`` opens the loopback.

    ``programs`` is the folder of a server's programs, found unless said; ``settings`` are lines of ``postgresql.conf``.
    Nothing happens before :meth:`start`; :meth:`close` leaves nothing. As a context manager it does both.
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        tcp: bool = False,
        where: Path | None = None,
        programs: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._asked = (where or (None if durable else _memory()), programs)
        self._settings = {**SETTINGS, **({} if durable else HASTY), **(settings or {})}
        self._tcp = tcp
        self._home: Home | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._data = Path()
        self.port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- Life ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start, and wait until it answers; the first time, make it."""
        if self._home is None:
            self._settle(Home(*self._asked))
            self.home.run(
                "initdb", "--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8",
                f"--locale={'C' if sys.platform == 'darwin' else 'C.UTF-8'}", f"--pgdata={self._data}",
            )  # fmt: skip
            with (self._data / "postgresql.conf").open("a") as file:
                file.writelines(f"{name} = '{value}'\n" for name, value in self._settings.items())
        self._run()

    def stop(self) -> None:
        """End in good order: whoever is connected is cut off, everything is written down."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End at once, as in a crash: the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def restart(self) -> None:
        """Stop in good order and start again, at the same address."""
        self.stop()
        self.start()

    def close(self) -> None:
        """End, and remove everything; its standbys too."""
        if self._home is not None:
            self._home.close()
            self._home = self._server = None

    def discard(self) -> None:
        """End this server alone and remove its data: for one that another has taken over from."""
        self.kill()
        shutil.rmtree(self._data)

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self._server.pid if self._server and self._server.poll() is None else None

    @property
    def name(self) -> str:
        """What its standby or its first is told apart by."""
        return self._data.name

    @property
    def host(self) -> str:
        """The folder of its socket, or the loopback's address."""
        return LOOPBACK if self._tcp else str(self.home.folder)

    # --- Databases -----------------------------------------------------------------------------------------------

    def dsn(self, database: str = "postgres", *others: "Cluster") -> str:
        """The address of a database; with others of the same home, of whichever of them takes writes."""
        several = (self, *others)
        asked = {
            "host": ",".join(each.host for each in several),
            "port": ",".join(str(each.port) for each in several),
        }
        if others:
            asked["target_session_attrs"] = "read-write"
        return f"postgresql://{USER}@/{quote(database)}?{urlencode(asked)}"

    def create(self, database: str, template: str | None = None) -> str:
        """Make a database, empty or as another one that nobody is connected to; its address."""
        like = sql.SQL(" template {}").format(sql.Identifier(template)) if template else sql.SQL("")
        self.execute(sql.SQL("create database {}").format(sql.Identifier(database)) + like)
        return self.dsn(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))

    def execute(
        self, statement: sql.SQL | sql.Composed, database: str = "postgres"
    ) -> list[tuple[object, ...]]:
        """Run a statement by itself; its rows."""
        with closing(psycopg.connect(self.dsn(database), autocommit=True)) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    # --- Standbys ------------------------------------------------------------------------------------------------

    def standby(self, *, apply: bool = False) -> "Cluster":
        """A copy that follows: from now on a commit here waits until it is on the copy's disk too.

        With ``apply`` it waits until it can be read there. Without its standby a server no longer commits.
        """
        other = Cluster(tcp=self._tcp)
        other._settle(self.home)
        self.home.run(
            "pg_basebackup", f"--dbname={self.dsn()}", f"--pgdata={other._data}", "--checkpoint=fast",
            "--wal-method=stream", "--write-recovery-conf", "--no-sync",
        )  # fmt: skip
        for setting, value in (
            ("synchronous_commit", "remote_apply" if apply else "on"),
            ("synchronous_standby_names", other.name),
        ):
            self.execute(sql.SQL("alter system set {} = {}").format(sql.Identifier(setting), value))
        self.execute(sql.SQL("select pg_reload_conf()"))
        other._run()
        self._until(
            sql.SQL(
                "select 1 from pg_stat_replication where application_name = {} and sync_state = 'sync'"
            ).format(other.name)
        )
        return other

    def promote(self) -> None:
        """Take over: a standby that takes writes from now on. The one it followed must have ended."""
        self.execute(sql.SQL("select pg_promote(true, {})").format(int(PATIENCE)))
        self._until(sql.SQL("select 1 where not pg_is_in_recovery()"))

    # -------------------------------------------------------------------------------------------------------------

    @property
    def home(self) -> Home:
        """Where it lives, from its first start on."""
        assert self._home is not None, "not started yet"  # noqa: S101
        return self._home

    def _settle(self, home: Home) -> None:
        self._home = home
        home.servers += 1
        self._data = home.data / f"server_{home.servers}"
        self.port = _free_port() if self._tcp else 5400 + home.servers

    def _run(self) -> None:
        assert self.pid is None, "it runs already"  # noqa: S101
        listen = LOOPBACK if self._tcp else ""
        self._server = self.home.serve(
            str(self.home.programs / "postgres"), "-D", str(self._data), "-p", str(self.port),
            "-k", str(self.home.folder), "-h", listen, "-c", f"cluster_name={self.name}",
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise Broken(f"postgres: {self.home.log()}")
            time.sleep(LOOK)

    def _is_ready(self) -> bool:
        """What the server itself writes down, and only this one: a file of its former life may still be there."""
        try:
            said = (self._data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return said[0] == str(self.pid) and len(said) > 7 and said[7].strip() == "ready"  # noqa: PLR2004

    def _end(self, how: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(PATIENCE)
            self._server = None

    def _until(self, there_is: sql.SQL | sql.Composed) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.execute(there_is):
            if time.monotonic() > deadline:
                raise Broken(f"not in time: {self.home.log()}")
            time.sleep(LOOK)


def _memory() -> Path | None:
    """A disk in memory, where there is one with room."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return int(taken.getsockname()[1])
