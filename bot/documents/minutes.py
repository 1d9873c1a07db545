"""Minutes laid out: who met, what came of each point, the decisions and actions at a glance, and who has confirmed.

The same sheet becomes Word, PDF, HTML and Markdown. What somebody wrote stands as they wrote it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.documents.sheet import Block, Facts, Heading, Listed, Paragraph, Sheet, Table
from bot.speech import Speech
from handlers.kit.ui import Instant, Items, Text, Value, text
from handlers.kit.ui_json import value_from_json
from handlers.minutes_cards import round_told
from storage.minutes import Addition, Attendee, Confirmation, Item, Minutes, Ruling, Task


def minutes_sheet(minutes: Minutes, speech: Speech, language: str, zone: str) -> Sheet:
    """The minutes in this language; ``zone`` is for moments that happened outside the meeting."""
    return _Layout(minutes, speech, language, zone).sheet()


@dataclass(frozen=True, slots=True)
class _Layout:
    minutes: Minutes
    speech: Speech
    language: str
    zone: str

    def say(self, key: str, /, **values: Value) -> str:
        return self.spoken(Text(key, values))

    def spoken(self, what: Text) -> str:
        return self.speech.say(what, self.language, zone=self.minutes.zone).plain

    def sheet(self) -> Sheet:
        minutes = self.minutes
        made = minutes.approved_at or minutes.ends_at
        return Sheet(
            self.say("document-title", forum=minutes.forum, number=minutes.label),
            self.language,
            minutes.forum,
            int(made.timestamp()),
            self.say("document-foot", forum=minutes.forum, number=minutes.label),
            self.say("document-page"),
            tuple(self.blocks()),
        )

    def blocks(self) -> Iterator[Block]:
        minutes = self.minutes
        yield Paragraph(self.spoken(text(f"document-state-{minutes.state}", **self._state())), "lead")
        yield Facts(tuple(self._facts()))
        yield from self._presence()
        if minutes.rulings or minutes.tasks:
            yield Heading(self.say("document-at-a-glance"))
            yield from self._decisions()
            yield from self._actions()
        yield Heading(self.say("document-points"))
        for each in minutes.items:
            yield from self._item(each)
        if not minutes.items:
            yield Paragraph(self.say("document-no-points"))
        yield from self._approval()
        yield from self._fingerprint()

    def _state(self) -> dict[str, Value]:
        minutes = self.minutes
        match minutes.state:
            case "approved" if minutes.approved_at:
                return {"day": self._day(minutes.approved_at)}
            case "asking" if minutes.due_at:
                return {"day": self._day(minutes.due_at)}
            case _:
                return {}

    def _day(self, at: datetime) -> Value:
        return at.astimezone(ZoneInfo(self.minutes.zone)).date()

    def _facts(self) -> Iterator[tuple[str, str]]:
        minutes = self.minutes
        yield self.say("document-meeting"), minutes.title
        opened, closed = (Instant(each, minutes.zone) for each in (minutes.begins_at, minutes.ends_at))
        yield self.say("document-began"), self.say("document-value", value=opened)
        yield self.say("document-ended"), self.say("document-value", value=closed)
        if minutes.venue:
            yield self.say("document-venue"), minutes.venue
        if minutes.chair:
            yield self.say("document-chair"), minutes.chair

    # --- Who was there ---------------------------------------------------------------------------------------------

    def _presence(self) -> Iterator[Block]:
        present = self.minutes.present
        people = sum(len(each.people) for each in present)
        organisations = sum(1 for each in present if each.name)
        yield Heading(self.say("document-present"))
        if not present:
            yield Paragraph(self.say("document-nobody"))
            return
        caption = self.say("document-present-count", people=people, organisations=organisations)
        rows = tuple(
            (
                each.name or self.say("document-no-organisation"),
                self._listed(tuple(map(self._attendee, each.people))),
            )
            for each in present
        )
        yield Table(caption, (self.say("document-organisation"), self.say("document-people")), rows)

    def _attendee(self, one: Attendee) -> str:
        return (
            self.say("document-substitute", name=one.name, other=one.instead_of)
            if one.instead_of
            else one.name
        )

    def _listed(self, values: tuple[str, ...]) -> str:
        return self.say("document-value", value=Items(values)) if values else ""

    # --- What came of it -------------------------------------------------------------------------------------------

    def _decisions(self) -> Iterator[Block]:
        rulings = self.minutes.rulings
        if not rulings:
            return
        headers = tuple(map(self.say, ("document-number", "document-decision", "document-follow-up")))
        rows = tuple((self._paragraph(each), each.what, self._date(each.follow_up_on)) for each in rulings)
        yield Table(self.say("document-decisions", count=len(rulings)), headers, rows)

    def _actions(self) -> Iterator[Block]:
        tasks = self.minutes.tasks
        if not tasks:
            return
        headers = tuple(map(self.say, ("document-action", "document-owner", "document-due")))
        rows = tuple((each.what, self._owner(each), self._date(each.due_on)) for each in tasks)
        yield Table(self.say("document-actions", count=len(tasks)), headers, rows)

    def _paragraph(self, ruling: Ruling) -> str:
        return self.say("document-paragraph", number=ruling.label)

    def _date(self, day: Value | None) -> str:
        return self.say("document-value", value=day) if day else self.say("document-no-day")

    def _owner(self, task: Task) -> str:
        if task.owner and task.actor:
            return self.say("person-of-actor", person=task.owner, actor=task.actor)
        return task.owner or task.actor or self.say("nobody")

    def _item(self, item: Item) -> Iterator[Block]:
        what = self._what(item)
        yield Heading(
            self.say("document-point", number=str(item.number), what=what) if item.number else what, 2
        )
        if not item.reached:
            yield Paragraph(self.say("document-not-reached"), "small")
        for each in item.notes:
            yield Paragraph(each)
        for one in item.rounds:
            asked, *stands = map(self.spoken, round_told(one, self.minutes.zone))
            yield Paragraph(asked)
            yield Listed(tuple(stands))
        for ruling in item.rulings:
            yield from self._ruling(ruling)
        if item.tasks:
            yield Paragraph(self.say("document-actions-here"), "small")
            yield Listed(tuple(map(self._task, item.tasks)))

    def _what(self, item: Item) -> str:
        if not item.what:
            return self.say("document-besides")
        said = value_from_json(json.loads(item.what))
        return (
            self.speech.say(said, self.language, zone=self.zone).plain
            if isinstance(said, Text)
            else str(said)
        )

    def _ruling(self, ruling: Ruling) -> Iterator[Block]:
        yield Paragraph(self.say("document-ruling", number=ruling.label, what=ruling.what), "ruling")
        more = (
            ("document-why", ruling.why),
            ("document-with", self._listed(ruling.actors)),
            (
                "document-process",
                self.spoken(text(f"document-process-{ruling.process}")) if ruling.process else "",
            ),
            ("document-objections", ruling.objections),
            ("document-owner", ruling.owner),
            ("document-follow-up", self._date(ruling.follow_up_on) if ruling.follow_up_on else ""),
        )
        if rows := tuple((self.say(key), words) for key, words in more if words):
            yield Facts(rows)

    def _task(self, task: Task) -> str:
        return self.say("document-task", what=task.what, owner=self._owner(task), day=self._date(task.due_on))

    # --- Approval --------------------------------------------------------------------------------------------------

    def _approval(self) -> Iterator[Block]:
        minutes = self.minutes
        if minutes.confirmations:
            yield Heading(self.say("document-approval"))
            confirmed = sum(each.answer == "confirmed" for each in minutes.confirmations)
            caption = self.say("document-confirmed-count", count=confirmed, all=len(minutes.confirmations))
            headers = tuple(map(self.say, ("document-organisation", "document-answer", "document-by")))
            yield Table(caption, headers, tuple(map(self._confirmation, minutes.confirmations)))
        yield from self._words("document-additions", minutes.additions)
        yield from self._words("document-late", minutes.late)

    def _confirmation(self, one: Confirmation) -> tuple[str, str, str]:
        answer = self.spoken(text(f"document-answer-{one.answer or 'none'}"))
        by = self.say("document-by-day", who=one.who, day=self._day(one.at)) if one.at else ""
        return one.actor, answer, by or self.say("document-nobody-answered")

    def _words(self, heading: str, additions: tuple[Addition, ...]) -> Iterator[Block]:
        if not additions:
            return
        yield Heading(self.say(heading))
        for each in additions:
            about = text("document-about", number=each.label) if each.label else text("document-about-all")
            yield Heading(self.spoken(text(f"document-{each.kind}", actor=each.actor, about=about)), 2)
            yield Paragraph(each.words)
            yield Paragraph(self.say("document-by-day", who=each.who, day=self._day(each.at)), "small")

    def _fingerprint(self) -> Iterator[Block]:
        minutes = self.minutes
        if not minutes.fingerprint:
            return
        yield Heading(self.say("document-fingerprint"))
        yield Paragraph(self.say("document-fingerprint-how"))
        yield Paragraph(minutes.fingerprint, "code")
