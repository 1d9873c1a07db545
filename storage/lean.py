"""Libraries that take in whatever they find installed are told that it is not there.

The pictures need numpy and the ballot box cryptography, each imported when first used. sqlite-utils and
python-telegram-bot would import them at once, for column types and passports that nobody here has: together 35 MB
and a fifth of a second at every start.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(package: str) -> Iterator[None]:
    """What is imported inside this block finds no such package; whoever imports it afterwards does."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
