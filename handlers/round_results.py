"""What a round came to, said plainly: also that nothing was decided, and why. Drawn from what was kept at its end."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from handlers.kit.ui import Element, Fact, Items, Line, Text, Value, text
from handlers.round_rules import Result, result_from_json
from storage.rounds import Round

NAMED: Final = 12
"""Voters named for each option; the others are counted."""


def result_lines(one: Round, called: Mapping[str, str]) -> list[Element]:
    """How a round ended, in a few lines."""
    if one.state == "withdrawn":
        return [Line(text("round-withdrawn"))]
    if one.kind == "vote":
        return _vote(one, result_from_json(one.outcome), called)
    kept: dict[str, Any] = json.loads(one.outcome)
    head = text(f"round-{one.kind}-{one.state}", **_values(one, kept, called))
    lines: list[Element] = [Line(head)]
    if kept.get("reason"):
        lines.append(Line(text("verbatim", words=kept["reason"]), "quote"))
    if kept.get("silent"):
        lines.append(Line(text("round-silent", count=kept["silent"]), "small"))
    if kept.get("open_questions"):
        lines.append(Line(text("round-unanswered-left", count=kept["open_questions"]), "small"))
    return lines


def _values(one: Round, kept: Mapping[str, Any], called: Mapping[str, str]) -> dict[str, Value]:
    match (one.kind, one.state):
        case ("consent" | "mandate", "stopped"):
            return {"who": called.get(kept["who"], "")}
        case ("advice", _):
            return {"who": called.get(kept["who"], ""), "count": kept["advised"], "all": kept["asked"]}
        case (_, "decided"):
            return {"count": kept["count"], "all": kept["all"]}
        case _:
            return {}


def headline(one: Round, called: Mapping[str, str]) -> Text:
    """The outcome in one sentence, as it is announced."""
    first = result_lines(one, called)[0]
    assert isinstance(first, Line)  # noqa: S101 - every result begins with a sentence
    return first.text


def _vote(one: Round, result: Result, called: Mapping[str, str]) -> list[Element]:
    lines: list[Element] = [Line(_vote_head(one, result))]
    for number, (option, who) in enumerate(zip(one.options, result.choices[1:], strict=True), 1):
        value = (
            text("round-votes", count=len(who), who=_named(who, called)) if who else text("round-votes-none")
        )
        lines.append(Fact(text("round-option-name", number=str(number), option=option), value))
    if result.choices[0]:
        who = result.choices[0]
        lines.append(
            Fact(text("round-abstained"), text("round-votes", count=len(who), who=_named(who, called)))
        )
    lines.append(Line(text("round-turnout", count=result.answered, all=result.voters)))
    if result.left:
        lines.append(Line(text("round-left", count=result.left), "small"))
    return lines


def _vote_head(one: Round, result: Result) -> Text:
    if result.answered < result.needed:
        return text("round-vote-short", count=result.answered, all=result.voters, needed=result.needed)
    chosen = [one.options[each - 1] for each in result.leading]
    if not chosen:
        return text("round-vote-nobody")
    if len(chosen) > 1:
        return text(
            "round-vote-tied", options=Items(tuple(chosen)), count=result.counts[result.leading[0] - 1]
        )
    return text("round-vote-decided", option=chosen[0], count=max(result.counts), all=result.answered)


def _named(voters: Sequence[str], called: Mapping[str, str]) -> Value:
    some: list[Value] = [called.get(each, "") for each in voters[:NAMED]]
    if len(voters) > NAMED:
        some.append(text("round-others", count=len(voters) - NAMED))
    return Items(tuple(some))
