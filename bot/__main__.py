"""The command line: run, check, manifest, migrate, backup, restore, pulse audit, version.

What goes wrong for a reason that a person can mend becomes one sentence on stderr and exit code 2.
"""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.checks import Finding

app = typer.Typer(
    name="samsyn",
    help="A chat bot for collaboration forums, in Slack and Telegram at once.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

pulse = typer.Typer(name="pulse", help="What is kept of the pulse.", no_args_is_help=True)
app.add_typer(pulse)

MARKS: Final = {"fine": "[green]ok[/]   ", "note": "[yellow]note[/] ", "wrong": "[red]wrong[/]"}


@app.command()
def run(
    *,
    playground: Annotated[
        bool, typer.Option("--playground", help="Stand-ins of both platforms in the browser")
    ] = False,
) -> None:
    """Start the bot: with tokens against the platforms, without any as a playground in the browser."""
    gc.disable()  # importing makes thousands of things to keep and nothing to collect
    with told_plainly() as settings:
        from bot import logs
        from bot.run import run_until_stopped

        logs.begin(sys.stderr, settings.secrets)
        if playground or not (settings.slack or settings.telegram):
            from bot.playground.run import play

            gc.enable()
            run_until_stopped(play(settings))
        else:
            from bot.run import prepared, run

            for line in prepared(settings.database):
                typer.echo(line)
            run_until_stopped(run(settings, typer.echo))


@app.command()
def check() -> None:
    """Tell what is wrong with tokens, scopes, settings and database, and what to do."""
    with told_plainly() as settings:
        import asyncio

        from bot.checks import look

        async def all_of_it() -> bool:
            return not [each async for each in look(settings) if not _shown(each)]

        if not asyncio.run(all_of_it()):
            raise typer.Exit(1)


@app.command()
def manifest(
    *,
    url: Annotated[
        str, typer.Option(help="Where Slack is to deliver over HTTP, https://…; Socket Mode without it")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of YAML")] = False,
) -> None:
    """Print the manifest of the Slack app, to be pasted where Slack asks for one."""
    from bot.slack import manifest as slack

    base = url.rstrip("/")
    made = slack.manifest(f"{base}/slack/events" if base else None)
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2) if as_json else "\n".join(_yaml(made)))


@app.command()
def migrate() -> None:
    """Bring the database up to date; a backup is kept beside it first. `run` does the same by itself."""
    with told_plainly() as settings:
        from bot.run import prepared
        from storage.migrations import migrate as bring_up
        from storage.sqlite import SqliteDatabase

        for line in prepared(settings.database):
            typer.echo(line)
        database = SqliteDatabase(settings.database)
        try:
            steps = bring_up(database.tools)
        finally:
            database.close()
        typer.echo(f"Done: {', '.join(steps)}." if steps else "The database is up to date.")


@app.command()
def backup(path: Annotated[Path, typer.Argument(help="A file that is not there yet")]) -> None:
    """Copy the database to a file, consistent also while the bot runs."""
    with told_plainly() as settings:
        from bot.backups import back_up

        back_up(settings.database, path)
        typer.echo(f"The backup is {path}. It holds everything that people wrote: keep it safe.")


@app.command()
def restore(path: Annotated[Path, typer.Argument(help="A file made by backup")]) -> None:
    """Put a backup in the place of the database, which is kept aside. The bot must be stopped."""
    with told_plainly() as settings:
        from bot.backups import restore as put_back

        done = put_back(path, settings.database)
        typer.echo(f"{settings.database} is now what {path} held.")
        if done.kept:
            typer.echo(f"The old database is kept as {done.kept}.")
        if done.dropped:
            typer.echo(f"Messages that waited when the backup was made and will not be sent: {done.dropped}.")


@pulse.command()
def audit() -> None:
    """Show what is kept of open and closed rounds, and check that closed ones hold no votes. Changes nothing."""
    with told_plainly() as settings:
        from bot.pulse_audit import look

        if [each for each in look(settings.database) if not _shown(each)]:
            raise typer.Exit(1)


@app.command(name="version")
def show_version() -> None:
    """Print the version."""
    from bot.version import VERSION

    typer.echo(VERSION)


@contextmanager
def told_plainly() -> Iterator[Settings]:
    """The settings; what goes wrong inside is told in a sentence instead of a trace."""
    from bot.adapter import SendTrouble
    from bot.backups import BackupError
    from bot.web import AddressTaken
    from storage.db import InUse, NewerSchema, StoreUnavailable

    os.umask(0o077)  # whatever is written is for this user alone
    where = ""
    try:
        settings = read_settings()
        where = str(settings.database)
        yield settings
    except (SettingsError, BackupError) as trouble:
        _end(str(trouble))
    except InUse:
        _end(f"Another Samsyn is running on the database {where}. Stop that one first.")
    except NewerSchema:
        _end(f"The database {where} was made by a newer Samsyn. Update this one.")
    except StoreUnavailable as trouble:
        _end(f"The database {where} cannot be used: {trouble}.")
    except AddressTaken as trouble:
        _end(f"Cannot listen on {trouble}. Choose another address with SAMSYN_LISTEN.")
    except SendTrouble:
        _end("A platform refuses the token. To see which and why: python -m bot check")
    except OSError as trouble:
        _end(f"{trouble.filename or 'The system'}: {trouble.strerror}.")


def _shown(finding: "Finding") -> bool:
    """Print what was found; whether it is well."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{MARKS[finding.level]}  {escape(finding.what)}")
    if finding.todo:
        console.print(f"       {escape(finding.todo)}")
    return finding.level != "wrong"


def _end(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from None


def _yaml(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Plain YAML; every scalar as JSON writes it, which YAML understands."""
    for name, each in value.items():
        match each:
            case dict():
                yield f"{indent}{name}:"
                yield from _yaml(each, f"{indent}  ")
            case [dict(), *_]:
                yield f"{indent}{name}:"
                for item in each:
                    first, *rest = _yaml(item, f"{indent}    ")
                    yield f"{indent}  - {first.lstrip()}"
                    yield from rest
            case _:
                yield f"{indent}{name}: {json.dumps(each, ensure_ascii=False)}"


if __name__ == "__main__":
    app()
