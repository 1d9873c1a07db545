"""From texts with variables to what a person reads: one sentence in one language, people still in it as people.

``Speech.say`` puts days, moments, lists and people into a text; the platforms' renderers turn the people into active
mentions. ``clean`` is for the other direction: adapters call it on everything that people write.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import regex
from babel.dates import format_date
from babel.lists import format_list

from handlers.kit.ui import Instant, Items, Mention, Text, Value
from prompts.texts import LOCALES, Catalog

_TIMES: Final = {"sv": "kl. {0:%H.%M}", "en": "{0:%H:%M}"}
_BETWEEN: Final = {"sv": " ", "en": ", "}
_OPEN, _CLOSE = "\ue000", "\ue001"
"""A mention is ``_OPEN n _CLOSE`` while the sentence is put together; the two signs after them are the catalogue's."""
_MENTION: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_OVERRIDES: Final = "\u202a-\u202e\u2066-\u2069"
_NEVER_SHOWN: Final = re.compile(f"[\x00\ud800-\udfff\ue000-\ue003\u200e\u200f\u061c{_OVERRIDES}]")
_NEVER_TAKEN: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\ue003{_OVERRIDES}]")
_FLOOD: Final = regex.compile(r"(\p{M}{30})\p{M}+")
"""More marks on one letter than any script has (UAX 15, stream-safe text): thousands would take seconds to sort."""
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE, _POP = "\u2068", "\u2069"
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category, but nothing to see."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text ready to be drawn: plain pieces and people."""

    parts: tuple[str | Mention, ...]

    @property
    def plain(self) -> str:
        """The sentence with people by their names."""
        return "".join(each if isinstance(each, str) else each.name for each in self.parts)


class Speech:
    """Says texts in a language."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._fixed: dict[tuple[str, str], Sentence] = {}

    def say(self, text: Text, language: str, *, zone: str = "Europe/Stockholm") -> Sentence:
        """The text as a sentence. ``zone`` is for moments that name no zone of their own.

        Raises ``prompts.texts.TextError`` when there is no such text or a variable has no value.
        """
        if text.vars:
            saying = _Saying(self.catalog, language, zone, [])
            return saying.sentence(text)
        fixed = self._fixed.get((text.key, language))
        if fixed is None:
            fixed = Sentence((self.catalog.say(text.key, language, {}),))
            self._fixed[text.key, language] = fixed
        return fixed


@dataclass(frozen=True, slots=True)
class _Saying:
    """One sentence while it is put together, and the people met so far."""

    catalog: Catalog
    language: str
    zone: str
    people: list[Mention]

    def sentence(self, text: Text) -> Sentence:
        said = self.text(text)
        if not self.people:
            return Sentence((said,))
        pieces = _MENTION.split(said)  # every second piece is the number of a person
        parts = (self.people[int(each)] if index % 2 else each for index, each in enumerate(pieces))
        return Sentence(tuple(each for each in parts if each))

    def text(self, text: Text) -> str:
        values = {
            name: each if isinstance(each, int) else self.words(each) for name, each in text.vars.items()
        }
        return self.catalog.say(text.key, self.language, values)

    def words(self, value: Value) -> str:
        match value:
            case str():
                return _shown(value)
            case int():
                return self.catalog.number(value, self.language)
            case Text():
                return self.text(value)
            case Mention():
                self.people.append(Mention(value.person, _shown(value.name)))
                return f"{_OPEN}{len(self.people) - 1}{_CLOSE}"
            case Instant():
                return _moment(value.at, value.zone or self.zone, self.language)
            case Items():
                said = [self.words(each) for each in value.values]
                return format_list(said, locale=LOCALES[self.language]) if said else ""
            case _:
                return _day(value, self.language)


@lru_cache(maxsize=1024)
def _day(day: date, language: str) -> str:
    return format_date(day, "EEE d MMMM y", locale=LOCALES[language])


def _moment(at: datetime, zone: str, language: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{_day(local.date(), language)}{_BETWEEN[language]}{_TIMES[language].format(local)}"


def _shown(words: str) -> str:
    """Somebody's words so that they disturb nothing around them: no hidden signs, right-to-left script kept apart."""
    if _NEVER_SHOWN.search(words):
        words = _NEVER_SHOWN.sub("", words)
    return f"{_ISOLATE}{words}{_POP}" if _RIGHT_TO_LEFT.search(words) else words


def clean(text: str, longest: int | None = None) -> str:
    """What somebody wrote, fit to be kept: NFC, without control signs, broken halves of characters and blank edges.

    Line breaks and tabs stay. A text with nothing visible in it is "". With ``longest`` it is cut to so many
    characters, never inside what a reader takes for one sign (an emoji of several parts, a letter with accents).
    """
    kept = _NEVER_TAKEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not kept.isascii():
        kept = _FLOOD.sub(_enough, unicodedata.normalize("NFC", _FLOOD.sub(_enough, kept)))
    kept = kept.strip()
    if longest is not None and len(kept) > longest:
        kept = _cut(kept, longest).rstrip()
    return visible(kept)


def visible(text: str) -> str:
    """The text, or "" when there is nothing to see in it."""
    return text if any(map(_is_visible, text)) else ""


def _enough(flood: "regex.Match[str]") -> str:
    return str(flood[1])


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZ" and sign not in _BLANK


def _cut(text: str, longest: int) -> str:
    """At most so many characters, up to the end of a sign: looked for from the last plain letter on."""
    start = next((each for each in range(longest - 1, 0, -1) if " " <= text[each] <= "~"), 0)
    ends = (start + sign.end() for sign in regex.finditer(r"\X", text[start : longest + 1]))
    return text[: max((each for each in ends if each <= longest), default=start) or longest]
