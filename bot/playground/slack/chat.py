"""The `chat.*` and `reactions.*` methods, and answers to response addresses."""

import re
from collections.abc import Callable

from bot.playground.pieces import is_picture
from bot.playground.slack.blocks import check_message_blocks, with_ids
from bot.playground.slack.payloads import message_json, said_event
from bot.playground.slack.stage import Stage
from bot.playground.slack.wording import note_broadcasts
from bot.playground.slack.world import (
    BOT_USER,
    SLACKBOT,
    Channel,
    Json,
    Message,
    ResponseHook,
    SlackRefusal,
    World,
)

Method = Callable[[Stage, Json], Json]

TEXT_CUT = 40_000
UPDATE_TEXT = 4_000
PACE_BURST = 3.0
_TS = re.compile(r"\d+\.\d{6}")


class TooFast(Exception):  # noqa: N818 - an answer of the platform, not a fault of ours
    """More messages to one channel than the platform lets through."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def reachable(world: World, channel_id: object) -> Channel:
    """Give the channel if the bot may write there, or refuse as the platform does."""
    channel = world.channels.get(str(channel_id))
    if channel is None or (channel.is_private and BOT_USER not in channel.members):
        raise SlackRefusal("channel_not_found")
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    if BOT_USER not in channel.members:
        raise SlackRefusal("not_in_channel")
    if channel.is_im and any(world.users[member].deleted for member in channel.members):
        raise SlackRefusal("user_disabled")
    return channel


def checked(world: World, blocks: object) -> list[Json]:
    """Give the blocks back, or refuse a message that the platform would not take: no picture that is not ready."""
    taken = check_message_blocks(blocks)
    wrong = [
        f"[ERROR] invalid slack file [json-pointer:/blocks/{place}/slack_file]"
        for place, block in enumerate(taken)
        if block.get("slack_file") and not _is_ready(world, block["slack_file"])
    ]
    if wrong:
        raise SlackRefusal("invalid_blocks", *wrong)
    return taken


def _is_ready(world: World, named: Json) -> bool:
    file = world.files.get(str(named.get("id")))
    return file is not None and file.processed and is_picture(file.content or b"")


def content_of(world: World, args: Json) -> tuple[str, list[Json]]:
    """Give text and blocks, checked."""
    text = str(args.get("text") or "")
    blocks = checked(world, args["blocks"]) if args.get("blocks") else []
    if not text.strip() and not blocks and not args.get("markdown_text"):
        raise SlackRefusal("no_text")
    if args.get("markdown_text"):
        if text or blocks:
            raise SlackRefusal("markdown_text_conflict")
        blocks = check_message_blocks([{"type": "markdown", "text": args["markdown_text"]}])
    return text[:TEXT_CUT], blocks


def bot_says(world: World, channel: str, args: Json, *, only_to: str | None = None) -> Message:
    """Show a message of the bot, to everybody or to one person."""
    text, blocks = content_of(world, args)
    message = Message(
        world.next_ts(),
        channel,
        BOT_USER,
        text,
        with_ids(world, blocks),
        args.get("thread_ts") or None,
        metadata=args.get("metadata"),
        ephemeral_to=only_to,
    )
    message.broadcast_reply = bool(args.get("reply_broadcast")) and message.thread_ts is not None
    note_broadcasts(world, channel, message.ts, text, blocks)
    world.put(message)
    if only_to is None:
        world.emit(said_event(world, "message", message), None)
    return message


def change(world: World, message: Message, args: Json) -> None:
    """Give a message new words; blocks that are not named stay, as on the platform."""
    before = message_json(world, message)
    if "text" in args:
        message.text = str(args["text"] or "")
    if args.get("blocks") is not None:
        message.blocks = with_ids(world, checked(world, args["blocks"]))
    if "metadata" in args:
        message.metadata = args["metadata"]
    message.edited = True
    note_broadcasts(world, message.channel, message.ts, message.text, message.blocks)
    world.changes.touch()
    if message.ephemeral_to is None:
        _tell_change(world, message, "message_changed", previous_message=before)


def erase(world: World, message: Message) -> None:
    """Take a message away; replies to it stay."""
    before = message_json(world, message)
    message.deleted = True
    world.changes.touch()
    if message.ephemeral_to is None:
        _tell_change(world, message, "message_deleted", previous_message=before, deleted_ts=message.ts)


def answer_late(world: World, hook: ResponseHook, args: Json) -> None:
    """Do what an answer to a response address asks for."""
    original = world.messages.get((hook.channel, hook.message_ts or ""))
    if args.get("delete_original") and original is not None:
        erase(world, original)
    elif args.get("replace_original") and original is not None:
        content_of(world, args)
        change(world, original, {"blocks": [], **args})
    else:
        loud = args.get("response_type") == "in_channel"
        bot_says(world, hook.channel, args, only_to=None if loud else hook.user)


def _tell_change(world: World, message: Message, subtype: str, **more: object) -> None:
    event: Json = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": world.channels[message.channel].kind,
        "ts": world.next_ts(),
        **more,
    }
    if subtype == "message_changed":
        event["message"] = message_json(world, message)
    world.emit(event | {"event_ts": event["ts"]}, None)


def _post(stage: Stage, args: Json) -> Json:
    world = stage.world
    channel_id = str(args.get("channel", ""))
    # A bare person id is not the direct message with the app: it may land with Slackbot.
    astray = channel_id in world.users
    channel = world.im_of(channel_id, SLACKBOT) if astray else reachable(world, channel_id)
    _check_thread(world, channel, args)
    _check_pace(stage, channel)
    message = bot_says(world, channel.id, args)
    answer: Json = {"channel": channel.id, "ts": message.ts, "message": message_json(world, message)}
    if len(str(args.get("text") or "")) > TEXT_CUT:
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


def _check_thread(world: World, channel: Channel, args: Json) -> None:
    if args.get("thread_ts") is None:
        return
    parent = world.messages.get((channel.id, str(args["thread_ts"])))
    if not _TS.fullmatch(str(args["thread_ts"])) or parent is None:
        raise SlackRefusal("invalid_thread_ts")
    if parent.ephemeral_to is not None or parent.thread_ts not in (None, parent.ts):
        raise SlackRefusal("cannot_reply_to_message")


def _check_pace(stage: Stage, channel: Channel) -> None:
    world = stage.world
    if not world.enforce_pace:
        return
    now = world.now()
    at, used = world.pace.get(channel.id, (now, 0.0))
    used = max(0.0, used - (now - at))
    if used + 1 > PACE_BURST:
        raise TooFast(max(1, round(used + 1 - PACE_BURST)))
    world.pace[channel.id] = (now, used + 1)


def _update(stage: Stage, args: Json) -> Json:
    world = stage.world
    channel = reachable(world, args.get("channel"))
    message = world.message(channel.id, str(args.get("ts", "")))
    if message.ephemeral_to is not None:
        raise SlackRefusal("message_not_found")
    if not message.by_bot:
        raise SlackRefusal("cant_update_message")
    if len(str(args.get("text") or "")) > UPDATE_TEXT:
        raise SlackRefusal("msg_too_long")
    if args.get("text") is None and args.get("blocks") is None:
        raise SlackRefusal("no_text")
    change(world, message, args)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(world, message),
    }


def _delete(stage: Stage, args: Json) -> Json:
    channel = reachable(stage.world, args.get("channel"))
    message = stage.world.message(channel.id, str(args.get("ts", "")))
    if message.ephemeral_to is not None:
        raise SlackRefusal("message_not_found")
    if not message.by_bot:
        raise SlackRefusal("cant_delete_message")
    erase(stage.world, message)
    return {"channel": channel.id, "ts": message.ts}


def _whisper(stage: Stage, args: Json) -> Json:
    world = stage.world
    channel = reachable(world, args.get("channel"))
    if args.get("user") not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    _check_thread(world, channel, args)
    message = bot_says(world, channel.id, args, only_to=str(args["user"]))
    return {"message_ts": message.ts}


def _permalink(stage: Stage, args: Json) -> Json:
    world = stage.world
    channel = world.channels.get(str(args.get("channel")))
    if channel is None:
        raise SlackRefusal("channel_not_found")
    message = world.message(channel.id, str(args.get("message_ts", "")))
    link = f"https://{world.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _react(stage: Stage, args: Json) -> Json:
    channel = reachable(stage.world, args.get("channel"))
    message = stage.world.message(channel.id, str(args.get("timestamp", "")))
    people = message.reactions.setdefault(str(args.get("name")), [])
    if BOT_USER in people:
        raise SlackRefusal("already_reacted")
    people.append(BOT_USER)
    stage.changes.touch()
    return {}


CHAT_METHODS: dict[str, Method] = {
    "chat.postMessage": _post,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.postEphemeral": _whisper,
    "chat.getPermalink": _permalink,
    "reactions.add": _react,
}
