"""``documents-time`` and ``documents-accessible``: the minutes of a meeting as files, and who is disturbed by it.

The meeting has 12 people of 9 organisations, 8 points, 6 decisions and 9 actions. Each file is another one, so that
nothing that was kept is measured. Meanwhile decisions are recorded as they please in the same process; quiet and busy
rounds follow each other, so that a machine that changes its mood changes it for both.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, looking, machine, scene
from bench.rows import Row
from bot.adapter import Outgoing
from bot.app import App
from bot.clock import SystemClock
from bot.documents.layout import laid_out
from bot.documents.outgoing import write
from bot.documents.pdf import write_pdf
from bot.documents.sheet import Heading, Table
from bot.speech import Speech
from bot.timers import SchedulerAlarm
from handlers.kit.inbound import Account, Chat, Said
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import Document, text
from handlers.kit.ui_json import value_to_json
from prompts.texts import LANGUAGES, Catalog
from storage.minutes import (
    Addition,
    Attendee,
    Confirmation,
    Item,
    Minutes,
    Organisation,
    Ruling,
    Task,
    fingerprint,
    minutes_to_json,
)

FORMS: Final = ("word", "pdf", "html", "markdown")
TIMES: Final = 5
"""Files of each kind."""
MOST_SECONDS: Final = 2.0
PEOPLE, ORGANISATIONS, POINTS, DECISIONS, ACTIONS = 12, 9, 8, 6, 9
ROUNDS: Final = 4
SECONDS: Final = 5.0
PER_SECOND: Final = 60.0
MOST_RATIO: Final = 1.2
ZONE: Final = "Europe/Stockholm"
AT: Final = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def minutes(number: int, *, points: int = POINTS) -> Minutes:
    """Approved minutes; ``number`` makes them others than the last ones."""
    rng = Random(number)  # noqa: S311 - the same words every time
    actors = [f"Organisation {each}" for each in range(1, ORGANISATIONS + 1)]
    people = [Attendee(f"Person {each}", "") for each in range(PEOPLE)]
    present = tuple(
        Organisation(each, tuple(people[place::ORGANISATIONS])) for place, each in enumerate(actors)
    )
    items = tuple(_item(each, points, actors, rng) for each in range(1, points + 1))
    confirmed = tuple(Confirmation(each, "confirmed", "Person 1", AT + timedelta(days=2)) for each in actors)
    objection = Addition("objection", actors[0], "Person 0", "1/2026", scene.words(rng), AT)
    made = Minutes(
        "Trygghet i centrum", "Månadsmöte", f"{number}/2026", AT, AT + timedelta(hours=2), ZONE, "Stadshuset", "Person 0",
        present, items, "approved", AT + timedelta(days=7), AT + timedelta(days=7), confirmed, (objection,),
    )  # fmt: skip
    return replace(made, fingerprint=fingerprint(made))


def _item(number: int, points: int, actors: list[str], rng: Random) -> Item:
    rulings = [
        Ruling(
            each,
            f"{each}/2026",
            scene.words(rng),
            scene.words(rng),
            "consent",
            tuple(actors[:3]),
            "",
            "Person 3",
            date(2026, 9, 1),
        )
        for each in range(1, max(DECISIONS, points * DECISIONS // POINTS) + 1)
        if each % points == number % points
    ]
    tasks = [
        Task(scene.words(rng), actors[each % ORGANISATIONS], f"Person {each % PEOPLE}", date(2026, 4, 1))
        for each in range(1, max(ACTIONS, points * ACTIONS // POINTS) + 1)
        if each % points == number % points
    ]
    what = json.dumps(value_to_json(verbatim(scene.words(rng))))
    notes = tuple(scene.words(rng) for _ in range(4))
    return Item(number, what, True, notes, tuple(rulings), tuple(tasks))


def document(form: str, number: int, *, points: int = POINTS) -> Document:
    """These minutes as a card carries them."""
    told = json.dumps(minutes_to_json(minutes(number, points=points)), ensure_ascii=False)
    return Document(f"minutes-{form}", f"protokoll.{form}", told, text("minutes-no-file"))


# --- How long it takes -----------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """The slowest file of each kind, and the slowest hundredth of answers with and without files being written."""
    with machine.folder() as folder:
        took, quiet, busy = asyncio.run(_rounds(Path(folder) / "documents.db"))
    for form in FORMS:
        slowest = max(took[form])
        reference = (
            f"{len(took[form])} files, each in a process of its own; median {statistics.median(took[form]):.2f} s,"
            f" while {PER_SECOND:g} decisions a second are recorded"
        )
        yield Row(
            "documents-time", f"minutes as {form}, the slowest", round(slowest, 2), "s", f"<= {MOST_SECONDS:g}", reference,
            slowest <= MOST_SECONDS,
        )  # fmt: skip
    ratio = _p99(busy) / _p99(quiet)
    reference = (
        f"p99 {_p99(busy):.1f} ms while files are written one after the other, {_p99(quiet):.1f} ms without;"
        f" {len(busy)} and {len(quiet)} answers, median {statistics.median(busy):.1f} and {statistics.median(quiet):.1f} ms"
    )
    yield Row(
        "documents-time", "answers to others while files are written", ratio, "ratio", f"<= {MOST_RATIO:g}", reference,
        ratio <= MOST_RATIO,
    )  # fmt: skip


class _Nowhere:
    """A platform where every message arrives."""

    def __init__(self, platform: str) -> None:
        self.platform = platform

    async def start(self) -> None:
        """Nothing comes in here."""

    async def stop(self) -> None:
        """Nothing to finish."""

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:  # noqa: ARG002
        return False

    async def send(self, message: Outgoing) -> str:
        return str(id(message))


async def _rounds(where: Path) -> tuple[dict[str, list[float]], list[float], list[float]]:
    scene.furnish(where)
    clock, rng = SystemClock(), Random(chance.seed())  # noqa: S311
    places = {each: _Nowhere(each) for each in ("slack", "telegram")}
    app = App(where, clock, SchedulerAlarm(clock), lambda _intake, _speech: places)
    took: dict[str, list[float]] = {each: [] for each in FORMS}
    quiet: list[float] = []
    busy: list[float] = []
    try:
        await app.start()
        speech = Speech(Catalog.load())
        await _answers(app, rng, SECONDS)
        for _ in range(ROUNDS):
            quiet += await _answers(app, rng, SECONDS)
            writing = asyncio.create_task(_write_on(speech, took, rng))
            busy += await _answers(app, rng, SECONDS)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
    finally:
        await app.stop()
    return took, quiet, busy


async def _write_on(speech: Speech, took: dict[str, list[float]], rng: Random) -> None:
    while True:
        form = min(FORMS, key=lambda each: len(took[each]))
        asked = document(form, rng.randrange(1, 10**6))
        began = time.perf_counter()
        await write(asked, speech, "sv", ZONE)
        took[form].append(time.perf_counter() - began)


async def _answers(app: App, rng: Random, seconds: float) -> list[float]:
    """Decisions that people record as they please; how long each waited for its answer, in milliseconds."""
    began, waiting = time.perf_counter(), []
    while time.perf_counter() - began < seconds:
        waiting.append(asyncio.create_task(_answer(app, rng)))
        await asyncio.sleep(rng.expovariate(PER_SECOND))
    return list(await asyncio.gather(*waiting))


async def _answer(app: App, rng: Random) -> float:
    who = rng.randrange(scene.PEOPLE)
    chat = Chat("telegram", "", str(scene.GROUP), title="Trygghet")
    account = Account("telegram", "", str(scene.telegram_user(who)), scene.name_of(who))
    said = Said(
        key=f"{time.time():.6f}:{rng.random()}", who=account, chat=chat, message="1",
        text=f"beslut {scene.words(rng)}", command=True,
    )  # fmt: skip
    began = time.perf_counter()
    await app.engine.handle(said)
    return (time.perf_counter() - began) * 1000


def _p99(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=100)[98]


# --- Who can read it -------------------------------------------------------------------------------------------


def accessible() -> Iterator[Row]:
    """What is wrong with the PDF, short and of 300 points, and with the page; in both languages."""
    speech = Speech(Catalog.load())
    pdf, page = 0, 0
    for language in LANGUAGES:
        for points in (POINTS, 300):
            data = document("pdf", 1, points=points).data
            sheet = laid_out("minutes", data, speech, language, ZONE)
            # Typst's own check of the standard ends in an exception where it fails.
            pdf += len(
                looking.faults_of_pdf(
                    write_pdf(sheet),
                    title=sheet.title,
                    language=language,
                    headings=sum(isinstance(each, Heading) for each in sheet.blocks),
                    tables=sum(isinstance(each, Table) for each in sheet.blocks),
                )
            )
        html = asyncio.run(write(document("html", 1), speech, language, ZONE))
        page += len(looking.violations(html))
    told = "minutes of 8 and of 300 points, Swedish and English; made as PDF/UA-1 by Typst, tags looked at by pikepdf"
    yield Row("documents-accessible", "faults in the tagged PDF", pdf, "faults", "0", told, pdf == 0)
    told = "the shorter ones as a page in Chromium, all rules of axe-core"
    yield Row("documents-accessible", "violations on the page", page, "faults", "0", told, page == 0)
