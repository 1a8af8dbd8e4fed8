"""A runner that a request has for a while."""

import json
import pickle
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from django.conf import settings

from lab import leaving
from lab.apart import wire
from lab.apart.dialling import dial
from lab.exceptions import Busy, RunnerEnded, RunnersDown

_WAIT = 15.0  # seconds that a request waits for a runner, whatever was expected when it was let in
_AGAIN = 5  # seconds until one may try again who has waited in vain
_REASON = 3.0  # seconds until the broker says why a runner has ended
_LONGEST = 4096  # bytes of a message
_TRIES = 3  # a broker may end while it is asked


def open_lease(*, heavy: bool, what: str, key: str = "", ticket: str = "") -> "Lease | None":
    """Return a Lease as soon as there is a runner; None where work of this key was done meanwhile.

    Raises Busy, RunnersDown, or Left.
    """
    for _ in range(_TRIES):
        control = dial()
        try:
            _send(control, {"ask": "lease", "heavy": heavy, "key": key, "what": what, "ticket": ticket})
            answer, runner = _receive(control, _WAIT)
        except BaseException:
            control.close()
            raise
        if answer.get("answer") == "go" and runner is not None:
            return Lease(control, Connection(runner))
        control.close()
        if answer.get("answer") == "made":
            return None
        if answer.get("answer") == "busy":
            raise _busy(answer["retry_after"], answer["ticket"])
        if answer.get("answer") == "broken":
            raise RunnersDown(answer["why"])
    raise RunnersDown("What lends processes to runs ends while it is asked; the log of this site says why.")


class Lease:
    def __init__(self, control: socket.socket, runner: Connection) -> None:
        self._control, self._runner = control, runner
        self.is_closed = False

    def ask(self, work: Callable[..., Any], args: tuple[Any, ...], given: dict[str, Any], seconds: float) -> Any:
        """Return what `work(*args, **given)` returns there. Raises what it raises, RunnerEnded, or Left."""
        try:
            self._runner.send_bytes(pickle.dumps((work, args, given)))
            self._wait(seconds)
            kind, answer, *trace = wire.loads(self._runner.recv_bytes())
        except (EOFError, ConnectionError):
            why = self._why()
            self.close()
            raise RunnerEnded(why) from None
        except BaseException:  # nobody waits for it
            self.close()
            raise
        if kind == "returned":
            return answer
        error = wire.linked(answer)
        error.add_note(f"In a runner process:\n{trace[0]}")
        raise error

    def close(self) -> None:
        self.is_closed = True
        self._runner.close()
        self._control.close()

    def _wait(self, seconds: float) -> None:
        deadline = monotonic() + seconds
        while not self._runner.poll(leaving.LOOK):
            leaving.check()
            if monotonic() > deadline:
                raise RunnerEnded(f"stopped after {seconds:g} seconds: its process, which did not stop, was ended")

    def _why(self) -> str:
        """As the broker says."""
        ended = ""
        with suppress(OSError, Busy):
            ended = _receive(self._control, _REASON)[0].get("ended", "")
        if ended == "memory":
            return (
                f"stopped at {settings.RUNNER_MEMORY:,} MiB of memory, since it took more: its process was ended"
            )
        return f"stopped: its process has ended ({ended or 'nobody knows why'})"


def _busy(seconds: int, ticket: str = "") -> Busy:
    in_a = "a second" if seconds == 1 else f"{seconds} seconds"
    error = Busy(f"All places are taken by other readers’ runs. Try again in {in_a}.")
    error.retry_after, error.ticket = seconds, ticket
    return error


def _send(control: socket.socket, message: dict[str, Any]) -> None:
    with suppress(ConnectionError):  # what it says instead is read next
        control.sendall(json.dumps(message).encode() + b"\n")


def _receive(control: socket.socket, seconds: float) -> tuple[dict[str, Any], int | None]:
    """Return the next message, and the socket that came with it; an empty one where the broker has gone."""
    deadline = monotonic() + seconds
    while not select.select([control], [], [], leaving.LOOK)[0]:
        leaving.check()
        if monotonic() > deadline:
            raise _busy(_AGAIN)
    try:
        data, sockets, *_ = socket.recv_fds(control, _LONGEST, 1)
    except ConnectionError:
        return {}, None
    return json.loads(data or "{}"), next(iter(sockets), None)
