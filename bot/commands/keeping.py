"""Commands around what is kept: the schema, backups, and what the pulse leaves behind."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.telling import is_well, told_plainly
from bot.settings import Settings


def migrate() -> None:
    """Bring the database up to date; of a SQLite file a backup is kept beside it first. `run` does the same by itself."""
    with told_plainly() as settings:
        from bot.run import prepared
        from storage.opened import opened

        for line in prepared(settings.where):
            typer.echo(line)
        database = opened(settings.where)
        try:
            steps = database.migrate()
        finally:
            database.close()
        typer.echo(f"Done: {', '.join(steps)}." if steps else "The database is up to date.")


def backup(path: Annotated[Path, typer.Argument(help="A file that is not there yet")]) -> None:
    """Copy the database to a file, consistent also while the bot runs."""
    with told_plainly() as settings:
        from bot.backups import back_up
        from storage.gauges import BACKUP

        back_up(settings.where, path)
        typer.echo(f"The backup is {path}. It holds everything that people wrote: keep it safe.")
        _note(settings, BACKUP)


def verify(path: Annotated[Path, typer.Argument(help="A file made by backup")]) -> None:
    """Look through a backup: is it whole, is it ours, and what does every table hold. Changes nothing."""
    with told_plainly():
        from bot.verifying import verify as look_through

        found = look_through(path)
        rows = sum(each.rows for each in found.contents.values())
        typer.echo(f"{path} is whole and a backup of Samsyn: {rows} rows in {len(found.contents)} tables.")
        for table, content in found.contents.items():
            typer.echo(f"{table:<17}{content.rows:>9}  {content.fingerprint.hex()}")
        if found.lacks:
            typer.echo("It has an older schema, which a restore brings up to date.")
        if found.wait:
            typer.echo(f"Messages that wait in it and would not be sent after a restore: {found.wait}.")


def restore(
    path: Annotated[Path, typer.Argument(help="A file made by backup")],
    *,
    drill: Annotated[
        bool, typer.Option("--drill", help="On trial in a place that is thrown away; the bot may run")
    ] = False,
) -> None:
    """Put a backup in the place of the database, which is kept aside. The bot must be stopped."""
    with told_plainly() as settings:
        if drill:
            _drill(settings, path)
        else:
            _restore(settings, path)


def _restore(settings: Settings, path: Path) -> None:
    from bot.backups import restore as put_back
    from storage.opened import shown

    done = put_back(path, settings.where)
    typer.echo(f"{shown(settings.where)} is now what {path} held.")
    if kept := done.kept or done.aside:
        typer.echo(f"The old database is kept as {kept}.")
    if done.dropped:
        typer.echo(f"Messages that waited when the backup was made and will not be sent: {done.dropped}.")


def _drill(settings: Settings, path: Path) -> None:
    from bot.verifying import drill as try_out
    from storage.gauges import DRILL

    found = try_out(path, settings.where)
    typer.echo(
        f"All {len(found.contents)} tables came out of {path} as they are in it, and a bot can start on them."
    )
    _note(settings, DRILL)


def _note(settings: Settings, what: str) -> None:
    """For /metrics and the doctor."""
    from bot.clock import SystemClock
    from bot.orders import note

    if not note(settings.where, what, SystemClock().now()):
        typer.echo(
            "When this was could not be noted, so /metrics and the doctor do not know of it.", err=True
        )


def audit() -> None:
    """Show what is kept of open and closed rounds, and check that closed ones hold no votes. Changes nothing."""
    with told_plainly() as settings:
        from bot.pulse_audit import look

        if [each for each in look(settings.where) if not is_well(each)]:
            raise typer.Exit(1)
