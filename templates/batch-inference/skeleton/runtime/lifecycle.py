"""From start to exit."""

import threading


class Lifecycle:
    """
    Readiness and liveness differ on purpose: a service that drains is alive and not
    ready, so it gets no new traffic and isn't killed.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._phase = "starting"
        self._failure = None

    @property
    def phase(self) -> str:
        return self._phase

    @property
    def failure(self):
        """Why the process can't go on and has to be started anew; None while it can."""
        return self._failure

    def ready(self) -> None:
        with self._lock:
            if self._phase != "draining":
                self._phase = "ready"

    def not_ready(self) -> None:
        """Alive, and not able to work for now."""
        with self._lock:
            if self._phase != "draining":
                self._phase = "starting"

    def draining(self) -> None:
        with self._lock:
            self._phase = "draining"

    def fail(self, reason: str) -> None:
        with self._lock:
            self._failure = self._failure or reason
