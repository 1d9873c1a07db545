"""What a person sees, as plain data: texts, cards, buttons, forms.

Nothing here knows a platform or a language. A text is a key with variables until the moment of sending, so that
one card reads Swedish in one chat and English in another. Everything turns into JSON and back unchanged
(``ui_json``), because cards wait in the outbox; the platforms' renderers in ``bot/`` draw them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from storage.values import dataclass

BUTTON_BYTES = 64
"""Telegram's limit for the data of a button, in bytes (core.telegram.org/bots/api#inlinekeyboardbutton)."""
MOST_SECRET = 10
"""Questions in a secret form, and choices in each: so many radio buttons Slack shows, and one digit names each."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person spoken to by name: an active mention in a chat they are in, otherwise just the name."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment (UTC) shown as local wall time in an IANA zone."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Items:
    """Several values read as one list: "A, B och C"."""

    values: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: a key of ``prompts/`` and the values of its variables."""

    key: str
    vars: "Mapping[str, Value]" = field(default_factory=dict)


Value: TypeAlias = str | int | date | Instant | Mention | Items | Text
"""What a text's variable may be. A ``str`` is what somebody wrote: it is shown as it stands, never as markup."""


def text(key: str, /, **values: Value) -> Text:
    """Name a sentence and fill its variables: ``text("decision-title", number="12/2026")``."""
    return Text(key, values)


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: a registered handler's name and its arguments (numbers or short plain words).

    It belongs to the forum of the card it stands on, or to ``forum`` where a card leads into another one.
    """

    name: str
    args: tuple[str | int, ...] = ()
    forum: int | None = None

    def encode(self, forum: int) -> str:
        """The action as at most 64 bytes of button data: ``name:forum:arg:arg`` (forum 0 = none)."""
        own = forum if self.forum is None else self.forum
        return ":".join((self.name, str(own), *map(str, self.args)))


Style: TypeAlias = Literal["plain", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a card.

    ``private`` means that the talk goes on between the person and the bot alone: Telegram makes it a link into
    the private chat, for a bot cannot write first there; Slack opens a form on the spot.
    """

    label: Text
    action: Action
    style: Style = "plain"
    confirm: Text | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    ``quote`` sets somebody's own words apart, ``small`` is a side remark, an ``item`` is one of a list, and a
    ``heading`` stands over what follows.
    """

    text: Text
    style: Literal["plain", "quote", "small", "item", "heading"] = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value: "Ansvarig: Ada Ek"."""

    label: Text
    value: Value


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons side by side."""

    buttons: tuple[Button | Link, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ``bot/charts``, made by :mod:`handlers.kit.drawings`.

    ``data`` is JSON with its numbers; the words on it are ``labels``, which the data call by their names, so that
    they are said in the receiver's language. ``alt`` says all that the picture shows: it always stands in the card
    too, and in its place where no picture can be shown.
    """

    drawing: str
    data: str
    alt: Text
    labels: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a card, made by ``bot/documents`` when it is sent; a card carries one.

    ``kind`` is ``text`` when ``data`` is the file's own content; otherwise ``data`` is JSON that says what the file
    tells, and its words are said in the receiver's language. ``name`` is the file's name with its ending. ``instead``
    is said where no file could be made or sent. A card that changes keeps the file it came with.
    """

    kind: str
    name: str
    data: str
    instead: Text


Element: TypeAlias = Line | Fact | Row | Picture | Document


@dataclass(frozen=True, slots=True)
class Card:
    """A message. A card with a ``name`` (``decision:7:12``) can be updated wherever it was posted."""

    title: Text
    body: tuple[Element, ...] = ()
    name: str = ""


# --- Forms -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is stored, and what is shown."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What all fields share. ``initial`` is raw text, as a person could have written it."""

    key: str
    label: Text
    hint: Text | None = None
    optional: bool = False
    initial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """Free text of at most ``longest`` characters.

    With ``names`` it names somebody or something, gives a time or looks something up, so that it is asked in a
    confidential forum too; ``neutral`` is what becomes of all others there: it takes a neutral label alone.
    """

    multiline: bool = False
    longest: int = 2000
    names: bool = False
    neutral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(Field):
    """One of the options; several when ``many`` (raw values are then joined by commas)."""

    options: tuple[Option, ...]
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """A day, in plain words or ISO; ``future`` refuses days that have passed.

    ``within`` so many days from today it has to lie, and not be today; 0 for any day.
    """

    future: bool = True
    within: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenField(Field):
    """Carried along, never shown: a link to the message that a form came from. A ``sealed`` one keeps what it has."""

    sealed: bool = False


AnyField: TypeAlias = TextField | ChoiceField | DateField | HiddenField


@dataclass(frozen=True, slots=True)
class Form:
    """Questions asked at once: a modal in Slack, a short talk in Telegram. Titles render to at most 24 characters.

    Answers to a ``secret`` one stay in memory until they are sent in; it has choices only, or is a ``ValueError``.
    """

    title: Text
    submit: Text
    fields: tuple[AnyField, ...]
    intro: Text | None = None
    secret: bool = False

    def __post_init__(self) -> None:
        fit = 0 < len(self.fields) <= MOST_SECRET and all(map(_may_be_secret, self.fields))
        if self.secret and not fit:
            raise ValueError("a secret form asks a few questions with a few choices each, and begins empty")

    def prefilled(self, values: Mapping[str, str]) -> "Form":
        """The same form with other initial values for the named fields."""
        return replace(self, fields=tuple(_with_initial(each, values) for each in self.fields))


def _may_be_secret(one: AnyField) -> bool:
    alone = isinstance(one, ChoiceField) and not one.many and 1 < len(one.options) <= MOST_SECRET
    return alone and not one.optional and not one.initial


def _with_initial(one: AnyField, values: Mapping[str, str]) -> AnyField:
    closed = one.sealed if isinstance(one, HiddenField) else isinstance(one, TextField) and one.neutral
    return one if closed else replace(one, initial=values.get(one.key, one.initial))


# --- What a card shows --------------------------------------------------------------------------------------


def values_of(card: Card) -> Iterator[Value]:
    """Every value a card shows, nested ones too: to collect mentions, or to check texts."""
    yield from _nested(card.title)
    for element in card.body:
        for each in _shown(element):
            yield from _nested(each)


def _shown(element: Element) -> tuple[Value, ...]:
    match element:
        case Line():
            return (element.text,)
        case Fact():
            return (element.label, element.value)
        case Row():
            return tuple(each.label for each in element.buttons)
        case Picture():
            return (element.alt, *element.labels.values())
        case Document():
            return (element.instead,)


def _nested(value: Value) -> Iterator[Value]:
    yield value
    inner = (
        value.vars.values() if isinstance(value, Text) else value.values if isinstance(value, Items) else ()
    )
    for each in inner:
        yield from _nested(each)
