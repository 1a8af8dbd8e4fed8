from collections.abc import Callable
from types import FrameType
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


class Watcher(Protocol):
    """What sees a run, such as lab.recording.recorder.Recorder."""

    @property
    def is_stopped(self) -> bool:
        """Whether it has ended the run before its time."""

    def watch(self, connection: BaseDatabaseWrapper) -> None:
        """See what this connection does as well."""

    def bind(self, work: Callable[..., Any], frame: FrameType) -> Callable[..., Any]:
        """Return what another thread does that is given `work` at `frame`."""

    def stop(self) -> None:
        """End the run with the next thing it does. From another thread."""
