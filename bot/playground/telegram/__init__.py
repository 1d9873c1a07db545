"""A stand-in for Telegram: the Bot API over HTTP, and the people on the other side of it."""

from bot.playground.telegram.errors import Impossible
from bot.playground.telegram.stand_in import StandInTelegram
from bot.playground.telegram.updates import Update
from bot.playground.telegram.values import Button, Entity, Message, Press, Toast, User, plain

__all__ = [
    "Button",
    "Entity",
    "Impossible",
    "Message",
    "Press",
    "StandInTelegram",
    "Toast",
    "Update",
    "User",
    "plain",
]
