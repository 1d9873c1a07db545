"""The figures of digests, small: that they measure what they say."""

from pathlib import Path

import pytest

from bench.digests import course, growth, p99
from bench.lengths import measure
from bot.letters import is_urgent
from storage.outbox import Address, Letter
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio


async def test_every_forum_has_its_digest_in_both_chats(tmp_path: Path) -> None:
    """As many rows as chats, and others were answered before and meanwhile."""
    found = await course(tmp_path / "samsyn.db", 30, idle=0.3)

    assert found.cards == 60
    assert found.seconds > 0
    assert p99([*found.idle, *found.meanwhile]) > 0


async def test_young_and_old_forums_ring_in_turn(tmp_path: Path) -> None:
    """One pair of waits for each forum."""
    found = await growth(tmp_path, 3, 2)

    assert len(found) == 3
    assert all(young > 0 and old > 0 for young, old in found)


def test_a_digest_is_short_and_asks_little() -> None:
    """What the figure shows holds."""
    assert [each.what for each in measure() if not each.ok] == []


@pytest.mark.parametrize(("kind", "care", "urgent"), [
    ("post", "repeat", True), ("whisper", "repeat", True), ("update", "repeat", True), ("publish", "once", True),
    ("post", "once", False), ("direct", "repeat", False), ("direct", "once", False),
])  # fmt: skip
def test_nobody_waits_behind_ten_thousand_digests(kind: str, care: str, urgent: bool) -> None:
    """What somebody has just done goes before what many are told at the same minute."""
    to = Address("telegram", "", "-1", "")
    letter = Letter(1, 1, kind, to, None, "", "{}", care, "", "sv", "", "", "", "", NOW, 0, "new")

    assert is_urgent(letter) is urgent
