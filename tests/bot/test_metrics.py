"""Metrics: what passed is counted by words of our own, and whoever reads the page learns of nobody."""

import asyncio
import re
import sys
import time
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapter import (
    Adapter,
    Broken,
    Gone,
    Intake,
    Memory,
    MessageGone,
    Moved,
    NotNow,
    Outcome,
    Outgoing,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.counting import (
    CountedAdapter,
    CountedIntake,
    CountedTransactions,
    Counts,
    counted,
)
from bot.metrics import Metrics
from bot.speech import Speech
from bot.writer import Writer
from handlers.kit.inbound import AnyInbound, Click, Due, Happened, Said, Shortcut, Source, Submit
from handlers.kit.ui import Card, text
from prompts.texts import Catalog
from storage import gauges, intake, outbox, timers
from storage.db import Store, StoreUnavailable
from storage.gauges import Gauges
from storage.outbox import Address
from storage.sqlite import SqliteDatabase
from tests.stage.recording import HandClock, RecordingAdapter
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio
NONE = Gauges(0, 0, 0, 0, None, 0, 0, None, None)
SAID = Said(key="1:said", text="beslut Hemligt")
OUT = Outgoing("post", Address("toy", "", "1"), Card(text("apology")), "sv", "Europe/Stockholm")


class Engine:
    """Answers as told."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.takes = 0.0
        self.answer: Outcome | Exception = Outcome()

    async def handle(self, inbound: AnyInbound) -> Outcome:  # noqa: ARG002
        self.clock.forward(self.takes)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Set aside."""


def page(counts: Counts, found: Gauges | None = NONE, **parts: bool) -> dict[str, float]:
    """The page, by name and labels."""
    shown = Metrics(counts, HandClock(), "1.2.3").page(found, parts).decode()
    return {
        sample.name
        + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(shown)
        for sample in family.samples
    }


# --- In ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came_of", "word"),
    [
        (Outcome(), "done"),
        (Outcome(again=True), "seen_before"),
        (Outcome(refused=text("refused-stale")), "refused"),
        (Outcome(refused=text("apology")), "fault"),
        (Outcome(errors={"day": text("field-required")}), "incomplete"),
        (StoreUnavailable(), "unavailable"),
    ],
)
async def test_what_comes_in_is_counted_by_what_came_of_it(came_of: Outcome | Exception, word: str) -> None:
    """Six words for it."""
    counts, engine = Counts(), Engine()
    engine.answer = came_of
    taken = CountedIntake(engine, counts, engine.clock.steady)
    await asyncio.gather(taken.handle(SAID), return_exceptions=True)
    assert page(counts)[f"samsyn_inbounds_total kind=said outcome={word}"] == 1


async def test_every_kind_has_its_word() -> None:
    """And a payload that could not be read is one of them."""
    counts, engine = Counts(), Engine()
    taken = CountedIntake(engine, counts, engine.clock.steady)
    for each in (
        SAID,
        Click(key="1:x", data="x"),
        Shortcut(key="1:x", name="x", source=Source("x")),
        Submit(key="1:x", data="x", answers={}),
        Happened(key="1:x", what="bot-added"),
        Due(key="1:x", name="x", data="x", due_at=NOW, grace=timedelta(), late="ring"),
    ):
        await taken.handle(each)
    await taken.bury("slack", "why", "{}")
    kinds = {name.split("kind=")[1] for name in page(counts) if name.startswith("samsyn_inbounds")}
    assert kinds == {
        f"{each} outcome=done" for each in ("said", "click", "shortcut", "submit", "happened", "timer")
    } | {"unreadable outcome=set_aside"}


async def test_an_intake_keeps_its_memory() -> None:
    """What adapters ask it to remember passes through; where it has none, nothing is remembered."""

    class Remembering(Engine):
        def __init__(self) -> None:
            super().__init__()
            self.kept: dict[str, str] = {}

        async def recall(self, name: str) -> str:
            return self.kept.get(name, "")

        async def remember(self, name: str, value: str) -> None:
            self.kept[name] = value

    found = []
    for engine in (Remembering(), Engine()):
        taken = CountedIntake(engine, Counts(), engine.clock.steady)
        assert isinstance(taken, Memory)
        await taken.remember("held", "slack")
        found.append(await taken.recall("held"))
    assert found == ["slack", ""]


