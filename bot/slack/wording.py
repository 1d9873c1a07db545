"""Slack's notation of text, read: mentions, links, escapes and emoji back into what the person saw.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from bot.speech import clean

Json = dict[str, Any]

LONGEST_TEXT = 12_000
"""More than any field of ours takes, so that "too long" is said by the form and not hidden by a cut here."""

_ANGLE = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r":([a-z0-9_+'\-]{1,100}):")
_USER = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
_MAIL = ("mailto:", "tel:")


def people_in(text: object) -> Iterable[str]:
    """The ids of everybody mentioned in a text of Slack's."""
    return _USER.findall(text) if isinstance(text, str) and "<@" in text else ()


def heard(text: str, bot: str, name_of: Callable[[str], str], blocks: object = None) -> str:
    """What somebody wrote, as they saw it; a mention of the bot itself is left out."""
    if "<" in text:
        text = _ANGLE.sub(lambda found: _angle(found[1], bot, name_of), text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    pictures = _pictures(blocks) if ":" in text else {}
    if pictures:
        text = _EMOJI.sub(lambda found: pictures.get(found[1], found[0]), text)
    return clean(text, longest=LONGEST_TEXT)


def _angle(inside: str, bot: str, name_of: Callable[[str], str]) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            user = target[1:]
            return "" if user == bot else "@" + (name_of(user) or label or user)
        case "#":
            return "#" + (label or target[1:])
        case "!":
            return label or "@" + target[1:]
        case _:
            return _link(target, label)


def _link(target: str, label: str) -> str:
    if target.startswith(_MAIL):
        return label or target.partition(":")[2]
    # An address typed without its scheme comes labelled with itself.
    if not label or label.rstrip("/") in target:
        return target
    return f"{label} ({target})"


def _pictures(blocks: object) -> dict[str, str]:
    """The emoji of a typed message by name: only its blocks tell which character each one is."""
    found: dict[str, str] = {}
    waiting = [blocks]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            name, code = node.get("name"), node.get("unicode")
            if node.get("type") == "emoji" and isinstance(name, str) and isinstance(code, str):
                found[name] = _character(code) or f":{name}:"
            waiting.append(node.get("elements"))
    return found


def _character(code: str) -> str:
    points = code.split("-")
    if not all(re.fullmatch(r"[0-9a-fA-F]{2,6}", each) for each in points):
        return ""
    numbers = [int(each, 16) for each in points]
    return "".join(map(chr, numbers)) if max(numbers) <= 0x10FFFF else ""  # noqa: PLR2004 - the end of Unicode
