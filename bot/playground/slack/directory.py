"""The methods about people and places: `auth.test`, `users.*` and `conversations.*`."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.playground.slack.chat import Method, reachable
from bot.playground.slack.payloads import channel_json, message_json, user_json
from bot.playground.slack.stage import Stage
from bot.playground.slack.world import (
    BOT_ID,
    BOT_USER,
    HOME_TEAM,
    Channel,
    Json,
    Message,
    SlackRefusal,
    World,
)

PAGE = 100
T = TypeVar("T")


def _page(items: Sequence[T], args: Json) -> tuple[list[T], Json]:
    """Give one page of a list and the cursor of the next."""
    try:
        start, size = int(args.get("cursor") or 0), int(args.get("limit") or PAGE)
    except ValueError:
        raise SlackRefusal("invalid_cursor") from None
    following = str(start + size) if start + size < len(items) else ""
    return list(items[start : start + size]), {"response_metadata": {"next_cursor": following}}


def _seen(world: World, args: Json) -> Channel:
    channel = world.channels.get(str(args.get("channel")))
    if channel is None or (channel.is_private and BOT_USER not in channel.members):
        raise SlackRefusal("channel_not_found")
    return channel


def _auth_test(stage: Stage, _args: Json) -> Json:
    world = stage.world
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.team_name,
        "user": world.users[BOT_USER].name,
        "team_id": HOME_TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _user(stage: Stage, args: Json) -> Json:
    user = stage.world.users.get(str(args.get("user")))
    if user is None or not _visible(stage.world, user.id):
        raise SlackRefusal("user_not_found")
    wanted = str(args.get("include_locale", "")).lower() in ("1", "true")
    return {"user": user_json(user, with_locale=wanted)}


def _users(stage: Stage, args: Json) -> Json:
    people = [user for user in stage.world.users.values() if _visible(stage.world, user.id)]
    page, more = _page(people, args)
    return {"members": [user_json(user) for user in page], **more}


def _visible(world: World, user_id: str) -> bool:
    """Say whether the app may see this person: a stranger only through a channel that both are in."""
    user = world.users[user_id]
    if not user.is_stranger:
        return True
    return any(
        channel.is_ext_shared and user_id in channel.members and BOT_USER in channel.members
        for channel in world.channels.values()
    )


def _open(stage: Stage, args: Json) -> Json:
    world = stage.world
    people = [user for user in str(args.get("users") or "").split(",") if user]
    if not people and args.get("channel"):
        return {"channel": channel_json(_seen(world, args))}
    if len(people) != 1:
        raise SlackRefusal(
            "users_list_not_supplied" if not people else "method_not_supported_for_channel_type"
        )
    person = world.users.get(people[0])
    if person is None:
        raise SlackRefusal("user_not_found")
    if person.id == BOT_USER:
        raise SlackRefusal("cannot_dm_bot")
    if person.deleted:
        raise SlackRefusal("user_disabled")
    if not _visible(world, person.id):
        raise SlackRefusal("user_not_visible")
    return {"channel": channel_json(world.im_of(person.id))}


def _info(stage: Stage, args: Json) -> Json:
    return {"channel": channel_json(_seen(stage.world, args))}


def _members(stage: Stage, args: Json) -> Json:
    page, more = _page(_seen(stage.world, args).members, args)
    return {"members": page, **more}


def _mine(stage: Stage, args: Json) -> Json:
    return _listed(stage.world, args, lambda channel: BOT_USER in channel.members)


def _all(stage: Stage, args: Json) -> Json:
    return _listed(stage.world, args, lambda channel: not channel.is_private or BOT_USER in channel.members)


def _listed(world: World, args: Json, wanted: Callable[[Channel], bool]) -> Json:
    types = str(args.get("types") or "public_channel").split(",")
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    live = str(args.get("exclude_archived", "")).lower() in ("1", "true")
    found = [
        channel
        for channel in world.channels.values()
        if wanted(channel)
        and channel.kind in {kinds.get(kind) for kind in types}
        and not (live and channel.is_archived)
    ]
    page, more = _page(found, args)
    return {"channels": [channel_json(channel) for channel in page], **more}


def _join(stage: Stage, args: Json) -> Json:
    channel = _seen(stage.world, args)
    if channel.is_im or channel.is_private:
        raise SlackRefusal("method_not_supported_for_channel_type")
    if BOT_USER not in channel.members:
        channel.members.append(BOT_USER)
        stage.changes.touch()
    return {"channel": channel_json(channel)}


def _leave(stage: Stage, args: Json) -> Json:
    channel = reachable(stage.world, args.get("channel"))
    channel.members.remove(BOT_USER)
    stage.changes.touch()
    return {}


def _history(stage: Stage, args: Json) -> Json:
    channel = reachable(stage.world, args.get("channel"))
    top = [
        message
        for message in _lasting(stage.world, channel)
        if message.thread_ts in (None, message.ts) or message.broadcast_reply
    ]
    return _past(stage.world, top[::-1], args)


def _replies(stage: Stage, args: Json) -> Json:
    channel = reachable(stage.world, args.get("channel"))
    parent = stage.world.message(channel.id, str(args.get("ts", "")))
    thread = [m for m in _lasting(stage.world, channel) if m is parent or m.thread_ts == parent.ts]
    return _past(stage.world, thread, args)


def _lasting(world: World, channel: Channel) -> list[Message]:
    return [message for message in world.in_channel(channel.id) if message.ephemeral_to is None]


def _past(world: World, messages: list[Message], args: Json) -> Json:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    page, more = _page([m for m in messages if oldest <= float(m.ts) <= latest], args)
    with_metadata = str(args.get("include_all_metadata", "")).lower() in ("1", "true")
    found = [
        message_json(world, m) | ({"metadata": m.metadata} if with_metadata and m.metadata else {})
        for m in page
    ]
    return {"messages": found, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}


DIRECTORY_METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    "users.info": _user,
    "users.list": _users,
    "users.conversations": _mine,
    "conversations.open": _open,
    "conversations.info": _info,
    "conversations.members": _members,
    "conversations.list": _all,
    "conversations.join": _join,
    "conversations.leave": _leave,
    "conversations.history": _history,
    "conversations.replies": _replies,
}
