"""The HTTP server, and how it stops."""

import logging
import threading
import time

from waitress import create_server

from runtime.lifecycle import Lifecycle

_log = logging.getLogger("server")


class Server:
    """
    Serves in a thread of its own, so that the main one can wait for signals. Probes
    share the threads: `threads` has to be larger than what may wait in a handler.
    """

    def __init__(
        self,
        app,
        lifecycle: Lifecycle,
        *,
        port: int,
        threads: int = 8,
        max_body_bytes: int = 1_048_576,
        host: str = "0.0.0.0",
    ):
        self._lifecycle = lifecycle
        self._server = create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            max_request_body_size=max_body_bytes,
            connection_limit=max(100, threads * 4),
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
        self._thread = threading.Thread(
            target=self._server.run, name="http", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.effective_port)

    def start(self) -> None:
        self._thread.start()

    def drain(self, delay_seconds: float, timeout_seconds: float) -> bool:
        """
        Readiness off first; requests are taken until the endpoints have noticed;
        then what is being answered is finished. True when nothing was cut off.
        """
        self._lifecycle.draining()
        time.sleep(delay_seconds)
        deadline = time.monotonic() + timeout_seconds
        while self._busy():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        return True

    def _busy(self) -> bool:
        """
        Whether a request waits, is being answered, or its answer is not all sent.
        Closing the server itself would cut answers off (Pylons/waitress#499), so it
        runs until the process ends.
        """
        channels = list(self._server.active_channels.values())
        return any(
            channel.requests or channel.total_outbufs_len for channel in channels
        )
