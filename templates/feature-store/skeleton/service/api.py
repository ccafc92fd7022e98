"""What clients and other replicas ask."""

import math
import re
import threading
import time
from collections.abc import Callable

from runtime.web import Refused, Request, Route
from service.features import Features
from service.peers import row_of
from service.store import PAGE_ROWS, Row

_ENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@-]{0,199}")
# A clock that is wrong must not win for ever.
_AHEAD_MS = 60_000


def create_routes(
    own: str,
    features: Features,
    *,
    phase: Callable[[], str],
    max_row_bytes: int,
    max_in_flight: int,
    now_ms: Callable[[], int] = lambda: int(time.time() * 1000),
) -> list[Route]:
    def entity_of(request: Request) -> str:
        entity = request.parameters["entity"]
        if not _ENTITY.fullmatch(entity):
            raise Refused(
                400,
                "The entity must begin with a letter or a digit and have at most 200 "
                'letters, digits, ".", "_", ":", "@" and "-".',
            )
        return entity

    def get(request: Request):
        row = features.read(entity_of(request))
        if row is None:
            raise Refused(404, "No features of this entity are known.")
        return row.to_json()

    def put(request: Request):
        entity = entity_of(request)
        if len(request.body) > max_row_bytes:
            raise Refused(413, f"A row may have {max_row_bytes} bytes.")
        body = request.json()
        if not isinstance(body, dict) or set(body) - {"at", "values"}:
            raise Refused(400, 'The body must be {"at": …, "values": {…}}.')
        try:
            row = row_of({"at": now_ms(), **body, "entity": entity})
        except ValueError as error:
            raise Refused(400, f"{str(error).capitalize()}.") from error
        if not 0 <= row.at <= now_ms() + _AHEAD_MS:
            raise Refused(400, f"At is {row.at}; it must be a time that has been.")
        for name, value in row.values.items():
            is_scalar = value is None or isinstance(value, (bool, int, float, str))
            if not is_scalar or (isinstance(value, float) and not math.isfinite(value)):
                raise Refused(
                    400, f"values.{name} must be a number, a text, true, false or null."
                )
        features.write(row)
        return row.to_json()

    def one(request: Request):
        beyond = request.query.get("beyond") == ["yes"]
        row = features.read_here(entity_of(request), beyond=beyond)
        if row is None:
            raise Refused(404, "It isn't here.")
        return row.to_json()

    def page(request: Request):
        owner = request.query.get("owner", [""])[0]
        after = request.query.get("after", [""])[0]
        rows, following = features.rows_of(owner, after)
        return {"rows": [row.to_json() for row in rows], "next": following}

    def take(request: Request):
        body = request.json()
        rows = body.get("rows") if isinstance(body, dict) else None
        if not isinstance(rows, list) or len(rows) > PAGE_ROWS:
            raise Refused(400, f"rows must be a list of {PAGE_ROWS} at most.")
        try:
            taken: list[Row] = [row_of(row) for row in rows]
        except ValueError as error:
            raise Refused(400, f"{str(error).capitalize()}.") from error
        features.accept(taken)
        return {"taken": len(taken)}

    places = threading.BoundedSemaphore(max_in_flight)

    def bounded(handle: Callable[[Request], object]) -> Callable[[Request], object]:
        """
        Clients take some of the threads and never all: replicas that wait for each
        other would otherwise have none left to answer with.
        """

        def within(request: Request):
            if not places.acquire(blocking=False):
                raise Refused(
                    503, "This replica answers as many as it may.", {"Retry-After": "1"}
                )
            try:
                return handle(request)
            finally:
                places.release()

        return within

    return [
        Route("GET", "/v1/features/{entity}", bounded(get)),
        Route("PUT", "/v1/features/{entity}", bounded(put)),
        Route("GET", "/internal/hello", lambda _: {"name": own, "phase": phase()}),
        Route("GET", "/internal/rows/{entity}", one),
        Route("GET", "/internal/rows", page),
        Route("POST", "/internal/rows", take),
    ]
