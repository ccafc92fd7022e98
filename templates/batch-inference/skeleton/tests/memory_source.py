"""A queue in memory, for tests only: it redelivers as a broker does."""

import queue
import threading

from service.source import Message, SourceLost


class MemorySource:
    def __init__(self, messages=()):
        self.ready = queue.Queue()
        self.unacknowledged = {}
        self.results = {}
        self.dead = []
        self.log = []
        self.lose_next = False
        self._lock = threading.Lock()
        self._stopped = False
        for message_id, body in messages:
            self.send(message_id, body)

    def send(self, message_id, body):
        self.ready.put((message_id, body))

    def receive(self, timeout_seconds):
        if self._stopped:
            return None
        try:
            message_id, body = self.ready.get(timeout=timeout_seconds)
        except queue.Empty:
            return None
        message = Message(id=message_id, body=body, token=object())
        with self._lock:
            self.unacknowledged[message.token] = message
            self.log.append(("taken", message_id))
        return message

    def _take(self, message, what):
        with self._lock:
            if self.lose_next:
                self.lose_next = False
                self.unacknowledged.pop(message.token)
                self.ready.put((message.id, message.body))
                raise SourceLost("gone")
            # Settling twice is an error of the worker.
            self.unacknowledged.pop(message.token)
            self.log.append((what, message.id))

    def finish(self, message, result):
        self.results.setdefault(message.id, []).append(result)
        self._take(message, "acknowledged")

    def acknowledge(self, message):
        self._take(message, "acknowledged")

    def reject(self, message):
        self._take(message, "rejected")
        self.dead.append(message.id)

    def give_back(self, message):
        self._take(message, "given back")
        self.ready.put((message.id, message.body))

    def stop(self):
        self._stopped = True
