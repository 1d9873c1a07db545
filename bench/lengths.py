"""``digest-length``: how long a typical digest is, and how long the longest that a forum could bring about.

What a digest asks of the store is counted here as well, for ``digest-10k``.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from typing_extensions import override

from bench import machine, weeks
from bench.rows import Row
from bot.adapter import Outgoing
from bot.slack.blocks import MESSAGE_BLOCKS, MESSAGE_SIZE, Pen, size_of
from bot.speech import Speech
from bot.telegram.render import render
from handlers import action_rules, agenda_rules, decision_rules, planned_rules, round_rules, win_rules
from handlers.digest_cards import digest_card
from handlers.digest_reading import read
from handlers.digest_rules import WEEK
from handlers.digests import post
from handlers.kit.effects import Post
from handlers.kit.forum import forum_of
from handlers.kit.inbound import Due, Request
from handlers.kit.organisation import LONGEST_NAME
from handlers.kit.ui import Action, Card
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
WORDS: Final = "Kalla alla berörda till ett möte " * 70
LIMITS: Final = (
    ("action", "what", action_rules.LONGEST),
    ("decision_version", "what", decision_rules.LONGEST),
    ("win", "what", win_rules.LONGEST),
    ("decision_round", "question", round_rules.LONGEST),
    ("agenda_point", "what", agenda_rules.LONGEST),
    ("meeting", "venue", planned_rules.LONGEST),
    ("actor", "name", LONGEST_NAME),
)
"""How long what people write may be."""


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


def due(store: Store, forum: int, ballots: Ballots) -> Request:
    """The forum's digest is due."""
    known = forums.get(store, forum)
    assert known is not None  # noqa: S101 - it was made a moment ago
    rung = Due(key="1", name="digest", data="", due_at=weeks.MONDAY, grace=timedelta(days=1), late="ring")
    return Request(rung, store, weeks.MONDAY, "sv", known, ballots=ballots)


def told(store: Store, forum: int, ballots: Ballots) -> Card:
    """The forum's digest of the week, with the picture of the month."""
    req = due(store, forum, ballots)
    one = read(req, weeks.MONDAY - WEEK, weeks.MONDAY, picture=True)
    more = Action("digests.more", (10**12, 10**12, 0)) if one.is_cut else None
    return digest_card(one, forum_of(req), late=True, more=more)


def lengths(card: Card, language: str) -> tuple[int, int, int]:
    """Of the whole card: characters in Telegram, characters of its blocks in Slack, and how many these are."""
    speech = Speech(Catalog.load())
    message = Outgoing("post", Address("telegram", "", "-1", ""), card, language, "Europe/Stockholm", forum=1)
    units = render(message, speech, "samsyn", most=10**6).units
    blocks = Pen(speech, language, "Europe/Stockholm", 1).card(card, most=10**6, size=10**6).blocks
    return units, size_of(blocks), len(blocks)


def measure() -> Iterator[Row]:
    """A typical digest, and that of a forum with more of everything than it has room for, in the longest words."""
    with machine.folder() as folder, closing(opened(Path(folder) / "lengths.db")) as database:
        database.migrate()
        store, ballots = database.store, Ballots(Path(folder) / "ballots.db", b"")
        weeks.furnish(store, 2)
        weeks.fill(store, 2)
        _crowd(store, 2)
        _stretch(store, 2)
        typical, worst = told(store, 1, ballots), told(store, 2, ballots)
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
    units, size, count = map(max, zip(*(lengths(worst, each) for each in LANGUAGES), strict=True))
    against = (
        f"{ACTIONS} open actions and more of all else than it has room for, all as long as the forms take it;"
        f" in Slack {size} characters of {MESSAGE_SIZE} in {count} blocks of {MESSAGE_BLOCKS}"
    )
    fits = units <= TELEGRAM and size <= MESSAGE_SIZE and count <= MESSAGE_BLOCKS
    yield Row("digest-length", "characters of the longest digest", units, "", f"<= {TELEGRAM}", against, fits)


def questions() -> Row:
    """What one digest asks of the store, in a forum with more of everything than it has room for."""
    with machine.folder() as folder, closing(opened(Path(folder) / "questions.db")) as database:
        database.migrate()
        weeks.furnish(database.store, 1)
        weeks.fill(database.store, 1)
        req = due(database.store, 1, Ballots(Path(folder) / "ballots.db", b""))
        store = Counting(database.store)
        posts = sum(isinstance(each, Post) for each in post(replace(req, store=store), 0))
    against = (
        f"{posts} card for the forum; all that its handler reads and notes, with wins, rounds, minutes, a pulse,"
        " decisions to look back on, a meeting and the picture"
    )
    right = posts == 1 and store.asked <= MOST_QUERIES
    return Row(
        "digest-10k", "questions that a digest asks", store.asked, "", f"<= {MOST_QUERIES}", against, right
    )


def _crowd(store: Store, forum: int) -> None:
    """Three thousand actions whose day has passed or comes, in thirty organisations more."""
    first = date(2026, 2, 1)
    weeks.into(store, "actor", [
        {"forum": forum, "id": each, "name": f"Förbund {each}", "folded": f"x{each}"}
        for each in range(10, 40)
    ])  # fmt: skip
    weeks.into(store, "action", [
        {"forum": forum, "id": 10**7 + each, "what": "Kalla alla berörda till ett möte", "actor": 10 + each % 30,
         "due_on": (first + timedelta(days=each % 60)).isoformat(), "state": "open", "by_member": 1, "at": 0}
        for each in range(1, ACTIONS + 1)
    ])  # fmt: skip


def _stretch(store: Store, forum: int) -> None:
    """Every word that somebody wrote becomes as long as it may be."""
    store.run("update forum set name = :words where id = :forum", words=WORDS[:LONGEST_NAME], forum=forum)
    for table, column, most in LIMITS:
        words = f'"{WORDS[:most]}"' if table == "agenda_point" else WORDS[:most]
        store.run(f"update {table} set {column} = :words where forum = :forum", words=words, forum=forum)
