"""Waiting for the end of the pod."""

import os
import signal

_END = {signal.SIGTERM, signal.SIGINT}


def hold_signals() -> None:
    """Before any thread starts: signals then wait for `wait_for_end`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _END)


def wait_for_end() -> str:
    return signal.Signals(signal.sigwait(_END)).name


def end_now() -> None:
    """From a thread that can't go on: the main one wakes up and drains."""
    os.kill(os.getpid(), signal.SIGTERM)
