"""Messages, modals and files of both platforms as the pieces that the page draws."""

from typing import Any

import pytest

from bot.playground.pieces import media_type
from bot.playground.slack.world import File
from bot.playground.slack_blocks import Drawing, read
from bot.playground.slack_screen import in_swedish
from bot.playground.telegram import Entity, Message
from bot.playground.telegram_screen import words

Json = dict[str, Any]
NAMES = {"U1": "Ada Ek", "U2": "Bo Lind"}


def plain(text: str) -> Json:
    """Give a plain text object."""
    return {"type": "plain_text", "text": text}


def rich(kind: str, *elements: Json, **more: Any) -> Json:
    """Give a block of rich text with one part."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements), **more}]}


def entry(kind: str, **element: Any) -> Json:
    """Give a block in which something is filled in."""
    element = {"type": kind, "action_id": "a", **element}
    return {"type": "input", "block_id": "b", "label": plain("Label"), "element": element}


def drawn(*blocks: Json) -> list[Json]:
    """Give the pieces of some blocks."""
    return read(blocks, Drawing(NAMES))


@pytest.mark.parametrize(
    ("block", "style", "said"),
    [
        ({"type": "header", "text": plain("Big")}, "title", "Big"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "*Hi* <@U1> &amp; all"}}, "plain", "Hi @Ada Ek & all"),
        ({"type": "section", "fields": [plain("One")]}, "plain", "One"),
        ({"type": "context", "elements": [plain("Aside")]}, "small", "Aside"),
        ({"type": "markdown", "text": "Words"}, "plain", "Words"),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]}, "plain", "a · b"),
        (rich("rich_text_quote", {"type": "text", "text": "Said"}), "quote", "Said"),
        (rich("rich_text_preformatted", {"type": "text", "text": "x = 1"}), "code", "x = 1"),
        (rich("rich_text_section", {"type": "emoji", "name": "wave"}), "plain", ":wave:"),
        (rich("rich_text_section", {"type": "channel", "channel_id": "C9"}), "plain", "#kanal"),
    ],
)  # fmt: skip
def test_blocks_of_words(block: Json, style: str, said: str) -> None:
    """Each kind of block becomes a paragraph of its own style, its notation resolved."""
    (piece,) = drawn(block)

    assert (piece["style"], "".join(run["words"] for run in piece["runs"])) == (style, said)


def test_a_list_has_marks() -> None:
    """Entries of a list are paragraphs that begin with a mark."""
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "First"}]}

    (piece,) = drawn(rich("rich_text_list", item, style="ordered"))

    assert [run["words"] for run in piece["runs"]] == ["1. ", "First"]


def test_runs_keep_their_style_their_link_and_their_person() -> None:
    """Bold words, a link and a mention stand side by side."""
    (piece,) = drawn(
        rich(
            "rich_text_section",
            {"type": "text", "text": "Bold", "style": {"bold": True, "italic": False}},
            {"type": "link", "url": "https://example.org"},
            {"type": "user", "user_id": "U2"},
        )
    )

    assert piece["runs"] == [
        {"words": "Bold", "styles": ["bold"]},
        {"words": "https://example.org", "href": "https://example.org"},
        {"words": "@Bo Lind", "who": True},
    ]


def test_buttons_with_a_question_and_a_link() -> None:
    """A button carries its ids, a question before it, or an address."""
    sure = {name: plain(name) for name in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "text": plain("Go"), "action_id": "1.0", "value": "v"}
    asking, link = {**button, "confirm": sure, "style": "danger"}, {**button, "url": "https://example.org"}
    section = {"type": "section", "text": plain("Words"), "accessory": button}

    (row,) = drawn({"type": "actions", "elements": [asking, link, {"type": "overflow", "options": []}]})
    beside = drawn(section)

    first, second = row["buttons"]
    assert first["confirm"] == {"title": "title", "words": "text", "yes": "confirm", "no": "deny"}
    assert (first["style"], first["press"]) == ("danger", {"action": "1.0", "value": "v"})
    assert second["href"] == "https://example.org"
    assert [each["kind"] for each in beside] == ["words", "buttons"]


def test_pictures_have_their_words() -> None:
    """A picture that lies here is shown; one that lies elsewhere is told of."""
    here = {"type": "image", "alt_text": "A curve", "slack_file": {"id": "F1"}}
    elsewhere = {"type": "image", "alt_text": "Far", "image_url": "https://example.org/x.png"}

    pieces = drawn(
        here, elsewhere, {"type": "context", "elements": [elsewhere]}, {"type": "divider"}, {"type": "video"}
    )

    assert [each.get("src") for each in pieces] == ["/api/files/slack/F1", "", "", None]
    assert [each.get("alt") for each in pieces] == ["A curve", "Far", "Far", None]


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("plain_text_input", {}, "line"),
        ("plain_text_input", {"multiline": True}, "lines"),
        ("datepicker", {}, "date"),
        ("timepicker", {}, "time"),
        ("number_input", {}, "number"),
        ("email_text_input", {}, "email"),
        ("url_text_input", {}, "url"),
        ("datetimepicker", {}, "line"),
    ],
)
def test_fields_of_one_line(kind: str, more: Json, field: str) -> None:
    """Every kind of field has a browser's field that fits."""
    (piece,) = drawn(entry(kind, **more))

    assert (piece["type"], piece["key"], piece["value"], piece["optional"]) == (field, "b/a", [], False)


