"""How the message budget looks: the day's one message, the card of one's wishes, and how hours are written."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final

from handlers.kit.doors import my_things
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Element,
    Fact,
    Items,
    Line,
    Row,
    Text,
    TextField,
    text,
)
from handlers.kit.ui_json import card_from_json
from handlers.kit.welcome import back_on
from handlers.kit.when import clock
from storage.nudges import Nudge
from storage.wishes import Wishes

SWITCHES: Final = ("nudges-on", "nudges-off", "mentions-on", "mentions-off", "praise-ask", "praise-private")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LISTED: Final = 8
"""Matters in the day's one message, each with the way to it."""
SHORTEST: Final = 30
"""Minutes in which somebody may be written to, at the least."""
STANDING: Final = "action-"
"""What these ask stands among one's things as well."""
_HOURS: Final = re.compile(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|—|till|to)\s*(\d{1,2})(?:[.:](\d{2}))?\s*")


# --- The day's one message -----------------------------------------------------------------------------------------


def in_one_message(wanted: Sequence[Nudge]) -> tuple[list[Nudge], list[Nudge]]:
    """What the day's one message tells, and what has to wait for the next one.

    News come first, then what is asked nowhere else. Beyond what there is room for, it only tells how much stands
    among one's things.
    """
    ordered = sorted(wanted, key=lambda each: (bool(each.again), each.matter.startswith(STANDING)))
    told = [*ordered[:LISTED], *(each for each in ordered[LISTED:] if each.matter.startswith(STANDING))]
    return told, [each for each in ordered if each not in told]


def list_card(found: Sequence[Nudge], answer: str) -> Card:
    """Several matters, each with the way to answer it."""
    body: list[Element] = []
    for number, each in enumerate(found[:LISTED], start=1):
        card = card_from_json(json.loads(each.card))
        body.append(Line(text("budget-item", number=str(number), what=card.title)))
        if words := _words(card):
            body.append(words)
        label = "budget-answer" if each.again else "budget-show"
        go = Button(text(label, number=str(number)), Action(answer, (each.matter,), each.forum))
        if each.again or card.body:
            body.append(Row((go,)))
    if len(found) > LISTED:
        body.append(Line(text("budget-more", count=len(found) - LISTED), "small"))
    body.append(Row((Button(text("menu-mine"), replace(my_things(), forum=found[0].forum)),)))
    return Card(text("budget-today", count=len(found)), tuple(body))


def _words(card: Card) -> Line | None:
    return next((each for each in card.body if isinstance(each, Line) and each.style == "quote"), None)


def may_sleep(one: Nudge) -> bool:
    """Whether it can be put to sleep: what is asked, but the pulse, for only who has not answered would do so."""
    return bool(one.again) and not one.matter.startswith("pulse-")


def with_sleep(card: Card, form: str, one: Nudge) -> Card:
    """The question with the button that puts it to sleep."""
    button = Button(text("budget-sleep"), Action(form, (one.matter,), one.forum))
    return replace(card, body=(*card.body, Row((button,))))


def aimed(card: Card, forum: int) -> Card:
    """The same card with buttons that lead into its own forum, whichever forum speaks."""
    return replace(card, body=tuple(_aimed(each, forum) for each in card.body))


def _aimed(element: Element, forum: int) -> Element:
    if not isinstance(element, Row):
        return element
    return Row(tuple(
        replace(each, action=replace(each.action, forum=forum))
        if isinstance(each, Button) and each.action.forum is None else each
        for each in element.buttons
    ))  # fmt: skip


# --- One's wishes --------------------------------------------------------------------------------------------------


def notices_card(mine: Wishes, today: date, ways: Mapping[str, Action]) -> Card:
    """What reaches me, where and when, in plain words, and what one can change."""
    days = Items(tuple(text(f"weekday-{WEEKDAYS[each]}") for each in mine.days))
    body: list[Element] = [
        Fact(text("budget-fact-hours"), text("budget-hours", days=_days(mine.days) or days, opens=clock(mine.opens),
                                             closes=clock(mine.closes))),
        Fact(text("budget-fact-nudges"), text(f"budget-nudges-{'on' if mine.nudges else 'off'}")),
        Fact(text("budget-fact-mentions"), text(f"budget-mentions-{'on' if mine.mentions else 'off'}")),
        Fact(text("budget-fact-where"), text(f"budget-where-{mine.platform or 'last'}")),
        Fact(text("budget-fact-digest"), text(f"budget-digest-{mine.digest}")),
        Fact(text("budget-fact-praise"), text(f"budget-praise-{mine.praise}")),
    ]  # fmt: skip
    first = Button(text("budget-away"), ways["away"])
    if back := back_on(mine, today):
        body.insert(0, Line(text("budget-away-until", day=back)))
        first = Button(text("budget-back-now"), ways["back"])
    body += [
        Row((Button(text("budget-change-hours"), ways["hours"]), first)),
        Row((
            _switch("nudges", "off" if mine.nudges else "on", ways),
            _switch("mentions", "off" if mine.mentions else "on", ways),
        )),
        Row((
            Button(text("budget-change-where"), ways["where"]),
            Button(text("budget-change-digest"), ways["digest"]),
        )),
        Row((_switch("praise", "ask" if mine.praise == "private" else "private", ways),)),
    ]  # fmt: skip
    return Card(text("budget-title"), tuple(body))


def _switch(what: str, to: str, ways: Mapping[str, Action]) -> Button:
    return Button(text(f"budget-turn-{what}-{to}"), ways[f"{what}-{to}"])


def _days(days: tuple[int, ...]) -> Text | None:
    if days == (0, 1, 2, 3, 4):
        return text("budget-days-working")
    return text("budget-days-all") if len(days) == 7 else None  # noqa: PLR2004 - a week


def hours_field(mine: Wishes) -> TextField:
    """From when until when, in one's own words."""
    return TextField(
        key="hours", label=text("budget-hours-field"), hint=text("budget-hours-hint"), longest=40, names=True,
        initial="–".join(f"{each.hour}.{each.minute:02}" for each in (mine.opens, mine.closes)),
    )  # fmt: skip


def parse_hours(said: str) -> tuple[time, time] | None:
    """Two times, the first half an hour before the second or more: "8–17", "7.30 till 16"; else ``None``."""
    match = _HOURS.fullmatch(said.casefold())
    if match is None:
        return None
    hours, minutes = (int(match[1]), int(match[3])), (int(match[2] or 0), int(match[4] or 0))
    if max(hours) > 23 or max(minutes) > 59:  # noqa: PLR2004 - a clock
        return None
    opens, closes = time(hours[0], minutes[0]), time(hours[1], minutes[1])
    minutes_between = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    return (opens, closes) if minutes_between >= SHORTEST else None
