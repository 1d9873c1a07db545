"""What the bot does, one feature a file. This is the table of contents: menu and help follow its order."""

from handlers import (
    actions,
    decisions,
    help,  # noqa: A004 - the feature is called what it does
    members,
    mine,
    reminders,
    replies,
    setup,
    ties,
)

FEATURES = (
    setup.feature,
    ties.feature,
    members.feature,
    decisions.feature,
    actions.feature,
    reminders.feature,
    replies.feature,
    mine.feature,
    help.feature,
)
"""All features in reading order."""
