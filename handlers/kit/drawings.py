"""The pictures that a card may carry: how a pulse went, how it has gone over time, what was done month by month.

A picture gets what may be shown and nothing else; ``bot/charts`` draws it. Its words are texts like all others, so it
is in the language of the chat where it hangs. Where the answers are too few for numbers it shows a place on a scale
of words.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

from handlers.kit.ui import Picture, Text, text
from storage.values import dataclass

Range: TypeAlias = tuple[int, int]
"""From and to, both counted in; the same number twice is an exact one."""
Place: TypeAlias = Literal["few", "mixed", "most"]
Half: TypeAlias = Literal["less", "more"]
Point: TypeAlias = int | Range | Place | Half | Literal["hidden"] | None
LATEST = 6
"""So many measurements fit beside each other on a phone: the latest."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A question with numbers: of ``answers`` so many agree and so many do not."""

    question: Text
    answers: int
    agree: Range
    disagree: Range


@dataclass(frozen=True, slots=True)
class Placed:
    """A question of which only the place on a scale is shown: of three steps, or of two (``less``, ``more``)."""

    question: Text
    place: Place | Half


@dataclass(frozen=True, slots=True)
class Untold:
    """A question of which nothing can be shown."""

    question: Text


Asked: TypeAlias = Numbers | Placed | Untold


@dataclass(frozen=True, slots=True)
class Part:
    """What is followed over time.

    ``points`` has one for each day: percent who agree (a number or a range), a place on the scale, ``hidden`` where
    the answers were too few, or nothing where it was not asked about. ``words`` is what may be said of the trend.
    """

    name: Text
    points: tuple[Point, ...]
    words: Text | None = None


def result_picture(title: Text, asked: Sequence[Asked], *, answered: int, invited: int, alt: Text) -> Picture:
    """How one round went, question by question."""
    labels = {
        "title": title,
        "foot": text("picture-answered", answered=answered, invited=invited),
        **{name: text(key) for name, key in _STEPS.items()},
        "hidden": text("picture-hidden"),
    }
    rows = [_row(number, each, labels) for number, each in enumerate(asked)]
    return Picture("pulse-result", _written({"questions": rows}), alt, labels)


def trend_picture(title: Text, days: Sequence[date], parts: Sequence[Part], *, alt: Text) -> Picture:
    """How each part has gone, the latest measurements; raises ``ValueError`` when points and days do not match."""
    if any(len(each.points) != len(days) for each in parts):
        raise ValueError("every day has its point")
    latest = days[-LATEST:]
    labels = {
        "title": title,
        "foot": text("picture-share"),
        "top": text("picture-scale-all"),
        "bottom": text("picture-scale-none"),
        "pieces": text("picture-note-pieces"),
        "hidden": text("picture-note-hidden"),
        **{f"day{at}": text("picture-day", day=day.day, month=day.month) for at, day in enumerate(latest)},
    }
    rows = [_followed(number, each, labels) for number, each in enumerate(parts)]
    return Picture(
        "pulse-trend",
        _written({"days": [f"day{at}" for at in range(len(latest))], "parts": rows}),
        alt,
        labels,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was of something in each month."""

    name: Text
    numbers: tuple[int, ...]


def progress_picture(title: Text, months: Sequence[date], rows: Sequence[Counts], *, alt: Text) -> Picture:
    """What was done month by month; raises ``ValueError`` when months and numbers do not match."""
    if any(len(each.numbers) != len(months) for each in rows):
        raise ValueError("every month has its number")
    labels = {
        "title": title,
        "foot": text("picture-month-goes-on"),
        **{f"month{at}": text("picture-month", month=each.month) for at, each in enumerate(months)},
        **{f"row{at}": each.name for at, each in enumerate(rows)},
        **{f"number{each}": text("picture-number", n=each) for row in rows for each in row.numbers},
    }
    drawn = [{"row": f"row{at}", "numbers": each.numbers} for at, each in enumerate(rows)]
    data = {"months": [f"month{at}" for at in range(len(months))], "rows": drawn}
    return Picture("progress", _written(data), alt, labels)


_STEPS: Mapping[str, str] = {
    "few": "picture-few",
    "mixed": "picture-mixed",
    "most": "picture-most",
    "less": "picture-half-less",
    "more": "picture-half-more",
}


def _row(number: int, asked: Asked, labels: dict[str, Text]) -> dict[str, object]:
    label = f"question{number}"
    labels[label] = asked.question
    match asked:
        case Numbers():
            labels[f"agree{number}"] = _agreeing(asked)
            labels[f"disagree{number}"] = _disagreeing(asked)
            return {
                "label": label,
                "kind": "counted",
                "answers": asked.answers,
                "agree": asked.agree,
                "disagree": asked.disagree,
                "words": [f"agree{number}", f"disagree{number}"],
            }
        case Placed(place="less" | "more"):
            return {"label": label, "kind": "half", "place": asked.place}
        case Placed():
            return {"label": label, "kind": "band", "place": asked.place}
        case Untold():
            return {"label": label, "kind": "hidden"}


def _agreeing(asked: Numbers) -> Text:
    low, high = asked.agree
    if low == high:
        return text("picture-agree", n=low, answers=asked.answers)
    if high == asked.answers:
        return text("picture-agree-least", n=low, answers=asked.answers)
    return text("picture-agree-most", n=high, answers=asked.answers)


def _disagreeing(asked: Numbers) -> Text:
    low, high = asked.disagree
    if low == high:
        return text("picture-disagree", n=low)
    return (
        text("picture-disagree-least", n=low)
        if high == asked.answers
        else text("picture-disagree-most", n=high)
    )


def _followed(number: int, part: Part, labels: dict[str, Text]) -> dict[str, object]:
    labels[f"part{number}"] = part.name
    points = part.points[-LATEST:]
    row: dict[str, object] = {"part": f"part{number}", "points": points}
    if part.words:
        labels[f"words{number}"] = part.words
        row["words"] = f"words{number}"
    for each in points:
        if isinstance(each, int):
            labels[f"percent{each}"] = text("picture-percent", n=each)
    return row


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
