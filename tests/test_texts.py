"""The strict catalogue of texts, and the words of commands."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.texts import LANGUAGES, Catalog, TextError
from prompts.words import ascii_fold, fold, nearest


def _write(root: Path, sv: str, en: str) -> Path:
    for code, source in {"sv": sv, "en": en}.items():
        (root / code).mkdir()
        (root / code / "some.ftl").write_text(source, encoding="utf-8")
    return root


def _load(root: Path, sv: str, en: str | None = None) -> Catalog:
    return Catalog.load(_write(root, sv, sv if en is None else en))


def _problems(root: Path, sv: str, en: str | None = None) -> tuple[str, ...]:
    with pytest.raises(TextError) as caught:
        _load(root, sv, en)
    return caught.value.problems


@pytest.fixture(name="own", scope="module")
def _own() -> Catalog:
    return Catalog.load()


def test_the_bots_own_texts_are_without_fault(own: Catalog) -> None:
    """Every text of the bot can be said in every language, with nothing left unfilled."""
    every = own.keys()
    assert "refused-not-member" in every
    for key in every:
        for language in LANGUAGES:
            said = own.say(key, language, dict.fromkeys(own.variables(key), 2))
            assert said.strip()
            assert "{" not in said


def test_says_a_text_in_both_languages(own: Catalog) -> None:
    """Variables are filled in, numbers written as the language does, strings left as they are."""
    values: dict[str, str | int] = {"now": 12000, "most": "2000"}

    assert (
        own.say("field-too-long", "sv", values)
        == "Texten är för lång: 12\u00a0000 tecken. Högst 2000 får plats."
    )
    assert (
        own.say("field-too-long", "en", values)
        == "The text is too long: 12,000 characters. At most 2000 fit."
    )
    assert own.variables("field-too-long") == {"now", "most"}
    assert own.number(1000, "sv") == "1\u00a0000"


def test_plurals_follow_the_language(tmp_path: Path) -> None:
    """What needs grammar goes through Fluent."""
    catalog = _load(tmp_path, "days = { $n ->\n    [one] en dag\n   *[other] { $n } dagar\n }\n")

    assert catalog.say("days", "sv", {"n": 1}) == "en dag"
    assert catalog.say("days", "en", {"n": 2000}) == "2,000 dagar"


def test_values_of_any_length_fit_where_grammar_is_needed(tmp_path: Path) -> None:
    """Fluent's own limit on lengths never stops a text that somebody wrote, and their braces stay braces."""
    catalog = _load(tmp_path, "said = { $n ->\n    [one] { $who }: { $what }\n   *[other] { $what }\n }\n")
    long = "{ $who } \\ue002" * 1000

    assert catalog.say("said", "sv", {"n": 1, "who": "Ada", "what": long}) == f"Ada: {long}"


def test_quotes_and_terms_are_put_in(tmp_path: Path) -> None:
    """A text may quote another and use terms; the variables of what it quotes are its own too."""
    source = '-bot = Samsyn\nname = { -bot } för { $who }\nhello = Hej { name }{ " " }\n'
    catalog = _load(tmp_path, source)

    assert catalog.variables("hello") == {"who"}
    assert catalog.say("hello", "sv", {"who": "Ada"}) == "Hej Samsyn för Ada "
    assert catalog.keys() == {"name", "hello"}


def test_a_text_without_variables_may_still_need_fluent(tmp_path: Path) -> None:
    """Terms alone are put in once, at load."""
    assert _load(tmp_path, "-bot = Samsyn\nhi = Jag är { -bot }\n").say("hi", "en", {}) == "Jag är Samsyn"


def test_what_cannot_be_said_is_an_error_never_a_placeholder(own: Catalog, tmp_path: Path) -> None:
    """An unknown text, a variable without a value and a number that is none are errors; so is an unknown language."""
    grammar = _load(tmp_path, "n = { NUMBER($n) }\n")

    with pytest.raises(TextError, match="no text nonsense"):
        own.say("nonsense", "sv", {})
    with pytest.raises(TextError, match="lacks a value for most"):
        own.say("field-too-long", "sv", {"now": 1})
    with pytest.raises(TextError, match="n"):
        grammar.say("n", "sv", {"n": "many"})
    with pytest.raises(KeyError):
        own.say("field-too-long", "fi", {"now": 1, "most": 1})


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    """One load tells everything that is wrong, with file and line where there is one."""
    sv = """\
only-sv = Bara här
both = Hej { $name }
twice = Ett
twice = Två
calls = { SHOUT("x") }
refers = { -nobody } { nothing }
circle = { ring }
ring = { circle }
titled = Text
    .title = Titel
empty =
    .title = Titel
-shy = { $who }
this is junk
"""
    en = "only-en = Only here\nboth = Hello { $person }\ntwice = One\ncalls = { NUMBER(1) }\nrefers = x\ncircle = x\nring = x\ntitled = x\nempty = x\n-shy = x\n"

    problems = _problems(tmp_path, sv, en)

    assert [each for each in problems if "cannot be read" not in each] == [
        "sv/some.ftl:4: twice stands twice",
        "sv: calls calls SHOUT, which is no function",
        "sv: refers refers to -nobody, which is missing",
        "sv: refers refers to nothing, which is missing",
        "sv: circle refers to itself",
        "sv: ring refers to itself",
        "sv: titled has attributes, which nobody reads",
        "sv: empty says nothing",
        "sv: empty has attributes, which nobody reads",
        "sv: -shy is a term and cannot have variables",
        "both has different variables (sv: name; en: person)",
        "sv: only-en is missing",
        "en: only-sv is missing",
    ]
    assert any(each.startswith("sv/some.ftl:14: cannot be read: ") for each in problems)


