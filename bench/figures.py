"""The table of contents: every figure with its id, in the order they are measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bench import (
    ack,
    burst,
    calendars,
    canary,
    certainty,
    crowd,
    cuts,
    cycles,
    digests,
    documents,
    faults,
    fuzz,
    growth,
    invite,
    kills,
    lengths,
    linkage,
    presses,
    readability,
    replay,
    requests,
    soak,
    speed,
    start,
    waits,
    workers,
    year,
)
from bench.peers import rates
from bench.rows import Row


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and what measures it: one row or several. ``torture`` is the long version, where there is one."""

    id: str
    measure: Callable[[], Iterable[Row]]
    torture: Callable[[], Iterable[Row]] | None = None


FIGURES: Final = (
    Figure("ack-ratio", ack.measure),
    Figure("dispatch-100", crowd.measure),
    Figure("ack-p99", waits.measure),
    Figure("kill-1000", kills.measure, kills.torture),
    Figure("commit-cuts", cuts.measure, cuts.torture),
    Figure("faults-30d", faults.measure, faults.torture),
    Figure("workers", workers.measure, workers.torture),
    Figure("workers-speed", speed.measure, speed.torture),
    Figure("replay", replay.measure),
    Figure("fuzz", fuzz.measure, fuzz.torture),
    Figure("requests", requests.measure, requests.torture),
    Figure("growth", growth.measure, growth.torture),
    Figure("peers", rates.measure, rates.torture),
    Figure("soak", soak.measure, soak.torture),
    Figure("start", start.measure),
    Figure("pulse-linkage", linkage.measure),
    Figure("pulse-burst", burst.measure),
    Figure("pulse-certainty", certainty.certain),
    Figure("pulse-release", certainty.random),
    Figure("pulse-canary", canary.measure),
    Figure("pulse-presses", presses.measure),
    Figure("pulse-invite", invite.measure),
    Figure("documents-time", documents.measure),
    Figure("documents-accessible", documents.accessible),
    Figure("cycle-years", cycles.measure),
    Figure("calendar-parser", calendars.measure),
    Figure("digest-10k", digests.measure),
    Figure("digest-history", digests.older),
    Figure("digest-length", lengths.measure),
    Figure("rhythm-year", year.measure, year.torture),
    Figure("readability", readability.measure),
)
"""All figures. One file measures one family."""
