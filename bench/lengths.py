"""``digest-length``: how long a digest is, how many questions it asks the store, and what a thousand actions do to it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from typing_extensions import override

from bench import machine, weeks
from bench.rows import Row
from bot.adapter import Outgoing
from bot.slack.blocks import MESSAGE_BLOCKS, MESSAGE_SIZE, Pen
from bot.speech import Speech
from bot.telegram.render import render
from handlers.digest_cards import digest_card
from handlers.digest_reading import read
from handlers.digest_rules import WEEK
from handlers.kit.inbound import Due, Request
from handlers.kit.ui import Action, Card, text
from prompts.texts import LANGUAGES, Catalog
from storage import forums
from storage.ballots import Ballots
from storage.db import Param, Store
from storage.db import Row as Found
from storage.opened import opened
from storage.outbox import Address

MOST: Final = 1500
MOST_QUERIES: Final = 12
TELEGRAM: Final = 4096
ACTIONS: Final = 3000


class Counting(Store):
    """The same store; every question is counted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.engine = store.engine  # type: ignore[misc]  # whichever it is
        self.asked = 0

    @override
    def all(self, sql: str, **params: Param) -> list[Found]:
        self.asked += 1
        return self._store.all(sql, **params)

    @override
    def one(self, sql: str, **params: Param) -> Found | None:
        self.asked += 1
        return self._store.one(sql, **params)

    @override
    def run(self, sql: str, **params: Param) -> int:
        self.asked += 1
        return self._store.run(sql, **params)

    @override
    def do(self, sql: str, **params: Param) -> None:
        self.asked += 1
        self._store.do(sql, **params)

    @override
    def run_many(self, sql: str, rows: "list[dict[str, Param]]") -> None:  # type: ignore[override]
        self.asked += 1
        self._store.run_many(sql, rows)

    @override
    def columns(self, table: str) -> list[str]:
        return self._store.columns(table)

    @override
    def hold(self, forum: int) -> None:
        self._store.hold(forum)


def told(store: Store, forum: int, ballots: Ballots) -> Card:
    """The forum's digest of the week, with the picture of the month."""
    known = forums.get(store, forum)
    assert known is not None  # noqa: S101 - it was made a moment ago
    due = Due(key="1", name="digest", data="", due_at=weeks.MONDAY, grace=timedelta(days=1), late="ring")
    req = Request(due, store, weeks.MONDAY, "sv", known, ballots=ballots)
    one = read(req, weeks.MONDAY - WEEK, weeks.MONDAY, picture=True)
    return digest_card(one, known, late=True, more=Action("digests.more", (10**12, 10**12, 0)))


def lengths(card: Card, language: str) -> tuple[int, int, bool]:
    """Characters in Telegram, bytes of blocks in Slack, and whether either had to leave something out."""
    speech = Speech(Catalog.load())
    message = Outgoing("post", Address("telegram", "", "-1", ""), card, language, "Europe/Stockholm", forum=1)
    whole = render(message, speech, "samsyn", most=10**6).units
    pen = Pen(speech, language, "Europe/Stockholm", 1)
    blocks = pen.card(card).blocks
    cut = speech.say(text("card-too-long"), language).plain in str(blocks)
    return whole, len(str(blocks)), cut or len(blocks) > MESSAGE_BLOCKS


def measure() -> Iterator[Row]:
    """A typical digest, and that of a forum with three thousand open actions."""
    with machine.folder() as folder, closing(opened(Path(folder) / "lengths.db")) as database:
        database.migrate()
        store = Counting(database.store)
        weeks.furnish(store, 2)
        _crowd(store, 2)
        ballots = Ballots(Path(folder) / "ballots.db", b"")
        store.asked = 0
        typical = told(store, 1, ballots)
        asked = store.asked
        worst = told(store, 2, ballots)
    long = max(lengths(typical, each)[0] for each in LANGUAGES)
    yield Row(
        "digest-length",
        "characters of a typical digest",
        long,
        "",
        f"<= {MOST}",
        "with the picture's words",
        long <= MOST,
    )
    found = [lengths(worst, each) for each in LANGUAGES]
    longest, cut = max(each[0] for each in found), any(each[2] for each in found)
    against = f"{ACTIONS} open actions of 500 characters; Slack's blocks are {max(each[1] for each in found)} of {MESSAGE_SIZE}"
    fits = longest <= TELEGRAM and not cut
    yield Row(
        "digest-length", "characters of the longest digest", longest, "", f"<= {TELEGRAM}", against, fits
    )
    yield Row("digest-length", "questions that a digest asks", asked, "", f"<= {MOST_QUERIES}", "with its picture",
              asked <= MOST_QUERIES)  # fmt: skip


def _crowd(store: Store, forum: int) -> None:
    """Three thousand actions whose day has passed or comes, in organisations with long names."""
    first = date(2026, 2, 1)
    weeks.into(store, "actor", [
        {"forum": forum, "id": each, "name": f"{each} {'Samverkansförbundet ' * 4}"[:80], "folded": f"x{each}"}
        for each in range(10, 40)
    ])  # fmt: skip
    weeks.into(store, "action", [
        {"forum": forum, "id": 10**7 + each, "what": "Kalla alla berörda till ett möte " * 15, "actor": 10 + each % 30,
         "due_on": (first + timedelta(days=each % 60)).isoformat(), "state": "open", "by_member": 1, "at": 0}
        for each in range(1, ACTIONS + 1)
    ])  # fmt: skip
