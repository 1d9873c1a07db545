"""A form as a talk, pure: what each answer and each button leads to, and how the questions look."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stepform import (
    Cancelled,
    Finished,
    Stale,
    Talk,
    Turn,
    Wrong,
    begin,
    press,
    question,
    say,
    visible,
    without_refused,
)
from handlers.kit.answers import parse_form
from handlers.kit.ui import (
    Action,
    Button,
    ChoiceField,
    DateField,
    Form,
    HiddenField,
    Line,
    Option,
    Row,
    Text,
    TextField,
    text,
)

TODAY = date(2026, 3, 2)


def _t(words: str) -> Text:
    return text("verbatim", words=words)


OPTIONS = tuple(Option(each, _t(each.upper())) for each in ("meeting", "vote", "advice"))
WHAT = TextField(key="what", label=_t("What?"), hint=_t("Plainly."), longest=20)
HOW = ChoiceField(key="how", label=_t("How?"), options=OPTIONS, initial="meeting")
WHO = ChoiceField(key="who", label=_t("Who?"), options=OPTIONS, many=True, optional=True)
ALL = ChoiceField(key="all", label=_t("All?"), options=OPTIONS, many=True)
DUE = DateField(key="due", label=_t("When?"), optional=True)
LINK = HiddenField(key="link", label=_t("Link"), initial="https://x")
FORM = Form(_t("Title"), _t("Save"), (WHAT, HOW, WHO, DUE, LINK), intro=_t("Hello."))


def _talk(step: int, **answers: str) -> Talk:
    return Talk(answers, step)


def test_a_talk_begins_with_the_forms_own_values() -> None:
    """Initial values count as answers, hidden ones too; the first question is asked."""
    assert begin(FORM) == _talk(0, how="meeting", link="https://x")
    assert [each.key for each in visible(FORM)] == ["what", "how", "who", "due"]


SAID: list[tuple[Talk, str, Turn]] = [
    (_talk(0), "Buy coffee", _talk(1, what="Buy coffee")),
    (_talk(0, what="Tea"), "Coffee", _talk(1, what="Coffee")),
    (_talk(0), "  ", Wrong(text("field-required"))),
    (_talk(0), "x" * 21, Wrong(text("field-too-long", most=20, now=21))),
    (_talk(1), "2", _talk(2, how="vote")),
    (_talk(1), " 2 ", _talk(2, how="vote")),
    (_talk(1), "vote", _talk(2, how="vote")),
    (_talk(1), "0", Wrong(text("field-choice-gone"))),
    (_talk(1), "4", Wrong(text("field-choice-gone"))),
    (_talk(1), "00012", Wrong(text("field-choice-gone"))),
    (_talk(1), "9" * 5000, Wrong(text("field-choice-gone"))),
    (_talk(1), "²", Wrong(text("field-choice-gone"))),
    (_talk(1), "whatever", Wrong(text("field-choice-gone"))),
    (_talk(3), "på fredag", Finished({"due": "på fredag"})),
    (_talk(3), "someday", Wrong(text("field-date-unreadable", said="someday"))),
]


@pytest.mark.parametrize(("talk", "words", "turn"), SAID, ids=[words[:12] for _, words, _ in SAID])
def test_what_is_written_leads_on_or_is_objected_to(talk: Talk, words: str, turn: Turn) -> None:
    """An answer in writing is kept and the next question asked, or the sentence says what is wrong with it."""
    assert say(FORM, talk, words, TODAY) == turn


PRESSED: list[tuple[str, Talk, tuple[int, int], Turn]] = [
    ("cancel", _talk(2), (2, 0), Cancelled()),
    ("cancel", _talk(2), (0, 0), Cancelled()),
    ("pick", _talk(1), (1, 1), _talk(2, how="vote")),
    ("pick", _talk(1), (1, 3), Stale()),
    ("pick", _talk(1), (0, 1), Stale()),
    ("pick", _talk(0), (0, 0), Stale()),
    ("pick", _talk(2), (2, 1), _talk(2, who="vote")),
    ("pick", _talk(2, who="vote"), (2, 0), _talk(2, who="vote,meeting")),
    ("pick", _talk(2, who="vote,meeting"), (2, 1), _talk(2, who="meeting")),
    ("done", _talk(2, who="vote"), (2, 0), _talk(3, who="vote")),
    ("done", _talk(2), (2, 0), _talk(3)),
    ("done", _talk(1), (1, 0), Stale()),
    ("skip", _talk(2, who="vote"), (2, 0), _talk(3)),
    ("skip", _talk(0), (0, 0), Stale()),
    ("skip", _talk(3), (3, 0), Finished({})),
    ("keep", _talk(0, what="Tea"), (0, 0), _talk(1, what="Tea")),
    ("keep", _talk(0), (0, 0), Stale()),
    ("back", _talk(2, what="Tea"), (2, 0), _talk(1, what="Tea")),
    ("back", _talk(0), (0, 0), Stale()),
    ("save", _talk(2, what="Tea", how="vote"), (2, 0), Finished({"what": "Tea", "how": "vote"})),
    ("save", _talk(2, how="vote"), (2, 0), Stale()),
    ("forged", _talk(1), (1, 0), Stale()),
]


@pytest.mark.parametrize(("what", "talk", "where", "turn"), PRESSED)
def test_what_each_button_does(what: str, talk: Talk, where: tuple[int, int], turn: Turn) -> None:
    """Every button does what it says, but only for the question that is being asked."""
    assert press(FORM, talk, what, *where) == turn


def test_several_choices_that_are_needed_are_insisted_on() -> None:
    """Going on without any is objected to where at least one is needed."""
    form = Form(_t("T"), _t("S"), (ALL, WHAT))

    assert press(form, _talk(0), "done", 0, 0) == Wrong(text("field-required"))
    assert press(form, _talk(0, all="vote"), "done", 0, 0) == _talk(1, all="vote")


# --- How it looks ----------------------------------------------------------------------------------------------


def _shown(talk: Talk, *, in_group: bool = False, wrong: Text | None = None) -> tuple[list[Text], list[str]]:
    """The lines of a question, and its buttons as their keys or words."""
    card = question(FORM, talk, name="form:x", in_group=in_group, wrong=wrong)
    assert card.name == "form:x"
    lines = [each.text for each in card.body if isinstance(each, Line)]
    buttons = [each for row in card.body if isinstance(row, Row) for each in row.buttons]
    return lines, [_name(each.label) for each in buttons if isinstance(each, Button)]


def _name(label: Text) -> str:
    inner = label.vars.get("label", label)
    assert isinstance(inner, Text)
    words = str(inner.vars["words"]) if inner.key == "verbatim" else inner.key
    return f"✓{words}" if label.key == "form-chosen" else words


def test_the_first_question_says_what_it_is_about() -> None:
    """The introduction, the question with its place among all, the hint; one can only answer or leave."""
    lines, buttons = _shown(begin(FORM))

    assert lines == [_t("Hello."), text("form-question", label=WHAT.label, step=1, steps=4), _t("Plainly.")]
    assert buttons == ["form-cancel"]


def test_an_answer_given_before_is_shown_and_can_be_kept() -> None:
    """Coming back to a question one sees what one wrote."""
    lines, buttons = _shown(_talk(0, what="Tea"))

    assert text("form-present", present="Tea") in lines
    assert buttons == ["form-keep", "form-cancel"]


def test_in_a_group_one_is_asked_to_reply() -> None:
    """The bot does not see other messages there; where one chooses by a button nothing needs to be written."""
    assert text("form-reply-here") in _shown(_talk(0), in_group=True)[0]
    assert text("form-reply-here") not in _shown(_talk(1), in_group=True)[0]
    assert text("form-reply-here") not in _shown(_talk(0))[0]


def test_choices_are_buttons_and_the_chosen_ones_are_marked() -> None:
    """Each option is a button of its own; the form may be saved once everything needed is answered."""
    assert _shown(_talk(1, what="Tea", how="vote"))[1] == [
        "MEETING", "✓VOTE", "ADVICE", "form-keep", "Save", "form-back", "form-cancel",
    ]  # fmt: skip
    assert _shown(_talk(2, who="advice"))[1] == [
        "MEETING", "VOTE", "✓ADVICE", "form-next", "form-clear", "form-back", "form-cancel",
    ]  # fmt: skip
    assert "form-skip" in _shown(_talk(2))[1]


MANY = tuple(Option(str(each), _t(f"Nr {each}")) for each in range(65))
LONG = Form(_t("Title"), _t("Save"), (ChoiceField(key="who", label=_t("Who?"), options=MANY, many=True),))


def _offered(talk: Talk) -> list[str]:
    card = question(LONG, talk, name="form:x", in_group=False)
    pressed = [each.action for row in card.body if isinstance(row, Row) for each in row.buttons
               if isinstance(each, Button)]  # fmt: skip
    return [f"{each.name}:{each.args[1]}" for each in pressed if each.name in ("form.pick", "form.more")]


def test_a_long_list_of_choices_is_shown_in_parts() -> None:
    """No keyboard is larger than a platform takes; one leafs through it, and a choice stays on its page."""
    assert _offered(_talk(0)) == [*(f"form.pick:{each}" for each in range(30)), "form.more:1"]

    last = press(LONG, _talk(0), "more", 0, 2)
    assert isinstance(last, Talk)
    assert _offered(last) == [*(f"form.pick:{each}" for each in range(60, 65)), "form.more:0"]
    assert press(LONG, last, "pick", 0, 62) == Talk({"who": "62"}, 0, 2)
    assert press(LONG, last, "more", 0, 3) == Stale()


def test_a_long_list_opens_where_the_present_choice_is() -> None:
    """Whoever comes back to a question sees what they have answered."""
    assert _offered(_talk(0, who="31,64"))[0] == "form.pick:30"


def test_an_objection_stands_above_the_question() -> None:
    """What was wrong is said where the question is asked again."""
    lines, _ = _shown(_talk(3), wrong=text("field-required"))

    assert lines[:2] == [text("field-required"), text("form-question", label=DUE.label, step=4, steps=4)]


def test_buttons_carry_the_step_they_were_drawn_for() -> None:
    """That is how a button of an answered question is known."""
    card = question(FORM, _talk(1), name="form:x", in_group=False)
    rows = [each for each in card.body if isinstance(each, Row)]

    first = rows[1].buttons[0]
    assert isinstance(first, Button)
    assert first.action == Action("form.pick", (1, 1))


# --- Any talk at all -------------------------------------------------------------------------------------------

MOVES = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(["Tea", "2", "på fredag", "", "x" * 30]), st.just(0)),
    st.tuples(
        st.sampled_from(["pick", "done", "skip", "keep", "back", "save", "cancel"]),
        st.just(""),
        st.integers(0, 4),
    ),
)


@given(st.lists(MOVES, max_size=25))
def test_whatever_people_do_only_a_usable_form_is_finished(moves: list[tuple[str, str, int]]) -> None:
    """However somebody wanders through the questions, what comes out at the end can be taken by the form."""
    talk = begin(FORM)
    for what, words, choice in moves:
        turn = say(FORM, talk, words, TODAY) if what == "say" else press(FORM, talk, what, talk.step, choice)
        if isinstance(turn, Talk):
            talk = turn
        if isinstance(turn, Finished):
            _, wrong = parse_form(FORM, turn.answers, TODAY)
            assert wrong == {}
            assert turn.answers["link"] == "https://x"
            return
    assert 0 <= talk.step < 4


def test_what_was_refused_is_not_kept() -> None:
    """The field's own value comes back unless it was that which was refused; hidden answers stay as they are."""
    said = {"what": "x", "how": "vote", "due": "2020-01-01", "link": "https://y"}

    assert without_refused(FORM, said, {"how", "due", "link"}) == {
        "what": "x", "how": "meeting", "link": "https://y",
    }  # fmt: skip
    assert without_refused(FORM, {"how": "meeting"}, {"how"}) == {}
