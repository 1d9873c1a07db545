"""What the bot does, one feature a file. This is the table of contents: menu and help follow its order."""

from handlers import (
    actions,
    agenda,
    attending,
    cycle,
    decisions,
    help,  # noqa: A004 - the feature is called what it does
    members,
    mine,
    outages,
    planned,
    pulse,
    reminders,
    replies,
    rhythm,
    setup,
    ties,
    unclear,
)

FEATURES = (
    decisions.feature,
    actions.feature,
    reminders.feature,
    replies.feature,
    mine.feature,
    pulse.feature,
    rhythm.feature,
    agenda.feature,
    planned.feature,
    attending.feature,
    cycle.feature,
    members.feature,
    setup.feature,
    ties.feature,
    outages.feature,
    unclear.feature,
    help.feature,
)
"""All features, the daily ones first: so the menu shows them."""
