"""``readability``: how heavy every Swedish text of two sentences or more is to read, as LIX.

LIX is words per sentence and the share of words longer than six letters in percent, added (Björnsson 1968): below 30 is
very easy, 40 is a newspaper, above 50 is officialese. A text stands as it is shown, with a short word for each variable.
By hand: ``python -m bench.readability`` lists the heaviest.
"""

import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fluent.syntax import FluentParser, ast

from bench.rows import Row

MEDIAN: Final = 35.0
MOST: Final = 45.0
LONG: Final = 6
"""Letters; a word with more is a long one."""
SENTENCES: Final = 2
SHOWN: Final = 20
_TEXTS: Final = Path(__file__).parents[1] / "prompts" / "sv"
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
_END: Final = re.compile(r"[.?!](?=\s|$)")
_FILLED: Final = "ordet"
"""What stands in for a variable."""


def texts() -> Iterator[tuple[str, str]]:
    """Every Swedish text with its id: each variant of one that has several."""
    for path in sorted(_TEXTS.glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text()).body:
            if isinstance(entry, ast.Message) and entry.value and not entry.id.name.startswith("word-"):
                yield from ((entry.id.name, words) for words in _variants(entry.value))


def _variants(pattern: ast.Pattern) -> Iterator[str]:
    choices = [each for each in pattern.elements if _select(each)]
    count = max((len(select.variants) for each in choices if (select := _select(each))), default=1)
    for place in range(count):
        yield "".join(_said(each, place) for each in pattern.elements)


def _select(element: object) -> "ast.SelectExpression | None":
    found = element.expression if isinstance(element, ast.Placeable) else None
    return found if isinstance(found, ast.SelectExpression) else None


def _said(element: object, place: int) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    select = _select(element)
    if select is None:
        return _FILLED
    chosen = select.variants[min(place, len(select.variants) - 1)].value
    return "".join(_said(each, place) for each in chosen.elements)


def lix(words: str) -> float | None:
    """The LIX of a text; ``None`` for one with fewer than two sentences."""
    sentences = len(_END.findall(words.strip()))
    found = _WORD.findall(words)
    if sentences < SENTENCES or not found:
        return None
    return len(found) / sentences + 100 * sum(len(each) > LONG for each in found) / len(found)


def weighed() -> list[tuple[float, str]]:
    """The LIX of every text that has one, the heaviest first."""
    found = [(value, name) for name, words in texts() if (value := lix(words)) is not None]
    return sorted(found, reverse=True)


def measure() -> Iterator[Row]:
    """The median and the heaviest."""
    found = weighed()
    middle, (heaviest, name) = statistics.median(each for each, _ in found), found[0]
    note = f"{len(found)} Swedish texts of two sentences or more"
    yield Row("readability", "median", round(middle, 1), "LIX", f"<= {MEDIAN:g}", note, middle <= MEDIAN)
    yield Row(
        "readability", "the heaviest", round(heaviest, 1), "LIX", f"<= {MOST:g}", name, heaviest <= MOST
    )


if __name__ == "__main__":
    for each, name in weighed()[:SHOWN]:
        print(f"{each:5.1f} {name}")
