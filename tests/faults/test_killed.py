"""kill -9 in the middle of a run that writes: what it was at is swept, and the next request is answered."""

import os
import signal
import threading
from contextlib import suppress

import pytest

from tests.faults.sites import READS, WRITES, happens

pytestmark = pytest.mark.soak


def write_meanwhile(site):
    """Ask for a run that writes; return once it is at it."""

    def ask():
        with suppress(OSError):  # who would answer is killed
            site.get(WRITES)

    threading.Thread(target=ask, daemon=True).start()
    happens(lambda: site.copies)


def test_web_workers(own_site):
    write_meanwhile(own_site)
    before = own_site.workers
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    happens(lambda: len(own_site.workers) == 2 and not set(own_site.workers) & set(before))
    for page in (READS, WRITES):
        assert own_site.get(page).status == 200
    happens(lambda: own_site.copies == [])
    assert len(own_site.workers) == 2


def test_everything_at_once(own_site):
    write_meanwhile(own_site)
    own_site.kill_all()
    left = own_site.folders
    assert left
    own_site.start()
    for page in (READS, WRITES):
        assert own_site.get(page).status == 200
    assert own_site.copies == []
    assert not own_site.folders & left


def test_master_alone_leaves_nobody(own_site):
    write_meanwhile(own_site)
    os.kill(own_site.process.pid, signal.SIGKILL)
    own_site.process.wait()
    happens(lambda: own_site.processes() == [])
    own_site.start()
    assert own_site.get(WRITES).status == 200
    assert own_site.copies == []
