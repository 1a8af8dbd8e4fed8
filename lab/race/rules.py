"""What a race is about: its sessions, the rows at stake, and what must hold in the end."""

from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any

from django.db import DatabaseError

from lab.exceptions import LabError


class Rules:
    """functions: {name of a session: function}; they take no arguments.

    watch: returns the rows at stake, as dicts; None if there is nothing to watch
    invariant: returns (whether it is kept, the words), of the committed rows, and of what the sessions returned if
      it takes an argument: {name: result}; None if there is none
    """

    def __init__(
        self,
        functions: dict[str, Callable[[], Any]],
        *,
        watch: Callable[[], Iterable[Any]] | None = None,
        invariant: Callable[..., tuple[Any, Any]] | None = None,
    ) -> None:
        self.functions, self._watch, self._invariant = functions, watch, invariant

    def rows(self) -> tuple[Any, ...] | None:
        """The rows at stake on the connection of this thread, as a tuple, or None. Raises DatabaseError too."""
        if self._watch is None:
            return None
        try:
            return tuple(self._watch())
        except DatabaseError:
            raise
        except Exception as error:
            raise fault_of("watch()", error) from error

    def judge(self, results: dict[str, Any]) -> tuple[bool | None, str]:
        """(whether the invariant is kept, the words), or (None, "") without one. results: {session: result}"""
        if self._invariant is None:
            return None, ""
        try:
            takes = signature(self._invariant).parameters
            kept, words = self._invariant(results) if takes else self._invariant()
        except Exception as error:
            raise fault_of("invariant()", error) from error
        return bool(kept), str(words)


def fault_of(what: str, error: BaseException) -> LabError:
    return LabError(f"The race’s {what} fails: {type(error).__name__}: {error}. Mend it in race.py.")
