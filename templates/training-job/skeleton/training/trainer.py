"""
Logistic regression by mini-batches. Replace it by your own: what is asked of it is
`step`, `state`, `restore` and `artefact`, and that a state holds all there is, so that
a run that was taken up again ends as one that never stopped.
"""

import math
import random
from dataclasses import dataclass

from training.backend import create_gradient, scaled_rows
from training.dataset import Dataset


class Diverged(ArithmeticError):
    """The loss is no number any more: trying again would end the same."""


@dataclass(frozen=True)
class Scale:
    mean: float
    scale: float


class Trainer:
    def __init__(
        self,
        dataset: Dataset,
        *,
        seed: int,
        batch_size: int,
        learning_rate: float,
        device: str = "cpu",
    ):
        self._data = dataset
        self._seed = seed
        self._batch = batch_size
        self._rate = learning_rate
        self._scales = [_scale_of(column) for column in zip(*dataset.rows, strict=True)]
        self._gradient = create_gradient(
            device, scaled_rows(dataset, self._scales), dataset.answers
        )
        self._weights = [0.0] * len(dataset.features)
        self._bias = 0.0
        self.steps = 0
        self._order: tuple[int, list[int]] | None = None

    def step(self) -> float:
        """One batch; the mean loss of it before it was learned from."""
        batch = self._next_batch()
        loss, slopes, slope_bias = self._gradient.of(batch, self._weights, self._bias)
        size = len(batch)
        self._bias -= self._rate * slope_bias / size
        self._weights = [
            w - self._rate * g / size
            for w, g in zip(self._weights, slopes, strict=True)
        ]
        self.steps += 1
        if not all(map(math.isfinite, [loss, self._bias, *self._weights])):
            raise Diverged(
                f"The loss is {loss} at step {self.steps}; a smaller LEARNING_RATE may help."
            )
        return loss / size

    def _next_batch(self) -> list[int]:
        """
        The order is made from seed and epoch alone, not from what was drawn before:
        so it is the same whenever a run is taken up.
        """
        count = len(self._data.rows)
        per_epoch = max(1, count // self._batch)
        epoch, at = divmod(self.steps, per_epoch)
        if self._order is None or self._order[0] != epoch:
            order = list(range(count))
            random.Random(f"{self._seed}/{epoch}").shuffle(order)
            self._order = (epoch, order)
        return self._order[1][at * self._batch : (at + 1) * self._batch]

    def state(self) -> dict:
        return {"steps": self.steps, "weights": self._weights, "bias": self._bias}

    def restore(self, state: dict) -> None:
        self.steps = int(state["steps"])
        self._weights = [float(weight) for weight in state["weights"]]
        self._bias = float(state["bias"])

    def artefact(self, name: str, version: str) -> dict:
        """As the template model-serving serves it."""
        return {
            "name": name,
            "version": version,
            "link": "logistic",
            "bias": self._bias,
            "features": {
                feature: {"weight": weight, "mean": s.mean, "scale": s.scale}
                for feature, weight, s in zip(
                    self._data.features, self._weights, self._scales, strict=True
                )
            },
        }


def _scale_of(column) -> Scale:
    mean = math.fsum(column) / len(column)
    variance = math.fsum((value - mean) ** 2 for value in column) / len(column)
    return Scale(mean=mean, scale=math.sqrt(variance) or 1.0)
