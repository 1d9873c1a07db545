"""A leaders' brief laid out: what to take home first, then each part with a sentence and what belongs to it."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from bot.documents.sheet import Block, Heading, Listed, Paragraph, Sheet
from bot.speech import Speech
from handlers.brief_rules import Brief, span
from handlers.kit.ui import Text, text


def brief_sheet(brief: Brief, speech: Speech, language: str) -> Sheet:
    """The brief in this language, on the day it was made."""

    def say(what: Text) -> str:
        return speech.say(what, language, zone=brief.zone).plain

    return Sheet(
        say(text("brief-title", forum=brief.forum)),
        language,
        brief.forum,
        int(datetime.combine(brief.until, time(12), UTC).timestamp()),
        say(text("brief-foot", forum=brief.forum, day=brief.until)),
        say(text("document-page")),
        (
            Paragraph(say(span(brief)), "lead"),
            Heading(say(text("brief-document-home"))),
            Listed(tuple(map(say, brief.home))),
            *(
                block
                for each in brief.sections
                for block in _section(say(each.heading), say(each.summary), tuple(map(say, each.items)))
            ),
        ),
    )


def _section(heading: str, summary: str, items: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(heading)
    yield Paragraph(summary)
    if items:
        yield Listed(items)
