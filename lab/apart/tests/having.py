import os
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.test import override_settings

from lab.apart import client, dialling
from lab.apart.folders import folder
from lab.apart.options import SOCKET
from lab.apart.state import state

PATIENCE = 60  # seconds, on a machine that has other things to do


@contextmanager
def having_runners(**options):
    """Runs are apart, on a broker of the test's own with two runners. Afterwards nothing of it is left."""
    with pytest.MonkeyPatch.context() as patch, override_settings(RUNNERS=2, **options):
        patch.setattr(client, "_is_apart", True)
        yield
        pids, socket = [runner.pid for runner in state().runners], folder() / SOCKET
        dialling._staying.pop(os.getpid()).close()
        eventually(lambda: not any(map(is_alive, pids)))
        eventually(lambda: not socket.exists())
        assert str(settings.DATA_DIR) in str(socket)


def eventually(holds):
    """Wait until it holds, and return what it gives."""
    deadline = monotonic() + PATIENCE
    while not (found := holds()):
        assert monotonic() < deadline, "it never came"
        sleep(0.05)
    return found


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
