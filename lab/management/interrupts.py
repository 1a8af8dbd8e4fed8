"""Ctrl-C that is not lost.

Python drops an exception that is raised in a finalizer or a weak reference's callback, KeyboardInterrupt too: a
command that is interrupted just then goes on to its end.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Interrupts:
    """What has arrived from the terminal since it was made."""

    def __init__(self) -> None:
        self._arrived = False

    def _arrive(self, signum: int, frame: FrameType | None) -> None:
        self._arrived = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """To be called now and then.

        Raises:
            KeyboardInterrupt: An interrupt has arrived, whether or not it was dropped then.
        """
        if self._arrived:
            raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Keep each SIGINT until :meth:`Interrupts.check` is asked; it is raised at once as well, to end a wait."""
    arrived = Interrupts()
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield arrived
        return
    hook = sys.unraisablehook

    def quiet(unraisable: Any) -> None:
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            hook(unraisable)

    before = signal.signal(signal.SIGINT, arrived._arrive)
    sys.unraisablehook = quiet
    try:
        yield arrived
    finally:
        sys.unraisablehook = hook
        signal.signal(signal.SIGINT, before)
