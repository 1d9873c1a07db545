"""What a test of a whole process begins with, and how it leaves the process that it runs in."""

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from bot.settings import PREFIX


def without_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with none of our names in the environment."""
    for name in [each for each in os.environ if each.upper().startswith(PREFIX)]:  # noqa: TID251 - to be emptied
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)


@contextmanager
def as_before() -> Iterator[None]:
    """Afterwards everything that a process sets once is as it was."""
    root = logging.getLogger()
    mask, handlers, level = os.umask(0o022), root.handlers[:], root.level
    try:
        yield
    finally:
        os.umask(mask)
        gc.enable()
        structlog.reset_defaults()
        root.handlers[:], root.level = handlers, level
