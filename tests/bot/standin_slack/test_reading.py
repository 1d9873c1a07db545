"""Blocks as people read them, and blocks that the platform would not take."""

from typing import Any

import pytest

from bot.playground.slack import plain, visible
from bot.playground.slack.blocks import check_message_blocks, check_view
from bot.playground.slack.state import filled, find_field, initial, objections
from bot.playground.slack.wording import rich_text
from bot.playground.slack.world import Changes, Json, NotThere, SlackRefusal, View, World
from tests.bot.standin_slack.scene import actions, button, entry, form, option, section, words

NAMES = {"U1": "ada", "C1": "forum"}
CHOICES = [option("Tea", "t"), option("Coffee", "c")]


@pytest.fixture
def world() -> World:
    """A workspace in which time stands still and nobody listens."""
    return World(now=lambda: 1000.0, emit=lambda _event, _actor: None, changes=Changes())


def view_of(*blocks: Json) -> View:
    """Give a modal as it stands when nothing is filled in."""
    view = View("V1", "U1", form(*blocks), "h", "V1")
    for block in view.blocks:
        view.values[block["block_id"], block["element"]["action_id"]] = initial(block["element"])
    return view


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _it_ ~gone~ 2*3*4", "bold it gone 2*3*4"),
        ("<https://a.se|page> <https://b.se> <mailto:a@b.se|a@b.se>", "page https://b.se a@b.se"),
        ("<@U1> <@U2|bo> <@U3> <#C1> <#C2|board>", "@ada @bo @U3 #forum #board"),
        ("<!channel> <!subteam^S1|@team> <!subteam^S2>", "@channel @team @S2"),
        ("<!date^1^{date}|1 May> <!date^1^{date}>", "1 May !date^1^{date}"),
        ("a &lt; b &amp;lt;", "a < b &lt;"),
    ],
)
def test_notation_is_resolved(text: str, shown: str) -> None:
    """Links, mentions, dates, emphasis and escapes look as they do on the screen."""
    assert visible(text, NAMES) == shown


def test_every_kind_of_block_is_read() -> None:
    """All visible words of a view come out, in order, what can be pressed in brackets."""
    overflow = {"type": "overflow", "action_id": "o", "options": CHOICES}
    grouped = {"type": "static_select", "placeholder": words("Pick"), "option_groups": []}
    cells = [{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]
    view = form(
        {"type": "header", "text": words("Head")},
        section("*Body*", fields=[{"type": "mrkdwn", "text": "one"}], accessory=button("Do")),
        {"type": "divider"},
        {"type": "context", "elements": [words("small"), {"type": "image", "alt_text": "face"}]},
        actions(overflow, grouped),
        {"type": "image", "alt_text": "chart", "image_url": "https://a.se/x.png"},
        {"type": "markdown", "text": "**md**"},
        {"type": "table", "rows": [cells]},
        rich_text("<@U1> in <#C1|forum> see <https://a.se> &amp; more"),
        entry("Name", hint="x") | {"hint": words("your own")},
        entry("Drink", "radio_buttons", optional=True, options=CHOICES),
    )

    assert plain(view, NAMES).splitlines() == [
        "A form",
        "Head",
        "Body",
        "one",
        "[Do]",
        "small [picture: face]",
        "[… Tea] [… Coffee] [Pick]",
        "[picture: chart]",
        "**md**",
        "a | b",
        "@ada in #forum see https://a.se & more",
        "Name",
        "your own",
        "Drink (optional)",
        "[Tea] [Coffee]",
        "[Send]",
        "[Cancel]",
    ]


def test_rich_text_of_other_apps_is_read() -> None:
    """Broadcasts, emoji, lists and links in rich text have their words too."""
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]},
            {
                "type": "rich_text_list",
                "elements": [line, {**line, "elements": [{"type": "emoji", "name": "tada"}]}],
            },
        ],
    }

    assert plain({"blocks": [block]}) == "@here\none\n:tada:"


LONG_CONFIRM = {"title": words("x" * 101), "text": words("x"), "confirm": words("y"), "deny": words("n")}


