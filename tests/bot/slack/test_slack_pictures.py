"""Pictures out: uploaded, waited for, shown with their words, and never a reason to lose a message."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.adapter import NotNow, Uncertain
from bot.playground.faults import CutReply, Fault, Html, LostRequest, PlatformError, RateLimited, ServerError
from bot.slack.adapter import SlackAdapter
from bot.slack.blocks import MESSAGE_BLOCKS, Pen
from handlers.kit.ui import Action, Button, Card, Line, Picture, Row
from tests.bot.slack.bench import SECRET, Bench, HandClock, card, words

pytestmark = pytest.mark.anyio
BEGIN, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
LABELS = {
    "title": words("Pulsen"),
    "foot": words("3 av 4"),
    "q": words("Vågar vi?"),
    "hidden": words("För få"),
}
PICTURE = Picture(
    "pulse-result",
    json.dumps({"questions": [{"label": "q", "kind": "hidden"}]}),
    words("För få svarade"),
    LABELS,
)
RESULT = card(
    "Resultat", PICTURE, Line(words("Prata om det")), Row((Button(words("Ta upp"), Action("some.deed")),))
)
IN_WORDS = "Resultat\nFör få svarade\nPrata om det\n[Ta upp]"
WITH_PICTURE = f"Resultat\n[picture: För få svarade]\n{IN_WORDS.partition(chr(10))[2]}"


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> SlackAdapter:
    """An adapter in a workspace that looks at pictures at once, with a clock of its own that never waits."""
    bench.slack.world.share_lag = 0
    bench.clock = HandClock(looks=asyncio.Semaphore(99))
    adapter = bench.adapter(app_token=None, signing_secret=SECRET)
    await adapter.start()
    return adapter


async def test_a_picture_stands_in_the_message_with_its_words(bench: Bench, adapter: SlackAdapter) -> None:
    """One message with an id, the picture in it, and all that it shows said in words."""
    ts = await adapter.send(bench.outgoing(RESULT))
    message = bench.slack.world.message(bench.room.id, ts)

    assert bench.seen(bench.bo) == [WITH_PICTURE]
    assert "För få svarade" in message.text
    image = next(each for each in message.blocks if each["type"] == "image")
    assert image["alt_text"] == "För få svarade"
    file = bench.slack.world.files[image["slack_file"]["id"]]
    assert (file.name, file.title, file.alt_txt, file.shares) == ("pulse-result.png", "Resultat", "", [])
    assert (file.content or b"").startswith(b"\x89PNG")


async def test_the_same_picture_is_uploaded_once(bench: Bench, adapter: SlackAdapter) -> None:
    """For a private message, a whisper and an update too; another language is another picture."""
    ts = await adapter.send(bench.outgoing(RESULT))
    await adapter.send(bench.outgoing(RESULT, bench.ada, kind="direct"))
    await adapter.send(bench.outgoing(RESULT, kind="whisper", person_user=bench.ada.id))
    await adapter.send(bench.outgoing(replace(RESULT, title=words("Nytt")), kind="update", message=ts))

    assert len(bench.ledger.of(BEGIN)) == 1
    assert all("[picture:" in each for each in bench.seen(bench.ada))
    assert bench.seen(bench.bo) == [WITH_PICTURE.replace("Resultat", "Nytt")]


async def test_a_message_waits_until_slack_has_looked_at_the_picture(bench: Bench) -> None:
    """It is refused before; nothing is sent twice, and nothing gets lost."""
    bench.slack.world.share_lag = 0.01
    bench.clock = HandClock()
    adapter = bench.adapter(app_token=None, signing_secret=SECRET)
    await adapter.start()
    sending = asyncio.create_task(adapter.send(bench.outgoing(RESULT)))
    await bench.until(lambda: any(each.processed for each in bench.slack.world.files.values()))
    bench.clock.looks.release()
    await sending

    assert bench.seen(bench.bo) == [WITH_PICTURE]
    assert bench.ledger.of("chat.postMessage")[0].outcome == "invalid_blocks"


async def test_a_picture_that_slack_never_takes_stays_away(bench: Bench, adapter: SlackAdapter) -> None:
    """After some seconds the message goes in words; the next one brings its picture anew."""
    bench.faults.plant("chat.postMessage", PlatformError("invalid_blocks"), 4)
    await adapter.send(bench.outgoing(RESULT))
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [IN_WORDS, WITH_PICTURE]
    assert len(bench.ledger.of(BEGIN)) == 2


async def test_a_picture_that_is_refused_is_not_tried_again(bench: Bench, adapter: SlackAdapter) -> None:
    """Only what may become good is waited for."""
    bench.faults.plant("chat.postMessage", PlatformError("msg_blocks_too_long"))
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [IN_WORDS]
    assert len(bench.ledger.of("chat.postMessage")) == 2


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (BEGIN, PlatformError("missing_scope")),
        (BEGIN, PlatformError("file_uploads_disabled")),
        (COMPLETE, PlatformError("file_not_found")),
        ("upload", Html(404)),
    ],
)
async def test_without_the_right_to_upload_the_words_go(
    bench: Bench, adapter: SlackAdapter, method: str, fault: Fault
) -> None:
    """A missing scope concerns the picture alone; everything else goes on."""
    bench.faults.plant(method, fault)
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [IN_WORDS]


@pytest.mark.parametrize(
    ("method", "fault", "seconds"),
    [
        (BEGIN, RateLimited(7), 7.0),
        (BEGIN, ServerError(502), 5.0),
        (COMPLETE, CutReply(), 5.0),
        ("upload", ServerError(500), 5.0),
        ("upload", LostRequest(), 5.0),
    ],
)
async def test_an_upload_that_may_be_better_soon_is_tried_three_times(
    bench: Bench, adapter: SlackAdapter, method: str, fault: Fault, seconds: float
) -> None:
    """Nothing is sent before; then the message goes in words."""
    bench.faults.plant(method, fault, 3)
    for _ in range(2):
        with pytest.raises(NotNow) as caught:
            await adapter.send(bench.outgoing(RESULT))
        assert (caught.value.seconds, caught.value.everywhere) == (seconds, False)
    assert bench.seen(bench.bo) == []
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [IN_WORDS]


async def test_while_slack_is_not_there_pictures_are_not_given_up(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """The message could not be sent either."""
    bench.faults.plant(BEGIN, PlatformError("service_unavailable"), 9)
    for _ in range(9):
        with pytest.raises(NotNow) as caught:
            await adapter.send(bench.outgoing(RESULT))
        assert caught.value.everywhere
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [WITH_PICTURE]


async def test_an_unknown_outcome_is_said_and_not_repeated_here(bench: Bench, adapter: SlackAdapter) -> None:
    """A message with a picture is a message: whether it goes again is the dispatcher's to say."""
    bench.faults.plant("chat.postMessage", CutReply())
    with pytest.raises(Uncertain):
        await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [WITH_PICTURE]


