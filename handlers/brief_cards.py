"""How a leaders' brief looks as a message, what its coordinators may set, and the file somebody asked for."""

from collections.abc import Sequence
from typing import Final

from handlers.brief_rules import Brief, Section, brief_to_json, span
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Action, Button, Card, Document, Element, Fact, Items, Line, Row, Text, text
from storage.briefs import Plan, Wish
from storage.records import Member

FORMS: Final = (("word", "docx"), ("pdf", "pdf"))
"""What a brief can be had as, and the ending of its name; the order is that of the buttons."""
FILE_LABELS: Final = ("brief-as-word", "brief-as-pdf")
RHYTHMS: Final = ("off", "monthly", "meeting")


def brief_card(brief: Brief, number: int, *, answer: Action | None = None, late: bool = False) -> Card:
    """The brief: first what to take home, then the rest, and the question back. ``number`` is 0 for one not sent."""
    body: list[Element] = [Line(span(brief), "small")]
    if late:
        body.append(Line(text("brief-late"), "small"))
    body.append(Line(text("brief-home"), "heading"))
    body += map(_item, brief.home)
    for section in brief.sections:
        body += _told(section)
    if answer:
        body.append(Line(text("brief-ask")))
        body.append(Row((Button(text("brief-answer"), answer, "primary", private=True),)))
    body.append(
        Row(
            tuple(
                Button(text(label), Action("briefs.export", (number, form)))
                for form, label in enumerate(FILE_LABELS)
            )
        )
    )
    return Card(text("brief-title", forum=brief.forum), tuple(body))


def _told(section: Section) -> list[Element]:
    return [Fact(section.heading, section.summary), *map(_item, section.items)]


def _item(what: Text) -> Line:
    return Line(text("brief-item", what=what), "item")


def plan_elements(
    plan: Plan, readers: Sequence[Member], unreached: Sequence[Member], wishes: Sequence[Wish], *,
    change: Action, send: Action,
) -> list[Element]:  # fmt: skip
    """For those who run the forum: when it comes, who reads it, what they answered last, and what one can change."""
    body: list[Element] = [Fact(text("brief-fact-rhythm"), text(f"brief-rhythm-{plan.rhythm}"))]
    if readers:
        body.append(Fact(text("brief-fact-readers"), _names(readers)))
    if unreached:
        body.append(Line(text("brief-unreached", who=_names(unreached)), "small"))
    for each in wishes:
        body.append(Line(text("brief-said", who=each.who), "small"))
        body.append(Line(verbatim(each.words), "quote"))
    buttons = [Button(text("brief-settings"), change)]
    if readers:
        sure = text("brief-send-sure", count=len(readers))
        buttons.append(Button(text("brief-send"), send, confirm=sure))
    return [*body, Row(tuple(buttons))]


def _names(members: Sequence[Member]) -> Items:
    return Items(tuple(each.name for each in members))


def wish_card(who: str, words: str, to_agenda: Action) -> Card:
    """What a reader wants put first, for the coordinators."""
    body = (Line(verbatim(words), "quote"), Row((Button(text("brief-to-agenda"), to_agenda),)))
    return Card(text("brief-wish", who=who), body)


def file_card(brief: Brief, form: int) -> Card:
    """The brief as a file; raises ``LookupError`` when there is no such kind."""
    kind, ending = FORMS[form]
    name = f"ledningsbrev-{brief.until.isoformat()}.{ending}"
    document = Document(f"brief-{kind}", name, brief_to_json(brief), text("brief-no-file"))
    return Card(text("brief-file", day=brief.until), (document,))