def test_files_that_are_missing_or_unreadable_are_named(tmp_path: Path) -> None:
    """A language without files and a file in another encoding are problems like any other."""
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "old.ftl").write_bytes("hej = å".encode("latin-1"))

    with pytest.raises(TextError) as caught:
        Catalog.load(tmp_path)

    assert caught.value.problems == ("sv/old.ftl: not UTF-8", "en: there are no .ftl files")


def test_the_same_text_in_two_files_stands_twice(tmp_path: Path) -> None:
    """Files of one language share their names."""
    root = _write(tmp_path, "a = x\n", "a = x\n")
    (root / "sv" / "zother.ftl").write_text("a = y\n", encoding="utf-8")

    with pytest.raises(TextError, match=r"sv/zother\.ftl:1: a stands twice"):
        Catalog.load(root)


# --- Command words ---------------------------------------------------------------------------------------------

WORDS_SV = "word-action = åtgärd, uppgift, att göra\nword-decision = beslut, beslutat\nword-mine = mina\n"
WORDS_EN = "word-action = action, to-do\nword-decision = decision\nword-mine = mine, my things\n"


def test_words_of_both_languages_lead_to_the_same_meaning(tmp_path: Path) -> None:
    """Each alias is known as it is written and with a-z alone."""
    table = _load(tmp_path, WORDS_SV, WORDS_EN).word_table()

    for said in (
        "åtgärd",
        "ÅTGÄRD",
        "atgard",
        "att göra",
        "Att-göra",
        "att_gora",
        "action",
        "To-do",
        "to do",
    ):
        assert table[fold(said)] == "action"
    assert set(table.values()) == {"action", "decision", "mine"}


def test_telegram_commands_are_the_first_words(tmp_path: Path) -> None:
    """Commands are listed in the order of the texts, written with a-z, 0-9 and _ alone."""
    catalog = _load(tmp_path, WORDS_SV, WORDS_EN)

    assert catalog.telegram_commands("sv") == [("atgard", "action"), ("beslut", "decision"), ("mina", "mine")]
    assert catalog.telegram_commands("en") == [
        ("action", "action"),
        ("decision", "decision"),
        ("mine", "mine"),
    ]


def test_words_that_clash_are_problems(tmp_path: Path) -> None:
    """No word may lead to two things, in whichever language, nor may two that differ in dots alone."""
    problems = _problems(
        tmp_path,
        "word-bar = bar, år\nword-far = får\nword-year = ar\n",
        "word-bar = pub\nword-far = bar\nword-year = year\n",
    )

    assert problems == ("sv: ar stands for both bar and year", "en: bar stands for both bar and far")


def test_words_must_be_plain(tmp_path: Path) -> None:
    """Empty words, variables and words that no command can be made of are problems."""
    problems = _problems(tmp_path, f"word-a = a,, b\nword-b = {'{ $x }'}\nword-c = §\nword-d = {'d' * 33}\n")

    assert problems[:4] == (
        "sv: word-a must be plain words with commas between",
        "sv: word-b must be plain words with commas between",
        "sv: word-c begins with §, which is no Telegram command",
        f"sv: word-d begins with {'d' * 33}, which is no Telegram command",
    )


@given(st.text(max_size=30))
@settings(deadline=None)
def test_folding_twice_changes_nothing(word: str) -> None:
    """A folded word is folded, and the plain form has a-z, 0-9 and _ alone."""
    assert ascii_fold(fold(word)) == ascii_fold(word)
    assert ascii_fold(word) == "" or ascii_fold(word).replace("_", "").isascii()
    assert " " not in fold(word)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("besult", ["beslut"]),
        ("Beslutt", ["beslut"]),
        ("atgärd", ["åtgärd"]),
        ("bes", ["beslut"]),
        ("hjalp", ["hjälp"]),
        ("xyzzy", []),
        ("", []),
        ("§", []),
        ("b" * 5000, []),
    ],
)
def test_suggests_what_may_have_been_meant(said: str, meant: list[str]) -> None:
    """A mistyped or unfinished word gets the likeliest commands; nonsense gets none."""
    assert nearest(said, ["beslut", "åtgärd", "hjälp", "mina"]) == meant
