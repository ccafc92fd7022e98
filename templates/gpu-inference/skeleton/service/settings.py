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
    device: str
    gpu_memory_bytes: int | None
    max_queue: int
    max_batch: int
    max_wait_seconds: float
    timeout_seconds: float


def read_settings(variables: Mapping[str, str]) -> Settings:
    env = Environment(variables)
    here = Path(__file__).resolve().parent.parent
    return Settings(
        name=env.text("SERVICE_NAME", "gpu-inference"),
        port=env.whole("PORT", 8080, 0, 65535),
        log_level=env.choice("LOG_LEVEL", "info", LEVELS),
        drain_delay_seconds=env.seconds("DRAIN_DELAY_SECONDS", 5, 60),
        shutdown_timeout_seconds=env.seconds("SHUTDOWN_TIMEOUT_SECONDS", 20, 600),
        model_path=Path(env.text("MODEL_PATH", str(here / "model" / "model.json"))),
        device=env.choice("DEVICE", "cpu", ("cpu", "cuda")),
        gpu_memory_bytes=env.whole("GPU_MEMORY_BYTES", 0, 0, 2**50) or None,
        max_queue=env.whole("MAX_QUEUE", 32, 1, 1000),
        max_batch=env.whole("MAX_BATCH", 8, 1, 1000),
        max_wait_seconds=env.seconds("MAX_WAIT_SECONDS", 0.005, 1),
        timeout_seconds=env.seconds("TIMEOUT_SECONDS", 15, 600),
    )
