"""Shared by the attacks: a fort of two forums, and a forum at work on the stage."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.fort import Fort, close_fort, open_fort
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum


@pytest.fixture(name="fort")
def _fort(_runner: asyncio.Runner, tmp_path: Path) -> Iterator[Fort]:
    fort = _runner.run(open_fort(_runner, tmp_path))
    yield fort
    _runner.run(close_fort(fort))


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    """A forum at work in both chats."""
    return ready_forum(chat)
