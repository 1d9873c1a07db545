"""How one round of the pulse went: a bar for each question, or its place on a scale of words.

A bar is filled from the left with those who agree and hatched from the right with those who do not; grey is what is
told only as "at least" or "at most". With fewer than twelve answers no number is ever drawn, whatever the data say.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from bot.charts.sheet import BODY, INNER, LINE, MARGIN, PAPER, SMALL, SOFT, TITLE, Fill, Sheet, width, wrapped

COUNTABLE: Final = 12
"""Fewer answers than this are never shown as numbers."""
STEPS: Final = {"band": ("few", "mixed", "most"), "half": ("less", "more")}
BAR: Final = 76
GAP: Final = 20
BETWEEN: Final = 44
SWATCH: Final = 40


def result(data: Mapping[str, Any], words: Mapping[str, str]) -> bytes:
    """Draw it; raises ``ValueError`` or ``LookupError`` for data that are none."""
    sheet = Sheet()
    sheet.words(words["title"], size=TITLE, bold=True)
    sheet.words(words["foot"], ink=SOFT)
    for each in data["questions"]:
        sheet.down += GAP
        sheet.rule(sheet.down)
        sheet.down += GAP
        sheet.words(words[each["label"]])
        sheet.down += GAP
        match each["kind"]:
            case "counted":
                _bar(sheet, each, words)
            case "band" | "half" as kind:
                _scale(sheet, STEPS[kind], each["place"], words)
            case "hidden":
                _nothing(sheet, words["hidden"])
            case _:
                raise ValueError("no such kind")
    return sheet.png()


def _bar(sheet: Sheet, row: Mapping[str, Any], words: Mapping[str, str]) -> None:
    answers, agree, disagree = int(row["answers"]), _range(row["agree"]), _range(row["disagree"])
    if answers < COUNTABLE or agree[1] > answers or disagree[1] > answers:
        raise ValueError("not to be shown as numbers")
    one = INNER / answers
    for start, end, fill in _stretches(answers, agree, disagree):
        sheet.box(MARGIN + start * one, sheet.down, (end - start) * one, BAR, fill)
    sheet.down += BAR + GAP
    said = [words[each] for each in row["words"]]
    fills: tuple[Fill, Fill] = ("full" if _sure(agree) else "pale", "hatched" if _sure(disagree) else "pale")
    _legend(sheet, said, fills)


def _range(raw: Any) -> tuple[int, int]:  # noqa: ANN401 - out of JSON
    low, high = raw
    if not 0 <= low <= high:
        raise ValueError("no range")
    return int(low), int(high)


def _stretches(
    answers: int, agree: tuple[int, int], disagree: tuple[int, int]
) -> list[tuple[int, int, Fill]]:
    """The bar from left to right, in pieces of one filling."""
    cuts = sorted({0, agree[0], agree[1], answers - disagree[1], answers - disagree[0], answers})
    found: list[tuple[int, int, Fill]] = []
    for start, end in pairwise(cuts):
        fill: Fill = "empty"
        if end <= agree[0]:
            fill = "full"
        elif start >= answers - disagree[0]:
            fill = "hatched"
        elif end <= agree[1] or start >= answers - disagree[1]:
            fill = "pale"
        if found and found[-1][2] == fill:
            found[-1] = (found[-1][0], end, fill)
        else:
            found.append((start, end, fill))
    return found


def _sure(told: tuple[int, int]) -> bool:
    """Whether some of the bar is theirs for certain; of "at most two" none is."""
    return told[0] > 0 or told[1] == 0


def _legend(sheet: Sheet, said: list[str], fills: tuple[Fill, Fill]) -> None:
    """Both on one line if they fit, each with its filling."""
    agreeing, disagreeing = said
    room = SWATCH + GAP
    one, two = room + width(agreeing, BODY, bold=True), room + width(disagreeing, BODY)
    _named(sheet, agreeing, fills[0], MARGIN, bold=True)
    if one + two + BETWEEN > INNER:
        sheet.down += BODY * LINE
        _named(sheet, disagreeing, fills[1], MARGIN)
    else:
        _named(sheet, disagreeing, fills[1], MARGIN + INNER - two)
    sheet.down += BODY * LINE


def _named(sheet: Sheet, said: str, fill: Fill, x: float, *, bold: bool = False) -> None:
    sheet.box(x, sheet.down + 4, SWATCH, SWATCH, fill)
    sheet.line(said, x + SWATCH + GAP, sheet.down + BODY * 0.86, bold=bold)


def _scale(sheet: Sheet, steps: tuple[str, ...], place: str, words: Mapping[str, str]) -> None:
    if place not in steps:
        raise ValueError("no place on the scale")
    wide = (INNER - GAP * (len(steps) - 1)) / len(steps)
    lines = {each: wrapped(words[each], wide - 40, SMALL, bold=each == place) for each in steps}
    high = max(map(len, lines.values())) * SMALL * LINE + 44
    for number, each in enumerate(steps):
        x, here = MARGIN + number * (wide + GAP), each == place
        sheet.card(
            x, sheet.down, wide, high, "full" if here else "empty", edge="#1a1a1a" if here else "#8c8c8c"
        )
        top = sheet.down + (high - len(lines[each]) * SMALL * LINE) / 2
        for at, line in enumerate(lines[each]):
            y = top + at * SMALL * LINE + SMALL
            sheet.line(
                line, x + wide / 2, y, size=SMALL, bold=here, ink=PAPER if here else SOFT, side="center"
            )
    sheet.down += high


def _nothing(sheet: Sheet, why: str) -> None:
    sheet.words(why, size=SMALL, ink=SOFT)
