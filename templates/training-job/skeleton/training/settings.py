"""What the environment says, with the defaults of a training that is tried out."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.environment import Environment, SettingError
from runtime.log import LEVELS


@dataclass(frozen=True)
class Settings:
    name: str
    port: int
    log_level: str
    device: str
    data_path: Path
    checkpoint_dir: Path
    run_id: str
    total_steps: int
    checkpoint_every: int
    keep_checkpoints: int
    keep_runs: int
    seed: int
    batch_size: int
    learning_rate: float


def read_settings(variables: Mapping[str, str]) -> Settings:
    env = Environment(variables)
    here = Path(__file__).resolve().parent.parent
    name = env.text("SERVICE_NAME", "training-job")
    run_id = env.text("RUN_ID", "")
    if run_id and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}", run_id):
        raise SettingError(
            f'RUN_ID is "{run_id}"; it must be a name of letters, digits, ".", "_" and "-".'
        )
    rate = env.text("LEARNING_RATE", "0.1")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,9})?", rate) or float(rate) == 0:
        raise SettingError(f'LEARNING_RATE is "{rate}"; it must be a number above 0.')
    return Settings(
        name=name,
        port=env.whole("PORT", 8080, 0, 65535),
        log_level=env.choice("LOG_LEVEL", "info", LEVELS),
        device=env.choice("DEVICE", "cpu", ("cpu", "cuda")),
        data_path=Path(env.text("DATA_PATH", str(here / "data" / "returns.csv"))),
        checkpoint_dir=Path(env.text("CHECKPOINT_DIR", "/checkpoints")),
        run_id=run_id,
        total_steps=env.whole("TOTAL_STEPS", 5000, 1, 10**12),
        checkpoint_every=env.whole("CHECKPOINT_EVERY", 500, 1, 10**9),
        keep_checkpoints=env.whole("KEEP_CHECKPOINTS", 3, 2, 1000),
        keep_runs=env.whole("KEEP_RUNS", 5, 1, 1000),
        seed=env.whole("SEED", 1, 0, 10**9),
        batch_size=env.whole("BATCH_SIZE", 32, 1, 10**6),
        learning_rate=float(rate),
    )


def run_id_of(settings: Settings, data_digest: str) -> str:
    """
    Pods of one Job are one run. Where nobody says which, the same settings on the same
    data are: what they would train has been trained.
    """
    if settings.run_id:
        return settings.run_id
    what = [
        data_digest,
        settings.total_steps,
        settings.seed,
        settings.batch_size,
        settings.learning_rate,
    ]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
