"""A form as a short talk: one question at a time, with buttons where there is something to choose.

For platforms without modals. Pure: given the form, how far the talk has come and what the person did, it says what
happens next. The answers so far lie in the store, so the talk survives a restart; it expires after a day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.kit.answers import parse_field
from handlers.kit.ui import (
    Action,
    AnyField,
    Button,
    Card,
    ChoiceField,
    Element,
    Form,
    HiddenField,
    Line,
    Row,
    Text,
    text,
)

LIFETIME: Final = timedelta(hours=24)
"""A talk that nobody answers for so long is over."""
OPTIONS: Final = 30
"""So many choices are shown at once: a keyboard has room for a hundred buttons, and a thumb for fewer."""
NAME: Final = "form"
"""The first part of the names of the talk's own buttons; no feature may be called so."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How far a talk has come: the raw answers, and the step being asked (an index among the visible fields).

    ``page`` is the part of a long list of choices to show; ``None`` for the one with the present answer.
    """

    answers: Mapping[str, str]
    step: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """The answer cannot be used; the same question is asked again under this sentence."""

    why: Text


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything is answered."""

    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person does not want to."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A button of a question that is already answered."""


Turn = Talk | Wrong | Finished | Cancelled | Stale


def begin(form: Form) -> Talk:
    """A talk at its first question, with the form's own initial values kept for fields that are never shown."""
    return Talk({each.key: each.initial for each in form.fields if each.initial}, 0)


def visible(form: Form) -> tuple[AnyField, ...]:
    """The fields that are asked."""
    return tuple(each for each in form.fields if not isinstance(each, HiddenField))


def without_refused(form: Form, answers: Mapping[str, str], refused: Collection[str]) -> dict[str, str]:
    """The answers without those that were refused: nobody is offered to keep one. What stood there before may stand."""
    kept = dict(answers)
    for each in visible(form):
        if each.key in refused:
            said = kept.pop(each.key, "")
            if each.initial and each.initial != said:
                kept[each.key] = each.initial
    return kept


def say(form: Form, talk: Talk, words: str, today: date) -> Turn:
    """The person wrote something."""
    field = visible(form)[talk.step]
    raw = _chosen_by_words(field, words) if isinstance(field, ChoiceField) else words
    value = parse_field(field, raw, today)
    if isinstance(value, Text):
        return Wrong(value)
    return _next(form, Talk({**talk.answers, field.key: raw}, talk.step))


def press(form: Form, talk: Talk, what: str, step: int, choice: int) -> Turn:  # noqa: C901 - a case per button
    """The person pressed one of the talk's buttons, drawn for ``step``; ``choice`` is the option's index."""
    if what == "cancel":
        return Cancelled()
    if step != talk.step:
        return Stale()
    field = visible(form)[step]
    match what:
        case "skip" if field.optional:
            kept = {key: value for key, value in talk.answers.items() if key != field.key}
            return _next(form, Talk(kept, step))
        case "keep" if talk.answers.get(field.key):
            return _next(form, talk)
        case "back" if step > 0:
            return Talk(talk.answers, step - 1)
        case "save" if _may_save(form, talk):
            return Finished(talk.answers)
        case "pick" if isinstance(field, ChoiceField) and 0 <= choice < len(field.options):
            return _pick(form, talk, field, choice)
        case "more" if isinstance(field, ChoiceField) and 0 <= choice < _pages(field):
            return Talk(talk.answers, step, choice)
        case "done" if isinstance(field, ChoiceField) and field.many:
            return (
                _next(form, talk)
                if talk.answers.get(field.key) or field.optional
                else Wrong(text("field-required"))
            )
        case _:
            return Stale()


def _pick(form: Form, talk: Talk, field: ChoiceField, choice: int) -> Turn:
    value = field.options[choice].value
    if not field.many:
        return _next(form, Talk({**talk.answers, field.key: value}, talk.step))
    chosen = [each for each in talk.answers.get(field.key, "").split(",") if each]
    chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
    page = choice // OPTIONS if _pages(field) > 1 else None
    return Talk({**talk.answers, field.key: ",".join(chosen)}, talk.step, page)


