"""Texts and keyboards that the stand-in Telegram takes or refuses."""

from typing import Any

import pytest

from bot.playground.telegram import User
from bot.playground.telegram.errors import ApiError
from bot.playground.telegram.markup import as_html, formatted
from tests.bot.standin_telegram.stage import Stage, raw, send_keyboard

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("å <b", "Unclosed start tag at byte offset 3"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ('<a href="x" ', "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_one_bad_tag_refuses_the_message(text: str, complaint: str) -> None:
    """HTML that Telegram cannot read is refused with the place of the trouble."""
    with pytest.raises(ApiError) as caught:
        formatted(text, "HTML")

    assert caught.value.description.startswith(f"Bad Request: can't parse entities: {complaint}")


async def test_html_becomes_text_and_entities(stage: Stage, ada: User, bo: User) -> None:
    """Tags become entities, references characters, and a person's link a mention of somebody known."""
    stage.tg.people.start(ada)
    source = (
        f'  👍 <b>A &lt;&#38;</b> <a href="tg://user?id={bo.id}">Bo</a> <a href="tg://user?id=9">who</a> '
        "<a href='https://example.org/?a=1&amp;b=2'>link</a> <a href=javascript:x>no</a> "
        '<code class="language-python">@x</code> <blockquote expandable>&nbsp;</blockquote><i></i>  '
    )
    sent = await stage.bot.send_message(ada.id, source, parse_mode="HTML")
    seen = stage.tg.seen(ada, ada.id)[-1]

    assert seen.text == "👍 A <& Bo who link no @x &nbsp;"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 3, 4),
        ("text_mention", 8, 2),
        ("text_link", 15, 4),
        ("code", 23, 2),
        ("blockquote", 26, 6),
    ]
    assert seen.mentions == (bo.id,)
    assert seen.html == (
        f'👍 <b>A &lt;&amp;</b> <a href="tg://user?id={bo.id}">Bo</a> who '
        '<a href="https://example.org/?a=1&amp;b=2">link</a> no <code>@x</code> '
        "<blockquote>&amp;nbsp;</blockquote>"
    )


async def test_nested_tags_come_out_nested() -> None:
    """What is written for a browser closes in the order in which it opened."""
    text = formatted('<b>a<i>b</i></b> www <a href="example.org">c</a>', "HTML")

    assert as_html(text.text, text.entities) == '<b>a<i>b</i></b> www <a href="http://example.org/">c</a>'


async def test_given_entities_are_taken(stage: Stage, ada: User) -> None:
    """Entities may come as objects in place of tags."""
    stage.tg.people.start(ada)
    entities = [
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "text_mention", "offset": 2, "length": 1, "user": {"id": ada.id}},
        {"type": "text_link", "offset": 4, "length": 1, "url": "https://example.org"},
    ]
    await raw(stage, "sendMessage", {"chat_id": ada.id, "text": "a b c", "entities": entities})
    bad = [{"type": "text_link", "offset": 0, "length": 1, "url": "nowhere"}]
    refused = await raw(stage, "sendMessage", {"chat_id": ada.id, "text": "a", "entities": bad})

    assert [e.type for e in stage.tg.seen(ada, ada.id)[-1].entities] == ["bold", "text_mention", "text_link"]
    assert refused["description"] == "Bad Request: entity URL 'nowhere' is invalid: Wrong HTTP URL"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<b> </b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("👍" * 2049, "message is too long"),
        ("<b>" + "x" * 4096 + "</b>", None),
    ],
)
async def test_texts_have_limits(stage: Stage, ada: User, text: str, refusal: str | None) -> None:
    """Length counts after the tags are taken away."""
    stage.tg.people.start(ada)
    asked = {"chat_id": ada.id, "text": text, "parse_mode": "HTML"}

    answer = await raw(stage, "sendMessage", asked)

    assert answer.get("description") == (refusal and f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "å" * 3, "callback_data": "å" * 32}, None),
        ({"text": "x", "callback_data": "å" * 32 + "x"}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed",
        ),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text is empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field"),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid",
        ),
        (
            {"text": "x", "url": "ftp://a.se"},
            "inline keyboard button URL 'ftp://a.se' is invalid: Unsupported",
        ),
        ({"text": "x", "url": "tg://user?id=1"}, None),
    ],
)
async def test_buttons_have_limits(
    stage: Stage, ada: User, button: dict[str, str], refusal: str | None
) -> None:
    """Data count in bytes, and a link must be one."""
    stage.tg.people.start(ada)
    answer = await send_keyboard(stage, ada, [[button]])

    assert answer["ok"] is (refusal is None)
    assert answer.get("description", "").startswith(f"Bad Request: {refusal}" if refusal else "")


@pytest.mark.parametrize(
    ("rows", "fits"), [([8], True), ([9], False), ([8] * 12 + [4], True), ([8] * 13, False)]
)
async def test_keyboards_have_limits(stage: Stage, ada: User, rows: list[int], fits: bool) -> None:
    """Eight buttons in a row and a hundred in all are the most."""
    stage.tg.people.start(ada)
    button = {"text": "x", "callback_data": "x"}

    answer = await send_keyboard(stage, ada, [[button] * count for count in rows])

    assert answer["ok"] is fits


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"reply_markup": {"keyboard": [[{"text": "x"}]]}}, "keyboards in place of the letters"),
        ({"reply_markup": "nonsense"}, "can't parse reply_markup"),
        ({"reply_markup": {"inline_keyboard": 1}}, "object expected as reply markup"),
        ({"entities": "nonsense"}, "can't parse entities"),
        ({"parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"chat_id": "@nobody"}, "chat not found"),
    ],
)
async def test_what_is_not_played_is_refused(
    stage: Stage, ada: User, asked: dict[str, Any], refusal: str
) -> None:
    """Nothing is silently ignored that would show another picture than the real thing."""
    stage.tg.people.start(ada)

    answer = await raw(stage, "sendMessage", {"chat_id": ada.id, "text": "x", **asked})

    assert answer["description"].startswith(f"Bad Request: {refusal}")


async def test_a_block_of_code_is_one_entity() -> None:
    """A language named on the inner tag belongs to the block."""
    block = formatted('<pre><code class="language-python">x</code></pre> <code>@ada_l</code>', "HTML")

    assert [(e.type, e.language) for e in block.entities] == [("pre", "python"), ("code", None)]
