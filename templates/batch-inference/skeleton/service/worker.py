"""Takes a message, does the work, hands on the result, and acknowledges: in this order."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from runtime.log import fields
from service.scoring import BadMessage
from service.source import Message, Source, SourceLost

_log = logging.getLogger("worker")

class _Stopped(Exception):
    """It failed for now, and there is no time to try it again here."""


Work = Callable[[str, bytes], tuple[bytes, int]]


class WorkerMetrics:
    """The autoscaler, the alerts and the cost a message ask for these names."""

    def __init__(self, registry: CollectorRegistry):
        self.messages = Counter(
            "batch_messages_total",
            "Messages by their end: done, duplicate, rejected, returned, lost.",
            ("outcome",),
            registry=registry,
        )
        for outcome in ("done", "duplicate", "rejected", "returned", "lost"):
            self.messages.labels(outcome)
        self.items = Counter(
            "batch_items_total", "Instances scored.", registry=registry
        )
        self.seconds = Histogram(
            "batch_processing_seconds",
            "From taking a message to its acknowledgement.",
            buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300),
            registry=registry,
        )
        self.in_progress = Gauge(
            "batch_messages_in_progress", "Messages being worked on.", registry=registry
        )


class _Recent:
    """The ids that were done here not long ago, in bounded memory."""

    def __init__(self, most: int):
        self._most = most
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, message_id: str) -> None:
        self._ids[message_id] = None
        self._ids.move_to_end(message_id)
        while len(self._ids) > self._most:
            self._ids.popitem(last=False)

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._ids


class Worker:
    """
    At least once, and the same result each time: results carry the id of their
    message, so who stores them by id stores them once. An id that was done here
    lately is not done again.
    """

    def __init__(
        self,
        source: Source,
        work: Work,
        registry: CollectorRegistry,
        *,
        attempts: int = 3,
        retry_seconds: float = 0.5,
        remembered_ids: int = 10_000,
    ):
        self._source = source
        self._work = work
        self._metrics = WorkerMetrics(registry)
        self._attempts = attempts
        self._retry_seconds = retry_seconds
        self._recent = _Recent(remembered_ids)
        self._lock = threading.Lock()
        self._held: dict[int, Message] = {}
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, concurrency: int) -> None:
        self._threads = [
            threading.Thread(target=self._run, name=f"worker-{i}", daemon=True)
            for i in range(concurrency)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_seconds: float) -> int:
        """
        Takes no more, waits for what is being done, and gives back what isn't done in
        time. How many were given back.
        """
        self._stopping.set()
        self._source.stop()
        deadline = time.monotonic() + timeout_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            # Whoever is still at work finds that its message is not its own any more.
            late, self._held = list(self._held.values()), {}
        for message in late:
            self._settle("returned", lambda m=message: self._source.give_back(m))
        return len(late)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                message = self._source.receive(0.5)
            except SourceLost:
                continue
            if message is not None:
                self.process(message)

    def process(self, message: Message) -> None:
        key = id(message)
        with self._lock:
            self._held[key] = message
        started = time.monotonic()
        try:
            with self._metrics.in_progress.track_inprogress():
                self._process(message, key)
        finally:
            with self._lock:
                self._held.pop(key, None)
            self._metrics.seconds.observe(time.monotonic() - started)

    def _process(self, message: Message, key: int) -> None:
        source = self._source
        if not message.id:
            _log.error("A message without an id can't be done once only; it is rejected")
            self._settle("rejected", lambda: source.reject(message))
            return
        if message.id in self._recent:
            self._settle("duplicate", lambda: source.acknowledge(message))
            return
        try:
            result, items = self._attempt(message)
        except _Stopped:
            self._settle_own(key, "returned", lambda: source.give_back(message))
            return
        except Exception as error:
            _log.error(
                "A message is rejected: %s",
                error,
                exc_info=not isinstance(error, BadMessage),
                extra=fields(id=message.id),
            )
            self._settle_own(key, "rejected", lambda: source.reject(message))
            return
        if self._settle_own(key, "done", lambda: source.finish(message, result)):
            self._recent.add(message.id)
            self._metrics.items.inc(items)
            _log.info("Done", extra=fields(id=message.id, items=items))

    def _attempt(self, message: Message) -> tuple[bytes, int]:
        for attempt in range(1, self._attempts + 1):
            try:
                return self._work(message.id, message.body)
            except BadMessage:
                raise
            except Exception:
                if attempt == self._attempts:
                    raise
                _log.warning(
                    "An attempt failed", exc_info=True, extra=fields(id=message.id)
                )
                if self._stopping.wait(self._retry_seconds * 2 ** (attempt - 1)):
                    raise _Stopped from None
        raise AssertionError("unreachable")

    def _settle_own(self, key: int, outcome: str, settle: Callable[[], None]) -> bool:
        with self._lock:
            mine = self._held.pop(key, None) is not None
        return mine and self._settle(outcome, settle)

    def _settle(self, outcome: str, settle: Callable[[], None]) -> bool:
        try:
            settle()
        except SourceLost as error:
            _log.warning("It will be delivered again: %s", error)
            self._metrics.messages.labels("lost").inc()
            return False
        self._metrics.messages.labels(outcome).inc()
        return True
