"""Commands around what is kept: the schema, backups, and what the pulse leaves behind."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.telling import is_well, told_plainly


def migrate() -> None:
    """Bring the database up to date; a backup is kept beside it first. `run` does the same by itself."""
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

        back_up(settings.where, path)
        typer.echo(f"The backup is {path}. It holds everything that people wrote: keep it safe.")


def restore(path: Annotated[Path, typer.Argument(help="A file made by backup")]) -> None:
    """Put a backup in the place of the database, which is kept aside. The bot must be stopped."""
    with told_plainly() as settings:
        from bot.backups import restore as put_back
        from storage.opened import shown

        done = put_back(path, settings.where)
        typer.echo(f"{shown(settings.where)} is now what {path} held.")
        if kept := done.kept or done.aside:
            typer.echo(f"The old database is kept as {kept}.")
        if done.dropped:
            typer.echo(f"Messages that waited when the backup was made and will not be sent: {done.dropped}.")


def audit() -> None:
    """Show what is kept of open and closed rounds, and check that closed ones hold no votes. Changes nothing."""
    with told_plainly() as settings:
        from bot.pulse_audit import look

        if [each for each in look(settings.database) if not is_well(each)]:
            raise typer.Exit(1)
