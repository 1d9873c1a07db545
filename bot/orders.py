"""What can be ordered about letters that went astray, and the small notes that commands leave for the watch.

A running bot carries orders out where nobody else may write; otherwise the command does it itself: straight in a
PostgreSQL database, or in a SQLite file that no bot runs on. Only a running bot can read a payload again.
"""

import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from bot.adapter import SendTrouble
from bot.clock import Clock
from bot.control import ask
from bot.writer import Writer
from storage import astray, gauges
from storage.db import Store, StoreUnavailable, from_ms, to_ms
from storage.opened import is_address, opened
from storage.outbox import Letter

log = structlog.get_logger()

RETRY, DROP, NOTE = "retry", "drop", "note"
DONE: Final = "done"
NO_SUCH: Final = "no-such"
OUTDATED: Final = "outdated"
LATER: Final = "later"
"""Whoever is connected reads it within seconds."""
UNREADABLE: Final = "unreadable"
NOT_CONNECTED: Final = "not-connected"
NOT_RUNNING: Final = "not-running"
AWAY: Final = "away"
"""The store takes nothing at the moment."""
NOTES: Final = (gauges.BACKUP, gauges.DRILL)

TakeAgain = Callable[[str, object], Awaitable[None]]
"""Takes a platform's payload in once more. Raises ``SendTrouble`` when that platform is not connected."""


class Orders:
    """Carries out what is ordered in a running bot. ``deliver`` gets messages that are to be sent again."""

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        *,
        deliver: Callable[[Iterable[Letter]], None],
        take_again: TakeAgain,
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._deliver = deliver
        self._take_again = take_again

    async def carry_out(self, order: str, about: str) -> str:
        """Do it; what came of it, in a word."""
        try:
            named = astray.read_name(about)
            if order == RETRY and named and named[0] == "in":
                return await self.read_again(named[1])
            said, letters = await self._writer.run(partial(_carry_out, order, about, self._clock.now()))
        except StoreUnavailable:
            return AWAY
        self._deliver(letters)
        return said

    async def read_again(self, number: int) -> str:
        """Take a payload in through the same door as before, and forget it there if it could be read now."""
        found = await self._writer.run(partial(astray.unread, number=number))
        if found is None:
            return NO_SUCH
        platform, body = found
        try:
            await self._take_again(platform, json.loads(body))
        except SendTrouble:
            return NOT_CONNECTED
        return await self._writer.run(partial(_after_reading, number, body))

    async def look(self) -> None:
        """Read what a command left word of. Raises ``StoreUnavailable``."""
        for number in await self._writer.run(astray.asked_to_read):
            said = AWAY
            with suppress(StoreUnavailable):
                said = await self.read_again(number)
            if said in (AWAY, NOT_CONNECTED):
                await self._writer.run(partial(astray.ask_to_read, number=number))
            else:
                log.info("read again", reason=said)


def give(where: Path | str, order: str, about: str, now: datetime) -> str:
    """Give an order, whether a bot runs or not; what came of it, in a word. Raises ``StoreUnavailable``."""
    if isinstance(where, Path):
        said = ask(where, order, about)
        if said is not None:
            return said
    named = astray.read_name(about)
    if order == RETRY and named and named[0] == "in" and not is_address(where):
        return NOT_RUNNING
    if isinstance(where, Path) and not where.is_file():
        return NO_SUCH
    with closing(opened(where)) as database:
        store = database.store
        store.run("begin")
        said, _ = _carry_out(order, about, now, store)
        store.run("commit")
    return said


def _carry_out(order: str, about: str, now: datetime, store: Store) -> tuple[str, tuple[Letter, ...]]:
    if order == NOTE:
        return _noted(store, about), ()
    named = astray.read_name(about)
    if named is None:
        return NO_SUCH, ()
    way, number = named
    if order == DROP:
        return (DONE if astray.drop(store, way, number) else NO_SUCH), ()
    if way == "in":
        if astray.unread(store, number) is None:
            return NO_SUCH, ()
        astray.ask_to_read(store, number)
        return LATER, ()
    if astray.is_outdated(store, number):
        return OUTDATED, ()
    letter = astray.write_again(store, number, now)
    return (DONE, (letter,)) if letter else (NO_SUCH, ())


def _noted(store: Store, about: str) -> str:
    name, _, at = about.partition("=")
    if name not in NOTES or not at.isdigit():
        return NO_SUCH
    gauges.note(store, name, from_ms(int(at)))
    return DONE


def _after_reading(number: int, body: str, store: Store) -> str:
    again = astray.was_buried_again(store, number, body)
    astray.drop(store, "in", number)
    return UNREADABLE if again else DONE


def note(where: Path | str, name: str, at: datetime) -> bool:
    """Note for the watch when something was done; false when that cannot be noted now."""
    try:
        return give(where, NOTE, f"{name}={to_ms(at)}", at) == DONE
    except StoreUnavailable:
        return False
