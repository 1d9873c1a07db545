"""Rules of decisions, pure: what reads as a number, how long one may undo, how a search fits into a button."""

import re
from datetime import datetime, timedelta

from storage.records import Decision

_NUMBER = re.compile(r"\s*(?:§|#|nr\.?|no\.?)?\s*(\d{1,5})(?:\s*/\s*(\d{4}))?\s*", re.IGNORECASE)
LONGEST = 2000
"""Characters of what was decided."""
FAR = 3660
"""Days ahead, ten years, beyond which a day must be a slip of the pen."""
KEY_BYTES = 26
"""What the words of a search may take up in a button that leads to the next page."""


def read_number(said: str, year: int) -> tuple[int, int] | None:
    """Number and year of "§ 12/2026", "12/2026" or "12" (this year); ``None`` for anything else."""
    match = _NUMBER.fullmatch(said)
    if not match:
        return None
    return int(match[1]), int(match[2] or year)


def may_undo(one: Decision, member: int, now: datetime, within: timedelta) -> bool:
    """Whether the member recorded it so lately that it may be undone or corrected without a reason."""
    return one.recorded_by == member and now - one.recorded_at < within


def search_key(said: str) -> str:
    """The words of a search as they travel in a button: letters and digits joined by "+", cut at a whole word."""
    words = "".join(each if each.isalnum() else " " for each in said.casefold()).split()
    key = ""
    for word in words:
        longer = f"{key}+{word}" if key else word
        if len(longer.encode()) > KEY_BYTES:
            break
        key = longer
    return key or "".join(words[:1]).encode()[:KEY_BYTES].decode(errors="ignore")


def words_of_key(key: str) -> str:
    """The reverse of :func:`search_key`."""
    return key.replace("+", " ")
