"""From a payload of Slack's to an ``Inbound``; pure.

``None`` means that the payload is fine and of no interest: a channel's talk, another bot, our own echo, a list that
somebody chose from. A payload of another shape than documented raises ``Unreadable``.
Which field names the actor's organisation and which the one that installed us differs from kind to kind of payload.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.slack.happenings import HAPPENINGS, LONGEST_TITLE, Told
from bot.slack.shapes import (
    Json,
    Unreadable,
    address_or_empty,
    id_or_none,
    inner,
    inner_or_empty,
    known_id,
    listed,
    said,
    stamp,
)
from bot.slack.submitted import submitted
from bot.slack.wording import heard, people_in
from bot.speech import clean
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Said, Shortcut, Source

WORDLESS_NAMES = frozenset({"directmessage", "privategroup"})
"""What Slack calls a place in interactions when it does not tell its name."""
_USER = re.compile(r"[UW][A-Z0-9]{1,30}")
LONGEST_VALUE = 2000
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element: what a button carries."""
SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages in which a person says something."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot in its workspace: ``url`` is the workspace's address, ``app`` is "" when it is not known."""

    team: str
    user: str
    url: str = ""
    app: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory says about a person; all "" for somebody it does not show."""

    name: str = ""
    language: str = ""
    team: str = ""


NOBODY = Known()
People = Mapping[str, Known]


def translate(payload: Json, me: Me, people: People) -> AnyInbound | None:
    """The inbound of a payload; ``people`` holds what is known about those in it."""
    kind = payload.get("type")
    read = _KINDS.get(kind) if isinstance(kind, str) else _command if "command" in payload else None
    if read is None:
        raise Unreadable("unknown kind")
    app = id_or_none(payload, "api_app_id")
    if me.app and app and app != me.app:
        return None
    return read(payload, me, people)


def people_of(payload: Json, me: Me) -> set[str]:
    """Whose names the inbound will want: the one who acts, and whoever is mentioned or quoted."""
    event, message, user = payload.get("event"), payload.get("message"), payload.get("user")
    wanted = [payload.get("user_id"), *people_in(payload.get("text"))]
    if isinstance(user, dict):
        wanted.append(user.get("id"))
    if isinstance(event, dict) and event.get("type") in ("app_mention", "message", "app_home_opened"):
        wanted += [event.get("user"), *people_in(event.get("text"))]
    if isinstance(message, dict) and payload.get("type") == "message_action":
        wanted += [message.get("user"), *people_in(message.get("text"))]
    found = {each for each in wanted if isinstance(each, str) and _USER.fullmatch(each)}
    return found - {me.user}


def permalink(me: Me, channel: str, ts: str, thread: str = "") -> str:
    """The address of a message; "" when the workspace's own address is not known."""
    if not me.url:
        return ""
    link = f"{me.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    link = f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != ts else link
    return address_or_empty(link)


def account(user: str, team: str, people: People) -> Account:
    """Who acts. Of somebody in an organisation-wide account events name only the organisation (``E…``)."""
    known = people.get(user, NOBODY)
    if team[:1] == "E" and known.team:
        team = known.team
    return Account("slack", team, user, known.name, known.language)


def place(me: Me, channel: str, user: str, title: str = "") -> Chat:
    """Where it happened. A private talk is named by the person, for its own id can be made from theirs only."""
    if channel[:1] == "D":
        return Chat("slack", me.team, user, private=True)
    title = "" if title in WORDLESS_NAMES else clean(title, longest=LONGEST_TITLE)
    return Chat("slack", me.team, channel, title=title)


def _event(payload: Json, me: Me, people: People) -> AnyInbound | None:
    event = inner(payload, "event")
    if _event_team(payload) != me.team:
        return None
    kind = said(event, "type")
    if kind == "app_mention" or (kind == "message" and event.get("channel_type") == "im"):
        return _spoken(payload, event, me, people)
    happened = HAPPENINGS.get(kind)
    if happened is None:
        return None
    seconds = payload.get("event_time")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise Unreadable("event_time is no number")
    key = f"{stamp(seconds)}:slack:{known_id(payload, 'event_id')}"
    return happened(event, Told(key, me.team, me.user, lambda user, team: account(user, team, people)))


def _event_team(payload: Json) -> str:
    """Who installed us. The outer team may be that of a stranger who acts in a shared channel."""
    granted = listed(payload, "authorizations")
    if granted and not isinstance(granted[0], dict):
        raise Unreadable("authorizations is no list of objects")
    return (id_or_none(granted[0], "team_id") if granted else "") or id_or_none(payload, "team_id")


