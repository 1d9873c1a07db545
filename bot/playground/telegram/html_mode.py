"""The `parse_mode=HTML` of the Bot API: a fixed set of tags, and one bad character spoils the whole message.

Follows the real parser (tdlib's `parse_html`) with its wordings; offsets in errors are bytes, offsets of entities are
UTF-16 units. A link to `tg://user?id=…` is a mention of that person, any other address that is no web address is
dropped while its text stays.
"""

import re
from dataclasses import dataclass

from bot.playground.telegram.errors import ApiError, bad_request
from bot.playground.telegram.values import Entity

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_USER_LINK = re.compile(r"tg://user\?id=(\d{1,15})")
_WEB_LINK = re.compile(r"(?:https?|tg|ton)://[^\s/?#]+\S*", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    at: int


def units(text: str) -> int:
    """Count a text's length as Telegram does: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


class HtmlReader:
    """Reads one text; `read` gives what is seen and the entities in it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._i = 0
        self._seen: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        while self._i < len(self._source):
            if self._here() == "<":
                self._tag()
            else:
                self._show(self._character())
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._seen), tuple(sorted(self._entities, key=lambda e: (e.offset, -e.length)))

    def _here(self) -> str:
        return self._source[self._i] if self._i < len(self._source) else ""

    def _show(self, text: str) -> None:
        self._seen.append(text)
        self._length += units(text)

    def _character(self) -> str:
        reference = _REFERENCE.match(self._source, self._i) if self._here() == "&" else None
        if reference is None:
            self._i += 1
            return self._source[self._i - 1]
        self._i = reference.end()
        hexadecimal, decimal, name = reference.groups()
        return _NAMED[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))

    def _tag(self) -> None:
        begin = self._i
        self._i += 1
        if self._here() == "/":
            self._i += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        name = self._until(r"[\s>]").lower()
        if not self._here():
            raise self._at("Unclosed start tag", begin)
        if name not in _TYPES:
            raise self._at(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while self._skip_spaces() not in {">", ""}:
            argument = self._attribute(name, begin) or argument
        if not self._here():
            raise self._at("Unclosed start tag", begin)
        if name == "span" and argument != "tg-spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', begin)
        self._i += 1
        self._open.append(_Open(name, argument, self._length))

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._until(r"[\s=>]").lower()
        if not name:
            raise self._at(f'Empty attribute name in the tag "{tag}"', begin)
        if self._skip_spaces() != "=":
            return ""
        self._i += 1
        value = self._value(tag, begin)
        wanted = {"a": "href", "span": "class", "code": "class", "tg-emoji": "emoji-id"}.get(tag)
        return value if name == wanted else ""

    def _value(self, tag: str, begin: int) -> str:
        quote = self._skip_spaces()
        if quote not in {'"', "'"} or not quote:
            return self._until(r"[\s>]")
        self._i += 1
        parts = []
        while self._here() not in {quote, ""}:
            parts.append(self._character())
        if not self._here():
            raise self._at(f'Unclosed start tag "{tag}"', begin)
        self._i += 1
        return "".join(parts)

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise self._at("Unexpected end tag", begin)
        name = self._until(r"[\s>]").lower()
        if self._skip_spaces() != ">":
            raise self._at("Unclosed end tag", begin)
        self._i += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            self._open.append(opened)
            wrong = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _unparsable(f"Unmatched end tag at byte offset {self._byte(begin)}, {wrong}")
        entity = self._entity(opened)
        if entity is not None:
            self._entities.append(entity)

    def _entity(self, opened: _Open) -> Entity | None:
        length = self._length - opened.at
        if length == 0:
            return None
        if opened.tag == "a":
            inside = "".join(self._seen).encode("utf-16-le")[opened.at * 2 :].decode("utf-16-le")
            return link(opened.argument or inside, opened.at, length)
        language = opened.argument.removeprefix("language-") if opened.tag == "code" else ""
        last = self._entities[-1] if self._entities else None
        if (
            opened.tag == "pre"
            and last
            and (last.type, last.offset, last.length) == ("code", opened.at, length)
        ):
            # A block of code that holds nothing but code is one thing, with the language of the inner tag.
            language = self._entities.pop().language or ""
        return Entity(_TYPES[opened.tag], opened.at, length, language=language or None)

    def _until(self, stop: str) -> str:
        found = re.compile(stop).search(self._source, self._i)
        end = found.start() if found else len(self._source)
        passed = self._source[self._i : end]
        self._i = end
        return passed

    def _skip_spaces(self) -> str:
        while self._here().isspace():
            self._i += 1
        return self._here()

    def _byte(self, index: int) -> int:
        return len(self._source[:index].encode())

    def _at(self, trouble: str, begin: int) -> ApiError:
        return _unparsable(f"{trouble} at byte offset {self._byte(begin)}")


def link(address: str, offset: int, length: int) -> Entity | None:
    """Turn a link into a mention, a link or, for an address that is none, into nothing."""
    if user := _USER_LINK.fullmatch(address):
        return Entity("text_mention", offset, length, user=int(user[1]))
    if _WEB_LINK.fullmatch(address):
        return Entity("text_link", offset, length, url=address)
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", address):
        return Entity("text_link", offset, length, url=f"http://{address}/")
    return None


def _unparsable(trouble: str) -> ApiError:
    return bad_request(f"can't parse entities: {trouble}")
