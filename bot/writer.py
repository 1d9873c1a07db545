"""One transaction for everybody who waits: the statements run here, only the flush runs beside.

Work that is handed in while a commit is being flushed gathers into the next batch. Each piece runs in its own
savepoint, so that a failing one takes nobody along. Nobody is told of success before the commit has succeeded; when
the commit fails, all of the batch is rolled back and everyone in it hears ``StoreUnavailable``.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, Protocol, TypeVar

from storage.db import Param, Store, StoreUnavailable

T = TypeVar("T")
_FAULTS = (
    sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.InterfaceError,
)  # fmt: skip
"""What the database says to a wrong statement of ours: it would say so again, however often it was tried."""
_FAULT_CODES = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG})
"""The same, where only the code tells it from a disk that is full or a file that is locked."""
BATCH = 256
"""At most so many pieces of work share one commit."""


class _Piece(Generic[T]):
    __slots__ = ("future", "result", "trouble", "work")

    def __init__(self, work: Callable[[Store], T], future: "asyncio.Future[T]") -> None:
        self.work = work
        self.future = future
        self.result: T | None = None
        self.trouble: Exception | None = None


class Beside(Protocol):
    """A file that is written beside the database. Only ``commit`` may raise, and then ``StoreUnavailable``."""

    def keep(self) -> None: ...

    def undo(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def finish(self) -> None: ...


class Writer:
    """Runs pieces of work on the one write connection. Lives in the event loop that made it.

    What is ``beside`` is flushed first: when the process dies in between, its changes are there and the work comes again.
    """

    def __init__(self, store: Store, beside: Beside | None = None) -> None:
        self._beside = beside
        self._postponed: list[tuple[int, str, dict[str, Param]]] = []
        self.store = Store(store.connection, self._postponed)
        self._loop = asyncio.get_running_loop()
        self._waiting: list[_Piece[Any]] = []
        self._busy = False
        self._flusher = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self, work: Callable[[Store], T]) -> T:
        """Run a piece of work and return its result once it is safely on disk.

        What the work raises is raised here, and only its own changes are undone. Raises ``StoreUnavailable`` when
        nothing could be kept: another time it may.
        """
        piece = _Piece(work, self._loop.create_future())
        self._waiting.append(piece)
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
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        connection = self.store.connection
        try:
            connection.execute("begin immediate")
            for piece in batch:
                self._run_piece(piece)
            self.store.finish()
        except Exception as trouble:  # noqa: BLE001 - whatever it was, nobody in the batch may wait for ever
            self._settle(batch, trouble)
        else:
            flushed = self._loop.run_in_executor(self._flusher, self._flush)
            flushed.add_done_callback(lambda done: self._settle(batch, done.exception()))

    def _flush(self) -> None:
        if self._beside:
            self._beside.commit()
        self.store.connection.execute("commit")
        if self._beside:
            self._beside.finish()

    def _run_piece(self, piece: "_Piece[Any]") -> None:
        execute = self.store.connection.execute
        kept = len(self._postponed)
        execute("savepoint piece")
        try:
            piece.result = piece.work(self.store)
        except _FAULTS as fault:
            piece.trouble = fault
        except sqlite3.Error as trouble:
            if not self.store.connection.in_transaction:
                raise
            piece.trouble = trouble if _is_fault(trouble) else StoreUnavailable(str(trouble))
            if piece.trouble is not trouble:
                piece.trouble.__cause__ = trouble
        except Exception as trouble:  # noqa: BLE001 - whoever handed it in gets it back, whatever it is
            piece.trouble = trouble
        if piece.trouble is not None:
            execute("rollback to piece")
            del self._postponed[kept:]
        execute("release piece")
        if self._beside:
            (self._beside.keep if piece.trouble is None else self._beside.undo)()

    def _settle(self, batch: "list[_Piece[Any]]", trouble: BaseException | None) -> None:
        if trouble is not None:
            self._undo()
            for piece in batch:
                piece.trouble = StoreUnavailable(str(trouble))
        for piece in batch:
            if piece.future.done():
                continue
            if piece.trouble is not None:
                piece.future.set_exception(piece.trouble)
            else:
                piece.future.set_result(piece.result)
        if self._waiting:
            self._loop.call_soon(self._batch)
        else:
            self._busy = False
            self._idle.set()

    def _undo(self) -> None:
        self._postponed.clear()
        if self.store.connection.in_transaction:
            self.store.connection.execute("rollback")
        if self._beside:
            self._beside.rollback()


def _is_fault(trouble: sqlite3.Error) -> bool:
    """Whether the same work would meet the same trouble for ever, and so must not be asked for again."""
    return getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_BUSY) in _FAULT_CODES
