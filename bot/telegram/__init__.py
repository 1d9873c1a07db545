"""Telegram: what comes in through polling or a webhook, and how our cards look there."""