def _next(form: Form, talk: Talk) -> Turn:
    step = talk.step + 1
    return Finished(talk.answers) if step >= len(visible(form)) else Talk(talk.answers, step)


def _may_save(form: Form, talk: Talk) -> bool:
    """Whether all that must be answered is: the rest may be left out."""
    return all(each.optional or talk.answers.get(each.key) for each in visible(form))


def _chosen_by_words(field: ChoiceField, words: str) -> str:
    """A number typed instead of a press: "2" is the second option."""
    number = words.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(field.options):
        return field.options[int(number[:9]) - 1].value
    return words


# --- How a question looks --------------------------------------------------------------------------------------


def question(form: Form, talk: Talk, *, name: str, in_group: bool, wrong: Text | None = None) -> Card:
    """The card that asks the present question; ``in_group`` adds that one answers by replying to it."""
    fields = visible(form)
    field = fields[talk.step]
    body: list[Element] = []
    if form.intro and talk.step == 0:
        body.append(Line(form.intro))
    if wrong:
        body.append(Line(wrong))
    body.append(Line(text("form-question", label=field.label, step=talk.step + 1, steps=len(fields))))
    if field.hint:
        body.append(Line(field.hint, "small"))
    body += _present_answer(field, talk)
    if in_group and not isinstance(field, ChoiceField):
        body.append(Line(text("form-reply-here"), "small"))
    body += _choices(field, talk)
    body.append(Row(tuple(_ways_on(form, talk, field))))
    return Card(form.title, tuple(body), name)


def _present_answer(field: AnyField, talk: Talk) -> list[Element]:
    present = talk.answers.get(field.key, "")
    if not present or isinstance(field, ChoiceField):
        return []
    return [Line(text("form-present", present=present), "quote")]


def _choices(field: AnyField, talk: Talk) -> list[Element]:
    if not isinstance(field, ChoiceField):
        return []
    chosen = talk.answers.get(field.key, "").split(",")
    pages, page = _pages(field), _page(field, talk, chosen)
    rows: list[Element] = [
        Row((Button(text("form-chosen", label=option.label) if option.value in chosen else option.label,
                    _button("pick", talk, index)),))
        for index, option in enumerate(field.options)
        if index // OPTIONS == page
    ]  # fmt: skip
    if pages > 1:
        more = Button(
            text("form-more", page=page + 1, pages=pages), _button("more", talk, (page + 1) % pages)
        )
        rows.append(Row((more,)))
    return rows


def _pages(field: ChoiceField) -> int:
    return -(-len(field.options) // OPTIONS)


def _page(field: ChoiceField, talk: Talk, chosen: list[str]) -> int:
    if talk.page is not None:
        return talk.page
    return next((index for index, each in enumerate(field.options) if each.value in chosen), 0) // OPTIONS


def _ways_on(form: Form, talk: Talk, field: AnyField) -> list[Button]:
    ways = []
    answered = bool(talk.answers.get(field.key))
    if isinstance(field, ChoiceField) and field.many and answered:
        ways.append(Button(text("form-next"), _button("done", talk)))
    elif answered:
        ways.append(Button(text("form-keep"), _button("keep", talk)))
    if field.optional:
        ways.append(Button(text("form-clear") if answered else text("form-skip"), _button("skip", talk)))
    if talk.step > 0 and _may_save(form, talk):
        ways.append(Button(form.submit, _button("save", talk), "primary"))
    if talk.step > 0:
        ways.append(Button(text("form-back"), _button("back", talk)))
    ways.append(Button(text("form-cancel"), _button("cancel", talk)))
    return ways


def _button(what: str, talk: Talk, choice: int = 0) -> Action:
    return Action(f"{NAME}.{what}", (talk.step, choice))
