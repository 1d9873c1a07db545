"""Cards as Telegram shows them, read back by the parser of the stand-in, which is as strict as the real one."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapter import Outgoing
from bot.playground.telegram.html_mode import units
from bot.playground.telegram.markup import Formatted, keyboard
from bot.playground.telegram.values import Keyboard
from bot.speech import Speech
from bot.telegram.deep_links import LINK_BYTES, data_of, payload_of, start_link
from bot.telegram.render import Drawn, Undrawable, render
from bot.telegram.wording import shorten
from handlers.kit.ui import Action, Button, Fact, Items, Line, Link, Mention, Row
from tests.bot.telegram.bench import card, outgoing, seen, words

GROUP, ADA = -4000001, 5000001
INJECTIONS = (
    "<b>fet</b>", "</b></i>", "&lt;b&gt;", '"><a href="tg://user?id=1">x</a>', "<!channel>", "<@U123>", "@everyone",
    "@ada_ek se hit", "hej@ada_ek", "<a", "&", "&#x3c;b&#x3e;", "<blockquote>", "<tg-spoiler>x</tg-spoiler>",
    "*fet* _kursiv_ `kod` [a](b)", "<script>", "<b", "</blockquote>", "{ $x }", "\ue0000\ue001",
)  # fmt: skip


def _drawn(speech: Speech, message: Outgoing) -> tuple[Formatted, Keyboard]:
    drawn = render(message, speech, "SamsynBot")
    return seen(drawn.html), keyboard(drawn.keyboard.to_dict() if drawn.keyboard else {})


def _marks(read: Formatted) -> list[tuple[str, str]]:
    raw = read.text.encode("utf-16-le")
    return [(e.type, raw[e.offset * 2 : e.end * 2].decode("utf-16-le")) for e in read.entities]


def test_a_card_with_everything(speech: Speech) -> None:
    """Title in bold, labels in bold, a quote apart, a side remark in italics; rows of buttons underneath."""
    one = card(
        "§ 12/2026",
        Line(words("Köp kaffe"), "quote"),
        Fact(words("Ansvarig"), Mention(3, "Ada Ek")),
        Fact(words("Klart"), 4),
        Line(words("Något mer.")),
        Row(
            (
                Button(words("Ändra"), Action("change", (12,))),
                Link(words("Läs"), "https://example.org/a?b=1&c=2"),
            )
        ),
        Line(words("Sparat nyss"), "small"),
        Row((Button(words("Ångra"), Action("undo", (12,))),)),
    )
    read, buttons = _drawn(speech, outgoing(one, GROUP, forum=7, mentions={3: "5000003"}))

    assert read.text == ("§ 12/2026\nKöp kaffe\nAnsvarig: Ada Ek\nKlart: 4\n\nNågot mer.\n\nSparat nyss")
    assert _marks(read) == [
        ("bold", "§ 12/2026"), ("blockquote", "Köp kaffe"), ("bold", "Ansvarig:"), ("text_mention", "Ada Ek"),
        ("bold", "Klart:"), ("italic", "Sparat nyss"),
    ]  # fmt: skip
    assert [[(b.label, b.callback_data, b.url) for b in row] for row in buttons] == [
        [("Ändra", "change:7:12", None), ("Läs", None, "https://example.org/a?b=1&c=2")],
        [("Ångra", "undo:7:12", None)],
    ]


def test_only_named_people_are_mentioned(speech: Speech) -> None:
    """Who is in the chat is mentioned, others stand by name, and an id that is none makes no link."""
    people = Items((Mention(1, "Ada"), Mention(2, "@bo_b"), Mention(3, "Cy")))
    read, _ = _drawn(speech, outgoing(card(people), GROUP, mentions={1: "5000001", 3: '1"><b>'}))

    assert [each for each in read.entities if each.type != "bold"] == [
        each for each in read.entities if each.type == "text_mention" and each.user == 5000001
    ]
    assert read.text.replace("\u2060", "") == "Ada, @bo_b och Cy"


@pytest.mark.parametrize("injection", INJECTIONS)
def test_injections_stay_words(speech: Speech, injection: str) -> None:
    """Whatever somebody writes anywhere is shown as it stands, and marks and mentions nothing."""
    one = card(
        injection,
        Line(words(injection)),
        Line(words(injection), "quote"),
        Fact(words(injection), injection),
        Fact(words("Vem"), Mention(1, injection)),
        Row((Button(words(injection), Action("vote", (1,))),)),
    )
    read, buttons = _drawn(speech, outgoing(one, GROUP))
    plain = injection.translate({0xE000: None, 0xE001: None})

    assert read.text.replace("\u2060", "").count(plain) == 6
    assert {kind for kind, _ in _marks(read)} <= {"bold", "blockquote", "email", "hashtag"}
    assert buttons[0][0].label == plain


def test_our_own_name_stays_a_name(speech: Speech) -> None:
    """Where our texts say how to speak to the bot, its name can be pressed."""
    read, _ = _drawn(speech, outgoing(card("Skriv @SamsynBot eller @SamsynBotten"), GROUP))

    assert [mark for mark in _marks(read) if mark[0] == "mention"] == [("mention", "@SamsynBot")]


# --- Too much --------------------------------------------------------------------------------------------------


def test_overlong_words_are_cut_where_it_shows(speech: Speech) -> None:
    """The long text is shortened between two signs, everything else stays, and the last line says so."""
    family = "👨‍👩‍👧‍👦"
    one = card(
        "§ 12", Line(words(family * 700), "quote"), Fact(words("Klart"), "5 maj"), Line(words("x" * 200))
    )
    read, _ = _drawn(speech, outgoing(one, GROUP))

    title, quote, fact, _, line, _, note = read.text.split("\n")
    assert (title, fact, line) == ("§ 12", "Klart: 5 maj", "x" * 200)
    assert quote.removesuffix("…") == family * (len(quote) // len(family))
    assert note == "Texten är för lång för ett kort."
    assert units(read.text) > 4000


def test_far_too_many_lines_end_early(speech: Speech) -> None:
    """When there is nothing long to shorten, the last lines go."""
    one = card("Alla", *(Line(words(f"{n} {'x' * 90}")) for n in range(100)))
    read, _ = _drawn(speech, outgoing(one, GROUP))

    assert read.text.startswith("Alla\n\n0 xxx")
    assert read.text.endswith("\nTexten är för lång för ett kort.")


def test_a_title_of_a_thousand_people_is_not_sent_as_it_is(speech: Speech) -> None:
    """Names are never cut; too many of them leave only the line that says so."""
    everybody = Items(tuple(Mention(n, "Någon Långnamnsson") for n in range(1000)))
    read, _ = _drawn(speech, outgoing(card(everybody), GROUP, mentions={n: str(n + 1) for n in range(1000)}))

    assert read.text == "Texten är för lång för ett kort."


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(st.characters(codec="utf-8"), max_size=60),
    body=st.lists(
        st.tuples(
            st.sampled_from(("plain", "quote", "small", "item", "heading", "fact")),
            st.text('aå <>&"@/\n\u0301\u200d👩😀', max_size=30),
            st.integers(1, 400),
        ),
        max_size=6,
    ),
)
def test_any_card_is_taken_by_the_server(
    speech: Speech, title: str, body: list[tuple[str, str, int]]
) -> None:
    """Whatever the words and however many, the text can be read and is not too long."""
    elements = [
        Fact(words("Etikett"), piece * times) if kind == "fact" else Line(words(piece * times), kind)  # type: ignore[arg-type]
        for kind, piece, times in body
    ]
    read = seen(render(outgoing(card("T " + title, *elements), GROUP), speech, "SamsynBot").html)

    assert not {kind for kind, _ in _marks(read)} & {"text_link", "text_mention", "mention"}


@settings(max_examples=60, deadline=None)
@given(st.text("aå\u0301\u0302\u200d👩🏽🇸🇪", min_size=1, max_size=60), st.integers(2, 40))
def test_shortening_never_cuts_a_sign(text: str, most: int) -> None:
    """What is left fits, begins as the text does, and ends between two signs."""
    short = shorten(text, most)

    assert units(short) <= most
    assert short == text or (short[-1] == "…" and text.startswith(short[:-1]))
    assert not re.match("[\u0301\u0302\u200d🏽]", text[len(short) - 1 :]) or short in (text, "…")


# --- Buttons ---------------------------------------------------------------------------------------------------


def test_long_rows_are_wrapped(speech: Speech) -> None:
    """More than three buttons side by side become several rows, for a phone cuts their labels."""
    row = Row(tuple(Button(words(str(n)), Action("pick", (n,))) for n in range(18)))
    _, buttons = _drawn(speech, outgoing(card("Välj", row), GROUP))

    assert list(map(len, buttons)) == [3, 3, 3, 3, 3, 3]


def test_too_many_buttons_are_a_fault(speech: Speech) -> None:
    """More than the server takes is never sent."""
    row = Row(tuple(Button(words(str(n)), Action("pick", (n,))) for n in range(101)))
    with pytest.raises(Undrawable, match="101 buttons"):
        render(outgoing(card("Välj", row), GROUP), speech, "SamsynBot")


def test_button_data_count_in_bytes(speech: Speech) -> None:
    """64 bytes fit, 65 do not, however few letters they are."""

    def draw(argument: str) -> Drawn:
        row = Row((Button(words("Ja"), Action("pick", (argument,))),))
        return render(outgoing(card("Välj", row), GROUP), speech, "SamsynBot")

    assert draw("å" * 28 + "x").keyboard
    with pytest.raises(Undrawable, match="pick: 65 bytes"):
        draw("å" * 29)


def test_a_private_button_of_a_group_is_a_link(speech: Speech) -> None:
    """In a group it leads into the private chat with its action; there it is a button like any other."""
    row = Row((Button(words("Jag är med"), Action("join", ("abc",)), private=True),))
    _, [[link]] = _drawn(speech, outgoing(card("Välkommen", row), GROUP, forum=7))
    _, [[button]] = _drawn(speech, outgoing(card("Välkommen", row), ADA, forum=7, private=True))

    assert link.url == start_link("SamsynBot", "join:7:abc") == "https://t.me/SamsynBot?start=am9pbjo3OmFiYw"
    assert button.callback_data == "join:7:abc"


def test_a_link_takes_less_than_a_button(speech: Speech) -> None:
    """What does not fit into a start link is a fault that names the action and nothing else."""
    row = Row((Button(words("Jag är med"), Action("join", ("hemligt" * 7,)), private=True),))
    with pytest.raises(Undrawable, match=rf"join: 56 bytes for a start link, which takes {LINK_BYTES}$"):
        render(outgoing(card("Välkommen", row), GROUP), speech, "SamsynBot")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=10))
def test_start_links_carry_actions_there_and_back(argument: str) -> None:
    """Every action that fits comes back as it was."""
    data = f"join:7:{argument}"
    assert data_of(payload_of(data)) == data


@given(st.text(max_size=64))
def test_payloads_that_are_not_ours_are_nothing(payload: str) -> None:
    """Made-up payloads either are exactly what we would write or mean nothing."""
    data = data_of(payload)
    assert data is None or payload_of(data) == payload
