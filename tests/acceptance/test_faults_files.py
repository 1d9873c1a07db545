"""The file itself (F20, F21, F24, F36): damaged, half migrated, or put back from last week."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, to damage a file somewhere
from tempfile import TemporaryDirectory

import pytest

from bench import chance
from bench.cluster import MEMORY
from bot.backups import BackupError, Damaged, back_up, keep_before_migrating, restore
from bot.run import prepared
from handlers import digests
from storage import timers
from storage.db import StoreUnavailable
from storage.migrations import migrations
from storage.sqlite import SqliteDatabase
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum

ROOT = Path(__file__).parents[2]
FLIPS = 150
BOTH = 2
"""Chats of the forum."""


def _python(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def _worked_on(ready: Ready) -> Path:
    """The file of a forum with something in it, closed."""
    for each in range(12):
        ready.ada.commands(f"beslut Sak nummer {each}, och mer därtill. " + "Ord. " * 40)
    ready.chat.reads_everything()
    return ready.chat.path


# --- Damage ------------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_not_started_on(ready: Ready, tmp_path: Path) -> None:
    """Exit code 2 and what to do, before anything is connected; the file stays as it was."""
    copy = tmp_path / "copy.db"
    back_up(_worked_on(ready), copy)
    damaged = bytearray(copy.read_bytes())
    damaged[4096:4200] = bytes(104)
    copy.write_bytes(damaged)

    done = _python(
        "-m", "bot", "run", SAMSYN_DATABASE=str(copy), SAMSYN_TELEGRAM_TOKEN="4200:x",
        SAMSYN_TELEGRAM_API="http://127.0.0.1:9/bot",
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"The database {copy} cannot be used: it is damaged;"
        " put a backup in its place with: python -m bot restore <backup>."
    )
    assert copy.read_bytes() == bytes(damaged)


def test_a_schema_that_is_no_text_any_more_is_not_started_on(ready: Ready, tmp_path: Path) -> None:
    """SQLite quotes what it stumbles over, and that cannot be read: it is told all the same."""
    copy = tmp_path / "copy.db"
    back_up(_worked_on(ready), copy)
    damaged = copy.read_bytes()
    copy.write_bytes(damaged.replace(b"CREATE TABLE", b"CREATE \xf2\x80BLE", 1))

    with pytest.raises(Damaged, match="put a backup in its place"):
        prepared(copy)


def test_a_flipped_bit_is_found_or_harms_no_page(ready: Ready, tmp_path: Path) -> None:
    """Anywhere in the file: either the start is refused with a sentence, or the pages hold together."""
    copy, seed = tmp_path / "copy.db", chance.seed()
    back_up(_worked_on(ready), copy)
    whole, rng, refused = copy.read_bytes(), Random(seed), 0  # noqa: S311
    for _ in range(FLIPS):
        flipped = bytearray(whole)
        flipped[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        copy.write_bytes(flipped)
        try:
            prepared(copy)
        except (StoreUnavailable, BackupError):  # each of them is told in a sentence
            refused += 1
            continue
        with closing(sqlite3.connect(copy)) as store:
            assert store.execute("pragma quick_check").fetchone() == ("ok",), seed
    assert 0 < refused < FLIPS, seed


# --- Migrations --------------------------------------------------------------------------------------------------


def test_a_migration_killed_at_any_statement_is_completed_by_the_next_start() -> None:
    """From every older schema and from nothing, by SIGKILL: the schema is that of one that was never killed."""
    # What a dead process wrote, the system has: nothing here depends on a disk, which would only take its time.
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        done = _python("tests/acceptance/dying.py", folder)
    assert done.returncode == 0, done.stderr
    steps, deaths = map(int, done.stdout.split())
    assert deaths > 10 * steps


def test_a_copy_that_a_killed_start_left_empty_is_made_anew(tmp_path: Path) -> None:
    """Else the schema would change without a way back."""
    path = tmp_path / "samsyn.db"
    with closing(SqliteDatabase(path)) as database:
        names = [each.name for each in migrations.pending(database.tools)]
        migrations.apply(database.tools, stop_before=names[1])
    kept = tmp_path / f"samsyn.before-{names[1]}.db"
    kept.touch()

    assert keep_before_migrating(path) == kept
    with closing(sqlite3.connect(kept)) as store:
        assert store.execute("select count(*) from _sqlite_migrations").fetchone() == (1,)


# --- An old backup -----------------------------------------------------------------------------------------------


def test_nothing_is_sent_again_after_a_restore(ready: Ready, tmp_path: Path) -> None:
    """Neither what waited when the copy was made nor what was sent since; life goes on from there."""
    chat, copy = ready.chat, tmp_path / "copy.db"
    ready.ada.commands("beslut Före kopian.")
    ready.bo.commands("åtgärd Ring runt, senast 13 mars 2026")
    chat.runner.run(chat.app.dispatcher.stop())
    chat.runner.run(chat.slack.slash(ready.ada.user, chat.channel, "/samsyn", "beslut Väntar i kopian."))
    back_up(chat.path, copy)
    chat.restarts()
    ready.ada.commands("beslut Efter kopian.")
    chat.waits(hours=6)
    chat.reads_everything()
    sent = len(chat.platforms.ledger.sent())

    chat.restarts(lambda: restore(copy, chat.path))

    assert len(chat.platforms.ledger.sent()) == sent
    ready.ada.commands("beslut Efteråt.")
    ready.bo.sees("decision-title-standing", number="3/2026")
    chat.waits(days=8)
    ready.bo.sees("reminder-ahead", number="1",
                  due=chat.t("action-due-soon", day=ready.action(1).due_on or chat.now.date(), days=3))  # fmt: skip
    chat.reads_everything()


def _until(chat: Chat, day: int, hour: int) -> None:
    """Live on to that hour of a day in March."""
    left = datetime(2026, 3, day, hour, tzinfo=chat.now.tzinfo) - chat.now
    chat.waits(hours=left.total_seconds() / 3600)


def test_what_the_clock_has_told_is_not_told_again_after_a_restore(ready: Ready, tmp_path: Path) -> None:
    """The digest of Monday and the reminder of Tuesday came after the copy was made: both come the next time."""
    chat, copy = ready.chat, tmp_path / "copy.db"
    digest = chat.t("digest-title", forum=ready.forum.name)

    def digests_read() -> int:
        return sum(digest in each for each in chat.reads_everything())

    ready.bo.commands("åtgärd Ring runt, senast 13 mars 2026")
    begins = digests.begin.action().encode(ready.forum.id)
    ready.store(
        lambda store: timers.schedule(
            store, f"{ready.forum.id}:rhythm", chat.now, begins, forum=ready.forum.id, grace=timedelta(1), late="ring"
        )
    )  # fmt: skip
    chat.restarts()
    _until(chat, 8, 12)
    chat.reads_everything()
    back_up(chat.path, copy)
    _until(chat, 10, 12)
    ready.bo.sees("reminder-ahead", number="1",
                  due=chat.t("action-due-soon", day=ready.action(1).due_on or chat.now.date(), days=3))  # fmt: skip
    assert digests_read() == BOTH

    chat.restarts(lambda: restore(copy, chat.path))
    chat.waits(hours=12)
    assert chat.reads_everything() == []

    _until(chat, 13, 12)
    ready.bo.sees("reminder-today", number="1")
    _until(chat, 16, 12)
    assert digests_read() == BOTH


def test_news_of_the_morning_come_at_most_once_a_day_after_a_restore(ready: Ready, tmp_path: Path) -> None:
    """Bo may have had them before: nothing the same day, and the next one once more what nobody is sure he has read."""
    chat, copy = ready.chat, tmp_path / "copy.db"
    chat.waits(hours=12)
    ready.ada.commands("åtgärd")
    assert ready.ada.fills({
        "action-field-what": "Ring skolan", "action-field-actor": "Polisen",
        "action-field-owner": "Bo Alm (Polisen)",
    }) == {}  # fmt: skip
    chat.reads_everything()
    back_up(chat.path, copy)
    chat.waits(hours=13)
    ready.bo.sees("action-assigned", number="1", who="Ada Ek")
    chat.reads_everything()

    chat.restarts(lambda: restore(copy, chat.path))
    chat.waits(hours=12)
    assert chat.reads_everything() == []
    chat.waits(days=1)

    ready.bo.sees("action-assigned", number="1", who="Ada Ek")
    chat.reads_everything()
