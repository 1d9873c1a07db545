"""The stand-in workspace as it is at this moment.

People, channels, messages, modals, homes and files, with the short-lived tokens of interaction: trigger ids
(3 seconds, once) and response addresses (30 minutes, five times). Nothing here talks to anybody: what the
workspace tells its app leaves through `emit`, and whoever watches is told through `changes`.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

HOME_TEAM = "T0HOME"
APP_ID = "A0APP"
BOT_USER = "U0BOT"
BOT_ID = "B0BOT"
SLACKBOT = "USLACKBOT"
TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 1800.0
RESPONSE_USES = 5
SUBSCRIPTIONS = frozenset(
    {"app_mention", "message.im", "app_home_opened", "member_joined_channel", "member_left_channel"}
    | {"channel_left", "channel_rename", "channel_archive", "channel_unarchive", "channel_id_changed"}
    | {"channel_shared", "channel_unshared"}
    | {"group_left", "group_rename", "group_archive", "group_unarchive"}
    | {"app_uninstalled", "tokens_revoked", "user_change", "team_join"}
)


class NotThere(LookupError):  # noqa: N818 - reads as what the person sees
    """The person looked for something that is not on the screen."""


class SlackRefusal(Exception):  # noqa: N818 - it is an answer of the platform, not a fault of ours
    """The platform's refusal of a call, by its error code."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages


@dataclass(slots=True)
class User:
    """Somebody with an account here, or a stranger from another organisation in a shared channel."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Stockholm"
    locale: str = "sv-SE"
    team: str = HOME_TEAM
    is_stranger: bool = False
    deleted: bool = False
    is_admin: bool = False


@dataclass(slots=True)
class Channel:
    """A place for messages: a channel, a private channel (`G…` or `C…`) or a direct message (`D…`)."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    created: int = 0
    creator: str = ""

    @property
    def kind(self) -> str:
        """Give the word that events use for this kind of place."""
        return "im" if self.is_im else "group" if self.is_private else "channel"


@dataclass(slots=True)
class File:
    """An uploaded file; it is `processed`, and its `shares` are filled, when the platform has got round to it."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_txt: str = ""
    content: bytes | None = None
    completed: bool = False
    processed: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message as the platform keeps it: `text` is in its own notation, with `& < >` escaped."""

    ts: str
    channel: str
    author: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    edited: bool = False
    deleted: bool = False
    ephemeral_to: str | None = None
    broadcast_reply: bool = False
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        return self.author == BOT_USER


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The bot pinged everybody: which word, where."""

    word: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person is told when the app did not answer."""

    user: str
    text: str


@dataclass(slots=True)
class Trigger:
    """Permission to open one view, soon."""

    user: str
    expires_at: float
    used: bool = False


@dataclass(slots=True)
class ResponseHook:
    """What an address for late answers still allows, and which message it belongs to."""

    user: str
    channel: str
    expires_at: float
    message_ts: str | None = None
    uses_left: int = RESPONSE_USES


