"""Reads and writes, whichever replica is asked: the owner of the entity answers."""

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge

from service.cache import Cache
from service.peers import Members, PeerClient, PeerError
from service.ring import order_of
from service.store import Row, Store

_log = logging.getLogger("features")


class Features:
    def __init__(
        self,
        store: Store,
        cache: Cache,
        members: Members,
        client: PeerClient,
        registry: CollectorRegistry,
    ):
        self._store = store
        self._cache = cache
        self._members = members
        self._client = client
        self._leaving = False
        self._reads = Counter(
            "feature_store_reads_total",
            "Reads by where the row was found: memory, disk, peer, nowhere.",
            ("source",),
            registry=registry,
        )
        self._moved = Counter(
            "feature_store_rows_moved_total",
            "Rows that went to the replica that owns them.",
            registry=registry,
        )
        for name, help_text, value in [
            ("cache_bytes", "What rows in memory take.", lambda: cache.bytes),
            ("cache_max_bytes", "What they may take.", lambda: cache.max_bytes),
            ("cache_evicted", "Rows that had to leave memory.", lambda: cache.evicted),
            ("rows", "Rows on the volume.", store.count),
            ("members", "Replicas that this one knows.", lambda: len(members.names())),
        ]:
            gauge = Gauge(f"feature_store_{name}", help_text, registry=registry)
            gauge.set_function(value)

    def read(self, entity: str) -> Row | None:
        others = self._members.others()
        for name in order_of(entity, [self._members.own, *others]):
            if name == self._members.own:
                break
            try:
                row = self._client.get(others[name], entity, beyond=True)
            except PeerError:
                self._lost(name)
                continue
            self._reads.labels("peer" if row else "nowhere").inc()
            return row
        return self.read_here(entity, beyond=True)

    def read_here(self, entity: str, *, beyond: bool) -> Row | None:
        """`beyond`: also from who owned it before, which may not have handed it over."""
        row = self._cache.get(entity)
        if row is not None:
            self._reads.labels("memory").inc()
            return row
        row = self._store.get(entity)
        if row is not None:
            self._reads.labels("disk").inc()
            self._cache.put(row)
            return row
        if beyond:
            row = self._from_former(entity)
            if row is not None:
                self._reads.labels("peer").inc()
                return row
        self._reads.labels("nowhere").inc()
        return None

    def _from_former(self, entity: str) -> Row | None:
        recent = self._members.recent()
        # Two are enough: the owner before this one, and who stood in for it.
        for name in order_of(entity, recent)[:2]:
            try:
                row = self._client.get(recent[name], entity, beyond=False)
            except PeerError:
                continue
            if row is not None:
                self.write_here([row])
                return self._store.get(entity)
        return None

    def write(self, row: Row) -> None:
        others = self._members.others()
        for name in order_of(row.entity, [self._members.own, *others]):
            if name == self._members.own:
                break
            try:
                self._client.put(others[name], [row])
                return
            except PeerError:
                # The next one keeps it until it is moved to its owner.
                self._lost(name)
        self.accept([row])

    def accept(self, rows: list[Row]) -> None:
        """
        From a replica that takes this one for the owner. One that leaves passes it on;
        where nobody answers, it is on the volume and comes back with it.
        """
        self.write_here(rows)
        if not self._leaving:
            return
        others = self._members.others()
        for row in rows:
            for name in order_of(row.entity, others):
                try:
                    self._client.put(others[name], [row])
                    break
                except PeerError:
                    self._lost(name)

    def _lost(self, name: str) -> None:
        _log.warning("%s doesn't answer; another one stands in", name)
        self._members.lost(name)

    def write_here(self, rows: list[Row]) -> None:
        self._store.put(rows)
        for row in rows:
            self._cache.put(row)

    def rows_of(self, owner: str, after: str) -> tuple[list[Row], str]:
        """
        What is here and `owner`'s, also where it isn't ready and not listed yet; and
        where to go on, "" at the end.
        """
        page = self._store.page(after)
        names = {*self._members.names(), owner}
        mine = [row for row in page if order_of(row.entity, names)[0] == owner]
        return mine, page[-1].entity if page else ""

    def join(self) -> None:
        """Before it is ready: what others wrote for this replica while it was away."""
        for name, address in self._members.others().items():
            after, first = "", True
            try:
                while after or first:
                    first = False
                    rows, after = self._client.page(address, self._members.own, after)
                    self.write_here(rows)
            except PeerError as error:
                _log.warning("%s couldn't be asked for what is here: %s", name, error)

    def move(self, *, leaving: bool = False, deadline: float | None = None) -> int:
        """
        Each row to its owner. One that goes keeps its own: its volume stays, and the
        newer row wins when it comes back. How many couldn't be moved.
        """
        self._leaving = self._leaving or leaving
        others = self._members.others()
        names = list(others) if leaving else [self._members.own, *others]
        left = 0
        if not others:
            return left
        for page in self._store.pages():
            owners: dict[str, list[Row]] = {}
            for row in page:
                owners.setdefault(order_of(row.entity, names)[0], []).append(row)
            owners.pop(self._members.own, None)
            for owner, rows in owners.items():
                if deadline is not None and time.monotonic() > deadline:
                    left += len(rows)
                    continue
                try:
                    self._client.put(others[owner], rows)
                except PeerError as error:
                    _log.warning("Rows couldn't be moved to %s: %s", owner, error)
                    self._members.lost(owner)
                    left += len(rows)
                    continue
                self._moved.inc(len(rows))
                if not leaving:
                    self._store.forget(rows)
                    for row in rows:
                        self._cache.drop(row.entity)
        return left

    def warm(self, entities: list[str]) -> int:
        """Reads what was hot before the restart; how many there still are."""
        rows = [row for row in map(self._store.get, entities) if row is not None]
        for row in rows:
            self._cache.put(row)
        return len(rows)
