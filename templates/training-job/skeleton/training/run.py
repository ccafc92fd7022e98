"""One run: takes up where the last one was, and leaves where the next one can."""

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge

from runtime.log import fields
from training.checkpoints import Checkpoints, write_whole
from training.trainer import Trainer

_log = logging.getLogger("run")


class RunMetrics:
    """The alerts, the dashboard and the cost a step ask for these names."""

    def __init__(self, registry: CollectorRegistry):
        self.steps = Counter(
            "training_steps_total", "Steps done by this pod.", registry=registry
        )
        self.step = Gauge(
            "training_step", "The step that the run is at.", registry=registry
        )
        self.target = Gauge(
            "training_steps_target", "The step at which it is done.", registry=registry
        )
        self.loss = Gauge("training_loss", "Of the last batch.", registry=registry)
        self.checkpoint = Gauge(
            "training_last_checkpoint_timestamp_seconds",
            "When the last checkpoint was written.",
            registry=registry,
        )


class Run:
    def __init__(
        self,
        trainer: Trainer,
        checkpoints: Checkpoints,
        registry: CollectorRegistry,
        *,
        total_steps: int,
        checkpoint_every: int,
    ):
        self._trainer = trainer
        self._checkpoints = checkpoints
        self._metrics = RunMetrics(registry)
        self._total = total_steps
        self._every = checkpoint_every
        self._saved_at: int | None = None

    def train(self, stopping: Callable[[], bool]) -> bool:
        """True when it is done, False when it was stopped; either way it is saved."""
        trainer = self._trainer
        state = self._checkpoints.latest()
        if state is not None:
            trainer.restore(state)
            self._saved_at = trainer.steps
            _log.info("Taken up", extra=fields(step=trainer.steps))
        self._metrics.target.set(self._total)
        self._metrics.step.set(trainer.steps)
        while trainer.steps < self._total:
            if stopping():
                self._save()
                return False
            loss = trainer.step()
            self._metrics.steps.inc()
            self._metrics.step.set(trainer.steps)
            self._metrics.loss.set(loss)
            if trainer.steps % self._every == 0:
                self._save(loss)
        self._save()
        return True

    def _save(self, loss: float | None = None) -> None:
        if self._saved_at == self._trainer.steps:
            return
        self._checkpoints.save(self._trainer.state())
        self._saved_at = self._trainer.steps
        self._metrics.checkpoint.set(time.time())
        _log.info("Checkpoint", extra=fields(step=self._trainer.steps, loss=loss))


def write_artefact(folder: Path, artefact: dict) -> Path:
    path = folder / "model.json"
    write_whole(path, json.dumps(artefact, indent=2) + "\n")
    return path
