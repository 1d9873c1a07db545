"""The Slack app as a manifest: paste it at api.slack.com/apps and the app is set up.

https://docs.slack.dev/reference/app-manifest
"""

from typing import Any, Final

Json = dict[str, Any]

SCOPES: Final = frozenset(
    {
        "app_mentions:read",  # @Samsyn in a channel
        "chat:write",
        "commands",  # /samsyn, and shortcuts on messages
        "im:history",  # what people write to the bot in private
        "im:write",  # to write to people in private
        "files:write",  # pictures on cards; it can read no file with it
        "users:read",  # names and languages
        "channels:read",  # channels joined, left, renamed, shared, archived
        "groups:read",  # the same for private channels
    }
)
"""All that the bot asks for. It cannot read what people say to each other."""

EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "group_archive",
    "group_left",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "tokens_revoked",
    "user_change",
)

COMMAND: Final = "/samsyn"
RECORD_DECISION: Final = "record_decision"
"""The name under which a feature registers the shortcut on a message."""
ADD_POINT: Final = "add_point"
REPORT_WIN: Final = "report_win"


def manifest(request_url: str | None = None) -> Json:
    """The manifest: with the address where Slack is to deliver, or for Socket Mode without one."""
    where = {"request_url": request_url} if request_url else {}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Samsyn",
            "description": "Forumets beslut och åtgärder, i Slack och Telegram på samma gång",
            "background_color": "#1f4e5f",
        },
        "features": _features({"url": request_url} if request_url else {}),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**where, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **where},
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }


def _features(address: Json) -> Json:
    command = {
        "command": COMMAND,
        "description": "Beslut, åtgärder och hjälp",
        "usage_hint": "beslut … | åtgärd … | hjälp",
        "should_escape": True,
        **address,
    }
    decision = {
        "name": "Spara som beslut",
        "type": "message",
        "callback_id": RECORD_DECISION,
        "description": "Spara det här meddelandet som ett beslut",
    }
    point = {
        "name": "Ta upp på nästa möte",
        "type": "message",
        "callback_id": ADD_POINT,
        "description": "Gör det här meddelandet till en punkt",
    }
    win = {
        "name": "Berätta om framsteg",
        "type": "message",
        "callback_id": REPORT_WIN,
        "description": "Berätta för forumet vad som gick bra",
    }
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Samsyn", "always_online": True},
        "slash_commands": [command],
        "shortcuts": [decision, point, win],
    }
