"""The API, and what is measured of it."""

import threading
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from runtime.web import Refused, Request, Route
from service.model import InstanceError, LinearModel


class Serving:
    def __init__(
        self,
        registry: CollectorRegistry,
        *,
        max_instances: int,
        max_in_flight: int,
    ):
        self._model: LinearModel | None = None
        self._max_instances = max_instances
        self._places = threading.BoundedSemaphore(max_in_flight)
        self._predictions = Counter(
            "model_predictions_total",
            "Instances scored, by version of the model.",
            ("version",),
            registry=registry,
        )
        self._inference = Histogram(
            "model_inference_duration_seconds",
            "What scoring the instances of one request took.",
            buckets=(0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
            registry=registry,
        )
        self._loaded = Gauge(
            "model_loaded",
            "1 for the model that is served.",
            ("name", "version"),
            registry=registry,
        )

    def use(self, model: LinearModel) -> None:
        self._model = model
        self._loaded.clear()
        self._loaded.labels(model.name, model.version).set(1)

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/v1/predict", self._predict),
            Route("GET", "/v1/model", self._describe),
        ]

    def _served(self) -> LinearModel:
        if self._model is None:
            raise Refused(503, "The model is being loaded.", {"Retry-After": "1"})
        return self._model

    def _describe(self, _: Request):
        model = self._served()
        return {
            "name": model.name,
            "version": model.version,
            "features": [feature.name for feature in model.features],
        }

    def _predict(self, request: Request):
        model = self._served()
        body = request.json()
        instances = body.get("instances") if isinstance(body, dict) else None
        if not isinstance(instances, list) or not instances:
            raise Refused(400, 'The body must be {"instances": [{…}, …]}, with one at least.')
        if len(instances) > self._max_instances:
            raise Refused(
                413,
                f"There are {len(instances)} instances; "
                f"a request may have {self._max_instances}.",
            )
        # Waiting in line would only make every answer late: another replica has room.
        if not self._places.acquire(blocking=False):
            raise Refused(
                503, "This replica answers as many as it may.", {"Retry-After": "1"}
            )
        try:
            started = time.perf_counter()
            predictions = model.predict(instances)
            self._inference.observe(time.perf_counter() - started)
        except InstanceError as error:
            raise Refused(400, str(error)) from error
        finally:
            self._places.release()
        self._predictions.labels(model.version).inc(len(predictions))
        return {
            "model": {"name": model.name, "version": model.version},
            "predictions": predictions,
        }
