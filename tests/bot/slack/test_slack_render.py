"""Cards as blocks: what stands in them, what they may hold, and what nobody can smuggle into them."""

import html
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.slack.blocks import check_message_blocks, check_view
from bot.playground.slack.plain import read_blocks
from bot.slack.blocks import HOME_BLOCKS, HOME_SIZE, MESSAGE_SIZE, Drawn, Pen, short
from bot.speech import Speech
from handlers.kit.ui import Action, Button, Card, Element, Fact, Items, Line, Link, Mention, Row, text
from tests.bot.slack.bench import card, words

REST = "Resten fick inte plats här."
FORMATTING = ["*", "_", "~", "`", "```", "> ", "&gt; ", "• ", "# ", "1. "]
SHOUTS = ["<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<!subteam^S0ALL>", "<!date^0^{date}|x>"]
REACHES = ["<@U0ADA>", "<@W0KIM|kim>", "<#C0TRYGG>", "<#C0TRYGG|trygghet>", "@channel", "@everyone", "@ada"]
LINKS = ["<https://evil.example>", "<https://evil.example|innocent>", "https://evil.example", "evil.example"]
MAILS = ["<mailto:a@example.org|a>", "a@example.org", "<tel:112|112>", "[a](https://evil.example)"]
ESCAPES = ["&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "<<!channel>>", "<!channel", "!channel>", "<>"]
INJECTIONS = [
    *SHOUTS,
    *REACHES,
    *LINKS,
    *MAILS,
    *ESCAPES,
    *(f"{sign}fat{sign}" for sign in FORMATTING),
    *(f"a {sign}b c{sign} d" for sign in FORMATTING),
    *(f"{sign}{shout}{sign}" for sign in FORMATTING[:4] for shout in SHOUTS),
    *(f"rad\n{shout}\nrad" for shout in SHOUTS),
    *(f"\u202e{shout}\u202c" for shout in SHOUTS),
    *(f"x{reach}x" for reach in REACHES),
    *(f"{link} och {shout}" for link in LINKS for shout in SHOUTS[:3]),
]


def nodes(thing: Any) -> Iterator[dict[str, Any]]:
    """Every object in a drawing."""
    if isinstance(thing, dict):
        yield thing
        for each in thing.values():
            yield from nodes(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from nodes(each)


def read(drawn: Drawn) -> str:
    """What a person reads; fails as Slack does when the blocks are not to its liking."""
    return read_blocks(check_message_blocks(drawn.blocks), {"U0ADA": "ada"})


def button(label: str = "Tryck", **more: Any) -> Button:
    """A button."""
    return Button(words(label), Action("some.deed", (12, "x")), **more)


def everything(said: str) -> Card:
    """A card with the same words in every place that can hold some."""
    mention = Mention(2, said)
    about = text("about", who=mention, whom=Mention(1, said), what=said)
    return card(
        said,
        Line(words(said)),
        Line(about),
        Line(words(said), "quote"),
        Line(words(said), "small"),
        Fact(words(said), said),
        Fact(words("Vem"), mention),
        Row((button(said, confirm=words(said)), Link(words(said), "https://example.org/"))),
    )


def test_there_are_more_than_a_hundred_ways_to_smuggle() -> None:
    """The corpus is as large as it says."""
    assert len(set(INJECTIONS)) >= 100


@pytest.mark.parametrize("said", INJECTIONS)
def test_nobody_can_shout_link_or_format(pen: Pen, said: str) -> None:
    """No place of a card reads Slack's notation, and only the people that the message names are mentioned."""
    drawn = pen.card(everything(said))
    check_message_blocks(drawn.blocks)
    kinds = [str(each.get("type")) for each in nodes(drawn.blocks)]
    assert not {"mrkdwn", "markdown", "broadcast", "link", "channel", "usergroup"} & set(kinds)
    assert [each["user_id"] for each in nodes(drawn.blocks) if each.get("type") == "user"] == ["U0ADA"]
    assert all(
        set(each.get("style", {})) <= {"bold"} for each in nodes(drawn.blocks) if each.get("type") == "text"
    )
    assert "<" not in drawn.text
    assert said.strip("\u202e\u202c") in html.unescape(drawn.text)


def test_a_card_reads_as_it_was_meant(pen: Pen) -> None:
    """Title, lines, facts and buttons in their order; people as mentions where they can be reached."""
    drawn = pen.card(
        card(
            "§ 12/2026",
            Line(words("Vi köper kaffe")),
            Fact(words("Ansvarig"), Mention(1, "Ada Ek")),
            Fact(words("Också"), Items((Mention(2, "Bo Ek"), "Mia"))),
            Line(words("Så sa vi"), "quote"),
            Line(words("Nyss"), "small"),
            Row(
                (
                    button("Ändra", style="primary"),
                    button("Ta bort", style="danger", confirm=words("Säkert?")),
                )
            ),
            Row((Link(words("Läs"), "https://example.org/"),)),
            Row(()),
        )
    )
    assert read(drawn).split("\n") == [
        "§ 12/2026",
        "Vi köper kaffe",
        "Ansvarig: @ada",
        "Också: Bo Ek och Mia",
        "Så sa vi",
        "Nyss",
        "[Ändra] [Ta bort]",
        "[Läs]",
    ]
    assert drawn.text.startswith("§ 12/2026\nVi köper kaffe\nAnsvarig: Ada Ek\nOckså: Bo Ek och Mia")
    title, _, facts, quote, small, row, link = drawn.blocks
    assert title["elements"][0]["elements"][0]["style"] == {"bold": True}
    assert len(facts["elements"]) == 2
    assert quote["elements"][0]["type"] == "rich_text_quote"
    assert small["type"] == "context"
    change, remove = row["elements"]
    assert (change["value"], change["style"]) == ("some.deed:7:12:x", "primary")
    assert "confirm" not in change
    assert remove["confirm"]["style"] == "danger"
    assert remove["confirm"]["deny"]["text"] == "Nej"
    assert link["elements"][0] == {
        "type": "button",
        "action_id": link["elements"][0]["action_id"],
        "text": {"type": "plain_text", "text": "Läs", "emoji": True},
        "url": "https://example.org/",
    }


def test_buttons_belong_to_a_forum(speech: Speech) -> None:
    """The forum of the message goes into the data of its buttons."""
    drawn = Pen(speech, "sv", "UTC", 31).card(card("x", Row((button(confirm=words("Säkert?")),))))
    pressed = drawn.blocks[1]["elements"][0]
    assert pressed["value"] == "some.deed:31:12:x"
    assert "style" not in pressed["confirm"]


def test_a_line_without_words_takes_no_place(pen: Pen) -> None:
    """Slack refuses an empty text; a title is never empty."""
    drawn = pen.card(card("", Line(words("")), Fact(words("Vad"), "")))
    assert read(drawn) == "…\nVad: "


def test_long_words_are_cut_where_one_sees_it(pen: Pen) -> None:
    """A paragraph, a label and a question end in an ellipsis, and never inside an emoji."""
    family = "👩‍👩‍👧‍👦"
    drawn = pen.card(card(family * 1000, Row((button("å" * 100, confirm=words("ö" * 500)),))))
    title = read(drawn).split("\n")[0]
    assert title.endswith(f"{family}…")
    assert len(title) <= 2901
    pressed = drawn.blocks[1]["elements"][0]
    assert pressed["text"]["text"] == "å" * 74 + "…"
    assert len(pressed["confirm"]["text"]["text"]) == 300


def test_a_long_line_with_a_person_in_it_is_cut_behind_them(pen: Pen) -> None:
    """The person is still mentioned; what is behind the cut is not."""
    about = text("about", who=Mention(1, "Ada"), whom=Mention(2, "Bo" * 1500), what="x" * 3000)
    runs = pen.runs(pen.say(about))
    assert runs[0] == {"type": "user", "user_id": "U0ADA"}
    assert sum(len(each.get("text", "")) for each in runs) <= 2901


def test_the_words_for_notifications_always_fit(pen: Pen) -> None:
    """Slack refuses an update with more than 4000 characters of it, escapes counted."""
    drawn = pen.card(card("&" * 2900, Line(words("<" * 2900)), Line(words(">" * 2900))))
    assert len(drawn.text) <= 4000
    assert drawn.text.endswith("…")
    check_message_blocks(drawn.blocks)


LONG: list[tuple[str, list[Element]]] = [
    ("sixty lines", [Line(words(f"Rad {each}")) for each in range(60)]),
    ("sixty small lines", [Line(words(f"Rad {each}"), "small") for each in range(60)]),
    ("lines between buttons", [each for _ in range(40) for each in (Line(words("Rad")), Row((button(),)))]),
    ("sixty rows", [Row((button(),)) for _ in range(60)]),
    ("long lines", [Line(words("å" * 2800)) for _ in range(8)]),
    ("long facts", [Fact(words("Vad"), "å" * 2800) for _ in range(8)]),
    ("very many lines", [Line(words("Rad " * 20)) for _ in range(900)]),
]


@pytest.mark.parametrize(("what", "body"), LONG, ids=[what for what, _ in LONG])
def test_a_card_that_is_too_long_says_so(pen: Pen, what: str, body: list[Element]) -> None:
    """It loses its last paragraphs, says that there was more, and fits."""
    drawn = pen.card(card(what, *body, Row((button("Sist"),))))
    shown = read(drawn)
    assert len(json.dumps(drawn.blocks, ensure_ascii=False)) <= MESSAGE_SIZE
    assert shown.startswith(what)
    if what == "sixty lines":
        assert shown.split("\n")[1:] == [*(f"Rad {each}" for each in range(60)), "[Sist]"]
    else:
        assert shown.endswith(REST)
    assert ("[Sist]" in shown) is (what != "sixty rows")


def test_a_home_takes_more_than_a_message(pen: Pen) -> None:
    """The person's own page has room for a hundred blocks."""
    drawn = pen.card(card("Mina", *(Row((button(),)) for _ in range(90))), most=HOME_BLOCKS, size=HOME_SIZE)
    check_view({"type": "home", "blocks": drawn.blocks}, "home")
    assert len(drawn.blocks) == 91


def test_a_long_row_goes_on_in_the_next(pen: Pen) -> None:
    """Slack takes 25 buttons in a row; an address that is too long for it gets no button."""
    many = tuple(button(f"{each}") for each in range(30))
    drawn = pen.card(card("x", Row((*many, Link(words("Långt"), "https://example.org/" + "a" * 3000)))))
    check_message_blocks(drawn.blocks)
    assert [len(each["elements"]) for each in drawn.blocks[1:]] == [25, 5]


def test_a_sentence_is_a_message_of_its_own(pen: Pen) -> None:
    """What is said to one person right away looks like any other message."""
    assert read(pen.sentence(words("Hej"))) == "Hej"


def test_short_leaves_alone_what_fits() -> None:
    """Only what is too long is cut."""
    assert short("abc", 3) == "abc"
    assert short("abcd", 3) == "ab…"


@given(said=st.text(max_size=200))
def test_any_words_at_all_make_a_card_that_slack_takes(speech: Speech, said: str) -> None:
    """Whatever is written, the blocks are valid and nothing in them is active."""
    pen = Pen(speech, "en", "UTC", 1, {1: "U0ADA"})
    drawn = pen.card(everything(said))
    check_message_blocks(drawn.blocks)
    assert "<" not in drawn.text
