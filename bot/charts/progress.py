"""What a forum did month by month: a row of columns for each kind, with its number over every column.

No axis and no grid: the numbers say it. A month with nothing has its zero, and no column.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.charts.sheet import INK, INNER, LINE, MARGIN, SMALL, SOFT, TITLE, Fill, Sheet

HIGH: Final = 230
GAP: Final = 28
HEAD: Final = 56
"""Room over the highest column for its number."""
THICK: Final = 104


def progress(data: Mapping[str, Any], words: Mapping[str, str]) -> bytes:
    """Draw it; raises ``ValueError`` or ``LookupError`` for data that are none."""
    sheet = Sheet()
    sheet.words(words["title"], size=TITLE, bold=True)
    for each in data["rows"]:
        sheet.down += GAP
        sheet.words(words[each["row"]], bold=True)
        _columns(sheet, each["numbers"], data["months"], words)
    if any(each["numbers"][-1] for each in data["rows"]):
        sheet.down += GAP
        sheet.words(words["foot"], size=SMALL, ink=SOFT)
    return sheet.png()


def _columns(sheet: Sheet, numbers: Sequence[int], months: Sequence[str], words: Mapping[str, str]) -> None:
    if any(number < 0 for number in numbers):
        raise ValueError("no number")
    top, most = sheet.down + HEAD, max([*numbers, 1])
    step = INNER / max(len(months), 1)
    for at, number in enumerate(numbers):
        middle, high = MARGIN + (at + 0.5) * step, HIGH * number / most
        foot = top + HIGH
        # The last month is not over: what it holds so far is hatched.
        fill: Fill = "hatched" if at == len(numbers) - 1 else "full"
        sheet.box(middle - THICK / 2, foot - high, THICK, high, fill)
        sheet.line(words[f"number{number}"], middle, foot - high - 12, bold=True, side="center")
        sheet.line(words[months[at]], middle, foot + SMALL * 1.15, size=SMALL, ink=SOFT, side="center")
    sheet.rule(top + HIGH, ink=INK)
    sheet.down = top + HIGH + SMALL * LINE
