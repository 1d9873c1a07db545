"""Forms as modals: each kind of field, and back again as answers."""

import json
from datetime import date
from typing import Any

import pytest

from bot.playground.slack.blocks import check_view
from bot.playground.slack.state import fields_of, initial
from bot.slack.blocks import Pen
from bot.slack.modals import TooMuch, closing, draw_form, objections
from bot.slack.shapes import Unreadable
from bot.slack.submitted import Luggage, submitted
from handlers.kit.inbound import Account, Chat
from handlers.kit.ui import AnyField, ChoiceField, DateField, Form, HiddenField, Option, TextField
from tests.bot.slack.bench import Json, words

ADA = Account("slack", "T0FORUM", "U0ADA")
LUGGAGE = Luggage("some.ask:7:12", "C0TRYGG", "1772441000.000100")


def options(number: int) -> tuple[Option, ...]:
    """So many choices."""
    return tuple(Option(str(each), words(f"Val {each}")) for each in range(number))


def drawn(pen: Pen, *fields: AnyField, **more: Any) -> Json:
    """The modal of a form with these fields, as valid as Slack wants it."""
    form = Form(words("Nytt beslut"), words("Spara"), fields, **more)
    return check_view(draw_form(pen, form, LUGGAGE), "modal")


def element(pen: Pen, field: AnyField) -> Json:
    """What one field looks like."""
    found: Json = drawn(pen, field)["blocks"][0]["element"]
    return found


def sent_back(view: Json) -> dict[str, str]:
    """The answers when somebody sends the modal in untouched."""
    values: Json = {}
    for block, each in fields_of(view["blocks"]):
        values[block["block_id"]] = {each["action_id"]: initial(each)}
    back = submitted({**view, "id": "V0FORM", "state": {"values": values}}, ADA, "T0FORUM")
    assert back is not None
    assert back.chat == Chat("slack", "T0FORUM", "C0TRYGG")
    assert (back.data, back.thread) == (LUGGAGE.data, LUGGAGE.thread)
    return dict(back.answers)


def test_a_form_comes_back_as_it_was_filled_in(pen: Pen) -> None:
    """What stands in the fields at first is what comes back when nothing is changed."""
    view = drawn(
        pen,
        TextField(key="what", label=words("Vad"), initial="Vi köper kaffe", hint=words("Kort")),
        TextField(key="why", label=words("Varför"), multiline=True, optional=True),
        ChoiceField(key="how", label=words("Hur"), options=options(4), initial="2"),
        ChoiceField(key="who", label=words("Vem"), options=options(3), initial="0,2", many=True),
        ChoiceField(key="one", label=words("En"), options=options(9), initial="7"),
        ChoiceField(key="some", label=words("Några"), options=options(9), initial="7,8", many=True),
        ChoiceField(key="none", label=words("Ingen"), options=options(9), initial="99", optional=True),
        DateField(key="due", label=words("När"), initial="2026-04-01"),
        DateField(key="later", label=words("Sedan"), initial="på fredag"),
        DateField(key="never", label=words("Aldrig"), optional=True),
        HiddenField(key="source", label=words("?"), initial="https://example.org/p1"),
        intro=words("Så här"),
    )
    assert [each["element"]["type"] for each in view["blocks"][1:]] == [
        "plain_text_input",
        "plain_text_input",
        "radio_buttons",
        "checkboxes",
        "static_select",
        "multi_static_select",
        "static_select",
        "datepicker",
        "plain_text_input",
        "datepicker",
    ]
    assert sent_back(view) == {
        "what": "Vi köper kaffe",
        "why": "",
        "how": "2",
        "who": "0,2",
        "one": "7",
        "some": "7,8",
        "none": "",
        "due": "2026-04-01",
        "later": "på fredag",
        "never": "",
        "source": "https://example.org/p1",
    }
    assert view["blocks"][1]["hint"]["text"] == "Kort"
    assert [each["optional"] for each in view["blocks"][1:3]] == [False, True]


