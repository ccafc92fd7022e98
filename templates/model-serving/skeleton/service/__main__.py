import logging
import os
import sys

from prometheus_client import REGISTRY

from runtime import log, signals
from runtime.environment import SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from service.model import ModelError, load
from service.serving import Serving
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
    serving = Serving(
        REGISTRY,
        max_instances=settings.max_instances,
        max_in_flight=settings.max_in_flight,
    )
    server = Server(
        Web(lifecycle, REGISTRY, serving.routes()),
        lifecycle,
        port=settings.port,
        # Some are left for probes when all places are taken.
        threads=settings.max_in_flight + 4,
    )
    # Alive while it loads, and not ready: a large model takes its time.
    server.start()
    try:
        model = load(settings.model_path)
    except ModelError as error:
        _log.error("The model can't be served: %s", error)
        return 1
    serving.use(model)
    lifecycle.ready()
    _log.info("Ready", extra=log.fields(port=server.port, model=model.version))
    signal = signals.wait_for_end()
    _log.info("Draining", extra=log.fields(signal=signal))
    whole = server.drain(
        settings.drain_delay_seconds, settings.shutdown_timeout_seconds
    )
    if not whole:
        _log.error("Stopped; what was still being answered has been cut off")
        return 1
    _log.info("Stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
