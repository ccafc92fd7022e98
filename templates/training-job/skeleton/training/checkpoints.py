"""Checkpoints: whole or not there, the newest that is whole counts."""

import hashlib
import json
import logging
import os
import re
import shutil
from pathlib import Path

_log = logging.getLogger("checkpoints")

_NAME = re.compile(r"step-(\d{12})\.json")


class Checkpoints:
    """Of one run, in a folder of its own under `root`."""

    def __init__(self, root: Path, run_id: str, *, keep: int, keep_runs: int):
        self._root = root
        self.folder = root / run_id
        self._keep = keep
        self._keep_runs = keep_runs

    def prepare(self) -> None:
        """Makes the folder, and removes those of runs that ended long ago."""
        self.folder.mkdir(parents=True, exist_ok=True)
        os.utime(self.folder)
        others = sorted(
            (
                entry
                for entry in self._root.iterdir()
                # Only what looks like ours: the volume may hold other things.
                if entry.is_dir()
                and entry != self.folder
                and any(_NAME.fullmatch(file.name) for file in entry.iterdir())
            ),
            key=lambda entry: entry.stat().st_mtime,
            reverse=True,
        )
        for old in others[self._keep_runs - 1 :]:
            _log.info("Removing the checkpoints of a former run: %s", old.name)
            shutil.rmtree(old, ignore_errors=True)

    def save(self, state: dict) -> Path:
        text = json.dumps(state)
        whole = json.dumps({"sha256": _digest(text), "state": text})
        path = self.folder / f"step-{state['steps']:012d}.json"
        write_whole(path, whole)
        for old in self._files()[self._keep :]:
            old.unlink(missing_ok=True)
        return path

    def latest(self) -> dict | None:
        for path in self._files():
            try:
                entry = json.loads(path.read_text(encoding="utf-8"))
                if _digest(entry["state"]) == entry["sha256"]:
                    return json.loads(entry["state"])
            except (OSError, ValueError, KeyError, TypeError):
                pass
            _log.warning("%s isn't whole; the one before it is taken", path.name)
        return None

    def _files(self) -> list[Path]:
        """Newest first."""
        if not self.folder.is_dir():
            return []
        found = [f for f in self.folder.iterdir() if _NAME.fullmatch(f.name)]
        return sorted(found, reverse=True)


def write_whole(path: Path, text: str) -> None:
    """Under another name first: who is killed half-way leaves no half of a file."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
