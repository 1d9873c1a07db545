"""What the bot does, one feature a file. This is the table of contents: menu and help follow its order."""

from handlers import decisions, help, setup  # noqa: A004 - the feature is called what it does

FEATURES = (
    setup.feature,
    decisions.feature,
    help.feature,
)
"""All features in reading order."""
