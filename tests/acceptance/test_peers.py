"""Other bots beside ours: everybody runs the same orders, and what they say they stored is counted."""

import sys
from pathlib import Path

import pytest

from bench.peers import environments, rates

PEER = """
import sys
sys.path.insert(0, {beside!r})
from orders import obey

kept = []

def run(count):
    kept.extend(range(count - {forgets}))
    return 0.5

obey("stand-in 1.0", run, lambda: len(kept))
"""


def _stand_in(folder: Path, forgets: int = 0) -> list[str]:
    script = folder / f"peer{forgets}.py"
    script.write_text(PEER.format(beside=str(environments.HERE), forgets=forgets))
    return [sys.executable, str(script)]


def test_our_rate_is_told_beside_that_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our commands run on both platforms and store every one; a peer that cannot be had is told of with the reason."""
    known = rates.commands

    def found(mock: int, missing: dict[str, str]) -> dict[str, list[str]]:
        monkeypatch.setattr(rates, "python_of", _not_installed)
        ours = known(mock, missing)
        del missing["errbot"]
        return ours | {each: _stand_in(tmp_path) for each in ("errbot", "errbot-sync")}

    monkeypatch.setattr(rates, "commands", found)
    race = rates.raced(2, share=0.04)
    beside_errbot, beside_opsdroid = list(rates.rows(race))[:4], list(rates.rows(race))[4:]

    assert all(each.value > 0 for each in beside_errbot)
    assert all("stand-in 1.0" in each.reference for each in beside_errbot)
    assert [each.ok for each in beside_opsdroid] == [False] * 4
    assert "no such package" in beside_opsdroid[0].reference


def _not_installed(_peer: str) -> Path:
    raise environments.NotInstalled("no such package")


def test_a_store_that_forgets_is_found_out(tmp_path: Path) -> None:
    """A bot that says it is done but does not hold every command breaks the figure."""
    with rates.contestant(_stand_in(tmp_path, forgets=1), tmp_path / "run") as peer:
        assert peer.rate(10) == 20
        with pytest.raises(rates.Lost, match="10 commands, 9 stored"):
            peer.check()


def test_the_peers_are_locked_by_hash_and_named_without_an_address() -> None:
    """Each list pins the version that the figure speaks of, with hashes, and says nothing of where to get it."""
    for peer, version in (("errbot", "6.2"), ("opsdroid", "0.31")):
        told = (environments.HERE / f"requirements-{peer}.txt").read_text()
        assert f"\n{peer}=={version}" in told
        assert "--hash=sha256:" in told
        assert "://" not in told
