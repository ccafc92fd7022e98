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
    rabbitmq_url: str
    queue: str
    results: str
    declare: bool
    delivery_limit: int
    model_path: Path
    concurrency: int
    max_instances: int
    finish_seconds: float


def read_settings(variables: Mapping[str, str]) -> Settings:
    env = Environment(variables)
    here = Path(__file__).resolve().parent.parent
    name = env.text("SERVICE_NAME", "batch-inference")
    queue = env.text("QUEUE_NAME", name)
    return Settings(
        name=name,
        port=env.whole("PORT", 8080, 0, 65535),
        log_level=env.choice("LOG_LEVEL", "info", LEVELS),
        rabbitmq_url=env.text("RABBITMQ_URL", "amqp://guest:guest@localhost:5672/%2F"),
        queue=queue,
        results=env.text("RESULTS_QUEUE_NAME", f"{queue}.results"),
        declare=env.choice("DECLARE_QUEUES", "true", ("true", "false")) == "true",
        delivery_limit=env.whole("DELIVERY_LIMIT", 5, 1, 1000),
        model_path=Path(env.text("MODEL_PATH", str(here / "model" / "model.json"))),
        concurrency=env.whole("CONCURRENCY", 1, 1, 64),
        max_instances=env.whole("MAX_INSTANCES", 10_000, 1, 1_000_000),
        finish_seconds=env.seconds("FINISH_SECONDS", 20, 3600),
    )