async def test_how_long_people_wait_is_told_in_steps() -> None:
    """Each step counts all that were faster; timers wait for nobody, and what was not kept was not acknowledged."""
    counts, engine = Counts(), Engine()
    taken, own = (CountedIntake(engine, counts, engine.clock.steady, awaited=each) for each in (True, False))
    for engine.takes in (0.001, 0.2, 4.0, 60.0):
        await taken.handle(SAID)
        await own.handle(SAID)
    engine.answer = StoreUnavailable()
    await asyncio.gather(taken.handle(SAID), return_exceptions=True)

    found = page(counts)
    name = "samsyn_acknowledgement_seconds"
    assert [found[f"{name}_bucket le={each}"] for each in ("0.005", "0.25", "3.0", "5.0", "+Inf")] == [
        1,
        2,
        2,
        3,
        4,
    ]
    assert (found[f"{name}_count"], round(found[f"{name}_sum"], 3)) == (4, 64.201)


# --- Out ---------------------------------------------------------------------------------------------------------


class Nameless(SendTrouble):
    """A trouble that this version has no word for."""


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (None, "sent"), (NotNow(5), "asked_to_wait"), (Uncertain(), "unclear"), (Broken(), "broken"),
        (Revoked(), "token_refused"), (Unreachable(), "unreachable"), (Gone(), "chat_gone"),
        (MessageGone(), "message_gone"), (Refused(), "refused"), (Moved("2"), "moved"), (Nameless(), "other"),
    ],
)  # fmt: skip
async def test_what_goes_out_is_counted_by_what_came_of_it(trouble: SendTrouble | None, word: str) -> None:
    """What will be tried again can be told from what never will."""
    counts, toy = Counts(), RecordingAdapter("toy")
    toy.plan("1", *([trouble] if trouble else []))
    await asyncio.gather(CountedAdapter(toy, counts).send(OUT), return_exceptions=True)
    assert page(counts)[f"samsyn_sends_total platform=toy result={word}"] == 1


async def test_everything_else_of_an_adapter_passes_through() -> None:
    """Whoever counts changes nothing."""
    toy = RecordingAdapter("toy")
    toy.administrators.add("U")

    def make(_intake: Intake, _speech: Speech) -> dict[str, Adapter]:
        return {"toy": toy}

    made = counted(make, Counts(), HandClock().steady)(Engine(), Speech(Catalog.load()))["toy"]
    await made.start()
    assert (made.platform, toy.started, await made.is_administrator("", "1", "U")) == ("toy", True, True)
    await made.stop()
    assert not toy.started


# --- The database ------------------------------------------------------------------------------------------------


async def test_commits_are_counted_with_how_much_they_held(database: SqliteDatabase) -> None:
    """Three who come at once share one; what cannot be kept is counted apart."""
    counts = Counts()
    writer = Writer(CountedTransactions(database.transactions, counts, time.monotonic))
    await asyncio.gather(*(writer.run(lambda _: None) for _ in range(3)))

    def wrong(store: Store) -> None:
        store.run("select nonsense")

    await asyncio.gather(writer.run(wrong), return_exceptions=True)
    database.writer.execute("pragma query_only = on")
    with pytest.raises(StoreUnavailable):
        await writer.run(lambda store: intake.set_fact(store, "word", "x"))
    database.writer.execute("pragma query_only = off")
    await writer.close()

    found = page(counts)
    assert (found["samsyn_batch_pieces_sum"], found["samsyn_batch_pieces_count"]) == (4, 2)
    assert (found["samsyn_batch_pieces_bucket le=2.0"], found["samsyn_commit_seconds_count"]) == (1, 2)
    assert found["samsyn_batches_undone_total"] == 1


