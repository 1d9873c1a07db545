"""The shapes in which the platform tells its app things.

Events, interactions and commands carry the same facts under different names, above all about who acts and for
which organisation: with people of another organisation, the team of the actor is not the team of the app.
"""

from typing import Any

from bot.playground.pieces import media_type
from bot.playground.slack.state import state_of
from bot.playground.slack.world import (
    APP_ID,
    BOT_ID,
    BOT_USER,
    HOME_TEAM,
    Channel,
    File,
    Json,
    Message,
    User,
    View,
    World,
)

VERIFICATION_TOKEN = "legacy-verification-token"  # noqa: S105 - the real one is as public and as useless


def user_json(user: User, *, with_locale: bool = False) -> Json:
    """Give a person as `users.info` and `user_change` do; strangers have neither locale nor address."""
    profile = {"real_name": user.real_name, "display_name": user.name}
    body: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": profile,
        "is_bot": user.id == BOT_USER,
        "is_admin": user.is_admin,
        "is_app_user": False,
        "is_stranger": user.is_stranger,
    }
    if not user.deleted:
        body |= {"tz": user.tz, "tz_label": user.tz, "tz_offset": 0}
    if with_locale and not user.is_stranger:
        body["locale"] = user.locale
    return body


def channel_json(channel: Channel) -> Json:
    """Give a place as `conversations.info` does."""
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_im": channel.is_im,
        "is_archived": channel.is_archived,
        "is_private": channel.is_private,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared,
        "is_member": BOT_USER in channel.members,
    }
    if channel.is_im:
        return body | {"user": next(user for user in channel.members if user != BOT_USER)}
    if channel.creator:
        body["creator"] = channel.creator
    return body | {"name": channel.name, "is_channel": not channel.is_private, "is_group": channel.is_private}


def file_json(world: World, file: File) -> Json:
    """Give a file; where it was shared is empty until it has been."""
    shares: Json = {}
    for channel_id, ts in file.shares:
        scope = "private" if world.channels[channel_id].is_private else "public"
        shares.setdefault(scope, {}).setdefault(channel_id, []).append({"ts": ts})
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "size": file.length,
        "mimetype": media_type(file.content or b"") if file.processed else "",
        "shares": shares,
        "channels": [channel for channel, _ in file.shares],
    }


def message_json(world: World, message: Message) -> Json:
    """Give a message as events, interactions and histories carry it."""
    author = world.users.get(message.author)
    body: Json = {"type": "message", "user": message.author, "text": message.text, "ts": message.ts}
    body["team"] = author.team if author else HOME_TEAM
    if message.by_bot:
        body |= {"bot_id": BOT_ID, "app_id": APP_ID}
    if message.subtype:
        body["subtype"] = message.subtype
    if message.blocks:
        body["blocks"] = message.blocks
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.edited:
        body["edited"] = {"user": message.author, "ts": message.ts}
    if message.files:
        body["files"] = [file_json(world, file) for file in message.files]
    return body


def view_json(world: World, view: View) -> Json:
    """Give a view as interactions and the answers of `views.*` carry it."""
    body: Json = {
        "callback_id": "",
        "private_metadata": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "submit": None,
        "close": None,
    }
    return body | {
        **view.content,
        "id": view.id,
        "team_id": world.users[view.user].team,
        "state": state_of(view.blocks, view.values),
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": APP_ID,
        "app_installed_team_id": HOME_TEAM,
        "bot_id": BOT_ID,
    }


def event_body(world: World, event: Json, actor: User | None) -> Json:
    """Wrap an event. When a stranger acts, the outer team is theirs and only `authorizations` names ours."""
    channel = _event_channel(world, event)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": actor.team if actor else HOME_TEAM,
        "context_team_id": HOME_TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": world.fresh("Ev"),
        "event_time": int(world.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": HOME_TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": world.fresh("4-"),
    }


def said_event(world: World, kind: str, message: Message) -> Json:
    """Give the event of something being said: `message`, or `app_mention`."""
    author = world.users[message.author]
    event = message_json(world, message) | {
        "type": kind,
        "channel": message.channel,
        "event_ts": message.ts,
    }
    if not message.by_bot:
        event["client_msg_id"] = world.fresh("client-")
    if author.is_stranger:
        event |= {"user_team": author.team, "source_team": author.team, "user_profile": {"name": author.name}}
    if kind == "message":
        event["channel_type"] = world.channels[message.channel].kind
    return event


def interaction(world: World, kind: str, user: User, team: str = HOME_TEAM) -> Json:
    """Give what all interactions begin with; `team` is the organisation that this kind of payload names."""
    return {
        "type": kind,
        "team": {"id": team, "domain": world.domain if team == HOME_TEAM else team.lower()},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command_form(world: World, user: User, channel: Channel, command: str, text: str) -> dict[str, str]:
    """Give the form of a slash command, but for its trigger and its address for late answers."""
    name = "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": HOME_TEAM,
        "team_domain": world.domain,
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }


def _event_channel(world: World, event: Json) -> Channel | None:
    where: Any = event.get("channel")
    return world.channels.get(where if isinstance(where, str) else (where or {}).get("id", ""))
