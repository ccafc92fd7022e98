"""What the environment says, with the defaults of a service that is tried out."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.environment import Environment
from runtime.log import LEVELS
from service.cache import memory_limit


@dataclass(frozen=True)
class Settings:
    name: str
    own: str
    port: int
    log_level: str
    drain_delay_seconds: float
    shutdown_timeout_seconds: float
    handover_seconds: float
    data_dir: Path
    peers_service: str
    peer_timeout_seconds: float
    move_every_seconds: float
    cache_bytes: int
    max_row_bytes: int
    max_in_flight: int


def read_settings(variables: Mapping[str, str]) -> Settings:
    env = Environment(variables)
    host = socket.gethostname()
    return Settings(
        name=env.text("SERVICE_NAME", "feature-store"),
        own=env.text("POD_NAME", host),
        port=env.whole("PORT", 8080, 0, 65535),
        log_level=env.choice("LOG_LEVEL", "info", LEVELS),
        drain_delay_seconds=env.seconds("DRAIN_DELAY_SECONDS", 5, 60),
        shutdown_timeout_seconds=env.seconds("SHUTDOWN_TIMEOUT_SECONDS", 8, 600),
        handover_seconds=env.seconds("HANDOVER_SECONDS", 12, 3600),
        data_dir=Path(env.text("DATA_DIR", "/data")),
        peers_service=env.text("PEERS_SERVICE", service_of(socket.getfqdn(), host)),
        peer_timeout_seconds=env.seconds("PEER_TIMEOUT_SECONDS", 1, 60),
        move_every_seconds=env.seconds("MOVE_EVERY_SECONDS", 15, 3600),
        cache_bytes=env.whole(
            # The other half is Python's, and of requests under way.
            "CACHE_BYTES", (memory_limit() or 256 * 2**20) // 2, 2**20, 2**50
        ),
        max_row_bytes=env.whole("MAX_ROW_BYTES", 65_536, 64, 2**20),
        max_in_flight=env.whole("MAX_IN_FLIGHT", 16, 1, 500),
    )


def service_of(fqdn: str, host: str) -> str:
    """
    Pods of a StatefulSet are called `name-0.service.namespace.svc…`: what follows the
    first dot is the headless Service. "" where this is no such pod.
    """
    first, _, rest = fqdn.partition(".")
    is_replica = first == host and re.fullmatch(r".+-\d+", host)
    return rest if is_replica and ".svc." in f"{rest}." else ""