def _spoken(payload: Json, event: Json, me: Me, people: People) -> Said | None:
    """A mention, or a line in private. Both have the message's own key: one message can come as two events."""
    user = id_or_none(event, "user")
    if event.get("bot_id") or not user or user == me.user or said(event, "subtype") not in SPOKEN:
        return None
    channel, ts, thread = known_id(event, "channel"), known_id(event, "ts"), id_or_none(event, "thread_ts")
    team = id_or_none(event, "user_team") or id_or_none(event, "team") or me.team
    private = channel[:1] == "D"
    return Said(
        key=f"{stamp(ts)}:slack:{me.team}:{channel}:{ts}",
        who=account(user, team, people),
        chat=replace(place(me, channel, user), public=None if private else _is_shared(payload)),
        message=ts,
        thread=thread,
        message_private=private,
        text=heard(said(event, "text"), me.user, _names(people), event.get("blocks")),
        source=Source("", link=permalink(me, channel, thread)) if thread and not private else None,
    )


def _is_shared(payload: Json) -> bool | None:
    """Whether people of other organisations are in the channel, where the event says so."""
    shared = payload.get("is_ext_shared_channel")
    return shared if isinstance(shared, bool) else None


def _command(payload: Json, me: Me, people: People) -> Said | None:
    if known_id(payload, "team_id") != me.team:
        return None
    user, channel = known_id(payload, "user_id"), known_id(payload, "channel_id")
    trigger = known_id(payload, "trigger_id")
    return Said(
        key=f"{stamp(trigger)}:slack:{trigger}",
        who=account(user, me.team, people),
        chat=place(me, channel, user, said(payload, "channel_name")),
        message_private=channel[:1] == "D",
        text=heard(said(payload, "text"), me.user, _names(people)),
        command=True,
    )


def _click(payload: Json, me: Me, people: People) -> Click | None:
    actions = listed(payload, "actions")
    pressed = actions[0] if actions else None
    if not isinstance(pressed, dict):
        raise Unreadable("actions is no list of objects")
    data = clean(said(pressed, "value"), longest=LONGEST_VALUE)
    if pressed.get("type") != "button" or not data or not _installed(payload, me):
        return None
    who = _actor(payload, me, people)
    container, message = inner_or_empty(payload, "container"), inner_or_empty(payload, "message")
    channel = inner_or_empty(payload, "channel")
    where = id_or_none(container, "channel_id") or id_or_none(channel, "id")
    pressed_at = known_id(pressed, "action_ts")
    return Click(
        key=f"{stamp(pressed_at)}:slack:{who.user}:{pressed_at}:{id_or_none(pressed, 'action_id')}",
        who=who,
        chat=place(me, where, who.user, said(channel, "name")) if where else None,
        message=id_or_none(container, "message_ts"),
        thread=id_or_none(container, "thread_ts") or id_or_none(message, "thread_ts"),
        message_private=container.get("is_ephemeral") is True or where[:1] == "D",
        data=data,
    )


def _shortcut(payload: Json, me: Me, people: People) -> Shortcut | None:
    if not _installed(payload, me):
        return None
    who, message = _actor(payload, me, people), inner(payload, "message")
    channel, thread = inner(payload, "channel"), id_or_none(message, "thread_ts")
    where, ts = known_id(channel, "id"), known_id(message, "ts")
    name, pressed_at = known_id(payload, "callback_id"), known_id(payload, "action_ts")
    author = id_or_none(message, "user")
    return Shortcut(
        key=f"{stamp(pressed_at)}:slack:{who.user}:{pressed_at}:{name}",
        who=who,
        chat=place(me, where, who.user, said(channel, "name")),
        message=ts,
        thread=thread,
        name=name,
        source=Source(
            heard(said(message, "text"), "", _names(people), message.get("blocks")),
            people.get(author, NOBODY).name or clean(said(message, "username"), longest=LONGEST_TITLE),
            permalink(me, where, ts, thread),
        ),
    )


def _submission(payload: Json, me: Me, people: People) -> AnyInbound | None:
    view = inner(payload, "view")
    installed = id_or_none(view, "app_installed_team_id") or id_or_none(view, "team_id")
    if installed != me.team:
        return None
    return submitted(view, _actor(payload, me, people), me.team)


def _actor(payload: Json, me: Me, people: People) -> Account:
    user = inner(payload, "user")
    team = id_or_none(user, "team_id") or id_or_none(inner_or_empty(payload, "team"), "id") or me.team
    return account(known_id(user, "id"), team, people)


def _installed(payload: Json, me: Me) -> bool:
    return id_or_none(inner_or_empty(payload, "team"), "id") in ("", me.team)


def _names(people: People) -> Callable[[str], str]:
    return lambda user: people.get(user, NOBODY).name


def _of_no_interest(_payload: Json, _me: Me, _people: People) -> None:
    return None


_KINDS: dict[str, Callable[[Json, Me, People], AnyInbound | None]] = {
    "event_callback": _event,
    "block_actions": _click,
    "view_submission": _submission,
    "message_action": _shortcut,
    "shortcut": _of_no_interest,
    "view_closed": _of_no_interest,
}
