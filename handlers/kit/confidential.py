"""Confidential forums (O6): where free text enters, and what is let through there.

Two ways lead in: words behind a command or a shortcut (:func:`check_words`), and the text fields of forms
(:func:`guarded`). Both let through days, numbers and a neutral label such as "Ärende 12"; what names people, gives times
or looks something up is asked as ever. A new text field is refused unless its feature says that it ``names``.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from handlers.kit.access import Deed
from handlers.kit.effects import Refusal
from handlers.kit.inbound import Request, Said
from handlers.kit.ui import AnyField, Form, HiddenField, TextField, text
from handlers.kit.when import split_day

WRITES: Final = frozenset({
    Deed.RECORD, Deed.CORRECT_OWN, Deed.AMEND, Deed.AMEND_STRICT, Deed.ANSWER, Deed.ANSWER_ANY,
})  # fmt: skip
"""Words behind a command of these would be kept; behind others they look something up."""
_LABEL: Final = re.compile(
    r"(?:(?:ärende|uppgift|åtgärd|punkt|fråga|möte|del|steg|beslut|alternativ"
    r"|case|task|action|item|point|question|meeting|part|step|decision|option)\s+)?"
    r"(?:nr\.?\s*)?[§#]?\s*[0-9][0-9:/.-]{0,11}|ja|nej|yes|no|-",
    re.IGNORECASE,
)


def is_confidential(req: Request) -> bool:
    """Whether the request's forum keeps nobody's words."""
    return req.forum is not None and bool(req.forum.confidential)


def is_neutral(words: str, today: date) -> bool:
    """Whether words tell nothing: a label with a number, a day, yes or no; each line by itself."""
    lines = (split_day(each.strip(), today)[0].strip() for each in words.splitlines())
    return all(not each or _LABEL.fullmatch(each) for each in lines)


def check_words(req: Request, deed: Deed, words: str) -> None:
    """Refuse, to the one who wrote alone, words that a confidential forum does not keep; also those answered to."""
    if not is_confidential(req) or deed not in WRITES:
        return
    source = req.inbound.source if isinstance(req.inbound, Said) else None
    if not is_neutral(words, req.today) or (source is not None and source.text):
        raise Refusal(text("confidential-refused"))


def guarded(form: Form) -> Form:
    """The form of a confidential forum: what may be left out is not asked, and the rest takes a neutral label."""
    asked = [each for each in form.fields if not isinstance(each, HiddenField)]
    if not any(map(_is_free, asked)):
        return form
    only_free = all(_is_free(each) and each.optional for each in asked)
    fields = tuple(_guarded(each, keep=only_free) for each in form.fields)
    return replace(form, fields=fields, intro=form.intro or text("confidential-form"))


def _is_free(one: AnyField) -> bool:
    return isinstance(one, TextField) and not one.names


def _guarded(one: AnyField, *, keep: bool) -> AnyField:
    if not isinstance(one, TextField) or one.names:
        return one
    if one.optional and not keep:
        return HiddenField(key=one.key, label=one.label, initial=one.initial, sealed=True)
    return replace(one, neutral=True)
