"""The queue before the device: bounded, and emptied in batches."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Gauge, Histogram

from service.engine import Engine, EngineError

_log = logging.getLogger("batching")


class QueueFull(Exception):
    """As many requests wait as may: one more would only be late."""


@dataclass
class _Job:
    values: list[float]
    future: Future = field(default_factory=Future)
    at: float = field(default_factory=time.monotonic)


class Batcher:
    """
    `submit` from any thread; one thread asks the engine. A batch is what waits when
    the device is free, and at most `max_wait_seconds` are spent on making it larger.
    """

    def __init__(
        self,
        engine: Engine,
        registry: CollectorRegistry,
        *,
        max_queue: int,
        max_batch: int,
        max_wait_seconds: float,
        on_broken: Callable[[str], None],
    ):
        self._engine = engine
        self._queue: queue.Queue[_Job] = queue.Queue(maxsize=max_queue)
        self._max_batch = max_batch
        self._max_wait = max_wait_seconds
        self._on_broken = on_broken
        self._depth = Gauge(
            "inference_queue_depth",
            "Requests that wait for the device.",
            registry=registry,
        )
        self._depth.set_function(self._queue.qsize)
        self._running = Gauge(
            "inference_running_requests",
            "Requests that the device computes.",
            registry=registry,
        )
        self._waited = Histogram(
            "inference_queue_wait_seconds",
            "How long requests waited for the device.",
            buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=registry,
        )
        self._batches = Histogram(
            "inference_batch_size",
            "Requests in one run of the device.",
            buckets=(1, 2, 4, 8, 16, 32, 64, 128),
            registry=registry,
        )
        self._computed = Histogram(
            "inference_compute_seconds",
            "What one run of the device took.",
            buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=registry,
        )
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def submit(self, values: list[float]) -> Future:
        job = _Job(values)
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            raise QueueFull from None
        return job.future

    def _gather(self) -> list[_Job]:
        jobs = [self._queue.get()]
        deadline = time.monotonic() + self._max_wait
        while len(jobs) < self._max_batch:
            try:
                jobs.append(self._queue.get(timeout=max(0.0, deadline - time.monotonic())))
            except queue.Empty:
                break
        # Who has given up meanwhile isn't computed for.
        return [job for job in jobs if job.future.set_running_or_notify_cancel()]

    def _run(self) -> None:
        while True:
            jobs = self._gather()
            if not jobs:
                continue
            started = time.monotonic()
            for job in jobs:
                self._waited.observe(started - job.at)
            self._batches.observe(len(jobs))
            self._running.set(len(jobs))
            try:
                results = self._engine.run([job.values for job in jobs])
                for job, result in zip(jobs, results, strict=True):
                    job.future.set_result(result)
            except Exception as error:
                _log.exception("A batch failed")
                for job in jobs:
                    if not job.future.done():
                        job.future.set_exception(error)
                if isinstance(error, EngineError):
                    self._on_broken(str(error))
            finally:
                self._computed.observe(time.monotonic() - started)
                self._running.set(0)
