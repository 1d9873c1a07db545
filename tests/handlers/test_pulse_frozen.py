"""A result is what a round's own answers said at its hour: never more than the rules allow, never pooled, never again."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.certainty import Round as Cast
from bench.certainty import expected
from bot.carry import card_json
from handlers import pulse as feature
from handlers.kit.answers import Answers
from handlers.kit.effects import Post, Refusal, Whisper
from handlers.kit.inbound import Click, Due, Request
from handlers.pulse_opening import opened
from handlers.pulse_plan import dates
from storage import forums, people, pulse
from storage.ballots import Ballots
from storage.db import Store
from tests.stage.samples import NOW, SECRET, add_forum, open_database

QUESTIONS = ("D3.1", "O1.1")
Choices = tuple[int, int]
DEEDS = (
    "late answer",
    "leaves",
    "other organisation",
    "closed again",
    "shown again",
    "comes",
    "line",
    "old box",
)
LATER = 90
"""Days after the beginning, when both rounds are long over."""


@dataclass(slots=True)
class Play:
    """A forum, its box, and the clock of whoever asks."""

    base: Request
    file: Path
    keys: Iterator[int]

    def req(self, who: int | None = None, days: float = 0, *, due: bool = False) -> Request:
        """A request of a member, or of a timer that rings."""
        now = self.base.now + timedelta(days=days)
        key = str(next(self.keys))
        rings = Due(key=key, name="x", data="", due_at=now, grace=timedelta(1), late="ring")
        member = None if who is None else forums.member(self.base.store, self.forum, who)
        return replace(self.base, now=now, inbound=rings if due else Click(key=key, data=""), member=member)

    @property
    def forum(self) -> int:
        assert self.base.forum is not None
        return self.base.forum.id

    def answers(self, who: int, choices: Choices, number: int, days: float) -> None:
        """A member sends in the form."""
        values = {f"q{place}": str(each) for place, each in enumerate(choices)}
        list(feature.answer.taken[0](self.req(who, days), Answers(values), number))

    def holds(self, number: int) -> tuple[Any, ...]:
        """Everything there is of a round that is over: its rows, and the card as anybody gets it, byte for byte."""
        store = self.base.store
        rows = store.all(
            "select state, token, answered, answered_organisations, invited from pulse_round where id = :id",
            id=number,
        )
        rows += store.all(
            "select question, shown from pulse_result where round = :id order by question", id=number
        )
        return (rows, _shown(list(feature.result(self.req(1, LATER), number))))


def _shown(effects: Sequence[object]) -> list[str]:
    return [card_json(each.card) for each in effects if isinstance(each, Whisper | Post)]


@pytest.fixture(name="store", scope="module")
def _store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    database = open_database(tmp_path_factory.mktemp("frozen") / "frozen.db")
    yield database.store
    database.close()


_CHOICES = st.tuples(st.integers(0, 5), st.integers(0, 5))
_MEMBERS = st.lists(
    st.tuples(st.integers(0, 3), st.none() | _CHOICES, st.none() | _CHOICES), min_size=7, max_size=20
)
_TWELVE = [(at % 4, (4, 4), (5, 1)) for at in range(12)]
_FOUR_THEN_ALL = [(at % 4, (4, 4) if at < 4 else None, (4, 5)) for at in range(12)]


@given(
    members=_MEMBERS,
    deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 7), _CHOICES), max_size=12),
)
@example(members=_TWELVE, deeds=[(each, 3, (1, 1)) for each in DEEDS])
@example(members=_FOUR_THEN_ALL, deeds=[(each, 7, (1, 1)) for each in DEEDS])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_shown_stays_as_it_was(
    store: Store,
    members: list[tuple[int, Choices | None, Choices | None]],
    deeds: list[tuple[str, int, Choices]],
) -> None:
    """Two rounds of the same questions, and whatever may happen after either: each shows its own answers and no others."""
    store.run("begin")
    with TemporaryDirectory() as folder:
        play = _play(store, Path(folder) / "box", [each[0] for each in members])
        try:
            kept: dict[int, tuple[Any, ...]] = {}
            for number, days in ((1, 0), (2, 40)):
                votes = {
                    at: vote
                    for at, each in enumerate(members, 1)
                    if (vote := each[1] if number == 1 else each[2])
                }
                before = _held(play, number, days, votes)
                kept[number] = play.holds(number)
                for deed, who, choices in deeds:
                    _does(play, deed, who, choices, number, before)
                    assert {each: play.holds(each) for each in kept} == kept
        finally:
            play.base.ballots.close_file()
            store.run("rollback")


def _play(store: Store, file: Path, organisations: list[int]) -> Play:
    forum = add_forum(store)
    actors = [forums.add_actor(store, forum.id, name=each, sector="", level="") for each in "ABCD"]
    for at, each in enumerate(organisations):
        person = people.meet(store, "slack", "T1", f"U{at}", name=f"P{at}", now=NOW)
        forums.join(store, forum.id, person.id, actor_id=actors[each], role="member", now=NOW)
    due = Due(key="0", name="x", data="", due_at=NOW, grace=timedelta(1), late="ring")
    base = Request(due, store, NOW, "sv", forum, secret=SECRET, ballots=Ballots(file, SECRET))
    return Play(base, file, count(1))


def _held(play: Play, number: int, days: float, votes: dict[int, Choices]) -> bytes:
    """Opened, answered, closed and shown; what is kept is what the model says of these answers alone."""
    req, store, ballots = play.req(days=days, due=True), play.base.store, play.base.ballots
    list(opened(req, number, QUESTIONS, dates(req.now, req.zone, "monthly"), by=None))
    one = pulse.get(store, play.forum, number)
    assert one is not None
    came = {who: choices for who, choices in votes.items() if ballots.seat(one.token, who)}
    for who, choices in came.items():
        play.answers(who, choices, number, days + 1)
    before = play.file.read_bytes()
    homes = {each.id: each.actor or 0 for each in forums.ever_members(store, play.forum)}
    assert _shown(list(feature.close(play.req(days=days + 9, due=True), number))) == []
    assert len(_shown(list(feature.publish(play.req(days=days + 12, due=True), number)))) == 1
    assert ballots.rounds() == []
    asked = [Counter(each[at] for each in came.values()) for at in range(len(QUESTIONS))]
    counts = tuple(tuple(each[choice] for choice in range(6)) for each in asked)
    whole = Cast(tuple(homes[each] for each in came), counts)
    kept = {key: json.loads(each) for key, each in pulse.results_of(store, play.forum, number).items()}
    assert kept == {key: expected(whole, each) for key, each in zip(QUESTIONS, counts, strict=True)}
    return before


def _does(play: Play, deed: str, who: int, choices: Choices, number: int, before: bytes) -> None:
    """Something that might be thought to change a result."""
    store, ballots = play.base.store, play.base.ballots
    match deed:
        case "late answer":
            with pytest.raises(Refusal):
                play.answers(who, choices, number, LATER)
        case "leaves":
            forums.leave(store, play.forum, who)
        case "other organisation":
            forums.set_actor(store, play.forum, who, 1 + choices[0] % 4)
        case "comes":
            person = people.meet(store, "slack", "T1", f"N{next(play.keys)}", name="Ny", now=NOW)
            forums.join(store, play.forum, person.id, actor_id=1, role="member", now=NOW)
        case "line":
            pulse.set_led_to(store, play.forum, number, "Vi bytte rum.")
        case "closed again":
            assert list(feature.close(play.req(days=LATER, due=True), number)) == []
        case "shown again":
            assert list(feature.publish(play.req(days=LATER, due=True), number)) == []
        case _:
            play.file.write_bytes(before)
            with pytest.raises(Refusal):
                play.answers(who, choices, number, LATER)
            assert list(feature.close(play.req(days=LATER, due=True), number)) == []
            ballots.keep_only(lambda: pulse.open_tokens(store))
            assert ballots.rounds() == []
