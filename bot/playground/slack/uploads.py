"""Uploading in three steps, and the sharing that happens some time after the answer.

As on the platform, `ok` from `files.completeUploadExternal` does not mean that anybody can see the file yet, and a
file that was given an `alt_txt` is never shared at all: https://github.com/slackapi/python-slack-sdk/issues/1818

Nor may a message name a picture in a block before the platform has looked at it:
https://github.com/slackapi/java-slack-sdk/issues/1349
"""

import asyncio

from bot.playground.slack.chat import Method, reachable
from bot.playground.slack.payloads import file_json
from bot.playground.slack.stage import Stage
from bot.playground.slack.wording import note_broadcasts
from bot.playground.slack.world import BOT_USER, File, Json, Message, SlackRefusal, World


def receive(world: World, file_id: str, content: bytes) -> bool:
    """Take the bytes of a file, if it is awaited and has the length that was promised."""
    file = world.files.get(file_id)
    if file is None or file.content is not None or len(content) != file.length:
        return False
    file.content = content
    return True


def _begin(stage: Stage, args: Json) -> Json:
    length = int(args.get("length") or 0)
    if not args.get("filename") or length <= 0:
        raise SlackRefusal("invalid_arguments")
    file = File(
        stage.world.fresh("F0"), str(args["filename"]), length, alt_txt=str(args.get("alt_txt") or "")
    )
    stage.world.files[file.id] = file
    return {"upload_url": f"{stage.base_url}/slack/upload/{file.id}", "file_id": file.id}


def _complete(stage: Stage, args: Json) -> Json:
    world = stage.world
    wanted = args.get("files") or []
    files = [world.files.get(str(entry.get("id"))) for entry in wanted]
    ready = [file for file in files if file is not None and file.content is not None]
    if not wanted or len(ready) != len(wanted):
        raise SlackRefusal("file_not_found")
    for file, entry in zip(ready, wanted, strict=True):
        file.title, file.completed = str(entry.get("title") or file.name), True
    stage.in_background(_process_later(world, ready))
    if args.get("channel_id"):
        channel = reachable(world, args["channel_id"])
        shared = [file for file in ready if not file.alt_txt]
        if shared:
            stage.in_background(_share_later(world, channel.id, shared, args))
    return {"files": [file_json(world, file) for file in ready]}


async def _process_later(world: World, files: list[File]) -> None:
    await asyncio.sleep(world.share_lag)
    for file in files:
        file.processed = True
    world.changes.touch()


async def _share_later(world: World, channel: str, files: list[File], args: Json) -> None:
    await asyncio.sleep(world.share_lag)
    text = str(args.get("initial_comment") or "")
    message = Message(world.next_ts(), channel, BOT_USER, text, thread_ts=args.get("thread_ts") or None)
    message.files = files
    for file in files:
        file.shares.append((channel, message.ts))
    note_broadcasts(world, channel, message.ts, text, [])
    world.put(message)


def _info(stage: Stage, args: Json) -> Json:
    file = stage.world.files.get(str(args.get("file")))
    if file is None or not file.completed:
        raise SlackRefusal("file_not_found")
    return {"file": file_json(stage.world, file)}


FILE_METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": _begin,
    "files.completeUploadExternal": _complete,
    "files.info": _info,
}
