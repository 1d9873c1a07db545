"""The command that moves everything to another database, with a bar to look at and what to do afterwards."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.telling import end, told_plainly

if TYPE_CHECKING:
    from bot.moving import Moved, Where
    from storage.copying import Told

DOING: Final = {"copy": "Copying", "search": "Indexing", "check": "Comparing"}


def move(
    *,
    to: Annotated[str, typer.Option(help="postgresql://user:password@host/database, or a SQLite file")] = "",
    end_rounds: Annotated[
        bool, typer.Option("--end-rounds", help="End open rounds of the pulse without a result")
    ] = False,
    stay: Annotated[
        bool, typer.Option("--stay", help="Give a move up: let a bot start on the present database again")
    ] = False,
) -> None:
    """Move everything to another database, from SQLite to PostgreSQL or back. The bot must be stopped."""
    with told_plainly() as settings:
        from bot import moving
        from bot.clock import SystemClock
        from storage.opened import is_address

        if bool(to) == stay:
            end("Say where to: move --to postgresql://user:password@host/database, or move --to FILE")
        try:
            if stay:
                _stay(settings.where)
                return
            there = to if is_address(to) else Path(to)
            with bar() as told:
                moved = moving.move(
                    settings.where, there, now=SystemClock().now(), told=told, end_rounds=end_rounds
                )
        except moving.MoveError as why:
            end(str(why))
        _tell(moved, settings.where, there)


def _stay(where: "Where") -> None:
    from bot.moving import named, stay

    if not stay(where):
        end(f"{named(where)} was not moved: a bot may start on it as it is.")
    typer.echo(f"A bot may start on {named(where)} again. See to it that none starts where it was moved to.")


def _tell(moved: "Moved", source: "Where", to: "Where") -> None:
    from bot.moving import named

    if moved.before:
        typer.echo(f"An earlier move has brought everything to {named(to)}.")
    else:
        typer.echo(
            f"{moved.tables} tables with {moved.rows} rows are in {named(to)}. Counts and contents are the same there."
        )
    if moved.mended:
        typer.echo(f"Rows in which a letter that PostgreSQL cannot keep (NUL) was replaced: {moved.mended}.")
    if moved.ended:
        typer.echo(f"Open rounds of the pulse that end at the start, without a result: {moved.ended}.")
    if moved.kept:
        typer.echo(f"What was there before is kept as {moved.kept}.")
    setting = (
        f"set SAMSYN_DATABASE={to} and take DATABASE_URL away"
        if isinstance(to, Path)
        else "set DATABASE_URL to the address that you gave"
    )
    typer.echo(f"Now: 1. In .env, {setting}.")
    typer.echo("     2. Start the bot.")
    typer.echo(
        f"     3. Keep {named(source)} until you trust the new place. No bot starts on it any more;"
        " move brings everything back."
    )


@contextmanager
def bar() -> "Iterator[Told]":
    """How far it has come; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from storage.copying import STAYS, TABLES, Stage

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("rows"), TimeRemainingColumn()
    )  # fmt: skip
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Looking", total=None)
        names = [*TABLES, *STAYS]

        def told(stage: Stage, table: str, rows: int) -> None:
            if stage == "expect":
                bar.update(task, total=rows)
            else:
                place = f"{names.index(table) + 1}/{len(TABLES)} " if table in TABLES else ""
                bar.update(task, advance=rows, description=f"{DOING[stage]} {place}{table}")

        yield told
