"""A month's wins as a list that one would hang on a wall: a filled mark, what went well, and who had a part in it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.charts.sheet import BODY, INNER, LINE, MARGIN, SMALL, SOFT, TITLE, Sheet

MOST: Final = 12
MARK: Final = 34
INDENT: Final = 70
GAP: Final = 24


def wins(data: Mapping[str, Any], words: Mapping[str, str]) -> bytes:
    """Draw it; raises ``ValueError`` or ``LookupError`` for data that are none."""
    rows = data["wins"]
    if not 0 < len(rows) <= MOST:
        raise ValueError("not so many")
    sheet = Sheet()
    sheet.words(words["title"], size=TITLE, bold=True)
    for each in rows:
        sheet.down += GAP
        sheet.rule(sheet.down)
        sheet.down += GAP
        sheet.card(MARGIN, sheet.down + (BODY * LINE - MARK) / 2 - 4, MARK, MARK, "full")
        sheet.words(words[each["what"]], x=MARGIN + INDENT, wide=INNER - INDENT)
        if "who" in each:
            sheet.words(words[each["who"]], x=MARGIN + INDENT, wide=INNER - INDENT, size=SMALL, ink=SOFT)
    if "foot" in words:
        sheet.down += GAP
        sheet.words(words["foot"], size=SMALL, ink=SOFT)
    return sheet.png()
