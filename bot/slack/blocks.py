"""Cards as Slack blocks; pure.

Every word stands in a ``rich_text`` or ``plain_text`` object and none in ``mrkdwn``: there Slack reads no notation at
all, so nothing anybody writes can become bold, a link, a mention or a call to everybody. Mentions come only from the
ids that the message names. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from bot.speech import Sentence, Speech, clean
from handlers.kit.ui import Button, Card, Fact, Line, Link, Mention, Picture, Row, Text, Value, text

Json = dict[str, Any]

# https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/messaging/formatting-message-text
MESSAGE_BLOCKS: Final = 50
HOME_BLOCKS: Final = 100
MESSAGE_SIZE: Final = 12_000
"""All blocks of a message as JSON: https://github.com/slackapi/bolt-js/issues/2509 met an end at 13,200."""
HOME_SIZE: Final = 200_000
LINE: Final = 2900
"""Longer than this a single paragraph is cut; Slack takes 3000."""
FALLBACK: Final = 3900
"""``chat.update`` refuses a text of more than 4000 characters, escapes counted."""
ROW_BUTTONS: Final = 25
BUTTON_TEXT: Final = 75
BUTTON_URL: Final = 3000
ALT_TEXT: Final = 2000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
MORE: Final = "…"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card ready to be sent: its blocks, and the words for notifications and screen readers."""

    text: str
    blocks: list[Json]

    @property
    def picture(self) -> bool:
        """Whether a picture is among them."""
        return any(each["type"] == "image" for each in self.blocks)


def short(words: str, longest: int) -> str:
    """The words, or their beginning and "…"; never cut inside what a reader takes for one sign."""
    return words if len(words) <= longest else clean(words, longest=longest - 1) + MORE


def plain(words: str, longest: int) -> Json:
    """A text object in which Slack reads no notation."""
    return {"type": "plain_text", "text": short(words, longest) or MORE, "emoji": True}


def escaped(words: str) -> str:
    """Words for the one field in which Slack does read its notation."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in one language for one chat. ``forum`` goes into the data of buttons, ``mentions`` are its people."""

    speech: Speech
    language: str
    zone: str
    forum: int = 0
    mentions: Mapping[int, str] = field(default_factory=dict)

    def card(
        self, card: Card, *, most: int = MESSAGE_BLOCKS, size: int = MESSAGE_SIZE, file: str = ""
    ) -> Drawn:
        """The whole card. One that is too long loses its last paragraphs and says so.

        ``file`` is the card's picture in Slack; its words stand under it, or alone.
        """
        title = self.say(card.title)
        blocks = [_rich(_section(self.runs(title, bold=True)))]
        said = [title.plain]
        facts: list[Json] | None = None
        for each in card.body:
            if isinstance(each, Fact):
                section, words = self._fact(each)
                said.append(words)
                if facts is None:
                    facts = []
                    blocks.append(_rich())
                    blocks[-1]["elements"] = facts
                facts.append(section)
                continue
            facts = None
            if isinstance(each, Line):
                sentence = self.say(each.text)
                said.append(sentence.plain)
                blocks.extend(self._line(each, sentence))
            elif isinstance(each, Picture):
                sentence = self.say(each.alt)
                said.append(sentence.plain)
                blocks.extend(self._picture(sentence, file))
                file = ""
            elif isinstance(each, Row):
                blocks.extend(self._row(each, len(blocks)))
        if len(blocks) > most or size_of(blocks) > size:
            blocks = self._fitted(blocks, most, size)
        return Drawn(_fallback("\n".join(filter(None, said))), blocks)

    def sentence(self, what: Text) -> Drawn:
        """One sentence as a message of its own."""
        return self.card(Card(what))

    def say(self, what: Text) -> Sentence:
        return self.speech.say(what, self.language, zone=self.zone)

    def words(self, what: Text) -> str:
        return self.say(what).plain

    def runs(self, sentence: Sentence, *, bold: bool = False) -> list[Json]:
        """A sentence as elements of rich text, with people as mentions where they can be reached."""
        style = {"style": {"bold": True}} if bold else {}
        runs: list[Json] = []
        left = LINE
        for part in sentence.parts:
            if isinstance(part, Mention) and part.person in self.mentions:
                runs.append({"type": "user", "user_id": self.mentions[part.person], **style})
                continue
            words = part.name if isinstance(part, Mention) else part
            if words:
                runs.append({"type": "text", "text": short(words, left), **style})
            left -= len(words)
            if left <= 1:
                break
        return runs

    def _fact(self, fact: Fact) -> tuple[Json, str]:
        label, value = self.words(fact.label), self._value(fact.value)
        runs = [{"type": "text", "text": f"{short(label, LINE)}: ", "style": {"bold": True}}]
        return _section([*runs, *self.runs(value)]), f"{label}: {value.plain}"

    def _value(self, value: Value) -> Sentence:
        return self.say(value) if isinstance(value, Text) else self.say(text("slack-value", value=value))

    def _line(self, line: Line, sentence: Sentence) -> Iterator[Json]:
        runs = self.runs(sentence, bold=line.style == "heading")
        if not runs:
            return
        if line.style == "small":
            yield {"type": "context", "elements": [plain(sentence.plain, LINE)]}
        elif line.style == "quote":
            yield _rich({"type": "rich_text_quote", "elements": runs})
        else:
            yield _rich(_section(runs))

    def _picture(self, said: Sentence, file: str) -> Iterator[Json]:
        if file:
            alt = short(said.plain, ALT_TEXT) or MORE
            yield {"type": "image", "slack_file": {"id": file}, "alt_text": alt}
        yield _rich(_section(self.runs(said)))

    def _row(self, row: Row, number: int) -> Iterator[Json]:
        drawn = [self._button(each, f"{number}.{place}") for place, each in enumerate(row.buttons)]
        kept = [each for each in drawn if len(each.get("url", "")) <= BUTTON_URL]
        for start in range(0, len(kept), ROW_BUTTONS):
            yield {"type": "actions", "elements": kept[start : start + ROW_BUTTONS]}

    def _button(self, button: Button | Link, action_id: str) -> Json:
        label = plain(self.words(button.label), BUTTON_TEXT)
        drawn: Json = {"type": "button", "action_id": action_id, "text": label}
        if isinstance(button, Link):
            return {**drawn, "url": button.url}
        drawn["value"] = button.action.encode(self.forum)
        if button.style != "plain":
            drawn["style"] = button.style
        if button.confirm:
            drawn["confirm"] = self._confirm(button.confirm, button.style)
        return drawn

    def _confirm(self, question: Text, style: str) -> Json:
        asked = {
            "title": plain(self.words(text("confirm-title")), CONFIRM_TITLE),
            "text": plain(self.words(question), CONFIRM_TEXT),
            "confirm": plain(self.words(text("confirm-yes")), CONFIRM_BUTTON),
            "deny": plain(self.words(text("confirm-no")), CONFIRM_BUTTON),
        }
        return asked if style == "plain" else {**asked, "style": style}

    def _fitted(self, blocks: list[Json], most: int, size: int) -> list[Json]:
        """Fewer blocks: neighbouring paragraphs become one, then the last paragraphs go, buttons last of all."""
        blocks = list(_joined(blocks))
        left = size - size_of(blocks)
        if len(blocks) <= most and left >= 0:
            return blocks
        ending = _rich(_section(self.runs(self.say(text("card-too-long")))))
        left -= size_of([ending])
        while len(blocks) >= most or left < 0:
            left += size_of([_cut_last(blocks)])
        return [*blocks, ending]


def _section(runs: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": runs or [{"type": "text", "text": MORE}]}


def _rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def size_of(blocks: list[Json]) -> int:
    """Characters of blocks as JSON."""
    return len(json.dumps(blocks, ensure_ascii=False))


def _joined(blocks: list[Json]) -> Iterator[Json]:
    for kind, group in groupby(blocks, lambda each: str(each["type"])):
        if kind == "rich_text":
            yield _rich(*(element for each in group for element in each["elements"]))
        else:
            yield from group


def _cut_last(blocks: list[Json]) -> Json:
    """Take away the last paragraph, or the last buttons where only they are left beside the title."""
    for place in range(len(blocks) - 1, -1, -1):
        if blocks[place]["type"] == "actions":
            continue
        if blocks[place]["type"] == "image":
            return blocks.pop(place)
        elements: list[Json] = blocks[place]["elements"]
        if len(elements) > 1:
            return elements.pop()
        if place:
            return blocks.pop(place)
    return blocks.pop()


def _fallback(words: str) -> str:
    longest = FALLBACK
    kept = escaped(short(words, longest))
    while len(kept) > FALLBACK:
        longest //= 2
        kept = escaped(short(words, longest))
    return kept or MORE
