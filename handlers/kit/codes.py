"""Codes that people pass on: eight consonants to type, and the secret in a forum's invitation. Pure.

Consonants only, so that no code spells a word, and none that looks like a digit. Randomness comes from the caller.
"""

import re
from typing import Final, Protocol

CONSONANTS: Final = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH: Final = 8
"""20⁸ codes, about 34.5 bits, as for the user codes of RFC 8628."""
_UNAMBIGUOUS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_INVITE_LENGTH: Final = 10
_BETWEEN: Final = re.compile(r"[\s\-–—.]+")


class Dice(Protocol):
    """Where chance comes from: ``Request.rng``."""

    def choices(self, population: str, *, k: int) -> list[str]:
        """So many letters, each out of all."""
        ...


def new_code(rng: Dice) -> str:
    """A code as it is kept: eight consonants."""
    return "".join(rng.choices(CONSONANTS, k=LENGTH))


def shown(code: str) -> str:
    """A code as it is read and typed: BCDF-GHJK."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(said: str) -> str:
    """The code that somebody typed, in whatever case and grouping; "" for anything that is none."""
    if len(said) > LENGTH * 4:
        return ""
    code = _BETWEEN.sub("", said).upper()
    return code if len(code) == LENGTH and set(code) <= set(CONSONANTS) else ""


def new_invite(rng: Dice) -> str:
    """The secret of a forum's join links."""
    return "".join(rng.choices(_UNAMBIGUOUS, k=_INVITE_LENGTH))
