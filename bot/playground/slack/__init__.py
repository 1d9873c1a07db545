"""A stand-in for the Slack platform, on loopback.

It knows nothing of the bot it serves: the bot talks to it with the real client libraries over HTTP and
WebSocket. It is strict where the real platform is strict, so that what works here works there.
"""

from bot.playground.slack.forms import Modal, Shown
from bot.playground.slack.plain import plain, visible
from bot.playground.slack.standin import StandInSlack
from bot.playground.slack.world import BOT_USER, Channel, Message, NotThere, User, View, World

__all__ = [
    "BOT_USER",
    "Channel",
    "Message",
    "Modal",
    "NotThere",
    "Shown",
    "StandInSlack",
    "User",
    "View",
    "World",
    "plain",
    "visible",
]
