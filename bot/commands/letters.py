"""Commands about what went astray: payloads that could not be read, messages that did not arrive."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that none waits for the others

import json
import unicodedata
from typing import Annotated, Final

import typer

from bot.commands.telling import end, told_plainly

Name = Annotated[str, typer.Argument(metavar="ID", help="As the list calls it, in-7 or out-7")]
_STATES: Final = {
    "unreadable": "could not be read",
    "dead": "did not arrive",
    "unknown": "may have arrived",
}
_ANSWERS: Final = {
    "no-such": "There is no letter {name}. Which there are: python -m bot letters",
    "outdated": "A newer state of the same card has been sent to that chat since, so {name} is not sent again.",
    "unreadable": "It still cannot be read; it is set aside again under a new name.",
    "not-connected": "The platform of {name} is not connected at the moment. Try again later.",
    "not-running": "Only a running bot can read {name} again. Start it, and give the command once more.",
    "away": "The database takes nothing at the moment. What is wrong: python -m bot doctor",
}


def letters(
    context: typer.Context,
    *,
    show: Annotated[str, typer.Option(metavar="ID", help="Show what one of them says")] = "",
) -> None:
    """What could not be read or did not arrive: when, why, and nobody's words unless asked for."""
    if context.invoked_subcommand:
        return
    with told_plainly() as settings:
        from bot.condition import looking
        from storage import astray

        with looking(settings.where) as store:
            named = astray.read_name(show)
            words = astray.words_of(store, *named) if named else None
            found = [] if show else astray.listed(store)
        if show and words is None:
            end(_ANSWERS["no-such"].format(name=show))
        if words is not None:
            typer.echo(_harmless(json.dumps(json.loads(words), ensure_ascii=False, indent=2)))
            return
        for each in found:
            kind = f" ({each.kind})" if each.kind else ""
            when = f"{each.at:%Y-%m-%d %H:%M} UTC"
            typer.echo(
                f"{each.name:<9} {each.platform:<8} {when}  {_STATES[each.state]}{kind}: {_harmless(each.why)}"
            )
        if not (found or show):
            typer.echo("Nothing went astray.")


def retry(name: Name) -> None:
    """Read a payload again, or send a message once more."""
    from bot.orders import RETRY

    _order(RETRY, name)


def drop(name: Name) -> None:
    """Forget a payload or a message, words and all."""
    from bot.orders import DROP

    _order(DROP, name)


def _order(order: str, name: str) -> None:
    with told_plainly() as settings:
        from bot.clock import SystemClock
        from bot.orders import DONE, DROP, LATER, give

        said = give(settings.where, order, name, SystemClock().now())
        if said not in (DONE, LATER):
            end(_ANSWERS[said].format(name=name))
        if order == DROP:
            typer.echo(f"{name} is forgotten.")
        elif name.startswith("in"):
            typer.echo(f"{name} {'has been read' if said == DONE else 'will be read in a few seconds'}.")
        else:
            typer.echo(f"{name} is sent once more, at its turn.")


def _harmless(words: str) -> str:
    """Without anything that would move the cursor, change colours or turn the direction of writing."""
    return "".join(
        each if each == "\n" or unicodedata.category(each)[0] != "C" else f"\\u{ord(each):04x}"
        for each in words
    )
