"""The burst of the benchmark, small: what it counts as lost or doubled."""

from pathlib import Path

import pytest

from bench.burst import burst
from storage.ballots import Ballots, Cast, Tally

pytestmark = pytest.mark.anyio


async def test_every_vote_is_there_once(tmp_path: Path) -> None:
    """Also those that were delivered twice at the same moment."""
    found = await burst(tmp_path / "samsyn.db", 60, 0.2, 7)

    assert (found.lost, found.doubled, len(found.waits)) == (0, 0, 60)
    assert 0 < found.wait_ms(0.5) <= found.wait_ms(0.99)


async def test_a_box_that_forgets_or_counts_twice_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A vote that was thanked for and is not there; a vote that is there twice."""
    whole = Ballots.cast

    def forgetful(self: Ballots, token: str, member: int, choices: tuple[int, ...]) -> Cast:
        return "counted" if member == 1 else whole(self, token, member, choices)

    monkeypatch.setattr(Ballots, "cast", forgetful)

    found = await burst(tmp_path / "samsyn.db", 20, 0.1, 7)

    assert (found.lost, found.doubled) == (1, 0)

    def generous(self: Ballots, token: str, members: list[int]) -> Tally | None:
        tally = close(self, token, members)
        assert tally
        more = tuple((each[0] + 2, *each[1:]) for each in tally.counts)
        return Tally(more, tally.answered, tally.voters)

    close = Ballots.close
    monkeypatch.setattr(Ballots, "cast", whole)
    monkeypatch.setattr(Ballots, "close", generous)

    found = await burst(tmp_path / "other.db", 20, 0.1, 7)

    assert (found.lost, found.doubled) == (0, 2)
