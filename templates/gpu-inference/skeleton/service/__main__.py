import logging
import os
import sys

from prometheus_client import REGISTRY

from runtime import log, signals
from runtime.environment import SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from service.batching import Batcher
from service.engine import EngineError, create_engine
from service.inference import Inference
from service.model import ModelError, load
from service.settings import read_settings

_log = logging.getLogger("main")


def main() -> int:
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    log.configure(settings.name, settings.log_level)
    signals.hold_signals()
    lifecycle = Lifecycle()
    inference = Inference(REGISTRY, timeout_seconds=settings.timeout_seconds)
    server = Server(
        Web(lifecycle, REGISTRY, inference.routes()),
        lifecycle,
        port=settings.port,
        # A thread for each request that waits or is computed, and some for probes:
        # so what waits is what the metric says, and waits nowhere else.
        threads=settings.max_queue + settings.max_batch + 4,
    )
    # Alive while the weights go to the device, and not ready.
    server.start()

    def broken(reason: str) -> None:
        lifecycle.fail(reason)
        signals.end_now()

    try:
        model = load(settings.model_path)
        engine = create_engine(settings.device, model, settings.gpu_memory_bytes)
    except (ModelError, EngineError) as error:
        _log.error("The model can't be run: %s", error)
        return 1
    batcher = Batcher(
        engine,
        REGISTRY,
        max_queue=settings.max_queue,
        max_batch=settings.max_batch,
        max_wait_seconds=settings.max_wait_seconds,
        on_broken=broken,
    )
    batcher.start()
    inference.use(model, batcher)
    lifecycle.ready()
    _log.info(
        "Ready",
        extra=log.fields(port=server.port, model=model.version, device=settings.device),
    )
    signal = signals.wait_for_end()
    _log.info("Draining", extra=log.fields(signal=signal, failure=lifecycle.failure))
    whole = server.drain(
        0 if lifecycle.failure else settings.drain_delay_seconds,
        settings.shutdown_timeout_seconds,
    )
    if not whole:
        _log.error("Stopped; what was still being answered has been cut off")
    else:
        _log.info("Stopped")
    return 0 if whole and lifecycle.failure is None else 1


if __name__ == "__main__":
    sys.exit(main())
