"""How minutes look in the chats: the card at a glance, the pages to read, the file somebody asked for."""

import json
from collections.abc import Sequence
from typing import Final

from handlers.kit.people_shown import verbatim
from handlers.kit.ui import (
    Action,
    Button,
    Card,
    Document,
    Element,
    Fact,
    Instant,
    Items,
    Line,
    Row,
    Text,
    text,
)
from handlers.kit.ui_json import value_from_json
from storage.meetings import Meeting
from storage.minutes import Confirmation, Item, Minutes, RoundLine, Task, canonical, minutes_to_json

SHOWN: Final = 8
"""Decisions on the card; the others are on the pages."""
PAGE: Final = 2400
"""Characters of a page, more or less: Telegram takes 4096."""
FORMS: Final = (("word", "docx"), ("pdf", "pdf"), ("html", "html"), ("markdown", "md"))
"""What minutes can be had as, and the ending of its name; the order is that of the buttons, and of their numbers."""
CANONICAL: Final = len(FORMS)
"""The number of the text that the fingerprint is counted from."""
FILE_LABELS: Final = ("minutes-as-word", "minutes-as-pdf", "minutes-as-html", "minutes-as-markdown")


def minutes_card(meeting: Meeting, minutes: Minutes, *, named: bool = True) -> Card:
    """The minutes at a glance. ``named`` for the card of the chats, which follows the approval."""
    rulings, tasks = minutes.rulings, minutes.tasks
    people = sum(len(each.people) for each in minutes.present)
    organisations = sum(1 for each in minutes.present if each.name)
    body: list[Element] = [
        Fact(text("minutes-present"), text("minutes-people", people=people, organisations=organisations)),
        Fact(text("minutes-decided"), text("minutes-decisions", count=len(rulings))),
        *(
            Line(text("minutes-ruling", number=each.label, what=each.what), "quote")
            for each in rulings[:SHOWN]
        ),
    ]
    if len(rulings) > SHOWN:
        body.append(Line(text("minutes-more-decisions", count=len(rulings) - SHOWN), "small"))
    body.append(Fact(text("minutes-to-do"), text("minutes-actions", count=len(tasks))))
    name = f"minutes:{meeting.forum}:{meeting.id}" if named else ""
    title = text(f"minutes-title-{minutes.state}", number=minutes.label)
    return Card(title, (*body, *_approval(minutes), *file_rows(meeting, minutes)), name)


def file_rows(meeting: Meeting, minutes: Minutes) -> list[Row]:
    """To read it here, and to have it as a file."""
    read = Button(text("minutes-read"), Action("minutes.page", (meeting.id, 0)), "primary")
    files = tuple(
        Button(text(label), Action("minutes.export", (meeting.id, number)))
        for number, label in enumerate(FILE_LABELS)
    )
    check = Button(text("minutes-canonical"), Action("minutes.export", (meeting.id, CANONICAL)))
    return [Row((read,)), Row((*files, check) if minutes.state == "approved" else files)]


def _approval(minutes: Minutes) -> list[Element]:
    """Who has confirmed, who differs, who has not answered; in words, not in colours."""
    if not minutes.confirmations:
        return []
    done = _of(minutes.confirmations, "confirmed")
    lines: list[Element] = [Line(text("minutes-confirmed", count=len(done), all=len(minutes.confirmations)))]
    lines += [
        Fact(text(f"minutes-answer-{answer or 'none'}"), Items(names))
        for answer in ("confirmed", "differs", "")
        if (names := _of(minutes.confirmations, answer))
    ]
    if minutes.state == "asking" and minutes.due_at:
        lines.append(Line(text("minutes-due", at=Instant(minutes.due_at, minutes.zone)), "small"))
    if minutes.late:
        lines.append(Line(text("minutes-late", count=len(minutes.late)), "small"))
    if minutes.fingerprint:
        lines.append(Line(text("minutes-fingerprint", fingerprint=minutes.fingerprint), "small"))
    return lines


def _of(confirmations: Sequence[Confirmation], answer: str) -> tuple[str, ...]:
    return tuple(each.actor for each in confirmations if each.answer == answer)


# --- To read ---------------------------------------------------------------------------------------------------


def page_card(meeting: Meeting, minutes: Minutes, start: int) -> Card:
    """Some of the points, from one on, and the way to the next ones."""
    body: list[Element] = []
    end, size = start, 0
    while end < len(minutes.items) and (end == start or size + _size(minutes.items[end]) < PAGE):
        body += _point(minutes.items[end], minutes.zone)
        size += _size(minutes.items[end])
        end += 1
    if not body:
        body.append(Line(text("minutes-no-points")))
    if end < len(minutes.items):
        further = Action("minutes.page", (meeting.id, end))
        body.append(Row((Button(text("minutes-next-points"), further),)))
    return Card(text(f"minutes-title-{minutes.state}", number=minutes.label), tuple(body))


