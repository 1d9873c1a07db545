"""Pictures out: a photo with its words, or the photo and then the words, and the words whatever happens."""

import json
from dataclasses import replace

import pytest

from bot.adapter import MessageGone, Moved, NotNow, Revoked, SendTrouble, Uncertain
from bot.playground import faults as planted
from bot.playground.telegram import User
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.photos import REMEMBERED
from handlers.kit.ui import Action, Button, Card, Line, Picture, Row
from tests.bot.telegram.bench import Bench, card, outgoing, words

pytestmark = pytest.mark.anyio
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
UP = Row((Button(words("Ta upp"), Action("agenda.add", (4,))),))
RESULT = card("Resultat", PICTURE, Line(words("Prata om det")), UP)
LONG = card("Resultat", PICTURE, Line(words("ord " * 300)), UP)
IN_WORDS = "Resultat\n\nFör få svarade\n\nPrata om det"


def _seen(bench: Bench, ada: User, chat: int) -> list[tuple[bool, str, bool]]:
    """Of each of the bot's messages whether it is a photo, its words and whether it has buttons."""
    return [
        (each.attachment is not None and each.attachment.kind == "photo", each.text, bool(each.keyboard))
        for each in bench.tg.seen(ada, chat)
        if each.author == bench.tg.world.bot.id
    ]


async def test_a_card_with_a_picture_is_one_photo(
    bench: Bench, adapter: TelegramAdapter, ada: User, supergroup: int
) -> None:
    """With all its words, its buttons, its topic and what it answers; the id is the photo's."""
    topic = await bench.tg.open_topic(ada, supergroup, "Pulsen")
    asked = await bench.tg.say(ada, supergroup, "Hur gick det?", topic=topic)
    sent = await adapter.send(outgoing(RESULT, supergroup, topic=topic, reply_to=str(asked.id)))

    message = bench.tg.seen(ada, supergroup)[-1]
    assert _seen(bench, ada, supergroup) == [(True, IN_WORDS, True)]
    assert (sent, message.reply_to, message.topic) == (str(message.id), asked.id, topic)
    assert message.attachment is not None
    assert (message.attachment.width, message.attachment.content[:4]) == (1080, b"\x89PNG")


