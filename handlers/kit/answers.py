"""Raw answers into values: one pure parse per kind of field, used by the modal and by the talk alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit.confidential import is_neutral
from handlers.kit.ui import AnyField, ChoiceField, DateField, Form, HiddenField, Text, TextField, text
from handlers.kit.when import parse_day

Answer = str | tuple[str, ...] | date | None


@dataclass(frozen=True, slots=True)
class Answers:
    """Parsed answers by field key. Asking for a key or a kind that the form does not have is a bug."""

    values: Mapping[str, Answer]

    def words(self, key: str) -> str:
        """What was written or chosen; "" when left empty."""
        value = self.values[key]
        if value is None:
            return ""
        if not isinstance(value, str):
            raise TypeError(key)
        return value

    def many(self, key: str) -> tuple[str, ...]:
        """All options chosen."""
        value = self.values[key]
        if value is None:
            return ()
        if not isinstance(value, tuple):
            raise TypeError(key)
        return value

    def day(self, key: str) -> date | None:
        """The day, or ``None`` when left empty."""
        value = self.values[key]
        if value is not None and not isinstance(value, date):
            raise TypeError(key)
        return value

    def asked_day(self, key: str) -> date:
        """The day of a field that cannot be left empty."""
        day = self.day(key)
        if day is None:
            raise TypeError(key)
        return day

    def number(self, key: str) -> int:
        """A chosen id; 0 when nothing was chosen."""
        return int(self.words(key) or 0)


def parse_form(form: Form, raw: Mapping[str, str], today: date) -> tuple[Answers, dict[str, Text]]:
    """All answers, and what is wrong per field; the answers are to be used only when nothing is wrong."""
    values: dict[str, Answer] = {}
    errors: dict[str, Text] = {}
    for each in form.fields:
        value = parse_field(each, raw.get(each.key, ""), today)
        if isinstance(value, Text):
            errors[each.key] = value
        else:
            values[each.key] = value
    return Answers(values), errors


def parse_field(one: AnyField, raw: str, today: date) -> Answer | Text:
    """One answer, or the sentence that says what is wrong with it."""
    raw = raw.strip()
    if isinstance(one, HiddenField):
        return one.initial if one.sealed else raw
    if not raw:
        return None if one.optional else text("field-required")
    match one:
        case TextField() if one.neutral and raw != one.initial.strip() and not is_neutral(raw, today):
            return text("confidential-refused-field")
        case TextField():
            return raw if len(raw) <= one.longest else text("field-too-long", most=one.longest, now=len(raw))
        case DateField():
            return _day(one, raw, today)
        case ChoiceField():
            return _choice(one, raw)


def _day(one: DateField, raw: str, today: date) -> date | Text:
    day = parse_day(raw, today)
    if day is None:
        return text("field-date-unreadable", said=raw[:60])
    if one.future and day < today:
        return text("field-date-past", day=day)
    if one.within and not 0 < (day - today).days <= one.within:
        return text("field-date-within", last=today + timedelta(days=one.within))
    return day


def _choice(one: ChoiceField, raw: str) -> str | tuple[str, ...] | Text:
    known = {each.value for each in one.options}
    chosen = tuple(each for each in raw.split(",") if each)
    right_count = len(chosen) == 1 or (one.many and (chosen or one.optional))
    if not known.issuperset(chosen) or not right_count:
        return text("field-choice-gone")
    return chosen if one.many else chosen[0]
