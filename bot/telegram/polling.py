"""Fetching updates, with the one rule that PTB's own fetching breaks: the offset rises after the commit, never before.

Whatever goes wrong, the same updates are fetched again; their keys tell the engine which it has handled. Only two
things end it: a token that is no longer good and another process that fetches with the same token.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final, TypeVar

import structlog

from bot.adapter import NotNow, Revoked, SendTrouble
from bot.clock import Clock
from bot.telegram.troubles import AnotherPoller
from storage.db import StoreUnavailable

log = structlog.get_logger()

T = TypeVar("T")
STORE_SECONDS: Final = 1.0
"""How long to wait for a store that takes nothing at the moment."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
TURN_SECONDS: Final = 2.0
"""How often those that do not fetch ask whether they shall."""
SILENCE: Final = 180.0
"""Seconds without an answer after which nobody is there: three times as long as an answer may take."""
FORGET_AFTER: Final = 24 * 3600.0
"""After a quiet week the server counts from a random number, which may be lower; it keeps nothing longer than this."""


class Polling:
    """Fetches and takes until stopped. ``trouble`` says why it ended by itself.

    ``fetch`` gets the offset and whether to wait for something to come. Where several processes have the same token,
    ``is_our_turn`` is asked before each fetch: one of them fetches, and another takes over when it is gone.
    """

    def __init__(
        self,
        fetch: Callable[[int, bool], Coroutine[Any, Any, Sequence[object]]],
        take: Callable[[Sequence[object]], Awaitable[None]],
        clock: Clock,
        is_our_turn: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._is_our_turn = is_our_turn
        self._fetch = fetch
        self._take = take
        self._clock = clock
        self._stopping = asyncio.Event()
        self._offset = 0
        self._confirmed = 0
        self._pause = FIRST_PAUSE
        self._heard_at = clock.steady()
        self._answered_at = clock.steady()
        self.trouble: SendTrouble | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the server answered lately, if only to say that there is nothing new."""
        return self._clock.steady() - self._answered_at < SILENCE

    def stop(self) -> None:
        """Fetch no more; a batch in hand is finished first."""
        self._stopping.set()

    async def run(self) -> None:
        """Fetch and take until stopped."""
        while not self._stopping.is_set() and self.trouble is None:
            if not await self._may_fetch():
                await self._unless_stopped(self._clock.sleep(TURN_SECONDS))
                continue
            batch = await self._fetched()
            if batch:
                await self._taken(batch)
        if self.trouble is None and self._offset != self._confirmed:
            await self._confirm()

    async def _may_fetch(self) -> bool:
        if self._is_our_turn is None:
            return True
        try:
            ours = await self._is_our_turn()
        except StoreUnavailable:
            return False
        if not ours:
            # Whoever fetches confirms what it took; ours would confirm less.
            self._offset = self._confirmed = 0
            self._answered_at = self._clock.steady()
        return ours

    async def _fetched(self) -> Sequence[object] | None:
        if self._clock.steady() - self._heard_at > FORGET_AFTER:
            self._offset = 0
        try:
            batch = await self._unless_stopped(self._fetch(self._offset, True))
        except (Revoked, AnotherPoller) as trouble:
            if self._is_our_turn and isinstance(trouble, AnotherPoller):
                await self._back_off(trouble)  # one of ours that does not know yet that its turn is over
                return None
            log.error("polling ended", trouble=str(trouble))  # noqa: TRY400 - a trace would tell nothing more
            self.trouble = trouble
            return None
        except SendTrouble as trouble:
            await self._back_off(trouble)
            return None
        if batch is not None:
            self._answered_at = self._clock.steady()
            self._confirmed = self._offset
            self._pause = FIRST_PAUSE
        return batch

    async def _taken(self, batch: Sequence[object]) -> None:
        try:
            await self._take(batch)
        except StoreUnavailable:
            log.warning("the store takes nothing", waiting=len(batch))
            await self._unless_stopped(self._clock.sleep(STORE_SECONDS))
            return
        numbers = [number for each in batch if (number := _number(each)) is not None]
        self._heard_at = self._clock.steady()
        if numbers:
            self._offset = max(numbers) + 1
        else:
            await self._back_off(SendTrouble("updates without numbers"))

    async def _back_off(self, trouble: SendTrouble) -> None:
        seconds = trouble.seconds if isinstance(trouble, NotNow) else 0.0
        log.warning("polling waits", trouble=f"{type(trouble).__name__}: {trouble}")
        await self._unless_stopped(self._clock.sleep(max(seconds, self._pause)))
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _confirm(self) -> None:
        """Tell the server what was taken, so that it does not come again after a restart."""
        try:
            await self._fetch(self._offset, False)
        except SendTrouble as trouble:
            log.info("last batch not confirmed", trouble=type(trouble).__name__)

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result, or ``None`` when the stop came first."""
        doing = asyncio.ensure_future(work)
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((doing, stopped), return_when=asyncio.FIRST_COMPLETED)
            return doing.result() if doing.done() else None
        finally:
            for each in (doing, stopped):
                each.cancel()
            await asyncio.gather(doing, stopped, return_exceptions=True)


def _number(raw: object) -> int | None:
    match raw:
        case {"update_id": int(number)}:
            return number
        case _:
            return None
