"""How one's own summary looks: one message for all forums, each with what waits there and the way to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.doors import my_things, notices
from handlers.kit.people_shown import shortened
from handlers.kit.ui import Button, Card, Element, Fact, Items, Line, Row, Text, Value, text
from handlers.kit.wins_shown import in_short, spoken
from storage.own_digests import Mine, Unanswered
from storage.records import ActionItem, Forum
from storage.wins import Win

SHORT: Final = 80
"""Characters of what somebody wrote."""
SHORT_NAME: Final = 40
SECTIONS: Final = 5
"""Forums told of one by one."""
ACTIONS: Final = 3
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
    body: list[Element] = [_action(each, forum, today) for each in one.actions[:ACTIONS]]
    if len(one.actions) > ACTIONS:
        body.append(Line(text("own-digest-more"), "small"))
    for each in one.rounds[:1]:
        day = _day(each, forum)
        whole = text("own-digest-round", what=_short(each.words), day=day)
        body.append(
            Fact(text("own-digest-answer"), spoken(forum, whole, text("own-digest-round-bare", day=day)))
        )
    for each in one.minutes[:1]:
        words = text("own-digest-minutes", number=each.words, day=_day(each, forum))
        body.append(Fact(text("own-digest-approve"), words))
    body += [_thanks(each, forum) for each in one.thanks[:1]]
    for ruling in one.decided.items[:ACTIONS]:
        words = spoken(forum, text("verbatim", words=_short(ruling.what)), text("digest-decided-bare"))
        body.append(Fact(text("decision-number", number=ruling.label), words))
    if one.meeting:
        body.append(Fact(text("digest-meeting"), _moment(one.meeting.begins_at, one.meeting.zone)))
    return body


def _thanks(one: Win, forum: Forum) -> Element:
    if one.kind == "thanks":
        return Line(spoken(forum, in_short(one, SHORT), text("digest-thanks-bare")), "item")
    return Fact(text("own-digest-thanks"), spoken(forum, in_short(one, SHORT), text("digest-untold")))


def _action(one: ActionItem, forum: Forum, today: date) -> Fact:
    label = text("own-digest-action", number=str(one.id))
    day: Value = text("action-due-today") if one.due_on == today else one.due_on or text("action-no-day")
    whole = text("own-digest-what", what=_short(one.what), day=day)
    return Fact(label, spoken(forum, whole, text("own-digest-what-bare", day=day)))


def _short(words: str) -> str:
    return shortened(words, SHORT)


def _day(one: Unanswered, forum: Forum) -> date:
    return one.until.astimezone(ZoneInfo(forum.zone)).date()


def _moment(at: datetime, zone: str) -> Text:
    local = at.astimezone(ZoneInfo(zone))
    clock = text("clock", hour=str(local.hour), minute=f"{local.minute:02}")
    return text("own-digest-when", day=local.date(), clock=clock)
