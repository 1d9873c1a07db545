"""The methods that ask about chats and people, answer presses, give files and describe the bot."""

import json
import re
from typing import Any

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.desk import Desk
from bot.playground.telegram.errors import QUERY_TOO_OLD, bad_request
from bot.playground.telegram.html_mode import units
from bot.playground.telegram.people import PAYLOAD, start_payload
from bot.playground.telegram.updates import PRESS_LIFETIME
from bot.playground.telegram.values import Member, Toast
from bot.playground.telegram.wire import Json, chat_json, member_json, user_json

ANSWER_LIMIT = 200
DOWNLOAD_BYTES = 20 * 1024 * 1024
COMMANDS = 100
COMMAND_DESCRIPTION = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(desk: Desk, _args: Arguments) -> Json:
    """Tell who the bot is."""
    return user_json(desk.world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not desk.world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(desk: Desk, args: Arguments) -> Json:
    """Tell about a chat."""
    chat = desk.chat(args)
    more: Json = {"accent_color_id": 0, "max_reaction_count": 11}
    if chat.type != "private":
        more |= {"permissions": {"can_send_messages": True}}
    return chat_json(desk.world, chat) | more


def get_chat_member(desk: Desk, args: Arguments) -> Json:
    """Tell how one account stands in a chat."""
    chat = desk.chat(args)
    user = args.number("user_id") or 0
    if user not in desk.world.users:
        raise bad_request("invalid user_id specified")
    if chat.hides_members and user != desk.world.bot.id and not desk.world.bot_is_admin(chat):
        raise bad_request("member list is inaccessible")
    in_private = chat.type == "private" and user in {chat.id, desk.world.bot.id}
    return member_json(desk.world, user, Member("member") if in_private else chat.member(user))


def get_chat_administrators(desk: Desk, args: Arguments) -> list[Json]:
    """List who runs a group, without other bots."""
    chat = desk.chat(args)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [(user, member) for user, member in chat.members.items() if member.admin]
    others = [(user, member) for user, member in admins if not desk.world.users[user].is_bot]
    mine = [(user, member) for user, member in admins if user == desk.world.bot.id]
    return [member_json(desk.world, user, member) for user, member in others + mine]


def get_chat_member_count(desk: Desk, args: Arguments) -> int:
    """Count who is in a chat, the bot included."""
    chat = desk.chat(args)
    return 2 if chat.type == "private" else len(chat.present)


def leave_chat(desk: Desk, args: Arguments) -> bool:
    """Leave a group."""
    chat = desk.chat(args)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    desk.people.bot_leaves(chat)
    return True


def send_chat_action(desk: Desk, args: Arguments) -> bool:
    """Show that the bot is busy; nobody keeps it."""
    desk.chat(args)
    if not args.text("action"):
        raise bad_request("wrong parameter action in request")
    return True


def answer_callback_query(desk: Desk, args: Arguments) -> bool:
    """Stop the spinner of a press, once and in time, with a toast, an alert or a start link."""
    press = desk.world.presses.get(args.text("callback_query_id"))
    if press is None or press.answer is not None or desk.world.now() - press.at > PRESS_LIFETIME:
        raise bad_request(QUERY_TOO_OLD)
    text, url = args.text("text"), args.text("url")
    if units(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    payload = start_payload(url, desk.world.bot.username or "") if url else None
    if url and (payload is None or not PAYLOAD.fullmatch(payload)):
        raise bad_request("URL_INVALID")
    press.answer = Toast(text, args.flag("show_alert"))
    desk.world.bell.ring()
    if url:
        press.opened = url
        desk.people.follow(desk.world.users[press.user], url)
    return True


def get_file(desk: Desk, args: Arguments) -> Json:
    """Tell where a file can be downloaded."""
    file = desk.world.files.get(args.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


def set_my_commands(desk: Desk, args: Arguments) -> bool:
    """Set the commands that apps suggest, by scope and language."""
    commands = args.items("commands") or []
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(str(command.get("description", ""))) <= COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    desk.world.profile[_commands_key(args)] = commands
    return True


def get_my_commands(desk: Desk, args: Arguments) -> list[Any]:
    """Give the commands of one scope and language."""
    found: list[Any] = desk.world.profile.get(_commands_key(args), [])
    return found


def delete_my_commands(desk: Desk, args: Arguments) -> bool:
    """Forget the commands of one scope and language."""
    desk.world.profile.pop(_commands_key(args), None)
    return True


def _commands_key(args: Arguments) -> str:
    scope = args.object("scope") or {"type": "default"}
    return f"commands {json.dumps(scope, sort_keys=True)} {args.text('language_code')}".strip()


def set_my_name(desk: Desk, args: Arguments) -> bool:
    """Set the bot's name."""
    return _describe(desk, args, "name")


def set_my_description(desk: Desk, args: Arguments) -> bool:
    """Set what an empty chat with the bot says."""
    return _describe(desk, args, "description")


def set_my_short_description(desk: Desk, args: Arguments) -> bool:
    """Set what the bot's page says."""
    return _describe(desk, args, "short_description")


def _describe(desk: Desk, args: Arguments, what: str) -> bool:
    if units(args.text(what)) > _PROFILE_LIMITS[what]:
        raise bad_request(f"{what} is too long")
    desk.world.profile[f"{what} {args.text('language_code')}".strip()] = args.text(what)
    return True
