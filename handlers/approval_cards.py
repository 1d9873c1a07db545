"""How approval looks: the question to an organisation, a proposal to the chair, the word that it is done."""

from typing import Final

from handlers.approval_rules import rulings_of
from handlers.kit.doors import minutes as read_minutes
from handlers.kit.people_shown import shortened, verbatim
from handlers.kit.ui import Action, Button, Card, Element, Instant, Line, Option, Row, Text, Value, text
from handlers.minutes_cards import file_rows
from storage.approvals import Answer, Word
from storage.meetings import Meeting
from storage.minutes import Minutes, Ruling
from storage.records import Actor

SHOWN: Final = 10
"""Decisions shown one by one in the question; all stand in the minutes."""
IN_LIST: Final = 50
"""Characters of a decision in a list of choices."""


def ask_card(
    meeting: Meeting, minutes: Minutes, actor: Actor, answer: Answer, *, why: Text | None = None
) -> Card:
    """The decisions an organisation is part of, and its three answers; afterwards, what it answered.

    ``why`` says why they are asked again.
    """
    title = text("approval-ask", number=minutes.label, actor=actor.name)
    body: list[Element] = []
    if why:
        body.append(Line(why))
    mine = rulings_of(minutes, actor.name)
    body.append(Line(text("approval-your-decisions") if mine else text("approval-no-decisions")))
    body += [
        Line(text("minutes-ruling", number=each.label, what=each.what), "quote") for each in mine[:SHOWN]
    ]
    if len(mine) > SHOWN:
        body.append(Line(text("minutes-more-decisions", count=len(mine) - SHOWN), "small"))
    body += _state(minutes, answer)
    return Card(title, (*body, _buttons(meeting, minutes, actor, answer, mine)), card_name(meeting, actor.id))


def card_name(meeting: Meeting, actor: int) -> str:
    """Each organisation's own card, wherever it was sent."""
    return f"approval:{meeting.forum}:{meeting.id}:{actor}"


def _state(minutes: Minutes, answer: Answer) -> list[Element]:
    if minutes.state == "approved":
        return [Line(text("approval-is-over"))]
    if answer.answer:
        return [Line(text(f"approval-you-said-{answer.answer}"))]
    if minutes.due_at is None:
        return []
    return [Line(text("approval-until", at=Instant(minutes.due_at, minutes.zone)), "small")]


def _buttons(
    meeting: Meeting, minutes: Minutes, actor: Actor, answer: Answer, mine: tuple[Ruling, ...]
) -> Row:
    args = (meeting.id, actor.id)
    buttons = []
    if minutes.state == "asking" and not answer.answer:
        buttons.append(Button(text("approval-confirm"), Action("approval.agree", args), "primary"))
        if mine:
            buttons.append(Button(text("approval-change"), Action("approval.reword", args)))
    buttons.append(Button(text("approval-object"), Action("approval.differ", args)))
    buttons.append(Button(text("minutes-read"), read_minutes(meeting.id)))
    return Row(tuple(buttons))


def aloud(card: Card, who: Value) -> Card:
    """The same in the chat, for somebody who cannot be reached in private."""
    return Card(card.title, (Line(text("approval-aloud", who=who)), *card.body), card.name)


def proposal_card(meeting: Meeting, ruling: Ruling, word: Word, who: Value) -> Card:
    """A proposed change, for whoever leads: the words as they are and as they would be."""
    args = (meeting.id, word.seq)
    buttons = (
        Button(text("approval-accept"), Action("approval.accept", args), "primary"),
        Button(text("approval-refuse"), Action("approval.refuse", args)),
    )
    body = (
        Line(text("approval-words-now")),
        Line(verbatim(ruling.what), "quote"),
        Line(text("approval-words-then")),
        Line(verbatim(word.words), "quote"),
        Row(buttons),
    )
    return Card(text("approval-proposed", who=who, number=ruling.label), body)


def done_card(meeting: Meeting, minutes: Minutes) -> Card:
    """The minutes are approved: how it went, and where to have them."""
    confirmed = sum(each.answer == "confirmed" for each in minutes.confirmations)
    body: list[Element] = [Line(text("minutes-confirmed", count=confirmed, all=len(minutes.confirmations)))]
    if minutes.additions:
        body.append(Line(text("approval-attached", count=len(minutes.additions))))
    return Card(text("approval-done", number=minutes.label), (*body, *file_rows(meeting, minutes)))


def ruling_options(rulings: tuple[Ruling, ...]) -> tuple[Option, ...]:
    """The decisions to choose among."""
    return tuple(Option(str(each.id), _short(each)) for each in rulings)


def _short(ruling: Ruling) -> Text:
    return text("minutes-ruling", number=ruling.label, what=shortened(ruling.what, IN_LIST))
