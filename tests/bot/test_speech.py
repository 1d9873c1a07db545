"""Sentences with people, days and lists in them, and what is cleaned from what people write."""

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech import Sentence, Speech, clean
from handlers.kit.ui import Instant, Items, Mention, Text, Value, text
from prompts.texts import Catalog, TextError

SOURCE = """\
plain = Hej
says = { $who } säger: { $what }
counts = { $n ->
    [one] { $who } har en åtgärd: { $what }
   *[other] { $who } har { $n } åtgärder: { $what }
 }
"""
ADA = Mention(1, "Ada Ek")
BO = Mention(2, "Bo")


@pytest.fixture(name="speech", scope="module")
def _speech(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    root: Path = tmp_path_factory.mktemp("texts")
    for code in ("sv", "en"):
        (root / code).mkdir()
        (root / code / "some.ftl").write_text(SOURCE, encoding="utf-8")
    return Speech(Catalog.load(root))


def _said(speech: Speech, value: Value, language: str = "sv") -> str:
    return speech.say(text("says", who="", what=value), language).plain.removeprefix(" säger: ")


def test_a_fixed_text_is_made_once(speech: Speech) -> None:
    """A text without variables is the same sentence each time."""
    assert speech.say(text("plain"), "sv") == Sentence(("Hej",))
    assert speech.say(text("plain"), "sv") is speech.say(text("plain"), "sv")


def test_people_stay_people(speech: Speech) -> None:
    """Mentions come out as parts of the sentence, in plain text as names."""
    sentence = speech.say(text("says", who=ADA, what=Items((BO, "Cy", ADA))), "sv")

    assert sentence.parts == (ADA, " säger: ", BO, ", Cy och ", ADA)
    assert sentence.plain == "Ada Ek säger: Bo, Cy och Ada Ek"


def test_people_stay_people_where_grammar_is_needed(speech: Speech) -> None:
    """Mentions go through plurals and nested texts unharmed, even beside very long words."""
    inner = text("says", who=BO, what="å" * 3000)
    sentence = speech.say(text("counts", n=2000, who=ADA, what=inner), "sv")

    assert sentence.parts == (ADA, " har 2\u00a0000 åtgärder: ", BO, f" säger: {'å' * 3000}")


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (date(2026, 3, 13), "fre 13 mars 2026", "Fri 13 March 2026"),
        (Instant(datetime(2026, 3, 13, 13, 30, tzinfo=UTC), "Europe/Stockholm"), "fre 13 mars 2026 kl. 14.30", "Fri 13 March 2026, 14:30"),
        (Instant(datetime(2026, 3, 13, 23, 5, tzinfo=UTC), "Europe/Helsinki"), "lör 14 mars 2026 kl. 01.05", "Sat 14 March 2026, 01:05"),
        (Instant(datetime(2026, 7, 1, 8, 0, tzinfo=UTC), ""), "ons 1 juli 2026 kl. 10.00", "Wed 1 July 2026, 10:00"),
        (Items(()), "", ""),
        (Items(("A",)), "A", "A"),
        (Items(("A", "B")), "A och B", "A and B"),
        (Items(("A", "{0}", 1000)), "A, {0} och 1\u00a0000", "A, {0} and 1,000"),
        (Items((date(2026, 3, 13), text("plain"))), "fre 13 mars 2026 och Hej", "Fri 13 March 2026 and Hej"),
        (1000, "1\u00a0000", "1,000"),
        ("2026", "2026", "2026"),
    ],
)  # fmt: skip
def test_values_are_written_as_the_language_does(speech: Speech, value: Value, sv: str, en: str) -> None:
    """Days, moments, lists and numbers read as Swedes and English readers write them."""
    assert _said(speech, value, "sv") == sv
    assert _said(speech, value, "en") == en


