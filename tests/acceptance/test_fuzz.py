"""Updates as nobody ever sent them: nothing is left unhandled, nothing hangs, and the same seed tells the same again."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bench import chance, fuzz
from bench.fuzzing.course import Course, Episode
from bench.fuzzing.dice import Dice
from bench.fuzzing.forging import Forging
from bench.fuzzing.mutate import Mutator, garbled
from bench.fuzzing.words import Words
from bot.engine import Engine

UPDATES = 400
ODD = {
    "event": {"type": "message", "text": "hemligt ord", "ts": "1.2"},
    "event_id": "Ev1",
    "n": [1, True, None],
}


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path) -> Iterator[None]:
    with patch.object(fuzz, "KEPT", tmp_path / "kept"):
        yield


@pytest.mark.parametrize("platform", fuzz.PLATFORMS)
def test_whatever_is_told_is_handled(platform: str) -> None:
    """People with nasty words and changed updates, through the whole bot and onto both platforms."""
    seed = chance.seed()
    course = fuzz.fuzzed(platform, seed, UPDATES)

    told = f"python -m bench.fuzz --platform {platform} --seed {seed} --updates {UPDATES} tells it again"
    assert [each.what for each in course.unhandled] == [], told
    # Only what never ended: how long the rest took depends on what else the machine does, and is the figure's to say.
    assert [each.what for each in course.hung if each.what.startswith("hung")] == [], told
    assert course.updates >= UPDATES
    assert course.changed > UPDATES / 20, told
    assert course.statuses[200] > UPDATES / 2, told
    assert course.rows["decision"] >= 4, told


@pytest.mark.parametrize("platform", fuzz.PLATFORMS)
def test_the_same_seed_tells_the_same(platform: str) -> None:
    """To the byte, and up to the one that is asked for."""
    once, again = (fuzz.fuzzed(platform, 7, 60) for _ in range(2))
    assert once.digests == again.digests
    assert fuzz.fuzzed(platform, 8, 60).digests != once.digests
    only = fuzz.fuzzed(platform, 7, 60, only=30)
    assert only.last is not None
    assert only.last.number >= 30


def test_another_bot_in_the_process_keeps_its_own_platforms(tmp_path: Path) -> None:
    """A playground that lives in another thread is not led to the platforms of the one that is fuzzed."""

    async def asks() -> str:
        async with Bot("4200:elsewhere", base_url="http://127.0.0.1:9/bot") as bot:
            return bot.name

    async def beside() -> None:
        stage = Episode(Course("slack", 1), 0, tmp_path / "fuzzed.db").stage
        await stage.open()
        try:
            with pytest.raises(NetworkError):
                await asyncio.to_thread(asyncio.run, asks())
        finally:
            await stage.close()

    asyncio.run(beside())


def test_a_fault_is_found_and_kept_without_words(tmp_path: Path) -> None:
    """An engine that breaks shows; what is written down of it tells the seed and the shape, and how to see it again."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with patch.object(Engine, "_said", broken):
        course = fuzz.fuzzed("slack", 3, 60)

    faults = [each for each in course.unhandled if "ZeroDivisionError" in each.what]
    assert faults
    kept = [json.loads(each.read_text()) for each in (tmp_path / "kept").glob("slack-3-*.json")]
    assert any("ZeroDivisionError" in each["what"] and "--seed 3 --only" in each["again"] for each in kept)


def test_what_is_kept_has_no_words() -> None:
    """Of a text its length is left, of a number its size."""
    assert fuzz.shape(ODD) == {
        "event": {"type": "text of 7", "text": "text of 11", "ts": "text of 3"},
        "event_id": "text of 3",
        "n": ["number of 1", True, None],
    }


def test_changes_leave_the_payload_alone_and_reach_everywhere() -> None:
    """A changed payload is another one; over time every field is changed, and every kind of wrong thing comes."""
    dice = Dice(11)
    words = Words(dice, ("beslut",), 0.5)
    mutator = Mutator(dice, words, Forging(dice, words))
    before = json.dumps(ODD)
    changed = [mutator.changed(ODD) for _ in range(2000)]
    spliced = [mutator.spliced(ODD) for _ in range(50)]

    assert json.dumps(ODD) == before
    assert all(json.dumps(each) for each in (*changed, *spliced))
    texts = {
        json.dumps(each.get("event", {}).get("text"))
        for each in changed
        if isinstance(each.get("event"), dict)
    }
    assert len(texts) > 100
    assert {"null", "7", "[]"} <= texts


def test_bodies_are_garbled_in_every_way() -> None:
    """Some of it is still JSON, much of it is not even text."""
    dice, body = Dice(5), json.dumps(ODD).encode()
    found = {garbled(dice, body) for _ in range(500)}
    assert len(found) > 100
    assert any(each.startswith(b"[" * 33) for each in found)
    assert any(b"NaN" in each for each in found)
    assert any(len(each) > 1_000_000 for each in found)
