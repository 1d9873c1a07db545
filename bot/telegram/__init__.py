"""Telegram: what comes in through polling or a webhook, and how our cards look there."""

from storage.lean import without

with without("cryptography"):
    import telegram  # noqa: F401 - here first, so that it stays lean wherever it is imported next
