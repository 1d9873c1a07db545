"""The words of a message as Telegram's HTML: everything escaped, people mentioned on purpose only, never too long.

A message is measured and shortened here while it still is plain pieces, so that no tag and no sign of several parts
is ever cut in two. Lengths are UTF-16 units after the tags are taken away, as Telegram counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import regex

from bot.speech import Sentence
from handlers.kit.ui import Mention

TEXT_UNITS = 4096
"""https://core.telegram.org/bots/api#sendmessage"""
SHORT = 200
"""Pieces up to this length are never shortened: names, dates, labels."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


@dataclass(frozen=True, slots=True)
class Span:
    """Words between two tags, or between none."""

    text: str
    before: str = ""
    after: str = ""

    @property
    def html(self) -> str:
        return f"{self.before}{self.text.translate(_ESCAPES)}{self.after}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. ``wide`` keeps an empty line between it and its neighbours, ``apart`` one before it alone."""

    spans: tuple[Span, ...]
    before: str = ""
    after: str = ""
    wide: bool = False
    apart: bool = False

    @property
    def html(self) -> str:
        return f"{self.before}{''.join(each.html for each in self.spans)}{self.after}"

    @property
    def plain(self) -> str:
        return "".join(each.text for each in self.spans)


def units(text: str) -> int:
    """A length as Telegram counts it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """The beginning of a text in at most so many units, ending in "…", never inside what is read as one sign."""
    if units(text) <= most:
        return text
    signs = regex.findall(r"\X", text[: most + 1])
    reached = accumulate(map(units, signs))
    return "".join(sign for sign, end in zip(signs, reached, strict=True) if end < most).rstrip() + "…"


def spans(sentence: Sentence, mentions: Mapping[int, str], bot: str) -> Iterator[Span]:
    """The pieces of a sentence, with an active mention of everybody who is in ``mentions``."""
    for part in sentence.parts:
        if not isinstance(part, Mention):
            yield Span(_unnamed(part, bot))
            continue
        user = mentions.get(part.person, "")
        if user.isascii() and user.isdigit():
            yield Span(part.name, f'<a href="tg://user?id={user}">', "</a>")
        else:
            yield Span(_unnamed(part.name, bot))


def _unnamed(words: str, bot: str) -> str:
    """The words with every @name but our own made inactive: the server would ring a phone for it.

    An invisible word joiner after the @ is enough (the pattern of a mention allows only letters, digits and _).
    """
    return re.sub(rf"(?<!\w)@(?!{re.escape(bot)}\b)(?=\w)", "@\u2060", words, flags=re.IGNORECASE)


def in_html(blocks: Sequence[Block]) -> str:
    """The whole message."""
    return "".join(_joined(blocks, lambda block: block.html))


def fit(blocks: Sequence[Block], note: Block, most: int = TEXT_UNITS) -> list[Block]:
    """The blocks in at most ``most`` units. If something had to go, ``note`` says so on the last line.

    The longest words are shortened first, so that dates and names around them stay; when all is short and still too
    much, blocks go from the end.
    """
    kept = list(blocks)
    if length_of(kept) <= most:
        return kept
    while kept and (excess := length_of([*kept, note]) - most) > 0:
        place, length = _longest(kept)
        if length <= SHORT:
            kept.pop()
            continue
        at, index = place
        parts = list(kept[at].spans)
        parts[index] = replace(
            parts[index], text=shorten(parts[index].text, max(length - excess, length // 2))
        )
        kept[at] = replace(kept[at], spans=tuple(parts))
    return [*kept, note]


def _longest(blocks: Sequence[Block]) -> tuple[tuple[int, int], int]:
    lengths = {
        (at, index): units(span.text)
        for at, block in enumerate(blocks)
        for index, span in enumerate(block.spans)
        if not span.before.startswith("<a")
    }
    place = max(lengths, key=lambda each: lengths[each], default=(0, 0))
    return place, lengths.get(place, 0)


def length_of(blocks: Sequence[Block]) -> int:
    """How many units the message has."""
    return sum(map(units, _joined(blocks, lambda block: block.plain)))


def _joined(blocks: Sequence[Block], shown: Callable[[Block], str]) -> Iterable[str]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield "\n\n" if before.wide or block.wide or block.apart else "\n"
        yield shown(block)
        before = block
