"""Events that nobody typed: the bot comes and goes, people leave, channels change, the app is removed."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.shapes import Json, id_or_none, inner, known_id, listed, said
from bot.speech import clean
from handlers.kit.inbound import Account, Chat, Happened

LONGEST_TITLE = 80
"""https://docs.slack.dev/reference/methods/conversations.rename: a channel's name is at most 80 characters."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event's key, the workspace and the bot's user there, and how to say who somebody is."""

    key: str
    team: str
    bot: str
    account: Callable[[str, str], Account]

    def chat(self, channel: str, title: str = "") -> Chat:
        return Chat("slack", self.team, channel, title=title)

    def person(self, event: Json, field: str) -> Account | None:
        """The person in a field of the event; nobody when it is empty."""
        user = id_or_none(event, field)
        return self.account(user, id_or_none(event, "team") or self.team) if user else None


def _joined(event: Json, told: Told) -> Happened:
    chat = told.chat(known_id(event, "channel"))
    if known_id(event, "user") != told.bot:
        return Happened(key=told.key, what="person-joined", who=told.person(event, "user"), chat=chat)
    inviter = id_or_none(event, "inviter")
    who = told.account(inviter, told.team) if inviter else None
    return Happened(key=told.key, what="bot-added", who=who, chat=chat)


def _left(event: Json, told: Told) -> Happened | None:
    if known_id(event, "user") == told.bot:
        return None  # `channel_left` and `group_left` say the same
    chat = told.chat(known_id(event, "channel"))
    return Happened(key=told.key, what="person-left", who=told.person(event, "user"), chat=chat)


def _bot_left(event: Json, told: Told) -> Happened:
    return Happened(key=told.key, what="bot-removed", chat=told.chat(known_id(event, "channel")))


def _archived(event: Json, told: Told) -> Happened:
    who = told.person(event, "user")
    return Happened(key=told.key, what="chat-archived", who=who, chat=told.chat(known_id(event, "channel")))


def _shared(event: Json, told: Told) -> Happened:
    return Happened(key=told.key, what="chat-opened", chat=told.chat(known_id(event, "channel")))


def _renamed(event: Json, told: Told) -> Happened:
    channel = inner(event, "channel")
    title = clean(said(channel, "name"), longest=LONGEST_TITLE)
    return Happened(key=told.key, what="chat-renamed", chat=told.chat(known_id(channel, "id"), title))


def _moved(event: Json, told: Told) -> Happened:
    chat, new = told.chat(known_id(event, "old_channel_id")), known_id(event, "new_channel_id")
    return Happened(key=told.key, what="chat-moved", chat=chat, detail=new)


def _home(event: Json, told: Told) -> Happened | None:
    if event.get("tab") != "home":
        return None
    return Happened(key=told.key, what="home-opened", who=told.account(known_id(event, "user"), told.team))


def _changed(event: Json, told: Told) -> Happened | None:
    user = inner(event, "user")
    if user.get("deleted") is not True:
        return None
    who = told.account(known_id(user, "id"), id_or_none(user, "team_id") or told.team)
    return Happened(key=told.key, what="person-gone", who=who)


def _uninstalled(_event: Json, told: Told) -> Happened:
    return Happened(key=told.key, what="uninstalled")


def _revoked(event: Json, told: Told) -> Happened | None:
    ours = listed(inner(event, "tokens"), "bot")
    return Happened(key=told.key, what="uninstalled") if ours else None


HAPPENINGS: dict[str, Callable[[Json, Told], Happened | None]] = {
    "member_joined_channel": _joined,
    "member_left_channel": _left,
    "channel_left": _bot_left,
    "group_left": _bot_left,
    "channel_archive": _archived,
    "group_archive": _archived,
    "channel_shared": _shared,
    "channel_rename": _renamed,
    "group_rename": _renamed,
    "channel_id_changed": _moved,
    "app_home_opened": _home,
    "user_change": _changed,
    "app_uninstalled": _uninstalled,
    "tokens_revoked": _revoked,
}
