"""How a feature says what it answers: commands, buttons, forms, timers, events.

``feature = Feature("decisions")`` stands first in its file; decorators put each handler into the feature's table
under ``decisions.<name of the function>``. Registering a name twice fails at import. Buttons point at functions:
``undo.action(12)`` is checked by mypy against the handler's own parameters.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, Final, Generic, ParamSpec, TypeAlias

from handlers.kit.access import Deed
from handlers.kit.answers import Answers
from handlers.kit.confidential import guarded, is_confidential
from handlers.kit.effects import Effects
from handlers.kit.inbound import Request
from handlers.kit.ui import Action, Form

P = ParamSpec("P")
Arg: TypeAlias = str | int
MOST_DIGITS: Final = 15


class UnknownAction(Exception):  # noqa: N818
    """Button data that no handler of ours answers: forged, or from a version that is gone."""


@dataclass(frozen=True, slots=True)
class Handler(Generic[P]):
    """A registered handler. Calling it runs it; ``action`` makes the button data that leads here."""

    name: str
    deed: Deed
    run: Callable[Concatenate[Request, P], Effects]
    casts: tuple[type[str] | type[int], ...]

    def __call__(self, req: Request, *args: P.args, **kwargs: P.kwargs) -> Effects:
        return self.run(req, *args, **kwargs)

    def action(self, *args: P.args, **_: P.kwargs) -> Action:
        """The action of a button that runs this handler with these arguments."""
        return Action(self.name, tuple(each if isinstance(each, int) else str(each) for each in args))


@dataclass(frozen=True, slots=True)
class FormHandler(Generic[P]):
    """A form and what happens when it is filled in. The form is built anew at both moments, from the store."""

    name: str
    deed: Deed
    build: Callable[Concatenate[Request, P], Form]
    casts: tuple[type[str] | type[int], ...]
    taken: "list[Callable[Concatenate[Request, Answers, P], Effects]]" = field(default_factory=list)

    def action(self, *args: P.args, **_: P.kwargs) -> Action:
        """The action that opens this form; a button may carry it straight."""
        return Action(self.name, tuple(each if isinstance(each, int) else str(each) for each in args))

    def asks(self, req: Request, *args: P.args, **kwargs: P.kwargs) -> Form:
        """The form as it is asked here: in a confidential forum without what would take somebody's words."""
        form = self.build(req, *args, **kwargs)
        return guarded(form) if is_confidential(req) else form

    def submitted(
        self, take: "Callable[Concatenate[Request, Answers, P], Effects]"
    ) -> "Callable[Concatenate[Request, Answers, P], Effects]":
        """Decorate the function that takes the answers."""
        if self.taken:
            raise ValueError(f"{self.name} already has somebody who takes its answers")
        self.taken.append(take)
        return take


@dataclass(frozen=True, slots=True)
class Word:
    """A command: ``word`` is the id of its words in ``prompts/`` (``word-decision = beslut``)."""

    word: str
    handler: "Handler[[str]]"
    menu: bool