def test_fields_with_something_to_choose() -> None:
    """Lists and ticks carry their options and what is chosen; people are options too."""
    options = [{"text": plain("Yes"), "value": "y"}, {"text": plain("No"), "value": "n"}]
    chosen = {("b", "a"): {"type": "checkboxes", "selected_options": [options[1]]}}

    (ticks,) = read([entry("checkboxes", options=options)], Drawing(NAMES, chosen, {"b": "Wrong"}))
    (people,) = drawn(entry("users_select"))

    assert (ticks["type"], ticks["value"], ticks["list"], ticks["error"]) == ("many", ["n"], False, "Wrong")
    assert (people["type"], people["list"]) == ("one", True)
    assert people["options"][0] == {"value": "U1", "label": "Ada Ek"}


def test_uploaded_files() -> None:
    """Pictures are drawn, anything else is offered for saving."""
    drawing = Drawing(NAMES)
    picture = File("F1", "a.jpg", 3, content=b"\xff\xd8\xff", alt_txt="A square")
    page = File("F2", "b.html", 3, title="Minutes", content=b"<p>")

    assert drawing.file(picture) == {"kind": "picture", "src": "/api/files/slack/F1", "alt": "A square"}
    assert drawing.file(page) == {"kind": "document", "src": "/api/files/slack/F2", "name": "Minutes"}
    assert media_type(b"<html>") == "application/octet-stream"


def test_words_of_telegram_in_paragraphs() -> None:
    """Quotations stand apart, offsets count as Telegram counts, and styles may overlap."""
    text = "🙂 Bold\nquoted\nsee Ada"
    message = Message(1, 1, 1, 0, text=text, entities=(
        Entity("bold", 3, 4), Entity("italic", 3, 2), Entity("blockquote", 8, 6),
        Entity("text_link", 15, 3, url="https://example.org"), Entity("text_mention", 19, 3, user=7),
    ))  # fmt: skip

    one, two, three = words(message)

    assert [run["words"] for run in one["runs"]] == ["🙂 ", "Bo", "ld"]
    assert one["runs"][1]["styles"] == ["bold", "italic"]
    assert (two["style"], two["runs"]) == ("quote", [{"words": "quoted"}])
    assert three["runs"] == [
        {"words": "see", "href": "https://example.org"},
        {"words": " "},
        {"words": "Ada", "who": True},
    ]


def test_what_slack_itself_says_is_said_in_swedish() -> None:
    """The rest of the page is Swedish too; other words are left alone."""
    assert in_swedish("/x is not supported in threads. Sorry!") == "/x fungerar inte i trådar."
    assert in_swedish('/x failed with the error "dispatch_failed"') == "/x gick inte att köra. Försök igen."
    assert in_swedish("Something else.") == "Something else."
