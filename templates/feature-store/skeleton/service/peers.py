"""The other replicas: who they are, and how they are asked."""

import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote

from service.store import Row

_log = logging.getLogger("peers")

Address = tuple[str, int]


class PeerError(Exception):
    """A replica that doesn't answer as it should."""


class PeerClient:
    def __init__(self, timeout_seconds: float):
        self._timeout = timeout_seconds

    def hello(self, address: Address) -> tuple[str, bool]:
        """What the peer is called, and whether it keeps entities now."""
        answer = self._ask(address, "GET", "/internal/hello")
        return str(answer["name"]), answer["phase"] == "ready"

    def get(self, address: Address, entity: str, *, beyond: bool) -> Row | None:
        """`beyond`: what the peer hasn't, it asks others for."""
        path = f"/internal/rows/{quote(entity, safe='')}"
        answer = self._ask(
            address, "GET", f"{path}?beyond=yes" if beyond else path, missing=True
        )
        return row_of(answer) if answer is not None else None

    def put(self, address: Address, rows: Sequence[Row]) -> None:
        self._ask(
            address, "POST", "/internal/rows", {"rows": [row.to_json() for row in rows]}
        )

    def page(self, address: Address, owner: str, after: str) -> tuple[list[Row], str]:
        """Rows of the peer that are `owner`'s, and where to go on; "" at the end."""
        answer = self._ask(
            address,
            "GET",
            f"/internal/rows?owner={quote(owner, safe='')}&after={quote(after, safe='')}",
        )
        return [row_of(row) for row in answer["rows"]], answer["next"]

    def _ask(self, address, method, path, body=None, *, missing=False):
        connection = http.client.HTTPConnection(*address, timeout=self._timeout)
        try:
            text = None if body is None else json.dumps(body).encode()
            connection.request(method, path, text)
            response = connection.getresponse()
            data = response.read()
            if missing and response.status == 404:
                return None
            if response.status != 200:
                raise PeerError(f"{address[0]} answered {response.status}.")
            return json.loads(data)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PeerError(f"{address[0]} can't be asked: {error!r}") from error
        finally:
            connection.close()


class Members:
    """
    Who keeps entities: this replica, and those that the headless Service lists, answer
    and are ready. What is listed alone says little: names are remembered for a while
    after a replica has gone, and it lists those that are not ready as well. Replicas
    have a new address after each start and keep their name, so names own entities.
    """

    def __init__(
        self,
        own: str,
        addresses: Callable[[], set[Address]],
        client: PeerClient,
        *,
        remember_seconds: float = 120,
        now: Callable[[], float] = time.monotonic,
    ):
        self.own = own
        self._addresses = addresses
        self._client = client
        self._remember = remember_seconds
        self._now = now
        self._lock = threading.Lock()
        self._current: dict[str, Address] = {}
        self._seen: dict[str, tuple[Address, float]] = {}

    def refresh(self) -> None:
        try:
            found = self._addresses()
        except OSError as error:
            _log.warning("The peers' names can't be resolved: %s", error)
            return
        current: dict[str, Address] = {}
        there: dict[str, Address] = {}
        for address in found:
            try:
                name, ready = self._client.hello(address)
            except PeerError:
                continue
            if name == self.own:
                continue
            there[name] = address
            if ready:
                current[name] = address
        at = self._now()
        with self._lock:
            self._current = current
            self._seen.update({name: (address, at) for name, address in there.items()})
            self._seen = {
                name: (address, seen)
                for name, (address, seen) in self._seen.items()
                if at - seen <= self._remember
            }

    def lost(self, name: str) -> None:
        """It didn't answer: the next one stands in until it is found again."""
        with self._lock:
            self._current.pop(name, None)

    def others(self) -> dict[str, Address]:
        with self._lock:
            return dict(self._current)

    def names(self) -> list[str]:
        return [self.own, *self.others()]

    def recent(self) -> dict[str, Address]:
        """Also who has left a short while ago: it may still have what it hands over."""
        with self._lock:
            return {name: address for name, (address, _) in self._seen.items()}


def dns_addresses(service: str, port: int) -> Callable[[], set[Address]]:
    def addresses() -> set[Address]:
        if not service:
            return set()
        found = socket.getaddrinfo(service, port, type=socket.SOCK_STREAM)
        return {(str(entry[4][0]), port) for entry in found}

    return addresses


def row_of(value: object) -> Row:
    """Raises ValueError where it is no row."""
    if not isinstance(value, dict):
        raise ValueError("a row must be an object")
    entity, at, values = value.get("entity"), value.get("at"), value.get("values")
    if not isinstance(entity, str) or not entity:
        raise ValueError("entity must be a text")
    if isinstance(at, bool) or not isinstance(at, int):
        raise ValueError("at must be a whole number of milliseconds")
    if not isinstance(values, dict):
        raise ValueError("values must be an object")
    return Row(entity, at, values)
