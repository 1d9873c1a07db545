"""Everything the bot says, from ``prompts/<language>/*.ftl`` and the questions of the pulse, loaded once and strictly.

``Catalog.load`` refuses a catalogue with any fault and names all faults at once: what a sentence lacks is found at
start, not by the one who should have read it. ``Catalog.say`` gives a sentence and never shows a placeholder.
Most sentences are words and variables only and are put together here; plurals and choices go through Fluent.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from babel.numbers import format_decimal
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast

from prompts.ftl_files import Language, Uses, differences, read_language
from prompts.questions import Question, read_questions
from prompts.words import ascii_fold, fold

LANGUAGES: Final = ("sv", "en")
LOCALES: Final = {"sv": "sv_SE", "en": "en_GB"}
"""The habits of each language for numbers, dates and lists."""
_WORD: Final = "word-"
_LONG: Final = 200
"""Fluent gives up on texts of 2500 characters, so longer values than this are put in after it."""
_HELD: Final = re.compile("\ue002[0-9]+\ue003")
_COMMAND_LENGTH: Final = 32


class TextError(Exception):
    """Texts are not as they must be. Each of ``problems`` says where and what."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One text in one language. ``parts`` is empty when only Fluent can say it; ``static`` when it has no variables."""

    variables: frozenset[str]
    parts: tuple[str | _Variable, ...]
    static: str | None = None


class Catalog:
    """All texts in all languages, without a fault."""

    def __init__(self, languages: Mapping[str, Language], words: Mapping[str, str]) -> None:
        self._bundles = {code: _bundle(each) for code, each in languages.items()}
        self._sentences = {code: _sentences(each) for code, each in languages.items()}
        self._commands = {code: list(_commands(each)) for code, each in languages.items()}
        self._words = dict(words)
        for code, sentences in self._sentences.items():
            for key, sentence in sentences.items():
                if not sentence.variables:
                    sentences[key] = _Sentence(
                        sentence.variables, (), self._put_together(key, code, sentence, {})
                    )

    @classmethod
    def load(cls, root: Path | None = None) -> "Catalog":
        """Read ``<root>/<language>/*.ftl``; raises ``TextError`` with every problem found.

        By default the bot's own, which are read once in a process: they do not change while it runs.
        """
        return _own() if root is None else cls._read(root)

    @classmethod
    def _read(cls, folder: Path) -> "Catalog":
        languages = {code: read_language(folder / code, code) for code in LANGUAGES}
        questions, faults = read_questions(folder)
        problems = [problem for each in languages.values() for problem in each.problems] + faults
        for each in languages.values():
            problems.extend(_add_questions(each, questions.values()))
        problems.extend(differences(languages))
        words: dict[str, str] = {}
        for each in languages.values():
            problems.extend(_gather_words(each, words))
        if problems:
            raise TextError(*problems)
        return cls(languages, words)

    def say(self, key: str, language: str, values: Mapping[str, str | int]) -> str:
        """The text in that language with its variables filled in.

        Whole numbers are written as the language does ("1 000"); years and paragraph numbers come as strings.
        Raises ``TextError`` for an unknown key or a variable without a value, ``KeyError`` for an unknown language.
        """
        sentence = self._sentences[language].get(key)
        if sentence is None:
            raise TextError(f"{language}: there is no text {key}")
        if sentence.static is not None:
            return sentence.static
        missing = sentence.variables.difference(values)
        if missing:
            raise TextError(f"{language}: {key} lacks a value for {', '.join(sorted(missing))}")
        return self._put_together(key, language, sentence, values)

    def number(self, value: int, language: str) -> str:
        """A whole number as the language writes it."""
        return _number(value, language)

    def keys(self) -> frozenset[str]:
        """The names of all texts."""
        return frozenset(self._sentences[LANGUAGES[0]])

    def variables(self, key: str) -> frozenset[str]:
        """The variables that a text needs."""
        return self._sentences[LANGUAGES[0]][key].variables

    def word_table(self) -> dict[str, str]:
        """Every command word in every language, folded, and what it stands for: ``{"åtgärd": "action", …}``."""
        return dict(self._words)

    def telegram_commands(self, language: str) -> list[tuple[str, str]]:
        """The first word for each command as Telegram can show it, with what it stands for."""
        return list(self._commands[language])

    def _put_together(
        self, key: str, language: str, sentence: _Sentence, values: Mapping[str, str | int]
    ) -> str:
        if sentence.parts:
            said = (each if isinstance(each, str) else values[each.name] for each in sentence.parts)
            return "".join(each if isinstance(each, str) else self.number(each, language) for each in said)
        held: dict[str, str] = {}
        short = {name: _hold(each, held) for name, each in values.items()}
        bundle = self._bundles[language]
        pattern = cast(Pattern, bundle.get_message(key).value)  # a text that says nothing does not load
        result, errors = bundle.format_pattern(pattern, short)
        if errors:
            raise TextError(*(f"{language}: {key}: {each}" for each in errors))
        return _HELD.sub(lambda place: held.get(place[0], place[0]), str(result)) if held else str(result)


