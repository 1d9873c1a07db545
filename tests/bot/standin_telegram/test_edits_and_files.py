"""Edited, deleted and uploaded things in the stand-in Telegram."""

import struct

import httpx
import pytest
from telegram.error import BadRequest, NetworkError

from bot.playground.telegram import User, plain
from bot.playground.telegram.errors import ApiError
from bot.playground.telegram.images import photo_size
from tests.bot.standin_telegram.stage import NO_TLS, PNG, TOKEN, YES_NO, Stage, raw

pytestmark = pytest.mark.anyio


async def test_an_edit_says_all_that_a_message_is(stage: Stage, ada: User) -> None:
    """An edit without buttons takes them away, and one that changes nothing is refused."""
    stage.tg.people.start(ada)
    sent = await stage.bot.send_message(ada.id, "<b>One</b>", parse_mode="HTML", reply_markup=YES_NO)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("<b>One</b>", parse_mode="HTML", reply_markup=YES_NO)
    stage.clock.at += 5
    await sent.edit_text("One", reply_markup=YES_NO)
    await sent.edit_text("Two")
    assert plain(stage.tg.seen(ada, ada.id)[-1]) == "Two"
    await sent.edit_reply_markup(YES_NO)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(YES_NO)

    seen = stage.tg.seen(ada, ada.id)[-1]
    assert plain(seen) == "Two\n[Yes] [No]"
    assert seen.edited == int(stage.clock.at)


async def test_edits_need_an_own_text_that_is_there(stage: Stage, ada: User) -> None:
    """Somebody else's message, one that is gone and a picture's missing text cannot be edited."""
    said = stage.tg.people.start(ada)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await stage.bot.edit_message_text("x", ada.id, said.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await stage.bot.edit_message_text("x", ada.id, 4711)
    picture = await stage.bot.send_photo(ada.id, PNG)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await picture.edit_text("x")
    text = await stage.bot.send_message(ada.id, "x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("x")


async def test_deleting_has_its_time_and_its_place(stage: Stage, ada: User, supergroup: int) -> None:
    """A message is deleted within 48 hours, and other people's in a group only by an administrator."""
    sent = await stage.bot.send_message(supergroup, "Mine")
    old = await stage.bot.send_message(supergroup, "Old")
    theirs = stage.tg.people.say(ada, supergroup, "Theirs")

    assert await sent.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    with pytest.raises(BadRequest, match=r"Message can't be deleted$"):
        await stage.bot.delete_message(supergroup, theirs.id)
    stage.tg.people.promote(ada, supergroup, stage.tg.world.bot)
    assert await stage.bot.delete_message(supergroup, theirs.id)
    stage.clock.at += 48 * 3600 + 1
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()
    assert [m.text for m in stage.tg.seen(ada, supergroup)] == ["Old"]


async def test_files_are_sent_and_sent_again_by_their_id(stage: Stage, ada: User) -> None:
    """A document keeps its bytes and name; its id sends it once more without them."""
    stage.tg.people.start(ada)
    content = bytes(range(256)) * 4
    sent = await stage.bot.send_document(ada.id, content, filename="Möte.pdf", caption="Minutes")
    assert sent.document is not None
    await stage.bot.send_document(ada.id, sent.document.file_id)
    picture = await stage.bot.send_photo(ada.id, PNG, caption="<b>Now</b>", parse_mode="HTML")
    await picture.edit_caption("Then")

    seen = stage.tg.seen(ada, ada.id)[-3:]
    assert [plain(m) for m in seen][:2] == ["(Möte.pdf)\nMinutes", "(Möte.pdf)"]
    assert plain(seen[2]).endswith("\nThen")
    assert [m.attachment.content for m in seen if m.attachment] == [content, content, PNG]
    file = await stage.bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    assert stage.ledger.sent()[0].args["document"] == "Möte.pdf"


async def test_files_are_refused_as_the_server_does(stage: Stage, ada: User) -> None:
    """No file, an unknown id, the wrong kind, an empty one and an unknown path are refused."""
    stage.tg.people.start(ada)
    asked = {"chat_id": ada.id}
    sent = await stage.bot.send_document(ada.id, b"x", filename="a.txt")
    assert sent.document is not None
    refusals = [
        await raw(stage, "sendDocument", asked),
        await raw(stage, "sendDocument", asked | {"document": "F9"}),
        await raw(stage, "sendPhoto", asked | {"photo": sent.document.file_id}),
        await raw(stage, "getFile", {"file_id": "F9"}),
        await raw(stage, "sendPhoto", asked | {"photo": sent.document.file_id, "caption": "x" * 1025}),
    ]
    assert [refusal["description"].removeprefix("Bad Request: ") for refusal in refusals] == [
        "there is no document in the request",
        "wrong file identifier/HTTP URL specified",
        "can't use file of type Document as Photo",
        "wrong file_id or the file is temporarily unavailable",
        "message caption is too long",
    ]
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await stage.bot.send_document(ada.id, b"", filename="a.txt")
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        assert (await client.get(f"{stage.tg.base_file_url}{TOKEN}/documents/none")).status_code == 404


async def test_large_files_are_refused(stage: Stage, ada: User) -> None:
    """More than 50 MB cannot be sent, more than 20 MB not be fetched."""
    stage.tg.people.start(ada)
    large = stage.tg.world.keep_file(
        photo=False, filename="a.bin", mime="", content=bytes(20 * 1024 * 1024 + 1)
    )
    with pytest.raises(BadRequest, match="File is too big"):
        await stage.bot.get_file(large.file_id)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await stage.bot.send_document(ada.id, bytes(50 * 1024 * 1024 + 1), filename="b.bin")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (PNG[:16] + struct.pack(">II", 9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (PNG[:16] + struct.pack(">II", 2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (PNG + bytes(10 * 1024 * 1024), "file is too big for a photo"),
        (b"\xff\xd8\xff\xe0\x00\x04ab", "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_photos_must_be_pictures_of_a_shape(content: bytes, refusal: str) -> None:
    """What is no picture, too large or too narrow is no photo."""
    with pytest.raises(ApiError) as caught:
        photo_size(content)

    assert caught.value.description == f"Bad Request: {refusal}"


async def test_a_jpeg_tells_its_size() -> None:
    """The size of a JPEG is read past its other segments."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\x03"

    assert photo_size(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == (400, 300)
