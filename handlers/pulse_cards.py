"""How the pulse looks: the invitation, how an answer is protected, the result with its picture, the page of the forum.

Nothing here knows an answer. A result is made of what may be shown (``pulse_rules.Shown``) and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from handlers.kit import drawings
from handlers.kit.doors import answer_pulse, protect_pulse, pulse_to_agenda
from handlers.kit.drawings import Asked, Numbers, Placed, Range, Untold, result_picture, trend_picture
from handlers.kit.forum import local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Button, Card, Element, Fact, Instant, Line, Option, Row, Text, text
from handlers.pulse_plan import grounded_text, part_of, question_text
from handlers.pulse_rules import (
    END,
    HIDDEN,
    Band,
    Counted,
    Half,
    Hidden,
    Shown,
    talking_point,
)
from handlers.pulse_trend import Measurement, comparison, part_questions, trend
from storage import forums
from storage.pulse import OwnQuestion, Round
from storage.records import Forum

OWN = "own:"
"""How the keys of a forum's own questions begin."""
ORDER = (1, 2, 3, 4, 5, 0)
"""The choices as they are shown: the steps, and last that one does not know or will not say."""


def choices() -> tuple[Option, ...]:
    """The five steps and the way out, the same under every question."""
    return tuple(Option(str(each), text(f"pulse-choice-{each}")) for each in ORDER)


def said_question(key: str, own: Mapping[str, str]) -> Text:
    """A question in the reader's language; one of the forum's own as it was written."""
    return verbatim(own.get(key, "")) if key.startswith(OWN) else question_text(key)


# --- A round on its way ------------------------------------------------------------------------------------------


def invitation(req: Request, forum: Forum, one: Round, *, led_to: str) -> Card:
    """One message: what the last round led to, why, how long it takes, until when, and how an answer is protected."""
    opener = forums.member(req.store, one.forum, one.opened_by) if one.opened_by else None
    body: list[Element] = []
    if led_to:
        body.append(Line(text("pulse-invitation-led-to", what=led_to), "quote"))
    body.append(Line(text("pulse-invitation-why", count=len(one.questions))))
    body.append(Fact(text("pulse-closes"), Instant(one.closes_at, req.zone)))
    body.append(
        Line(
            text("pulse-invitation-opened-by", who=opener.name, people=one.invited)
            if opener
            else text("pulse-invitation-opened", people=one.invited),
            "small",
        )
    )
    body.append(_ways(one))
    return Card(text("pulse-invitation", forum=forum.name), tuple(body), card_name(one))


def card_name(one: Round) -> str:
    """The name under which the invitation hangs in the chats."""
    return f"pulse:{one.forum}:{one.id}"


def invitation_over(req: Request, forum: Forum, one: Round, *, counted: bool) -> Card:
    """The invitation once the round is closed: nothing to press any more."""
    body = (Line(text("pulse-over")), *_over(req, one, counted=counted))
    return Card(text("pulse-invitation", forum=forum.name), body, card_name(one))


def reminder(req: Request, one: Round) -> Card:
    """Half way, to everybody alike."""
    closes = Instant(one.closes_at, req.zone)
    body = (Line(text("pulse-reminder-why")), _ways(one))
    return Card(text("pulse-reminder", closes=closes), body, f"pulse-reminder:{one.forum}:{one.id}")


def reminder_over(req: Request, one: Round, *, counted: bool) -> Card:
    """The reminder once the round is closed: nothing to press there either."""
    return replace(reminder(req, one), title=text("pulse-over"), body=_over(req, one, counted=counted))


def _over(req: Request, one: Round, *, counted: bool) -> tuple[Element, ...]:
    when = text("pulse-over-result", publishes=Instant(one.publishes_at, req.zone))
    return (Line(when),) if counted else ()


def _ways(one: Round) -> Row:
    return Row(
        (
            Button(text("pulse-answer"), answer_pulse(one.id), "primary", private=True),
            Button(text("pulse-protected"), protect_pulse(one.id)),
        )
    )


def protection_card(one: Round) -> Card:
    """What protects an answer in this very round, and what does not."""
    lines = (
        text("pulse-protection-free"),
        text("pulse-protection-round", people=one.invited, organisations=one.organisations),
        text("pulse-protection-small"),
        text("pulse-protection-kept"),
        text("pulse-protection-gone"),
        text("pulse-protection-not"),
    )
    return Card(text("pulse-protection"), tuple(map(Line, lines)))


# --- The result --------------------------------------------------------------------------------------------------


def result_card(
    one: Round,
    shown: Mapping[str, Shown],
    history: Mapping[str, Sequence[Measurement]],
    own: Mapping[str, str],
) -> Card:
    """What everybody sees at the same moment, and what to talk about. ``history`` ends with this round."""
    body: list[Element] = [
        Line(text("pulse-result-answered", answered=one.answered, invited=one.invited)),
    ]
    if all(each == HIDDEN for each in shown.values()):
        return Card(text("pulse-result"), (*body, Line(text("pulse-result-all-hidden"))))
    lines = [
        _with_change(_told(said_question(key, own), each), history.get(key, ()))
        for key, each in shown.items()
    ]
    asked = [_asked(said_question(key, own), each) for key, each in shown.items()]
    body.append(
        result_picture(
            text("pulse-result"),
            asked,
            answered=one.answered,
            invited=one.invited,
            alt=_one_below_another(lines),
        )
    )
    if one.answered * 2 < one.invited:
        body.append(Line(text("pulse-result-low"), "small"))
    if point := talking_point(shown):
        body.append(Fact(text("pulse-result-talk"), talk_about(point, own)))
        body.append(Row((Button(text("pulse-result-to-agenda"), pulse_to_agenda(one.id)),)))
    return Card(text("pulse-result"), tuple(body))