@pytest.mark.parametrize(
    "block",
    [
        {"type": "marquee"},
        {"type": "section"},
        {"type": "section", "text": {"type": "mrkdwn"}},
        {"type": "section", "text": {"type": "html", "text": "x"}},
        section("x", fields=[]),
        section("x", fields=[words("x")] * 11),
        section("x", fields=[words("x" * 2001)]),
        section("x", accessory={"type": "plain_text_input"}),
        section("x", accessory={"type": "image", "image_url": "https://a.se"}),
        section("x", block_id="x" * 256),
        {"type": "header", "text": words("x" * 151)},
        {"type": "context", "elements": [words("x")] * 11},
        {"type": "context", "elements": [{"type": "image", "alt_text": "x"}]},
        actions(),
        actions(*[button("x", f"a{n}") for n in range(26)]),
        actions(button("x", "a" * 256)),
        actions(button("x", value="x" * 2001)),
        actions(button("x", value=7)),
        actions(button("x", url="x" * 3001)),
        actions(button("x", style="blue")),
        actions(button("x", confirm=LONG_CONFIRM)),
        actions({"type": "static_select", "placeholder": words("x" * 151), "options": CHOICES}),
        actions({"type": "static_select", "options": [{"text": words("x")}]}),
        actions({"type": "static_select", "options": [option("x", "v" * 151)]}),
        actions({"type": "static_select", "options": [{**CHOICES[0], "description": words("x" * 76)}]}),
        actions({"type": "static_select", "options": CHOICES, "initial_option": option("Milk", "m")}),
        actions({"type": "overflow", "options": [option(str(n), str(n)) for n in range(6)]}),
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        {"type": "markdown", "text": ""},
        {"type": "markdown", "text": "x" * 12_001},
        {"type": "rich_text"},
        entry("Text", hint="x") | {"hint": words("x" * 2001)},
    ],
)
def test_a_block_beyond_the_limits_is_refused(block: Json) -> None:
    """What the reference forbids is refused, with a pointer to the place."""
    with pytest.raises(SlackRefusal) as refused:
        check_message_blocks([block])

    assert refused.value.code == "invalid_blocks"
    assert "[json-pointer:/blocks" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ("text", "invalid_blocks_format"),
        ([{"type": "table", "rows": [[words("x")]]}] * 2, "invalid_attachments"),
    ],
)
def test_blocks_of_the_wrong_kind_are_refused(blocks: Any, error: str) -> None:
    """Blocks that are no list, and a second table, have errors of their own."""
    with pytest.raises(SlackRefusal) as refused:
        check_message_blocks(blocks)

    assert refused.value.code == error


@pytest.mark.parametrize(
    ("view", "error"),
    [
        ({"type": "home", "blocks": []}, "invalid_arguments"),
        ({"type": "modal", "title": words("x")}, "invalid_arguments"),
        (form(*[section("x" * 2999)] * 100), "view_too_large"),
    ],
)
def test_views_of_the_wrong_kind_are_refused(view: Json, error: str) -> None:
    """A view without blocks, of another kind or beyond 250 KB is refused."""
    with pytest.raises(SlackRefusal) as refused:
        check_view(view, "modal")

    assert refused.value.code == error


@pytest.mark.parametrize(
    ("kind", "filling", "held"),
    [
        ("datepicker", "2027-02-01", {"selected_date": "2027-02-01"}),
        ("timepicker", "09:30", {"selected_time": "09:30"}),
        ("datetimepicker", "1700000000", {"selected_date_time": 1700000000}),
        ("conversations_select", "C1", {"selected_conversation": "C1"}),
        ("number_input", "7", {"value": "7"}),
        ("plain_text_input", "", {"value": None}),
        ("multi_users_select", [], {"selected_users": []}),
    ],
)
def test_a_field_holds_what_was_put_in(world: World, kind: str, filling: Any, held: Json) -> None:
    """Every kind of field keeps its contents under its own name; nothing empties it."""
    assert filled(world, {"type": kind}, filling) == {"type": kind, **held}


def test_what_is_not_there_cannot_be_chosen(world: World) -> None:
    """Unknown options, people and fields are not found; an option is found by its value too."""
    select = {"type": "static_select", "options": CHOICES}

    assert filled(world, select, "c")["selected_option"] == CHOICES[1]
    with pytest.raises(NotThere):
        filled(world, select, "Milk")
    with pytest.raises(NotThere):
        filled(world, {"type": "users_select"}, "nobody")
    with pytest.raises(NotThere):
        find_field(view_of(entry("Text")), "Other")


@pytest.mark.parametrize(
    ("element", "value", "fine"),
    [
        ({"max_length": 3}, "abcd", False),
        ({"min_length": 3}, "ab", False),
        ({"min_length": 2, "max_length": 3}, "abc", True),
    ],
)
def test_lengths_are_held_by_the_platform(element: Json, value: str, *, fine: bool) -> None:
    """Too long and too short texts are stopped before the app is asked."""
    view = view_of(entry("Text", **element))
    view.values["text", "it"]["value"] = value

    assert (objections(view) == {}) is fine


def test_a_date_must_look_like_one() -> None:
    """Something else than a date in a date field is stopped before the app is asked."""
    view = view_of(entry("Day", "datepicker"))
    view.values["day", "it"]["selected_date"] = "tomorrow"

    assert list(objections(view)) == ["day"]


def test_blocks_within_the_limits_are_taken() -> None:
    """What the reference allows is given back as it was."""
    chosen = {"type": "multi_static_select", "options": CHOICES, "initial_options": CHOICES}
    blocks = [{"type": "rich_text", "elements": []}, section("x" * 3000, accessory=chosen)]

    assert check_message_blocks(blocks) == blocks
