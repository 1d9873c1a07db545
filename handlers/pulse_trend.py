"""When the rounds of a pulse may be compared, pure: changes, and words for a trend.

Small groups change by chance alone, so most differences mean nothing and are not spoken of. Only the same question
in the same wording is compared, only what everybody saw, and only rounds in which at least half of those invited
took part. Words for a trend need four measurements that all move the same way.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, sqrt
from typing import Final, Literal, TypeAlias

from handlers.pulse_rules import Band, Counted, Hidden, Shown
from prompts.questions import PARTS, Part
from storage.values import dataclass

MEASUREMENTS: Final = 4
"""So many measurements of one question carry words for a trend."""
LOW_ROUNDS: Final = 3
"""After so many rounds in a row that fewer than half answered, fewer rounds are better."""
_LIMITS: Final = ((15, 5), (20, 6), (30, 7), (40, 8))
"""Up to so many answers, so many people must have moved. Between two sizes of the table the larger number holds:
if nothing has changed, at most one time in ten looks like a change."""

Change: TypeAlias = Literal["up", "down", "same", "unclear"]
Trend: TypeAlias = Literal["up", "down", "level", "soon"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one round showed of one question ("D3.1"), and how many of those invited took part in the round."""

    key: str
    shown: Shown
    answered: int
    invited: int

    @property
    def covered(self) -> bool:
        """Whether at least half of those invited took part."""
        return self.answered * 2 >= self.invited > 0


def change_limit(answers: int) -> int:
    """How many people of so many must have moved before it is called a change; of more than 40, by the same measure."""
    for size, limit in _LIMITS:
        if answers <= size:
            return limit
    return ceil(1.645 * sqrt(answers / 2) + 0.5)  # 90 of 100 differences of two equal rounds are smaller


def comparison(before: Measurement, now: Measurement) -> Change | None:
    """How a question moved between two rounds; ``None`` when they may not be compared, and nothing is to be said.

    Numbers are compared with numbers: "up" and "down" only if that is certain whatever "at most" and "at least" stand
    for, "same" if it certainly is less than a change, else "unclear". Bands change by chance nearly every other time:
    from few to most or back is a change, all else is unclear. Five to seven answers are never compared.
    """
    if before.key != now.key or not (before.covered and now.covered):
        return None
    match before.shown, now.shown:
        case Counted() as first, Counted() as second:
            return _counted(first, second)
        case Band("few"), Band("most"):
            return "up"
        case Band("most"), Band("few"):
            return "down"
        case Band(), Band():
            return "unclear"
        case _:
            return None


def _counted(before: Counted, now: Counted) -> Change:
    """Shares are compared as people of the smaller round, in whole numbers."""
    (low, high), (least, most) = before.span(), now.span()
    smaller, product = min(before.answers, now.answers), before.answers * now.answers
    limit = change_limit(smaller) * product
    rise = (least * before.answers - high * now.answers) * smaller
    fall = (low * now.answers - most * before.answers) * smaller
    if rise >= limit:
        return "up"
    if fall >= limit:
        return "down"
    return "same" if max(-rise, -fall) < limit else "unclear"


def trend(series: Sequence[Measurement]) -> Trend:
    """Where one question is going, by its last four measurements, oldest first.

    "soon" while four that may be compared are not there; "level" when they do not all move the same way. Bands have
    no trend, and a round that few took part in, or that was hidden, interrupts the series.
    """
    last = series[-MEASUREMENTS:]
    counted = [each.shown for each in last if each.covered and isinstance(each.shown, Counted)]
    if len(counted) < MEASUREMENTS or len({each.key for each in last}) > 1:
        return "soon"
    if all(_surely_less(first, second) for first, second in pairwise(counted)):
        return "up"
    if all(_surely_less(second, first) for first, second in pairwise(counted)):
        return "down"
    return "level"


def _surely_less(first: Counted, second: Counted) -> bool:
    return first.span()[1] * second.answers < second.span()[0] * first.answers


def part_questions(
    history: Mapping[str, Sequence[Measurement]], parts: Mapping[str, Part]
) -> dict[Part, str]:
    """The one question that stands for each part in pictures and trends: that which has been measured most often.

    Never an average over questions, for other questions next time would look like a change. ``parts`` says to which
    part a key belongs; keys without one, such as a forum's own questions, stand for nothing.
    """
    return {
        part: max(own, key=lambda each: _measured(history[each]))
        for part in PARTS
        if (own := [key for key in history if parts.get(key) == part and _measured(history[key])])
    }


def _measured(series: Sequence[Measurement]) -> int:
    """How often a question has been shown, in numbers or in words, with at least half of those invited behind it."""
    return sum(1 for each in series if each.covered and not isinstance(each.shown, Hidden))


def asks_too_often(rounds: Sequence[tuple[int, int]]) -> bool:
    """Whether to propose fewer rounds: in the last three (answered, invited), fewer than half of all answered."""
    last = rounds[-LOW_ROUNDS:]
    return len(last) == LOW_ROUNDS and all(answered * 2 < invited for answered, invited in last)
