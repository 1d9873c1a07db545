"""How one's own summary looks: one message for all forums, each with what waits there and the way to it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from handlers.kit.doors import my_things, notices
from handlers.kit.people_shown import shortened
from handlers.kit.ui import Button, Card, Element, Fact, Items, Line, Row, Text, Value, text
from handlers.kit.when import clock
from handlers.kit.wins_shown import in_short, spoken
from storage.digests import Ruling
from storage.own_digests import Mine, Unanswered
from storage.records import ActionItem, Forum
from storage.wins import Win

T = TypeVar("T")
SHORT: Final = 80
"""Characters of what somebody wrote."""
SHORT_NAME: Final = 40
SECTIONS: Final = 5
"""Forums told of one by one."""
ACTIONS: Final = 3
"""Actions shown of one forum, and decisions; of all else the most pressing one."""
OTHERS: Final = 5
"""Forums named beside them, of those where something waits and of the quiet ones."""


def own_digest_card(
    found: Sequence[Mine], quiet: Sequence[Forum], today: date, *, late: bool = False, back: bool = False
) -> Card:
    """What waits in every forum of a person. ``back`` greets somebody who has been away."""
    body: list[Element] = [Line(text("digest-late"), "small")] if late else []
    for each in found[:SECTIONS]:
        body.append(Line(text("own-digest-forum", forum=shortened(each.forum.name, SHORT_NAME)), "heading"))
        body += _section(each, today)
    body += _others("own-digest-others", [each.forum for each in found[SECTIONS:]])
    body += _others("own-digest-quiet", quiet)
    ways = [_way(each.forum) for each in found[:SECTIONS]]
    title = text("own-digest-back") if back else text("own-digest-title", day=today)
    settings = Row((Button(text("own-digest-settings"), notices()),))
    return Card(title, (*body, *((Row(tuple(ways)),) if ways else ()), settings))


def _others(key: str, forums: Sequence[Forum]) -> list[Element]:
    named: list[Value] = [shortened(each.name, SHORT_NAME) for each in forums[:OTHERS]]
    if len(forums) > OTHERS:
        named.append(text("digest-others", count=len(forums) - OTHERS))
    return [Line(text(key, forums=Items(tuple(named))), "small")] if named else []


def _way(forum: Forum) -> Button:
    label = text("own-digest-open", forum=shortened(forum.name, SHORT_NAME))
    return Button(label, replace(my_things(), forum=forum.id))


def _section(one: Mine, today: date) -> list[Element]:
    forum = one.forum
    body = _first(one.actions, ACTIONS, lambda each: _action(each, forum, today))
    body += _first(one.rounds, 1, lambda each: _round(each, forum))
    body += _first(one.minutes, 1, lambda each: _minutes(each, forum))
    body += _first(one.thanks[::-1], 1, lambda each: _thanks(each, forum))
    body += _first(one.decided.items, ACTIONS, lambda each: _ruling(each, forum), one.decided.count)
    if one.meeting:
        body.append(Fact(text("digest-meeting"), _moment(one.meeting.begins_at, one.meeting.zone)))
    return body


def _first(found: Sequence[T], room: int, line: Callable[[T], Element], count: int = 0) -> list[Element]:
    """The first of several things, and how many more there are."""
    shown, left = found[:room], max(count, len(found)) - room
    more = [Line(text("action-and-more", count=left), "small")] if left > 0 else []
    return [*map(line, shown), *more]


def _round(one: Unanswered, forum: Forum) -> Fact:
    day = _day(one, forum)
    whole = text("own-digest-round", what=shortened(one.words, SHORT), day=day)
    return Fact(text("own-digest-answer"), spoken(forum, whole, text("own-digest-round-bare", day=day)))


def _minutes(one: Unanswered, forum: Forum) -> Fact:
    words = text("own-digest-minutes", number=one.words, day=_day(one, forum))
    return Fact(text("own-digest-approve"), words)


def _ruling(one: Ruling, forum: Forum) -> Fact:
    words = text("verbatim", words=shortened(one.what, SHORT))
    return Fact(text("decision-number", number=one.label), spoken(forum, words, text("digest-decided-bare")))


def _thanks(one: Win, forum: Forum) -> Element:
    if one.kind == "thanks":
        return Line(spoken(forum, in_short(one, SHORT), text("digest-thanks-bare")), "item")
    return Fact(text("own-digest-thanks"), spoken(forum, in_short(one, SHORT), text("digest-untold")))


def _action(one: ActionItem, forum: Forum, today: date) -> Fact:
    label = text("own-digest-action", number=str(one.id))
    day: Value = text("action-due-today") if one.due_on == today else one.due_on or text("action-no-day")
    whole = text("own-digest-what", what=shortened(one.what, SHORT), day=day)
    return Fact(label, spoken(forum, whole, text("own-digest-what-bare", day=day)))


def _day(one: Unanswered, forum: Forum) -> date:
    return one.until.astimezone(ZoneInfo(forum.zone)).date()


def _moment(at: datetime, zone: str) -> Text:
    local = at.astimezone(ZoneInfo(zone))
    return text("own-digest-when", day=local.date(), clock=clock(local))
