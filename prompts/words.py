"""Words that people type as commands: folded alike however they are written, and what they may have meant."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 40
"""A longer word is not a mistyped command."""


def command_of(said: str) -> tuple[str, str]:
    """The first word, without the slash before or the stop that people put after it, and everything behind it."""
    first, rest = (*said.split(None, 1), "", "")[:2]
    return first.lstrip("/").rstrip(":,.!?"), rest.strip()


@lru_cache(10_000)
def fold(word: str) -> str:
    """A word as it is compared: one Unicode form, lower case, ``_`` for spaces and hyphens."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", word).casefold().strip())


def ascii_fold(word: str) -> str:
    """The same with a-z, 0-9 and ``_`` alone, as Telegram's commands are written: "Åtgärd" is ``atgard``."""
    bare = unicodedata.normalize("NFKD", fold(word))
    return re.sub(r"[^a-z0-9_]", "", bare).strip("_")


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """At most three candidates that the word may have been meant as, the likeliest first."""
    said = ascii_fold(word)
    if not said or len(said) > LONGEST:
        return []
    by_fold = {ascii_fold(each): each for each in candidates}
    begun = sorted((each for each in by_fold if len(said) > 1 and each.startswith(said)), key=len)
    alike = difflib.get_close_matches(said, by_fold, n=3, cutoff=0.6)
    return [by_fold[each] for each in dict.fromkeys([*begun, *alike])][:3]
