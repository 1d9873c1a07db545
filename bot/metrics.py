"""What Prometheus is shown: how much came in and what came of it, how long people waited, what waits to be sent.

Only sums over the whole installation: no names, no ids, no texts, and no label that could take more than a few values.
It is put together when somebody asks; ``bot/counting.py`` counts meanwhile.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from bot.clock import Clock
from bot.counting import Counts, Spread
from storage.gauges import Gauges

NEVER: Final = float("inf")


class Metrics(Collector):
    """The page for Prometheus, out of a registry of its own."""

    def __init__(self, counts: Counts, clock: Clock, version: str) -> None:
        self._counts = counts
        self._clock = clock
        self._version = version
        self._gauges: Gauges | None = None
        self._parts: Mapping[str, bool] = {}
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def page(self, gauges: Gauges | None, parts: Mapping[str, bool]) -> bytes:
        """Everything, as Prometheus reads it. Without ``gauges`` the database could not be asked."""
        self._gauges, self._parts = gauges, parts
        return generate_latest(self._registry)

    @override
    def collect(self) -> Iterator[Metric]:
        """What the registry asks for."""
        counts = self._counts
        yield _one("samsyn_info", "The version that runs", 1, version=self._version)
        yield _counted(
            "samsyn_inbounds", "What came in, and what came of it", ("kind", "outcome"), counts.inbounds
        )
        told = "Seconds from reading a delivery to its commit, after which the platform is told"
        yield _spread("samsyn_acknowledgement_seconds", told, counts.acknowledged)
        told = "Tries to send; asked_to_wait, broken and token_refused are tried again, unclear where that is wanted"
        yield _counted("samsyn_sends", told, ("platform", "result"), counts.sends)
        yield _spread("samsyn_commit_seconds", "Seconds that keeping a batch took", counts.commits)
        yield _spread("samsyn_batch_pieces", "Pieces of work that shared a commit", counts.batches)
        yield CounterMetricFamily("samsyn_batches_undone", "Batches not kept", value=counts.rolled_back)
        parts = GaugeMetricFamily("samsyn_ready", "Whether a part works, as /ready says", labels=("part",))
        for name, works in self._parts.items():
            parts.add_metric((name,), works)
        yield parts
        if self._gauges:
            yield from self._remembered(self._gauges)

    def _remembered(self, gauges: Gauges) -> Iterator[Metric]:
        """What the database knows."""
        now = self._clock.now()
        messages = GaugeMetricFamily(
            "samsyn_outbox_messages", "Messages that did not arrive", labels=("state",)
        )
        for name in ("waiting", "sending", "unknown", "dead"):
            messages.add_metric((name,), getattr(gauges, name))
        yield messages
        waits = _age(gauges.oldest_at, now) if gauges.oldest_at else 0.0
        yield _one("samsyn_outbox_oldest_seconds", "How long the oldest message waits", waits)
        yield _one("samsyn_unreadable_payloads", "What came in and could not be read", gauges.unreadable)
        yield _one("samsyn_timers_overdue", "Timers that should have rung", gauges.overdue)
        yield _one("samsyn_backup_age_seconds", "Since the last backup", _age(gauges.backup_at, now))
        told = "Since a backup was last put back on trial"
        yield _one("samsyn_restore_drill_age_seconds", told, _age(gauges.drill_at, now))


def _one(name: str, told: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, told, labels=tuple(labels))
    family.add_metric(tuple(labels.values()), value)
    return family


def _counted(name: str, told: str, labels: tuple[str, str], counts: Mapping[tuple[str, str], int]) -> Metric:
    family = CounterMetricFamily(name, told, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family


def _spread(name: str, told: str, spread: Spread) -> Metric:
    below, buckets = 0, []
    for bound, count in zip((*spread.bounds, NEVER), spread.counts, strict=True):
        below += count
        buckets.append(("+Inf" if bound == NEVER else str(float(bound)), below))
    return HistogramMetricFamily(name, told, buckets=buckets, sum_value=spread.sum)


def _age(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else NEVER