def test_titles_and_buttons_fit_into_a_modal(pen: Pen) -> None:
    """Slack takes 24 characters; the rest is cut where one sees it."""
    form = Form(words("Ett mycket långt namn på ett formulär"), words("Spara"), ())
    view = check_view(draw_form(pen, form, Luggage("some.ask:0")), "modal")
    assert view["title"]["text"] == "Ett mycket långt namn p…"
    assert view["submit"]["text"] == "Spara"
    assert view["close"]["text"] == "Avbryt"
    assert json.loads(view["private_metadata"]) == {"d": "some.ask:0"}


def test_text_fields_take_no_more_than_slack_does(pen: Pen) -> None:
    """A long beginning is kept, up to Slack's own limit."""
    assert element(pen, TextField(key="x", label=words("X"), longest=80))["max_length"] == 80
    assert (
        element(pen, TextField(key="x", label=words("X"), longest=80, initial="å" * 90))["max_length"] == 90
    )
    longest = element(pen, TextField(key="x", label=words("X"), longest=9000, initial="å" * 9000))
    assert (longest["max_length"], len(longest["initial_value"])) == (3000, 3000)


def test_a_long_list_is_cut_into_groups(pen: Pen) -> None:
    """Slack takes a hundred choices in a list, and a hundred groups of them."""
    long = element(pen, ChoiceField(key="x", label=words("X"), options=options(250), initial="249"))
    assert [len(each["options"]) for each in long["option_groups"]] == [100, 100, 50]
    assert long["option_groups"][0]["label"]["text"] == "Val 0 – Val 99"
    assert long["initial_option"]["value"] == "249"
    assert long["placeholder"]["text"] == "Välj"


def test_a_choice_without_choices_is_only_told(pen: Pen) -> None:
    """Slack refuses an empty list, so the label and the hint stand there alone."""
    hinted = ChoiceField(key="x", label=words("Vem"), options=(), hint=words("Ingen är med än"))
    view = drawn(pen, hinted, ChoiceField(key="y", label=words("Vad"), options=()))
    assert [each["type"] for each in view["blocks"]] == ["rich_text", "rich_text", "rich_text"]


@pytest.mark.parametrize("initial_date", ["2026-02-30", "2026-W05", "snart", "1 april"])
def test_a_date_that_a_calendar_cannot_show_is_written(pen: Pen, initial_date: str) -> None:
    """The words stay for the person to mend."""
    shown = element(pen, DateField(key="x", label=words("När"), initial=initial_date))
    try:
        date.fromisoformat(initial_date)
    except ValueError:
        assert (shown["type"], shown["initial_value"]) == ("plain_text_input", initial_date)
    else:
        assert shown["type"] == "datepicker"


def test_too_much_unseen_luggage_is_refused(pen: Pen) -> None:
    """A modal carries 3000 characters unseen."""
    with pytest.raises(TooMuch):
        drawn(pen, HiddenField(key="x", label=words("?"), initial="å" * 3000))


def test_objections_find_their_field(pen: Pen) -> None:
    """One that belongs to no visible field is told at the first."""
    errors = {"due": words("Redan varit"), "source": words("Borta"), "what": words("Tomt")}
    assert objections(pen, errors, ["what", "due"]) == {"due": "Redan varit", "what": "Borta\nTomt"}
    assert objections(pen, {"x": words("Nej")}, []) == {"x": "Nej"}


def test_a_refusal_takes_the_modals_place(pen: Pen) -> None:
    """It says why, and can only be closed."""
    view = check_view(closing(pen, "Nytt beslut", words("Du är inte med.")), "modal")
    assert "submit" not in view
    assert view["close"]["text"] == "Stäng"


def test_a_modal_of_another_kind_is_not_ours() -> None:
    """Only forms of ours are taken."""
    assert submitted({"callback_id": "else"}, ADA, "T0FORUM") is None


def test_luggage_without_a_form_is_unreadable() -> None:
    """A modal that does not say which form it is cannot be handled."""
    with pytest.raises(Unreadable):
        Luggage.unpack('{"c": "C0TRYGG"}')


def test_a_form_opened_in_private_comes_back_there() -> None:
    """The private talk is named by the person."""
    view = {"callback_id": "form", "id": "V0", "private_metadata": Luggage("a.b:0", "U0ADA").pack()}
    back = submitted(view, ADA, "T0FORUM")
    assert back is not None
    assert back.chat == Chat("slack", "T0FORUM", "U0ADA", private=True)
