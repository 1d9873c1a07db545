"""Texts and keyboards as the Bot API takes them, with every limit it enforces.

Limits count what is seen, in UTF-16 units, after the tags are taken away; button data count in bytes. What the server
finds by itself (commands, @names, addresses) is found here too, in people's texts as in the bot's.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.html_mode import HtmlReader, link, units
from bot.playground.telegram.values import Button, Entity, Keyboard

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
DATA_BYTES = 64
BUTTONS_PER_MESSAGE = 100
BUTTONS_PER_ROW = 8

_FOUND_BY_ITSELF = {
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)]"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d_]\w*"),
}
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
}
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it is seen, with its entities."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def html(self) -> str:
        return as_html(self.text, self.entities)


def formatted(source: str, parse_mode: str | None, given: Iterable[Any] = ()) -> Formatted:
    """Read a text in its parse mode. Only HTML is played here; the Markdown modes are refused."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        seen, entities = HtmlReader(source).read()
    else:
        seen, entities = source, tuple(_given(given))
    return with_found(_trimmed(Formatted(seen, entities)))


def with_found(text: Formatted) -> Formatted:
    """Add the entities that nobody marked but the server finds."""
    marked = list(text.entities)
    closed = [entity for entity in marked if entity.type in _OPAQUE]
    for kind, pattern in _FOUND_BY_ITSELF.items():
        for match in pattern.finditer(text.text):
            found = Entity(kind, units(text.text[: match.start()]), units(match[0]))
            if not any(found.offset < other.end and other.offset < found.end for other in closed):
                closed.append(found)
                marked.append(found)
    ordered = sorted(marked, key=lambda entity: (entity.offset, -entity.length))
    return Formatted(text.text, tuple(ordered[:ENTITY_LIMIT]))


def check_text(text: Formatted) -> Formatted:
    """Refuse an empty or too long text of a message."""
    if not text.text:
        raise bad_request("message text is empty")
    if units(text.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text


def check_caption(text: Formatted) -> Formatted:
    """Refuse a too long caption."""
    if units(text.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text


def inside(text: str, entity: Entity) -> str:
    """Give the part of a text that an entity marks."""
    return text.encode("utf-16-le")[entity.offset * 2 : entity.end * 2].decode("utf-16-le")


def naming(text: Formatted, who: Callable[[str], int | None], known: Callable[[int], bool]) -> Formatted:
    """Tell whom the @names mean, and drop mentions of people whom the server does not know."""
    entities = []
    for entity in text.entities:
        if entity.type == "mention":
            entities.append(replace(entity, user=who(inside(text.text, entity)[1:])))
        elif entity.type != "text_mention" or (entity.user is not None and known(entity.user)):
            entities.append(entity)
    return Formatted(text.text, tuple(entities))


def as_html(text: str, entities: Iterable[Entity]) -> str:
    """Write a text for a browser: everything escaped, entities as Telegram's own tags."""
    raw = text.encode("utf-16-le")
    shown = [entity for entity in entities if _opening(entity, text)]
    cuts = sorted({0, len(raw) // 2, *(e.offset for e in shown), *(e.end for e in shown)})
    written: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        written += [_closing(e) for e in reversed(shown) if e.end == start]
        written += [_opening(e, text) for e in shown if e.offset == start and e.length]
        written.append(html.escape(raw[start * 2 : end * 2].decode("utf-16-le"), quote=False))
    return "".join(written)


def _opening(entity: Entity, text: str) -> str:
    if entity.type == "text_mention":
        return f'<a href="tg://user?id={entity.user}">'
    if entity.type in {"text_link", "url"}:
        return f'<a href="{html.escape(entity.url or inside(text, entity))}">'
    return f"<{_TAGS[entity.type]}>" if entity.type in _TAGS else ""


def _closing(entity: Entity) -> str:
    return f"</{_TAGS.get(entity.type, 'a')}>"


def _trimmed(text: Formatted) -> Formatted:
    kept = text.text.strip()
    cut = units(text.text[: len(text.text) - len(text.text.lstrip())])
    limit = units(kept)
    entities = []
    for entity in text.entities:
        start, end = max(entity.offset - cut, 0), min(entity.end - cut, limit)
        if end > start:
            entities.append(replace(entity, offset=start, length=end - start))
    return Formatted(kept, tuple(entities))


def _given(raw: Iterable[Any]) -> Iterable[Entity]:
    for item in raw:
        kind, offset, length = str(item["type"]), int(item["offset"]), int(item["length"])
        if kind == "text_mention":
            yield Entity(kind, offset, length, user=int(item["user"]["id"]))
        elif kind == "text_link":
            found = link(str(item["url"]), offset, length)
            if found is None:
                raise bad_request(f"entity URL '{item['url']}' is invalid: Wrong HTTP URL")
            yield found
        else:
            yield Entity(kind, offset, length, language=item.get("language"))


def keyboard(markup: object) -> Keyboard:
    """Read an inline keyboard, or refuse it as the server does."""
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard", []), list):
        raise bad_request("object expected as reply markup")
    rows = tuple(tuple(_button(raw) for raw in row) for row in markup.get("inline_keyboard", []))
    count = sum(len(row) for row in rows)
    if count > BUTTONS_PER_MESSAGE or any(len(row) > BUTTONS_PER_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return tuple(row for row in rows if row)


def _button(raw: object) -> Button:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    label, data, url = raw["text"].strip(), raw.get("callback_data"), raw.get("url")
    if not label:
        raise bad_request("inline keyboard button text is empty")
    if url:
        return Button(label, url=_address(url))
    if not data:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(data.encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, callback_data=data)


def _address(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme != "tg" and "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
