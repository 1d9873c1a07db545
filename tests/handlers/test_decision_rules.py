"""Rules of decisions: what reads as a number, how long one may undo, how a search fits into a button."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.decision_rules import KEY_BYTES, may_undo, read_number, search_key, words_of_key
from storage import decisions
from storage.records import Decision
from tests.stage.samples import NOW, Sample

QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", (12, 2026)),
        ("§ 12/2026", (12, 2026)),
        ("§12/2025", (12, 2025)),
        (" 12 / 2025 ", (12, 2025)),
        ("#7", (7, 2026)),
        ("nr. 7", (7, 2026)),
        ("Nr 7", (7, 2026)),
        ("no 7", (7, 2026)),
        ("0", (0, 2026)),
        ("99999/2026", (99999, 2026)),
        ("", None),
        ("§", None),
        ("123456", None),
        ("12/26", None),
        ("12/20261", None),
        ("12 kaffe", None),
        ("Köp 12", None),
        ("-1", None),
        ("1.5", None),
        ("1/2026/3", None),
    ],
)
def test_what_reads_as_a_number(said: str, number: tuple[int, int] | None) -> None:
    """A number alone, with or without a sign before it, is of this year unless another one is said."""
    assert read_number(said, 2026) == number


@pytest.mark.parametrize(
    ("member", "after", "allowed"),
    [
        (1, timedelta(), True),
        (1, QUARTER - timedelta(seconds=1), True),
        (1, QUARTER, False),
        (2, timedelta(), False),
    ],
)
def test_who_may_undo_and_how_long(sample: Sample, member: int, after: timedelta, allowed: bool) -> None:
    """Whoever recorded it, for a quarter of an hour after it was recorded, however it has changed since."""
    one = decisions.get(sample.store, sample.forum.id, sample.decision)
    assert isinstance(one, Decision)

    assert may_undo(one, member, NOW + after, QUARTER) is allowed
    assert may_undo(replace(one, at=NOW + after, by_member=2), member, NOW + after, QUARTER) is allowed


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("kaffe", "kaffe"),
        ("  Kaffe, TE! ", "kaffe+te"),
        ("§ kaffe:te+saft", "kaffe+te+saft"),
        ("", ""),
        ("§ !", ""),
        ("trygghetsvandringar i centrum", "trygghetsvandringar+i"),
        ("samverkansöverenskommelserna", "samverkansöverenskommelse"),
        ("å" * 40, "å" * 13),
        ("🏳️‍🌈", ""),
    ],
)
def test_a_search_travels_in_a_button(said: str, key: str) -> None:
    """Words joined by a plus, cut at a whole word; a word that is too long by itself is cut short."""
    assert search_key(said) == key


@given(st.text())
def test_no_search_is_too_long_for_a_button(said: str) -> None:
    """Whatever is looked for, what travels fits, holds no colon, and is read as the same words again."""
    key = search_key(said)

    assert len(key.encode()) <= KEY_BYTES
    assert ":" not in key
    assert search_key(words_of_key(key)) == key
