"""The metrics of a process, read from the counters of its parts when Prometheus asks; docs/operating.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from tracker.intake.ticker import IntakeCounts

__all__ = ["Gauge", "ProcessMetrics"]

Gauge = Callable[[], float]


class ProcessMetrics(Collector):
    """One row a metric; parts register what they can count."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._gauges: dict[str, tuple[str, Gauge]] = {}
        self._counters: dict[str, tuple[str, Gauge]] = {}
        self._labelled: dict[str, tuple[str, str, Callable[[], dict[str, float]]]] = {}
        self._intake: IntakeCounts | None = None
        self.registry.register(self)

    def gauge(self, name: str, text: str, read: Gauge) -> None:
        """A figure that goes up and down."""
        self._gauges[name] = (text, read)

    def counter(self, name: str, text: str, read: Gauge) -> None:
        """A figure that only grows; `name` without _total."""
        self._counters[name] = (text, read)

    def labelled_gauge(self, name: str, label: str, text: str, read: Callable[[], dict[str, float]]) -> None:
        """Figures by the value of one label."""
        self._labelled[name] = (label, text, read)

    def intake(self, counts: IntakeCounts) -> None:
        """Count what the intake counts."""
        self._intake = counts
        for name, text in (
            ("accepted", "fixes that passed the pipeline"),
            ("late", "accepted fixes that moved no live position"),
            ("stored", "fixes that are durable"),
        ):
            self.counter(f"gridwarden_fixes_{name}", text, lambda name=name: getattr(counts, name))  # type: ignore[misc]  # bound now
        self.counter("gridwarden_intake_overloaded", "submissions refused", lambda: counts.overloaded)
        self.counter("gridwarden_intake_failed", "batches that failed", lambda: counts.failed)

    def collect(self) -> Iterable[Metric]:
        """Everything registered, as Prometheus wants it."""
        for name, (text, read) in self._gauges.items():
            yield GaugeMetricFamily(name, text, value=read())
        for name, (text, read) in self._counters.items():
            yield CounterMetricFamily(name, text, value=read())
        for name, (label, text, values) in self._labelled.items():
            family = GaugeMetricFamily(name, text, labels=[label])
            for value, figure in values().items():
                family.add_metric([value], figure)
            yield family
        yield from self._refused()

    def _refused(self) -> Iterator[Metric]:
        if self._intake is None:
            return
        family = CounterMetricFamily("gridwarden_fixes_refused", "fixes refused, by reason", labels=["reason"])
        for reason, number in self._intake.refused.items():
            family.add_metric([reason.name.lower()], number)
        yield family
