"""Runs what is asked of it, one lease after another: `python -m lab.apart.runner <socket> <options>`.

It knows neither the site's database nor its secret. It ends when the broker does.
"""

import os
import pickle
import signal
import socket
import sys
import traceback
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

import django

from lab.apart import wire
from lab.apart.options import Options
from lab.exceptions import Left
from lab.leaving import calling, is_left_alone

_LOWER = 5  # its priority, than the web's: a page that is only read goes first


def main(broker: socket.socket, options: Options) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(_LOWER)
    django.setup()
    for name in options.preload:
        import_module(name)
    with suppress(ConnectionError):  # the broker has ended
        _work_for(broker)


def _work_for(broker: socket.socket) -> None:
    broker.sendall(b"idle\n")
    while lease := socket.recv_fds(broker, 64, 1)[1]:
        with Connection(lease[0]) as asking, suppress(EOFError, OSError):
            while True:
                _serve(asking)
        broker.sendall(b"idle\n")


def _serve(asking: Connection) -> None:
    """Run one piece of work. Raises EOFError or OSError where nobody asks any more."""
    work, args, options = pickle.loads(asking.recv_bytes())
    try:
        with calling(partial(is_left_alone, asking.fileno())):
            answer: tuple[Any, ...] = "returned", work(*args, **options)
    except Left:
        raise EOFError from None
    except Exception as error:
        answer = "raised", wire.chain(error), traceback.format_exc()
    try:
        said = wire.dumps(answer)
    except Exception as error:  # what it returned has no end, or the like
        said = wire.dumps(("raised", wire.chain(error), traceback.format_exc()))
    asking.send_bytes(said)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), Options.from_json(sys.argv[2]))