@dataclass(slots=True)
class View:
    """A modal on somebody's screen, with what is filled in and what the app objected to."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[tuple[str, str], Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content.get("blocks", [])
        return blocks


class Changes:
    """Tells watchers that something changed, without their asking again and again."""

    def __init__(self) -> None:
        self.revision = 0
        self._next = asyncio.Event()

    def touch(self) -> None:
        self.revision += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, revision: int) -> int:
        """Wait until there is something newer than this revision, and give the newest."""
        while self.revision <= revision:
            await self._next.wait()
        return self.revision


@dataclass(slots=True)
class World:
    """One workspace, its app and everybody in it."""

    now: Callable[[], float]
    emit: Callable[[Json, User | None], None]
    changes: Changes
    bot_name: str = "Samsyn"
    team_name: str = "Stand-in"
    domain: str = "stand-in"
    enforce_pace: bool = False
    share_lag: float = 0.02
    subscriptions: frozenset[str] = SUBSCRIPTIONS
    commands: frozenset[str] | None = None
    installed: bool = True
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, ResponseHook] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    broadcasts: list[Broadcast] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    pace: dict[str, tuple[float, float]] = field(default_factory=dict)
    _last_micros: int = 0
    _counter: int = 0

    def __post_init__(self) -> None:
        self.users[BOT_USER] = User(BOT_USER, self.bot_name.lower(), self.bot_name, "Etc/UTC", "en-US")

    # ----- new things

    def fresh(self, prefix: str) -> str:
        """Give an id nobody has had before."""
        self._counter += 1
        return f"{prefix}{self._counter:08d}"

    def next_ts(self) -> str:
        """Give the time of a message: unique, and never before an earlier one."""
        self._last_micros = max(int(self.now() * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def add_user(self, name: str, real_name: str = "", **more: Any) -> User:  # noqa: ANN401 - the fields of User
        """Add a person; a stranger gets a team of their own unless told otherwise."""
        if more.get("is_stranger") and "team" not in more:
            more["team"] = self.fresh("T0ELSE")
        user = User(self.fresh("U0"), name, real_name or name.title(), **more)
        self.users[user.id] = user
        self.changes.touch()
        return user

    def add_channel(self, name: str, members: Iterable[User | str] = (), **more: Any) -> Channel:  # noqa: ANN401
        """Add a channel with these people in it; the bot is in it only when listed (`BOT_USER`)."""
        people = [member.id if isinstance(member, User) else member for member in members]
        channel = Channel(self.fresh("C0"), name, people, created=int(self.now()), **more)
        self.channels[channel.id] = channel
        self.changes.touch()
        return channel

    def put(self, message: Message) -> Message:
        """Show a message."""
        self.messages[message.channel, message.ts] = message
        self.changes.touch()
        return message

    def trouble(self, user: str, text: str) -> None:
        """Tell a person that the app failed them."""
        self.troubles.append(Trouble(user, text))
        self.changes.touch()

    # ----- finding things

    def im_of(self, user: str, owner: str = BOT_USER) -> Channel:
        """Give the direct message between a person and the bot (or Slackbot), opening it if need be."""
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == {user, owner}:
                return channel
        channel = Channel(self.fresh("D0"), "directmessage", [user, owner], is_private=True, is_im=True)
        self.channels[channel.id] = channel
        return channel

    def in_channel(self, channel: str) -> list[Message]:
        """Give what stands in a channel, oldest first, deleted messages left out."""
        there = [m for m in self.messages.values() if m.channel == channel and not m.deleted]
        return sorted(there, key=lambda message: message.ts)

    def message(self, channel: str, ts: str) -> Message:
        """Give a message that still stands, or refuse as the platform does."""
        found = self.messages.get((channel, ts))
        if found is None or found.deleted:
            raise SlackRefusal("message_not_found")
        return found

    def view(self, view_id: str = "", external_id: str = "") -> View:
        """Give an open modal or a home by one of its ids, or refuse as the platform does."""
        stacks = [view for stack in self.modals.values() for view in stack]
        for view in [*stacks, *self.homes.values()]:
            if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
                return view
        raise SlackRefusal("not_found")

    # ----- short-lived permissions

    def new_trigger(self, user: str) -> str:
        trigger = self.fresh("13345224609.8534564800.")
        self.triggers[trigger] = Trigger(user, self.now() + TRIGGER_SECONDS)
        return trigger

    def use_trigger(self, trigger_id: str) -> str:
        """Use up a trigger and give the person it belongs to, or refuse as the platform does."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        if self.now() > trigger.expires_at:
            raise SlackRefusal("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def new_hook(self, user: str, channel: str, message_ts: str | None) -> str:
        hook = self.fresh("hook")
        self.hooks[hook] = ResponseHook(user, channel, self.now() + RESPONSE_SECONDS, message_ts)
        return hook
