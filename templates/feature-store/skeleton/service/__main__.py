import json
import logging
import os
import sqlite3
import sys
import threading
import time

from prometheus_client import REGISTRY

from runtime import log, signals
from runtime.environment import SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from service.api import create_routes
from service.cache import Cache
from service.features import Features
from service.peers import Members, PeerClient, dns_addresses
from service.settings import Settings, read_settings
from service.store import PAGE_BYTES, Store

_log = logging.getLogger("main")

# How soon a replica that came or left is noticed.
_REFRESH_SECONDS = 3


def main() -> int:
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    log.configure(settings.name, settings.log_level)
    signals.hold_signals()
    lifecycle = Lifecycle()
    try:
        store = Store(settings.data_dir)
    except (OSError, sqlite3.Error) as error:
        _log.error("DATA_DIR can't be used: %s", error)
        return 1
    cache = Cache(settings.cache_bytes)
    client = PeerClient(settings.peer_timeout_seconds)
    members = Members(
        settings.own, dns_addresses(settings.peers_service, settings.port), client
    )
    features = Features(store, cache, members, client, REGISTRY)
    routes = create_routes(
        settings.own,
        features,
        phase=lambda: lifecycle.phase,
        max_row_bytes=settings.max_row_bytes,
        max_in_flight=settings.max_in_flight,
    )
    server = Server(
        Web(lifecycle, REGISTRY, routes),
        lifecycle,
        port=settings.port,
        # A page of rows from another replica is the largest that comes: its bytes as
        # they are kept, and room for names and quotes.
        max_body_bytes=4 * PAGE_BYTES,
        threads=2 * settings.max_in_flight,
    )
    server.start()
    warmed = features.warm(_snapshot(settings))
    members.refresh()
    features.join()
    lifecycle.ready()
    _log.info(
        "Ready",
        extra=log.fields(
            port=server.port, own=settings.own, rows=store.count(), warmed=warmed
        ),
    )
    leaving = threading.Event()
    mover = threading.Thread(
        target=_keep_moving,
        args=(features, members, settings.move_every_seconds, leaving),
        name="mover",
        daemon=True,
    )
    mover.start()

    signal = signals.wait_for_end()
    _log.info("Leaving", extra=log.fields(signal=signal))
    lifecycle.draining()
    leaving.set()
    # What is here goes to others at once, as those already ask each other for it.
    members.refresh()
    left = features.move(
        leaving=True, deadline=time.monotonic() + settings.handover_seconds
    )
    whole = server.drain(
        settings.drain_delay_seconds, settings.shutdown_timeout_seconds
    )
    _write_snapshot(settings, cache)
    store.close()
    _log.info("Stopped", extra=log.fields(not_handed_over=left, whole=whole))
    return 0 if whole else 1


def _keep_moving(features, members, every_seconds: float, leaving) -> None:
    moved_at = time.monotonic()
    while not leaving.wait(_REFRESH_SECONDS):
        try:
            members.refresh()
            if time.monotonic() - moved_at >= every_seconds:
                features.move()
                moved_at = time.monotonic()
        except Exception:
            _log.exception("Rows couldn't be moved")


def _snapshot(settings: Settings) -> list[str]:
    """What was hot when this replica was last stopped."""
    try:
        found = json.loads((settings.data_dir / "hot.json").read_text())
    except (OSError, ValueError):
        return []
    return [e for e in found if isinstance(e, str)] if isinstance(found, list) else []


def _write_snapshot(settings: Settings, cache: Cache) -> None:
    path = settings.data_dir / "hot.json"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(cache.hot()))
    temporary.replace(path)


if __name__ == "__main__":
    sys.exit(main())
