"""Files out: in the thread of their message, in private for the one who asked, and never a reason to lose the words."""

import asyncio
from dataclasses import replace

import pytest

from bot.adapter import NotNow
from bot.playground.faults import CutReply, Fault, Html, PlatformError, RateLimited
from bot.playground.slack import Message
from bot.slack.adapter import SlackAdapter
from handlers.kit.ui import Document, Line
from tests.bot.slack.bench import SECRET, Bench, HandClock, card, words

pytestmark = pytest.mark.anyio
BEGIN, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
FILE = Document("text", "mote.ics", "BEGIN:VCALENDAR", words("Filen saknas"))
INVITED = card("Möte på tisdag", Line(words("I Stadshuset")), FILE)
IN_WORDS = "Möte på tisdag\nI Stadshuset\nFilen saknas"
WITH_FILE = "Möte på tisdag\nI Stadshuset"


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> SlackAdapter:
    """An adapter whose clock never waits, in a workspace that shows files at once and tells nobody of them."""
    bench.slack.world.share_lag, bench.slack.world.subscriptions = 0, frozenset()
    bench.clock = HandClock(looks=asyncio.Semaphore(99))
    adapter = bench.adapter(app_token=None, signing_secret=SECRET)
    await adapter.start()
    return adapter


async def shown(bench: Bench, channel: str) -> list[Message]:
    """What stands in a channel when all files have arrived."""
    await bench.slack.quiet()
    return [each for each in bench.slack.world.in_channel(channel) if each.by_bot]


async def test_a_file_stands_in_the_thread_of_its_message(bench: Bench, adapter: SlackAdapter) -> None:
    """With its name and its content; the id is that of the words."""
    ts = await adapter.send(bench.outgoing(INVITED))
    said, file = await shown(bench, bench.room.id)

    assert (said.ts, file.thread_ts) == (ts, ts)
    assert bench.seen(bench.bo)[0] == WITH_FILE
    [one] = file.files
    assert (one.name, one.title, one.content, one.alt_txt) == ("mote.ics", "mote.ics", b"BEGIN:VCALENDAR", "")


async def test_in_private_a_file_follows_its_message(bench: Bench, adapter: SlackAdapter) -> None:
    """There it is in no thread, where nobody would look for it."""
    await adapter.send(bench.outgoing(INVITED, bench.ada, kind="direct"))
    _, file = await shown(bench, bench.slack.dm(bench.ada))

    assert (file.thread_ts, [each.name for each in file.files]) == (None, ["mote.ics"])


async def test_a_file_that_was_asked_for_in_a_channel_comes_in_private(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """The answer in the channel, for the asker's eyes, says where it is."""
    await adapter.send(bench.outgoing(INVITED, kind="whisper", person_user=bench.ada.id))
    [answer] = await shown(bench, bench.room.id)
    [file] = await shown(bench, bench.slack.dm(bench.ada))

    assert answer.ephemeral_to == bench.ada.id
    assert "Filen ligger i vår privata chatt." in bench.seen(bench.ada)[0]
    assert [each.name for each in file.files] == ["mote.ics"]


async def test_a_change_brings_no_file_again(bench: Bench, adapter: SlackAdapter) -> None:
    """The one in the thread stays; the words change."""
    ts = await adapter.send(bench.outgoing(INVITED))
    await adapter.send(bench.outgoing(replace(INVITED, title=words("Flyttat")), kind="update", message=ts))

    assert len(bench.ledger.of(BEGIN)) == 1
    assert bench.seen(bench.bo)[0] == "Flyttat\nI Stadshuset"


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (BEGIN, PlatformError("missing_scope")),
        (BEGIN, PlatformError("file_uploads_disabled")),
        ("upload", Html(404)),
    ],
)
async def test_without_a_file_the_words_say_so(
    bench: Bench, adapter: SlackAdapter, method: str, fault: Fault
) -> None:
    """Where it cannot be brought there is one message, and it tells what is missing."""
    bench.faults.plant(method, fault)
    await adapter.send(bench.outgoing(INVITED))

    assert bench.seen(bench.bo) == [IN_WORDS]


async def test_a_file_that_cannot_be_written_is_said_to_be_missing(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """A fault of ours loses no message."""
    broken = replace(FILE, kind="minutes-word")
    await adapter.send(bench.outgoing(card("Protokoll", broken)))

    assert bench.seen(bench.bo) == ["Protokoll\nFilen saknas"]
    assert not bench.ledger.of(BEGIN)


async def test_nothing_is_said_before_the_file_is_there(bench: Bench, adapter: SlackAdapter) -> None:
    """While uploading has to wait the message waits too."""
    bench.faults.plant(BEGIN, RateLimited(3))
    with pytest.raises(NotNow):
        await adapter.send(bench.outgoing(INVITED))

    assert bench.seen(bench.bo) == []


async def test_sharing_is_tried_again_and_then_told(bench: Bench, adapter: SlackAdapter) -> None:
    """The words stand there already: a file that Slack does not take after all is said to be missing."""
    bench.faults.plant(COMPLETE, PlatformError("channel_not_found"))
    await adapter.send(bench.outgoing(INVITED))

    assert bench.seen(bench.bo) == [WITH_FILE, IN_WORDS]


async def test_a_file_that_may_have_been_shared_is_not_shared_again(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """Nobody gets it twice."""
    bench.faults.plant(COMPLETE, CutReply())
    await adapter.send(bench.outgoing(INVITED))

    assert len(bench.ledger.of(COMPLETE)) == 1
    assert bench.seen(bench.bo)[0] == WITH_FILE
