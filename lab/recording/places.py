"""Where a query came from: an expression in a lesson's Python, or a tag in its template.

The lesson is on the Python stack, or in the coroutines that wait for what is on it.
"""

import linecache
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Protocol

from django.template.base import Node

from lab.recording.causes import ASYNC_ITERATION, CAUSES, CURSOR, METHOD, name_iteration, waypoint
from lab.recording.coroutines import waiting_frames, waiting_spot
from lab.recording.expressions import expression_span
from lab.recording.spots import Located, Spot

Kind = tuple[int, str]  # of a frame: its rank, and the cause that it names; of rank 0, its waypoint

_LESSON, _TEMPLATE = 100, 101  # kinds of frame beside the ranks of lab.recording.causes


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A stretch of source. Lines count from 1; columns from 0, in characters.

    Columns are None where an engine for templates does not note them: it does with the option `debug`.
    """

    file: str  # relative to the lesson's folder
    line: int
    end_line: int
    column: int | None
    end_column: int | None


class PlaceStrategy(Protocol):
    """How to find the lesson that a query came from."""

    def locate(self, frame: FrameType | None) -> Located:
        """Return (spot, cause, waypoints). Runs before every query, and only notes the spot, cheaply."""

    def resolve(self, spot: Spot | None) -> Place | None:
        """Return the Place of a spot. Runs once for each group, after the run."""

    def blame(self, error: BaseException) -> Place | None:
        """Return the Place of an exception's innermost frame in the lesson."""

    def owns(self, code: CodeType) -> bool:
        """Tell a lesson's functions from all others."""


class StackPlaces:
    """Finds the first frame of a lesson's file, or the lesson's template node being rendered, on the stack.

    A stack without one may do the work of coroutines; theirs are the frames that come next.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self._prefix = self.folder + os.sep
        self._kinds: dict[int, Kind] = {}  # by id(code), as in lab.recording.causes
        self._codes: list[CodeType] = []  # keeps the ids of self._kinds taken

    def locate(self, frame: FrameType | None) -> Located:
        best, cause = 0, CURSOR
        way: list[str] = []
        queryset_frame: Any = frame
        spot: Spot | None = None
        kinds, waiting = self._kinds, None
        while frame is not None:
            rank, name = kinds.get(id(frame.f_code)) or self._kind(frame)
            if rank:
                if rank == _LESSON:
                    spot = (frame.f_code, frame.f_lasti)
                    break
                if rank == _TEMPLATE:
                    if self._is_ours(node := frame.f_locals["self"]):
                        spot = node
                        break
                elif rank > best or rank == best == METHOD:
                    best, cause, queryset_frame = rank, name, frame
            elif name:
                way.append(name)
            frame = frame.f_back
            if frame is None:
                waiting = waiting or waiting_frames()
                frame = next(waiting, None)
        if 0 < best <= ASYNC_ITERATION:
            cause = name_iteration(queryset_frame.f_locals["self"], cause)
        return spot or waiting_spot(), cause, tuple(way)

    def owns(self, code: CodeType) -> bool:
        return code.co_filename.startswith(self._prefix)

    def _kind(self, frame: FrameType) -> Kind:
        code = frame.f_code
        if self.owns(code):
            kind: Kind = (_LESSON, "")
        elif code is Node.render_annotated.__code__:
            kind = (_TEMPLATE, "")
        else:
            kind = CAUSES.get(id(code)) or (0, waypoint(frame))
        self._codes.append(code)
        self._kinds[id(code)] = kind
        return kind

    def _is_ours(self, node: Any) -> bool:
        origin = getattr(node, "origin", None)
        return origin is not None and origin.name.startswith(self._prefix)

    def resolve(self, spot: Spot | None) -> Place | None:
        if spot is None:
            return None
        if isinstance(spot, Node):
            return template_place(spot, self._relative(spot.origin.name))
        code, instruction = spot
        return python_place(code, instruction, self._relative(code.co_filename))

    def blame(self, error: BaseException) -> Place | None:
        spot, traceback = None, error.__traceback__
        while traceback is not None:
            if self.owns(traceback.tb_frame.f_code):
                spot = (traceback.tb_frame.f_code, traceback.tb_lasti)
            traceback = traceback.tb_next
        return self.resolve(spot)

    def _relative(self, filename: str) -> str:
        return Path(filename).relative_to(self.folder).as_posix()


def python_place(code: CodeType, instruction: int, file: str) -> Place:
    """The expression that `instruction` (a byte offset, as in `frame.f_lasti`) belongs to."""
    return _python_place(code, instruction, file, "".join(linecache.getlines(code.co_filename)))


@lru_cache(maxsize=512)
def _python_place(code: CodeType, instruction: int, file: str, source: str) -> Place:
    line, end_line, column, end_column = expression_span(code, instruction, source)
    lines = source.splitlines()
    return Place(
        file=file,
        line=line,
        end_line=end_line,
        column=_characters(lines[line - 1], column),
        end_column=_characters(lines[end_line - 1], end_column),
    )


def template_place(node: Node, file: str) -> Place:
    """The tag that made the node: a tag is on one line."""
    token: Any = node.token
    column = end_column = None
    if token.position:
        first, end = token.position
        source = Path(node.origin.name).read_text(encoding="utf-8")
        column = first - (source.rfind("\n", 0, first) + 1)
        end_column = column + end - first
    return Place(file=file, line=token.lineno, end_line=token.lineno, column=column, end_column=end_column)


def _characters(line: str, offset: int) -> int:
    """co_positions() counts UTF-8 bytes; readers and editors count characters."""
    return len(line.encode()[:offset].decode(errors="ignore"))
