"""Somebody's words in a list: the beginning, in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.people_shown import shortened


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("kort", "kort"),
        ("två\nrader  här", "två rader här"),
        ("x" * 160, "x" * 160),
        ("ord " * 60, ("ord " * 39).strip() + " …"),
        ("x" * 161, "x" * 158 + " …"),
    ],
)
def test_a_list_shows_the_beginning(words: str, shown: str) -> None:
    """On one line, cut at a word, with a sign that there is more."""
    assert shortened(words, 160) == shown


@given(st.text(), st.integers(4, 40))
def test_a_shortened_line_fits_and_begins_the_same(words: str, most: int) -> None:
    """In one line, and cut between words where there are any."""
    short = shortened(words, most)
    assert len(short) <= most
    assert "\n" not in short
    assert " ".join(words.split()).startswith(short.removesuffix(" …"))
