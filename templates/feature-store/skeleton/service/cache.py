"""What is asked for most, in memory that is bounded."""

import json
import threading
from collections import OrderedDict
from pathlib import Path

from service.store import Row

# Of the entry itself: its objects and its place in the order.
_OVERHEAD = 400


class Cache:
    """The least recently used goes first when `max_bytes` are reached."""

    def __init__(self, max_bytes: int):
        self.max_bytes = max_bytes
        self.bytes = 0
        self.evicted = 0
        self._lock = threading.Lock()
        self._rows: OrderedDict[str, tuple[Row, int]] = OrderedDict()

    def get(self, entity: str) -> Row | None:
        with self._lock:
            found = self._rows.get(entity)
            if found is None:
                return None
            self._rows.move_to_end(entity)
            return found[0]

    def put(self, row: Row) -> None:
        size = _OVERHEAD + 4 * (len(row.entity) + len(json.dumps(row.values)))
        with self._lock:
            here = self._rows.get(row.entity)
            if here is not None:
                if here[0].at > row.at:
                    return
                self._remove(row.entity)
            if size > self.max_bytes:
                return
            self._rows[row.entity] = (row, size)
            self.bytes += size
            while self.bytes > self.max_bytes:
                self._remove(next(iter(self._rows)))
                self.evicted += 1

    def drop(self, entity: str) -> None:
        with self._lock:
            if entity in self._rows:
                self._remove(entity)

    def _remove(self, entity: str) -> None:
        _, size = self._rows.pop(entity)
        self.bytes -= size

    def hot(self) -> list[str]:
        """Coldest first, so that putting them in this order keeps it."""
        with self._lock:
            return list(self._rows)


def memory_limit(file: Path = Path("/sys/fs/cgroup/memory.max")) -> int | None:
    """The container's own, in bytes; None when it has none, or it isn't known."""
    try:
        text = file.read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None
