"""Texts and the code that says them: nothing is said that is not written, nothing is written that is not said."""

import ast
import re

from handlers import FEATURES
from handlers.kit.feature import Book
from prompts.ftl_files import read_language
from prompts.texts import LANGUAGES, Catalog
from tests.sources import ROOT, Source, called, sources

CATALOG = Catalog.load()
KEYS = CATALOG.keys()
CODE = [each for each in sources("bot", "handlers") if "from handlers.kit.ui import" in each.text]
WORDS = list(Book.of(FEATURES).words.values())
OWN_WORDS = {"cancel"}
"""Words that the engine itself answers."""
LABEL = 75
"""Slack's limit for the words on a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
SAMPLE: dict[str, str | int] = {"number": "12345/2026", "n": 1000, "label": "x" * 30}


def _pattern(formatted: ast.JoinedStr) -> str:
    """A family of keys: what stands in the code, with anything where something is filled in."""
    parts = [
        re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+" for each in formatted.values
    ]
    return "".join(parts)


def _named(source: Source, *functions: str) -> tuple[set[str], set[str]]:
    """The keys and the families of keys that calls of these functions name."""
    first = [each.args[0] for each in called(source, *functions) if each.args]
    keys = {each.value for each in first if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    for each in first:  # text("a" if x else "b")
        if isinstance(each, ast.IfExp):
            keys |= {str(side.value) for side in (each.body, each.orelse) if isinstance(side, ast.Constant)}
    return keys, {_pattern(each) for each in first if isinstance(each, ast.JoinedStr)}


SAID = {each.name: _named(each, "text", "Text") for each in CODE}
FAMILIES = {family for _, families in SAID.values() for family in families}
MENTIONED = {
    node.value
    for source in sources("bot", "handlers")
    for node in ast.walk(source.tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def test_whatever_is_said_is_written() -> None:
    """Every text that the code names exists, and each family of texts has members; none is just anything."""
    families = {family for _, several in SAID.values() for family in several}

    assert {name: missing for name, (keys, _) in SAID.items() if (missing := keys - KEYS)} == {}
    assert [each for each in families if not re.match(r"[a-z]", each)] == []
    assert [each for each in families if not any(re.fullmatch(each, key) for key in KEYS)] == []


def test_whatever_is_written_is_said() -> None:
    """No text is left over from something that the bot no longer says."""
    quoted = {
        used
        for code in LANGUAGES
        for uses in read_language(ROOT / "prompts" / code, code).uses.values()
        for used in uses.entries
    }
    left = {
        key
        for key in KEYS - MENTIONED - quoted
        if not key.startswith("word-") and not any(re.fullmatch(each, key) for each in FAMILIES)
    }

    assert left == set()


def test_every_command_has_words_and_help_in_both_languages() -> None:
    """What one can say stands in the help, and in the menu where it has a button there."""
    wanted = {f"{family}-{each.word}" for each in WORDS for family in ("word", "help")}
    wanted |= {f"menu-{each.word}" for each in WORDS if each.menu}

    assert wanted - KEYS == set()


def test_no_words_lead_nowhere() -> None:
    """Every word that is understood has a command behind it, and every help a word."""
    known = {each.word for each in WORDS}

    assert set(CATALOG.word_table().values()) == known | OWN_WORDS
    for family in ("help-", "menu-"):
        told = {each.removeprefix(family) for each in KEYS if each.startswith(family)}
        assert told - known - _others(family) == set()


def _others(family: str) -> set[str]:
    """Texts of the help and the menu that are no command's."""
    return {each.removeprefix(family) for each in MENTIONED if each.startswith(family)}


def test_swedish_keeps_its_voice() -> None:
    """Plain words: nobody is shouted at, and nobody is begged."""
    said = {
        key: CATALOG.say(key, "sv", {each: SAMPLE.get(each, "x") for each in CATALOG.variables(key)})
        for key in KEYS
    }

    assert {key: words for key, words in said.items() if "!" in words} == {}
    assert {key: words for key, words in said.items() if "vänligen" in words.casefold()} == {}


def _labels() -> set[str]:
    """The keys of everything that stands on a button."""
    found = {f"menu-{each.word}" for each in WORDS if each.menu}
    for source in CODE:
        for each in called(source, "Button", "Link"):
            label = each.args[0] if each.args else None
            if isinstance(label, ast.Call) and label.args and isinstance(label.args[0], ast.Constant):
                found.add(str(label.args[0].value))
            elif isinstance(label, ast.Call) and label.args and isinstance(label.args[0], ast.JoinedStr):
                family = _pattern(label.args[0])
                found |= {key for key in KEYS if re.fullmatch(family, key)}
    return found - {"verbatim"}


def test_a_button_can_be_read() -> None:
    """What stands on a button fits on it, in both languages."""
    said = {
        (key, language): CATALOG.say(
            key, language, {each: SAMPLE.get(each, "x" * 12) for each in CATALOG.variables(key)}
        )
        for key in _labels()
        for language in LANGUAGES
    }

    assert {key: words for key, words in said.items() if not 0 < len(words) <= LABEL or "\n" in words} == {}
