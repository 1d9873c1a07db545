"""Messages and views as a person reads them.

`plain` gives all visible text, one block after the other, with the notation of the platform resolved and
everything that can be pressed or chosen in square brackets. Tests and the playground's page read through it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.playground.slack.world import Json, Message, View

_ANGLE = re.compile(r"<([^<>]+)>")
_EMPHASIS = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~])")
_NOBODY: Mapping[str, str] = {}


def plain(thing: Message | View | Json, names: Mapping[str, str] = _NOBODY) -> str:
    """Give everything a person can read in a message or a view; `names` gives the names behind ids."""
    if isinstance(thing, Message):
        lines = [read_blocks(thing.blocks, names) if thing.blocks else visible(thing.text, names)]
        lines += [f"[file: {file.title or file.name}]" for file in thing.files]
        return "\n".join(line for line in lines if line)
    if isinstance(thing, View):
        problems = [f"! {thing.errors[key]}" for key in thing.errors]
        notice = [thing.trouble] if thing.trouble else []
        return "\n".join([_view(thing.content, names), *problems, *notice])
    return _view(thing, names)


def visible(text: str, names: Mapping[str, str] = _NOBODY) -> str:
    """Resolve the notation of mrkdwn: links, mentions, dates, emphasis and escapes."""
    resolved = _ANGLE.sub(lambda found: _angle(found[1], names), text)
    resolved = _EMPHASIS.sub(r"\2", resolved)
    return resolved.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_blocks(blocks: Iterable[Json], names: Mapping[str, str] = _NOBODY) -> str:
    """Give the visible text of blocks, a line or more for each."""
    lines = [_READERS[block["type"]](block, names) for block in blocks if block["type"] in _READERS]
    return "\n".join(line for line in lines if line)


def label_of(element: Json) -> str:
    """Give the words on a button, or the placeholder of something to choose from."""
    words = element.get("text") or element.get("placeholder") or {}
    label: str = words.get("text", "") if isinstance(words, dict) else str(words)
    return label


def options_of(element: Json) -> list[Json]:
    """Give what can be chosen, groups laid end to end."""
    if "option_groups" in element:
        return [option for group in element["option_groups"] for option in group["options"]]
    return list(element.get("options", []))


def _view(content: Json, names: Mapping[str, str]) -> str:
    lines = [read_text(content.get("title"), names), read_blocks(content.get("blocks", []), names)]
    lines += [f"[{read_text(content[word], names)}]" for word in ("submit", "close") if content.get(word)]
    return "\n".join(line for line in lines if line)


def read_text(thing: Any, names: Mapping[str, str] = _NOBODY) -> str:  # noqa: ANN401 - whatever the JSON holds
    """Give the words of a text object: plain text as it stands, mrkdwn resolved."""
    if not isinstance(thing, dict):
        return ""
    text: str = thing.get("text", "")
    return visible(text, names) if thing.get("type") == "mrkdwn" else text


def _angle(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    if inside.startswith("!date^"):
        return label or inside
    if target.startswith("@"):
        return "@" + (names.get(target[1:]) or label or target[1:])
    if target.startswith("#"):
        return "#" + (label or names.get(target[1:]) or target[1:])
    if target.startswith("!subteam^"):
        return label or "@" + target[9:]
    if target.startswith("!"):
        return "@" + target[1:]
    return label or target.removeprefix("mailto:")


def _element(element: Json, names: Mapping[str, str]) -> str:
    kind = element.get("type")
    if kind in ("mrkdwn", "plain_text"):
        return read_text(element, names)
    if kind == "image":
        return f"[picture: {element.get('alt_text', '')}]"
    if kind in ("radio_buttons", "checkboxes"):
        return " ".join(f"[{read_text(option['text'], names)}]" for option in element["options"])
    if kind == "overflow":
        return " ".join(f"[… {read_text(option['text'], names)}]" for option in element["options"])
    return f"[{label_of(element)}]"


def _section(block: Json, names: Mapping[str, str]) -> str:
    lines = [read_text(block.get("text"), names)]
    lines += [read_text(item, names) for item in block.get("fields", [])]
    if "accessory" in block:
        lines.append(_element(block["accessory"], names))
    return "\n".join(line for line in lines if line)


def _row(block: Json, names: Mapping[str, str]) -> str:
    return " ".join(_element(element, names) for element in block["elements"])


def _input(block: Json, names: Mapping[str, str]) -> str:
    optional = " (optional)" if block.get("optional") else ""
    element = block["element"]
    lines = [f"{read_text(block['label'], names)}{optional}"]
    if element["type"] != "plain_text_input" or "placeholder" in element:
        lines.append(_element(element, names))
    lines.append(read_text(block.get("hint"), names))
    return "\n".join(line for line in lines if line)


def _image(block: Json, names: Mapping[str, str]) -> str:
    title = read_text(block.get("title"), names)
    return f"[picture: {title or block['alt_text']}]"


def _table(block: Json, names: Mapping[str, str]) -> str:
    return "\n".join(" | ".join(_rich(cell, names) for cell in row) for row in block["rows"])


def _rich(node: Json, names: Mapping[str, str]) -> str:
    kind = node.get("type")
    if kind == "user":
        return "@" + names.get(node["user_id"], node["user_id"])
    if kind == "broadcast":
        return f"@{node['range']}"
    if kind == "channel":
        return "#" + names.get(node["channel_id"], node["channel_id"])
    if kind == "emoji":
        return f":{node['name']}:"
    if "elements" in node:
        between = "\n" if kind in ("rich_text", "rich_text_list") else ""
        return between.join(_rich(child, names) for child in node["elements"])
    text: str = node.get("text") or node.get("url", "")
    return text


_READERS: dict[str, Callable[[Json, Mapping[str, str]], str]] = {
    "header": lambda block, names: read_text(block["text"], names),
    "section": _section,
    "context": _row,
    "actions": _row,
    "input": _input,
    "image": _image,
    "markdown": lambda block, _names: block["text"],
    "rich_text": _rich,
    "table": _table,
}
