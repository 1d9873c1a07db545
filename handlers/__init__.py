"""What the bot does, one feature a file. This is the table of contents: menu and help follow its order."""

from handlers import decisions

FEATURES = (decisions.feature,)
"""All features in reading order."""
