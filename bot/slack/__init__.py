"""Slack: payloads in, messages and modals out."""
