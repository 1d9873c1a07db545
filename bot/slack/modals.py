"""Forms as Slack modals; pure.

One field is one input block whose block id is the field's key, so that objections find their place. Sizes:
https://docs.slack.dev/reference/views/modal-views and https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot.slack.blocks import Json, Pen, plain
from bot.slack.submitted import FORM, LONGEST_ANSWER, Luggage
from bot.speech import clean
from handlers.kit.ui import (
    AnyField,
    Card,
    ChoiceField,
    DateField,
    Form,
    HiddenField,
    Line,
    Text,
    TextField,
    text,
)

WORDS: Final = 24
"""Of the title and the buttons of a modal."""
METADATA: Final = 3000
LABEL: Final = 2000
PLACEHOLDER: Final = 150
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTIONS: Final = 100
"""In one list, and in one group of a list; 100 groups are allowed."""
SHORT_LIST: Final = 4
"""So many choices are shown at once, as buttons to tick."""
OBJECTION: Final = 2000


class TooMuch(Exception):  # noqa: N818 - says what the form is
    """The hidden values of a form are more than a modal can carry."""


def draw_form(pen: Pen, form: Form, luggage: Luggage) -> Json:
    """The modal of a form. Raises ``TooMuch``."""
    hidden = {each.key: each.initial for each in form.fields if isinstance(each, HiddenField)}
    packed = replace(luggage, hidden=hidden).pack()
    if len(packed) > METADATA:
        raise TooMuch
    blocks = [*pen.card(Card(form.intro)).blocks] if form.intro else []
    for each in form.fields:
        blocks.extend(_field(pen, each, open_choices=form.secret))
    if not blocks:
        blocks = pen.card(Card(form.title)).blocks
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(pen.words(form.title), WORDS),
        "submit": plain(pen.words(form.submit), WORDS),
        "close": plain(pen.words(text("form-cancel")), WORDS),
        "private_metadata": packed,
        "blocks": blocks,
    }


def closing(pen: Pen, title: str, why: Text) -> Json:
    """What takes a modal's place when it was refused: why, and a way out."""
    return {
        "type": "modal",
        "title": plain(title, WORDS),
        "close": plain(pen.words(text("form-close")), WORDS),
        "blocks": pen.card(Card(why)).blocks,
    }


def objections(pen: Pen, errors: Mapping[str, Text], blocks: list[str]) -> dict[str, str]:
    """What is wrong, by block id. Slack takes objections to visible fields only: others go to the first of them."""
    found: dict[str, str] = {}
    for key, why in errors.items():
        place = key if key in blocks else next(iter(blocks), key)
        found[place] = clean(f"{found.get(place, '')}\n{pen.words(why)}", longest=OBJECTION)
    return found


def _field(pen: Pen, field: AnyField, *, open_choices: bool) -> Iterator[Json]:
    if isinstance(field, HiddenField):
        return
    element = _element(pen, field, open_choices=open_choices)
    label = pen.words(field.label)
    if element is None:
        yield from pen.card(Card(field.label, (Line(field.hint),) if field.hint else ())).blocks
        return
    block: Json = {
        "type": "input",
        "block_id": field.key,
        "label": plain(label, LABEL),
        "optional": field.optional,
        "element": {"action_id": "answer", **element},
    }
    if field.hint:
        block["hint"] = plain(pen.words(field.hint), LABEL)
    yield block


def _element(
    pen: Pen, field: TextField | ChoiceField | DateField, *, open_choices: bool
) -> Json | None:  # fmt: skip
    if isinstance(field, TextField):
        return _words(field.initial, field.longest, multiline=field.multiline)
    if isinstance(field, ChoiceField):
        return _choice(pen, field, open_choices=open_choices) if field.options else None
    return _day(field)


def _words(initial: str, longest: int, *, multiline: bool) -> Json:
    initial = clean(initial, longest=LONGEST_ANSWER)
    most = min(max(longest, len(initial), 1), LONGEST_ANSWER)
    element: Json = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
    return {**element, "initial_value": initial} if initial else element


def _day(field: DateField) -> Json:
    """A calendar; or a line to write in when there are words already that a calendar cannot show."""
    if not field.initial:
        return {"type": "datepicker"}
    try:
        day = date.fromisoformat(field.initial)
    except ValueError:
        return _words(field.initial, LABEL, multiline=False)
    return {"type": "datepicker", "initial_date": day.isoformat()}


def _choice(pen: Pen, field: ChoiceField, *, open_choices: bool) -> Json:
    """A short list is open, and so is every list of a secret form: an answer is one press."""
    options = [
        {"text": plain(pen.words(each.label), OPTION_TEXT), "value": each.value[:OPTION_VALUE]}
        for each in field.options
    ]
    wanted = field.initial.split(",") if field.many else [field.initial]
    chosen = [each for each in options if each["value"] in wanted]
    element: Json
    if open_choices or len(options) <= SHORT_LIST:
        element = {"type": "checkboxes" if field.many else "radio_buttons", "options": options}
    else:
        kind = "multi_static_select" if field.many else "static_select"
        hint = plain(pen.words(text("form-choose")), PLACEHOLDER)
        element = {"type": kind, "placeholder": hint, **_grouped(options)}
    if chosen:
        element |= {"initial_options": chosen} if field.many else {"initial_option": chosen[0]}
    return element


def _grouped(options: list[Json]) -> Json:
    """The options of a list; a long one is cut into groups named by their first and last entry."""
    if len(options) <= OPTIONS:
        return {"options": options}
    groups = [options[start : start + OPTIONS] for start in range(0, len(options), OPTIONS)]
    half = OPTION_TEXT // 2 - 2
    return {
        "option_groups": [
            {
                "label": plain(f"{_begin(each[0], half)} – {_begin(each[-1], half)}", OPTION_TEXT),
                "options": each,
            }
            for each in groups
        ]
    }


def _begin(option: Json, longest: int) -> str:
    return clean(str(option["text"]["text"]), longest=longest)
