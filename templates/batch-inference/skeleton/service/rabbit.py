"""
RabbitMQ: a message is the worker's until it acknowledges, and goes to another one as
soon as its connection ends, so what a lost node held is not lost.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

import pika
from pika.exceptions import AMQPError

from service.source import Message, SourceLost

_log = logging.getLogger("rabbit")


class RabbitSource:
    """
    One thread owns the connection, as pika asks for; others hand it commands. After a
    connection was lost, deliveries of the former one can't be settled any more.
    """

    def __init__(
        self,
        *,
        url: str,
        queue_name: str,
        results_name: str,
        prefetch: int,
        delivery_limit: int,
        declare: bool,
        on_connection: Callable[[bool], None],
    ):
        self._parameters = pika.URLParameters(url)
        self._queue = queue_name
        self._results = results_name
        self._prefetch = prefetch
        self._delivery_limit = delivery_limit
        self._declare_queues = declare
        self._on_connection = on_connection
        self._inbox: queue.Queue[Message] = queue.Queue()
        self._commands: queue.Queue[tuple[int, Callable, Future]] = queue.Queue()
        self._lock = threading.Lock()
        self._generation = 0
        self._connection = None
        self._channel = None
        self._consumer = None
        self._stopping = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rabbit", daemon=True)

    def start(self) -> None:
        self._thread.start()

    # What workers call.

    def receive(self, timeout_seconds: float) -> Message | None:
        if self._stopping.is_set():
            return None
        try:
            message = self._inbox.get(timeout=timeout_seconds)
        except queue.Empty:
            return None
        if self._stopping.is_set():
            self.give_back(message)
            return None
        return message

    def finish(self, message: Message, result: bytes) -> None:
        def settle(channel, tag):
            # The broker confirms before the message goes: it is never in neither queue.
            channel.basic_publish(
                exchange="",
                routing_key=self._results,
                body=result,
                properties=pika.BasicProperties(
                    message_id=message.id,
                    content_type="application/json",
                    delivery_mode=pika.DeliveryMode.Persistent.value,
                ),
                mandatory=True,
            )
            channel.basic_ack(tag)

        self._command(message, settle)

    def acknowledge(self, message: Message) -> None:
        self._command(message, lambda channel, tag: channel.basic_ack(tag))

    def reject(self, message: Message) -> None:
        self._command(
            message, lambda channel, tag: channel.basic_reject(tag, requeue=False)
        )

    def give_back(self, message: Message) -> None:
        self._command(
            message, lambda channel, tag: channel.basic_reject(tag, requeue=True)
        )

    def stop(self) -> None:
        self._stopping.set()
        while True:
            try:
                message = self._inbox.get_nowait()
            except queue.Empty:
                return
            try:
                self.give_back(message)
            except SourceLost:
                _log.info("The connection is gone, and with it what was held")

    def close(self, timeout_seconds: float = 5) -> None:
        """The broker gives everything that is not acknowledged to others."""
        self._stopping.set()
        self._closing.set()
        self._wake()
        self._thread.join(timeout_seconds)

    def _command(self, message: Message, settle: Callable) -> None:
        generation, tag = message.token
        done: Future = Future()
        self._commands.put((generation, lambda channel: settle(channel, tag), done))
        self._wake()
        try:
            done.result(timeout=30)
        except SourceLost:
            raise
        except Exception as error:
            raise SourceLost(f"The queue couldn't be told: {error!r}") from error

    def _wake(self) -> None:
        with self._lock:
            connection = self._connection
        if connection is not None:
            try:
                connection.add_callback_threadsafe(lambda: None)
            except AMQPError:
                pass  # It is closed: its thread fails what waits.

    # What the connection's thread does.

    def _run(self) -> None:
        wait = 0.5
        while not self._closing.is_set():
            try:
                self._session()
                wait = 0.5
            except Exception as error:
                _log.warning("The connection to RabbitMQ is lost: %r", error)
            finally:
                self._lost()
            if self._closing.wait(wait):
                return
            wait = min(wait * 2, 15)

    def _lost(self) -> None:
        self._on_connection(False)
        with self._lock:
            connection, self._connection = self._connection, None
        self._channel = None
        self._generation += 1
        # Delivered on the connection that is gone: others have them by now.
        while not self._inbox.empty():
            self._inbox.get_nowait()
        self._fail_commands()
        if connection is not None and connection.is_open:
            try:
                connection.close()
            except AMQPError:
                pass

    def _fail_commands(self) -> None:
        while not self._commands.empty():
            _, _, done = self._commands.get_nowait()
            done.set_exception(SourceLost("The connection to RabbitMQ is lost."))

    def _session(self) -> None:
        connection = pika.BlockingConnection(self._parameters)
        with self._lock:
            self._connection = connection
        self._channel = channel = connection.channel()
        channel.confirm_delivery()
        self._declare(channel)
        channel.basic_qos(prefetch_count=self._prefetch)
        generation = self._generation
        if not self._stopping.is_set():
            self._consumer = channel.basic_consume(
                self._queue,
                lambda _channel, method, properties, body: self._inbox.put(
                    Message(
                        id=properties.message_id,
                        body=body,
                        token=(generation, method.delivery_tag),
                    )
                ),
            )
        self._on_connection(True)
        _log.info("Connected to RabbitMQ")
        while not self._closing.is_set():
            connection.process_data_events(time_limit=1)
            if self._stopping.is_set() and self._consumer is not None:
                channel.basic_cancel(self._consumer)
                self._consumer = None
            self._settle(channel)
        self._settle(channel)

    def _settle(self, channel) -> None:
        while True:
            try:
                generation, command, done = self._commands.get_nowait()
            except queue.Empty:
                return
            if generation != self._generation:
                done.set_exception(SourceLost("It was delivered on a former connection."))
                continue
            try:
                command(channel)
            except Exception as error:
                done.set_exception(SourceLost(f"RabbitMQ refused: {error!r}"))
                raise
            done.set_result(None)

    def _declare(self, channel) -> None:
        if not self._declare_queues:
            channel.queue_declare(self._queue, passive=True)
            channel.queue_declare(self._results, passive=True)
            return
        dead = f"{self._queue}.dead"
        quorum = {"x-queue-type": "quorum"}
        channel.queue_declare(dead, durable=True, arguments=quorum)
        channel.queue_declare(self._results, durable=True, arguments=quorum)
        channel.queue_declare(
            self._queue,
            durable=True,
            arguments={
                **quorum,
                # What brought its worker down so often isn't given to a next one.
                "x-delivery-limit": self._delivery_limit,
                "x-dead-letter-exchange": "",
                "x-dead-letter-routing-key": dead,
            },
        )
