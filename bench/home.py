"""The folders that servers of PostgreSQL live in, and the guard that ends the servers and removes the folders.

The guard is a shell that waits for the end of its input: that comes with :meth:`Home.close`, and with the death of
whoever made the home, whatever that was.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bench import installation

PATIENCE: Final = 60.0
LONGEST: Final = 70
"""Characters of a temporary folder's path above which a socket in it might have too long a name."""
GUARD: Final = """
read -r _
for each in "$1"/*/postmaster.pid; do
  test ! -f "$each" || "$2"/pg_ctl stop -s -m immediate -D "${each%/*}"
done
rm -rf "$1" "$3"
"""
"""Ends what still runs when its input ends, which it does with whoever holds the other side."""


class Broken(Exception):  # noqa: N818 - says what the server is
    """A program of PostgreSQL's failed; this is what it said."""


class Home:
    """The folders of one or several servers, and the guard that removes them."""

    def __init__(self, where: Path | None, programs: Path | None) -> None:
        self.account = installation.account()
        self.folder = self._folder(Path(tempfile.gettempdir()))
        if len(str(self.folder)) > LONGEST:
            self.folder.rmdir()
            self.folder = self._folder(Path("/tmp"))  # noqa: S108 - a name of its own is made in it
        self.data = self._data(where)
        self.programs = installation.readable(
            programs or installation.programs(), self.account, self.folder / "programs"
        )
        self.servers = 0
        self._served: list[subprocess.Popen[bytes]] = []
        self._guard = self.popen(
            "sh",
            "-c",
            GUARD,
            "guard",
            str(self.data),
            str(self.programs),
            str(self.folder),
            stdin=subprocess.PIPE,
        )

    def popen(self, *command: str, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        """Start something beside us, out of reach of the keyboard's interrupt."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=stdin,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
                user=self.account.user,
                group=self.account.group,
                extra_groups=self.account.others,
                start_new_session=True,
            )

    def serve(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a server, which ends with this home at the latest."""
        server = self.popen(*command)
        self._served.append(server)
        return server

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end."""
        if self.popen(str(self.programs / program), *arguments).wait():
            raise Broken(f"{program}: {self.log()}")

    def log(self) -> str:
        """The last that was said."""
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def close(self) -> None:
        """End every server of this home at once, and remove it."""
        self._guard.communicate(timeout=PATIENCE)
        for server in self._served:
            server.wait(PATIENCE)
        for each in (self.data, self.folder):
            shutil.rmtree(each, ignore_errors=True)  # what lies in a folder of root's

    def _folder(self, where: Path) -> Path:
        made = Path(tempfile.mkdtemp(prefix="postgres-", dir=where))
        self.account.owns(made)
        return made

    def _data(self, where: Path | None) -> Path:
        """A folder where it was asked for, or on the system's disk where that is out of the account's reach."""
        if where is None:
            return self.folder
        where.mkdir(parents=True, exist_ok=True)
        made = self._folder(where.resolve())
        if self.account.may("test", "-w", str(made)):
            return made
        made.rmdir()
        return self._folder(Path("/var/tmp"))  # noqa: S108
