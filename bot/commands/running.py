"""Commands around a running bot: start it, set it up, and find out what is wrong."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

import gc
import json
import sys
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any

import typer

from bot.commands.telling import end, is_well, told_plainly


class Role(Enum):
    """What a process does; on a SQLite file there is one, and it does all."""

    all = "all"
    web = "web"
    worker = "worker"


def run(
    *,
    playground: Annotated[
        bool, typer.Option("--playground", help="Stand-ins of both platforms in the browser")
    ] = False,
    role: Annotated[
        Role,
        typer.Option(help="On PostgreSQL: web takes in, worker sends and rings; several may run of each"),
    ] = Role.all,
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

            if role is not Role.all and not settings.is_shared:
                end(f"A SQLite file is for one process: set DATABASE_URL, or leave out --role {role.value}.")
            for line in prepared(settings.where):
                typer.echo(line)
            run_until_stopped(run(settings, typer.echo, role.value))


def doctor() -> None:
    """Tell what is wrong with tokens, settings, database, backups and messages, and what to do."""
    with told_plainly() as settings:
        import asyncio

        from bot.checks import look

        async def all_of_it() -> bool:
            return not [each async for each in look(settings) if not is_well(each)]

        if not asyncio.run(all_of_it()):
            raise typer.Exit(1)


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


def version() -> None:
    """Print the version."""
    from bot.version import VERSION

    typer.echo(VERSION)


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
