"""What a check found: one sentence for a person, and what to do about it."""

from dataclasses import dataclass
from typing import Final, Literal

READABLE_BY_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: ``fine``, worth to ``note``, or ``wrong``. ``todo`` says how to mend it."""

    level: Literal["fine", "note", "wrong"]
    what: str
    todo: str = ""
