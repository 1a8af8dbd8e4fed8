"""Asks what may hang, or be asked often: by a thread of its own, whose answer is kept for some seconds."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

PATIENCE = 3.0  # seconds from the question on for which anybody waits
KEPT = 5.0  # seconds for which an answer holds
_GIVEN_UP = 60.0  # seconds after which what hangs is asked anew: it may be well again

_times_forgotten = 0

Answer = TypeVar("Answer")


class Asked(Generic[Answer]):
    """late: what is answered as long as there is no answer"""

    def __init__(self, ask: Callable[[], Answer], *, late: Answer) -> None:
        self._ask, self._late = ask, late
        self._lock = Lock()
        self._answer: Future[Answer] | None = None
        self._asked_at = self._answered_at = 0.0  # monotonic seconds
        self._forgotten = 0  # times, when it was asked

    def start(self) -> "Asked[Answer]":
        """Ask, unless that is under way, or was done lately."""
        with self._lock:
            if self._answer is None or self._is_old(self._answer):
                self._answer, self._asked_at, self._forgotten = Future(), monotonic(), _times_forgotten
                Thread(target=self._run, args=[self._answer], name="asking", daemon=True).start()
        return self

    def answer(self) -> Answer:
        """Call start() before. Raises what asking raises."""
        answer, left = self._answer, self._asked_at + PATIENCE - monotonic()
        assert answer is not None
        try:
            return answer.result(timeout=max(0, left))
        except TimeoutError:
            return self._late

    def _is_old(self, answer: "Future[Answer]") -> bool:
        if self._forgotten != _times_forgotten:
            return True
        if answer.done():
            return monotonic() - self._answered_at > KEPT
        return monotonic() - self._asked_at > _GIVEN_UP

    def _run(self, answer: "Future[Answer]") -> None:
        try:
            result = self._ask()
        except Exception as error:
            self._answered_at = monotonic()
            answer.set_exception(error)
        else:
            self._answered_at = monotonic()
            answer.set_result(result)


def forget() -> None:
    """Let all be asked anew."""
    global _times_forgotten
    _times_forgotten += 1


def answers(asked: Iterable[Asked[Answer]]) -> list[Answer]:
    """All of them, asked at once: none waits longer than the slowest."""
    return [each.answer() for each in [each.start() for each in asked]]
