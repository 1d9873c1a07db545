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
    decisions.feature,
    actions.feature,
    reminders.feature,
    replies.feature,
    mine.feature,
    members.feature,
    setup.feature,
    ties.feature,
    help.feature,
)
"""All features, the daily ones first: so the menu shows them."""
