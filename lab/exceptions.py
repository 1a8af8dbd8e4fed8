"""What can go wrong in the lab. Every message says what is wrong and what to do."""

from django.db import OperationalError


class LabError(Exception):
    """The lab cannot do what it was asked to do."""


class UnknownEngine(LabError):
    pass


class EngineUnavailable(LabError):
    """The database server is off, or went away. `retry_after`: seconds, in which it is not asked anew."""

    retry_after = 20


class ShelfDamaged(EngineUnavailable):
    """A shelf's own file cannot be read."""


class ShelfMissing(LabError):
    pass


class ShelfStale(LabError):
    pass


class LoadError(LabError):
    """A lesson's file cannot be loaded."""


class SetupFailed(LabError):
    """What a lesson prepares before its run raised an error."""


class RowsError(LabError):
    """What a run returned is not plain rows."""


class NoStatement(LabError):
    """A run does not get to the statement asked for."""


class NoPlan(LabError):
    """A statement cannot be explained."""


class NoAccesses(LabError):
    """A traced run does not get to its end within its bounds."""


class Busy(LabError):
    """Too many runs at once. `retry_after`: seconds. `ticket`: who shows it then goes before others."""

    retry_after = 2
    ticket = ""


class RunnersDown(LabError):
    """There is no process to run anything in. `retry_after`: seconds."""

    retry_after = 10


class RunnerEnded(LabError):
    """The process that a run was in has ended, or was ended, before the run had."""

    retry_after = 5


class UndeclaredWrite(OperationalError):
    """A run with `read` access tried to write."""


class BoundReached(BaseException):
    """A run hit a bound. Not an Exception, so that a lesson's own `except` cannot swallow it."""


class Left(BoundReached):
    """Nobody waits for the run any more."""
