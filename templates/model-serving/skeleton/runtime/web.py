"""Routes, health and metrics as one WSGI application."""

import json
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from runtime.lifecycle import Lifecycle
from runtime.log import fields

_log = logging.getLogger("web")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Refused(Exception):
    """A request that isn't answered as it was asked; the sentence goes to the client."""

    def __init__(self, status: int, message: str, headers: dict | None = None):
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    parameters: dict[str, str]
    query: dict[str, list[str]]
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def json(self):
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Refused(400, "The body isn't JSON.") from None


@dataclass(frozen=True)
class Route:
    """`path` may name parts: `/v1/things/{name}`. It is the label in the metrics."""

    method: str
    path: str
    handle: Callable[[Request], object]

    def parameters(self, path: str) -> dict[str, str] | None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        match = re.fullmatch(pattern, path)
        return match.groupdict() if match else None


class HttpMetrics:
    """
    The autoscaler, the alerts, the dashboard and the cost a request ask for these
    names: a change here is a change there.
    """

    def __init__(self, registry: CollectorRegistry):
        labels = ("method", "route", "status")
        self.requests = Counter(
            "http_requests_total",
            "Requests answered, by method, route and status.",
            labels,
            registry=registry,
        )
        self.duration = Histogram(
            "http_request_duration_seconds",
            "From the head of a request to the end of its answer.",
            labels,
            buckets=BUCKETS,
            registry=registry,
        )
        self.in_flight = Gauge(
            "http_requests_in_flight",
            "Requests that are being answered.",
            registry=registry,
        )


class Web:
    def __init__(
        self,
        lifecycle: Lifecycle,
        registry: CollectorRegistry,
        routes: Sequence[Route] = (),
    ):
        self._lifecycle = lifecycle
        self._registry = registry
        self._routes = routes
        self._metrics = HttpMetrics(registry)

    def __call__(self, environ, start_response):
        body = self._respond(environ, start_response)
        # What HEAD asks for is what GET would have said, without saying it.
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body

    def _respond(self, environ, start_response):
        path = environ.get("PATH_INFO") or "/"
        if path in ("/healthz", "/readyz", "/metrics"):
            status, content_type, body = self._housekeeping(path)
            return _answer(start_response, status, content_type, body)
        method = environ["REQUEST_METHOD"]
        started = time.monotonic()
        found = [
            (route, parameters)
            for route in self._routes
            if (parameters := route.parameters(path)) is not None
        ]
        with self._metrics.in_flight.track_inprogress():
            status, result, headers = self._dispatch(environ, method, path, found)
            body = json.dumps(result).encode() + b"\n"
        seconds = time.monotonic() - started
        labels = {
            "method": method if method in METHODS else "other",
            # A path that isn't a route is no label: anybody could invent new ones.
            "route": found[0][0].path if found else "none",
            "status": str(status),
        }
        self._metrics.requests.labels(**labels).inc()
        self._metrics.duration.labels(**labels).observe(seconds)
        _log.info(
            "Answered",
            extra=fields(**labels, path=path, milliseconds=round(seconds * 1000)),
        )
        return _answer(start_response, status, "application/json", body, headers)

    def _housekeeping(self, path: str):
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest(self._registry)
        phase = self._lifecycle.phase
        failure = self._lifecycle.failure
        if path == "/healthz":
            good, status = failure is None, failure or "alive"
        else:
            good, status = phase == "ready" and failure is None, phase
        body = json.dumps({"status": status}).encode() + b"\n"
        return 200 if good else 503, "application/json", body

    def _dispatch(self, environ, method: str, path: str, found):
        asked = "GET" if method == "HEAD" else method
        here = [(r, p) for r, p in found if r.method == asked]
        if not found:
            return 404, {"error": f"There is no {path} here."}, {}
        if not here:
            allow = ", ".join(route.method for route, _ in found)
            return 405, {"error": f"{path} doesn't answer {method}."}, {"Allow": allow}
        route, parameters = here[0]
        request = Request(
            method=method,
            path=path,
            parameters=parameters,
            query=parse_qs(environ.get("QUERY_STRING", "")),
            body=environ["wsgi.input"].read(),
            headers={
                name[5:].replace("_", "-").lower(): value
                for name, value in environ.items()
                if name.startswith("HTTP_")
            },
        )
        try:
            return 200, route.handle(request), {}
        except Refused as refused:
            return refused.status, {"error": str(refused)}, refused.headers
        except Exception:
            _log.exception("A request failed", extra=fields(route=route.path))
            return 500, {"error": "This failed; the log says why."}, {}


def _answer(start_response, status, content_type, body, headers=None):
    start_response(
        f"{status} {HTTPStatus(status).phrase}",
        [
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
            *(headers or {}).items(),
        ],
    )
    return [body]
