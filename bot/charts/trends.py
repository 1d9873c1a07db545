"""How each part of the pulse has gone: a column for each measurement, none joined to the next.

A line between two of them would claim what small groups cannot carry. A filled column has a number, a hatched piece
says only between where and where it lies.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.charts.sheet import BODY, INK, INNER, LINE, MARGIN, SMALL, SOFT, TITLE, Sheet, width

HIGH: Final = 210
LEFT: Final = 190
"""Room for the words of the scale."""
GAP: Final = 20
HEAD: Final = 44
"""Room over the highest column for its number."""
WHOLE: Final = 100
ZONES: Final = {"few": (0, 33), "mixed": (33, 67), "most": (67, 100), "less": (0, 50), "more": (50, 100)}
THICK: Final = 92


def trend(data: Mapping[str, Any], words: Mapping[str, str]) -> bytes:
    """Draw it; raises ``ValueError`` or ``LookupError`` for data that are none."""
    sheet = Sheet()
    sheet.words(words["title"], size=TITLE, bold=True)
    sheet.words(words["foot"], ink=SOFT)
    followed = [each for each in data["parts"] if any(point is not None for point in each["points"])]
    for each in followed:
        sheet.down += GAP
        sheet.rule(sheet.down)
        sheet.down += GAP
        _part(sheet, each, data["days"], words)
    points = [point for each in followed for point in each["points"]]
    if any(point == "hidden" for point in points):
        sheet.words(words["hidden"], size=SMALL, ink=SOFT)
    if any(isinstance(point, str | list) and point != "hidden" for point in points):
        sheet.words(words["pieces"], size=SMALL, ink=SOFT)
    return sheet.png()


def _part(sheet: Sheet, part: Mapping[str, Any], days: Sequence[str], words: Mapping[str, str]) -> None:
    name, said = words[part["part"]], words[part["words"]] if "words" in part else ""
    beside = width(name, BODY, bold=True) + width(said, BODY) + 2 * GAP <= INNER
    if said and beside:
        sheet.line(said, MARGIN + INNER, sheet.down + BODY * 0.94, side="right")
    sheet.words(name, bold=True)
    if said and not beside:
        sheet.words(said)
    top = sheet.down + HEAD
    _scale(sheet, top, words)
    step = (INNER - LEFT) / max(len(days), 1)
    for at, point in enumerate(part["points"]):
        middle = MARGIN + LEFT + (at + 0.5) * step
        _point(sheet, point, middle, top, words)
        sheet.line(words[days[at]], middle, top + HIGH + SMALL * 1.15, size=SMALL, ink=SOFT, side="center")
    sheet.down = top + HIGH + SMALL * LINE + GAP


def _scale(sheet: Sheet, top: float, words: Mapping[str, str]) -> None:
    for share in (0, 0.5, 1):
        sheet.rule(
            top + HIGH * share,
            x=MARGIN + LEFT,
            wide=INNER - LEFT,
            dashed=share < 1,
            ink=INK if share == 1 else "#bfbfbf",
        )
    sheet.line(words["top"], MARGIN + LEFT - 16, top + SMALL * 0.4, size=SMALL - 4, ink=SOFT, side="right")
    sheet.line(words["bottom"], MARGIN + LEFT - 16, top + HIGH, size=SMALL - 4, ink=SOFT, side="right")


def _point(sheet: Sheet, point: Any, middle: float, top: float, words: Mapping[str, str]) -> None:  # noqa: ANN401
    match point:
        case None:
            return
        case "hidden":
            sheet.line("?", middle, top + HIGH - 16, ink=SOFT, side="center")
        case str():
            _piece(sheet, middle, top, *ZONES[point])
        case int():
            _column(sheet, middle, top, point)
            y = top + HIGH * (1 - point / WHOLE) - 10
            sheet.line(words[f"percent{point}"], middle, y, size=SMALL, bold=True, side="center")
        case [int(low), int(high)]:
            _column(sheet, middle, top, low)
            _piece(sheet, middle, top, low, high)
        case _:
            raise ValueError("no point")


def _column(sheet: Sheet, middle: float, top: float, percent: int) -> None:
    if not 0 <= percent <= WHOLE:
        raise ValueError("no share")
    high = HIGH * percent / WHOLE
    sheet.box(middle - THICK / 2, top + HIGH - high, THICK, high, "full")


def _piece(sheet: Sheet, middle: float, top: float, low: int, high: int) -> None:
    if not 0 <= low <= high <= WHOLE:
        raise ValueError("no share")
    sheet.box(
        middle - THICK / 2, top + HIGH * (1 - high / WHOLE), THICK, HIGH * (high - low) / WHOLE, "hatched"
    )
