"""Files out: one message with its words under it, and the words alone where no file can be sent."""

from dataclasses import replace

import pytest

from bot.adapter import Uncertain
from bot.playground import faults as planted
from bot.playground.telegram import User
from bot.telegram.adapter import TelegramAdapter
from handlers.kit.ui import Action, Button, Document, Line, Row
from tests.bot.telegram.bench import Bench, card, outgoing, words

pytestmark = pytest.mark.anyio
FILE = Document("text", "mote.ics", "BEGIN:VCALENDAR", words("Filen saknas"))
COME = Row((Button(words("Kommer"), Action("attending.yes", (4,))),))
INVITED = card("Möte på tisdag", Line(words("I Stadshuset")), FILE, COME)
WITH_FILE = "Möte på tisdag\n\nI Stadshuset"


def _seen(bench: Bench, ada: User, chat: int) -> list[tuple[str, str, bool]]:
    """Of each of the bot's messages its file's name, its words and whether it has buttons."""
    return [
        (each.attachment.filename if each.attachment else "", each.text, bool(each.keyboard))
        for each in bench.tg.seen(ada, chat)
        if each.author == bench.tg.world.bot.id
    ]


async def test_a_card_with_a_file_is_one_message(
    bench: Bench, adapter: TelegramAdapter, ada: User, supergroup: int
) -> None:
    """With its words, its buttons, its topic and what it answers; the id is its own."""
    topic = await bench.tg.open_topic(ada, supergroup, "Möten")
    asked = await bench.tg.say(ada, supergroup, "När?", topic=topic)
    sent = await adapter.send(outgoing(INVITED, supergroup, topic=topic, reply_to=str(asked.id)))

    message = bench.tg.seen(ada, supergroup)[-1]
    assert _seen(bench, ada, supergroup) == [("mote.ics", WITH_FILE, True)]
    assert (sent, message.reply_to, message.topic) == (str(message.id), asked.id, topic)
    assert message.attachment is not None
    assert (message.attachment.kind, message.attachment.content) == ("document", b"BEGIN:VCALENDAR")


async def test_words_too_long_for_a_file_are_shortened(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """The buttons stay, and the file is there."""
    await adapter.send(outgoing(card("Möte", Line(words("ord " * 600)), FILE, COME), group))

    [(name, said, keyboard)] = _seen(bench, ada, group)
    assert (name, keyboard) == ("mote.ics", True)
    assert said.endswith("Texten är för lång för ett kort.")


@pytest.mark.parametrize(
    "refusal",
    ["Bad Request: not enough rights to send documents to the chat", "Bad Request: CHAT_SEND_DOCS_FORBIDDEN"],
)
async def test_where_no_file_may_be_sent_the_words_go(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int, refusal: str
) -> None:
    """And say what is missing."""
    bench.faults.plant("sendDocument", planted.PlatformError(refusal, 400))
    await adapter.send(outgoing(INVITED, group))

    [(name, said, keyboard)] = _seen(bench, ada, group)
    assert (name, keyboard) == ("", True)
    assert "Filen saknas" in said


async def test_a_file_that_cannot_be_written_is_said_to_be_missing(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """A fault of ours loses no message."""
    await adapter.send(outgoing(card("Protokoll", replace(FILE, kind="minutes-pdf")), group))

    assert _seen(bench, ada, group) == [("", "Protokoll\nFilen saknas", False)]


async def test_an_unknown_outcome_is_said(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """Whether it goes again is the dispatcher's to say."""
    bench.faults.plant("sendDocument", planted.CutReply())
    with pytest.raises(Uncertain):
        await adapter.send(outgoing(INVITED, group))

    assert _seen(bench, ada, group) == [("mote.ics", WITH_FILE, True)]


async def test_a_change_keeps_the_file(bench: Bench, adapter: TelegramAdapter, ada: User, group: int) -> None:
    """Only the words under it are new."""
    sent = await adapter.send(outgoing(INVITED, group))
    moved = replace(INVITED, title=words("Flyttat"))
    await adapter.send(outgoing(moved, group, kind="update", message=sent))

    assert _seen(bench, ada, group) == [("mote.ics", "Flyttat\n\nI Stadshuset", True)]


async def test_a_file_takes_nobodys_place(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """An answer with a file is a message of its own, under the one that was pressed."""
    first = await adapter.send(outgoing(card("Möten"), group))
    await adapter.send(outgoing(INVITED, group, kind="whisper", replaces=first))

    assert [name for name, _, _ in _seen(bench, ada, group)] == ["", "mote.ics"]
