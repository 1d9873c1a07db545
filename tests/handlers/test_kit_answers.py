"""Raw answers into values: what each kind of field takes, and what it says about everything else."""

from datetime import date

import pytest

from handlers.kit.answers import Answer, Answers, parse_field, parse_form
from handlers.kit.ui import (
    AnyField,
    ChoiceField,
    DateField,
    Form,
    HiddenField,
    Option,
    Text,
    TextField,
    text,
)

TODAY = date(2026, 3, 2)
LABEL = text("menu-title")
OPTIONS = tuple(Option(each, LABEL) for each in ("meeting", "vote", "3"))

WHAT = TextField(key="what", label=LABEL, longest=10)
WHY = TextField(key="why", label=LABEL, optional=True)
DUE = DateField(key="due", label=LABEL)
SOON = DateField(key="soon", label=LABEL, within=7)
HELD = DateField(key="held", label=LABEL, optional=True, future=False)
HOW = ChoiceField(key="how", label=LABEL, options=OPTIONS)
WHO = ChoiceField(key="who", label=LABEL, options=OPTIONS, many=True)
WITH = ChoiceField(key="with", label=LABEL, options=OPTIONS, many=True, optional=True)
LINK = HiddenField(key="link", label=LABEL)

TAKEN: list[tuple[AnyField, str, Answer]] = [
    (WHAT, "Köp kaffe", "Köp kaffe"),
    (WHAT, "  Köp kaffe \n", "Köp kaffe"),
    (WHAT, "1234567890", "1234567890"),
    (WHAT, "<b>&amp;", "<b>&amp;"),
    (WHY, "", None),
    (WHY, " \n", None),
    (DUE, "2026-03-02", date(2026, 3, 2)),
    (DUE, "på fredag", date(2026, 3, 6)),
    (DUE, "in two weeks", date(2026, 3, 16)),
    (HELD, "2025-12-24", date(2025, 12, 24)),
    (HELD, "", None),
    (HOW, "vote", "vote"),
    (WHO, "vote", ("vote",)),
    (WHO, "vote,3", ("vote", "3")),
    (WITH, "", None),
    (LINK, "", ""),
    (LINK, " https://x ", "https://x"),
]
REFUSED = [
    (WHAT, "", text("field-required")),
    (WHAT, " \t", text("field-required")),
    (WHAT, "12345678901", text("field-too-long", most=10, now=11)),
    (DUE, "", text("field-required")),
    (DUE, "snart", text("field-date-unreadable", said="snart")),
    (DUE, "x" * 100, text("field-date-unreadable", said="x" * 60)),
    (DUE, "2026-03-01", text("field-date-past", day=date(2026, 3, 1))),
    (SOON, "2026-03-02", text("field-date-within", last=date(2026, 3, 9))),
    (SOON, "2026-03-10", text("field-date-within", last=date(2026, 3, 9))),
    (HELD, "31 februari", text("field-date-unreadable", said="31 februari")),
    (HOW, "", text("field-required")),
    (HOW, "consent", text("field-choice-gone")),
    (HOW, "vote,3", text("field-choice-gone")),
    (HOW, ",", text("field-choice-gone")),
    (WHO, "vote,consent", text("field-choice-gone")),
    (WHO, ",", text("field-choice-gone")),
    (WITH, "forged", text("field-choice-gone")),
]


@pytest.mark.parametrize(("field", "raw", "value"), TAKEN)
def test_what_a_field_takes(field: AnyField, raw: str, value: Answer) -> None:
    """Each kind of field turns what was written or chosen into its value."""
    assert parse_field(field, raw, TODAY) == value


@pytest.mark.parametrize(("field", "raw", "why"), REFUSED)
def test_what_a_field_refuses(field: AnyField, raw: str, why: Text) -> None:
    """What cannot be used is answered with a sentence that says what is wrong."""
    assert parse_field(field, raw, TODAY) == why


def test_a_form_collects_values_and_objections() -> None:
    """Every field is read, whatever is wrong with another one; what was not sent counts as left empty."""
    form = Form(LABEL, LABEL, (WHAT, WHY, DUE, WITH))

    answers, wrong = parse_form(form, {"what": "Köp", "due": "2026-03-01", "forged": "x"}, TODAY)

    assert answers.values == {"what": "Köp", "why": None, "with": None}
    assert wrong == {"due": text("field-date-past", day=date(2026, 3, 1))}


def test_answers_are_asked_for_by_kind() -> None:
    """Words, several choices, a day and a number are each asked for as what they are."""
    answers = Answers({"what": "Köp", "who": ("a", "b"), "due": TODAY, "owner": "12", "why": None})

    assert answers.words("what") == "Köp"
    assert answers.words("why") == ""
    assert answers.many("who") == ("a", "b")
    assert answers.many("why") == ()
    assert answers.day("due") == TODAY
    assert answers.day("why") is None
    assert answers.number("owner") == 12
    assert answers.number("why") == 0


@pytest.mark.parametrize("kind", ["words", "many", "day"])
def test_asking_for_the_wrong_kind_is_a_fault(kind: str) -> None:
    """A handler that mistakes one field for another is found at once."""
    answers = Answers({"words": ("a",), "many": "a", "day": "a"})

    with pytest.raises(TypeError, match=kind):
        getattr(answers, kind)(kind)


def test_asking_for_a_field_that_is_not_there_is_a_fault() -> None:
    """So is asking for what the form does not have."""
    with pytest.raises(KeyError):
        Answers({}).words("what")
