"""What this replica keeps, on its volume: the newest row of each entity."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


# What goes from one replica to another in one request.
PAGE_ROWS = 500
PAGE_BYTES = 2**20


@dataclass(frozen=True)
class Row:
    entity: str
    at: int
    """When it was true, in milliseconds since 1970: the newer one wins."""
    values: dict[str, object]

    def to_json(self) -> dict:
        return {"entity": self.entity, "at": self.at, "values": self.values}


class Store:
    """SQLite with a write-ahead log: a crash of the process loses nothing."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            folder / "features.db", check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS features ("
            "entity TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL"
            ") WITHOUT ROWID"
        )

    def get(self, entity: str) -> Row | None:
        with self._lock:
            found = self._db.execute(
                "SELECT at, body FROM features WHERE entity = ?", (entity,)
            ).fetchone()
        return Row(entity, found[0], json.loads(found[1])) if found else None

    def put(self, rows: Iterable[Row]) -> None:
        """All or none; a row that is older than what is here changes nothing."""
        prepared = [(r.entity, r.at, json.dumps(r.values)) for r in rows]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(
                    "INSERT INTO features VALUES (?, ?, ?) "
                    "ON CONFLICT (entity) DO UPDATE SET at = excluded.at, "
                    "body = excluded.body WHERE excluded.at >= features.at",
                    prepared,
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def forget(self, rows: Iterable[Row]) -> None:
        """Unless a newer one came meanwhile."""
        with self._lock:
            self._db.executemany(
                "DELETE FROM features WHERE entity = ? AND at <= ?",
                [(row.entity, row.at) for row in rows],
            )

    def page(self, after: str) -> list[Row]:
        """What follows, as much as goes in one request; empty at the end."""
        with self._lock:
            found = self._db.execute(
                "SELECT entity, at, body FROM features WHERE entity > ? "
                "ORDER BY entity LIMIT ?",
                (after, PAGE_ROWS),
            ).fetchall()
        rows, size = [], 0
        for entity, at, body in found:
            size += len(body)
            if rows and size > PAGE_BYTES:
                break
            rows.append(Row(entity, at, json.loads(body)))
        return rows

    def pages(self) -> Iterator[list[Row]]:
        after = ""
        while page := self.page(after):
            yield page
            after = page[-1].entity

    def count(self) -> int:
        with self._lock:
            return self._db.execute("SELECT count(*) FROM features").fetchone()[0]

    def close(self) -> None:
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()
