"""What computes: a batch of inputs at a time, on the device that DEVICE names."""

import math
from typing import Protocol

from service.model import Model


class EngineError(RuntimeError):
    """The device isn't there, or doesn't work any more: the process has to end."""


class Engine(Protocol):
    def run(self, batch: list[list[float]]) -> list[list[float]]: ...


class CpuEngine:
    """For tests, and for a look at the service without a GPU. Slow on purpose of clarity."""

    def __init__(self, model: Model):
        self._model = model

    def run(self, batch: list[list[float]]) -> list[list[float]]:
        return [self._one(row) for row in batch]

    def _one(self, values: list[float]) -> list[float]:
        for layer in self._model.layers:
            values = [
                bias + sum(w * x for w, x in zip(row, values, strict=True))
                for row, bias in zip(layer.weights, layer.bias, strict=True)
            ]
            if layer.activation == "relu":
                values = [max(0.0, value) for value in values]
            elif layer.activation == "softmax":
                highest = max(values)
                powers = [math.exp(value - highest) for value in values]
                total = sum(powers)
                values = [power / total for power in powers]
        return values


class CudaEngine:
    """
    The same layers as tensors on the GPU. Devices that are shared by time-slicing have
    no walls between their memories, so the service keeps to its part by itself.
    """

    def __init__(self, model: Model, memory_bytes: int | None):
        try:
            import torch
        except ImportError as error:
            raise EngineError(
                "DEVICE is cuda and torch isn't installed; "
                "the image has it by requirements-gpu.txt."
            ) from error
        if not torch.cuda.is_available():
            raise EngineError("DEVICE is cuda and no GPU is here.")
        self._torch = torch
        self._device = torch.device("cuda")
        if memory_bytes is not None:
            total = torch.cuda.get_device_properties(self._device).total_memory
            torch.cuda.set_per_process_memory_fraction(min(1.0, memory_bytes / total))
        self._layers = [
            (
                torch.tensor(layer.weights, device=self._device),
                torch.tensor(layer.bias, device=self._device),
                layer.activation,
            )
            for layer in model.layers
        ]
        # The first run loads kernels: it belongs before readiness.
        self.run([[0.0] * model.width])

    def run(self, batch: list[list[float]]) -> list[list[float]]:
        torch = self._torch
        try:
            with torch.inference_mode():
                values = torch.tensor(batch, device=self._device)
                for weights, bias, activation in self._layers:
                    values = torch.nn.functional.linear(values, weights, bias)
                    if activation == "relu":
                        values = torch.relu(values)
                    elif activation == "softmax":
                        values = torch.softmax(values, dim=-1)
                return values.tolist()
        except torch.cuda.OutOfMemoryError:
            # Of this batch: the device goes on.
            torch.cuda.empty_cache()
            raise
        except RuntimeError as error:
            # An error of the device stays in its context until the process ends.
            raise EngineError(f"The GPU failed: {error}") from error


def create_engine(device: str, model: Model, memory_bytes: int | None) -> Engine:
    if device == "cuda":
        return CudaEngine(model, memory_bytes)
    return CpuEngine(model)