def talk_about(key: str, own: Mapping[str, str]) -> Text:
    """The open question that a result leads to."""
    return text("pulse-result-talk-words", question=said_question(key, own))


def _told(question: Text, shown: Shown) -> Text:
    match shown:
        case Hidden():
            return text("pulse-result-hidden", question=question)
        case Half(more):
            return text(f"pulse-result-half-{'more' if more else 'not'}", question=question)
        case Band(level):
            return text(f"pulse-result-{level}", question=question)
        case Counted():
            return text(
                "pulse-result-counted", question=question, answers=shown.answers,
                agree=_number(shown, shown.agree), disagree=_number(shown, shown.disagree),
            )  # fmt: skip
        case _:
            assert_never(shown)


def _number(shown: Counted, number: int) -> Text | int:
    match shown.ending(number):
        case "exactly":
            return number
        case end:
            return text(f"pulse-result-{end}", count=number)


def _with_change(line: Text, series: Sequence[Measurement]) -> Text:
    """The line, and how it was last time where that may be compared. ``series`` ends with this round."""
    if len(series) < 2:  # noqa: PLR2004 - this round and one before
        return line
    before, now = series[-2:]
    match comparison(before, now), before.shown:
        case ("up" | "down" | "same") as change, _:
            return text("pulse-result-with-change", line=line, change=text(f"pulse-result-change-{change}"))
        case "unclear", Band(level) if before.shown != now.shown:
            was = text("pulse-result-change-band", before=text(f"pulse-result-before-{level}"))
            return text("pulse-result-with-change", line=line, change=was)
        case _:
            return line


def _one_below_another(lines: Sequence[Text]) -> Text:
    """Several sentences as one text, each on a line of its own."""
    first, *rest = lines
    return text("pulse-lines", first=first, rest=_one_below_another(rest)) if rest else first


def _asked(question: Text, shown: Shown) -> Asked:
    match shown:
        case Hidden():
            return Untold(question)
        case Half(more):
            return Placed(question, "more" if more else "less")
        case Band(level):
            return Placed(question, level)
        case Counted():
            return Numbers(question, shown.answers, _range(shown, shown.agree), _range(shown, shown.disagree))
        case _:
            assert_never(shown)


def _range(shown: Counted, number: int) -> Range:
    match shown.ending(number):
        case "at-most":
            return 0, END
        case "at-least":
            return number, shown.answers
        case _:
            return number, number


# --- The forum's page --------------------------------------------------------------------------------------------


def trend_elements(
    req: Request, rounds: Sequence[Round], history: Mapping[str, Mapping[int, Measurement]]
) -> list[Element]:
    """How each part has gone, drawn and said. ``history``: per question, per round, what it showed."""
    series = {key: [each[one.id] for one in rounds if one.id in each] for key, each in history.items()}
    chosen = part_questions(series, {key: part for key in series if (part := part_of(key))})
    if not chosen or len(rounds) < 2:  # noqa: PLR2004 - one round is no time
        return []
    parts, lines = [], []
    for part, key in chosen.items():
        name, words = text(f"pulse-part-{part}"), text(f"pulse-trend-{trend(series[key])}")
        seen = tuple(_point(history[key].get(one.id)) for one in rounds)
        parts.append(drawings.Part(name, seen, words))
        lines.append(text("pulse-trend-part", part=name, words=words))
    days = [local_day(req, each.opens_at) for each in rounds]
    soon = all(trend(series[key]) == "soon" for key in chosen.values())
    alt = text("pulse-trend-all-soon") if soon else _one_below_another(lines)
    return [trend_picture(text("pulse-trend"), days, parts, alt=alt)]


def _point(one: Measurement | None) -> drawings.Point:
    if one is None:
        return None
    match one.shown:
        case Hidden():
            return "hidden"
        case Half(more):
            return "more" if more else "less"
        case Band(level):
            return level
        case Counted():
            low, high = (round(100 * each / one.shown.answers) for each in one.shown.span())
            return low if low == high else (low, high)
        case _:
            assert_never(one.shown)


def about_card(keys: Sequence[str]) -> Card:
    """Where the questions come from, and what they are not."""
    lines = [
        Line(text("pulse-about-line", question=question_text(key), grounded=grounded_text(key)), "small")
        for key in keys
    ]
    return Card(text("pulse-about-title"), (Line(text("pulse-about-words")), *lines))


def own_card(questions: Sequence[OwnQuestion], buttons: Sequence[Button]) -> Card:
    """The forum's own questions."""
    lines = [
        Line(text("pulse-own-line", number=str(each.id), question=verbatim(each.text))) for each in questions
    ]
    none = [] if lines else [Line(text("pulse-own-none"))]
    return Card(text("pulse-own-title"), (*lines, *none, Row(tuple(buttons))))
