"""The bank of the pulse's questions: the same in both languages, and texts like any other."""

from pathlib import Path

import pytest

from prompts.questions import PARTS, SETS, QuestionError, load_questions, read_questions
from prompts.texts import LANGUAGES, Catalog, TextError

BANK = load_questions()
ENTRY = '[D3]\nversion = 1\npart = "direction"\ntext = "Vi är överens."\ngrounded = "Emerson"\n'
SECOND = ENTRY.replace("version = 1", "version = 2") + '[D3.earlier]\n1 = "Vi var överens."\n'


def _write(root: Path, sv: str, en: str | None = None) -> Path:
    for code, source in {"sv": sv, "en": sv if en is None else en}.items():
        (root / f"questions.{code}.toml").write_text(source, encoding="utf-8")
        (root / code).mkdir()
        (root / code / "some.ftl").write_text("some = x\n", encoding="utf-8")
    return root


def _problems(root: Path, sv: str, en: str | None = None) -> list[str]:
    return read_questions(_write(root, sv, en))[1]


def test_the_bank_has_every_part() -> None:
    """There are 24 questions in five parts, each named by the letter of its part."""
    letters = {"T": "trust", "O": "openness", "P": "participation", "D": "direction", "F": "progress"}

    assert len(BANK) == 24
    assert {each.part for each in BANK.values()} == set(PARTS)
    assert all(letters[id_[0]] == each.part and each.id == id_ for id_, each in BANK.items())
    assert BANK["D3"].key == "D3.1"


def test_a_question_is_one_short_claim() -> None:
    """Each fits above its answers on a phone, says one thing, and no two are the same."""
    for code in LANGUAGES:
        said = [each.text[code] for each in BANK.values()]
        assert len(set(said)) == len(said)
        assert all(len(each) <= 90 and each.count(".") == 1 and each.endswith(".") for each in said)
        assert all(each.grounded[code] for each in BANK.values())


def test_the_sets_share_the_bank_out() -> None:
    """Every question is in one set, and each set has direction, openness or progress, trust, and participation."""
    asked = [id_ for each in SETS.values() for id_ in each]
    parts = [[BANK[id_].part for id_ in each] for each in SETS.values()]

    assert sorted(asked) == sorted(BANK)
    assert all(
        (each[0], each[2], each[3]) == ("direction", "trust", "participation")
        and each[1] in ("openness", "progress")
        for each in parts
    )


def test_the_bot_says_its_questions() -> None:
    """Each question, and what it is grounded in, can be said in every language."""
    catalog = Catalog.load()

    for each in BANK.values():
        for code in LANGUAGES:
            assert catalog.say(f"question-{each.id.lower()}-{each.version}", code, {}) == each.text[code]
            assert catalog.say(f"grounded-{each.id.lower()}", code, {}) == each.grounded[code]


def test_a_new_wording_leaves_the_old_one_readable(tmp_path: Path) -> None:
    """A changed question has a new key, and results of the old one can still be read."""
    root = _write(tmp_path, SECOND)
    catalog, bank = Catalog.load(root), read_questions(root)[0]

    assert bank["D3"].key == "D3.2"
    assert catalog.say("question-d3-2", "sv", {}) == "Vi är överens."
    assert catalog.say("question-d3-1", "sv", {}) == "Vi var överens."


def test_without_questions_nothing_is_asked(tmp_path: Path) -> None:
    """Texts may be read without questions, but a bank that is missing is named."""
    assert read_questions(tmp_path) == ({}, [])
    with pytest.raises(QuestionError, match="there are no files"):
        load_questions(tmp_path)


def test_the_languages_must_agree(tmp_path: Path) -> None:
    """A question that one language lacks, or has in another version or part, stops the start."""
    other = SECOND.replace("direction", "trust") + ENTRY.replace("D3", "D4")

    assert _problems(tmp_path, ENTRY, other) == [
        "D3 has different versions (en: 2, sv: 1)",
        "D3 has different parts (en: trust, sv: direction)",
        "questions.sv.toml: D4 is missing",
    ]


def test_a_language_without_a_file_is_named(tmp_path: Path) -> None:
    """Questions in one language only are texts that the other lacks."""
    root = _write(tmp_path, ENTRY)
    (root / "questions.en.toml").unlink()

    with pytest.raises(TextError) as caught:
        Catalog.load(root)
    assert caught.value.problems == ("en: grounded-d3 is missing", "en: question-d3-1 is missing")


def test_a_question_stands_once(tmp_path: Path) -> None:
    """A text may not have the name of a question."""
    root = _write(tmp_path, ENTRY)
    for code in LANGUAGES:
        (root / code / "more.ftl").write_text("question-d3-1 = x\n", encoding="utf-8")

    with pytest.raises(TextError, match="sv: question-d3-1 stands twice"):
        Catalog.load(root)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (ENTRY.replace("D3", "d3"), "d3 is no question: a letter and a number, and a table below"),
        ("D3 = 1\n", "D3 is no question: a letter and a number, and a table below"),
        (ENTRY.replace('part = "direction"\n', ""), "D3 lacks part"),
        (ENTRY + "mean = 3\n", "D3 has mean, which nobody reads"),
        (ENTRY.replace('"direction"', '"joy"'), f"D3 belongs to none of the parts {', '.join(PARTS)}"),
        (ENTRY.replace("Vi är överens.", " "), "D3 says nothing as text"),
        (ENTRY.replace('"Emerson"', "3"), "D3 says nothing as grounded"),
        (ENTRY.replace("version = 1", "version = 0"), "D3 has a version that is no whole number from 1"),
        (ENTRY.replace("version = 1", "version = true"), "D3 has a version that is no whole number from 1"),
        (
            ENTRY.replace("version = 1", "version = 2"),
            "D3 must have the wordings of all versions before 2 as earlier, and no others",
        ),
        (
            ENTRY + "earlier = 3\n",
            "D3 must have the wordings of all versions before 1 as earlier, and no others",
        ),
        (SECOND.replace("Vi var överens.", ""), "D3 says nothing in an earlier version"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(tmp_path: Path, written: str, fault: str) -> None:
    """Every fault is named with its file and question, and nothing loads."""
    problems = _problems(tmp_path, written)

    assert problems == [f"questions.en.toml: {fault}", f"questions.sv.toml: {fault}"]
    with pytest.raises(QuestionError) as caught:
        load_questions(tmp_path)
    assert caught.value.problems == tuple(problems)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    """What cannot be read is a problem like any other."""
    faults = _problems(tmp_path, "[D3\n", ENTRY)

    assert faults[0].startswith("questions.sv.toml: cannot be read: ")
