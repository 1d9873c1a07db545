"""Cards, texts and forms as plain data: they turn into JSON and back unchanged, for they wait in the outbox."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.ui import (
    Action,
    Button,
    Card,
    ChoiceField,
    DateField,
    Document,
    Fact,
    Form,
    HiddenField,
    Instant,
    Items,
    Line,
    Link,
    Mention,
    Option,
    Picture,
    Row,
    Text,
    TextField,
    Value,
    text,
    values_of,
)
from handlers.kit.ui_json import Json, card_from_json, card_to_json, value_from_json, value_to_json

WORDS = st.text(max_size=12)
WHOLE = st.integers(-(2**62), 2**62)
MENTIONS = st.builds(Mention, WHOLE, WORDS)
INSTANTS = st.builds(
    Instant, st.datetimes(timezones=st.just(UTC)), st.sampled_from(["Europe/Stockholm", "UTC", ""])
)
PLAIN: st.SearchStrategy[Value] = st.one_of(WORDS, WHOLE, st.dates(), MENTIONS, INSTANTS)
VALUES: st.SearchStrategy[Value] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds(Items, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Text, WORDS, st.dictionaries(WORDS, inner, max_size=3)),
    ),
    max_leaves=8,
)
TEXTS = st.builds(Text, WORDS, st.dictionaries(WORDS, VALUES, max_size=3))
ACTIONS = st.builds(
    Action, WORDS, st.lists(st.one_of(WORDS, WHOLE), max_size=3).map(tuple), st.none() | st.integers(0, 10**9)
)
STYLES = st.sampled_from(["plain", "primary", "danger"])
BUTTONS = st.builds(Button, TEXTS, ACTIONS, STYLES, st.none() | TEXTS, st.booleans()) | st.builds(
    Link, TEXTS, WORDS
)
ELEMENTS = st.one_of(
    st.builds(Line, TEXTS, st.sampled_from(["plain", "quote", "small", "item", "heading"])),
    st.builds(Fact, TEXTS, VALUES),
    st.builds(Row, st.lists(BUTTONS, max_size=3).map(tuple)),
    st.builds(Picture, WORDS, WORDS, TEXTS, st.dictionaries(WORDS, TEXTS, max_size=3)),
    st.builds(Document, WORDS, WORDS, WORDS, TEXTS),
)
CARDS = st.builds(Card, TEXTS, st.lists(ELEMENTS, max_size=4).map(tuple), WORDS)


def _through_json(raw: Json) -> Json:
    known: Json = json.loads(json.dumps(raw, ensure_ascii=False))
    return known


@given(VALUES)
def test_a_value_survives_json(value: Value) -> None:
    """Whatever a text's variable may be comes back as it went."""
    assert value_from_json(_through_json(value_to_json(value))) == value


@given(CARDS)
def test_a_card_survives_json(card: Card) -> None:
    """A card that waited in the outbox is the card that was put there."""
    assert card_from_json(_through_json(card_to_json(card))) == card


def test_a_moment_keeps_its_instant() -> None:
    """An instant given in another zone is the same instant afterwards."""
    stockholm = Instant(datetime(2026, 3, 29, 4, 0, tzinfo=ZoneInfo("Europe/Stockholm")), "Europe/Stockholm")

    assert value_from_json(value_to_json(stockholm)) == stockholm


@pytest.mark.parametrize(
    "raw",
    [None, [], ["a"], {}, {"t": 1, "v": {}}, {"t": "key", "v": 3}, {"m": "1", "n": "Ada"}, {"l": "abc"}],
)
def test_what_is_no_value_is_refused(raw: Json) -> None:
    """JSON that no value ever turns into is said to be wrong, and not taken for one."""
    with pytest.raises(ValueError, match="not a value"):
        value_from_json(raw)


TITLE: Json = {"t": "menu-title", "v": {}}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"name": "", "title": TITLE},
        {"name": "", "title": "words", "body": []},
        {"name": "", "title": TITLE, "body": [1]},
        {"name": "", "title": TITLE, "body": [{"line": TITLE, "style": "loud"}]},
        {"name": "", "title": TITLE, "body": [{"line": "words", "style": "plain"}]},
        {"name": "", "title": TITLE, "body": [{"row": [1]}]},
        {"name": "", "title": TITLE, "body": [{"picture": "x", "data": {}, "alt": TITLE, "labels": {}}]},
        {"name": "", "title": TITLE, "body": [{"document": "x", "name": "", "data": "", "instead": "y"}]},
        {
            "name": "",
            "title": TITLE,
            "body": [{"picture": "x", "data": "", "alt": TITLE, "labels": {"a": "b"}}],
        },
        {"name": "", "title": TITLE, "body": [{"row": [{"label": TITLE}]}]},
        {"name": "", "title": TITLE, "body": [{"row": [{"label": TITLE, "do": ["a.b"], "style": "loud"}]}]},
    ],
)
def test_what_is_no_card_is_refused(raw: Json) -> None:
    """A broken row of the outbox is a ``ValueError``, whatever is broken about it."""
    with pytest.raises(ValueError, match=r"not a|expected"):
        card_from_json(raw)


def test_a_button_belongs_to_the_forum_of_its_card() -> None:
    """The forum stands second in a button's data, unless the action names another one."""
    assert Action("decisions.show", (7, "a")).encode(3) == "decisions.show:3:7:a"
    assert Action("decisions.show", (7,), forum=5).encode(3) == "decisions.show:5:7"
    assert Action("help.menu", ("",)).encode(0) == "help.menu:0:"


def test_every_value_of_a_card_is_found() -> None:
    """Mentions are found wherever they stand: in titles, lines, facts, lists, pictures, labels of buttons."""
    people = [Mention(each, str(each)) for each in range(1, 9)]
    card = Card(
        text("a", who=people[0]),
        (
            Line(text("b", inner=text("c", who=people[1]))),
            Fact(text("d", who=people[2]), Items((people[3], "x"))),
            Row(
                (Button(text("e", who=people[4]), Action("a.b")), Link(text("f", who=people[5]), "https://x"))
            ),
            Picture("x", "{}", text("g", who=people[6]), {"one": text("h", who=people[7])}),
        ),
    )

    assert [each for each in values_of(card) if isinstance(each, Mention)] == people


def test_a_form_begins_with_other_values_where_they_are_given() -> None:
    """Prefilling changes the initial values of the named fields and nothing else."""
    label = text("verbatim", words="x")
    fields = (
        TextField(key="what", label=label, initial="a", longest=10),
        ChoiceField(key="how", label=label, options=(Option("b", label),), optional=True),
        DateField(key="day", label=label),
        HiddenField(key="link", label=label),
    )
    form = Form(label, label, fields, intro=label)

    filled = form.prefilled({"what": "Köp", "link": "https://x", "unknown": "?"})

    assert [each.initial for each in filled.fields] == ["Köp", "", "", "https://x"]
    assert filled.prefilled({"what": "a", "link": ""}) == form


def test_days_and_texts_are_told_apart() -> None:
    """A day is not taken for the words that look like it."""
    assert value_from_json(value_to_json(date(2026, 3, 2))) == date(2026, 3, 2)
    assert value_from_json(value_to_json("2026-03-02")) == "2026-03-02"
