"""What the environment says, with the defaults of a service that is tried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.environment import Environment
from runtime.log import LEVELS


@dataclass(frozen=True)
class Settings:
    name: str
    port: int
    log_level: str
    drain_delay_seconds: float
    shutdown_timeout_seconds: float
    model_path: Path
    max_instances: int
    max_in_flight: int


def read_settings(variables: Mapping[str, str]) -> Settings:
    env = Environment(variables)
    here = Path(__file__).resolve().parent.parent
    return Settings(
        name=env.text("SERVICE_NAME", "model-serving"),
        port=env.whole("PORT", 8080, 0, 65535),
        log_level=env.choice("LOG_LEVEL", "info", LEVELS),
        drain_delay_seconds=env.seconds("DRAIN_DELAY_SECONDS", 5, 60),
        shutdown_timeout_seconds=env.seconds("SHUTDOWN_TIMEOUT_SECONDS", 20, 600),
        model_path=Path(env.text("MODEL_PATH", str(here / "model" / "model.json"))),
        max_instances=env.whole("MAX_INSTANCES", 256, 1, 100_000),
        max_in_flight=env.whole("MAX_IN_FLIGHT", 8, 1, 1000),
    )