@lru_cache(maxsize=1)
def _own() -> Catalog:
    return Catalog._read(Path(__file__).parent)  # noqa: SLF001 - the same thing, remembered


def _hold(value: str | int, held: dict[str, str]) -> str | int:
    """The value, or what stands for it while Fluent works."""
    if isinstance(value, int) or len(value) <= _LONG:
        return value
    place = f"\ue002{len(held)}\ue003"
    held[place] = value
    return place


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=LOCALES[language])


def _add_questions(language: Language, questions: Iterable[Question]) -> Iterator[str]:
    """Make each question a text like any other, and say which of them stand among the texts already."""
    for key, said in (
        pair for each in questions if language.code in each.text for pair in each.texts(language.code)
    ):
        if key in language.entries:
            yield f"{language.code}: {key} stands twice"
            continue
        language.entries[key] = ast.Message(ast.Identifier(key), ast.Pattern([ast.TextElement(said)]))
        language.uses[key] = Uses()


def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([LOCALES[language.code].replace("_", "-")], use_isolating=False)
    bundle.add_resource(language.resource())
    return bundle


def _sentences(language: Language) -> dict[str, _Sentence]:
    return {
        key: _Sentence(language.variables(key), tuple(_parts(language.entries[key].value) or ()))
        for key in language.messages()
    }


def _parts(pattern: ast.Pattern | None) -> list[str | _Variable] | None:
    """The pieces of a sentence that needs no grammar; ``None`` for one with choices, numbers or quotes in it."""
    parts: list[str | _Variable] = []
    for element in pattern.elements if pattern else ():
        match element:
            case ast.TextElement():
                parts.append(element.value)
            case ast.Placeable(expression=ast.VariableReference() as variable):
                parts.append(_Variable(variable.id.name))
            case _:
                return None
    return parts


def _aliases(language: Language, key: str) -> list[str]:
    """The comma-separated words of a ``word-`` text."""
    parts = _parts(language.entries[key].value) or []
    return [each.strip() for each in "".join(each for each in parts if isinstance(each, str)).split(",")]


def _word_keys(language: Language) -> list[str]:
    return [each for each in language.entries if each.startswith(_WORD)]


def _gather_words(language: Language, words: dict[str, str]) -> Iterator[str]:
    """Add a language's command words to the table, and say which of them cannot be told apart."""
    for key in _word_keys(language):
        meaning = key.removeprefix(_WORD)
        aliases = _aliases(language, key)
        if language.variables(key) or not all(map(fold, aliases)):
            yield f"{language.code}: {key} must be plain words with commas between"
            continue
        if not 0 < len(ascii_fold(aliases[0])) <= _COMMAND_LENGTH:
            yield f"{language.code}: {key} begins with {aliases[0]}, which is no Telegram command"
        for form in dict.fromkeys(
            form for each in aliases for form in (fold(each), ascii_fold(each)) if form
        ):
            other = words.setdefault(form, meaning)
            if other != meaning:
                yield f"{language.code}: {form} stands for both {other} and {meaning}"


def _commands(language: Language) -> Iterator[tuple[str, str]]:
    for key in _word_keys(language):
        yield ascii_fold(_aliases(language, key)[0]), key.removeprefix(_WORD)