async def test_words_too_long_for_a_photo_come_after_it(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """The photo rings nobody's phone; the buttons and the id are those of the words. Every time anew."""
    sent = await adapter.send(outgoing(LONG, group))
    await adapter.send(outgoing(LONG, group))

    seen = _seen(bench, ada, group)
    assert [(photo, keyboard) for photo, _, keyboard in seen] == [(True, False), (False, True)] * 2
    assert seen[0][1] == ""
    assert sent == str(bench.tg.seen(ada, group)[-3].id)
    assert bench.ledger.of("sendPhoto")[0].args["disable_notification"] is True


@pytest.mark.parametrize(
    "refusal",
    [
        "Bad Request: not enough rights to send photos to the chat",
        "Bad Request: IMAGE_PROCESS_FAILED",
        "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN",
    ],
)
@pytest.mark.parametrize("one", [RESULT, LONG])
async def test_where_no_photo_may_be_sent_the_words_go(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int, refusal: str, one: Card
) -> None:
    """A chat may refuse photos and take words."""
    bench.faults.plant("sendPhoto", planted.PlatformError(refusal, 400))
    await adapter.send(outgoing(one, group))

    assert [photo for photo, _, _ in _seen(bench, ada, group)] == [False]


async def test_an_unknown_outcome_is_said(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """A photo with its words is a message: whether it goes again is the dispatcher's to say."""
    bench.faults.plant("sendPhoto", planted.CutReply())
    with pytest.raises(Uncertain):
        await adapter.send(outgoing(RESULT, group))

    assert _seen(bench, ada, group) == [(True, IN_WORDS, True)]


async def test_a_lone_photo_of_unknown_outcome_is_not_sent_again(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """The words follow all the same, and only they count."""
    bench.faults.plant("sendPhoto", planted.CutReply())
    await adapter.send(outgoing(LONG, group))

    assert [photo for photo, _, _ in _seen(bench, ada, group)] == [True, False]


@pytest.mark.parametrize(
    ("fault", "kind"), [(planted.RateLimited(3), NotNow), (planted.CutReply(), Uncertain)]
)
async def test_when_the_words_must_wait_the_photo_is_not_doubled(
    bench: Bench,
    adapter: TelegramAdapter,
    ada: User,
    group: int,
    fault: planted.Fault,
    kind: type[SendTrouble],
) -> None:
    """The next try sends the words alone."""
    bench.faults.plant("sendMessage", fault)
    with pytest.raises(kind):
        await adapter.send(outgoing(LONG, group))
    await bench.clock.sleep(3)
    await adapter.send(outgoing(LONG, group))

    assert len(bench.ledger.of("sendPhoto")) == 1
    assert _seen(bench, ada, group)[-1][0] is False


@pytest.mark.parametrize("one", [RESULT, LONG])
@pytest.mark.parametrize(
    "fault",
    [(planted.RateLimited(3), NotNow), (planted.PlatformError("Unauthorized", 401), Revoked)],
)
async def test_what_concerns_words_too_is_said_at_the_photo(
    bench: Bench,
    adapter: TelegramAdapter,
    ada: User,
    group: int,
    fault: tuple[planted.Fault, type[SendTrouble]],
    one: Card,
) -> None:
    """Nothing was sent then."""
    bench.faults.plant("sendPhoto", fault[0])
    with pytest.raises(fault[1]):
        await adapter.send(outgoing(one, group))

    assert _seen(bench, ada, group) == []


async def test_a_photo_finds_the_group_moved(bench: Bench, adapter: TelegramAdapter, group: int) -> None:
    """The same word as for a message."""
    await bench.tg.upgrade(group)
    with pytest.raises(Moved):
        await adapter.send(outgoing(RESULT, group))


async def test_the_words_under_a_photo_change(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """The picture stays; words that became too long are cut to what fits; no change is no trouble."""
    sent = await adapter.send(outgoing(RESULT, group))
    for one in (replace(RESULT, title=words("Nytt")), replace(RESULT, title=words("Nytt")), LONG):
        assert await adapter.send(outgoing(one, group, kind="update", message=sent)) == sent
        assert len(_seen(bench, ada, group)) == 1
    ((photo, said, keyboard),) = _seen(bench, ada, group)

    assert (photo, keyboard) == (True, True)
    assert said.startswith("Resultat\n\nFör få svarade")
    assert said.endswith("Texten är för lång för ett kort.")


async def test_a_photo_that_is_gone_is_gone(adapter: TelegramAdapter, group: int) -> None:
    """As with words."""
    with pytest.raises(MessageGone):
        await adapter.send(outgoing(RESULT, group, kind="update", message="99"))


async def test_pictures_take_nobodys_place(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """A photo comes as a new message, and what follows it does too."""
    menu = await adapter.send(outgoing(card("Meny"), group))
    photo = await adapter.send(outgoing(RESULT, group, replaces=menu))
    back = await adapter.send(outgoing(card("Meny"), group, replaces=photo))

    assert len({menu, photo, back}) == 3
    assert [each for each, _, _ in _seen(bench, ada, group)] == [False, True, False]


async def test_a_drawing_that_fails_leaves_the_words(
    bench: Bench, adapter: TelegramAdapter, ada: User, group: int
) -> None:
    """Nobody waits for a picture that cannot be drawn."""
    await adapter.send(outgoing(card("Resultat", replace(PICTURE, drawing="unknown")), group))

    assert _seen(bench, ada, group) == [(False, "Resultat\n\nFör få svarade", False)]


async def test_only_the_latest_photos_are_remembered(
    bench: Bench, adapter: TelegramAdapter, group: int
) -> None:
    """Words that never come do not fill the memory."""
    bench.faults.plant("sendMessage", planted.CutReply(), REMEMBERED + 1)
    for number in range(REMEMBERED + 1):
        with pytest.raises(Uncertain):
            await adapter.send(outgoing(replace(LONG, title=words(number)), group))

    assert len(adapter._photos._ahead) == REMEMBERED
