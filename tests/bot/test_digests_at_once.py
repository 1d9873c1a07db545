"""The figures of digests, small: that they measure what they say."""

from pathlib import Path
from random import Random  # noqa: TID251 - people who come as they please

import pytest

from bench import digests
from bench.digests import course, growth, others, p99
from bench.lengths import measure, questions
from bot.letters import is_urgent
from handlers import digest_cards
from handlers.kit.inbound import Said
from storage.outbox import Address, Letter
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio


async def test_every_forum_has_its_digest_in_both_chats(tmp_path: Path) -> None:
    """As many rows as chats, and others were answered before and meanwhile."""
    found = await course(tmp_path / "samsyn.db", 30, idle=1.0)

    assert found.cards == 60
    assert found.seconds > 0
    assert p99(found.idle) > 0


class Standing:
    """A clock that shows what a test says."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def time_ns(self) -> int:
        return round(self.now * 1e9)


async def test_whoever_came_while_nobody_had_time_has_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that stands still for a while is seen in the waits of those who came meanwhile; all are answered."""
    waits, taken = list[float](), list[Said]()

    async def takes(said: Said) -> None:
        taken.append(said)

    clock = Standing()
    monkeypatch.setattr(digests, "time", clock)
    async with others(takes, 0, Random(1), waits):  # noqa: S311
        clock.now += 0.5

    assert max(waits) > 0.3
    assert len(waits) == len(taken) > 5


async def test_young_and_old_forums_ring_in_turn(tmp_path: Path) -> None:
    """One pair of waits for each forum, and a digest of each in both chats."""
    found = await growth(tmp_path, 3, 2)

    assert len(found.pairs) == 3
    assert all(young > 0 and old > 0 for young, old in found.pairs)
    assert found.cards == (6, 6)


def test_a_digest_is_short_and_asks_little() -> None:
    """What the figures show holds."""
    assert [each.what for each in (*measure(), questions()) if not each.ok] == []


def test_a_digest_that_nobody_could_send_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured is the whole of it, also where a chat tool would get less."""
    monkeypatch.setattr(digest_cards, "SHORT", 400)

    assert [each.what for each in measure() if not each.ok] == ["characters of the longest digest"]


@pytest.mark.parametrize(("kind", "care", "urgent"), [
    ("post", "repeat", True), ("whisper", "repeat", True), ("update", "repeat", True), ("publish", "once", True),
    ("post", "once", False), ("direct", "repeat", False), ("direct", "once", False),
])  # fmt: skip
def test_nobody_waits_behind_ten_thousand_digests(kind: str, care: str, urgent: bool) -> None:
    """What somebody has just done goes before what many are told at the same minute."""
    to = Address("telegram", "", "-1", "")
    letter = Letter(1, 1, kind, to, None, "", "{}", care, "", "sv", "", "", "", "", NOW, 0, "new")

    assert is_urgent(letter) is urgent
