"""One transaction for everybody who waits.

Work that is handed in while a batch is being kept gathers into the next one. What nobody waits for (a timer, a
mark of a message that many get) is patient: it comes in small batches of its own, between those of the others.
Each piece runs in its own savepoint, so that a failing one takes nobody along. Nobody is told of success before
the commit has succeeded; when it fails, all of the batch is rolled back and everyone in it hears
``StoreUnavailable``.

On SQLite the statements run here, in the loop, and only the flush beside it. On PostgreSQL all of it runs beside,
for every statement crosses a network; a piece that met another process there is tried again in the next batch. So
a piece of work may run more than once, and changes nothing but the store.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any, Final, Generic, Protocol, TypeVar

from storage.db import Contended, Store, StoreUnavailable, Transactions

T = TypeVar("T")
BATCH = 256
"""At most so many pieces of work share one commit."""
PATIENT: Final = 16
"""The same of patient ones, by their ``weight``: so long does somebody who comes meanwhile wait for them."""
LENGTHY: Final = 8
"""The weight of what takes a millisecond or two, as drawing a digest does."""
TRIES: Final = 40
"""So often a piece that met another process is tried before the platform is left to deliver it again."""
FAULTY: Final = 3
"""The same where it may as well be a fault of ours: two processes met somebody new at the same time, or a wrong statement."""
STEP_ASIDE: Final = 0.002
"""Seconds to let another process finish when everybody in a batch stood in its way; more each time."""


class _Piece(Generic[T]):
    __slots__ = ("again", "future", "result", "tries", "trouble", "weight", "work")

    def __init__(self, work: Callable[[Store], T], future: "asyncio.Future[T]", weight: int) -> None:
        self.work = work
        self.weight = weight
        self.future = future
        self.result: T | None = None
        self.trouble: Exception | None = None
        self.again = False
        self.tries = 0


class Beside(Protocol):
    """A file that is written beside the database. Only ``commit`` may raise, and then ``StoreUnavailable``."""

    def keep(self) -> None: ...

    def undo(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def finish(self) -> None: ...


class Writer:
    """Runs pieces of work in the transactions of a database. Lives in the event loop that made it.

    What is ``beside`` is flushed first: when the process dies in between, its changes are there and the work comes again.
    """

    def __init__(self, transactions: Transactions, beside: Beside | None = None) -> None:
        self.transactions = transactions
        self._beside = beside
        self._loop = asyncio.get_running_loop()
        self._waiting: list[_Piece[Any]] = []
        self._patient: deque[_Piece[Any]] = deque()
        self._passed = False
        self._busy = False
        self._flusher = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return self.transactions.blocks

    async def run(self, work: Callable[[Store], T], *, weight: int = 0) -> T:
        """Run a piece of work and return its result once it is safely on disk.

        What the work raises is raised here, and only its own changes are undone. Raises ``StoreUnavailable`` when
        nothing could be kept: another time it may. With a ``weight`` (of ``PATIENT`` in a batch) it lets others go
        first, every other time.
        """
        piece = _Piece(work, self._loop.create_future(), weight)
        (self._patient if weight else self._waiting).append(piece)
        if not self._busy:
            self._busy = True
            self._idle.clear()
            self._loop.call_soon(self._batch)
        result: T = await piece.future
        return result

    async def close(self) -> None:
        """Finish what was handed in, then stop."""
        await self._idle.wait()
        self._flusher.shutdown()

    def _batch(self) -> None:
        batch = self._next()
        if self.transactions.blocks:
            kept = self._loop.run_in_executor(self._flusher, self._whole, batch)
        else:
            try:
                self._statements(batch)
            except Exception as trouble:  # noqa: BLE001 - whatever it was, nobody in the batch may wait for ever
                self._undo_all()
                self._settle(batch, trouble)
                return
            kept = self._loop.run_in_executor(self._flusher, self._flush)
        kept.add_done_callback(lambda done: self._kept(batch, done.exception()))

    def _next(self) -> "list[_Piece[Any]]":
        """Those who wait for an answer, and in turn with them a few of those who do not."""
        self._passed = bool(self._waiting) and not (self._passed and self._patient)
        if self._passed:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            return batch
        few = [self._patient.popleft()]
        while self._patient and sum(each.weight for each in few) + self._patient[0].weight <= PATIENT:
            few.append(self._patient.popleft())
        return few

    def _whole(self, batch: "list[_Piece[Any]]") -> None:
        """All of a batch, for an engine that is far away."""
        try:
            self._statements(batch)
            if all(each.again for each in batch):
                self._undo_all()
                sleep(STEP_ASIDE * max(each.tries for each in batch))
            else:
                self._flush()
        except BaseException:
            self._undo_all()
            raise

    def _statements(self, batch: "list[_Piece[Any]]") -> None:
        store = self.transactions.begin()
        for place, piece in enumerate(batch, start=1):
            if self._run_piece(piece, store):
                # Somebody was waited for in vain. They may be waiting for us: let go of what we hold before the next.
                for each in batch[place:]:
                    each.again, each.trouble = True, None
                break
        self.transactions.prepare()

    def _flush(self) -> None:
        if self._beside:
            self._beside.commit()
        self.transactions.commit()
        if self._beside:
            self._beside.finish()

    def _run_piece(self, piece: "_Piece[Any]", store: Store) -> bool:
        """Whether it waited for another process in vain."""
        piece.again, piece.trouble, waited = False, None, False
        self.transactions.mark()
        try:
            piece.result = piece.work(store)
            self.transactions.keep()
        except Exception as trouble:  # noqa: BLE001 - whoever handed it in gets it back, whatever it is
            waited = self._judge(piece, trouble)
            self.transactions.undo()
            if self._beside:
                self._beside.undo()
        else:
            if self._beside:
                self._beside.keep()
        return waited

    def _judge(self, piece: "_Piece[Any]", trouble: Exception) -> bool:
        """What is to become of a piece that failed, and whether it waited; raises when all of the batch is lost."""
        verdict = "again" if isinstance(trouble, Contended) else self.transactions.verdict(trouble)
        match verdict:
            case "again" | "perhaps":
                piece.tries += 1
                piece.again = piece.tries < (TRIES if verdict == "again" else FAULTY)
                piece.trouble = trouble if verdict == "perhaps" else _unavailable(trouble)
            case "away":
                piece.trouble = _unavailable(trouble)
            case "lost":
                raise _unavailable(trouble) from trouble
            case _:
                piece.trouble = trouble
        return verdict == "again" and not isinstance(trouble, Contended)

    def _kept(self, batch: "list[_Piece[Any]]", trouble: BaseException | None) -> None:
        if trouble is not None and not self.transactions.blocks:
            self._undo_all()
        self._settle(batch, trouble)

    def _settle(self, batch: "list[_Piece[Any]]", trouble: BaseException | None) -> None:
        again = []
        for piece in batch:
            if trouble is not None:
                piece.trouble = _unavailable(trouble)
            elif piece.again:
                again.append(piece)
                continue
            if piece.future.done():
                continue
            if piece.trouble is not None:
                piece.future.set_exception(piece.trouble)
            else:
                piece.future.set_result(piece.result)
        again.sort(key=lambda piece: piece.trouble is not None)  # who met somebody delays nobody else
        self._waiting[:0] = [each for each in again if not each.weight]
        self._patient.extendleft(reversed([each for each in again if each.weight]))
        if self._waiting or self._patient:
            self._loop.call_soon(self._batch)
        else:
            self._busy = False
            self._idle.set()

    def _undo_all(self) -> None:
        self.transactions.rollback()
        if self._beside:
            self._beside.rollback()


def _unavailable(trouble: BaseException) -> StoreUnavailable:
    if isinstance(trouble, StoreUnavailable):
        return trouble
    told = StoreUnavailable(str(trouble))
    told.__cause__ = trouble
    return told
