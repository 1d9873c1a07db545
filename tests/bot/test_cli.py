"""The command line, as a person uses it: commands in, sentences and exit codes out, and a process that ends well."""

import gc
import json
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
import typer
from typer.testing import CliRunner, Result

from bot import __main__ as command_line
from bot.adapter import Revoked
from bot.backups import back_up
from bot.commands.telling import told_plainly
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.web import listener
from storage import gauges
from storage.ballots import ballots_beside
from storage.migrations import migrate, migrations
from storage.sqlite import SqliteDatabase
from tests.bot.clean_slate import as_before, without_settings
from tests.bot.test_backups import of_a_newer_version, put

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings."""
    without_settings(tmp_path, monkeypatch)
    with as_before():
        yield


def samsyn(*words: str) -> Result:
    """Give a command."""
    return CliRunner().invoke(command_line.app, list(words))


def refusal(*words: str) -> str:
    """What a command says that cannot do its work: a sentence on stderr, exit code 2, no trace."""
    result = samsyn(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr.strip()


def a_database(path: Path = Path("data/samsyn.db")) -> Path:
    """A database that is up to date."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
    return path


# --- Small commands ----------------------------------------------------------------------------------------------


def test_the_version_is_that_of_the_project() -> None:
    """There is one number."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert samsyn("version").stdout.strip() == project["project"]["version"]


def test_python_m_bot_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package can be run."""
    monkeypatch.setattr(sys, "argv", ["samsyn", "version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "bot" / "__main__.py"), run_name="__main__")
    assert ended.value.code == 0


def test_without_a_command_one_sees_all_of_them() -> None:
    """The commands that the README names."""
    result = samsyn()
    named = re.findall(r"^\| `([a-z]+)[ `]", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    listed = re.findall(r"^  ([a-z]+) ", result.output, re.MULTILINE)
    assert sorted(named) == sorted(listed)


def test_the_manifest_can_be_printed_as_json() -> None:
    """What Slack takes, and nothing around it."""
    assert json.loads(samsyn("manifest", "--json").stdout) == manifest()


def test_the_manifest_leads_deliveries_to_the_given_address() -> None:
    """With an address it is for HTTP."""
    printed = json.loads(samsyn("manifest", "--json", "--url", "https://b.org/").stdout)
    assert printed == manifest("https://b.org/slack/events")


def test_the_manifest_as_yaml_says_the_same() -> None:
    """The short way of writing it; read back by the few rules it keeps to."""
    lines = samsyn("manifest", "--url", "https://b.org").stdout.splitlines()
    assert read_yaml(lines) == manifest("https://b.org/slack/events")


def read_yaml(lines: list[str]) -> dict[str, object]:
    """Read maps, lists of maps and JSON scalars, by their indentation."""
    found: dict[str, object] = {}
    while lines:
        name, _, value = lines.pop(0).partition(":")
        inner = []
        while lines and lines[0].startswith("  "):
            inner.append(lines.pop(0)[2:])
        if not inner:
            found[name] = json.loads(value)
        elif inner[0].startswith("- "):
            found[name] = [
                read_yaml(each.splitlines())
                for each in "\n".join(
                    each[2:] if each[:2] == "  " else f"\0{each[2:]}" for each in inner
                ).split("\0")
                if each
            ]
        else:
            found[name] = read_yaml(inner)
    return found


# --- The database ------------------------------------------------------------------------------------------------


def _steps() -> list[str]:
    return [each.name for each in migrations.pending(sqlite_utils.Database(memory=True))]


def test_migrate_makes_the_database_and_says_which_steps_it_took() -> None:
    """Doing it again changes nothing; nobody else can read the file."""
    assert samsyn("migrate").stdout == f"Done: {', '.join(_steps())}.\n"
    assert samsyn("migrate").stdout == "The database is up to date.\n"
    assert Path("data/samsyn.db").stat().st_mode & 0o077 == 0


def test_migrate_keeps_a_copy_first() -> None:
    """One can go back to the older version."""
    with closing(SqliteDatabase(Path("data/samsyn.db"))) as database:
        migrations.apply(database.tools, stop_before="search")
    assert samsyn("migrate").stdout.splitlines() == [
        "The schema of the database changes; a backup is kept as data/samsyn.before-search.db.",
        f"Done: {', '.join(_steps()[1:])}.",
    ]


def test_backup_and_restore() -> None:
    """There and back again, with word of what is where."""
    a_database()
    made = samsyn("backup", "copies/monday.db")
    back = samsyn("restore", "copies/monday.db")
    assert made.stdout.startswith("The backup is copies/monday.db.")
    assert back.stdout.splitlines() == [
        "data/samsyn.db is now what copies/monday.db held.",
        "The old database is kept as data/samsyn.replaced-1.db.",
    ]


def test_verify_tells_of_every_table() -> None:
    """Rows and fingerprint; the same for the copy and for what was put back out of it."""
    store_two_messages(Path("other.db"))
    back_up(Path("other.db"), Path("copy.db"))
    first, *tables, waits = samsyn("verify", "copy.db").stdout.splitlines()
    assert first == f"copy.db is whole and a backup of Samsyn: 2 rows in {len(tables)} tables."
    assert re.fullmatch(
        r"outbox +2  [0-9a-f]{64}", next(each for each in tables if each.startswith("outbox"))
    )
    assert waits == "Messages that wait in it and would not be sent after a restore: 1."
    assert refusal("verify", "none.db") == "There is no file none.db."


def test_verify_tells_of_an_older_schema() -> None:
    """Nothing is wrong with that."""
    with closing(SqliteDatabase(Path("older.db"))) as database:
        migrations.apply(database.tools, stop_before="search")
    assert samsyn("verify", "older.db").stdout.splitlines()[-1] == (
        "It has an older schema, which a restore brings up to date."
    )


def test_backups_and_drills_are_noted_for_the_watch() -> None:
    """In the database that they are of."""
    database = a_database()
    assert samsyn("backup", "copy.db").stderr == ""
    tried = samsyn("restore", "--drill", "copy.db")
    assert tried.stdout.endswith(
        "tables came out of copy.db as they are in it, and a bot can start on them.\n"
    )
    assert tried.stderr == ""
    with closing(SqliteDatabase(database)) as opened:
        assert gauges.instant(opened.store, gauges.BACKUP)
        assert gauges.instant(opened.store, gauges.DRILL)


def test_what_cannot_be_noted_is_said_to_be_so() -> None:
    """The backup is made all the same; somebody who takes no orders has the database."""
    with closing(SqliteDatabase(a_database())):
        made = samsyn("backup", "copy.db")
    assert made.exit_code == 0
    assert made.stderr.startswith("When this was could not be noted")


def test_restore_tells_of_messages_that_will_not_be_sent() -> None:
    """On a new machine nothing is kept, for nothing was there."""
    store_two_messages(Path("other.db"))
    back_up(Path("other.db"), Path("copy.db"))
    assert samsyn("restore", "copy.db").stdout.splitlines() == [
        "data/samsyn.db is now what copy.db held.",
        "Messages that waited when the backup was made and will not be sent: 1.",
    ]


def store_two_messages(path: Path) -> None:
    """A database with a message that waits and one that arrived."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
        for state in ("new", "sent"):
            put(database.store, state)


def test_the_audit_of_the_pulse_says_what_is_kept() -> None:
    """Before any round: nothing. What should not be there ends it with an error."""
    database = a_database()
    assert samsyn("pulse", "audit").stdout == (
        "ok     There is no ballot file data/samsyn.db.ballots: no vote is kept.\n"
    )
    ballots_beside(database).write_bytes(b"hello " * 1000)
    done = samsyn("pulse", "audit")
    assert done.exit_code == 1
    assert done.stdout.startswith("wrong  The ballot file data/samsyn.db.ballots is damaged.")


# --- What cannot be done -----------------------------------------------------------------------------------------


def test_wrong_settings_are_told_by_every_command_that_needs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says which, and what to write."""
    monkeypatch.setenv("SAMSYN_LANGUAGE", "fi")
    for words in (["run"], ["doctor"], ["migrate"], ["backup", "x.db"], ["restore", "x.db"]):
        assert refusal(*words) == "SAMSYN_LANGUAGE: Input should be 'sv' or 'en'"


def test_a_database_in_use_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second bot, and a restore under a running one, are refused."""
    back_up(a_database(), Path("copy.db"))
    monkeypatch.setenv("SAMSYN_TELEGRAM_TOKEN", "4200:x")
    monkeypatch.setenv("SAMSYN_LISTEN", "127.0.0.1:0")
    with closing(SqliteDatabase(Path("data/samsyn.db"))):
        for words in (["run"], ["migrate"], ["restore", "copy.db"]):
            told = refusal(*words)
            assert told == "Another Samsyn is running on the database data/samsyn.db. Stop that one first."


def test_a_database_of_a_newer_version_is_left_alone() -> None:
    """One is told to update."""
    of_a_newer_version(a_database())
    assert refusal("migrate") == "The database data/samsyn.db was made by a newer Samsyn. Update this one."


def test_a_database_that_is_none_is_said_to_be_so() -> None:
    """Whatever lies there, it is left as it is."""
    Path("data").mkdir()
    Path("data/samsyn.db").write_text("hello " * 1000, "utf-8")
    assert refusal("migrate") == (
        "The database data/samsyn.db cannot be used: file is not a database;"
        " put a backup in its place with: python -m bot restore <backup>."
    )


def test_a_backup_of_nothing_is_refused() -> None:
    """And a restore of nothing too."""
    assert refusal("backup", "x.db") == "There is no database data/samsyn.db to back up."
    assert refusal("restore", "x.db") == "There is no file x.db."


def test_a_folder_that_cannot_be_made_is_said_to_be_so() -> None:
    """A file stands where the folder of the database should be."""
    Path("data").touch()
    assert refusal("migrate") == "data: File exists."


def test_an_address_that_is_taken_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting to change."""
    monkeypatch.setenv("SAMSYN_TELEGRAM_TOKEN", "4200:x")
    with listener("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("SAMSYN_LISTEN", f"127.0.0.1:{port}")
        told = refusal("run")
    assert told.startswith(f"Cannot listen on 127.0.0.1:{port}: ")
    assert told.endswith("Choose another address with SAMSYN_LISTEN.")


def test_a_newer_schema_is_told_of_before_the_bot_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes after, one knows of the copy to go back to."""
    with closing(SqliteDatabase(Path("data/samsyn.db"))) as database:
        migrations.apply(database.tools, stop_before="search")
    monkeypatch.setenv("SAMSYN_TELEGRAM_TOKEN", "4200:x")
    with listener("127.0.0.1", 0) as taken:
        monkeypatch.setenv("SAMSYN_LISTEN", f"127.0.0.1:{taken.getsockname()[1]}")
        result = samsyn("run")
    assert result.exit_code == 2
    assert result.stdout.endswith("a backup is kept as data/samsyn.before-search.db.\n")


def test_a_refused_token_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that tells more, and without the platform's words."""
    with pytest.raises(typer.Exit) as ended, told_plainly():
        raise Revoked("x")
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err.startswith("A platform refuses the token.")


# --- The playground ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("token", "words"), [("", ["run"]), ("4200:x", ["run", "--playground"])])
def test_the_playground_starts_without_tokens_or_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, token: str, words: list[str]
) -> None:
    """Tokens in the environment do not keep anybody from playing."""
    played = []

    async def play(settings: Settings) -> None:
        played.append((settings.telegram, gc.isenabled()))

    monkeypatch.setenv("SAMSYN_TELEGRAM_TOKEN", token)
    monkeypatch.setattr("bot.playground.run.play", play)
    assert samsyn(*words).exit_code == 0
    assert played == [(bool(token), True)]


# --- doctor ------------------------------------------------------------------------------------------------------


def test_doctor_says_that_all_is_well_in_a_fresh_checkout() -> None:
    """Exit code 0, and what to do next."""
    result = samsyn("doctor")
    assert result.exit_code == 0
    assert "The database data/samsyn.db will be made at the first start." in result.stdout
    assert "Put tokens into .env." in result.stdout


def test_doctor_ends_with_1_when_something_is_wrong() -> None:
    """Scripts can tell."""
    of_a_newer_version(a_database())
    result = samsyn("doctor")
    assert result.exit_code == 1
    assert "wrong  The database data/samsyn.db was made by a newer Samsyn." in result.stdout
