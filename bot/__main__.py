"""The command line: what can be said to it, in the order of the help. What each command does is in ``bot/commands``."""

import typer

from bot.commands import keeping, letters, moving, running

app = typer.Typer(
    name="samsyn",
    help="A chat bot for collaboration forums, in Slack and Telegram at once.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(running.run)
app.command()(running.doctor)
app.command("check", hidden=True)(running.doctor)  # its first name
app.command()(running.manifest)
app.command()(keeping.migrate)
app.command()(keeping.backup)
app.command()(keeping.verify)
app.command()(keeping.restore)
app.command()(moving.move)
app.command()(running.version)

astray = typer.Typer(name="letters")
astray.callback(invoke_without_command=True)(letters.letters)
astray.command()(letters.retry)
astray.command()(letters.drop)
app.add_typer(astray)

pulse = typer.Typer(name="pulse", help="What is kept of the pulse.", no_args_is_help=True)
pulse.command()(keeping.audit)
app.add_typer(pulse)


if __name__ == "__main__":
    app()
