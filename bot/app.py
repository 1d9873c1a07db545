"""Everything put together: database, engine, adapters, dispatcher, timers. The one place that wires."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Final, Literal, TypeAlias

import structlog

from bot.adapter import Adapter, Intake, SendTrouble
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.engine import Engine
from bot.resolve import Surroundings
from bot.speech import Speech
from bot.sweeper import Sweeper
from bot.timers import Alarm, Timers
from bot.writer import Writer
from handlers import FEATURES
from handlers.kit.feature import Book, Feature
from handlers.kit.inbound import Account, Chat
from prompts.texts import Catalog
from storage import codes, intake, nudges, outbox, pulse, restored, secret_talks, turns, whereabouts
from storage.ballots import Ballots, ballots_at
from storage.db import Database, Store, StoreUnavailable
from storage.opened import opened

log = structlog.get_logger()

KEEP_KEYS = timedelta(days=14)
"""Longer than any platform redelivers."""
KEEP_UNKNOWN: Final = timedelta(days=90)
"""So long messages of unknown outcome are kept: a coordinator may hear of them after a leave of weeks."""
DAY: Final = timedelta(days=1)
ASK_SECONDS = 1.5
"""How long a platform may take to say who runs a chat: the whole answer must be there within three seconds."""

Role: TypeAlias = Literal["all", "web", "worker"]
MakeAdapters = Callable[[Intake, Speech], Mapping[str, Adapter]]


def installation_secret(store: Store) -> bytes:
    """The secret of this installation, made at the first start and kept with the data; of several first ones by one."""
    known = intake.fact(store, "secret") or intake.fact_once(store, "secret", token_hex(32))
    return bytes.fromhex(known)


class App:
    """A running bot. ``make_adapters`` gets the intake and the speech, and gives the adapters by platform.

    ``where`` is a SQLite file, or the address of a PostgreSQL database that any number of processes share: by its
    ``role`` each takes in (``web``), sends and rings (``worker``), or both. ``pacing`` is the clock that messages keep
    their distance by, where it is not the ordinary one. Raises ``StoreUnavailable``, ``InUse``, and ``ValueError`` for
    a part of a bot on a SQLite file.
    """

    def __init__(
        self,
        where: Path | str,
        clock: Clock,
        alarm: Alarm,
        make_adapters: MakeAdapters,
        *,
        language: str = "sv",
        role: Role = "all",
        pacing: Clock | None = None,
        features: tuple[Feature, ...] = FEATURES,
    ) -> None:
        self.clock = clock
        self.role = role
        self.database = opened(where)
        shared = self.database.store.engine == "postgres"
        if role != "all" and not shared:
            raise ValueError("a SQLite file is for one process that does everything")
        _prepare(self.database)
        self.catalog = Catalog.load()
        self.speech = Speech(self.catalog)
        secret = installation_secret(self.database.store)
        self.ballots = ballots_at(where, self.database.store, secret)
        self.writer = Writer(self.database.transactions, self.ballots.gather())
        self.sweeper = Sweeper(self.ballots.place, clock)
        around = Surroundings.of(Book.of(features), self.catalog.word_table(), language, secret, self.ballots)
        self.timers = Timers(self.writer, clock, alarm, shared=self.writer.shared)
        self.dispatcher = Dispatcher(self.writer, pacing or clock, {}, shared=self.writer.shared)
        self.engine = Engine(
            self.writer, clock, around, deliver=self.dispatcher.take, wake=self.timers.heard,
            is_administrator=self._is_administrator,
        )  # fmt: skip
        self.adapters = make_adapters(self.engine, self.speech)
        self.dispatcher.adapters = self.adapters
        self.dispatcher.intake = self.engine
        self.timers.intake = self.engine
        self._tidying: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin: first what was left over goes out and what fell due rings, then new things come in."""
        await self._forget()
        await self.writer.run(partial(_after_restore, self.clock))
        self._tidying = asyncio.create_task(self._tidy())
        self.sweeper.start()
        for each in self.adapters.values():
            await each.start()
        if self.role != "web":
            await self.dispatcher.recover()
            self.timers.start()

    async def stop(self) -> None:
        """Finish what is being sent, stop taking in, close the database. What came last is sent after the start."""
        await self.dispatcher.stop()
        for each in self.adapters.values():
            await each.stop()
        await self.timers.stop()
        if self._tidying:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)
        await self._let_go()
        await self.writer.close()
        await self.sweeper.stop()
        self.ballots.close_file()
        self.database.close()

    async def _let_go(self) -> None:
        """What this process alone might do another one may do at once; else when the lease has run out."""
        if self.writer.shared:
            with suppress(StoreUnavailable):
                await self.writer.run(partial(turns.release_all, holder=self.engine.process))

    async def _tidy(self) -> None:
        """Once a day what is over is forgotten: a process may run for months."""
        while True:
            await self.clock.sleep(DAY.total_seconds())
            with suppress(StoreUnavailable):
                await self._forget()

    async def _forget(self) -> None:
        await self.writer.run(partial(_prune, self.clock))
        try:
            await self.writer.run(partial(_destroy_unknown, self.ballots))
        except StoreUnavailable as trouble:
            log.warning("ballot file not tidied", why=str(trouble))

    async def _is_administrator(self, chat: Chat, who: Account) -> bool | None:
        """Whether somebody runs a chat; ``None`` when the platform gives no answer in time."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                return await self.adapters[chat.platform].is_administrator(
                    chat.workspace, chat.chat, who.user
                )
        except (SendTrouble, TimeoutError):
            return None


def _prepare(database: Database) -> None:
    """Bring the schema up to date; refuse a place that the content has left, or has not all come to."""
    try:
        database.migrate()
        whereabouts.check(database.store)
    except BaseException:
        database.close()
        raise


def _prune(clock: Clock, store: Store) -> None:
    before = clock.now() - KEEP_KEYS
    intake.forget_keys(store, before)
    intake.forget_buried(store, before)
    intake.forget_drafts(store, clock.now())
    outbox.prune(store, before, unknown_before=clock.now() - KEEP_UNKNOWN)
    codes.forget(store, before)
    secret_talks.forget(store, clock.now() - DAY)
    nudges.prune(store, before.date())


def _after_restore(clock: Clock, store: Store) -> None:
    restored.doubt_due(store, clock.now())


def _destroy_unknown(ballots: Ballots, store: Store) -> None:
    """Ballots of rounds that are over, or that a restored database has never heard of."""
    ballots.on(store).keep_only(partial(pulse.open_tokens, store))
