"""What tests let runners do."""

import gc
import os
import signal
import time
from decimal import Decimal
from threading import Thread

from django.conf import settings
from django.db import connection

from lab.exceptions import EngineUnavailable, ShelfMissing


def number():
    return os.getpid()


def add(left, right=1):
    return left + right


def priority():
    return os.getpriority(os.PRIO_PROCESS, 0)


def known():
    """What a runner knows of the site."""
    return settings.SECRET_KEY, settings.DATABASES["default"]["NAME"], dict(os.environ)


def fail():
    raise ShelfMissing("There is no such shelf.")


def fail_by_the_disk():
    try:
        raise OSError(28, "No space left on device")
    except OSError as error:
        raise EngineUnavailable("It went away.") from error


def spin():
    while True:
        pass


def hold(seconds, path):
    """Say in a file that it has begun, and sleep. Not to be stopped but by a signal."""
    path.write_text(str(os.getpid()))
    time.sleep(seconds)
    return os.getpid()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def exit():
    os._exit(3)


def grow(mebibytes):
    held = [b"x" * 2**20 for _ in range(mebibytes)]
    time.sleep(20)
    return len(held)


def leave_behind(mebibytes):
    """Memory that the process keeps."""
    globals()["kept"] = [os.urandom(2**20) for _ in range(mebibytes)]
    gc.collect()
    return os.getpid()


class Money(Decimal):
    pass


def strange():
    class Local:
        def __str__(self):
            return "a stranger"

        def __repr__(self):
            return "<stranger>"

    return [Local(), (Local(), 1), {"thread": Thread.__name__, "class": Local}]


def nested():
    """So deep that it cannot be sent."""
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def evil():
    """A value whose pickle would call a function in the process that loads it."""

    class Evil:
        def __reduce__(self):
            return os.system, ("true",)

    return Evil()


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()
