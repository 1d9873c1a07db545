"""How a command tells of trouble: one sentence on stderr and exit code 2; and how it shows what it found."""

# ruff: noqa: PLC0415 - only what a command needs is imported, so that none waits for the others

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Never

import typer

from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.finding import Finding

MARKS: Final = {"fine": "[green]ok[/]   ", "note": "[yellow]note[/] ", "wrong": "[red]wrong[/]"}


@contextmanager
def told_plainly() -> Iterator[Settings]:
    """The settings; what goes wrong inside is told in a sentence instead of a trace."""
    from bot.adapter import SendTrouble
    from bot.backups import BackupError
    from bot.web import AddressTaken
    from storage.db import InUse, NewerSchema, StoreUnavailable
    from storage.opened import shown

    os.umask(0o077)  # whatever is written is for this user alone
    where = ""
    try:
        settings = read_settings()
        where = shown(settings.where)
        yield settings
    except (SettingsError, BackupError) as trouble:
        end(str(trouble))
    except InUse:
        end(f"Another Samsyn is running on the database {where}. Stop that one first.")
    except NewerSchema:
        end(f"The database {where} was made by a newer Samsyn. Update this one.")
    except StoreUnavailable as trouble:
        end(f"The database {where} cannot be used: {trouble}.")
    except AddressTaken as trouble:
        end(f"Cannot listen on {trouble}. Choose another address with SAMSYN_LISTEN.")
    except SendTrouble:
        end("A platform refuses the token. To see which and why: python -m bot doctor")
    except OSError as trouble:
        end(f"{trouble.filename or 'The system'}: {trouble.strerror}.")


def is_well(finding: "Finding") -> bool:
    """Print what was found; whether nothing is wrong with it."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{MARKS[finding.level]}  {escape(finding.what)}")
    if finding.todo:
        console.print(f"       {escape(finding.todo)}")
    return finding.level != "wrong"


def end(sentence: str) -> Never:
    """Say why it cannot be done, and leave with exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from None
