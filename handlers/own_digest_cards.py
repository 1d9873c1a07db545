"""How one's own summary looks: one message for all forums, each with what waits there and the way to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.agenda_rules import shortened
from handlers.kit.doors import my_things, notices
from handlers.kit.ui import Button, Card, Element, Fact, Items, Line, Row, Text, Value, text
from storage.own_digests import Mine, Unanswered
from storage.records import ActionItem, Forum

SHORT: Final = 80
"""Characters of what somebody wrote."""
SHORT_NAME: Final = 40
SECTIONS: Final = 5
"""Forums told of one by one."""
ACTIONS: Final = 3
OTHERS: Final = 8
"""Quiet forums named."""


def own_digest_card(
    found: Sequence[Mine], quiet: Sequence[Forum], today: date, *, late: bool = False, back: bool = False
) -> Card:
    """What waits in every forum of a person. ``back`` greets somebody who has been away."""
    body: list[Element] = [Line(text("digest-late"), "small")] if late else []
    for each in found[:SECTIONS]:
        body.append(Line(text("own-digest-forum", forum=shortened(each.forum.name, SHORT_NAME))))
        body += _section(each, today)
    rest = [*(each.forum for each in found[SECTIONS:]), *quiet]
    if rest:
        named: list[Value] = [shortened(each.name, SHORT_NAME) for each in rest[:OTHERS]]
        if len(rest) > OTHERS:
            named.append(text("digest-others", count=len(rest) - OTHERS))
        key = "own-digest-others" if found[SECTIONS:] else "own-digest-quiet"
        body.append(Line(text(key, forums=Items(tuple(named))), "small"))
    ways = [_way(each.forum) for each in found[:SECTIONS]]
    title = text("own-digest-back") if back else text("own-digest-title", day=today)
    settings = Row((Button(text("own-digest-settings"), notices()),))
    return Card(title, (*body, *((Row(tuple(ways)),) if ways else ()), settings))


def _way(forum: Forum) -> Button:
    label = text("own-digest-open", forum=shortened(forum.name, SHORT_NAME))
    return Button(label, replace(my_things(), forum=forum.id))


def _section(one: Mine, today: date) -> list[Element]:
    body: list[Element] = [_action(each, one.forum, today) for each in one.actions[:ACTIONS]]
    if len(one.actions) > ACTIONS:
        body.append(Line(text("own-digest-more"), "small"))
    for each in one.rounds[:1]:
        words = _words("own-digest-round", one.forum, each.words, day=_day(each, one.forum))
        body.append(Fact(text("own-digest-answer"), words))
    for each in one.minutes[:1]:
        words = text("own-digest-minutes", number=each.words, day=_day(each, one.forum))
        body.append(Fact(text("own-digest-approve"), words))
    for win in one.thanks[:1]:
        key = "digest-untold" if one.forum.confidential else "digest-words"
        body.append(Fact(text("own-digest-thanks"), text(key) if one.forum.confidential else _said(win.what)))
    for ruling in one.decided.items[:ACTIONS]:
        label = text("decision-number", number=ruling.label)
        body.append(Fact(label, _words("digest-words", one.forum, ruling.what)))
    if one.meeting:
        body.append(Fact(text("digest-meeting"), _moment(one.meeting.begins_at, one.meeting.zone)))
    return body


def _action(one: ActionItem, forum: Forum, today: date) -> Fact:
    label = text("own-digest-action", number=str(one.id))
    day: Value = text("action-due-today") if one.due_on == today else one.due_on or text("action-no-day")
    return Fact(label, _words("own-digest-what", forum, one.what, day=day))


def _said(what: str) -> Text:
    return text("digest-words", what=shortened(what, SHORT))


def _words(key: str, forum: Forum, what: str, **values: Value) -> Text:
    if forum.confidential:
        return text(f"{key}-bare", **values)
    return text(key, what=shortened(what, SHORT), **values)


def _day(one: Unanswered, forum: Forum) -> date:
    return one.until.astimezone(ZoneInfo(forum.zone)).date()


def _moment(at: datetime, zone: str) -> Text:
    local = at.astimezone(ZoneInfo(zone))
    clock = text("clock", hour=str(local.hour), minute=f"{local.minute:02}")
    return text("own-digest-when", day=local.date(), clock=clock)
