"""Button data that nobody drew: names of real handlers with other people's forums, and numbers that are none."""

from collections.abc import Iterator
from typing import Final

from bench.fuzzing.dice import Dice
from bench.fuzzing.words import NASTY, NUMBERS, Words
from handlers import FEATURES
from handlers.kit.feature import Book

BOOK: Final = Book.of(FEATURES)
_TALKS: Final = (
    "form.save",
    "form.pick",
    "form.more",
    "form.done",
    "form.keep",
    "form.skip",
    "form.back",
    "form.cancel",
)
_SECRETS: Final = ("secret.pick", "secret.back", "secret.send")
_ASKING: Final = (
    "?sv.decision-undo-sure?",
    "?en.?",
    "?sv.",
    "?",
    "?no",
    "?xx.y?",
    "??",
    "?sv.telegram-confirm??no",
)


class Forging:
    """Makes button data. ``forums`` are the numbers of forums there are, for rights are held to them."""

    def __init__(self, rng: Dice, words: Words, forums: int = 3) -> None:
        self._rng = rng
        self._words = words
        self._forums = forums

    def action(self) -> str:
        """An encoded action as we might have written it, or nearly."""
        rng = self._rng
        match rng.randrange(12):
            case 0:
                return f"{rng.choice(_TALKS)}:{self._forum()}:{rng.choice(NUMBERS)}:{rng.randint(-1, 9)}"
            case 1:
                return f"{rng.choice(_SECRETS)}:{self._forum()}:{rng.randint(0, 9)}:{rng.randint(0, 9)}:{self._form()}"
            case 2:
                return rng.choice(_ASKING) + rng.choice(("", self._known()))
            case 3:
                return self._words.spoilt(self._known())
            case 4:
                return self._known() + rng.choice((":", ":1", ":" + rng.choice(NASTY)))
            case _:
                return self._known()

    def sound(self, forum: int) -> str:
        """An action of a real handler or form in this forum, with small numbers, so that much of it is there."""
        name = self._rng.choice((*BOOK.handlers, *BOOK.forms))
        table = BOOK.handlers if name in BOOK.handlers else BOOK.forms
        args = [self._small() if kind is int else self._word() for kind in table[name].casts]
        return ":".join((name, str(forum), *args))

    def _small(self) -> str:
        return "1" if self._rng.hits(0.5) else str(self._rng.randint(0, 3))

    def _word(self) -> str:
        words = self._words
        return self._rng.choice(
            ("", "1", words.plain()[:20], words.any()[:40], words.nasty()[:60], self._rng.choice(NASTY))
        )

    def form(self) -> str:
        """The encoded action of a form."""
        name = self._rng.choice(tuple(BOOK.forms))
        return ":".join((name, self._forum(), *self._arguments(name)))

    def _form(self) -> str:
        name = self._rng.choice(("pulse.answer", *BOOK.forms))
        return ":".join((name, *self._arguments(name)))

    def _known(self) -> str:
        name = self._rng.choice((*BOOK.handlers, *BOOK.forms))
        return ":".join((name, self._forum(), *self._arguments(name)))

    def _forum(self) -> str:
        rng = self._rng
        return str(rng.randint(1, self._forums)) if rng.hits(0.8) else rng.choice(NUMBERS)

    def _arguments(self, name: str) -> Iterator[str]:
        rng = self._rng
        table = BOOK.handlers if name in BOOK.handlers else BOOK.forms
        for kind in table[name].casts:
            if kind is int:
                yield str(rng.randint(0, 4)) if rng.hits(0.8) else rng.choice(NUMBERS)
            else:
                yield self._word()
