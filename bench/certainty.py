"""``pulse-certainty`` and ``pulse-release``: what the release rules of the pulse give away.

The first goes through every outcome of 5 to 40 answers, and asks what an insider can be certain of who knows her own
answer, how many took part and what was shown; once more for one who also knows who gave no opinion. The second
releases random rounds and holds what is shown against a model written down from the rules alone.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from bench import chance
from bench.rows import Row
from handlers.pulse_rules import Shown, release, spread, to_json

FEWEST, MOST = 5, 40
ROUNDS: Final = 10_000
SILENT, AGAINST, BETWEEN, FOR = range(4)
"""What an answer says, as far as the rules can tell: no opinion, 1 or 2, 3, 4 or 5."""
Outcome = tuple[int, int, int, int]
"""How many gave each of the four."""
Worlds = dict[Shown, set[Outcome]]
"""What is shown, and the outcomes that look like that."""


# --- Certainty ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Certain:
    """Somebody with this answer, who sees this, knows what each of the others can have answered at most."""

    took_part: int
    own: tuple[int, ...]
    shown: Shown
    others: frozenset[int]

    @property
    def gives_away(self) -> bool:
        """Whether she knows that all others agree, or disagree, or gave no opinion, or that none agrees or disagrees."""
        return len(self.others) == 1 or not {FOR, AGAINST} <= self.others


def outcomes(took_part: int, silent: Iterable[int] | None = None) -> Iterator[Outcome]:
    """Every way in which so many can have answered; ``silent`` holds the number without opinion to some values."""
    for without in range(took_part + 1) if silent is None else silent:
        spoke = took_part - without
        for against in range(spoke + 1):
            for between in range(spoke - against + 1):
                yield without, against, between, spoke - against - between


def worlds(every: Iterable[Outcome], insiders: int = 1) -> Worlds:
    """The outcomes by what is shown of them, where organisations are no reason to hide.

    Beyond the insiders and one more, how many gave an answer makes no difference to what can be known of anybody.
    """
    found: Worlds = {}
    for each in every:
        without, against, between, agree = each
        counts = (without, against, 0, between, agree, 0)
        shown = release(counts, organisations=3, largest_share_over_half=False)
        found.setdefault(shown, set()).add(_at_most(each, insiders + 1))
    return found


def _at_most(outcome: Outcome, most: int) -> Outcome:
    without, against, between, agree = outcome
    return min(without, most), min(against, most), min(between, most), min(agree, most)


def knowledge(took_part: int, found: Worlds, insiders: int = 1) -> Iterator[Certain]:
    """What insiders can know who put their answers together, for all answers and all that may have been shown."""
    alike = [(shown, frozenset(possible)) for shown, possible in found.items()]
    for own in _hands(insiders):
        for shown, possible in alike:
            if others := _others(own, possible):
                yield Certain(took_part, own, shown, others)


@cache
def _others(own: tuple[int, ...], possible: frozenset[Outcome]) -> frozenset[int]:
    """What the others can have answered in those of the outcomes in which these are among the answers."""
    mine = [own.count(each) for each in range(4)]
    fitting = [each for each in possible if all(map(int.__ge__, each, mine))]
    return frozenset(kind for kind in range(4) if any(each[kind] > mine[kind] for each in fitting))


def _hands(insiders: int, least: int = 0) -> Iterator[tuple[int, ...]]:
    if not insiders:
        yield ()
        return
    for first in range(least, 4):
        yield from ((first, *rest) for rest in _hands(insiders - 1, first))


@dataclass(frozen=True, slots=True)
class Enumerated:
    """How many outcomes were gone through, how often somebody could know something, and what gave somebody away."""

    outcomes: int
    cases: int
    exceptions: tuple[Certain, ...]


def enumerated() -> Enumerated:
    """Every outcome of 5 to 40 people who take part, and of 5 to 40 answers for one who knows who had no opinion."""
    total = cases = 0
    exceptions: list[Certain] = []
    for took_part in range(FEWEST, MOST + 1):
        for silent in (None, (0,)):
            every = list(outcomes(took_part, silent))
            found = worlds(every)
            total += len(every)
            for each in knowledge(took_part, found):
                cases += 1
                if each.gives_away:
                    exceptions.append(each)
    return Enumerated(total, cases, tuple(exceptions))


# --- Release -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    """Who took part, by organisation, and how often each choice was made of each question."""

    organisations: tuple[int, ...]
    questions: tuple[tuple[int, ...], ...]


def random_round(rng: Random) -> Round:
    """A round like those in which things go wrong: few people, few organisations, one large one, many without opinion."""
    people, at_most = rng.choice((rng.randint(0, 14), rng.randint(0, MOST))), rng.randint(1, 6)
    skewed = rng.random() < 1 / 3
    organisations = tuple(
        1 if skewed and rng.random() < 1 / 2 else rng.randint(1, at_most) for _ in range(people)
    )
    weights = [rng.choice((0, 1, 1, 3, 9)) for _ in range(6)]
    weights[rng.randrange(6)] += 1
    asked = [Counter(rng.choices(range(6), weights, k=people)) for _ in range(4)]
    return Round(organisations, tuple(tuple(each[choice] for choice in range(6)) for each in asked))


def released(each: Round) -> list[Shown]:
    """What the bot shows of a round."""
    came = spread(each.organisations)
    return [
        release(counts, organisations=came.organisations, largest_share_over_half=came.over_half)
        for counts in each.questions
    ]


def wrongly_shown(each: Round) -> int:
    """How many of its questions are shown that must not be, hidden that need not be, or shown too exactly."""
    return sum(
        to_json(shown) != expected(each, counts)
        for shown, counts in zip(released(each), each.questions, strict=True)
    )


def expected(each: Round, counts: tuple[int, ...]) -> dict[str, str | int | bool]:
    """The model: what is shown, from the people one by one, with the cut points written out."""
    said = [choice for choice, number in enumerate(counts) for _ in range(number) if choice]
    agree, disagree = sum(choice > 3 for choice in said), sum(choice < 3 for choice in said)  # noqa: PLR2004 - the middle
    alone = any(
        each.organisations.count(one) > len(each.organisations) - each.organisations.count(one)
        for one in each.organisations
    )
    if len(said) not in _MODEL or len(set(each.organisations)) not in range(3, 100) or alone:
        return {"kind": "hidden"}
    shown = _MODEL[len(said)]
    match shown:
        case "counted":
            middle = slice(2, len(said) - 1)
            steps = [0, 0, *range(len(said) + 1)[middle], 0, 0]
            steps[:2], steps[-2:] = [2, 2], [len(said) - 2] * 2
            return {
                "kind": "counted",
                "answers": len(said),
                "agree": steps[agree],
                "disagree": steps[disagree],
            }
        case _ if set(shown) == {"h", "H"}:
            return {"kind": "half", "more": shown[agree] == "H"}
        case _:
            return {"kind": "band", "band": {"f": "few", "x": "mixed", "m": "most"}[shown[agree]]}


_MODEL: Final = {
    5: "hhhHHH",
    6: "hhhhHHH",
    7: "hhhhHHHH",
    8: "fffxxxmmm",
    9: "fffxxxxmmm",
    10: "ffffxxxmmmm",
    11: "ffffxxxxmmmm",
} | dict.fromkeys(range(12, MOST + 1), "counted")
"""For each number of answers, what is shown when nobody agrees, one does, two do, and so on."""


# --- The rows ----------------------------------------------------------------------------------------------------


def certain() -> Iterator[Row]:
    """Go through every outcome."""
    done = enumerated()
    reference = f"{done.outcomes} outcomes of {FEWEST} to {MOST} answers, {done.cases} pairs of an own answer and what is shown"
    wrong = len(done.exceptions)
    yield Row(
        "pulse-certainty", "times one insider is certain of all others", wrong, "", "0", reference, not wrong
    )


def random() -> Iterator[Row]:
    """Release random rounds. The environment's ``BENCH_SEED`` repeats a seed."""
    seed = chance.seed()
    print(f"pulse-release: seed {seed}", file=sys.stderr, flush=True)
    rng = Random(seed)  # noqa: S311 - to be repeated
    every = [random_round(rng) for _ in range(ROUNDS)]
    kinds = Counter(str(to_json(shown)["kind"]) for each in every for shown in released(each))
    wrong = sum(wrongly_shown(each) for each in every)
    said = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    reference = f"{ROUNDS} random rounds with seed {seed} against a model of the rules: {said}"
    yield Row(
        "pulse-release",
        "questions shown that must not be, or too exactly",
        wrong,
        "",
        "0",
        reference,
        not wrong,
    )
