"""What computes a step: the gradient of a batch, on the device that DEVICE names."""

import math
from typing import Protocol

from training.dataset import Dataset


class DeviceError(RuntimeError):
    """The device isn't there; another node may have one."""


class Gradient(Protocol):
    def of(
        self, batch: list[int], weights: list[float], bias: float
    ) -> tuple[float, list[float], float]:
        """Of the examples at these places: loss, slope of each weight, slope of the bias; sums."""


class CpuGradient:
    """In plain Python: for tests, and for data that is small."""

    def __init__(self, rows: list[list[float]], answers: list[float]):
        self._rows = rows
        self._answers = answers

    def of(self, batch, weights, bias):
        slopes = [0.0] * len(weights)
        slope_bias = loss = 0.0
        for index in batch:
            row, answer = self._rows[index], self._answers[index]
            z = bias + sum(w * x for w, x in zip(weights, row, strict=True))
            # log(1 + e^z) − y·z, in a form that can't overflow.
            loss += max(z, 0.0) - z * answer + math.log1p(math.exp(-abs(z)))
            error = logistic(z) - answer
            slope_bias += error
            for i, x in enumerate(row):
                slopes[i] += error * x
        return loss, slopes, slope_bias


class CudaGradient:
    """The same on a GPU; the examples stay there. Sums are rounded as the device does."""

    def __init__(self, rows: list[list[float]], answers: list[float]):
        try:
            import torch
        except ImportError as error:
            raise DeviceError(
                "DEVICE is cuda and torch isn't installed; "
                "an image for GPUs has it by requirements-gpu.txt."
            ) from error
        if not torch.cuda.is_available():
            raise DeviceError("DEVICE is cuda and no GPU is here.")
        self._torch = torch
        self._options = {"device": torch.device("cuda"), "dtype": torch.float64}
        self._rows = torch.tensor(rows, **self._options)
        self._answers = torch.tensor(answers, **self._options)

    def of(self, batch, weights, bias):
        torch = self._torch
        rows, answers = self._rows[batch], self._answers[batch]
        z = rows @ torch.tensor(weights, **self._options) + bias
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            z, answers, reduction="sum"
        )
        error = torch.sigmoid(z) - answers
        return loss.item(), (error @ rows).tolist(), error.sum().item()


def create_gradient(
    device: str, rows: list[list[float]], answers: list[float]
) -> Gradient:
    return (CudaGradient if device == "cuda" else CpuGradient)(rows, answers)


def scaled_rows(dataset: Dataset, scales) -> list[list[float]]:
    return [
        [(value - s.mean) / s.scale for value, s in zip(row, scales, strict=True)]
        for row in dataset.rows
    ]


def logistic(x: float) -> float:
    # Both forms are the same number; each is the one that can't overflow.
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
