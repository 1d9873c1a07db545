"""Counts what passes: around the intake, the adapters and the transactions, which know nothing of it.

Counting is adding to numbers in memory, about a microsecond for each inbound. Every label is a word of this file.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.adapter import (
    Adapter,
    Broken,
    Gone,
    Intake,
    Memory,
    MessageGone,
    Moved,
    NotNow,
    OneOfMany,
    Outcome,
    Outgoing,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.app import App, MakeAdapters
from bot.speech import Speech
from handlers.kit.inbound import AnyInbound, Click, Due, Happened, Said, Shortcut, Submit
from storage.db import Store, StoreUnavailable, Transactions, Verdict

ACKNOWLEDGED: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Seconds; Slack waits for three."""
COMMITTED: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
BATCHED: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_KINDS: Final[Mapping[type[AnyInbound], str]] = {
    Said: "said", Click: "click", Shortcut: "shortcut", Submit: "submit", Happened: "happened", Due: "timer",
}  # fmt: skip
_RESULTS: Final[Mapping[type[SendTrouble], str]] = {
    NotNow: "asked_to_wait", Broken: "broken", Uncertain: "unclear", Revoked: "token_refused",
    Unreachable: "unreachable", Gone: "chat_gone", MessageGone: "message_gone", Refused: "refused", Moved: "moved",
}  # fmt: skip


class Spread:
    """How often something came to how much."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def note(self, value: float) -> None:
        """Count one."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.sum += value


class Counts:
    """All that was counted since the start."""

    def __init__(self) -> None:
        self.inbounds: Counter[tuple[str, str]] = Counter()
        self.sends: Counter[tuple[str, str]] = Counter()
        self.acknowledged = Spread(ACKNOWLEDGED)
        self.commits = Spread(COMMITTED)
        self.batches = Spread(BATCHED)
        self.rolled_back = 0


def counted(make: MakeAdapters, counts: Counts, steady: Callable[[], float]) -> MakeAdapters:
    """The same adapters, counted both ways."""

    def made(intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        adapters = make(CountedIntake(intake, counts, steady), speech)
        return {name: CountedAdapter(each, counts) for name, each in adapters.items()}

    return made


def count_inside(app: App, counts: Counts, steady: Callable[[], float]) -> None:
    """Count what comes from no platform: timers, what sending taught us, and commits."""
    own = CountedIntake(app.engine, counts, steady, awaited=False)
    app.timers.intake = app.dispatcher.intake = own
    app.writer.transactions = CountedTransactions(app.writer.transactions, counts, steady)


class CountedIntake:
    """An intake, and what came of everything it took; how long that took where a platform waits for it."""

    def __init__(
        self, intake: Intake, counts: Counts, steady: Callable[[], float], *, awaited: bool = True
    ) -> None:
        self._intake = intake
        self._memory = intake if isinstance(intake, Memory) else None
        self._inbounds = counts.inbounds
        self._note = counts.acknowledged.note if awaited else None
        self._steady = steady

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Handle and commit."""
        began = self._steady()
        try:
            outcome = await self._intake.handle(inbound)
        except StoreUnavailable:
            self._inbounds[_KINDS[type(inbound)], "unavailable"] += 1
            raise
        self._inbounds[_KINDS[type(inbound)], _came_of(outcome)] += 1
        if self._note:
            self._note(self._steady() - began)
        return outcome

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Set aside a payload that cannot be read."""
        await self._intake.bury(platform, reason, body)
        self._inbounds["unreadable", "set_aside"] += 1

    async def recall(self, name: str) -> str:
        """What the intake remembers; nothing where it has no memory."""
        return await self._memory.recall(name) if self._memory else ""

    async def remember(self, name: str, value: str) -> None:
        """Let the intake remember it."""
        if self._memory:
            await self._memory.remember(name, value)

    async def is_ours(self, name: str) -> bool:
        """Whether this process may do what one at a time may."""
        return not isinstance(self._intake, OneOfMany) or await self._intake.is_ours(name)


def _came_of(outcome: Outcome) -> str:
    if outcome.again:
        return "seen_before"
    if outcome.refused:
        return "fault" if outcome.refused.key == "apology" else "refused"
    return "incomplete" if outcome.errors else "done"


class CountedAdapter:
    """An adapter, and what came of everything it was to send."""

    def __init__(self, adapter: Adapter, counts: Counts) -> None:
        self.platform = adapter.platform
        self._adapter = adapter
        self._sends = counts.sends

    async def start(self) -> None:
        """Begin to take messages in."""
        await self._adapter.start()

    async def stop(self) -> None:
        """Stop taking in."""
        await self._adapter.stop()

    async def send(self, message: Outgoing) -> str:
        """Send, and count what came of it."""
        try:
            sent = await self._adapter.send(message)
        except SendTrouble as trouble:
            found = (word for kind, word in _RESULTS.items() if isinstance(trouble, kind))
            self._sends[self.platform, next(found, "other")] += 1
            raise
        self._sends[self.platform, "sent"] += 1
        return sent

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        """Whether the person runs this chat."""
        return await self._adapter.is_administrator(workspace, chat, user)


class CountedTransactions:
    """Transactions, how many pieces of work each held, and how long it took to keep it."""

    def __init__(self, transactions: Transactions, counts: Counts, steady: Callable[[], float]) -> None:
        self.blocks = transactions.blocks
        self._transactions = transactions
        self._counts = counts
        self._steady = steady
        self._pieces = 0

    def begin(self) -> Store:
        """Open a transaction."""
        self._pieces = 0
        return self._transactions.begin()

    def mark(self) -> None:
        """One more piece of work."""
        self._pieces += 1
        self._transactions.mark()

    def keep(self) -> None:
        """The piece since the mark stays."""
        self._transactions.keep()

    def undo(self) -> None:
        """The piece since the mark never was."""
        self._transactions.undo()

    def prepare(self) -> None:
        """Run what waits for the end."""
        self._transactions.prepare()

    def commit(self) -> None:
        """Keep it, and note how long that took."""
        began = self._steady()
        self._transactions.commit()
        self._counts.commits.note(self._steady() - began)
        self._counts.batches.note(self._pieces)

    def rollback(self) -> None:
        """Nothing of it was."""
        self._counts.rolled_back += 1
        self._transactions.rollback()

    def verdict(self, trouble: Exception) -> Verdict | None:
        """What an error of the engine means."""
        return self._transactions.verdict(trouble)
