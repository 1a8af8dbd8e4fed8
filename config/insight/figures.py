"""What Prometheus reads. PROMETHEUS_MULTIPROC_DIR has to be set before this is imported."""

from functools import partial

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from lab.apart.state import state as state_of_runners
from lab.exceptions import RunnersDown
from lessons.pages.operator.running import web_memory

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Histogram("queryshelf_request_seconds", "Requests.", ["page", "status"], buckets=_SECONDS)
RUNS = Histogram("queryshelf_run_seconds", "Runs that pages were made of.", ["engine", "ended"], buckets=_SECONDS)
REFUSALS = Counter("queryshelf_refusals", "Pages refused with 503, by the error.", ["error"])
LEFT = Counter("queryshelf_readers_left", "Runs stopped since their reader had left.")


def hear(sender, facts, **kwargs):
    """Receiver of lessons.events.happened."""
    if sender in ("run", "bound"):
        RUNS.labels(facts["engine"], facts["ended"]).observe(facts["ms"] / 1000)
    elif sender == "refused":
        REFUSALS.labels(facts["error"]).inc()
    elif sender == "left":
        LEFT.inc()


def answer():
    """(the figures of all processes, and what is looked at now, as bytes; their content type)"""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Now())
    return generate_latest(registry), CONTENT_TYPE_LATEST


class Now(Collector):
    def collect(self):
        memory = {"web": web_memory()}
        try:
            if state := state_of_runners():
                memory["runner"] = sum(each.rss_bytes for each in state.runners)
                yield from _of(state)
        except RunnersDown:
            yield _UP(0)
        yield _gauge("queryshelf_resident_bytes", "Memory of processes.", memory)


def _of(state):
    busy = sum(bool(each.runs) for each in state.runners)
    yield _UP(int(not state.fault))
    yield _gauge("queryshelf_runners", "Runner processes.", {"busy": busy, "idle": len(state.runners) - busy})
    waiting = {"single": state.waiting - state.waiting_heavy, "heavy": state.waiting_heavy}
    yield _gauge("queryshelf_waiting", "Requests that wait for a runner.", waiting)
    yield CounterMetricFamily("queryshelf_leases", "Requests that had a runner.", state.ended)
    yield CounterMetricFamily("queryshelf_leases_refused", "Requests that were refused a runner.", state.refused)
    yield CounterMetricFamily("queryshelf_runners_killed", "Runners that were killed.", state.killed)


_UP = partial(GaugeMetricFamily, "queryshelf_runners_up", "Whether runners can be had.")


def _gauge(name, help_text, values):
    gauge = GaugeMetricFamily(name, help_text, labels=["kind"])
    for kind, value in values.items():
        gauge.add_metric([kind], value)
    return gauge
