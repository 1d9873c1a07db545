"""What a person types, turned into what the platform delivers.

The composer escapes `& < >`, resolves the mentions that were picked from its list, wraps links in angle
brackets and names emoji. The other direction, finding active broadcasts in what the bot posts, lives here too.
"""

import re
from collections.abc import Iterator

from bot.playground.slack.world import Broadcast, Json, World

EMOJI = {
    "👍": ":+1:",
    "👎": ":-1:",
    "🎉": ":tada:",
    "✅": ":white_check_mark:",
    "👋": ":wave:",
    "❤️": ":heart:",
    "🙂": ":slightly_smiling_face:",
    "🙏": ":pray:",
}
_LINK = re.compile(r"https?://[^\s<>|]+")
_MENTION = re.compile(r"(?<![\w&])@([\w.\-]+)")
_CHANNEL = re.compile(r"(?<![\w&])#([\w\-]+)")
_ACTIVE = re.compile(r"<!(channel|here|everyone|subteam\^[^<>|]*)(?:\|[^<>]*)?>")
_SPECIAL = re.compile(r"<(?:@(?P<user>\w+)|#(?P<channel>\w+)|(?P<url>https?://[^<>|]+))(?:\|[^<>]*)?>")
_TOKEN = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")


def escaped(text: str) -> str:
    """Escape the three characters that the platform's notation needs."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(world: World, text: str) -> str:
    """Give a typed message as the platform delivers it."""
    wanted = escaped(text)
    wanted = _LINK.sub(lambda found: f"<{found[0]}>", wanted)
    wanted = _MENTION.sub(lambda found: _mention(world, found, "<@{id}>"), wanted)
    wanted = _CHANNEL.sub(lambda found: _channel(world, found), wanted)
    for picture, name in EMOJI.items():
        wanted = wanted.replace(picture, name)
    return wanted


def typed_after_slash(world: World, text: str) -> str:
    """Give the text of a slash command as the platform delivers it with `should_escape` on."""
    wanted = _MENTION.sub(lambda found: _mention(world, found, "<@{id}|{name}>"), escaped(text))
    return _CHANNEL.sub(lambda found: _channel(world, found), wanted)


def mentions(text: str, user: str) -> bool:
    """Say whether delivered text mentions this person or bot."""
    return any(found[1] == user for found in _TOKEN.finditer(text))


def rich_text(text: str) -> Json:
    """Give the block that the composer sends along with a typed message; its words are not escaped."""
    elements: list[Json] = []
    place = 0
    for found in _SPECIAL.finditer(text):
        elements += _words(text[place : found.start()])
        elements.append(_special(found))
        place = found.end()
    elements += _words(text[place:])
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _words(text: str) -> list[Json]:
    unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [{"type": "text", "text": unescaped}] if text else []


def _special(found: re.Match[str]) -> Json:
    if found["user"]:
        return {"type": "user", "user_id": found["user"]}
    if found["channel"]:
        return {"type": "channel", "channel_id": found["channel"]}
    return {"type": "link", "url": found["url"]}


def note_broadcasts(world: World, channel: str, ts: str, text: str, blocks: list[Json]) -> None:
    """Write down every active `<!channel>` and the like in what the bot posts."""
    for active in (text, *_mrkdwn(blocks)):
        for found in _ACTIVE.finditer(active):
            world.broadcasts.append(Broadcast(found[1], channel, ts))
    for node in _nodes(blocks):
        if node.get("type") == "broadcast":
            world.broadcasts.append(Broadcast(node.get("range", "channel"), channel, ts))


def _mrkdwn(blocks: list[Json]) -> Iterator[str]:
    for node in _nodes(blocks):
        if node.get("type") in ("mrkdwn", "markdown") and isinstance(node.get("text"), str):
            yield node["text"]


def _nodes(thing: object) -> Iterator[Json]:
    if isinstance(thing, dict):
        yield thing
        for child in thing.values():
            yield from _nodes(child)
    elif isinstance(thing, list):
        for child in thing:
            yield from _nodes(child)


def _mention(world: World, found: re.Match[str], form: str) -> str:
    wanted = found[1].casefold()
    for user in world.users.values():
        if wanted in (user.name.casefold(), user.real_name.casefold()):
            return form.format(id=user.id, name=user.name)
    return found[0]


def _channel(world: World, found: re.Match[str]) -> str:
    for channel in world.channels.values():
        if channel.name == found[1] and not channel.is_im:
            return f"<#{channel.id}|{channel.name}>"
    return found[0]
