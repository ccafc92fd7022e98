"""The API."""

import json
import math
from concurrent.futures import TimeoutError as FutureTimeout

from prometheus_client import CollectorRegistry, Counter

from runtime.web import Refused, Request, Route
from service.batching import Batcher, QueueFull
from service.model import Model


class Inference:
    """Not ready until `use` has been called."""

    def __init__(self, registry: CollectorRegistry, *, timeout_seconds: float):
        self._timeout = timeout_seconds
        self._model: Model | None = None
        self._batcher: Batcher | None = None
        self._refused = Counter(
            "inference_refused_total",
            "Requests that were sent away because the queue was full.",
            registry=registry,
        )

    def use(self, model: Model, batcher: Batcher) -> None:
        self._batcher = batcher
        self._model = model

    def routes(self) -> list[Route]:
        return [Route("POST", "/v1/infer", self._infer)]

    def _infer(self, request: Request):
        model, batcher = self._model, self._batcher
        if model is None or batcher is None:
            raise Refused(503, "The model is being loaded.", {"Retry-After": "1"})
        body = request.json()
        values = body.get("input") if isinstance(body, dict) else None
        if not isinstance(values, list) or len(values) != model.width:
            raise Refused(400, f"input must be a list of {model.width} numbers.")
        for index, value in enumerate(values):
            if (
                isinstance(value, bool)
                or not isinstance(value, (int, float))
                or not math.isfinite(value)
            ):
                raise Refused(
                    400, f"input[{index}] is {json.dumps(value)}; it must be a number."
                )
        try:
            future = batcher.submit([float(value) for value in values])
        except QueueFull:
            self._refused.inc()
            raise Refused(
                429, "As many requests wait as may.", {"Retry-After": "1"}
            ) from None
        try:
            scores = future.result(timeout=self._timeout)
        except FutureTimeout:
            future.cancel()
            raise Refused(
                504, f"The device hasn't come to it within {self._timeout:g} seconds."
            ) from None
        return {
            "model": {"name": model.name, "version": model.version},
            "scores": dict(zip(model.outputs, scores, strict=True)),
        }