def test_what_waits_is_told_from_what_went_wrong(database: SqliteDatabase) -> None:
    """By state; with the oldest that waits, but for what may leave no trace, for that has no time."""
    store = database.store
    for state in ("new", "new", "sending", "unknown", "dead", "dead", "dead", "sent", "dropped"):
        put(store, state)
    put(store, "new", care="forget")
    intake.bury(store, "slack", "why", "{}", NOW)
    for name, seconds in (("late", 120), ("just now", 30)):
        at = NOW - timedelta(seconds=seconds)
        timers.schedule(store, name, at, "x", forum=None, grace=timedelta(), late="ring")
    gauges.note(store, gauges.BACKUP, NOW - timedelta(hours=2))

    found = page(Counts(), gauges.read(store, NOW))

    states = {
        each: found[f"samsyn_outbox_messages state={each}"]
        for each in ("waiting", "sending", "unknown", "dead")
    }
    assert states == {"waiting": 3, "sending": 1, "unknown": 1, "dead": 3}
    assert found["samsyn_outbox_oldest_seconds"] == 600
    assert (found["samsyn_unreadable_payloads"], found["samsyn_timers_overdue"]) == (1, 1)
    assert found["samsyn_backup_age_seconds"] == 7200
    assert found["samsyn_restore_drill_age_seconds"] == float("inf")


def put(store: Store, state: str, *, care: str = "repeat") -> None:
    """A message of ten minutes ago, in some state."""
    at = NOW - timedelta(minutes=10)
    letter = outbox.put(
        store, "post", Address("slack", "T", "C"), "{}", now=at, language="sv", zone="UTC", care=care
    )
    outbox.mark(store, letter.id, state)


def test_without_the_database_the_rest_is_still_told() -> None:
    """Whoever watches sees that it is the database."""
    found = page(Counts(), None, database=False, slack=True)
    assert (found["samsyn_ready part=database"], found["samsyn_ready part=slack"]) == (0, 1)
    assert not any(name.startswith("samsyn_outbox") for name in found)
    assert found["samsyn_info version=1.2.3"] == 1


def test_memory_and_open_files_are_told() -> None:
    """Where the system tells them, as Linux does."""
    found = page(Counts())
    assert found["process_resident_memory_bytes"] > 0
    assert found["process_open_fds"] > 0


# --- What is not told --------------------------------------------------------------------------------------------


async def test_nobody_is_on_the_page() -> None:
    """Every label has a few values, all of them words of ours, whoever wrote whatever to whomever."""
    counts, engine = Counts(), Engine()
    taken = CountedIntake(engine, counts, engine.clock.steady)
    toy = CountedAdapter(RecordingAdapter("toy"), counts)
    for number in range(200):
        await taken.handle(Said(key=f"{number}:U{number}", text=f"hemligt {number}"))
        await taken.bury("slack", f"why {number}", f"body {number}")
        await toy.send(OUT)
    shown = Metrics(counts, HandClock(), "1.2.3").page(NONE, {"slack": True}).decode()
    labels = set(re.findall(r'\w+="([^"]*)"', shown))
    words = {each for each in labels if not re.fullmatch(r"[0-9.e+-]+|\+Inf", each)}
    assert words <= {
        "said", "done", "unreadable", "set_aside", "toy", "sent", "slack", "1.2.3",
        "waiting", "sending", "unknown", "dead",
    }  # fmt: skip
    assert len(shown.splitlines()) < 120


async def test_counting_costs_next_to_nothing() -> None:
    """Less than five millionths of a second of this thread's own time for each inbound."""

    async def seconds(taken: Intake) -> float:
        best = []
        for _ in range(20):
            began = time.thread_time()
            for _ in range(500):
                await taken.handle(SAID)
            best.append(time.thread_time() - began)
        return min(best) / 500

    traced, bare = sys.gettrace(), Engine()
    counted_one = CountedIntake(bare, Counts(), time.monotonic)
    sys.settrace(None)  # measuring what is covered would be measured too
    try:
        cost = await seconds(counted_one) - await seconds(bare)
    finally:
        sys.settrace(traced)
    assert cost < 5e-6