async def test_a_drawing_that_fails_leaves_the_words(bench: Bench, adapter: SlackAdapter) -> None:
    """Whether nobody can draw it or its words are missing."""
    await adapter.send(bench.outgoing(card("Resultat", replace(PICTURE, drawing="unknown"))))
    await adapter.send(bench.outgoing(card("Resultat", replace(PICTURE, labels={}))))

    assert bench.seen(bench.bo) == ["Resultat\nFör få svarade"] * 2
    assert len(bench.ledger.of(BEGIN)) == 0


async def test_pages_and_late_answers_are_in_words(bench: Bench, adapter: SlackAdapter) -> None:
    """The home of a person has the words alone."""
    await adapter.send(bench.outgoing(RESULT, bench.ada, kind="publish"))

    home = bench.slack.home(bench.ada)
    assert home is not None
    assert "image" not in {each["type"] for each in home.blocks}


def test_a_picture_counts_among_the_blocks(pen: Pen) -> None:
    """A card that is too long gives up its picture before its buttons."""
    long = Card(
        words("x"), (*(Row((Button(words("a"), Action("b")),)) for _ in range(MESSAGE_BLOCKS)), PICTURE)
    )
    kinds = [each["type"] for each in pen.card(long, file="F1").blocks]

    assert "image" not in kinds
    assert len(kinds) <= MESSAGE_BLOCKS
    assert kinds.count("actions") >= MESSAGE_BLOCKS - 2


async def test_while_slack_takes_no_files_none_is_brought(bench: Bench, adapter: SlackAdapter) -> None:
    """Each picture has an address of its own, and all of them have the same hold."""
    bench.faults.plant("upload", RateLimited(60))
    other = replace(
        RESULT, body=(replace(PICTURE, labels={**LABELS, "title": words("Nytt")}), *RESULT.body[1:])
    )
    for each in (RESULT, other):
        with pytest.raises(NotNow) as told:
            await adapter.send(bench.outgoing(each))
        assert 50 < told.value.seconds <= 60
    assert len(bench.ledger.of("upload")) == 1
    assert isinstance(bench.clock, HandClock)
    bench.clock.ahead += 61
    await adapter.send(bench.outgoing(RESULT))

    assert bench.seen(bench.bo) == [WITH_PICTURE]
