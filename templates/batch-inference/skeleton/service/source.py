"""What a worker needs of a queue, whichever it is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Message:
    id: str | None
    """Of the work, not of the delivery: the same one when it comes again."""
    body: bytes
    token: object
    """How the queue knows this delivery."""


class SourceLost(Exception):
    """The queue couldn't be told: it will deliver the message again."""


class Source(Protocol):
    def receive(self, timeout_seconds: float) -> Message | None:
        """The next message; None when there is none, or none are taken any more."""

    def finish(self, message: Message, result: bytes) -> None:
        """Hands the result on, and only then acknowledges. Raises SourceLost."""

    def acknowledge(self, message: Message) -> None:
        """The result has been handed on before. Raises SourceLost."""

    def reject(self, message: Message) -> None:
        """To the dead letters: trying again would end the same. Raises SourceLost."""

    def give_back(self, message: Message) -> None:
        """At once to another worker. Raises SourceLost."""

    def stop(self) -> None:
        """Takes no more; what has been taken and not begun is given back."""
