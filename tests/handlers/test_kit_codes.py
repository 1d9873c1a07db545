"""Codes that people pass on: how they look, how they are read back, and that nobody can guess them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.codes import CONSONANTS, LENGTH, Dice, new_code, new_invite, read_code, shown


@given(st.randoms())
def test_a_code_is_read_back_as_it_is_shown(dice: Dice) -> None:
    """Whatever code is made, typing what is on the screen gives the same code."""
    code = new_code(dice)

    assert len(code) == LENGTH
    assert set(code) <= set(CONSONANTS)
    assert read_code(shown(code)) == code


@pytest.mark.parametrize(
    "said",
    ["BCDF-GHJK", "bcdf-ghjk", " BCDFGHJK ", "bcdf ghjk", "BCDF – GHJK", "B C D F G H J K", "bcdf.ghjk"],
)
def test_a_code_may_be_typed_in_any_case_and_grouping(said: str) -> None:
    """Spaces, dashes and small letters do not matter."""
    assert read_code(said) == "BCDFGHJK"


@pytest.mark.parametrize(
    "said", ["", "BCDF", "BCDF-GHJKL", "ACDF-GHJK", "1CDF-GHJK", "BCDFGHJ\u0130", "hej", "B" * 5000, "-" * 9]
)
def test_anything_else_is_no_code(said: str) -> None:
    """Vowels, digits, too few or too many letters, and floods of them read as nothing."""
    assert read_code(said) == ""


@given(st.randoms())
def test_an_invitation_has_no_signs_that_anybody_confuses(dice: Dice) -> None:
    """Ten signs out of 31, about 49 bits, that fit into a start link."""
    invite = new_invite(dice)

    assert len(invite) == 10
    assert invite.isalnum()
    assert not set(invite) & set("0o1li")
