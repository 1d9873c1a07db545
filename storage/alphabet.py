"""Names in the order in which people look for them, the same whatever engine keeps them.

A server sorts by the language it was set up with, a file by the numbers of the letters, and neither puts å before ä.
"""

import unicodedata
from typing import Final

_LAST: Final = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
"""The letters after z, as signs that come after it."""


def place_of(name: str) -> str:
    """What to sort a name by: capitals and accents do not count."""
    folded = name.casefold()
    if folded.isascii():
        return folded
    letters = unicodedata.normalize("NFC", folded)
    return "".join(_LAST.get(each) or unicodedata.normalize("NFD", each)[0] for each in letters)
