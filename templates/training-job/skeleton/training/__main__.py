import logging
import os
import signal
import sys
import threading

from prometheus_client import REGISTRY

from runtime import log
from runtime.environment import SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from training.backend import DeviceError
from training.checkpoints import Checkpoints
from training.dataset import DataError, read
from training.run import Run, write_artefact
from training.settings import read_settings, run_id_of
from training.trainer import Diverged, Trainer

_log = logging.getLogger("main")

# What the Job's podFailurePolicy goes by.
DONE = 0
WRONG_SETTINGS = 2  # FailJob: the same again would fail again
NOT_HERE = 1  # no volume, no device: tried again and counted, as anything else
WRONG_DATA = 3  # FailJob
STOPPED = 75  # Ignore: it was told to go, and has left a checkpoint


def main() -> int:
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTINGS
    log.configure(settings.name, settings.log_level)
    stopping = threading.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: stopping.set())
    lifecycle = Lifecycle()
    server = Server(Web(lifecycle, REGISTRY), lifecycle, port=settings.port, threads=4)
    server.start()
    try:
        dataset = read(settings.data_path)
        run_id = run_id_of(settings, dataset.digest)
        checkpoints = Checkpoints(
            settings.checkpoint_dir,
            run_id,
            keep=settings.keep_checkpoints,
            keep_runs=settings.keep_runs,
        )
        try:
            checkpoints.prepare()
        except OSError as error:
            _log.error("CHECKPOINT_DIR can't be written: %s", error)
            return NOT_HERE
        trainer = Trainer(
            dataset,
            seed=settings.seed,
            batch_size=settings.batch_size,
            learning_rate=settings.learning_rate,
            device=settings.device,
        )
        run = Run(
            trainer,
            checkpoints,
            REGISTRY,
            total_steps=settings.total_steps,
            checkpoint_every=settings.checkpoint_every,
        )
        lifecycle.ready()
        _log.info(
            "Training",
            extra=log.fields(
                run=run_id, examples=len(dataset.rows), device=settings.device
            ),
        )
        done = run.train(stopping.is_set)
    except DeviceError as error:
        _log.error("This node can't train: %s", error)
        return NOT_HERE
    except (DataError, Diverged) as error:
        _log.error("Trying again would not help: %s", error)
        return WRONG_DATA
    lifecycle.draining()
    if not done:
        _log.info("Stopped; a checkpoint is left", extra=log.fields(step=trainer.steps))
        return STOPPED
    path = write_artefact(
        checkpoints.folder, trainer.artefact(settings.name, run_id)
    )
    _log.info("Done", extra=log.fields(step=trainer.steps, model=str(path)))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