@pytest.mark.parametrize(
    "written",
    [
        "<!channel>",
        "<b>x</b>",
        "@everyone",
        "{ $who }",
        "{ -bot }",
        "*x* _y_",
        "\\",
        "Å\n\tB",
        "👩‍👩‍👧",
        "%s {0}",
    ],
)
def test_words_are_shown_as_they_stand(speech: Speech, written: str) -> None:
    """Nothing that somebody wrote is taken for markup or for a variable."""
    assert _said(speech, written) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\ue0000\ue001b", "a0b"),
        ("a\ue0020\ue003b", "a0b"),
        ("a\x00b\ud800c", "abc"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("שלום", "\u2068שלום\u2069"),
        ("\u202eمرحبا 12", "\u2068مرحبا 12\u2069"),
    ],
)
def test_words_disturb_nothing_around_them(speech: Speech, written: str, shown: str) -> None:
    """Hidden signs are left out, right-to-left script is kept apart, and nobody can fake a mention."""
    assert speech.say(text("says", who=ADA, what=written), "sv").parts == (ADA, f" säger: {shown}")
    assert speech.say(text("says", who=Mention(3, written), what=""), "sv").parts[0] == Mention(3, shown)


def test_a_text_that_cannot_be_said_is_an_error(speech: Speech) -> None:
    """Unknown texts and missing values are faults of ours and never shown."""
    for wrong in (
        Text("nonsense"),
        Text("says"),
        text("says", who="x"),
        text("says", who="x", what=text("nope")),
    ):
        with pytest.raises(TextError):
            speech.say(wrong, "sv")


VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.text(),
        st.integers(-(10**12), 10**12),
        st.dates(),
        st.builds(Mention, st.integers(0, 99), st.text()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: Items(tuple(each))),
        st.builds(lambda who, what: text("says", who=who, what=what), inner, inner),
    ),
    max_leaves=6,
)


@given(VALUES)
@settings(deadline=None)
def test_any_value_can_be_said(speech: Speech, value: Value) -> None:
    """Whatever a variable holds, a sentence comes out with no sign of how it was put together."""
    sentence = speech.say(text("counts", n=1, who=BO, what=value), "en")

    assert sentence.parts[0] == BO
    assert not set("\ue000\ue001\ue002\ue003\x00") & set(sentence.plain)
    assert sentence.plain.encode()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Boka lokal \n", "Boka lokal"),
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("A\u030angström", "Ångström"),
        ("a\x00b\x07c\x1bd\x7fe\x85f", "abcdef"),
        ("a\ud83d b\udc00", "a b"),
        ("a\u202eb\u2069", "ab"),
        ("a\ue0005\ue001", "a5"),
        ("שלום\u200f", "שלום\u200f"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("\u200b\u200d\u2060\ufeff", ""),
        ("\u3164\u2800", ""),
        ("x" + "\u0323\u0301" * 50_000 + "y", "x" + "\u0323" * 15 + "\u0301" * 15 + "y"),
        ("4" + "\u0344" * 40, "4" + "\u0308\u0301" * 15),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_cleans_what_people_write(written: str, kept: str) -> None:
    """Control signs, broken characters and invisible texts go; words, line breaks and scripts stay."""
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("written", "longest", "kept"),
    [
        ("Boka lokal", 10, "Boka lokal"),
        ("Boka lokal", 5, "Boka"),
        ("Hej 👩\u200d👩\u200d👧 då", 6, "Hej"),
        ("Hej 👩\u200d👩\u200d👧 då", 9, "Hej 👩\u200d👩\u200d👧"),
        ("🇸🇪🇳🇴", 3, "🇸🇪"),
        ("ax\u0323\u0323", 3, "a"),
        ("x" + "\u0323" * 50, 10, "x" + "\u0323" * 9),
        ("x" * 100_000, 2000, "x" * 2000),
    ],
)
def test_cuts_between_signs(written: str, longest: int, kept: str) -> None:
    """A cut never leaves half of what a reader takes for one sign, unless that sign alone is too long."""
    assert clean(written, longest) == kept


@given(st.text(), st.integers(1, 20))
@settings(deadline=None)
def test_clean_text_stays_clean(written: str, longest: int) -> None:
    """Cleaning twice changes nothing, the length holds, and the result can be stored and sent."""
    kept = clean(written, longest)

    assert clean(kept, longest) == kept
    assert len(kept) <= longest
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode().decode() == kept
    whole = clean(written)
    ends = {match.end() for match in regex.finditer(r"\X", whole)}
    assert kept in ("", whole) or len(kept) == longest or any(whole[:each].rstrip() == kept for each in ends)
