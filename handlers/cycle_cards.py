"""How recurring meetings look: a rule in words, the dates of a year, the days that had better be moved."""

from datetime import date, time
from typing import Final

from handlers.cycle_planning import rule_in
from handlers.cycle_rules import DAYS, Rule, Slot
from handlers.cycle_words import DAY_MINUTES, Reading
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Action, Button, Card, Element, Items, Line, Row, Text, text
from storage.cycles import Cycle

SHOWN: Final = 14
"""Dates in a card: a year of monthly meetings."""
ASKED: Final = 5
"""Days asked about in one card."""


# --- A rule in words ---------------------------------------------------------------------------------------------


def clock(minute: int) -> Text:
    """A time of day, by minutes since midnight."""
    return text("clock", hour=str(minute // 60), minute=f"{minute % 60:02}")


def hours(begins: time, minutes: int) -> Text:
    """From when to when."""
    start = begins.hour * 60 + begins.minute
    ends = start + minutes
    return text(
        "clock-span", begins=clock(start), ends=clock(ends if ends == DAY_MINUTES else ends % DAY_MINUTES)
    )


def rule_words(rule: Rule) -> Text:
    """A rule as one would say it; said again, it is the same rule."""
    when = hours(rule.begins, rule.minutes)
    if rule.every == "week":
        days = Items(tuple(text(f"weekday-{DAYS[each]}") for each in rule.weekdays))
        match rule.interval:
            case 1:
                return text("cycle-rule-weekly", days=days, when=when)
            case 2:
                return text("cycle-rule-fortnightly", days=days, when=when)
            case weeks:
                return text("cycle-rule-weeks", days=days, weeks=weeks, when=when)
    day = _day_of_month(rule)
    if rule.months:
        months = Items(tuple(text(f"month-{each}") for each in rule.months))
        return text("cycle-rule-months", day=day, months=months, when=when)
    match rule.interval:
        case 1:
            return text("cycle-rule-monthly", day=day, when=when)
        case 2:
            return text("cycle-rule-bimonthly", day=day, when=when)
        case count:
            return text("cycle-rule-every-months", day=day, count=count, when=when)


def _day_of_month(rule: Rule) -> Text:
    if rule.day:
        return text("cycle-day-last") if rule.day < 0 else text("cycle-day", day=rule.day)
    return text(
        "cycle-weekday", nth=text(f"nth-{rule.nth}"), day=text(f"weekday-the-{DAYS[rule.weekdays[0]]}")
    )


# --- What was understood -----------------------------------------------------------------------------------------


def nearest_card(reading: Reading, yes: Action, form: Action) -> Card:
    """What was understood and what was not, with the nearest rule to press."""
    body: list[Element] = [Line(each) for each in what_is_wrong(reading)]
    body.append(Line(text("cycle-nearest", rule=rule_words(reading.rule))))
    buttons = (Button(text("cycle-take-nearest"), yes, "primary"), Button(text("cycle-say-otherwise"), form))
    return Card(text("cycle-not-understood"), (*body, Row(buttons)))


def what_is_wrong(reading: Reading) -> list[Text]:
    """Why the words do not make a rule, and what in them was understood."""
    found = []
    if reading.wrong:
        found.append(text(f"cycle-wrong-{reading.wrong}"))
    if reading.heard:
        found.append(text("cycle-heard", words=" ".join(reading.heard)))
    if reading.stray:
        found.append(text("cycle-stray", words=reading.stray))
    if not found or (not reading.wrong and not reading.stray):
        found.append(text("cycle-too-little"))
    return found


# --- The dates of a year -----------------------------------------------------------------------------------------


def draft_card(cycle: Cycle, every: list[Slot], assumed: tuple[str, ...], *, first: bool) -> Card:
    """What a rule comes to, before it is saved."""
    body: list[Element] = [Line(rule_words(rule_in(cycle)), "quote")]
    body += [Line(text(f"cycle-assumed-{each}"), "small") for each in assumed]
    if not first:
        body.append(Line(text("cycle-one-more"), "small"))
    body += dates([each.on for each in every if each.settled and each.on])
    body += questions(cycle, every)
    buttons = (
        Button(text("cycle-save"), Action("cycle.save", (cycle.id,)), "primary"),
        Button(text("cycle-change"), Action("cycle.change_form", (cycle.id,))),
    )
    return Card(text("cycle-draft", title=cycle.title), (*body, Row(buttons)))


def dates(days: list[date]) -> list[Element]:
    """The next dates in one line, the rest counted."""
    if not days:
        return [Line(text("cycle-no-dates"))]
    shown: list[Element] = [Line(text("cycle-dates", days=Items(tuple(days[:SHOWN]))))]
    if len(days) > SHOWN:
        shown.append(Line(text("cycle-more-dates", count=len(days) - SHOWN, last=days[-1]), "small"))
    return shown


def questions(cycle: Cycle, every: list[Slot]) -> list[Element]:
    """What speaks against days, with a suggestion to accept by one press each, or all at once."""
    open_ = [each for each in every if not each.settled]
    if not open_:
        return []
    body: list[Element] = [Line(text("cycle-questions", count=len(open_)))]
    if len(open_) > 1:
        all_of_them = Action("cycle.settle_all", (cycle.id, cycle.sequence))
        body.append(Row((Button(text("cycle-settle-all"), all_of_them, "primary"),)))
    for each in open_[:ASKED]:
        body += _question(cycle, each)
    if len(open_) > ASKED:
        body.append(Line(text("cycle-more-questions", count=len(open_) - ASKED), "small"))
    return body


def _question(cycle: Cycle, slot: Slot) -> tuple[Line, Row]:
    why = text(f"day-off-{slot.why}")
    if slot.instead:
        line = text("cycle-clash-move", day=slot.day, why=why, instead=slot.instead)
        better = Button(
            text("cycle-move-to", day=slot.day, instead=slot.instead), _settle(cycle, slot.day, slot.instead)
        )
    else:
        line = text("cycle-clash-skip", day=slot.day, why=why)
        better = Button(text("cycle-skip", day=slot.day), _settle(cycle, slot.day, None))
    keep = Button(text("cycle-keep", day=slot.day), _settle(cycle, slot.day, slot.day))
    return Line(line), Row((better, keep))


def _settle(cycle: Cycle, day: date, on: date | None) -> Action:
    return Action("cycle.settle", (cycle.id, as_number(day), as_number(on) if on else 0))


def as_number(day: date) -> int:
    """A day as a button carries it: 20260512."""
    return day.year * 10000 + day.month * 100 + day.day


def from_number(number: int) -> date | None:
    """The reverse of :func:`as_number`; ``None`` for no day."""
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None


def questions_card(cycle: Cycle, every: list[Slot]) -> Card:
    """The days of a cycle that have to be asked about, for its coordinators."""
    body = questions(cycle, every) or [Line(text("cycle-all-settled"))]
    return Card(
        text("cycle-questions-title", title=cycle.title), (Line(rule_words(rule_in(cycle)), "quote"), *body)
    )


def cycle_card(cycle: Cycle, days: list[date]) -> Card:
    """The card that everybody gets: how the forum meets, and when next. It follows every change."""
    name = f"cycle:{cycle.forum}:{cycle.id}"
    rule = Line(rule_words(rule_in(cycle)), "quote")
    if cycle.state == "ended":
        return Card(text("cycle-over", title=cycle.title), (rule,), name)
    body: list[Element] = [rule]
    if cycle.venue:
        body.append(Line(text("planned-venue", venue=verbatim(cycle.venue))))
    body += dates(days)
    buttons = (
        Button(text("cycle-next-meeting"), Action("planned.meet", ("",))),
        Button(text("planned-subscribe"), Action("planned.subscribe"), private=True),
    )
    return Card(text("cycle-posted", title=cycle.title), (*body, Row(buttons)), name)