@dataclass(frozen=True, slots=True)
class Feature:
    """One file's worth of behaviour, and its page in the help."""

    name: str
    handlers: dict[str, "Handler[...]"] = field(default_factory=dict)
    forms: dict[str, "FormHandler[...]"] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    shortcuts: dict[str, "Handler[[]]"] = field(default_factory=dict)
    events: dict[str, "Handler[[]]"] = field(default_factory=dict)
    administrator: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    def button(
        self, deed: Deed, *, administrator: bool = False, link: bool = False
    ) -> Callable[[Callable[Concatenate[Request, P], Effects]], Handler[P]]:
        """Decorate what a button (or a timer) runs.

        With ``administrator`` the platform is asked beforehand whether the person runs the chat, and
        ``Request.administrator`` says so. Only with ``link`` may it be reached by a link into the private chat, as
        ``private`` buttons are in Telegram: such links can be forged, so nothing behind one may change anything.
        """

        def register(run: Callable[Concatenate[Request, P], Effects]) -> Handler[P]:
            handler = Handler(self._named(run), deed, run, _casts(run, skip=1))
            self.handlers[handler.name] = handler
            if administrator:
                self.administrator.add(handler.name)
            if link:
                self.links.add(handler.name)
            return handler

        return register

    def command(
        self, word: str, deed: Deed, *, menu: bool = False, administrator: bool = False, link: bool = False
    ) -> "Callable[[Callable[[Request, str], Effects]], Handler[[str]]]":
        """Decorate what a word runs; ``menu`` gives it a button in the menu. Its argument is the rest of the line."""

        def register(run: Callable[[Request, str], Effects]) -> "Handler[[str]]":
            handler = self.button(deed, administrator=administrator, link=link)(run)
            self._once(self.words, word, Word(word, handler, menu))
            return handler

        return register

    def form(
        self, deed: Deed, *, administrator: bool = False
    ) -> Callable[[Callable[Concatenate[Request, P], Form]], FormHandler[P]]:
        """Decorate what builds a form; add who takes it with ``@that.submitted``.

        With ``administrator`` the platform is asked when a modal is sent in. A talk's last answer does not name its
        form, so there the button before the form asks, and passes the answer on in a hidden field.
        """

        def register(build: Callable[Concatenate[Request, P], Form]) -> FormHandler[P]:
            handler = FormHandler(self._named(build), deed, build, _casts(build, skip=1))
            self.forms[handler.name] = handler
            if administrator:
                self.administrator.add(handler.name)
            return handler

        return register

    def shortcut(self, name: str, deed: Deed) -> "Callable[[Callable[[Request], Effects]], Handler[[]]]":
        """Decorate what a shortcut on a message runs; ``name`` stands in Slack's manifest."""

        def register(run: Callable[[Request], Effects]) -> "Handler[[]]":
            handler = Handler(self._named(run), deed, run, ())
            self._once(self.shortcuts, name, handler)
            return handler

        return register

    def event(self, what: str) -> "Callable[[Callable[[Request], Effects]], Handler[[]]]":
        """Decorate what answers something that happened; several features may answer the same."""

        def register(run: Callable[[Request], Effects]) -> "Handler[[]]":
            handler = Handler(self._named(run), Deed.ASK, run, ())
            self._once(self.events, what, handler)
            return handler

        return register

    def _named(self, run: Callable[..., object]) -> str:
        name = f"{self.name}.{run.__name__}"
        if name in self.handlers or name in self.forms:
            raise ValueError(f"{name} is registered twice")
        return name

    @staticmethod
    def _once(
        table: dict[str, object] | dict[str, Word] | dict[str, "Handler[[]]"], key: str, value: object
    ) -> None:
        if key in table:
            raise ValueError(f"{key} is registered twice")
        table[key] = value  # type: ignore[assignment]


def _casts(run: Callable[..., object], *, skip: int) -> tuple[type[str] | type[int], ...]:
    """What each argument behind the request is, read off the handler's own annotations."""
    parameters = list(inspect.signature(run).parameters.values())[skip:]
    return tuple(int if each.annotation is int else str for each in parameters)


@dataclass(frozen=True, slots=True)
class Book:
    """All features together: where the engine looks things up."""

    features: tuple[Feature, ...]
    handlers: dict[str, "Handler[...]"] = field(default_factory=dict)
    forms: dict[str, "FormHandler[...]"] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    shortcuts: dict[str, "Handler[[]]"] = field(default_factory=dict)
    events: dict[str, tuple["Handler[[]]", ...]] = field(default_factory=dict)
    administrator: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    @staticmethod
    def of(features: tuple[Feature, ...]) -> "Book":
        """Bind the features into one; what two of them claim raises ``ValueError``."""
        book = Book(features)
        for feature in features:
            for mine, theirs in (
                (book.handlers, feature.handlers),
                (book.forms, feature.forms),
                (book.words, feature.words),
                (book.shortcuts, feature.shortcuts),
            ):
                clash = mine.keys() & theirs.keys()
                if clash:
                    raise ValueError(f"claimed by two features: {', '.join(sorted(clash))}")
                mine.update(theirs)  # type: ignore[arg-type]
            book.administrator.update(feature.administrator)
            book.links.update(feature.links)
            for what, handler in feature.events.items():
                book.events[what] = (*book.events.get(what, ()), handler)
        return book


def decode(data: str) -> tuple[str, int, tuple[str, ...]]:
    """Button data into handler name, forum (0 = none) and raw arguments; raises :class:`UnknownAction`."""
    name, _, rest = data.partition(":")
    forum, *args = rest.split(":")
    if not name or forum.startswith("-"):
        raise UnknownAction
    return name, _number(forum), tuple(args)


def cast(casts: tuple[type[str] | type[int], ...], raw: tuple[str, ...]) -> tuple[Arg, ...]:
    """Raw arguments as the handler's own types; raises :class:`UnknownAction` when they do not fit."""
    if len(casts) != len(raw):
        raise UnknownAction
    return tuple(_number(each) if kind is int else each for kind, each in zip(casts, raw, strict=True))


def _number(raw: str) -> int:
    """A number as we write it; ``int`` would take "1_0" and "١" too, and more digits than any store holds."""
    digits = raw.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
        raise UnknownAction
    return int(raw)