def _size(item: Item) -> int:
    said = (
        item.what,
        *item.notes,
        *(each.what for each in item.rulings),
        *(each.what for each in item.tasks),
        *(said for each in item.rounds for said in (each.question, each.reason, *each.options)),
    )
    return sum(len(each) + 20 for each in said)


def _point(item: Item, zone: str) -> list[Element]:
    what = point_text(item)
    title = text("minutes-point", number=str(item.number), what=what) if item.number else what
    lines: list[Element] = [Line(title)]
    if not item.reached:
        lines.append(Line(text("minutes-not-reached"), "small"))
    lines += [Line(verbatim(each), "quote") for each in item.notes]
    for one in item.rounds:
        asked, *stands = round_told(one, zone)
        lines += [Line(asked, "item"), *(Line(each, "small") for each in stands)]
    lines += [
        Line(text("minutes-decided-here", number=each.label, what=each.what), "item") for each in item.rulings
    ]
    return [*lines, *(Line(text("minutes-task", **_task(each)), "small") for each in item.tasks)]


def _task(task: Task) -> dict[str, Text | str]:
    who: Text | str = task.owner or task.actor or text("nobody")
    if task.owner and task.actor:
        who = text("person-of-actor", person=task.owner, actor=task.actor)
    day = text("minutes-by-day", day=task.due_on) if task.due_on else text("minutes-no-day")
    return {"what": task.what, "who": who, "day": day}


def round_told(one: RoundLine, zone: str) -> tuple[Text, ...]:
    """A decision round, a sentence each: what was asked, how it stands, and what there is to say of that."""
    lines = [text(f"minutes-round-{one.kind}", number=str(one.number), what=one.question), _stands(one, zone)]
    if one.counts:
        votes = tuple(
            text("minutes-round-option", option=option, count=count)
            for option, count in zip(one.options, one.counts, strict=True)
        )
        lines.append(text("minutes-round-votes", votes=Items(votes)))
    if one.reason:
        lines.append(text("minutes-round-reason", words=one.reason))
    if one.state == "decided" and one.label:
        lines.append(text("minutes-round-led-to", number=one.label))
    return tuple(lines)


def _stands(one: RoundLine, zone: str) -> Text:
    if one.until and one.state == "open":
        return text("minutes-round-open", until=Instant(one.until, zone))
    if one.state in ("deciding", "anchoring", "undone"):
        return text(f"minutes-round-{one.state}")
    if one.state == "withdrawn":
        return text("round-withdrawn")
    if one.kind == "advice":
        return text("minutes-round-advised", who=one.who, count=one.count, all=one.all)
    if one.kind == "vote":
        return _voted(one)
    if one.state == "stopped":
        return text(f"round-{one.kind}-stopped", who=one.who)
    return text(f"round-{one.kind}-{one.state}", count=one.count, all=one.all)


def _voted(one: RoundLine) -> Text:
    if one.count < one.needed:
        return text("round-vote-short", count=one.count, all=one.all, needed=one.needed)
    most = max(one.counts, default=0)
    if not most:
        return text("round-vote-nobody")
    chosen = tuple(option for option, count in zip(one.options, one.counts, strict=True) if count == most)
    if len(chosen) > 1:
        return text("round-vote-tied", options=Items(chosen), count=most)
    return text("round-vote-decided", option=chosen[0], count=most, all=one.count)


def point_text(item: Item) -> Text:
    """What a point is about."""
    if not item.what:
        return text("minutes-besides")
    said = value_from_json(json.loads(item.what))
    return said if isinstance(said, Text) else verbatim(str(said))


# --- To have ---------------------------------------------------------------------------------------------------


def file_card(minutes: Minutes, number: int) -> Card:
    """The minutes as a file of one kind; raises ``LookupError`` when there is no such kind."""
    name = f"protokoll-{minutes.label.replace('/', '-')}"
    missing = text("minutes-no-file")
    if number == CANONICAL:
        told = Line(text("minutes-canonical-how"), "small")
        document = Document("text", f"{name}.txt", canonical(minutes), missing)
        return Card(text("minutes-file", number=minutes.label), (told, document))
    kind, ending = FORMS[number]
    data = json.dumps(minutes_to_json(minutes), ensure_ascii=False)
    document = Document(f"minutes-{kind}", f"{name}.{ending}", data, missing)
    return Card(text("minutes-file", number=minutes.label), (document,))
