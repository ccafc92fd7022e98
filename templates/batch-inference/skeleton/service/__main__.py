import logging
import os
import sys
from functools import partial

from prometheus_client import REGISTRY

from runtime import log, signals
from runtime.environment import SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from service.model import ModelError, load
from service.rabbit import RabbitSource
from service.scoring import score
from service.settings import read_settings
from service.worker import Worker

_log = logging.getLogger("main")


def main() -> int:
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    log.configure(settings.name, settings.log_level)
    logging.getLogger("pika").setLevel(logging.CRITICAL)
    signals.hold_signals()
    lifecycle = Lifecycle()
    server = Server(Web(lifecycle, REGISTRY), lifecycle, port=settings.port, threads=4)
    server.start()
    try:
        model = load(settings.model_path)
    except ModelError as error:
        _log.error("The model can't be used: %s", error)
        return 1

    def on_connection(connected: bool) -> None:
        if connected:
            lifecycle.ready()
        else:
            lifecycle.not_ready()

    source = RabbitSource(
        url=settings.rabbitmq_url,
        queue_name=settings.queue,
        results_name=settings.results,
        # No more than is worked on: the rest is for other workers, also for new ones.
        prefetch=settings.concurrency,
        delivery_limit=settings.delivery_limit,
        declare=settings.declare,
        on_connection=on_connection,
    )
    work = partial(_work, model, settings.max_instances)
    worker = Worker(source, work, REGISTRY)
    source.start()
    worker.start(settings.concurrency)
    _log.info("Started", extra=log.fields(port=server.port, queue=settings.queue))
    signal = signals.wait_for_end()
    # A node that is taken back gives two minutes at most: nothing new is begun.
    _log.info("Stopping", extra=log.fields(signal=signal))
    lifecycle.draining()
    returned = worker.stop(settings.finish_seconds)
    source.close()
    _log.info("Stopped", extra=log.fields(returned=returned))
    return 0


def _work(model, max_instances: int, message_id: str, body: bytes):
    return score(model, message_id, body, max_instances)


if __name__ == "__main__":
    sys.exit(main())
