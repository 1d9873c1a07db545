"""Rules of the pulse, pure: when a round may open, what of its answers may be shown, and what to talk about.

What is shown depends on how many answered and from where, never on what they answered, and the bands are always
applied: so one who knows her own answer cannot work out that of anybody else. ``Shown`` is all that is ever kept of
a question; nothing more exact can be got out of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias, get_args

from storage.values import dataclass

PEOPLE: Final = 7
"""With fewer members nobody can promise that answers stay anonymous."""
ORGANISATIONS: Final = 3
"""From fewer organisations, colleagues who compare would know the others' answers."""
DAYS_BETWEEN: Final = 7
"""So many days pass at least from the opening of one round to the opening of the next."""
ANSWERS: Final = 5
"""With fewer answers to a question nothing of it is shown or kept."""
COUNTED_FROM: Final = 12
"""From so many answers on they are shown as numbers, below as bands."""
END: Final = 2
"""So near to nobody or everybody, a number is shown as "at most" or "at least"."""
CHOICES: Final = 6
"""0 is "do not know, or will not say", 1 and 2 do not agree, 3 is between, 4 and 5 agree."""
_HALF_UP_TO: Final = 7
_BANDS: Final[Mapping[int, tuple[int, int]]] = {8: (2, 6), 9: (2, 7), 10: (3, 7), 11: (3, 8)}
"""Of so many answers: at most so many who agree are few, at least so many are most."""

Level: TypeAlias = Literal["few", "mixed", "most"]
Ending: TypeAlias = Literal["at-most", "exactly", "at-least"]
Refused: TypeAlias = Literal["few-people", "few-organisations", "too-soon"]


# --- Opening -----------------------------------------------------------------------------------------------------


def refusal_to_open(invited: int, organisations: int, days_since_last: int | None) -> Refused | None:
    """Why no round may open now; ``None`` when it may. Days are counted from opening to opening, ``None`` = the first."""
    if invited < PEOPLE:
        return "few-people"
    if organisations < ORGANISATIONS:
        return "few-organisations"
    if days_since_last is not None and days_since_last < DAYS_BETWEEN:
        return "too-soon"
    return None


# --- What may be shown -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hidden:
    """Too few answers to show anything without giving somebody away."""


@dataclass(frozen=True, slots=True)
class Half:
    """Five to seven answers: whether more than half agree."""

    more_than_half: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Eight to eleven answers: whether few or most agree, or opinions are mixed."""

    level: Level


@dataclass(frozen=True, slots=True)
class Counted:
    """Twelve answers or more: how many agree and how many do not, each held between 2 and two less than all.

    At its ends a number stands for all that lie beyond: 2 is "at most 2", ``answers - 2`` is "at least" that many.
    """

    answers: int
    agree: int
    disagree: int

    def ending(self, number: int) -> Ending:
        """How one of the two numbers is to be read."""
        if number <= END:
            return "at-most"
        return "at-least" if number >= self.answers - END else "exactly"

    def span(self) -> tuple[int, int]:
        """The least and the most people who may agree, as far as anybody can see."""
        match self.ending(self.agree):
            case "at-most":
                return 0, END
            case "at-least":
                return self.agree, self.answers
            case _:
                return self.agree, self.agree


Shown: TypeAlias = Hidden | Half | Band | Counted
HIDDEN: Final = Hidden()


@dataclass(frozen=True, slots=True)
class Spread:
    """From how many organisations answers came, and whether more than half of them from one."""

    organisations: int
    over_half: bool


def spread(organisations: Iterable[int | str | None]) -> Spread:
    """How the answers of a round spread, from the organisation of each member who took part.

    Those who belong to none are no organisation, but might well be from one, so together they may not be over half.
    """
    taken = Counter(organisations)
    largest = max(taken.values(), default=0)
    return Spread(len(taken.keys() - {None}), largest * 2 > taken.total())


def release(counts: Sequence[int], *, organisations: int, largest_share_over_half: bool) -> Shown:
    """What everybody may see of one question, from how often each choice was made: ``counts[4]`` is choice 4.

    Organisations, and whether one of them has more than half, are those of everybody who took part in the round.
    """
    if len(counts) != CHOICES or min(counts) < 0:
        raise ValueError(f"not the counts of {CHOICES} choices")
    answers, agree, disagree = sum(counts[1:]), counts[4] + counts[5], counts[1] + counts[2]
    if answers < ANSWERS or organisations < ORGANISATIONS or largest_share_over_half:
        return HIDDEN
    if answers <= _HALF_UP_TO:
        return Half(agree * 2 > answers)
    if answers < COUNTED_FROM:
        few, most = _BANDS[answers]
        return Band("few" if agree <= few else "most" if agree >= most else "mixed")
    return Counted(answers, _held(agree, answers), _held(disagree, answers))


def _held(number: int, answers: int) -> int:
    return max(END, min(number, answers - END))


def to_json(shown: Shown) -> dict[str, str | int | bool]:
    """What is kept of a question: plain values, read back by ``from_json``."""
    match shown:
        case Hidden():
            return {"kind": "hidden"}
        case Half(more):
            return {"kind": "half", "more": more}
        case Band(level):
            return {"kind": "band", "band": level}
        case _:
            return {
                "kind": "counted",
                "answers": shown.answers,
                "agree": shown.agree,
                "disagree": shown.disagree,
            }


def from_json(kept: Mapping[str, object]) -> Shown:
    """What was kept of a question. Raises ``ValueError`` for what ``to_json`` never wrote."""
    match kept:
        case {"kind": "hidden"}:
            return HIDDEN
        case {"kind": "half", "more": bool(more)}:
            return Half(more)
        case {"kind": "band", "band": "few" | "mixed" | "most" as level}:
            return Band(level)
        case {"kind": "counted", "answers": int(answers), "agree": int(agree), "disagree": int(disagree)} if (
            answers >= COUNTED_FROM and (agree, disagree) == (_held(agree, answers), _held(disagree, answers))
        ):
            return Counted(answers, agree, disagree)
        case _:
            raise ValueError("not what is kept of a question")


# --- What to talk about ------------------------------------------------------------------------------------------

_SHARES: Final[Mapping[Level, float]] = dict(zip(get_args(Level), (1 / 6, 3 / 6, 5 / 6), strict=True))


def talking_point(shown: Mapping[str, Shown]) -> str | None:
    """The question with most to gain: where the smallest share agrees, then where most disagree, then the first.

    It is worked out from what everybody sees, so it tells nothing more. ``None`` when everything is hidden.
    """
    seen = {key: _agreement(each) for key, each in shown.items() if not isinstance(each, Hidden)}
    return min(seen, key=seen.__getitem__, default=None)


def _agreement(shown: Half | Band | Counted) -> tuple[float, float]:
    """About which share agrees, and how many fewer disagree: the less, the more there is to gain."""
    match shown:
        case Half(more):
            return (3 / 4 if more else 1 / 4), 0
        case Band(level):
            return _SHARES[level], 0
        case _:
            return shown.agree / shown.answers, -shown.disagree / shown.answers
